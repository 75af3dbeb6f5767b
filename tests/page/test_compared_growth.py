"""Style sheets that compare much take work in proportion to their length and to the page's."""

import json

import pytest
from helpers import Page
from steps import in_proportion

from replay_redact import redact_bytes
from replay_redact._css import sheets

SHEETS = {
    "one name": lambda i: f"[data-kind=k{'abcdefghij'[i % 10]}{i % 97}]{{top:0}}",
    "many names": lambda i: f"[data-k{i}=warm]{{top:0}}",
    "parts": lambda i: f"[data-kind*=abc{'abcdefghij'[i % 10]}]{{top:0}}",
    "what stays private": lambda i: f'[title="{i}"]{{top:0}}',
}


def recording(sheet, size):
    page = Page()
    rules = "".join(SHEETS[sheet](i) for i in range(size))
    items = [
        page.element("p", {"data-kind": f"k{i}abca", f"data-k{i % 50}": "warm"})
        for i in range(size)
    ]
    style = page.element("style", {}, page.text(rules))
    return json.dumps([page.snapshot(page.element("body", {}, style, *items))]).encode()


@pytest.mark.parametrize("sheet", SHEETS)
def test_work_is_in_proportion_to_the_sheet_and_the_page(sheet):
    def run(size):
        for cache in sheets.CACHES:
            cache.empty()
        redact_bytes(recording(sheet, size))

    assert in_proportion(run, 300)
