"""Rules by page: options that hold on some pages of an app, and what holds between pages.

A page has the options of the policy, but for those that it gives itself. Where nobody knows which
page it is, the strictest of all options holds: see `strictest`.
"""

from __future__ import annotations

import dataclasses
import itertools
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, cast

from replay_redact._masks.page_urls import PageUrl, read_page_url
from replay_redact._masks.urls import Addresses
from replay_redact.errors import PolicyError
from replay_redact.scrub.config import check_names

if TYPE_CHECKING:
    from replay_redact.policy.options import Option
    from replay_redact.policy.policies import Policy

MOST_PAGES = 100
"""Pages of one policy: each has its own rules, and each address is compared with all of them."""

_OWN = {"url", "drop"}


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


def read_pages(name: str, _option: Option, value: Any) -> tuple[Page, ...]:
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
    return Page(url, drop, tuple((name, own) for name, own in entry.items() if name not in _OWN))


def pages_of(policy: Policy) -> tuple[Page, ...]:
    """Return the pages of a policy, as it keeps them."""
    return cast("tuple[Page, ...]", policy.pages)


def page_named(policy: Policy, number: int | None) -> str:
    """Name the page with a number for people; nothing if the policy has no pages.

    >>> from replay_redact import Policy
    >>> policy = Policy(pages={"url": "/admin/**"})
    >>> page_named(policy, 0), page_named(policy, 1)
    ("page '/admin/**'", 'any other page')
    >>> page_named(policy, 2)
    'a page that nobody knows: the strictest options of all'
    """
    pages = pages_of(policy)
    if not pages:
        return ""
    drops = {True: ", which is dropped", False: ""}
    names = [*(f"page {page.url!r}{drops[page.drop]}" for page in pages), "any other page"]
    known = number is not None and number < len(names)
    return names[number or 0] if known else "a page that nobody knows: the strictest options of all"


def checked_pages(policy: Policy, options: Mapping[str, Option]) -> tuple[Page, ...]:
    """Return the pages of a policy with the values of their options checked and read."""
    pages = tuple(_checked(policy, page, options) for page in pages_of(policy))
    policies = (policy, *(policy_on(policy, page) for page in pages))
    for page, own in itertools.product(pages, policies):
        _check_host(page, own)
    return pages


def _checked(policy: Policy, page: Page, options: Mapping[str, Option]) -> Page:
    given = dict(page.options)
    try:
        _check_options(given, options)
        own = policy_on(policy, page)
    except PolicyError as error:
        raise PolicyError(f"pages {page.url!r}: {error}") from None
    return dataclasses.replace(page, options=tuple((name, getattr(own, name)) for name in given))


def _check_options(given: Iterable[str], options: Mapping[str, Option]) -> None:
    check_names(given, {*options, *_OWN})
    for name in given:
        if not options[name].by_page:
            raise PolicyError(f"{name} cannot differ by page: write it outside of pages")


def _check_host(page: Page, policy: Policy) -> None:
    """Refuse a page whose host is masked: no redacted address could tell it."""
    origin = page.pattern.origin
    if origin and Addresses(hosts=policy.mask_hosts).mask(origin) != origin:
        raise PolicyError(f"pages {page.url!r}: mask_hosts masks this host")


def policy_on(policy: Policy, page: Page) -> Policy:
    """Return the policy that holds on a page."""
    return policy.replace(pages=(), **dict(page.options))


def policies_of(policy: Policy) -> tuple[Policy, ...]:
    """Return the policy of each page, in order, and last that of all other pages."""
    pages = pages_of(policy)
    return (*(policy_on(policy, page) for page in pages), policy.replace(pages=()))


def strictest(policies: tuple[Policy, ...], options: Mapping[str, Option]) -> Policy:
    """Return a policy that shows nothing that any of several policies hides.

    >>> from replay_redact import Policy
    >>> from replay_redact.policy import OPTIONS
    >>> one, other = Policy(mask=".a", unmask=["nav", ".b"]), Policy(unmask="nav", hide_state=True)
    >>> strictest((one, other), OPTIONS)
    Policy(mask=('.a',), unmask=('nav',), hide_state=True)
    """
    changes = {
        name: _strictest_value(option, [getattr(policy, name) for policy in policies])
        for name, option in options.items()
        if option.by_page
    }
    return policies[-1].replace(**changes)


def _strictest_value(option: Option, values: list[Any]) -> Any:
    if option.kind == "flag":
        return all(values) if option.opens else any(values)
    if option.kind == "choice":
        return min(values, key=option.words.index)
    listed = dict.fromkeys(item for value in values for item in value)
    return tuple(item for item in listed if not option.opens or all(item in own for own in values))
