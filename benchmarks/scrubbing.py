"""Section ``scrub``: the scanner on log-like strings: what it finds, what it alters, how fast."""

from __future__ import annotations

import functools
from collections.abc import Callable

from benchmarks import corpus, timing
from benchmarks.peers.relay import relay
from benchmarks.results import Options, Result, Row
from replay_redact._scanner import scanner_of
from replay_redact.scrub import Scrub


def scrubbing(options: Options) -> Result:
    lines = corpus.lines()
    texts = [line.text for line in lines]
    size = sum(len(text.encode()) for text in texts)
    tools: dict[str, Callable[[list[str]], list[str]]] = {
        "replay_redact": scanner_of(Scrub.default()).strings
    }
    peer = relay()
    if peer is not None:
        tools["sentry_relay"] = peer
    clocks = [timing.clock(functools.partial(tool, texts)) for tool in tools.values()]
    rows: list[Row] = []
    for (name, tool), seconds in zip(
        tools.items(), timing.best(clocks, options.repeat), strict=True
    ):
        found, kinds, altered, benign = _judge(lines, tool(texts))
        rows.append(
            {
                "": name,
                "MB/s": size / seconds / 1e6,
                "kinds found, 99 %": sum(kind >= 0.99 for kind in kinds.values()),
                "secrets found": f"{found:.1%}",
                "benign altered": f"{altered} of {benign:,}",
            }
        )
    note = f"{len(texts):,} strings, {size:,} bytes, {len(kinds)} kinds of secrets"
    absent = "" if peer else "; sentry_relay skipped: it is not installed"
    return Result(note + absent, rows)


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
