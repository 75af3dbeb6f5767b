"""Draw raw strings at random, and compare what Python and the kernels make of them.

    python -m tests.native.fuzzing --minutes 10 --seed 1

Strings begin as values of recordings and of lists below; they are cut, joined and changed, character
by character. Each round makes one page of them, with many elements, texts and style sheets, and one
list of declarations. The output of a page is the same in both ways, byte for byte, and so are the
counts of its report.
"""

import argparse
import itertools
import json
import random
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))  # as pytest does
sys.path.insert(0, str(Path(__file__).parent))

from both import by_both
from real_recordings import OWN, own

from benchmarks import generate
from replay_redact import Policy, Redactor
from replay_redact._allowlists.attribute_names import ATTRIBUTE_NAMES
from replay_redact._allowlists.attributes import ATTRIBUTES
from replay_redact._allowlists.compared import STATE_WORDS
from replay_redact._allowlists.words import WORDS
from replay_redact._css.sheets import mask_declarations, mask_sheet, mask_value
from replay_redact._rules.field_names import HINTS
from replay_redact._runtime import native

SEEDS = """
/a/b;c/./../d?x=1&y_z=2#top
https://jane:pw@shop.example:8080/u/42?q=Jane+Roe#!/x
//shop.example/a
mailto:jane@shop.example
javascript:alert(1)
data:image/png;base64,iVBORw0KGgo=
about:blank
app://localhost/x
C:\\\\Users\\\\jane
http:/one
M0 0L5.5-.5e3 12,3z
rotate(45 1 2)
matrix(1,0,0,1,0,0)
0 0 24 24
-1.5e3px
url(#gradient-1) none
#c0ffee
(min-width: 600px) and (color)
http://www.w3.org/2000/svg
pt-BR
en-x-jane
menu-item--open user_email firstHeading :r1: _private
order-4711123 mjx-c1D44E jsx-1234567 data-v-1234567a
stylesheet icon preload
one-time-code cc-number
-webkit-text-security: disc; color: red
color: red; background: url(a.png); --x: Jane; content: "Jane Roe"
p[data-state=open]::after { content: "Jane" } @media (min-width: 1px) { .a { top: 0 } }
@import "a.css"; @font-face { src: url(x.woff2) } @keyframes spin { to { rotate: 1turn } }
""".strip().splitlines()
SIGNS = [
    *"/?#&;=:.@\\%*-_ \t\n\v\f\r\x1c\x85\xa0()[]{}<>\"'!,+0123456789aZ",
    "\u2028",
    "\ufeff",
    "\u3000",
]
SIGNS += [
    "\u0131",
    "\u017f",
    "\u212a",
    "\u0130",
    "\u0661",
    "\xb2",
    "\xd7",
    "\xe9",
    "\U0001f600",
    "\ud83d",
]
SIGNS += [
    "://",
    "/*",
    "*/",
    "url(",
    "data:",
    "&amp;",
    "1234567",
    "mjx-c",
    "\\41 ",
    "-->",
    "rr-mask",
    "!important",
]
TAGS = "a img input link script style svg use button option iframe slot meter my-tag p div Title video".split()
NAMES = [
    *ATTRIBUTES,
    *ATTRIBUTES,
    *STATE_WORDS,
    *sorted(ATTRIBUTE_NAMES)[::9],
    "data-user",
    "data-4711123",
    "onclick",
    "HREF",
    "Class",
    "jane",
    "rr_dataURL",
    "_cssText",
]
OTHERS = [
    None,
    True,
    False,
    0,
    1.5,
    10**9,
    [],
    {"color": "red"},
    {"top": ["1px", "important"], "left": False},
]
POLICIES = [
    Policy(),
    Policy(),
    Policy(block_all_media=False),
    Policy(mask_all_text=False),
    Policy(mask_attributes=["class", "href"], unmask=[".row", "#menu"]),
    Policy(mask=[".row", "#menu", "[data-state=open]", "a[href]"], allow_attributes=["title"]),
    Policy(mask_all_inputs=False, hide_state=True),
    Policy(mask_urls=False),
    Policy(mask_css=False, mask_hosts=["*.example"]),
    Policy(public_paths=["/a/:b"], app_schemes=["acme"]),
]
ELEMENTS = 120


def strings_of(recording):
    """Return all strings in a recording, names left out."""
    found, todo = set(), [json.loads(recording)]
    while todo:
        item = todo.pop()
        if isinstance(item, str):
            found.add(item[:3000])
        elif isinstance(item, dict):
            todo += item.values()
        elif isinstance(item, list):
            todo += item
    return found


