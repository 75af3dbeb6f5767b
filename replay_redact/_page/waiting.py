"""What waits for the end of its event: style sheets, and attributes that they may compare.

A style sheet can come after the elements that it is for. So what sheets compare is gathered over a
whole event first, and masked until then. At the end of the event, the words that have become public
(`_page.compared`) are put back where they stood, in sheets and in attributes alike. What nobody
settles stays masked.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from replay_redact._css.literals import keep_literals, keep_only
from replay_redact._css.sheets import compared
from replay_redact._page.masking import Masks
from replay_redact._page.mirror import Mirror
from replay_redact._page.tally import Tally
from replay_redact._rules.strict import Context, Rules
from replay_redact.nodes import Text

CSS_TEXT = "_cssText"
"""The attribute in which recorders send the text of a style sheet."""

_LONGEST_VALUE = 1_000  # of an attribute that may hold a word: longer ones are no state


class _Text(NamedTuple):
    """A text of a style element: where it stands, as what, and before and after masking."""

    item: Any
    field: str
    node_id: int
    css: str
    masked: str


class _Tag(NamedTuple):
    """An element or a change of one, and the recorded values of attributes that may hold words."""

    item: Any
    node_id: int
    values: dict[str, str]
    decision: Context | None


class Waiting:
    """What waits in one window."""

    def __init__(self, rules: Rules, masks: Masks, mirror: Mirror[Context], tally: Tally) -> None:
        self._tally = tally
        self._rules = rules
        self._masks = masks
        self._mirror = mirror
        self._words = mirror.compared
        self._texts: list[_Text] = []
        self.tags: list[_Tag] = []

    def clear(self) -> None:
        """Forget all that waits: it stays masked."""
        self._texts.clear()
        self.tags.clear()

    def text(self, item: Any, field: str, node_id: int, css: str) -> None:
        """Have a text of a style element wait; it is masked by now."""
        if "[" in css:
            self._texts.append(_Text(item, field, node_id, css, getattr(item, field)))

    def style_text(self, node: Text, css: str, decisions: list[Context]) -> None:
        """Have a masked text wait, if every decision about it shows it as CSS."""
        shows = [one.css and not (one.silent or one.blocked) for one in decisions]
        if shows and all(shows):
            self.text(node, "text_content", node.id, css)

    def tag(
        self, item: Any, node_id: int, values: dict[str, str], decision: Context | None
    ) -> None:
        """Have attributes of an element wait; they are masked by now.

        ``decision`` is the one that masked them, ``None`` if there was more than one.
        """
        if values:
            self.tags.append(_Tag(item, node_id, values, decision))

    def settle(self) -> None:
        """Take in the style sheets of the event that ends here, and put back what they compare."""
        if not (self._texts or self.tags):
            return
        texts, self._texts = self._texts, []
        tags, self.tags = self.tags, []
        for text in texts:
            self._take_in(self._mirror.parents.get(text.node_id), text.css)
        for tag in tags:
            if CSS_TEXT in tag.values:
                self._take_in(tag.node_id, tag.values[CSS_TEXT])
        for text in texts:
            setattr(text.item, text.field, self._sheet(text.css, text.masked))
        names = set().union(*(tag.values for tag in tags))
        concerned = frozenset(filter(self._concerns, names))
        for tag in tags if concerned else ():
            self._put_back(tag, concerned)

    def _take_in(self, owner: int | None, css: str) -> None:
        if owner is not None and owner in self._mirror.parents:
            self._words.add(("node", owner), compared(css))

    def _sheet(self, css: str, masked: str) -> str:
        """Return a masked style sheet with its public words; one that is shown stays."""
        return css if masked == css else self._masks.sheet(css, always=True, public=self._words)

    def _concerns(self, name: str) -> bool:
        return name == CSS_TEXT or bool(self._words.of(name))

    def _put_back(self, tag: _Tag, concerned: frozenset[str]) -> None:
        """Put public words back into the masked attributes of an element.

        ``concerned`` are the names of those that may hold public words.
        """
        attributes = tag.item.attributes
        for name, value in tag.values.items():
            if name not in concerned:
                continue
            masked = attributes[name]
            if name == CSS_TEXT:
                shown = self._sheet(value, masked)
            else:
                shown = self._value(name, value, masked)
            attributes[name] = shown
            if shown == value != masked and tag.decision is not None:
                self._tally.restored(name, tag.decision)

    def _value(self, name: str, value: str, masked: str) -> str:
        if len(value) > _LONGEST_VALUE:
            return masked
        held = [atom for atom in self._words.of(name) if atom.holds(value)]
        if not held:
            return masked
        if not self._rules.policy.hide_length:
            return keep_literals(value, masked, held, self._masks.text)
        if any(atom.holds(value) for atom in self._rules.literals.get(name, ())):
            return masked  # what the policy's own selectors ask for comes first
        whole_first = sorted(held, key=lambda atom: atom.operator != "=")
        return keep_only(value, masked, whole_first, self._masks.hidden)
