"""What redaction did to one place, and why.

What was done is read off the values, so it is what really happens. Why comes from the decision of
the rules about the node, and from the options of the policy.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from replay_redact._allowlists.attribute_names import is_public_name
from replay_redact._allowlists.attributes import Kind, is_structural, kind_of
from replay_redact._allowlists.compared import is_state_word
from replay_redact._css.attribute_patterns import EVERYWHERE, attribute_pattern
from replay_redact._css.policy_selectors import parse
from replay_redact._engine.engine import Engine
from replay_redact._masks.differences import MISSING
from replay_redact._masks.text import is_masked
from replay_redact._page.masking import NEUTRAL_COLOR, NEUTRAL_SHARE
from replay_redact._page.tally import rule_of
from replay_redact._rules.decisions import BLOCKED_ID, DEFAULTS, UNKNOWN_NODE, Decision, RuleSet
from replay_redact._rules.matching import matches
from replay_redact.events import WindowKey
from replay_redact.policy import Level, Policy
from replay_redact.testing.explanations.places import MASKED, Place

PUBLIC = "public by the allow-list"
NOTHING = "nothing in it to mask"
_STATE_WORD = "public: a word for a state"
_COMPARED = "public: a style sheet of the page compares it"
_SELECTED = "public: a selector of the policy compares it"
_NO_RULE = "no rule masks it"
_OPTIONS = {
    "text": "mask_all_text",
    "attribute": "mask_all_text",
    "input": "mask_all_inputs",
    "media": "block_all_media",
    "url": "mask_urls",
    "css": "mask_css",
}
"""The option that decides about a channel where no rule does."""

_STAYS = {
    "url": "of an address, scheme, host and public_paths stay",
    "css": "CSS that only makes the look of the page stays",
    "pointer": "positions of clicks stay, and the first and last of a path",
    "metadata": "it is safe by its form",
    "code": NOTHING,
    "structure": "public: structure of the page",
}
"""Why something is kept that came through a channel, if it is not for a rule."""

_BY_RULES = frozenset({"text", "input", "media"})

NO_ELEMENT = frozenset({DEFAULTS, UNKNOWN_NODE, BLOCKED_ID})
"""Rules of decisions that stand on no element."""


class Judge(NamedTuple):
    """What is known when one place is explained: the decision about its node, and the rest."""

    engine: Engine
    window: WindowKey
    decision: Decision

    @property
    def policy(self) -> Policy:
        """The policy that holds in the window."""
        return self.rules.policy

    @property
    def rules(self) -> RuleSet[Any]:
        """The rules that hold in the window."""
        return self.engine.rules_in(self.window)

    def matching(self, option: str) -> Iterator[str]:
        """Yield the rules of an option that match the node itself."""
        decision = self.decision
        for rule in self.rules.of_option(option):
            if matches(rule, decision, decision.bits):
                yield rule.label


def judged(place: Place, judge: Judge) -> tuple[str, str]:
    """Return what became of a place, and the rule by which it did."""
    fate = _fate(place, judge)
    return fate, _why(place, fate, judge)


def _fate(place: Place, judge: Judge) -> str:
    """Return what became of a place, in a word or three."""
    if place.after is MISSING:
        return "dropped"
    if place.after is MASKED:
        return "masked"
    if place.kept:
        return "kept"
    if place.after == "":
        return "emptied"
    of_box = judge.decision.blocked and place.field.startswith("attributes")
    if place.channel == "media" or of_box:
        return "blocked"
    return "masked in part" if _is_partly_there(place, judge) else "masked"


def _is_partly_there(place: Place, judge: Judge) -> bool:
    by_function = judge.policy.mask_fn is not None and judge.decision.level is not Level.UNMASK
    if by_function or place.after in (NEUTRAL_COLOR, NEUTRAL_SHARE, 0, True):
        return False
    text = str(place.after)
    return not (is_masked(text, judge.policy.mask_char) or is_masked(text))


def _why(place: Place, fate: str, judge: Judge) -> str:
    """Return the rule by which a place was masked, or by which it stays."""
    if place.is_name:
        return "public: a published name" if place.kept else "the name is not published"
    if fate == "kept":
        return _why_kept(place, judge)
    return _why_masked(place, judge)


# --- what is masked -----------------------------------------------------------------------


def _why_masked(place: Place, judge: Judge) -> str:
    special = _SPECIAL.get(place.channel)
    found = special(place, judge) if special is not None else None
    if found is None and judge.decision.blocked:
        found = judge.decision.rule
    rule = found or rule_of(place.channel, judge.decision)
    option = _option_of(place, judge)
    return f"{rule}: {option}" if rule == DEFAULTS and option else rule


def _option_of(place: Place, judge: Judge) -> str | None:
    """Return the option that decides where no rule does."""
    option = _OPTIONS.get(place.channel)
    by_content = option == "mask_all_text" and judge.policy.mask_text != "all"
    return f"mask_text is {judge.policy.mask_text!r}" if by_content else option


def _event(_place: Place, judge: Judge) -> str | None:
    return next(judge.matching("ignore_inputs"), None)


def _input(place: Place, judge: Judge) -> str | None:
    return _event(place, judge) if place.after is MISSING else _scrubbed(place, judge)


def _attribute(place: Place, judge: Judge) -> str | None:
    if judge.decision.blocked:
        return None
    if place.name.lower() in {name.lower() for name in judge.policy.mask_attributes}:
        return f"mask_attributes {place.name.lower()}"
    if place.after is MISSING and not is_public_name(place.name):
        return "the name of the attribute is not published"
    if kind_of(place.name) in {Kind.FLAG, Kind.STATE}:
        return "of a yes or no, only that it is there stays"
    return _scrubbed(place, judge)


def _scrubbed(_place: Place, judge: Judge) -> str | None:
    level, shows_all = judge.decision.level, not judge.policy.mask_all_text
    is_shown = level is Level.UNMASK or (level is Level.DEFAULT and shows_all)
    return "scrub: it holds a secret" if is_shown else None


def _pointer(place: Place, judge: Judge) -> str | None:
    if judge.decision.blocked:
        return None
    if place.field == "positions":
        return "of a path, only the first and last position stay that hide_pointer does not hide"
    return "hide_pointer"


_SPECIAL: dict[str, Callable[[Place, Judge], str | None]] = {
    "event": _event,
    "input": _input,
    "attribute": _attribute,
    "text": _scrubbed,
    "pointer": _pointer,
    "code": lambda _place, _judge: "scripts, handlers and comments are emptied",
    "metadata": lambda _place, judge: f"metadata is {judge.policy.metadata!r}",
}


# --- what stays -----------------------------------------------------------------------------


def _why_kept(place: Place, judge: Judge) -> str:
    option = _OPTIONS.get(place.channel)
    if isinstance(place.before, str) and is_masked(place.before, judge.policy.mask_char):
        return NOTHING
    if place.channel == "input" and not isinstance(place.before, str):
        return "public: what is checked and selected"
    if judge.rules.shows_rest and place.channel not in _BY_RULES:
        return _NO_RULE
    if place.channel in _STAYS:
        open_ = option is not None and not getattr(judge.policy, option)
        return f"{option} is false" if open_ else _STAYS[place.channel]
    special = _kept_attribute(place, judge) if place.channel == "attribute" else None
    return special or _opened(place, judge)


def _kept_attribute(place: Place, judge: Judge) -> str | None:
    if isinstance(place.before, str) and not is_structural(place.name, place.before):
        return _allowed(place, judge)
    return PUBLIC


def _allowed(place: Place, judge: Judge) -> str | None:
    """Return the pattern of ``allow_attributes`` by which an attribute stays."""
    for text in judge.policy.allow_attributes:
        pattern = attribute_pattern(text)
        if pattern.fits(place.name):
            where = pattern.selector == EVERYWHERE or _selects(pattern.selector, judge)
            if where:
                return f"allow_attributes {text}"
    if judge.decision.level is Level.UNMASK:
        return None
    return _public_word(place, judge)


def _public_word(place: Place, judge: Judge) -> str | None:
    """Return why an attribute stays though text is masked."""
    if is_state_word(place.name, place.before):
        return _STATE_WORD
    words = judge.engine.public_words(judge.window)
    if any(name == place.name and word in place.before for name, word in words):
        return _COMPARED
    return _SELECTED if place.name.lower() in judge.rules.names else None


def _selects(selector: str, judge: Judge) -> bool:
    labels = {f"allow_attributes {own.text}" for own in parse(selector)}
    return not labels.isdisjoint(judge.matching("allow_attributes"))


def _opened(place: Place, judge: Judge) -> str:
    """Return the rule or the option that shows a place."""
    decision, option = judge.decision, _OPTIONS.get(place.channel)
    if place.channel == "media":
        shown = next(judge.matching("show_media"), None)
        if shown is not None:
            return shown
    elif decision.level is Level.UNMASK:
        return decision.rule
    if option is not None and not getattr(judge.policy, option):
        return f"{option} is false"
    if decision.level is Level.DEFAULT and option == "mask_all_text":
        if judge.policy.mask_text != "all":
            return f"mask_text is {judge.policy.mask_text!r}"
        if judge.policy.show_words:
            return "it is one of show_words"
    return _NO_RULE if judge.rules.shows_rest else NOTHING
