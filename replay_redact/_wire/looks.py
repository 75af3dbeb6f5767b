"""What an input that cannot be read looks like, and what to do with it.

A message names a form of the table, and nothing that was recorded.
"""

from __future__ import annotations

import re

from replay_redact.errors import DecodeError

HEAD = 4096
"""Bytes by which a form is told."""

_RRWEB = "give rrweb events: objects with a number as their type"

CHUNKS = (
    "chunks of PostHog's older snapshots",
    "join the data of all chunks, inflate it, and redact the events",
)
"""What `wrappers` says of chunks, too."""

_WIDE = re.compile(
    rb"(?:\xff\xfe)?[\[{]\0[\[{\"\s]\0"
    rb"|(?:\xfe\xff)?\0[\[{]\0[\[{\"\s]"
    rb"|(?:\xff\xfe\0\0)?[\[{]\0{3}"
    rb"|(?:\0\0\xfe\xff)?\0{3}[\[{]\0{3}"
)
"""How JSON begins in UTF-16 and UTF-32, as some shells write it; no compression begins so."""

_FORMS: tuple[tuple[re.Pattern[bytes], str, str], ...] = tuple(
    (re.compile(pattern, re.DOTALL | re.IGNORECASE), name, advice)
    for pattern, name, advice in (
        (rb"\x89PNG|\xff\xd8\xff|GIF8|RIFF|.{4}ftyp", "an image or a video", "it is no recording"),
        (rb"PK\x03\x04", "a ZIP archive", "unpack it, and redact each file"),
        (rb"PAR1", "a Parquet file", "read its rows, and redact each recording"),
        (
            rb"\s*<",
            "HTML or XML",
            "check the address; testing.recording_from_html makes a recording of a page",
        ),
        (rb"--[^\r\n]{1,70}\r?\ncontent-", "multipart form data", "redact the file in each part"),
        (rb"[a-z_]+=[^{\s]*\Z", "a form without a field called data", "send the field data"),
        (rb'\s*\{\s*"log"\s*:\s*\{', "a HAR file", "it has requests, and no recording"),
        (rb'\s*\{\s*"resource(?:spans|logs|metrics)"', "OpenTelemetry data", _RRWEB),
        (
            rb'\s*\{\s*"(?:detail|error|errors|message|attr|code)"\s*:',
            "an error that an API answered",
            "look at the answer, and ask again",
        ),
        (
            rb'\s*\{(?=.*"sources"\s*:\s*\[)',
            "PostHog's list of sources of a recording",
            "fetch the sources, and redact each of them",
        ),
        (
            rb'\s*[\[{](?=.*"(?:project_id|projectid|count_segments|recording_duration)")',
            "the description of recordings by an API",
            "fetch the segments or snapshots of each, and redact these",
        ),
        (
            rb'\s*[\[{](?=.*"snapshot_data_by_window_id")',
            "an older answer of PostHog's API",
            "redact the list of each window in it",
        ),
        (rb'\s*[\[{](?=.*"chunk_(?:id|index|count)"\s*:)', *CHUNKS),
        (
            rb"[a-zA-Z0-9+/]{16,}={0,2}\s*\Z",
            "base64 or LZ64",
            "decode it, and redact what is in it",
        ),
        (rb'\s*\{(?=.*"records"\s*:\s*\[)', "a segment of Datadog's", _RRWEB),
        (rb"\s*\[\s*\[", "an array of arrays", "the inner arrays have to hold rrweb events"),
        (rb"\s*\[\s*\"", "an array of strings", "each has to be an rrweb event, plain or packed"),
        (rb"\s*\[\s*\{", "an array of objects", _RRWEB),
        (rb"\s*\[", "an array of something else", _RRWEB),
        (rb"\s*\{[^\n]*\}\s*\n\s*\{", "lines of objects", _RRWEB),
        (rb"\s*\{", "an object", "give the array of rrweb events that it holds"),
    )
)


def refuse_wide(head: bytes) -> None:
    """Raise `DecodeError` for text in UTF-16 or UTF-32, which may look compressed.

    >>> refuse_wide('[{"type": 2}]'.encode("utf-16"))
    Traceback (most recent call last):
    ...
    replay_redact.DecodeError: the input looks like UTF-16 or UTF-32; write it as UTF-8
    """
    if _WIDE.match(head):
        raise DecodeError("the input looks like UTF-16 or UTF-32; write it as UTF-8")


def looks_like(head: bytes) -> str:
    """Return what an input looks like and what to do, as the end of a message; it may be empty.

    >>> looks_like(b"<!doctype html>")
    ': it looks like HTML or XML; check the address; testing.recording_from_html makes ...'
    """
    for pattern, name, advice in _FORMS:
        if pattern.match(head[:HEAD]):
            return f": it looks like {name}; {advice}"
    return ""
