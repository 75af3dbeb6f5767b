"""P8: where Sentry's SDK masks a character, the strict policy with the same options shows none.

Both policies get the same generated recordings. Every string that is in both outputs is compared
with the recorded one; white space is public. Two things are left out. With an unmask rule, only
texts are compared: here attributes follow the level of their element, in the SDK they do not. And
changed text of styles: the SDK turns it into asterisks, CSS or not.
"""

import itertools
import json
from typing import Any

from hypothesis import assume, given
from test_properties import to_bytes

from replay_redact import Policy, Redactor, decode, encode
from replay_redact._engine.handlers import HANDLERS
from replay_redact._engine.sentry_events import SENTRY_HANDLERS
from replay_redact._masks.text import mask_text
from replay_redact.strategies import policies, wild_recordings

SHARED = ("mask_all_text", "mask_all_inputs", "block_all_media", "mask", "unmask", "block", "show_media",
          "ignore_inputs")  # fmt: skip
TEXT_KEYS = {"textContent", "text", "value"}
EXCEPT_BELOW = {"style", "textarea", "option"}


def strings(value: Any, path: tuple[Any, ...] = ()) -> Any:
    """Yield all strings of an event with their places. The place of a node is its id."""
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, dict):
        at = (*path, value["id"]) if "id" in value else path
        for name, item in value.items():
            if not (name == "childNodes" and value.get("tagName") in EXCEPT_BELOW):
                yield from strings(item, (*at, name))
    elif isinstance(value, list):
        for number, item in enumerate(value):
            known = isinstance(item, dict) and ("id" in item or "node" in item)
            yield from strings(item, path if known else (*path, number))


def only(value: Any) -> dict[Any, str]:
    """Return strings by place, without places that have several strings."""
    found = sorted(strings(value), key=lambda item: repr(item[0]))
    groups = [
        (place, list(group)) for place, group in itertools.groupby(found, lambda item: item[0])
    ]
    return {place: group[0][1] for place, group in groups if len(group) == 1}


def ids_below(recording: Any, tags: set[str]) -> tuple[set[int], set[int]]:
    """Return the ids of elements with these tags, and of all nodes that ever were below them."""
    found: set[int] = set()
    tops: set[int] = set()
    todo = [(event, False) for event in recording]
    for value, inside in todo:  # grows
        if isinstance(value, list):
            todo += [(item, inside) for item in value]
        elif isinstance(value, dict):
            if inside and "id" in value:
                found.add(value["id"])
            if value.get("tagName") in tags and "id" in value:
                tops.add(value["id"])
            below = inside or value.get("tagName") in tags
            todo += [(item, below) for item in value.values()]
    return found, tops


def wire(event: Any) -> Any:
    return json.loads(encode([event]))[0] if event is not None else None


def shows_no_more(recording: Any, strict: Policy, sentry: Policy) -> None:
    excepted, _ = ids_below(recording, EXCEPT_BELOW)
    sheets = ids_below(recording, {"style"})[1]
    ours, theirs = Redactor(strict), Redactor(sentry)
    for event in decode(to_bytes(recording)):
        found = [wire(redactor.process(event)) for redactor in (ours, theirs)]
        if type(event).__name__ in {"Unreadable", "Custom", "Plugin"} or None in found:
            continue
        raw, (mine, other) = only(wire(event)), map(only, found)
        for place in raw.keys() & mine.keys() & other.keys():
            if "texts" in place and sheets & set(place):  # a broken recorder: their text changes
                continue
            if excepted & set(place) or (strict.unmask and place[-1] not in TEXT_KEYS):
                continue
            one = raw[place], mine[place], other[place]
            if len({len(text) for text in one}) == 1:
                revealed = [
                    a
                    for a, b, c in zip(*one, strict=True)
                    if c == "*" != a == b and mask_text(a) != a
                ]
                assert revealed == [], place


@given(wild_recordings(), policies())
def test_p8_the_strict_policy_shows_nothing_that_the_sdk_masks(
    recording: Any, policy: Policy
) -> None:
    options = {name: getattr(policy, name) for name in SHARED}
    sentry = Policy.sentry(**options)
    shows_no_more(recording, Policy(mask_attributes=sentry.mask_attributes, **options), sentry)


@given(wild_recordings())
def test_p8_for_the_defaults(recording: Any) -> None:
    assume(recording)
    shows_no_more(recording, Policy(unmask=()), Policy.sentry())


def test_p8_leaves_out_text_changes_of_a_style_element_itself() -> None:
    style = {
        "type": 2,
        "id": 1,
        "tagName": "style",
        "attributes": {"title": "Jane"},
        "childNodes": [],
    }
    change = {"source": 0, "texts": [{"id": 1, "value": "a{color:red}"}], "attributes": [], "removes": [], "adds": []}  # fmt: skip
    recording = [{"type": 2, "timestamp": 1, "data": {"node": style}}, {"type": 3, "timestamp": 2, "data": change}]  # fmt: skip
    shows_no_more(recording, Policy(unmask=()), Policy.sentry())


def test_p8_can_fail() -> None:
    recording = [{"type": 2, "timestamp": 1, "data": {"node": {"type": 2, "id": 1, "tagName": "p", "attributes": {},
                  "childNodes": [{"type": 3, "id": 2, "textContent": "Jane"}]}}}]  # fmt: skip
    try:
        shows_no_more(recording, Policy.permissive(), Policy.sentry())
    except AssertionError:
        return
    raise AssertionError("the comparison saw nothing")


def test_every_kind_and_source_has_an_answer_here_too() -> None:
    assert set(SENTRY_HANDLERS) == set(HANDLERS)
