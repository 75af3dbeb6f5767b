"""Records of what a fuzzer found where events share a moment: see `test_found_by_fuzzing`."""

import pytest
from helpers import OPEN, Page, add, at_once, mutation, redact, remove


def once_and_for_all(events, policy=None):
    """Redact events of one moment, and return them; a second time nothing changes."""
    once = redact(at_once(*events), policy)
    assert redact(once, policy) == once
    return once


def move(old, new, *nodes):
    """Take nodes out of their parent, and put them below another."""
    return mutation(
        **{
            name: event["data"][name]
            for name, event in (("removes", remove(old, *nodes)), ("adds", add(new, *nodes)))
        }
    )


@pytest.mark.parametrize("tag", ["img", "embed", "video", "input", "p"])
def test_f13_a_box_that_moved_below_a_block_was_gray_by_its_id_alone(tag):
    page = Page()
    box = page.element(tag, {"class": "sentry-block"})
    block = page.element("aside", {"class": "sentry-block"})
    body = page.element("body", {}, block, box)
    snapshot = page.snapshot(body)
    alone = redact([snapshot], OPEN)
    assert once_and_for_all([snapshot, move(body, block, box)], OPEN)[0] == alone[0]
