"""The options of a policy, read by the oracle itself."""

from __future__ import annotations

import dataclasses
from functools import cached_property
from typing import Any

from tests.oracle.selectors import Selector, parse

_BLOCK = (
    *(".sentry-block", "[data-sentry-block]", ".rr-block"),
    *(".ph-no-capture", ".fs-exclude", "[data-dd-privacy=hidden]", "[data-hj-suppress]"),
)
_MASK = (
    *(".sentry-mask", "[data-sentry-mask]", ".rr-mask"),
    *(".fs-mask", ".amp-mask", "[data-dd-privacy=mask]", "[data-clarity-mask]"),
)
"""Marks that pages carry, some of them for other recorders: enough to see whether these count."""
_IGNORE = (".sentry-ignore", "[data-sentry-ignore]", ".rr-ignore")


@dataclasses.dataclass(frozen=True)
class Options:
    """The options and defaults that the documentation states."""

    mask_all_text: bool = True
    mask_all_inputs: bool = True
    block_all_media: bool = True
    mask: tuple[str, ...] = ()
    unmask: tuple[str, ...] = (".sentry-unmask", "[data-sentry-unmask]")
    never_unmask: tuple[str, ...] = ()
    block: tuple[str, ...] = ()
    show_media: tuple[str, ...] = ()
    ignore_inputs: tuple[str, ...] = ()
    mask_attributes: tuple[str, ...] = ()
    allow_attributes: tuple[str, ...] = ()
    mask_urls: bool = True
    mask_css: bool = True
    keep_fonts: bool = False
    hide_length: bool = False
    hide_state: bool = False
    hide_pointer: bool = False
    metadata: str = "safe"
    mask_text: str = "all"
    show_words: tuple[str, ...] = ()  # no word that an input holds, so it shows nothing here
    words_in: tuple[str, ...] = ()
    mask_char: str = "*"  # no letter or digit, so no word can have it
    mask_hosts: tuple[str, ...] = ()  # no host of an input holds a word: the rest stays as it was
    pages: tuple[dict[str, Any], ...] = ()

    @classmethod
    def named(cls, name: str) -> Options:
        """Return the options of a preset."""
        return cls(**PRESETS[name])

    @cached_property
    def blocks(self) -> list[Selector]:
        return _selectors((*_BLOCK, *self.block))

    @cached_property
    def masks(self) -> list[Selector]:
        return _selectors((*_MASK, *self.mask))

    @cached_property
    def unmasks(self) -> list[Selector]:
        return _selectors(self.unmask)

    @cached_property
    def closed(self) -> list[Selector]:
        return _selectors(self.never_unmask)

    @cached_property
    def allowed(self) -> list[tuple[list[Selector], str]]:
        """Attributes that stay: where, and names that may end in an asterisk."""
        parts = [text.rpartition("@") for text in self.allow_attributes]
        return [(_selectors((where or "*",)), name.lower()) for where, _, name in parts]

    @cached_property
    def unblocks(self) -> list[Selector]:
        return _selectors(self.show_media)

    @cached_property
    def ignores(self) -> list[Selector]:
        return _selectors((*_IGNORE, *self.ignore_inputs))

    @cached_property
    def listed(self) -> frozenset[str]:
        return frozenset(name.lower() for name in self.mask_attributes)


def _selectors(texts: tuple[str, ...]) -> list[Selector]:
    return [selector for text in texts for selector in parse(text)]


PRESETS: dict[str, dict[str, Any]] = {
    "strict": {},
    "open": {
        "mask_all_text": False,
        "mask_all_inputs": False,
        "block_all_media": False,
        "mask_urls": False,
        "mask_css": False,
        "keep_fonts": True,
        "metadata": "scrub",
    },
    "lockdown": {
        "unmask": (),
        "hide_length": True,
        "hide_state": True,
        "hide_pointer": True,
        "metadata": "mask",
    },
}
