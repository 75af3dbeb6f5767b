"""SARIF and JUnit are valid, and say what the findings say."""

import json
from collections import Counter
from pathlib import Path

import jsonschema
import pytest
from junitparser import Error, Failure, JUnitXml

from replay_redact import Policy, redact_bytes
from replay_redact._masks.differences import CHANNELS
from replay_redact.evidence import REPORTS, Evidence, Question, check, evidence_of, unread
from replay_redact.testing import recording_from_html

SCHEMAS = Path(__file__).parents[1] / "recorder/node_modules/@microsoft/jest-sarif/lib/schemas"
LEAKING = recording_from_html(
    "<title>For Jane Roe</title><ul><li>Jane<li>Bob</ul><img src=a.png alt='Jane &amp; \x01 Bob'>"
)
QUESTION = Question(Policy(), named={"visitor <1>": "Jane Roe"})


@pytest.fixture(scope="module")
def evidence():
    return evidence_of(
        QUESTION,
        (
            check(QUESTION, "folder/a b.json", LEAKING),
            check(QUESTION, "/data/private.json", redact_bytes(LEAKING)),
            check(QUESTION, "broken.json", b"{Jane Roe"),
            unread(QUESTION, "missing.json", "No such file or directory"),
        ),
    )


def test_no_report_shows_what_leaked(evidence):
    for name, write in REPORTS.items():
        assert b"Jane" not in write(evidence), name
        assert b"visitor" in write(evidence), name


def test_reports_of_nothing():
    for write in REPORTS.values():
        assert write(evidence_of(Question(Policy()), ()))


# --- SARIF ----------------------------------------------------------------------------


def sarif_of(evidence: Evidence):
    log = json.loads(REPORTS["sarif"](evidence))
    assert log["version"] == "2.1.0"
    [run] = log["runs"]
    return log, run


def test_sarif_is_valid(evidence):
    if not SCHEMAS.exists():
        pytest.skip("no schema of SARIF: run npm ci in tests/recorder")
    [path] = SCHEMAS.glob("sarif-2.1.0*.json")
    schema = json.loads(path.read_text("utf-8"))
    validator = jsonschema.validators.validator_for(schema)(schema)
    log, run = sarif_of(evidence)
    validator.validate(log)
    del run["results"][0]["message"]
    with pytest.raises(jsonschema.ValidationError):
        validator.validate(log)


def test_sarif_has_a_result_for_each_finding(evidence):
    _, run = sarif_of(evidence)
    counts = Counter()
    for result in run["results"]:
        rule = run["tool"]["driver"]["rules"][result["ruleIndex"]]
        assert rule["id"] == result["ruleId"]
        location = result["locations"][0]["physicalLocation"]["artifactLocation"]
        assert run["artifacts"][location["index"]]["location"]["uri"] == location["uri"]
        counts[location["uri"]] += result["occurrenceCount"]
    assert counts["folder/a%20b.json"] == evidence.recordings[0].leaks
    assert counts["broken.json"] == 1
    assert [rule["id"] for rule in run["tool"]["driver"]["rules"]] == list(CHANNELS)
    prints = [result["partialFingerprints"]["place/v1"] for result in run["results"]]
    assert len(set(prints)) == len(prints)


def test_sarif_notes_what_could_not_be_read(evidence):
    _, run = sarif_of(evidence)
    [invocation] = run["invocations"]
    assert invocation["executionSuccessful"] is False
    messages = [note["message"]["text"] for note in invocation["toolExecutionNotifications"]]
    assert messages == [evidence.recordings[2].trouble, "No such file or directory"]
    assert run["artifacts"][0]["hashes"]["sha-256"] == evidence.recordings[0].sha256
    assert "hashes" not in run["artifacts"][3]
    assert run["artifacts"][1]["location"]["uri"] == "file:///data/private.json"


def test_a_fingerprint_stays_when_the_rest_changes(evidence):
    _, run = sarif_of(evidence)
    fewer = evidence._replace(recordings=evidence.recordings[:1])
    _, again = sarif_of(fewer)
    assert again["results"] == run["results"][: len(again["results"])]


# --- JUnit ----------------------------------------------------------------------------


def test_junit_has_a_test_for_each_recording(evidence, tmp_path):
    path = tmp_path / "report.xml"
    path.write_bytes(REPORTS["junit"](evidence))
    [suite] = JUnitXml.fromfile(str(path))
    assert (suite.tests, suite.failures, suite.errors) == (4, 1, 2)
    assert {own.name: own.value for own in suite.properties()}["policy"] == "strict"
    cases = {(case.classname, case.name): case.result for case in suite}
    assert list(map(len, cases.values())) == [1, 0, 1, 1]
    [failure] = cases["folder", "a b.json"]
    assert isinstance(failure, Failure)
    assert failure.message == "6 leaks in 5 places"
    assert "html > body > ul > li textContent" in failure.text
    [error] = cases[".", "missing.json"]
    assert isinstance(error, Error)
    assert error.message == "No such file or directory"


def test_junit_lists_the_worst_places_only():
    items = "".join(f"<p id='item-{number}'>Jane</p>" for number in range(120))
    page = check(Question(Policy()), "a.json", recording_from_html(items))
    [suite] = JUnitXml.fromstring(REPORTS["junit"](evidence_of(Question(Policy()), (page,))))
    [case] = suite
    assert case.result[0].text.endswith("and 20 more places")


def test_junit_says_what_was_looked_for():
    question = QUESTION._replace(only_secrets=True)
    report = REPORTS["junit"](evidence_of(question, ()))
    assert b'<property name="checked_for" value="secrets"/>' in report
