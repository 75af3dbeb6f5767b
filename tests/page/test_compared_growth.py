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


@pytest.mark.no_cover  # the same lines as in smaller tests
@pytest.mark.parametrize("sheet", SHEETS)
def test_work_is_in_proportion_to_the_sheet_and_the_page(sheet):
    def run(size):
        for cache in sheets.CACHES:
            cache.empty()
        redact_bytes(recording(sheet, size))

    assert in_proportion(run, 300)


def hostile(rules, items):
    """Return a page of a megabyte of attribute selectors for many elements, if both are 10,000."""
    page = Page()
    css = "".join(
        f'[data-k{i % 97}*="{"abcdefghij"[i % 10] * 3}{i % 89}"]:not([title^="{i}"]) > [data-kind~="w{i % 61}"]{{top:{i % 10}px}}\n'
        for i in range(rules)
    )
    tags = [
        page.element("p", {f"data-k{i % 97}": "aaa" * 30, "data-kind": "w1 w2 w3", "title": str(i)})
        for i in range(items)
    ]
    return json.dumps([page.snapshot(page.element("style", {}, page.text(css)), *tags)]).encode()


def test_a_hostile_style_sheet_takes_work_in_proportion():
    def run(size):
        for cache in sheets.CACHES:
            cache.empty()
        redact_bytes(hostile(size, size))

    assert in_proportion(run, 250)


@pytest.mark.no_cover  # small sheets cover the same lines
def test_a_megabyte_of_attribute_selectors_over_ten_thousand_elements():
    recorded = hostile(15_000, 10_000)
    assert len(recorded) > 2_000_000
    page, *events = json.loads(redact_bytes(recorded))
    style, *tags = page["data"]["node"]["childNodes"]
    css = style["childNodes"][0]["textContent"]
    assert events == []
    assert len(css) > 1_000_000
    assert 'title^="\u00d7' in css
    assert {tag["attributes"]["title"].strip("*") for tag in tags} == {""}
