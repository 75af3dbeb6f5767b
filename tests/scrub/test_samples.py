"""Each detector finds its samples, ignores look-alikes, and needs every part of its patterns."""

import re

import pytest
from patterns import narrowed, widened
from scrub_samples import FOUND, LEFT, SILENT
from token_samples import WAKING, WIDER, incomplete, of_formats

from replay_redact import Scrub, ScrubRule
from replay_redact.scrub import finders as scrub_finders
from replay_redact.scrub.formats import FORMATS
from replay_redact.scrub.formats.row import made
from replay_redact.scrub.known_secrets import DETECTORS, OPTIONAL
from replay_redact.scrub.probes import compiled
from replay_redact.scrub.scanner import scanner_of

ALL = [*DETECTORS, *OPTIONAL]
NAMES = sorted({detector.name for detector in ALL})
SAMPLES = sorted(
    {*of_formats()}
    | {(name, text) for table in (FOUND, LEFT) for name, texts in table.items() for text in texts}
)
OF = {name: [text for other, text in SAMPLES if other == name] for name in NAMES}
MARKS = re.compile("«(.*?)»", re.DOTALL)


def unmarked(text):
    """Return a sample as bytes, and the spans of its secrets."""
    data, spans = b"", []
    for at, part in enumerate(MARKS.split(text)):
        size = len(data)
        data += part.encode("utf-8", "surrogateescape")
        if at % 2:
            spans.append((size, len(data)))
    return data, spans


def finders(name):
    return [scrub_finders.of_detector(detector) for detector in ALL if detector.name == name]


def found(name, data):
    """Return what the detectors of one name find, the longer of two that overlap."""
    spans = sorted({span for find in finders(name) for span in find(data)}, key=lambda s: (s[0], -s[1]))  # fmt: skip
    return [b for a, b in zip([(0, -1), *spans], spans, strict=False) if b[0] >= a[1] or b[1] > a[1]]  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_samples_are_found_as_they_are_marked(name):
    assert any("«" in text for text in OF[name])
    assert any("«" not in text for text in OF[name])
    wrong = []
    for text in OF[name]:
        data, spans = unmarked(text)
        if (seen := found(name, data)) != spans:
            wrong.append((text, [data[start:end] for start, end in seen]))
    assert wrong == []


@pytest.mark.parametrize("name", NAMES)
def test_a_probe_fires_for_every_sample(name):
    probes = [compiled(detector.probe) for detector in ALL if detector.name == name]
    found = [data for data, spans in map(unmarked, OF[name]) if spans]
    assert [data for data in found if not any(probe.search(data) for probe in probes)] == []


@pytest.mark.parametrize("name", NAMES)
def test_samples_are_found_behind_percent_encoded_blanks(name):
    scanner = scanner_of(Scrub(rules=[ScrubRule(detector=name)]))
    plain = [f"at {text.replace('«', '').replace('»', '')}" for text in OF[name]]
    found = [text for text, clean in zip(plain, scanner.strings(plain), strict=True) if text != clean]  # fmt: skip
    encoded = [text.replace(" ", "%20") for text in found if text.isprintable()]
    assert [text for text, clean in zip(encoded, scanner.strings(encoded), strict=True) if text == clean] == []  # fmt: skip


def _pairs(name):
    return [unmarked(text) for text in OF[name]]


COUNT = re.compile(r"⟦[{][0-9]+,?[}]→[{][0-9]+,?[}]⟧")
"""A probe may ask for more characters or fewer: it only wakes a finder."""
WITH_PARTS = [d for d in ALL if d.finder != "spelled_email" and d.pattern != "^::$"]


@pytest.mark.no_cover  # the same lines as in smaller tests
@pytest.mark.parametrize("detector", WITH_PARTS, ids=lambda d: d.name)
def test_every_part_of_a_pattern_is_needed_by_a_sample(detector):
    samples = [data for data, _ in _pairs(detector.name)]
    before = [scrub_finders.of_detector(detector)(data) for data in samples]
    unneeded = []
    for what, pattern in (*narrowed(detector.pattern), *widened(detector.pattern)):
        find = scrub_finders.of_detector(detector._replace(pattern=pattern))
        if all(find(data) == spans for data, spans in zip(samples, before, strict=True)):
            unneeded.append(what)
    assert unneeded == []


@pytest.mark.no_cover  # the same lines as in smaller tests
@pytest.mark.parametrize("detector", WITH_PARTS, ids=lambda d: d.name)
def test_every_part_of_a_probe_is_needed_by_a_sample(detector):
    find = scrub_finders.of_detector(detector)
    samples = [data for data, _ in _pairs(detector.name) if find(data)]
    unneeded = []
    for what, probe in narrowed(detector.probe):
        if all(compiled(probe).search(data) for data in samples):
            unneeded.append(what)
    assert [what for what in unneeded if not COUNT.search(what)] == []


@pytest.mark.parametrize("name", SILENT)
def test_a_probe_is_silent_where_nothing_can_be(name):
    probes = [compiled(detector.probe) for detector in ALL if detector.name == name]
    assert [text for text in SILENT[name] if any(p.search(text.encode()) for p in probes)] == []


def test_each_row_says_where_its_form_was_looked_up_or_that_nobody_looked():
    places = re.compile(
        r"(?:(?:gitleaks|betterleaks|veles|secretlint|detect-secrets) [\w-]+|code)?"
    )
    assert [row for row in FORMATS if not places.fullmatch(row.seen)] == []
    assert [
        row for row in FORMATS if not re.fullmatch(r"[a-z0-9.-]+\.[a-z]+/?\S*", row.source)
    ] == []
    assert sum(row.seen != "" for row in FORMATS) > 0.8 * len(FORMATS)


WITHOUT = [rb"t1\.[\w-]+", rb"polar_\w+", rb"sl\.u"]
"""Probes with a part of any length, or that may be missing."""


@pytest.mark.parametrize("row", FORMATS, ids=lambda row: row.prefix)
def test_the_probe_of_a_format_needs_each_of_its_characters(row):
    probe = compiled(row.probe)
    seen = probe.search(made(row.sample).encode())[0]
    shorter = [seen[:at] + seen[at + 1 :] for at in range(len(seen))]
    firing = [text for text in shorter if probe.search(text)]
    assert not firing or any(re.match(start, seen) for start in WITHOUT)


def test_each_probe_of_its_own_asks_for_as_much_of_a_token_as_is_written_down():
    rows = [row for row in FORMATS if row.probe != row.prefix]
    assert [(row.name, len(_waking(row))) for row in rows] == WAKING


def _waking(row):
    """Return the shortest beginning of a token at which a probe fires."""
    probe, token = compiled(row.probe), made(row.sample)
    return next(token[:end] for end in range(len(token) + 1) if probe.search(token[:end].encode()))


def test_no_probe_fires_for_a_token_that_lacks_a_character_of_its_beginning():
    rows = [row for row in FORMATS if row.name not in WIDER]
    texts = [(row, text) for row in rows for text in incomplete(row)]
    assert [text for row, text in texts if compiled(row.probe).search(text.encode())] == []
