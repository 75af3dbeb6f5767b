"""What every policy knows: the levels of elements, and what pages may ask for themselves."""

from __future__ import annotations

import enum

from replay_redact._allowlists import attribute_names, attributes, vendor_marks
from replay_redact._masks import urls

ALLOWED_ATTRIBUTES = frozenset(name for name, kind in attributes.ATTRIBUTES.items() if kind.fits)
"""Names of attributes whose values stay if they have the form that the allow-list asks for."""

ATTRIBUTE_NAMES = attribute_names.ATTRIBUTE_NAMES
"""Names of attributes that stay, in lower case. Names with the prefix of a known framework, such
as ``data-``, stay as well. An attribute with any other name is dropped."""

COMPONENT_NAMES = attribute_names.COMPONENT_NAMES
"""Names of attributes that stay on custom elements: component libraries are styled by them."""

VENDOR_MARKS = vendor_marks.MARKS
"""Marks of other vendors that ask for more privacy. Only `Policy.sentry` ignores them."""

APP_SCHEMES = urls.APP_SCHEMES
"""Schemes of addresses in apps and browser extensions, which are masked part by part."""

ALWAYS_MASK = (".sentry-mask", "[data-sentry-mask]", ".rr-mask")
"""Selectors by which pages ask for masking. Every policy honours them."""

ALWAYS_BLOCK = (".sentry-block", "[data-sentry-block]", ".rr-block")
"""Selectors by which pages ask for blocking. Every policy honours them."""

ALWAYS_IGNORE = (".sentry-ignore", "[data-sentry-ignore]", ".rr-ignore")
"""Selectors by which pages ask to drop input events. Every policy honours them."""


class Level(enum.IntEnum):
    """How strictly an element and all below it are treated. A higher level is stricter."""

    DEFAULT = 0
    """No selector matched: ``mask_all_text``, ``mask_all_inputs`` and the like decide."""
    UNMASK = 1
    MASK = 2
    BLOCK = 3
