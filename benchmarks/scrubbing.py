"""Section ``scrub``: the scanner on log-like strings: what it finds, what it alters, how fast.

Strings come in batches of any size: a whole archive, the lines of a segment, a single message. For
small batches, the cost of a call itself decides. For large ones, it is the share of strings that
need a closer look: one in eighteen of the corpus, which is made to be hard, and one in a thousand
of plain logs.
"""

from __future__ import annotations

import functools
from collections.abc import Callable

from benchmarks import corpus, timing
from benchmarks.ordinary_strings import false_alarms
from benchmarks.peers.relay import relay
from benchmarks.results import Bar, Options, Result, Row
from benchmarks.secrets_found import secrets_found
from replay_redact.scrub import Scrub
from replay_redact.scrub.scanner import scanner_of

Tool = Callable[[list[str]], list[str]]

BATCHES = {"one call": 10**9, "500 strings a call": 500, "one string a call": 1}
"""Strings in one call, by name."""

SINGLE = 2_000
"""Strings that are scrubbed one by one: a peer takes a third of a millisecond for each."""

FEW = 1_000
"""Strings of plain logs of which one holds a secret."""

OURS, RELAYS, PEER = "replay_redact", "replay_redact, Scrub.relay()", "sentry_relay"


def scrubbing(options: Options) -> Result:
    lines = corpus.lines()
    texts = [line.text for line in lines]
    tools: dict[str, Tool] = {
        OURS: scanner_of(Scrub.default()).strings,
        RELAYS: scanner_of(Scrub.relay()).strings,
    }
    peer = relay()
    if peer is not None:
        tools[PEER] = peer
    speeds = {name: _speeds(tools, texts, size, options.repeat) for name, size in BATCHES.items()}
    plain = [line.text for line in corpus.lines(every=FEW, look_alikes=False)]
    speeds["plain logs"] = _speeds(tools, plain, len(plain), options.repeat)
    rows = [_row(name, tool, lines, speeds) for name, tool in tools.items()]
    note = (
        f"{len(texts):,} strings, {_bytes(texts):,} bytes, {len(corpus.SECRETS)} kinds of secrets"
    )
    absent = "" if peer else "; sentry_relay skipped: it is not installed"
    found, bars = secrets_found()
    alarms, alarm_bars = false_alarms(options)
    return Result(note + absent, [*rows, *alarms, *found], [*_bars(speeds), *bars, *alarm_bars])


def _speeds(tools: dict[str, Tool], texts: list[str], size: int, repeat: int) -> dict[str, float]:
    """Return megabytes per second of each tool, in calls of so many strings."""
    some = texts[:SINGLE] if size == 1 else texts
    calls = [some[at : at + size] for at in range(0, len(some), size)]
    clocks = [timing.clock(functools.partial(_run, tool, calls)) for tool in tools.values()]
    times = timing.best(clocks, repeat)
    return {name: _bytes(some) / time / 1e6 for name, time in zip(tools, times, strict=True)}


def _run(tool: Tool, calls: list[list[str]]) -> None:
    for call in calls:
        tool(call)


def _bytes(texts: list[str]) -> int:
    return sum(len(text.encode()) for text in texts)


def _bars(speeds: dict[str, dict[str, float]]) -> list[Bar]:
    bars = [Bar("scrub, MB/s in one call", speeds["one call"][OURS], 60, at_least=True)]
    for name, found in speeds.items():
        if PEER in found:
            times = found[OURS] / found[PEER]
            bars.append(Bar(f"scrub, speed / Relay's, {name}", times, 5, at_least=True))
    return bars


def _row(
    name: str, tool: Tool, lines: list[corpus.Line], speeds: dict[str, dict[str, float]]
) -> Row:
    found, kinds, altered, benign = _judge(lines, tool([line.text for line in lines]))
    return {
        "": name,
        **{f"MB/s, {batch}": speed[name] for batch, speed in speeds.items()},
        "kinds found, 99 %": sum(kind >= 0.99 for kind in kinds.values()),
        "secrets found": f"{found:.1%}",
        "benign altered": f"{altered} of {benign:,}",
    }


def _judge(lines: list[corpus.Line], clean: list[str]) -> tuple[float, dict[str, float], int, int]:
    """Return the share of secrets found, of each kind, and benign strings altered, of how many."""
    found: dict[str, list[bool]] = {}
    altered = benign = 0
    for line, text in zip(lines, clean, strict=True):
        if line.kind:
            found.setdefault(line.kind, []).append(line.secret not in text)
        else:
            benign += 1
            altered += line.text != text
    kinds = {kind: sum(hits) / len(hits) for kind, hits in found.items()}
    hits = [hit for kind in found.values() for hit in kind]
    return sum(hits) / len(hits), kinds, altered, benign
