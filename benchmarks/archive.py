"""Section ``archive``: the search for secrets in stored recordings, beside gunzip.

Half of the pages are searched before the clock starts, since a program that has just been compiled
learns its states from what it reads. The other half is timed, and new to the process each time. One
page in 25 holds a secret, and gets the exact search, too.
"""

from __future__ import annotations

import gzip
import json
import re

from benchmarks import generate, timing
from benchmarks.pages import real_pages
from benchmarks.results import Bar, Options, Result, Row
from replay_redact.testing import find_secrets
from replay_redact.testing.prefilter import prefilter_of

SECRETS = (
    "Jane Roe", "Müller Straße 17", "jane.roe@shop.example", "+49 170 1234567", "4111 1111 1111 1111", "山田 太郎", "Søren Ångström",
    "O'Connor & Sons", "DE89 3704 0044 0532 0130 00", "Zoë van der Berg", "secret-token-9f8a7b6c", "김철수 서울시", "Владимир Ильич",
    "123-45-6789", "François Lefèvre", "kate.k@mail.example", "Tel Aviv 12/4", "customer 998877", "Initech GmbH", "Ωmega Lambda",
)  # fmt: skip
"""Twenty secrets, of several scripts."""

LEAST = {"ASCII": 0.45, "other characters": 0.12}
"""How much of gunzip's speed the search has to have: 250 and 60 of some 550 MB/s. The floor is RE2,
which reads about as fast as gunzip writes."""

_SEEDS, _NODES = 4, 5_000
_EVERY = 25
_OTHER = re.compile(r"[^\x00-\x7f]+")


def archive(options: Options) -> Result:
    pages = real_pages(options.recordings)
    pages += [
        generate.page(_NODES, kind, seed) for kind in generate.KINDS for seed in range(_SEEDS)
    ]
    rows = [_row(name, written, options.repeat) for name, written in _writings(pages).items()]
    bars = [
        Bar(f"secrets, {row['']}: speed / gunzip", float(row["ratio"]), LEAST[name], at_least=True)
        for row in rows
        if (name := str(row[""])) in LEAST
    ]
    return Result(f"{len(SECRETS)} secrets in {len(pages)} pages", rows, bars)


def _writings(pages: list[bytes]) -> dict[str, list[bytes]]:
    """Return the same pages in three ways; "ö" makes sure that all hold other characters."""
    texts = [page.decode() for page in pages]
    ascii_ = [text.encode("ascii", "ignore") for text in texts]
    other = [text.replace("the", "thö").encode() for text in texts]
    return {
        "ASCII": _planted(ascii_, "jane  ROE"),
        "other characters": _planted(other, "jane  ROE"),
        "other characters, escaped": [
            _OTHER.sub(lambda run: json.dumps(run[0])[1:-1], page.decode()).encode()
            for page in _planted(other, "jane\u00a0ROE")
        ],
    }


def _planted(pages: list[bytes], secret: str) -> list[bytes]:
    """Put a secret into some of the pages."""
    event = json.dumps({"type": 5, "timestamp": 9, "data": {"tag": "x", "payload": secret}})
    return [
        page if at % _EVERY else page.rstrip().removesuffix(b"]") + f",{event}]".encode()
        for at, page in enumerate(pages)
    ]


def _row(name: str, pages: list[bytes], repeat: int) -> Row:
    seen, unseen = pages[1::2], pages[::2]
    packed = [gzip.compress(page) for page in unseen]

    def prepare() -> None:
        prefilter_of.cache_clear()
        timing.each(_search, seen)()

    gunzip, search = timing.best(
        [
            timing.clock(timing.each(gzip.decompress, packed)),
            timing.clock(timing.each(_search, unseen), prepare),
        ],
        repeat,
    )
    size = sum(map(len, unseen))
    found = sum(bool(_search(page)) for page in unseen)
    return {
        "": name,
        "MB": size / 1e6,
        "found in": found,
        "gunzip, MB/s": size / gunzip / 1e6,
        "search, MB/s": size / search / 1e6,
        "ratio": gunzip / search,
    }


def _search(page: bytes) -> object:
    return find_secrets(page, SECRETS)
