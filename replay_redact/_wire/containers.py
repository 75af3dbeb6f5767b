"""Containers: what recordings are wrapped in, taken off on the way in, put back on the way out.

A recording is bytes, perhaps compressed, perhaps with a segment header, around one of
the `forms`. Each layer is opened to batches and a function that joins them again.

Of a wrapper only what its form demands is copied: a segment's number, ids. An input of an unknown
form is a `DecodeError`, and so is a form that holds nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import NamedTuple

from replay_redact._wire.batches import Batch, Join, Opened, Readable
from replay_redact._wire.compression import COMPRESSIONS, Budget, compression_of
from replay_redact._wire.envelopes import may_be_envelope
from replay_redact._wire.forms.arrays import open_array
from replay_redact._wire.forms.form_data import is_form_data, open_form_data
from replay_redact._wire.forms.lines import open_lines, open_object
from replay_redact._wire.forms.sentry import no_bytes, open_envelope
from replay_redact._wire.looks import refuse_wide
from replay_redact.errors import DecodeError

FORMATS = ("auto", "json", "ndjson", "segment", *COMPRESSIONS)
"""Forms of input; all but ``json``, ``ndjson`` and ``segment`` may hold any of the others."""

MAX_LAYERS = 3
"""Compressions around one another: more than any transport makes."""

BOM = b"\xef\xbb\xbf"
_FIRST = re.compile(rb"\s*(.)", re.DOTALL)
SEGMENT = re.compile(rb"\s*\{\s*\"segment_id\"\s*:\s*(\d{1,15})\s*\}[ \t\r]*\n")
_ODD_SEGMENT = re.compile(rb"\s*\{\s*\"segment_id\"\s*:[^\n\[\]{}]{0,200}\}[ \t\r]*\n\s*[^\s{]")


def open_container(data: bytes, format_: str, effort: str) -> Opened:
    """Open a recording in any form; what was compressed will be again, with some effort."""
    budget = Budget()
    budget.spend(len(data))
    return _open(data, format_, _Opening(budget, effort, MAX_LAYERS))


class _Opening(NamedTuple):
    """What all layers of one input share, and how many may still follow."""

    budget: Budget
    effort: str
    layers: int

    def deeper(self) -> _Opening:
        """Return the same for one layer further in."""
        check_layers(self.layers)
        return self._replace(layers=self.layers - 1)


def _open(data: bytes, format_: str, opening: _Opening) -> Opened:
    refuse_wide(data)
    name = chosen_compression(data, format_)
    if name is not None:
        return _open_compressed(data, name, opening)
    text = data.removeprefix(BOM)
    first = _FIRST.match(text)
    if first is None:
        raise DecodeError("the input is empty")
    segment = SEGMENT.match(text) if format_ in {"auto", "segment"} else None
    if segment is not None:
        return _open_segment(text, segment, opening)
    if format_ == "segment":
        raise DecodeError("the input does not begin with a segment header")
    if format_ == "auto" and _ODD_SEGMENT.match(text):
        raise DecodeError('the segment header does not hold just a number: send {"segment_id": 0}')
    if format_ == "auto" and is_form_data(text):
        return _open_form_data(text, opening.deeper())
    if format_ == "auto" and may_be_envelope(text):

        def inner(payload: bytes) -> Opened:
            return _open(payload, "segment", opening)

        return open_envelope(text, inner)._replace(form="envelope")
    opened = _open_events(text, first[1], format_, opening.budget)
    batches = _readable(opened.batches, text)
    return opened._replace(batches=batches, join=_ended_like(text, opened.join))


def _open_compressed(data: bytes, name: str, opening: _Opening) -> Opened:
    deeper = opening.deeper()
    compression = COMPRESSIONS[name]
    opened = _open(compression.inflate(data, opening.budget), "auto", deeper)

    def join(parts: list[bytes]) -> bytes:
        return compression.deflate(opened.join(parts), opening.effort)

    return opened._replace(join=join, form=f"{opened.form} in {name}")


def _ended_like(text: bytes, join: Join) -> Join:
    """Have the output end its last line, if the input does.

    Of lines that are dropped but for one, an object or an array is left. It has to stay a line.
    """
    if b"\n" not in text[len(text.rstrip()) :]:
        return join

    def joined(parts: list[bytes]) -> bytes:
        output = join(parts)
        return output + b"\n" if output and not output.endswith(b"\n") else output

    return joined


def _open_form_data(text: bytes, opening: _Opening) -> Opened:
    form = open_form_data(text, opening.budget)
    inner = _open(form.inner, "auto", opening)
    batches = chain([Batch([], form.cut, no_bytes)], inner.batches)
    written = f"{inner.form} in form data"
    return Opened(batches, lambda parts: form.wrap(inner.join(parts[1:])), inner.segment, written)


def _open_events(text: bytes, first: bytes, format_: str, budget: Budget) -> Opened:
    if format_ == "ndjson" or (format_ == "auto" and first == b"{"):
        whole = open_object(text, budget)
        return (whole or open_lines(text, budget))._replace(form="object" if whole else "lines")
    return open_array(text, budget, lines=format_ == "auto")


def _readable(batches: Iterable[Batch], text: bytes) -> Iterator[Batch]:
    """Raise `DecodeError` at the end, if nothing could be read."""
    readable = Readable(text)
    yield from map(readable.note, batches)
    readable.check()


def check_layers(layers: int) -> None:
    """Raise `DecodeError` if no further layer may be opened."""
    if not layers:
        raise DecodeError(f"the recording is wrapped more than {MAX_LAYERS} times")


def chosen_compression(head: bytes, format_: str) -> str | None:
    """Return the compression that a format names, or data begins like if the format is ``auto``."""
    if format_ == "auto":
        return compression_of(head)
    return format_ if format_ in COMPRESSIONS else None


def _open_segment(text: bytes, header: re.Match[bytes], opening: _Opening) -> Opened:
    """Open a Sentry segment: a header line, then events, perhaps compressed."""
    inner = _open(text[header.end() :], "auto", opening.deeper())
    number = int(header[1])
    line = b'{"segment_id":%d}\n' % number
    form = f"{inner.form} in segment"
    return inner._replace(join=lambda parts: line + inner.join(parts), segment=number, form=form)
