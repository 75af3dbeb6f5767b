"""Recordings of real pages: our own, with planted secrets, and those in a folder, if any."""

import base64
import gzip
import html
import json
import os
from pathlib import Path
from urllib.parse import quote

import pytest

HERE = Path(__file__).parent / "recordings"
MANIFEST = json.loads((HERE / "manifest.json").read_text("utf-8"))
OWN = MANIFEST["recordings"]

SHARED = Path(os.environ.get("REPLAY_REDACT_RECORDINGS", HERE.parents[2] / "shared" / "recordings"))
SHARED_FILES = sorted(SHARED.glob("*/*.json.gz"))
needs_shared = pytest.mark.skipif(
    not SHARED_FILES, reason="no real recordings; set REPLAY_REDACT_RECORDINGS to a folder of them"
)


def own(recording):
    return gzip.decompress((HERE / recording["file"]).read_bytes())


def spellings(secret):
    """Return the spellings of a secret."""
    utf8 = secret.encode()
    yield from (secret, quote(secret), quote(quote(secret)), html.escape(secret))
    yield "".join(f"%{byte:02x}" for byte in utf8)
    yield "".join(f"\\u{ord(character):04x}" for character in secret)
    yield "".join(f"&#{ord(character)};" for character in secret)
    for padding in range(3):  # base64 has three alignments; its ends depend on the neighbours
        inner = base64.b64encode(b"\0" * padding + utf8).decode()[4 if padding else 0 :]
        yield inner.rstrip("=")[:-2]


def found(secrets, recording):
    text = recording.decode().lower()
    return sorted(
        name
        for name, secret in secrets.items()
        if any(spelling.lower() in text for spelling in spellings(secret))
    )


def secrets_of(recording):
    known = MANIFEST["secrets"][recording["variant"]]
    return {name: known[name] for name in recording["secrets"]}


def shared(path):
    return gzip.decompress(path.read_bytes())
