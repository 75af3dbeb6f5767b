"""The patterns by which a policy says which attributes may stay.

A pattern is the name of an attribute (``aria-label``), or the beginning of names (``data-test*``),
for all elements or, behind a selector and ``@``, for some (``button@aria-label``).
"""

from __future__ import annotations

from typing import NamedTuple

from replay_redact._allowlists.attributes import kind_of
from replay_redact._css.tokens import is_property_name
from replay_redact.errors import PolicyError

EVERYWHERE = "*"
"""The selector of a pattern that has none."""


class AttributePattern(NamedTuple):
    """Which attributes may stay: ``name`` in lower case, or the beginning of one."""

    selector: str
    name: str
    is_prefix: bool

    def fits(self, name: str) -> bool:
        """Tell whether the pattern means an attribute, whose name may have capitals."""
        low = name.lower()
        return low.startswith(self.name) if self.is_prefix else low == self.name


def attribute_pattern(text: str) -> AttributePattern:
    """Read a pattern; raise `PolicyError` for one that says too much, or nothing.

    >>> attribute_pattern("button@aria-label")
    AttributePattern(selector='button', name='aria-label', is_prefix=False)
    >>> attribute_pattern("data-test*")
    AttributePattern(selector='*', name='data-test', is_prefix=True)
    """
    selector, at, name = text.rpartition("@")
    name = name.strip().lower()
    is_prefix = name.endswith("*")
    name = name.removesuffix("*")
    if not is_property_name(name) or (at and not selector.strip()):
        raise PolicyError(
            f"allow_attributes {text!r} must be a name, the beginning of names such as data-test*,"
            " or one of these behind a selector, such as button@aria-label"
        )
    if is_prefix and "-" not in name:
        raise PolicyError(
            f"allow_attributes {text!r} means too much: before the asterisk must stand a name"
            " with a hyphen, such as data-*"
        )
    if kind_of(name).rewritten:
        raise PolicyError(
            f"allow_attributes {text!r}: {name} is an address, a style, a form value or code,"
            " which other options decide about"
        )
    return AttributePattern(selector.strip() or EVERYWHERE, name, is_prefix)
