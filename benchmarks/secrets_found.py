"""Part of section ``scrub``: which kinds of secrets are found, beside scanners of source code.

A row for each kind: the share of its secrets that each finds.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from benchmarks.peers.scanners import lines_found, scanners
from benchmarks.results import Bar, Row
from benchmarks.secret_kinds import Sample, samples
from replay_redact.scrub import Scrub
from replay_redact.scrub.scanner import scanner_of

OURS = "replay_redact"
Shares = dict[str, dict[str, float]]
"""Of each tool the share of each kind that it finds."""


def secrets_found() -> tuple[list[Row], list[Bar]]:
    """Return a row for each tool and for each kind, and a limit on where another finds more."""
    corpus = samples()
    lines = [sample.line for sample in corpus]
    clean = scanner_of(Scrub.default()).strings(lines)
    hits = {OURS: {at for at, text in enumerate(clean) if corpus[at].secret not in text}}
    hits |= {name: lines_found(find, lines) for name, find in scanners().items()}
    shares = {name: _shares(corpus, found) for name, found in hits.items()}
    behind = set(_behind(shares))
    rows = [_row(name, share) for name, share in shares.items()]
    rows += [
        {"": f"{kind}{', behind' if kind in behind else ''}", **_percent(shares, kind)}
        for kind in _kinds(shares[OURS])
    ]
    return rows, list(_bars(shares, len(behind)))


def _shares(corpus: list[Sample], found: set[int]) -> dict[str, float]:
    of_kind: dict[str, list[bool]] = defaultdict(list)
    for at, sample in enumerate(corpus):
        of_kind[sample.kind].append(at in found)
    return {kind: sum(hits) / len(hits) for kind, hits in of_kind.items()}


def _kinds(share: dict[str, float]) -> list[str]:
    return [kind for kind in share if kind != "placeholder"]


def _behind(shares: Shares) -> Iterator[str]:
    """Yield the kinds of which we find less than 99 % of what the best finds."""
    for kind in _kinds(shares[OURS]):
        best = max(share[kind] for share in shares.values())
        if shares[OURS][kind] < 0.99 * best:
            yield kind


def _row(name: str, share: dict[str, float]) -> Row:
    kinds = _kinds(share)
    return {
        "": name,
        "kinds": len(kinds),
        "kinds found whole": sum(share[kind] == 1 for kind in kinds),
        "secrets found": f"{sum(share[kind] for kind in kinds) / len(kinds):.1%}",
        "placeholders altered": f"{share['placeholder']:.1%}",
    }


def _percent(shares: Shares, kind: str) -> Row:
    return {name: f"{share[kind]:.0%}" for name, share in shares.items()}


def _bars(shares: Shares, behind: int) -> Iterator[Bar]:
    others = [share for name, share in shares.items() if name != OURS]
    if others:
        yield Bar("scrub, kinds of which another scanner finds more", behind, 0, at_least=False)
    if "gitleaks" in shares:
        more = shares[OURS]["placeholder"] - shares["gitleaks"]["placeholder"]
        yield Bar("scrub, placeholders altered beyond gitleaks", more, 0, at_least=False)
