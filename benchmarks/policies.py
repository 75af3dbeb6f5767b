"""Section ``policies``: other policies beside the default one."""

from __future__ import annotations

from benchmarks import generate, timing
from benchmarks.pages import real_pages
from benchmarks.results import Bar, Options, Result, Row
from benchmarks.scaling import SAME_NODES
from replay_redact import Policy

SELECTORS = Policy(
    mask=[".title", ".author", "[data-private]", "[role=alert]", "#profile", "td.amount", "form p"],
    unmask=[".sentry-unmask", "nav", "footer", "button", ".menu a", "header h1", "ul.nav > li"],
    block=[".avatar", ".map", "[data-chart]", "#player", ".comments .user", "aside .ad > a"],
)
"""Twenty selectors of a user, by class, id, attribute, child and descendant."""

LOWEST = 0.7
"""Of the speed of the default policy: nobody should choose less privacy for its speed."""


def policies(options: Options) -> Result:
    recordings = real_pages(options.recordings) or [generate.page(SAME_NODES)]
    named = {
        "default": Policy(),
        "20 selectors": SELECTORS,
        "lockdown": Policy.lockdown(),
        "permissive": Policy.permissive(),
        "mask_all_text=False": Policy(mask_all_text=False),
        "sentry": Policy.sentry(),
    }
    times = timing.best(
        [
            timing.cold_clock(timing.redaction(policy), recordings, policy=policy)
            for policy in named.values()
        ],
        options.repeat,
    )
    size = sum(map(len, recordings))
    rows: list[Row] = [
        {"": name, "seconds": seconds, "MB/s": size / seconds / 1e6, "speed": times[0] / seconds}
        for name, seconds in zip(named, times, strict=True)
    ]
    bars = [
        Bar(
            f"speed / that of the default policy, {row['']}",
            float(row["speed"]),
            LOWEST,
            at_least=True,
        )
        for row in rows[1:3]
    ]
    return Result(f"{len(recordings)} recordings, {size:,} bytes; cold", rows, bars)
