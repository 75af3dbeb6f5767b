"""The native kernels, if the distribution ``replay-redact-native`` is installed.

A kernel does what a mask written in Python does, byte for byte, and faster. Python is the
reference: a kernel returns ``None`` for whatever it does not know, and the caller goes on in
Python. So nothing but speed depends on this module.

Both distributions have to be of one version. ``REPLAY_REDACT_NATIVE=0`` switches the kernels off.
"""

from __future__ import annotations

import importlib
import os
from collections.abc import Callable, Mapping
from typing import Any, Protocol, cast

from replay_redact._version import __version__

SWITCH = "REPLAY_REDACT_NATIVE"
"""The name of an environment variable: ``0`` switches the kernels off."""

_MODULE = "replay_redact_native"

Image = Callable[[str, bool, bool], str]
"""Masks the address of an embedded image: does it fill its box, is it of one element?"""
Compared = tuple[tuple[str, str, str, bool], str]
"""What an attribute selector compares: the fields of an `Atom`, and its quote."""


class Kernels(Protocol):
    """What the extension module offers. Each kernel may return ``None``: Python has to do it."""

    VERSION: str
    Attributes: type[Any]  # see native/src/element.rs

    def texts(
        self, nodes: list[Any], decided: list[tuple[Any, int]]
    ) -> tuple[list[Any], list[str], list[str], list[Any]] | None:
        """Mask the texts of nodes in place.

        Return those changed: nodes, texts before and after, decisions. ``decided`` has decisions,
        each with the number of the first text that it is about.
        """

    def css_sheet(self, css: str, image: Image) -> tuple[list[str], list[Compared]] | None:
        """Mask a style sheet; return its pieces, and the words that stand between them."""

    def css_declarations(self, css: str, image: Image) -> str | None:
        """Mask the declarations of a style attribute."""

    def css_value(self, name: str, value: str, image: Image) -> str | None:
        """Mask the value of one declaration."""

    def panics(self) -> int:
        """Return how many kernels broke off in this process; Python did their work."""


def load(environment: Mapping[str, str]) -> tuple[Kernels | None, str]:
    """Return the kernels, or ``None``, and for people whether they are in use.

    >>> load({"REPLAY_REDACT_NATIVE": "0"})
    (None, 'native kernels: switched off')
    """
    if environment.get(SWITCH) == "0":
        return None, "native kernels: switched off"
    try:
        found: Any = importlib.import_module(_MODULE)
    except ImportError:
        return None, "native kernels: not installed"
    if __version__ != found.VERSION:
        return None, f"native kernels: not used, their version is {found.VERSION}"
    return cast("Kernels", found), "native kernels: in use"


kernels, status = load(os.environ)
