"""Section ``policies``: a policy with many selectors beside the default policy."""

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

MAX_RATIO = 1.5
"""Times the default policy: selectors must not be a reason to have fewer of them."""


def policies(options: Options) -> Result:
    recordings = real_pages(options.recordings) or [generate.page(SAME_NODES)]
    default, selectors = (
        timing.cold_and_warm(recordings, policy) for policy in (Policy(), SELECTORS)
    )
    times = timing.best([*default, *selectors], options.repeat)
    rows: list[Row] = []
    bars: list[Bar] = []
    for at, state in enumerate(("cold", "warm")):
        ratio = times[at + 2] / times[at]
        seconds: Row = {"default, seconds": times[at], "20 selectors, seconds": times[at + 2]}
        rows.append({"": state, **seconds, "ratio": ratio})
        bars.append(Bar(f"20 selectors / default policy, {state}", ratio, MAX_RATIO))
    return Result(f"{len(recordings)} recordings, {sum(map(len, recordings)):,} bytes", rows, bars)
