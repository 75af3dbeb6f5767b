"""Without google-re2, which has no wheel for some systems, scrubbing gives the same output."""

import importlib.util
import json
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks import corpus
from replay_redact import Policy, Scrub, ScrubRule, redact_bytes
from replay_redact._runtime import plain_re2
from replay_redact.scrub import Scrubber, probes
from tests import scrub_samples, token_samples

ROOT = Path(__file__).parents[2]

RELAY = {
    "rules": {
        "order": {"type": "pattern", "pattern": "order-[0-9]+", "redaction": {"method": "replace"}},
        "jane": {"type": "pattern", "pattern": "(?i)^jane$", "redaction": {"method": "mask"}},
    },
    "applications": {"$string": ["order", "jane", "@ip", "@email", "@creditcard", "@password"]},
}


def texts():
    """Return strings with all kinds of secrets, short and long, plain and encoded."""
    samples = [
        text
        for each in (scrub_samples.FOUND, scrub_samples.LEFT)
        for rows in each.values()
        for text in rows
    ]
    samples += [*scrub_samples.IBANS.split(), *(text for _, text in token_samples.of_formats())]
    samples = [text.replace("«", "").replace("»", "") for text in samples]
    samples += [line.text for line in corpus.lines(30_000, seed=7)]
    samples += [f'{{"password": "a b", "x": {json.dumps(text)}}}' for text in samples[::37]]
    samples += [text.replace("@", "%40").replace("=", "%3D") for text in samples[::11]]
    samples += ["\v".join(samples[at : at + 9]) for at in range(0, 400, 9)]
    # Long ones are searched by RE2 itself, and at ends of lines and odd spaces the two may differ.
    samples += [f"{'x ' * 140}{text}\n" for text in samples[::29]]
    samples += [f"{'x ' * 140}{text}".replace(" ", "\v") for text in samples[::61]]
    return [
        *samples,
        "",
        "ſecret=K",
        "PAſſWORD",
        "\0",
        "Été jane\n",
        "jane\n",
        "JANE",
        "$",
        "a\ud800",
    ]


def outputs():
    """Return what each way of scrubbing makes of the texts, and of a recording that shows them."""
    mine = ScrubRule(pattern=r"(?i)ticket \d+\s*$", method="mask")
    own = Scrub(rules=(mine, *Scrub.default().rules), keys=["gehalt"])
    scrubbers = {
        "default": Scrubber(),
        "own": Scrubber(own),
        "relay": Scrubber(Scrub.relay()),
        "relay's rules": Scrubber.from_relay(RELAY),
    }
    given = texts()
    found = {name: [scrubber.text(text) for text in given] for name, scrubber in scrubbers.items()}
    found["together"] = scrubbers["default"].value({"texts": given[::4]})["texts"]
    lines = [{"type": 5, "timestamp": at, "data": {"tag": "breadcrumb", "payload": {"category": "console", "message": text}}} for at, text in enumerate(given[::5])]  # fmt: skip
    recording = json.dumps(lines).encode()
    found["recording"] = redact_bytes(recording, Policy(metadata="scrub")).decode().split("\n")
    return found


@pytest.mark.no_cover  # the same lines as in smaller tests
def test_the_output_is_the_same():
    code = (
        "import sys, json; sys.modules['re2'] = None\n"
        "from tests.scrub.test_without_re2 import outputs\n"
        "from replay_redact.scrub import probes\n"
        "assert probes.re2.__name__.endswith('plain_re2')\n"
        "print(json.dumps(outputs()))"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, check=True)  # noqa: S603
    with_it, without = outputs(), json.loads(done.stdout)
    assert with_it.keys() == without.keys()
    for name, expected in with_it.items():
        different = [(a, b) for a, b in zip(expected, without[name], strict=True) if a != b]
        assert different == [], name


def test_the_stand_in_is_taken_where_there_is_no_re2(monkeypatch):
    monkeypatch.setitem(sys.modules, "re2", None)
    found = importlib.util.spec_from_file_location("probes_alone", probes.__file__)
    alone = importlib.util.module_from_spec(found)
    found.loader.exec_module(alone)
    assert alone.re2 is plain_re2
    assert alone.joined_probe(["ab+", "c$"])(b"xabb c\n", 0) == 4
    assert alone.joined_probe(["c$"])(b"xabb c\n", 0) == -1
    assert alone.pattern_set(["x", "y"]).Match(b"y") == [1]


def test_secrets_are_found_without_re2():
    """The prefilter is blind then, which costs time; the test kit could not even be imported."""
    code = (
        "import sys; sys.modules['re2'] = None\n"
        "from replay_redact.testing import find_leaks, find_secrets, recording_from_html\n"
        "page = recording_from_html('<p>J\\u00e1ne Roe<p>Ann Moe')\n"
        "print([leak.secret for leak in find_leaks(page, secrets={'who': 'J\\u00e1ne ROE'}) if leak.secret])\n"
        "print([leak.secret for leak in find_secrets(page, {'who': 'J\\u00e1ne ROE'})])"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, check=True)  # noqa: S603
    assert done.stdout.split() == [b"['who']", b"['who']"]


# --- the patterns -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("pattern", "same"),
    [
        ("a$", r"a\Z"),
        (r"[$\s]\s\$", r"[$\t\n\f\r ][\t\n\f\r ]\$"),
        (r"[\\s]", r"[\\s]"),
        (r"[]\s]", r"[]\t\n\f\r ]"),
        ("(?i)a|b", "(?i:a|b)"),
        ("x(?:(?s)a|b)c", "x(?:(?s:a|b))c"),
        (r"\(?i", r"\(?i"),
    ],
)
def test_patterns_are_written_as_python_reads_them(pattern, same):
    assert plain_re2.as_python(pattern) == same


@pytest.mark.parametrize(
    ("pattern", "text"),
    [("a$", b"a\n"), (r"a\s", b"a\v"), ("(?i)a(?:(?i)B|c)", b"AbAC"), ("x(?:(?i)a)b", b"xAB"), (r"^\w+\b", b"\xc3\xa4")],
)  # fmt: skip
def test_they_match_what_they_match_in_re2(pattern, text):
    real = pytest.importorskip("re2", reason="google-re2 is not installed")
    own = plain_re2.compile(pattern.encode(), plain_re2.Options())
    match, expected = own.search(text), real.compile(pattern.encode(), real.Options()).search(text)
    assert (match and match.span()) == (expected and expected.span())


def test_a_set_tells_which_of_its_patterns_match():
    patterns = plain_re2.Set.SearchSet(plain_re2.Options())
    for each in (b"a", b"b$", b"(?i)C"):
        patterns.Add(each)
    patterns.Compile()
    assert patterns.Match(b"bac") == [0, 2]
    assert patterns.Match(b"xb") == [1]
    assert patterns.Match(b"") == []


def test_patterns_of_users_are_refused_since_they_may_never_end():
    options = plain_re2.Options()
    options.never_nl = True
    with pytest.raises(ValueError, match="never_nl"):
        plain_re2.compile(b"a", options)
