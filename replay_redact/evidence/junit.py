"""Evidence as JUnit XML: each recording is a test that passes, fails or could not run."""

from __future__ import annotations

from pathlib import PurePath
from typing import Any

from lxml import etree

from replay_redact.evidence.findings import Checked, Evidence
from replay_redact.evidence.text import amount, number
from replay_redact.preview.inert import shown

_MOST_LINES = 100  # most places of one failure; JSON and SARIF list all of them


def junit(evidence: Evidence) -> bytes:
    """Return the evidence as JUnit XML with one suite."""
    failures = sum(_fails(checked) for checked in evidence.recordings)
    totals = {
        "tests": str(len(evidence.recordings)),
        "failures": str(failures),
        "errors": str(evidence.troubled),
    }
    root = etree.Element("testsuites", {"name": "replay_redact", **totals})
    timestamp = evidence.date.partition("+")[0]  # as the schema of JUnit wants it, in UTC
    suite = etree.SubElement(
        root, "testsuite", {"name": "replay_redact", "timestamp": timestamp, **totals}
    )
    _properties(
        suite,
        {
            "policy": evidence.policy,
            "policy_fingerprint": evidence.fingerprint,
            "version": evidence.version,
            "checked_for": "secrets" if evidence.only_secrets else "all that is private",
        },
    )
    for checked in evidence.recordings:
        _case(suite, checked)
    text: bytes = etree.tostring(root, encoding="utf-8", xml_declaration=True, pretty_print=True)
    return text


def _fails(checked: Checked) -> bool:
    return bool(checked.findings) and not checked.trouble


def _case(suite: Any, checked: Checked) -> None:
    path = PurePath(checked.name)
    folder = shown(path.parent.as_posix())
    case = etree.SubElement(suite, "testcase", classname=folder, name=shown(path.name))
    if checked.sha256:
        _properties(case, {"sha256": checked.sha256, "size": str(checked.size)})
    if checked.trouble:
        _result(case, "error", "trouble", checked.trouble, checked)
    elif checked.findings:
        message = amount(checked.leaks, len(checked.findings))
        _result(case, "failure", "leak", message, checked)


def _result(case: Any, tag: str, kind: str, message: str, checked: Checked) -> None:
    result = etree.SubElement(case, tag, type=kind, message=shown(message))
    lines = [f"{leak}, {number(count, 'leak')}" for leak, count in checked.findings[:_MOST_LINES]]
    rest = len(checked.findings) - len(lines)
    lines += [f"and {number(rest, 'more place')}"] if rest else []
    result.text = shown("\n".join(lines))


def _properties(parent: Any, values: dict[str, str]) -> None:
    holder = etree.SubElement(parent, "properties")
    for name, value in values.items():
        etree.SubElement(holder, "property", name=name, value=shown(value))
