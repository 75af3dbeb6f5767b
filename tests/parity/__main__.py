"""``python -m tests.parity``: hold `Policy.sentry()` to the SDK itself; see ``--help``."""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests.parity.comparison import Difference, compare, policy_of, redacted
from tests.parity.pages import Made, made_page, real_pages
from tests.parity.recording import SDKS, Recorder, launched, missing

KINDS = ("nodes", "mutations", "inputs", "breadcrumbs", "others")
SHOWN = 300  # characters of a difference


def recorded(sdk: str, pages: list[Made], keep: Path | None) -> Iterator[tuple[Made, Any, Any]]:
    """Yield pages with both recordings: kept ones, or new ones, which are kept."""
    paths = {made.name: keep / f"{sdk}-{made.name}.json" for made in pages} if keep else {}
    with launched() as browser:
        recorder = Recorder(browser, sdk)
        for made in pages:
            path = paths.get(made.name)
            if path is not None and path.exists():
                pair = json.loads(path.read_text("utf-8"))
            else:
                pair = recorder.record(made)
                if path is not None:
                    path.write_text(json.dumps(pair), "utf-8")
            yield made, *pair


def judge(sdk: str, pages: list[Made], keep: Path | None) -> tuple[Counter[str], list[Difference]]:
    """Compare all pages; print each difference as it is found."""
    counts: Counter[str] = Counter()
    different: list[Difference] = []
    for made, plain, masked in recorded(sdk, pages, keep):
        found, other = compare(made, redacted(plain, policy_of(made, sdk)), masked)
        counts += found
        different += other
        for one in other:
            print(f"sdk {sdk}, {one.page}, {one.kind}")
            print(f"  ours {one.ours and one.ours.text[:SHOWN]}")
            print(f"  sdk  {one.theirs and one.theirs.text[:SHOWN]}", flush=True)
    return counts, different


def table(sdk: str, pages: int, counts: Counter[str], different: list[Difference]) -> str:
    """Return a line for each kind: how many were compared, and how many are equal."""
    wrong = Counter(one.kind for one in different)
    lines = [f"sdk {sdk}: {pages} pages"]
    for kind in KINDS:
        equal = 100 * (1 - wrong[kind] / max(counts[kind], 1))
        lines.append(
            f"  {kind:12} {counts[kind]:8} compared {wrong[kind]:5} different {equal:9.4f} %"
        )
    return "\n".join(lines)


def main() -> int:
    """Run the comparison and print the counts; fail if more than one node in 10,000 differs."""
    parser = argparse.ArgumentParser(prog="python -m tests.parity", description=__doc__)
    parser.add_argument("--pages", type=int, default=100, help="how many pages to draw (100)")
    parser.add_argument(
        "--first", type=int, default=0, help="the number of the first page: others draw others (0)"
    )
    parser.add_argument(
        "--real", type=Path, help="a folder of recordings *.raw.json.gz: their pages too"
    )
    parser.add_argument("--sdk", choices=SDKS, action="append", help="a version of the SDK (both)")
    parser.add_argument(
        "--keep", type=Path, help="a folder to keep recordings in, and to take them from"
    )
    options = parser.parse_args()
    lacking = missing()
    if lacking:
        parser.error(lacking)
    pages = [made_page(options.first + number) for number in range(options.pages)]
    pages += real_pages(options.real) if options.real else []
    failed = False
    for sdk in options.sdk or SDKS:
        counts, different = judge(sdk, pages, options.keep)
        print(table(sdk, len(pages), counts, different), flush=True)
        nodes = sum(one.kind == "nodes" for one in different)
        failed |= nodes * 10_000 > counts["nodes"]
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
