"""Strings that hold no secret: how many of each kind a scrubber alters, or a scanner reports.

Texts of recorded pages, lines of logs, and lines of source code: those of Python's own library, in
which scanners were not tried out. Addresses are left alone here: those of authors and of networks
stand in code and in texts, and to find them is no false alarm.
"""

from __future__ import annotations

import dataclasses
import random
import sysconfig
from collections.abc import Callable, Iterator
from pathlib import Path

from benchmarks import corpus
from benchmarks.pages import nodes, real_pages
from benchmarks.peers.scanners import lines_found, scanners
from benchmarks.results import Bar, Options, Row
from replay_redact import decode
from replay_redact.events import FullSnapshot
from replay_redact.nodes import Text
from replay_redact.scrub import Scrub
from replay_redact.scrub.scanner import scanner_of

OURS = "replay_redact"
MOST = 20_000
"""Strings of a kind."""

FALSE_ALARMS = 1.0
"""Of 1,000 ordinary strings."""


def false_alarms(options: Options) -> tuple[list[Row], list[Bar]]:
    """Return a row for each kind of ordinary strings, and a limit on what we alter of each."""
    rows: list[Row] = []
    bars: list[Bar] = []
    for kind, make in _KINDS.items():
        strings = _some(make(options))
        if not strings:
            continue
        found = {OURS: _altered(strings)}
        found |= {name: len(lines_found(find, strings)) for name, find in scanners().items()}
        shares = {name: 1_000 * count / len(strings) for name, count in found.items()}
        label = f"false alarms in 1,000 {kind} (of {len(strings):,})"
        rows.append({"": label, **{name: f"{share:.2f}" for name, share in shares.items()}})
        bars.append(Bar(f"scrub, false alarms in 1,000 {kind}", shares[OURS], FALSE_ALARMS))
    return rows, bars


ADDRESSES = frozenset(["email", "ipv4", "ipv6", "mac"])


def _altered(strings: list[str]) -> int:
    scrub = Scrub.default()
    rules = tuple(rule for rule in scrub.rules if rule.detector not in ADDRESSES)
    clean = scanner_of(dataclasses.replace(scrub, rules=rules)).strings(strings)
    return sum(text != shown for text, shown in zip(strings, clean, strict=True))


def _some(strings: Iterator[str]) -> list[str]:
    """Return strings, each once, without breaks of lines: scanners report lines."""
    once = sorted({line for text in strings for line in text.splitlines() if line.strip()})
    random.Random(5).shuffle(once)
    return once[:MOST]


def _of_pages(options: Options) -> Iterator[str]:
    for recording in real_pages(options.recordings):
        for event in decode(recording):
            if isinstance(event, FullSnapshot):
                for node in nodes(event.data.node):
                    if isinstance(node, Text) and node.is_style is not True:
                        yield node.text_content


def _of_logs(_options: Options) -> Iterator[str]:
    return (line.text for line in corpus.lines(look_alikes=False) if not line.kind)


def _of_code(_options: Options) -> Iterator[str]:
    for path in sorted(Path(sysconfig.get_path("stdlib")).glob("*.py")):
        yield path.read_text("utf-8", "replace")


_KINDS: dict[str, Callable[[Options], Iterator[str]]] = {
    "texts of pages": _of_pages,
    "lines of logs": _of_logs,
    "lines of code": _of_code,
}
