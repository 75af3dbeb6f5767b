"""Rules by page, as the documentation states them: by which options is each event judged?

The recording is judged once by the options of each page. A finding counts if these options held for
its event. Where a page is dropped, nothing private may be read at all, as under the strictest preset.
"""

from __future__ import annotations

import dataclasses
import re
from typing import Any

from tests.oracle import judging
from tests.oracle.judging import PRIVATE, Finding
from tests.oracle.options import Options
from tests.oracle.windows import Key, events_of

_ADDRESS = re.compile(r"(?:https?:)?(?://[^/?#]+)?(?P<path>/[^?#]*)?(?:\?[^#]*)?(?:#(?P<route>/[^?]*)?.*)?", re.DOTALL)  # fmt: skip


def judge(
    data: bytes,
    output: bytes,
    options: Options | None = None,
    *,
    private: re.Pattern[str] = PRIVATE,
    trace: re.Pattern[str] | None = None,
) -> list[Finding]:
    """Return what can be read in an output but must not; see `judging.judge`."""
    options = options or Options()
    if not options.pages:
        return judging.judge(data, output, options, private=private, trace=trace)
    found: dict[Finding, None] = {}
    held = _held(data, options)
    for number, own in enumerate(options_by_page(options)):
        for finding in judging.judge(data, output, own, private=private, trace=trace):
            if finding.event < 0 or _counts(finding, number, held[finding.event]):
                found[finding] = None
    return list(found)


def _counts(finding: Finding, number: int, held: set[int]) -> bool:
    """Tell whether a finding is one by the options that held. Between pages, nodes may be named."""
    return number in held and not (finding.word.startswith("node ") and len(held) > 1)


def options_by_page(options: Options) -> list[Options]:
    """Return the options of each page, those of all others, and those of dropped pages."""
    base = dataclasses.replace(options, pages=())
    own = [
        dataclasses.replace(base, **{k: v for k, v in page.items() if k not in {"url", "drop"}})
        for page in options.pages
    ]
    return [*own, base, Options.named("lockdown")]


def page_of(address: object, pages: tuple[dict[str, Any], ...]) -> int | None:
    """Return the number of the page of an address, or ``None`` for what is no address."""
    read = _ADDRESS.fullmatch(address) if isinstance(address, str) and address else None
    if read is None:
        return None
    bare = address.partition("#")[2] == ""
    for number, page in enumerate(pages):
        url = page["url"]
        text = read["route"] or ("/" if bare else "") if url.startswith("#") else (read["path"] or "/")  # fmt: skip
        if text and re.fullmatch(_pattern(url.lstrip("#")), text):
            return None if url.startswith("#") and bare else number
    return len(pages)


def _pattern(url: str) -> str:
    rest = url.endswith("/**")
    parts = url.removesuffix("/**").rstrip("/").split("/")[1:]
    steps = ["[^/]+" if part[0] in ":*" else re.escape(part) for part in parts]
    return "".join(f"/{step}" for step in steps) + ("(?:/.*)?" if rest else "/?")


class _Window:
    """One window: the page it is on, and what its last moment was judged by."""

    def __init__(self, options: Options, held: list[set[int]]) -> None:
        self.pages = options.pages
        self.held = held
        self.page: int | None = None
        self.settled = False
        self.dropped = self._drops(None)
        self.time: Any = None
        self.moment: list[int] = []

    def _drops(self, page: int | None) -> bool:
        if page is None:
            return any(own.get("drop") for own in self.pages)
        return page < len(self.pages) and bool(self.pages[page].get("drop"))

    def play(self, at: int, event: Any) -> None:
        """Note by which options an event is judged."""
        time = event.get("timestamp") if isinstance(event, dict) else None
        if time != self.time:
            self.time, self.moment = time, []
        kind, data = (
            (event.get("type"), event.get("data")) if isinstance(event, dict) else (None, None)
        )
        if not judging.is_readable(kind, event, data):  # it may have said another page
            self._go(None)
        elif kind == 4:
            self._go(page_of(data.get("href"), self.pages))
        elif kind == 5 and not self.dropped and _says_page(data):
            self._go(page_of(data["payload"].get("data", {}).get("to"), self.pages))
        elif kind == 2:
            self.settled = self.page is not None
            self.dropped = self._drops(self.page)
        is_known = self.page is not None and (self.settled or kind == 4)
        self.held[at] = {self.page} if is_known else self._all()
        if kind != 4:
            self.held[at] |= self._dropping()
            self.moment.append(at)

    def _go(self, page: int | None) -> None:
        if page != self.page:
            self.page, self.settled = page, False
            self.dropped = self.dropped or self._drops(page)
            for at in self.moment:
                self.held[at] = self._all() | self._dropping()

    def _all(self) -> set[int]:
        return set(range(len(self.pages) + 1))

    def _dropping(self) -> set[int]:
        return {len(self.pages) + 1} if self.dropped else set()


def _says_page(data: dict[str, Any]) -> bool:
    payload = data.get("payload")
    crumb = isinstance(payload, dict) and payload.get("category") == "navigation"
    return data.get("tag") == "breadcrumb" and crumb


def _held(data: bytes, options: Options) -> list[set[int]]:
    """Return for each event of a recording the numbers of the options that held."""
    events = events_of(data)
    held: list[set[int]] = [set() for _ in events]
    windows: dict[Key, _Window] = {}
    for at, (key, event) in enumerate(events):
        windows.setdefault(key, _Window(options, held)).play(at, event)
    return held
