"""What a policy's option ``pages`` holds, and how its entries are read."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping
from typing import Any

from replay_redact._masks.page_urls import PageUrl, read_page_url
from replay_redact.errors import PolicyError

MOST_PAGES = 100
"""Pages of one policy: each has its own rules, and each address is compared with all of them."""

OWN_NAMES = {"url", "drop"}
"""What an entry says beside options."""


@dataclasses.dataclass(frozen=True, repr=False)
class Page:
    """One entry of the option ``pages``: the pattern of its addresses, and what holds there."""

    url: str
    drop: bool = False
    options: tuple[tuple[str, Any], ...] = ()

    @property
    def pattern(self) -> PageUrl:
        """The pattern, read."""
        return read_page_url(self.url)

    def __repr__(self) -> str:
        """Return the entry as it is written in Python."""
        return repr(
            {"url": self.url, **({"drop": True} if self.drop else {}), **dict(self.options)}
        )


def read_pages(name: str, value: Any) -> tuple[Page, ...]:
    """Read the entries of ``pages``, but for the values of their options."""
    entries = [value] if isinstance(value, Mapping | Page) else value
    if isinstance(entries, str) or not isinstance(entries, Iterable):
        raise PolicyError(f"{name} must be tables, each with a url")
    pages = tuple(map(_page, entries))
    if len(pages) > MOST_PAGES:
        raise PolicyError(f"{name} must be {MOST_PAGES} or fewer")
    urls = [page.url for page in pages]
    for url in urls:
        if urls.count(url) > 1:
            raise PolicyError(f"{name} has {url!r} twice: the first one would always win")
    return pages


def _page(entry: Any) -> Page:
    if isinstance(entry, Page):
        return entry
    if not isinstance(entry, Mapping) or not isinstance(entry.get("url"), str):
        raise PolicyError('each of pages must be a table with a url, such as "/admin/**"')
    url, drop = entry["url"], entry.get("drop", False)
    read_page_url(url)
    if not isinstance(drop, bool):
        raise PolicyError(f"pages {url!r}: drop must be true or false")
    return Page(
        url, drop, tuple((name, own) for name, own in entry.items() if name not in OWN_NAMES)
    )
