"""Compare how recordings of real pages look before and after redaction, and with another tree.

    cd tests && python -m browser.real_looks [--old TREE] [NAME ...]

plays each recording that `real_recordings` finds: as recorded, redacted by the tree ``--old`` if that is
given, and redacted by this tree. It prints a table and the medians, and writes one picture of each
page to `build/looks/real`, with the sides next to each other.
"""

import argparse
import base64
import gzip
import os
import statistics
import subprocess
import sys
from pathlib import Path

from real_recordings import OWN, SHARED_FILES, own

from browser import looking
from browser.places import ARGUMENTS, CHROMIUM, DIST, bundle

TREE = Path(__file__).parents[2]
PICTURES = looking.BUILD / "real"
REDACT = (
    "import sys; from replay_redact import redact_bytes;"
    "sys.stdout.buffer.write(redact_bytes(sys.stdin.buffer.read()))"
)
SIDES = (
    "<body style='margin:0;display:flex;gap:8px;background:#fff'>{}</body>",
    "<figure style='margin:0;width:660px'><figcaption>{}</figcaption><img style='width:100%' src='data:image/png;base64,{}'></figure>",
)


def recordings():
    """Yield name and content of real recordings, one of each page."""
    for path in SHARED_FILES:
        if ".rrweb." in path.name:
            yield path.name.partition(".")[0], gzip.decompress(path.read_bytes())
    for recording in OWN:
        yield Path(recording["file"]).name.partition(".")[0], own(recording)


def redacted(tree, recorded):
    """Redact with the package of a tree."""
    environment = os.environ | {"PYTHONPATH": str(tree)}
    command = [sys.executable, "-c", REDACT]
    done = subprocess.run(  # noqa: S603 - our own code
        command, input=recorded, env=environment, cwd=tree, check=True, capture_output=True
    )
    return done.stdout


def page_of(browser):
    page = browser.new_page(viewport={"width": 1100, "height": 900}, offline=True)
    page.set_content("<div id=stage></div>")
    page.add_style_tag(path=str(DIST / "style.css"))
    page.add_script_tag(content=bundle(DIST, "rrweb"))
    page.problems = []
    return page


def side_by_side(browser, name, sides):
    figures = []
    for side in sides:
        png = (looking.BUILD / f"real/{name}.{side}.png").read_bytes()
        figures.append(SIDES[1].format(side, base64.b64encode(png).decode()))
    page = browser.new_page(viewport={"width": 668 * len(sides), "height": 600})
    page.set_content(SIDES[0].format("".join(figures)))
    page.screenshot(path=PICTURES / f"{name}.png", full_page=True)
    page.close()


def compared(browser, player, name, recorded, trees):
    """Return what differs on each side from the recording; keep the pictures."""
    before = looking.looks(player, recorded, f"real/{name}.recorded")
    found = {}
    for side, tree in trees.items():
        after = looking.looks(player, redacted(tree, recorded), f"real/{name}.{side}")
        found[side] = looking.compare(before, after)
        looking.keep(f"real/{name}.{side}.txt", looking.listed(found[side]).encode())
    side_by_side(browser, name, ["recorded", *trees])
    return found


def share(found):
    return 100 * len(found.differ) / max(found.elements, 1)


def main():
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--old", type=Path, help="a tree with another version of the package")
    parser.add_argument("names", nargs="*", help="pages; all if none is named")
    options = parser.parse_args()
    old = {} if options.old is None else {"old": options.old.resolve()}
    trees = old | {"new": TREE}
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - only this command needs it

    PICTURES.mkdir(parents=True, exist_ok=True)
    rows = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        player = page_of(browser)
        for name, recorded in recordings():
            if options.names and name not in options.names:
                continue
            found = compared(browser, player, name, recorded, trees)
            rows += [(name, side, one) for side, one in found.items()]
            print(looking.table(rows[-len(trees) :]).partition("\n")[2], flush=True)
        browser.close()
    looking.keep("real/table.txt", f"{looking.table(rows)}\n".encode())
    for side in trees:
        shares = [share(one) for _, own_side, one in rows if own_side == side]
        flipped = sum(len(one.flipped) for _, own_side, one in rows if own_side == side)
        print(
            f"{side}: {len(shares)} pages, median {statistics.median(shares):.2f} % differ, {flipped} flipped"
        )


if __name__ == "__main__":
    main()
