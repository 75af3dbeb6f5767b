"""Bodies that browsers send as forms: ``data=<base64>``, as PostHog does when a page is left."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Callable
from typing import NamedTuple
from urllib.parse import quote, unquote_to_bytes

from replay_redact._wire.compression import Budget
from replay_redact.errors import DecodeError

_FIELDS = re.compile(
    rb"\s*(?:[a-zA-Z_]{1,40}=[^&\s]*&){0,20}data=[^&\s]+(?:&[a-zA-Z_]{1,40}=[^&\s]*){0,20}\s*"
)
_KEPT = {
    b"compression": re.compile(rb"base64|gzip-js|gzip"),
    b"ver": re.compile(rb"\d{1,4}(?:\.\d{1,4}){0,3}"),
    b"_": re.compile(rb"\d{1,16}"),
    b"ip": re.compile(rb"[01]"),
}  # fmt: skip
_LZ64 = b"lz64"


class FormData(NamedTuple):
    """What stands in the field ``data``, how to write it again, and how many fields are cut."""

    inner: bytes
    wrap: Callable[[bytes], bytes]
    cut: int


def is_form_data(text: bytes) -> bool:
    """Tell a form with a field called ``data``.

    >>> is_form_data(b"data=W10%3D&ver=1.2"), is_form_data(b"[]")
    (True, False)
    """
    return _FIELDS.fullmatch(text) is not None


def open_form_data(text: bytes, budget: Budget) -> FormData:
    """Take the field ``data`` out of a form."""
    pairs = [pair.partition(b"=") for pair in text.strip().split(b"&")]
    fields = {name: value for name, _, value in pairs}
    if fields.get(b"compression") == _LZ64:
        raise DecodeError("the form is compressed as lz64: have the SDK send gzip or base64")
    plain = unquote_to_bytes(fields[b"data"])
    budget.spend(len(plain))
    is_json = plain.lstrip().startswith((b"{", b"["))
    inner = plain if is_json else _from_base64(plain)
    kept = {name: value for name, value in fields.items() if _is_kept(name, value)}

    def wrap(data: bytes) -> bytes:
        written = quote(data if is_json else base64.b64encode(data), safe="").encode()
        own = {name: written if name == b"data" else kept.get(name) for name in fields}
        return b"&".join([name + b"=" + value for name, value in own.items() if value is not None])

    return FormData(inner, wrap, len(pairs) - len(kept) - 1)


def _is_kept(name: bytes, value: bytes) -> bool:
    return name in _KEPT and _KEPT[name].fullmatch(value) is not None


def _from_base64(text: bytes) -> bytes:
    try:
        return base64.b64decode(text.replace(b" ", b"+"), validate=True)
    except binascii.Error:
        raise DecodeError("the field data of the form is no base64") from None
