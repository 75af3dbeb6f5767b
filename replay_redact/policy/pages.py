"""Rules by page: options that hold on some pages of an app, and what holds between pages.

A page has the options of the policy, but for those that it gives itself. Where nobody knows which
page it is, the strictest of all options holds: see `strictest`.
"""

from __future__ import annotations

import dataclasses
import itertools
from collections.abc import Iterable, Mapping
from typing import Any, TypeVar, cast

from replay_redact._masks.urls import Addresses
from replay_redact.errors import PolicyError
from replay_redact.policy.fields import PolicyFields
from replay_redact.policy.options import Option
from replay_redact.policy.page_entries import OWN_NAMES, Page
from replay_redact.scrub.config import check_names

P = TypeVar("P", bound=PolicyFields)


def pages_of(policy: PolicyFields) -> tuple[Page, ...]:
    """Return the pages of a policy, as it keeps them."""
    return cast("tuple[Page, ...]", policy.pages)


def page_named(policy: PolicyFields, number: int | None) -> str:
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


def checked_pages(policy: PolicyFields, options: Mapping[str, Option]) -> tuple[Page, ...]:
    """Return the pages of a policy with the values of their options checked and read."""
    pages = tuple(_checked(policy, page, options) for page in pages_of(policy))
    policies = (policy, *(policy_on(policy, page) for page in pages))
    for page, own in itertools.product(pages, policies):
        _check_host(page, own)
    return pages


def _checked(policy: PolicyFields, page: Page, options: Mapping[str, Option]) -> Page:
    given = dict(page.options)
    try:
        _check_options(given, options)
        own = policy_on(policy, page)
    except PolicyError as error:
        raise PolicyError(f"pages {page.url!r}: {error}") from None
    return dataclasses.replace(page, options=tuple((name, getattr(own, name)) for name in given))


def _check_options(given: Iterable[str], options: Mapping[str, Option]) -> None:
    check_names(given, {*options, *OWN_NAMES})
    for name in given:
        if not options[name].by_page:
            raise PolicyError(f"{name} cannot differ by page: write it outside of pages")


def _check_host(page: Page, policy: PolicyFields) -> None:
    """Refuse a page whose host is masked: no redacted address could tell it."""
    origin = page.pattern.origin
    if origin and Addresses(hosts=policy.mask_hosts).mask(origin) != origin:
        raise PolicyError(f"pages {page.url!r}: mask_hosts masks this host")


def policy_on(policy: P, page: Page) -> P:
    """Return the policy that holds on a page."""
    return dataclasses.replace(policy, pages=(), **dict(page.options))


def policies_of(policy: P) -> tuple[P, ...]:
    """Return the policy of each page, in order, and last that of all other pages."""
    pages = pages_of(policy)
    return (*(policy_on(policy, page) for page in pages), dataclasses.replace(policy, pages=()))


def strictest(policies: tuple[P, ...], options: Mapping[str, Option]) -> P:
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
    return dataclasses.replace(policies[-1], **changes)


def _strictest_value(option: Option, values: list[Any]) -> Any:
    if option.kind == "flag":
        return all(values) if option.opens else any(values)
    if option.kind == "choice":
        return min(values, key=option.words.index)
    listed = dict.fromkeys(item for value in values for item in value)
    return tuple(item for item in listed if not option.opens or all(item in own for own in values))
