"""Evidence as SARIF 2.1.0, which the code scanning of CI systems reads.

* Each channel is a rule.
* Each finding is a result, with the number of its leaks.
* Each recording is an artifact, with its hash.
* Each recording that could not be read is a notification of the run.
"""

from __future__ import annotations

import json
import os
from hashlib import sha256
from pathlib import PurePath
from typing import Any
from urllib.parse import quote

from replay_redact._masks.differences import CHANNELS
from replay_redact.evidence.findings import Checked, Evidence, Finding
from replay_redact.evidence.text import number

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_RULES = list(CHANNELS)


def sarif(evidence: Evidence) -> bytes:
    """Return the evidence as a SARIF log with one run."""
    run = {
        "tool": {"driver": _driver(evidence)},
        "invocations": [_invocation(evidence)],
        "artifacts": [_artifact(checked) for checked in evidence.recordings],
        "results": [
            _result(finding, checked, index)
            for index, checked in enumerate(evidence.recordings)
            for finding in checked.findings
        ],
        "columnKind": "utf16CodeUnits",
        "properties": {
            "policy": evidence.policy,
            "policyFingerprint": evidence.fingerprint,
            "secrets": list(evidence.secrets),
            "onlySecrets": evidence.only_secrets,
        },
    }
    log = {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(log, separators=(",", ":")).encode() + b"\n"


def _driver(evidence: Evidence) -> dict[str, Any]:
    return {
        "name": "replay_redact",
        "version": evidence.version,
        "rules": [
            {
                "id": channel,
                "shortDescription": {"text": f"Private {channel} in a recording"},
                "help": {"text": advice},
                "defaultConfiguration": {"level": "error"},
            }
            for channel, advice in CHANNELS.items()
        ],
    }


def _invocation(evidence: Evidence) -> dict[str, Any]:
    return {
        "executionSuccessful": not evidence.troubled,
        "endTimeUtc": evidence.date.replace("+00:00", "Z"),
        "toolExecutionNotifications": [
            {
                "level": "error",
                "message": {"text": checked.trouble},
                "locations": [
                    {"physicalLocation": {"artifactLocation": _location(checked, index)}}
                ],
            }
            for index, checked in enumerate(evidence.recordings)
            if checked.trouble
        ],
    }


def _artifact(checked: Checked) -> dict[str, Any]:
    found: dict[str, Any] = {"location": {"uri": _uri(checked.name)}}
    if checked.sha256:  # a file that could not be opened has none
        found |= {"length": checked.size, "hashes": {"sha-256": checked.sha256}}
    return found


def _result(finding: Finding, checked: Checked, index: int) -> dict[str, Any]:
    leak = finding.leak
    where = " ".join(filter(None, (leak.kind, leak.path, leak.field)))
    often = f" {number(finding.times, 'leak')}, the first in event {leak.event}."
    said = f"{where} holds {leak.secret}" if leak.secret else f"{where} is not private"
    return {
        "ruleId": leak.channel,
        "ruleIndex": _RULES.index(leak.channel),
        "level": "error",
        "message": {"text": f"{said}: {leak.excerpt} ({leak.rule}).{often}"},
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": _location(checked, index),
                    "region": {"startLine": 1},  # GitHub wants a line: the recording as a whole
                },
                "logicalLocations": [{"fullyQualifiedName": where, "kind": "element"}],
            }
        ],
        "occurrenceCount": finding.times,
        "partialFingerprints": {"place/v1": _place(finding)},
    }


def _place(finding: Finding) -> str:
    """Return a digest by which the next run recognises the same finding."""
    leak = finding.leak
    parts = (leak.kind, leak.path, leak.field, leak.channel, leak.secret or "")
    return sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()


def _location(checked: Checked, index: int) -> dict[str, Any]:
    return {"uri": _uri(checked.name), "index": index}


def _uri(name: str) -> str:
    """Return the URI of a file: relative if the path is, or else with a scheme.

    >>> _uri("my recordings/a.json"), _uri("/tmp/a.json")
    ('my%20recordings/a.json', 'file:///tmp/a.json')
    """
    path = PurePath(name)
    return path.as_uri() if path.is_absolute() else quote(os.fsencode(path.as_posix()))
