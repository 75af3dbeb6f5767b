"""Hypothesis strategies for recordings and policies: test your own code against all of rrweb.

See `replay_redact.strategies` for what each of them draws.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

from hypothesis import strategies as st
from hypothesis.errors import InvalidArgument
from hypothesis.stateful import RuleBasedStateMachine, rule

from replay_redact._masks.text import MASK
from replay_redact.policy import OPTIONS, SENTRY_RULES, Option, Policy, TextPlace
from replay_redact.scrub.config import Scrub, ScrubRule
from replay_redact.strategies.hostile import finished, recording_of
from replay_redact.strategies.live_page import LivingDom
from replay_redact.strategies.templates import (
    LETTER,
    NAMES,
    OTHERS,
    PAYLOADS,
    SHEETS,
    SPACES,
    TEXT,
    URLS,
    Templates,
    fill,
    filled,
    plant,
    shapes,
)

__all__ = [
    "LivingDomMachine", "mutations", "nodes", "planted", "policies", "recordings", "secrets",
    "snapshots", "twins", "wild_recordings",
]  # fmt: skip

# --- what can happen on a live page ------------------------------------------------------

_AT = st.integers(0, 99)
_PIXELS = st.integers(0, 600)
_TAGS = st.sampled_from(
    [
        "p",
        "div",
        "a",
        "li",
        "button",
        "form",
        "span",
        "x-card",
        "input",
        "textarea",
        "select",
        "img",
    ]
)
_NAMED: dict[str, Templates] = {
    "class": st.sampled_from(NAMES),
    "title": TEXT,
    "data-user": TEXT,
    "href": URLS,
    "value": TEXT,
    "style": st.sampled_from(["color:red", "width:3px"]),
    "type": st.sampled_from(["text", "password", "checkbox"]),
}
_CHANGED = st.sampled_from(sorted(_NAMED)).flatmap(
    lambda name: st.tuples(st.just(name), _NAMED[name] | st.none())
)
_NEW_ATTRIBUTES = st.fixed_dictionaries({}, optional=_NAMED)
_RULES = filled(
    TEXT.map(lambda shape: LETTER * len(shape)), "a{color:red}", 'p::after{content:"{}"}'
)

STEPS: dict[str, Templates] = {
    "add_text": st.tuples(_AT, TEXT),
    "add_element": st.tuples(_AT, _TAGS, _NEW_ATTRIBUTES),
    "set_text": st.tuples(_AT, TEXT),
    "set_attribute": st.tuples(_AT, _CHANGED).map(lambda drawn: (drawn[0], *drawn[1])),
    "move": st.tuples(_AT, _AT),
    "remove": st.tuples(_AT),
    "enter": st.tuples(_AT, TEXT, st.booleans()),
    "point": st.tuples(_AT, _PIXELS, _PIXELS),
    "scroll": st.tuples(_PIXELS, _PIXELS),
    "resize": st.tuples(_PIXELS.map(lambda width: width + 100), _PIXELS.map(lambda y: y + 100)),
    "select": st.tuples(_AT),
    "add_style": st.tuples(SHEETS),
    "insert_rule": st.tuples(_AT, _RULES),
    "adopt": st.tuples(_RULES),
    "add_shadow": st.tuples(_AT, TEXT),
    "add_frame": st.tuples(_AT, TEXT),
    "report": st.tuples(TEXT, PAYLOADS),
    "snapshot": st.tuples(),
}
"""What can happen: names of methods of `LivingDom`, and strategies for their arguments."""

_OFTEN = ["add_element", "add_text", "add_element", "set_attribute", "add_element"]
_STEPS = st.sampled_from([*_OFTEN, *STEPS]).flatmap(
    lambda name: st.tuples(st.just(name), STEPS[name])
)


def _happen(page: LivingDom, step: tuple[str, tuple[Any, ...]]) -> None:
    name, arguments = step
    getattr(page, name)(*arguments)


def _pages(max_steps: int) -> st.SearchStrategy[LivingDom]:
    if not isinstance(max_steps, int) or max_steps < 0:
        raise InvalidArgument(f"max_steps={max_steps!r} must be a number of steps, 0 or more")

    def live(steps: list[tuple[str, tuple[Any, ...]]]) -> LivingDom:
        page = LivingDom()
        for step in steps:
            _happen(page, step)
        return page

    return finished(st.lists(_STEPS, max_size=max_steps), live)


class LivingDomMachine(RuleBasedStateMachine):
    """A page on which things happen one by one, as a Hypothesis state machine.

    Subclass it, and check `recording` in an invariant or in ``teardown``. The page itself is
    ``page``. Hypothesis looks for the shortest sequence of steps that fails.

    >>> from hypothesis.stateful import invariant, run_state_machine_as_test
    >>> from replay_redact import redact_events
    >>> class NothingShows(LivingDomMachine):
    ...     @invariant()
    ...     def redacted(self):
    ...         assert "jkv" not in str(list(redact_events(self.recording())))
    """

    def __init__(self) -> None:
        super().__init__()
        self.page = LivingDom()

    @rule(step=_STEPS)
    def happens(self, step: tuple[str, tuple[Any, ...]]) -> None:
        """Let something happen on the page."""
        _happen(self.page, step)

    def recording(self) -> list[Any]:
        """Return the events so far, as JSON values."""
        return list(fill(self.page.events))


# --- the public strategies ------------------------------------------------------------


def secrets(*, min_size: int = 1, max_size: int = 8) -> st.SearchStrategy[str]:
    """Draw private text: letters, and every kind of JavaScript white space.

    Sizes count characters. Raises `InvalidArgument` if they make no sense.
    """
    if not 0 <= min_size <= max_size:
        raise InvalidArgument(f"expected 0 <= min_size <= max_size, got {min_size!r}, {max_size!r}")
    return shapes(LETTER, SPACES, min_size, max_size).map(fill)


def recordings(*, max_steps: int = 8) -> st.SearchStrategy[list[Any]]:
    """Draw recordings of a page on which up to ``max_steps`` things happen.

    They are what rrweb's recorder sends from a real page. rrweb's player plays each of them without
    an error. Raises `InvalidArgument` if ``max_steps`` is not a number from 0.
    """
    return finished(_pages(max_steps), lambda page: fill(page.events))


def snapshots(*, max_steps: int = 8) -> st.SearchStrategy[dict[str, Any]]:
    """Draw full snapshots of a page on which up to ``max_steps`` things have happened."""

    def taken(page: LivingDom) -> Any:
        page.snapshot()
        return fill([event for event in page.events if event["type"] == 2][-1])

    return finished(_pages(max_steps), taken)


def nodes(*, max_steps: int = 8) -> st.SearchStrategy[dict[str, Any]]:
    """Draw serialized nodes: the ``html`` element of a page, with all below it."""
    return snapshots(max_steps=max_steps).map(lambda event: event["data"]["node"]["childNodes"][1])


def mutations(*, max_steps: int = 8) -> st.SearchStrategy[list[Any]]:
    """Draw the mutation events of a recording, in order; there is at least one."""
    return (
        recordings(max_steps=max_steps)
        .map(lambda events: [event for event in events if event["data"].get("source") == 0])
        .filter(bool)
    )


def wild_recordings(*, max_events: int = 6, calm: bool = False) -> st.SearchStrategy[list[Any]]:
    """Draw recordings that no recorder sends: a full snapshot and up to ``max_events`` events.

    They reach every type of node, kind of event and incremental source, and some that do not
    exist, in any order and nesting. Your code must not fail on them; a player need not play them.
    In a ``calm`` recording, nothing asks to be blocked, ignored or shown in clear.
    """
    return recording_of(max_events, fill, calm=calm)


def twins(*, max_events: int = 6, calm: bool = False) -> st.SearchStrategy[tuple[Any, Any]]:
    """Draw two wild recordings that differ in private content only.

    The content has the same shape: the same length in UTF-16 units, white space in the same
    places, a number in place of a number. Both must redact to the same bytes.
    """
    recording = recording_of(max_events, lambda template: template, calm=calm)
    pair = st.tuples(recording, st.sampled_from(OTHERS))
    return finished(pair, lambda drawn: (fill(drawn[0]), fill(*drawn)))


def planted(*, max_events: int = 6, calm: bool = False) -> st.SearchStrategy[tuple[Any, list[str]]]:
    """Draw wild recordings with a different secret at every private place, and those secrets."""
    return recording_of(max_events, plant, calm=calm)


_SIMPLE = ["p", "div", "input", "img", ".a", ".b", "#a", "[title]", "[type=checkbox]",
           "[data-user=cart]", "[data-user^=ca]", "[class*=c]", "[role~=menu]"]  # fmt: skip
_COMPOUNDS = st.sampled_from(_SIMPLE) | st.builds(
    lambda form, a, b: form.format(a, b),
    st.sampled_from(
        [
            ":not({0})",
            ":is({0}, {1})",
            ":where({0})",
            ":not({0}):not({1})",
            ":not({0}, {1})",
            ":not({0} {1})",
            ":is({0} > {1}, :root > {1})",
        ]
    ),
    st.sampled_from(_SIMPLE),
    st.sampled_from(_SIMPLE),
)
_SELECTORS = st.lists(_COMPOUNDS, min_size=1, max_size=2).flatmap(
    lambda parts: st.sampled_from([" ", " > "]).map(lambda combinator: combinator.join(parts))
)
_SELECTOR_LISTS = st.lists(_SELECTORS, max_size=2).map(tuple)


def _label(_text: str) -> str:
    return "[hidden]"


def _dots(text: str) -> str:
    return "".join(unit if unit.isspace() else "." for unit in text)


def _by_place(_text: str, place: TextPlace) -> str:
    return f"[{place.channel} {place.tag} {' '.join(place.classes)}]"


def _shown(text: str) -> str:
    return text


def _nothing(_text: str) -> str:
    return cast("str", None)  # a careless function


def _failing(text: str) -> str:
    raise ValueError(text)


_SCRUBS = [
    Scrub.default(),
    Scrub.default().with_rules(ScrubRule(detector="email", method="mask")),
    Scrub.default(hash_key="k" * 16).with_rules(
        ScrubRule(detector="key", method="hash"), ScrubRule(detector="card", method="remove")
    ),
    Scrub.default().with_rules(ScrubRule(pattern="jk+|v", text="[pattern]")),
    Scrub.default().with_rules(ScrubRule(detector="phone", where="custom.breadcrumb.data.**")),
    Scrub.relay(),
    Scrub.none(),
]
_STRINGS: dict[str, st.SearchStrategy[tuple[str, ...]]] = {
    "mask_attributes": st.lists(st.sampled_from(["class", "type", "title", "width", "href"])).map(
        tuple
    ),
    "public_paths": st.sampled_from([(), ("/u/:id",), ("/u/:id?q", "?tab", "#/u/:id", "#top")]),
    "mask_hosts": st.sampled_from([(), ("ip", "*.example"), ("a.example",)]),
    "app_schemes": st.sampled_from([(), ("shop",)]),
}
_ATTRIBUTES = [
    "title",
    "data-*",
    "aria-label",
    "p@title",
    ".a *@data-user",
    ":not(.b)@alt",
    "class",
]
_FUNCTIONS = [_label, _by_place, _dots, _shown, _nothing, _failing]
_WORDS = ("Add to cart", "Item", "kkk")
_SIGNS = ["\u2022", "#", "%"]
_OF_KIND: dict[str, Callable[[str, Option], st.SearchStrategy[Any]]] = {
    "flag": lambda _name, _option: st.booleans(),
    "selectors": lambda _name, _option: _SELECTOR_LISTS,
    "strings": lambda name, _option: _STRINGS[name],
    "attributes": lambda _name, _option: st.lists(st.sampled_from(_ATTRIBUTES), max_size=3).map(
        tuple
    ),
    "choice": lambda _name, option: st.sampled_from(option.words),
    "scrub": lambda _name, _option: st.sampled_from(_SCRUBS),
    "function": lambda _name, _option: st.sampled_from([None, *_FUNCTIONS]),
    "words": lambda _name, _option: st.sampled_from([(), _WORDS]),
    "character": lambda _name, _option: st.sampled_from([MASK, *_SIGNS]),
}


def _tightened(name: str, option: Option) -> st.SearchStrategy[Any] | None:
    """Draw values that show no more than the default, or return ``None`` if there are none."""
    if option.kind == "flag":
        return st.just(not option.opens)
    if option.kind == "choice":
        default = getattr(Policy(), name)
        return st.sampled_from(option.words[: option.words.index(default) + 1])
    return None if option.opens else _OF_KIND[option.kind](name, option)


_DRAWN = {name: option for name, option in OPTIONS.items() if name != "rules"}
"""The options that `policies` draws; ``rules`` come with the presets."""

_ANY = {name: _OF_KIND[option.kind](name, option) for name, option in _DRAWN.items()}
_OF_SDK = {name: values for name, values in _ANY.items() if OPTIONS[name].sdk}
_STRICTER = {
    name: stricter
    for name, option in _DRAWN.items()
    if (stricter := _tightened(name, option)) is not None
}


def policies(*, opening: bool = True) -> st.SearchStrategy[Policy]:
    """Draw policies: the presets, both versions of Sentry's SDK among them, with options changed.

    With ``opening=False``, none of them shows more than ``Policy()`` does. So none of them has the
    rules of the SDK.
    """
    presets = [Policy(), Policy.lockdown()]
    if not opening:
        return _changed([Policy(), *presets], _STRICTER)
    strict = _changed([Policy(), *presets, Policy.permissive()], _ANY)
    sdks = _changed([Policy.sentry(sdk=version) for version in SENTRY_RULES], _OF_SDK)
    return strict | strict | strict | sdks


def _changed(
    presets: list[Policy], options: dict[str, st.SearchStrategy[Any]]
) -> st.SearchStrategy[Policy]:
    """Draw one of some policies, with some of its options changed."""
    drawn = st.tuples(st.sampled_from(presets), st.fixed_dictionaries({}, optional=options))
    return finished(drawn, lambda pair: pair[0].replace(**_with_regions(pair[1])))


def _with_regions(options: dict[str, Any]) -> dict[str, Any]:
    """Give words a region, which they need."""
    if options.get("show_words") and not options.get("words_in"):
        return options | {"words_in": (":root",)}
    return options
