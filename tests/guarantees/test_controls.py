"""Negative controls: every property must fail on an engine with one rule switched off.

A property that cannot fail proves nothing. Nor does a generator that never draws what a rule is
about. So each control breaks the engine in one place, and requires that the property notices within
a few hundred examples.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

import pytest
from drawing import drawn
from hypothesis import strategies as st
from test_properties import (
    NO_OPT_OUT,
    embeds,
    fixed_point,
    indistinguishable,
    keeps_structure,
    mangled,
    mixed,
    monotone,
    no_secret_survives,
    opted_out,
    total,
)

from replay_redact import Policy
from replay_redact import events as ev
from replay_redact._allowlists.attributes import Kind
from replay_redact._css import selectors, sheets, values
from replay_redact._engine import handlers
from replay_redact._page import attribute_kinds, masking, mutations, tree
from replay_redact._page.gathered import GatheredTexts
from replay_redact._rules import strict
from replay_redact._rules.strict import compile_rules
from replay_redact._wire import codec
from replay_redact.nodes import CData, Comment, DocumentType
from replay_redact.strategies import hostile
from replay_redact.strategies import templates as strategies_templates
from replay_redact.strategies.templates import OTHERS, fill, plant

# Coverage of a broken engine says nothing about the tests.
pytestmark = pytest.mark.no_cover

Patch = Callable[[pytest.MonkeyPatch], None]

# Every template has an event of every kind and source, and an attribute of every kind. So a few of
# them apply each rule many times. They are drawn from parts of the generators; `test_strategies`
# counts that whole recordings have all of these, too.

ROUNDS, EXAMPLES = 6, 12


def _with_an_attribute(kind: Kind) -> st.SearchStrategy[Any]:
    return strategies_templates._pairs(kind).map(
        lambda pair: hostile._element("p", dict([pair]), [])
    )


def _added(nodes: tuple[Any, ...]) -> Any:
    adds = [{"parentId": 1, "nextId": None, "node": node} for node in nodes]
    return {"source": 0, **hostile._mutation(adds, [])}


def _of_source(source: int) -> st.SearchStrategy[Any]:
    fields = {"source": st.just(source), **hostile._SOURCES[source]}
    return hostile._event(3, st.fixed_dictionaries(fields))


TEMPLATES = st.tuples(
    hostile._event(2, hostile._TREES),
    hostile._event(3, st.tuples(*map(_with_an_attribute, Kind)).map(_added)),
    *(hostile._event(3, hostile._MUTATION_DATA) for _ in range(3)),
    *(_of_source(source) for source in sorted(hostile._SOURCES)),
    *(hostile._event(kind, data) for kind, data in hostile._KINDS.items() if kind != 2),
).map(hostile._assemble)


@cache
def templates() -> list[Any]:
    return drawn(TEMPLATES, EXAMPLES, ROUNDS)


@cache
def corpus(name: str) -> list[Any]:
    """Return examples for a property, drawn once."""
    if name == "mangled":  # and some unchanged ones, which have events of every kind
        whole = [
            (json.dumps(recording).encode(), secrets)
            for recording, secrets in corpus("planted")[:12]
        ]
        return whole + drawn(mangled(), EXAMPLES, ROUNDS)
    finish: Callable[[int, Any], Any] = {
        "twins": lambda number, one: (fill(one), fill(one, OTHERS[number % len(OTHERS)])),
        "planted": lambda _number, one: plant(one),
        "calm": lambda _number, one: fill(hostile._calm(one)),
    }[name]
    return [finish(number, one) for number, one in enumerate(templates())]


@pytest.fixture(autouse=True)
def _no_memory() -> Iterator[None]:
    """Empty the caches of the intact engine before, and of the broken one after."""
    _forget()
    yield
    _forget()


def _forget() -> None:
    compile_rules.cache_clear()
    for known in sheets.CACHES:
        known.found.clear()


def must_fail(check: Callable[..., None], name: str) -> None:
    """Require that a property fails on some example."""

    def run() -> None:
        for example in corpus(name):
            check(example)

    with pytest.raises((AssertionError, KeyError)):
        run()


def _replace(module: Any, name: str, value: Any) -> Patch:
    return lambda monkeypatch: monkeypatch.setattr(module, name, value)


def _same(value: Any, *_args: Any, **_kwargs: Any) -> Any:
    return value


def _kept(_masks: Any, _name: str, value: str, _context: Any) -> str:
    return value


def _kind(kind: Kind) -> Patch:
    """Keep all string values of one kind of attribute."""
    return lambda monkeypatch: monkeypatch.setitem(attribute_kinds.STRINGS, kind, _kept)


def _leaves_kept(*kinds: type) -> Callable[..., None]:
    """Mask what is neither an element nor text, but for some kinds of nodes."""
    mask = tree.mask_leaf

    def keep(node: Any, *rest: Any) -> None:
        if not isinstance(node, kinds):
            mask(node, *rest)

    return keep


def _handler(cls: type, handler: Callable[..., bool]) -> Patch:
    return lambda monkeypatch: monkeypatch.setitem(handlers.HANDLERS, cls, handler)


LEAKS: dict[str, Patch] = {
    "text of snapshots": _replace(masking, "mask_texts", _same),
    "text of changes": _replace(mutations, "_texts", lambda _visitor, changes: changes),
    "all gathered text": _replace(GatheredTexts, "mask", lambda _self: None),
    "form values": _replace(masking, "mask_input", _same),
    "addresses of pages": _replace(handlers.Strict, "url", lambda _self, url: url),
    "style sheets": _replace(masking, "mask_sheet", _same),
    "style attributes": _replace(masking, "mask_declarations", _same),
    "values of properties": _replace(masking, "mask_value", lambda _name, value: value),
    "strings in CSS": _replace(values, "mask_string", _same),
    "words in custom properties": lambda monkeypatch: monkeypatch.setitem(
        values.OPAQUE, "ident", _same
    ),
    "addresses in CSS": _replace(values, "gray_layer", lambda address, **_: address),
    "attribute selectors": _replace(selectors, "_compared", lambda a, q, **_: f"{q}{a.value}{q}"),
    "comments and CDATA": _replace(tree, "mask_leaf", _leaves_kept(Comment, CData)),
    "doctypes": _replace(tree, "mask_leaf", _leaves_kept(DocumentType)),
    "custom events": _handler(ev.Custom, handlers._keep),
    "plugin events": _handler(ev.Plugin, handlers._keep),
    "console lines": _handler(ev.Log, handlers._keep),
    "canvas": _handler(ev.CanvasMutation, handlers._keep),
    "fonts": _handler(ev.Font, handlers._keep),
    "assets": _handler(ev.Asset, handlers._keep),
    "names of custom elements": _handler(ev.CustomElement, handlers._keep),
    **{
        f"attributes: {kind.word}": _kind(kind)
        for kind in Kind
        if kind is not Kind.NAME  # classes and ids are public: there is nothing to switch off
    },
}


@pytest.mark.parametrize("rule", LEAKS)
def test_p1_notices(rule: str, monkeypatch: pytest.MonkeyPatch) -> None:
    LEAKS[rule](monkeypatch)
    must_fail(lambda pair: indistinguishable(*pair, NO_OPT_OUT), "twins")


@pytest.mark.parametrize("rule", LEAKS)
def test_p7_notices(rule: str, monkeypatch: pytest.MonkeyPatch) -> None:
    LEAKS[rule](monkeypatch)
    must_fail(lambda drawn: no_secret_survives(*drawn), "planted")


# --- P1 around opted-out regions, and where nodes are gone ---------------------------------


def test_p1_notices_that_opting_out_reaches_too_far(monkeypatch: pytest.MonkeyPatch) -> None:
    own_level = strict.Rules._own_level

    def remembering(rules: Any, parent: Any, bits: int) -> Any:
        found = own_level(rules, parent, bits)
        seen.append(found)
        opened = any(item and item[0] is strict.Level.UNMASK for item in seen)
        return (strict.Level.UNMASK, "the page asked once") if opened else found

    seen: list[Any] = []
    monkeypatch.setattr(strict.Rules, "_own_level", remembering)

    def check(pair: Any) -> None:
        seen.clear()
        compile_rules.cache_clear()
        one, other = pair
        indistinguishable(one, mixed(one, other, opted_out(one)), Policy())

    must_fail(check, "twins")


# --- the other properties -----------------------------------------------------------------


def test_p2_notices_a_mask_that_grows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(masking, "mask_texts", lambda texts: [f"{text}*" for text in texts])
    must_fail(lambda pair: fixed_point(pair[0], Policy()), "twins")


def test_p3_notices_a_lost_event(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(handlers.HANDLERS, ev.Scroll, handlers._drop)
    must_fail(keeps_structure, "calm")


def test_p3_notices_a_lost_node(monkeypatch: pytest.MonkeyPatch) -> None:
    def snapshot(_visitor: Any, root: Any) -> None:
        del root.child_nodes[1:]

    monkeypatch.setattr(tree.Visitor, "snapshot", snapshot)
    must_fail(keeps_structure, "calm")
    must_fail(lambda pair: embeds(pair[0], Policy()), "twins")


def test_p3_notices_another_tag_name(monkeypatch: pytest.MonkeyPatch) -> None:
    def check_tag(_visitor: Any, element: Any, _above: Any) -> str:
        element.tag_name = "div"
        return "div"

    monkeypatch.setattr(tree.Visitor, "_check_tag", check_tag)
    must_fail(keeps_structure, "calm")
    must_fail(lambda pair: embeds(pair[0], Policy()), "twins")


def test_p5_notices_another_exception(monkeypatch: pytest.MonkeyPatch) -> None:
    def handler(_redactor: Any, _event: Any) -> bool:
        raise KeyError

    monkeypatch.setitem(handlers.HANDLERS, ev.Meta, handler)
    must_fail(lambda drawn: total(*drawn), "mangled")


def test_p5_notices_a_message_that_quotes(monkeypatch: pytest.MonkeyPatch) -> None:
    def quote(data: bytes, *_args: Any) -> Any:
        raise codec.DecodeError(f"cannot read {data!r}")

    monkeypatch.setattr(codec, "open_container", quote)
    must_fail(lambda drawn: total(*drawn), "mangled")


def test_p6_notices_a_rule_that_opens(monkeypatch: pytest.MonkeyPatch) -> None:
    """Rules in which ``mask`` shows."""

    def own_level(rules: Any, parent: Any, bits: int) -> Any:
        found = intact(rules, parent, bits)
        return (strict.Level.UNMASK, "wrong") if found and found[0] is strict.Level.MASK else found

    intact = strict.Rules._own_level
    monkeypatch.setattr(strict.Rules, "_own_level", own_level)
    must_fail(lambda drawn: monotone(*drawn, Policy(), Policy(mask="p")), "planted")


@pytest.mark.parametrize("flag", ["mask_all_text", "mask_all_inputs", "mask_urls", "mask_css"])
def test_p6_can_see_what_a_flag_shows(flag: str) -> None:
    """If the looser and the stricter policy change places, P6 must notice each flag."""
    loose = Policy(**{flag: False})
    must_fail(lambda drawn: monotone(*drawn, Policy(), loose), "planted")
