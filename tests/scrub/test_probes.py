"""No probe rules out a string in which its finder finds a secret.

For each pattern, the test draws as many similar strings as the Hypothesis profile has examples.
With ``HYPOTHESIS_PROFILE=fuzz`` these are more than a million in all.
"""

import json
import random
from urllib.parse import quote

import pytest
from hypothesis import settings
from near import near, near_keys
from patterns import parsed

from replay_redact import Scrub
from replay_redact.scrub import decodings, finders
from replay_redact.scrub.keys.in_text import KeyFinder, key_probe
from replay_redact.scrub.known_secrets import DETECTORS, OPTIONAL
from replay_redact.scrub.probes import compiled
from replay_redact.scrub.scanner import scanner_of
from replay_redact.scrub.secret_keys import DEFAULT_KEYS, Keys

ALL = [*DETECTORS, *OPTIONAL]
STRINGS = settings.default.max_examples
SCANNER = scanner_of(Scrub.default())


def missed(find, probe, make, seed):
    """Return the drawn strings in which the finder finds something and the probe does not match."""
    rng = random.Random(seed)
    drawn = [make(rng) for _ in range(2 * STRINGS)]
    found = [text for text in drawn if find(text)]
    assert len(found) > len(drawn) // 20
    return [text for text in found if not compiled(probe).search(text)]


@pytest.mark.no_cover  # the same lines as in smaller tests
@pytest.mark.parametrize("detector", ALL, ids=lambda d: d.name)
def test_the_probe_of_a_detector_fires_wherever_something_is_found(detector):
    find = finders.of_detector(detector)
    assert missed(find, detector.probe, near(detector), detector.name) == []


@pytest.mark.parametrize("keys", [DEFAULT_KEYS, ("set-cookie", "pat"), ("x_y_z", "cookie"), ("author",)], ids=len)  # fmt: skip
def test_the_probe_of_keys_fires_wherever_a_value_is_found(keys):
    finder = KeyFinder(keys, Keys(keys).secret, lambda value: not value, ())
    assert missed(finder.find, key_probe(keys), near_keys(keys), keys[0]) == []


def test_a_probe_that_says_less_is_told():
    [detector] = [d for d in ALL if d.name == "imei"]
    find = finders.of_detector(detector)
    assert missed(find, r"[0-9]{2}-[0-9]{6}-[0-9]{6}-", near(detector), 1)


ENCODINGS = [
    lambda text: quote(text, safe=""), lambda text: text.replace(" ", "%20"), lambda text: text.replace(" ", "\xa0"),
    lambda text: json.dumps(text)[1:-1], lambda text: "".join(c if c.isalnum() else f"\\u{ord(c):04x}" for c in text),
    lambda text: "".join(c if c.isalnum() else f"&#{ord(c)};" for c in text),
    lambda text: "".join(c if c.isalnum() or not c.isascii() else f"\\x{ord(c):02x}" for c in text),
    lambda text: "".join(f"%{ord(c):02X}" if at % 2 and c.isascii() else c for at, c in enumerate(text)),
    "\u200b".join, lambda text: "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in text),
]  # fmt: skip
TEXTS = [f"{before}{text}{after}" for d in DETECTORS for text in d.examples for before, after in (("", ""), ("see ", " now"))] + [
    line.format(key.replace("_", " ")) for key in DEFAULT_KEYS for line in ("{}=hunter2", '"{}": "hunter2"', "<{}>hunter2</x>")
]  # fmt: skip


@pytest.mark.no_cover  # the same lines as in smaller tests
@pytest.mark.parametrize("encode", ENCODINGS)
def test_the_probe_of_views_fires_wherever_something_is_found_behind_an_encoding(encode):
    plain = [text for text in TEXTS if SCANNER.string(text) != text and "/home/" not in text]
    encoded = [encode(text) for text in plain]
    assert len(plain) > 400
    assert [text for text, clean in zip(encoded, SCANNER.strings(encoded), strict=True) if text == clean] == []  # fmt: skip


@pytest.mark.parametrize("probe", decodings.PROBES)
def test_the_probes_of_views_can_be_taken_apart(probe):
    assert parsed(probe).end == len(probe)
