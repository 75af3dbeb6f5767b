"""Bodies that real SDKs sent, where they are to be had: form kept, nothing private left."""

import base64
import json
import os
import re
from pathlib import Path

import pytest
from real_recordings import SHARED, spellings
from wire.test_forms import said

from replay_redact import Redactor, decode, redact_bytes, redact_stream
from replay_redact.cli import main
from replay_redact.testing import find_leaks

WIRE = Path(os.environ.get("REPLAY_REDACT_WIRE", SHARED.parent / "wire"))
BODIES = sorted(WIRE.glob("*.bin"))
needs_bodies = pytest.mark.skipif(
    not BODIES, reason="no recorded bodies; set REPLAY_REDACT_WIRE to a folder of them"
)

PRIVATE = {
    "mail": "jane@example.com",
    "user": "jane.roe",
    "name": "Jane Roe",
    "id": "u-991",
    "address": "203.0.113.9",
    "account": "DE89370400440532013000",
    "token": "abcd1234secret",
    "message": "payment failed",
    "path": "posthog.html",
    "page": "sentry.html",
}
PUBLIC = re.compile(
    r'"(?:[0-9a-f]{32}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})"|\b1795\d{6,9}(?:\.\d+)?\b'
    r"|shop@1\.2\.3|sentry\.javascript\.browser|11\.12\.0|1\.449\.2|phc_test|http://127\.0\.0\.1:8917"
    r"|HeadlessChrome/156\.0\.0\.0|\d{4}-\d\d-\d\dT[\d:.]{8,12}Z"
)


@needs_bodies
@pytest.mark.parametrize("body", BODIES, ids=lambda path: path.stem)
def test_a_recorded_body(body, tmp_path):
    data = body.read_bytes()
    before = said(data)
    assert any(secret.lower() in before for secret in PRIVATE.values())  # the control
    redactor = Redactor()
    redacted = redactor.process_bytes(data)
    after = said(redacted)
    ways = {way.lower() for secret in PRIVATE.values() for way in spellings(secret) if len(way) > 5}
    assert [way for way in ways if way in after] == []
    public = {
        found
        for found in PUBLIC.findall(before)
        if not any(found in secret for secret in PRIVATE.values())
    }
    assert public - set(PUBLIC.findall(after)) == set()
    assert set(redactor.report.dropped) <= {"attribute name"}
    assert redacted[:5] == data[:5]
    assert len(decode(redacted)) == len(decode(data))
    assert redact_bytes(redacted) == redacted
    assert find_leaks(redacted, secrets=PRIVATE) == []
    assert said(b"".join(redact_stream([data]))) == after
    target = tmp_path / "out"
    assert main(["redact", str(body), "-o", str(target)]) == 0
    assert target.read_bytes() == redacted


@needs_bodies
def test_the_base64_of_a_form_is_whole():
    [form] = [body.read_bytes() for body in BODIES if body.read_bytes().startswith(b"data=")]
    text = redact_bytes(form).removeprefix(b"data=").replace(b"%3D", b"=").replace(b"%2B", b"+")
    assert json.loads(base64.b64decode(text.replace(b"%2F", b"/")))["api_key"] == "phc_test"


# --- our own, of a shop -----------------------------------------------------------------------

OWN = sorted((Path(__file__).parent / "recorded").glob("*.bin"))
SECRETS = ["Jane Roe", "jane.roe@shop.example", "hunter2secret", "Winterfeld", "DE89370400440532013000",
           "sekret-token-4321", "Kurfurstendamm 7", "no money of"]  # fmt: skip
WAYS = {way.lower() for secret in SECRETS for way in spellings(secret) if len(way) > 6}
KNOWN = re.compile(
    r"shop@1\.2\.3|sentry\.javascript\.browser|phc_test|\$snapshot|\$lib_version"
    r"|\b17958\d{8}\b|\b17958\d{5}\.\d+|\"[0-9a-f]{32}\"|\"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\""
)


@pytest.mark.no_cover  # the same lines as in smaller tests
@pytest.mark.parametrize("body", OWN, ids=lambda path: path.stem)
def test_a_body_of_the_shop(body, tmp_path):
    data = body.read_bytes()
    redactor = Redactor()
    redacted = redactor.process_bytes(data)
    before, after = said(data), said(redacted)
    assert [way for way in WAYS if way in after] == []
    gone = {str(event.timestamp) for event in decode(data)} - {
        str(event.timestamp) for event in decode(redacted)
    }
    assert set(KNOWN.findall(before)) - set(KNOWN.findall(after)) <= gone
    assert set(redactor.report.dropped) <= {"CanvasMutation", "unknown field", "Mutation"}
    dropped = sum(n for kind, n in redactor.report.dropped.items() if kind != "unknown field")
    assert len(decode(redacted)) == len(decode(data)) - dropped
    assert redacted[:5] == data[:5]
    assert redact_bytes(redacted) == redacted
    assert said(b"".join(redact_stream([data]))) == after
    target = tmp_path / "out"
    assert main(["redact", str(body), "-o", str(target)]) == 0
    assert target.read_bytes() == redacted
    assert main(["check", str(target), "--secret", "Jane Roe"]) == 0


def test_the_shop_was_recorded_by_each_sdk():
    found = {body.stem.rpartition("-")[0] for body in OWN}
    assert len(found) == 10
    said_by_all = "".join(said(body.read_bytes()) for body in OWN)
    assert [secret for secret in SECRETS if secret.lower() not in said_by_all] == []
    assert any(main(["check", str(body), "--secret", "Jane Roe"]) == 1 for body in OWN)
