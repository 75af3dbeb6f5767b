"""Section ``recorder``: what masking costs rrweb's own recorder, in Chromium.

The recorder walks a live page on the visitor's machine, so its times compare with
none of ours; what compares is the factor that masking adds to a snapshot.
"""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

from benchmarks.results import Options, Result, Row, Skipped
from benchmarks.words import CLASSES, sentence, word

BUNDLE = (
    Path(__file__).parents[2]
    / "tests/recorder/node_modules/rrweb-snapshot/dist/rrweb-snapshot.umd.cjs"
)
NODES = 50_000
CANARY = "zanzibar"  # in no pool of words

SETTINGS: dict[str, dict[str, object]] = {
    "no masking": {},
    "all inputs masked": {"maskAllInputs": True},
    "all texts and inputs masked": {"maskAllInputs": True, "maskTextSelector": "*"},
}

COUNT = """
() => {
  const walk = document.createTreeWalker(document);
  let count = 1;
  while (walk.nextNode()) count++;
  return count;
}
"""

TIMES = """
([settings, repeat]) => {
  const best = settings.map(() => Infinity);
  let text = "";
  for (let round = 0; round < repeat + 2; round++) {
    settings.forEach((options, at) => {
      const began = performance.now();
      const tree = rrwebSnapshot.snapshot(document, options);
      const seconds = (performance.now() - began) / 1e3;
      if (round >= 2) best[at] = Math.min(best[at], seconds);
      if (round === 0) text = JSON.stringify(tree);
    });
  }
  return [best, text];
}
"""


def recorder(options: Options) -> Result | Skipped:
    """Measure snapshots of one live page with masking off and on."""
    with contextlib.ExitStack() as stack:
        page = stack.enter_context(_page())
        if isinstance(page, Skipped):
            return page
        page.set_content(_html(NODES))
        page.add_script_tag(path=str(BUNDLE))
        nodes = page.evaluate(COUNT)
        times, masked = page.evaluate(TIMES, [list(SETTINGS.values()), options.repeat])
    assert CANARY not in masked, "the recorder did not mask what it was told to"
    rows: list[Row] = [
        {
            "": name,
            "seconds": seconds,
            "ratio": seconds / times[0],
            "ns per node": seconds / nodes * 1e9,
        }
        for name, seconds in zip(SETTINGS, times, strict=True)
    ]
    return Result(f"rrweb's snapshot of a live page of {nodes:,} nodes in Chromium", rows)


@contextlib.contextmanager
def _page() -> Iterator[Any]:
    """Open a page in a browser, or say why there is none; it reaches no network."""
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium")
    if chromium is None:
        yield Skipped("no Chromium: set CHROMIUM to the path of one")
    elif not BUNDLE.exists():
        yield Skipped("no rrweb: run npm ci in tests/recorder")
    else:
        try:
            from playwright.sync_api import sync_playwright  # noqa: PLC0415 - only for this
        except ImportError:
            yield Skipped("playwright is not installed")
            return
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
            page = browser.new_page()
            page.route("**/*", lambda route: route.abort())
            yield page
            browser.close()


def _html(nodes: int) -> str:
    """Return a seeded page of about ``nodes`` nodes: cards of texts, a link and a field each."""
    random = Random(1)
    cards = "".join(_card(random) for _ in range(nodes // 10))
    return f"<!doctype html><title>{CANARY}</title><body><p>{CANARY}</p>{cards}</body>"


def _card(random: Random) -> str:
    return (
        f'<div class="{random.choice(CLASSES)}"><h3>{sentence(random)}</h3>'
        f'<p class="{random.choice(CLASSES)}">{sentence(random, 20)} <b>{word(random)}</b></p>'
        f'<a href="/{word(random)}">{sentence(random)}</a>'
        f'<input type="text" value="{sentence(random)}"></div>'
    )