def corpus():
    found = set(SEEDS) | set(HINTS) | set(itertools.islice(sorted(WORDS), 0, None, 7))
    for words in STATE_WORDS.values():
        found |= words
    for recording in OWN:
        found |= strings_of(own(recording))
    for kind in generate.KINDS:
        found |= strings_of(generate.page(600, kind))
    return sorted(found)


class Drawer:
    """Draws strings and pages."""

    def __init__(self, seed):
        self.random = random.Random(seed)
        self.corpus = corpus()

    def text(self):
        draw = self.random
        text = draw.choice(self.corpus if draw.random() < 0.7 else SEEDS)
        for _ in range(draw.choice([0, 1, 1, 2, 4])):
            text = self._changed(text)
        return text[:4000]

    def _changed(self, text):
        draw = self.random
        at, end = sorted(draw.randrange(len(text) + 1) for _ in range(2))
        match draw.randrange(6):
            case 0:
                return text[:at] + draw.choice(SIGNS) + text[at:]
            case 1:
                return text[:at] + text[min(end, at + 4) :]
            case 2:
                return text[:at] + draw.choice(self.corpus)[:60] + text[end:]
            case 3:
                return text[:at] + text[at:end].swapcase() + text[end:]
            case 4:
                return text[:end] + text[at:]
            case _:
                return text[:at] + draw.choice(SIGNS) + text[at + 1 :]

    def value(self):
        return self.text() if self.random.random() < 0.96 else self.random.choice(OTHERS)

    def element(self, number):
        draw = self.random
        names = draw.sample(NAMES, draw.choice([1, 2, 3, 6]))
        text = {"type": 3, "id": number + 1, "textContent": self.text()}
        return {
            "type": 2,
            "id": number,
            "tagName": draw.choice(TAGS),
            "attributes": {name: self.value() for name in dict.fromkeys(names)},
            "childNodes": [text] if draw.random() < 0.7 else [],
            **({"isShadow": True} if draw.random() < 0.02 else {}),
        }

    def page(self):
        children = [self.element(10 + 2 * number) for number in range(ELEMENTS)]
        body = {"type": 2, "id": 2, "tagName": "body", "attributes": {}, "childNodes": children}
        root = {"type": 0, "id": 1, "childNodes": [body]}
        data = {"node": root, "initialOffset": {"top": 0, "left": 0}}
        return [{"type": 2, "timestamp": 1, "data": data}]


def redacted(recording, policy):
    redactor = Redactor(policy)
    output = redactor.process_bytes(recording)
    return output, vars(redactor.report)


def differences(recording, python, kernels):
    """Return what of a page differs: each element, or the reports."""
    if python == kernels:
        return []
    recorded, *outputs = (
        json.loads(one)[0]["data"]["node"]["childNodes"][0]["childNodes"]
        for one in (recording, python[0], kernels[0])
    )
    different = [three for three in zip(recorded, *outputs, strict=True) if three[1] != three[2]]
    return different or [python[1], kernels[1], python[0] == kernels[0]]


def round_of(drawer):
    """Compare one page and some style sheets; return how many strings were compared."""
    policy = drawer.random.choice(POLICIES)
    recording = json.dumps(drawer.page()).encode()
    python, kernels = by_both(lambda: redacted(recording, policy), policy)
    different = differences(recording, python, kernels)
    assert different == [], (policy, different)
    sheets = [drawer.text() for _ in range(60)]
    for mask in (mask_sheet, mask_declarations, lambda css: mask_value("background", css)):
        python, kernels = by_both(lambda mask=mask: list(map(mask, sheets)))
        different = [s for s, one, two in zip(sheets, python, kernels, strict=True) if one != two]
        assert different == [], different
    assert native.kernels.panics() == 0
    return recording.count(b'":"') + 3 * len(sheets)


def fuzz(seed, enough):
    """Fuzz until ``enough`` says so; return how many strings were compared."""
    drawer, compared = Drawer(seed), 0
    while not enough():
        compared += round_of(drawer)
    return compared


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--minutes", type=float, default=1, help="of processor time")
    parser.add_argument("--seed", type=int, default=time.time_ns())
    given = parser.parse_args()
    print("seed", given.seed, flush=True)
    compared = fuzz(given.seed, lambda: time.process_time() > 60 * given.minutes)
    print(f"{compared} strings in {time.process_time() / 60:.1f} minutes of processor time: equal")


if __name__ == "__main__":
    main()
