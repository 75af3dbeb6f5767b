"""The engine of a policy with rules by page: a strict engine for each page, over one mirror.

Each event goes to the handlers of the strict rule set, with the masks of the page that the window
shows. Where the rules drop everything, two events stay, since players need them: `Meta`, which
says the size of the window and the page that comes, and full snapshots, as a gray page.

While everything is dropped, only `Meta` says where a page goes: other events that say it are not
in the output, so redacting the output again could not know of them.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

from msgspec import Struct

from replay_redact import events as ev
from replay_redact._engine.by_role import structs_in
from replay_redact._engine.handlers import HANDLERS, JUDGED_AGAIN, Strict
from replay_redact._engine.pages.mirror import PagedMirror
from replay_redact._engine.pages.said import Said, said_by
from replay_redact._masks.media import BLOCK_STYLE
from replay_redact._metadata.masks import MetadataMasks
from replay_redact._page.refined import remember_places
from replay_redact._page.tally import Tally
from replay_redact._page.tree import nodes_of
from replay_redact._rules.pages import compile_page_rules
from replay_redact.nodes import Document, Element, Node
from replay_redact.policy import Policy
from replay_redact.report import Report

MALFORMED = "malformed"
"""The reason for which an event cannot be read that may have been any."""


class PagedMetadata(MetadataMasks):
    """The metadata masks of one page. What says the page stays, where all else is masked."""

    said: Said | None = None

    def hide(self, value: Any) -> Any:
        """Mask everything in a value, but for what says the page."""
        masked = super().hide(value)
        if self.said is not None and value is self.said.payload:
            self.said.tell(masked, self.masks.url)
        return masked


class Paged:
    """The rules, the memory and the masks of one window, by page."""

    def __init__(self, policy: Policy, report: Report) -> None:
        self.report = report
        self.tally = Tally(report)
        self.pages = compile_page_rules(policy)
        self.mirror = PagedMirror(self.pages, report)
        remember_places(self.mirror)
        self._engines: dict[int, Strict] = {}  # by the number of their rules

    @property
    def drops(self) -> bool:
        """Whether everything is dropped now."""
        return self.mirror.drops

    def engine(self, number: int) -> Strict:
        """Return the engine of some rules."""
        if number not in self._engines:
            rules = self.pages.sets[number]
            own = Strict(rules, self.mirror, self.tally)
            own.metadata = PagedMetadata(self.mirror, own.visitor.attributes)
            self._engines[number] = own
        return self._engines[number]

    def current(self) -> Strict:
        """Return the engine of the rules that hold now."""
        return self.engine(self.mirror.in_force)

    def mask_gathered(self) -> None:
        """Mask the texts that wait to be masked together."""
        for own in self._engines.values():
            own.mask_gathered()


# --- handlers: true if the event passes -----------------------------------------------


def _handle(paged: Paged, event: Any) -> bool:
    """Handle an event by the rules that hold now, or drop it."""
    own = _OWN.get(type(event))
    if own is not None:
        passes = own(paged, event)
    else:
        passes = not paged.drops and HANDLERS[type(event)](paged.current(), event)
    paged.mirror.note(event)
    return passes


def _meta(paged: Paged, event: ev.Meta) -> bool:
    """Learn the page from an address, and mask the address by the rules of this page."""
    href, mirror = event.data.href, paged.mirror
    mirror.hear([href] if isinstance(href, str) else [])
    engine = paged.engine(mirror.page)
    with engine.masks.naming(paged.pages.urls, mirror.page):
        return HANDLERS[ev.Meta](engine, event)


def _custom(paged: Paged, event: ev.Custom) -> bool:
    said = None if paged.drops else said_by(event.data.tag, event.data.payload)
    if said is not None:
        paged.mirror.hear(said.addresses())
    return not paged.drops and _custom_by(paged, paged.current(), event, said, paged.mirror.page)


def _custom_by(
    paged: Paged, engine: Strict, event: ev.Custom, said: Said | None, page: int
) -> bool:
    """Mask a custom event. If it says that a page comes, it still does so afterwards."""
    if said is None:
        return HANDLERS[ev.Custom](engine, event)
    metadata = cast("PagedMetadata", engine.metadata)
    metadata.said = said
    with engine.masks.naming(paged.pages.urls, page):
        passes = HANDLERS[ev.Custom](engine, event)
    metadata.said = None
    return passes


def _full_snapshot(paged: Paged, event: ev.FullSnapshot) -> bool:
    paged.mirror.arrive()
    if paged.drops or is_gray(event):  # a gray one stays, whatever the rules say of its elements
        paged.mirror.clear()
        return _gray(paged, event)
    return HANDLERS[ev.FullSnapshot](paged.current(), event)


def _unreadable(paged: Paged, event: ev.Unreadable) -> bool:
    if event.reason == MALFORMED:
        paged.mirror.lose_page()
    return HANDLERS[ev.Unreadable](paged.current(), event)


_OWN: dict[type, Callable[[Paged, Any], bool]] = {
    ev.Meta: _meta,
    ev.Custom: _custom,
    ev.FullSnapshot: _full_snapshot,
    ev.Unreadable: _unreadable,
}

PAGED_HANDLERS: dict[type, Callable[[Paged, Any], bool]] = dict.fromkeys(HANDLERS, _handle)
"""What happens to each kind of event and each incremental source."""


def _gray(paged: Paged, event: ev.FullSnapshot) -> bool:
    """Show a gray page in place of the recorded one."""
    recorded = event.data
    paged.tally.lose(nodes_of(recorded.node))
    event.data = _gray_page()
    paged.tally.field(event, "data", recorded, "media")
    return True


def _gray_page() -> ev.FullSnapshotData:
    parts: list[Node] = [Element(id=3, tag_name="head"), Element(id=4, tag_name="body")]
    html = Element(id=2, tag_name="html", attributes={"style": BLOCK_STYLE}, child_nodes=parts)
    return ev.FullSnapshotData(node=Document(id=1, child_nodes=[html]))


_GRAY = _gray_page()


def is_gray(event: ev.FullSnapshot) -> bool:
    """Tell whether a full snapshot is what stands for a page that is dropped."""
    return event.data == _GRAY


# --- a second judgement, at the end of a moment: true if the event still passes ----------


def _again(paged: Paged, event: Any) -> bool:
    """Judge an event again; if the page has changed since, as one of a page that shows no node.

    What was said of a node before the change may have been masked only by the other page, and only
    until something else happened in this moment. So the strictest rules are not enough.
    """
    kind, mirror = type(event), paged.mirror
    if not mirror.is_late(event):
        own = JUDGED_AGAIN.get(kind)
        return own is None or mirror.drops or own(paged.current(), event)
    if kind is ev.Meta:
        return True
    if kind is ev.FullSnapshot and (mirror.fell or is_gray(event)):
        return _gray(paged, event)
    passes = not mirror.fell and _handle_late(paged, event)
    if not passes:
        _lose(paged.tally, event)
    return passes


def _handle_late(paged: Paged, event: Any) -> bool:
    kind, page = type(event), paged.mirror.page_of(event)
    with paged.mirror.closed() as closed:
        engine = paged.engine(closed)
        if kind is ev.Custom:
            said = said_by(event.data.tag, event.data.payload)
            return _custom_by(paged, engine, event, said, page)
        return _ASKS_OF_THE_PAST.get(kind, HANDLERS[kind])(engine, event)


_ASKS_OF_THE_PAST = {kind: JUDGED_AGAIN[kind] for kind in (ev.FullSnapshot, ev.Mutation)}
"""How events are judged that told facts of nodes: these are not told a second time."""


def _lose(tally: Tally, event: Any) -> None:
    """Forget what was changed in an event that is dropped."""
    parts: list[Struct] = [event]
    for part in parts:
        parts += structs_in(part)
    tally.lose(parts)


PAGED_AGAIN: dict[type, Callable[[Paged, Any], bool]] = dict.fromkeys(HANDLERS, _again)
"""How an event is judged again; any may be one of a page that hides more."""
