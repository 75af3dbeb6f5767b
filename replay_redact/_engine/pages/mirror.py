"""The mirror of a window in which rules differ by page: it knows which of them hold now.

Two numbers say it (see `_rules.pages`): the page that the last address named, and the rules that
hold. They are the same from a full snapshot on, until an address names another page. Then nobody
knows of which page a node is, so the strictest rules hold until the next full snapshot.

Within a moment, what came before a change is judged again, as of a page that hides all. So each
change begins a new *stage* of the moment, and the mirror notes the stage of each event.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from replay_redact._css.policy_selectors import Atom
from replay_redact._page.compared import ComparedWords
from replay_redact._page.mirror import Mirror
from replay_redact._rules.pages import PageRules
from replay_redact._rules.strict import Context
from replay_redact.report import Report

_Packed = tuple[int, int, int, bytes]


class PagedWords(ComparedWords):
    """What style sheets compare. Which of it is public differs by page."""

    def of(self, name: str) -> list[Atom]:
        """Return what is compared with an attribute, if the rules show it."""
        hidden = not self._shows or name.lower() in self._without
        return [] if hidden else super().of(name)

    def pairs(self) -> Iterator[tuple[str, str]]:
        """Yield the attribute names and words that are public now."""
        return (pair for pair in super().pairs() if self.of(pair[0]))


class PagedMirror(Mirror[Context]):
    """A mirror over the rules of several pages."""

    def __init__(self, pages: PageRules, report: Report) -> None:
        self.pages = pages
        self.in_force = self.page = pages.unknown
        super().__init__(pages.sets[self.in_force], report)
        self.compared = PagedWords(report, self.rules.policy)
        self._origin = pages.urls.unknown
        self._notes: dict[int, tuple[int, int]] = {}  # by the identity of the event
        self._stage = 0
        self.fell = False  # whether rules that drop everything held in this moment

    @property
    def drops(self) -> bool:
        """Whether the rules that hold drop everything."""
        return self.pages.drops[self.in_force]

    @property
    def known_page(self) -> int | None:
        """The page that the last address named, or ``None`` if nobody knows it."""
        return None if self.page == self.pages.unknown else self.page

    # --- which page ---

    def hear(self, addresses: Iterable[str]) -> None:
        """Take in that the page has these addresses now: if they disagree, nobody knows it."""
        found = set()
        for address in addresses:
            page, self._origin = self.pages.urls.page_of(address, self._origin)
            found.add(page)
        page = found.pop() if len(found) == 1 else None
        self._go(self.pages.unknown if page is None else page)

    def lose_page(self) -> None:
        """Take in that an address may have been lost, and perhaps the nodes, too.

        What came before in this moment can no longer be judged by its nodes, so it is dropped.
        """
        self._origin = self.pages.urls.unknown
        self._go(self.pages.unknown)
        self._stage += 1
        self.version += 1
        self.fell = True

    def _go(self, page: int) -> None:
        if page != self.page:
            self.page = page
            drops = self.drops or self.pages.drops[page]
            self._turn(self.pages.dropping if drops else self.pages.between)

    def arrive(self) -> None:
        """Let the rules of the page hold: a full snapshot comes."""
        self._turn(self.page)

    def _turn(self, now: int) -> None:
        if now == self.in_force:
            return
        self.in_force = now
        self._stage += 1
        self.version += 1
        self._obey(now)
        if self.drops:
            self.fell = True
            self.clear()

    def _obey(self, number: int) -> None:
        """Decide by other rules. Decisions of the rules before must not be met again."""
        self.rules = self.pages.sets[number]
        self._contexts.clear()
        self.compared.obey(self.rules.policy)
        self.gone = {node: self._closed(was) for node, was in self.gone.items()}
        self.gone_texts = {node: self._closed(was) for node, was in self.gone_texts.items()}

    def _closed(self, was: Context) -> Context:
        return self.rules.hidden if was.blocked else self.rules.unknown

    # --- moments ---

    def note(self, event: Any) -> None:
        """Note that an event came in this stage of the moment, and the page."""
        self._notes[id(event)] = self._stage, self.page

    def is_late(self, event: Any) -> bool:
        """Tell whether other rules hold since an event of this moment."""
        return self._notes[id(event)][0] != self._stage

    def page_of(self, event: Any) -> int:
        """Return the page that was known when an event of this moment had come."""
        return self._notes[id(event)][1]

    @contextlib.contextmanager
    def closed(self) -> Iterator[int]:
        """Within this block, decide by the rules that show no node."""
        gone, gone_texts = self.gone, self.gone_texts
        self._obey(self.pages.closed)
        try:
            yield self.pages.closed
        finally:
            self._obey(self.in_force)
            self.gone, self.gone_texts = gone, gone_texts

    def end_moment(self) -> None:
        """Forget what only the second judgement of a moment needs."""
        super().end_moment()
        self._notes.clear()
        self._stage = 0
        self.fell = False

    # --- states ---

    def packed(self) -> bytes:
        """Return what a state holds beside nodes: the page, and words of style sheets."""
        return msgspec.msgpack.encode(
            (self.in_force, self.page, self._origin, self.compared.packed())
        )

    def unpack(self, packed: bytes) -> None:
        """Take over what a state holds. Raises ``ValueError`` if the bytes are not such."""
        try:
            now, page, origin, words = msgspec.msgpack.decode(packed, type=_Packed)
        except msgspec.DecodeError as error:
            raise ValueError("these are no pages") from error
        pages = self.pages
        known = 0 <= page <= pages.urls.base or page == pages.unknown
        settled = now in {page, pages.between, pages.dropping}
        if not (known and settled and 0 <= origin <= pages.urls.unknown):
            raise ValueError("there is no such page")
        self.in_force, self.page, self._origin = now, page, origin
        self._obey(now)
        self.compared.unpack(words)
