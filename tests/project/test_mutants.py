"""The tool that breaks the code on purpose: the faults it knows, and that it cleans up."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.mutants import __main__ as tool
from tests.mutants.concerned import concerning, modules
from tests.mutants.copies import Copy
from tests.mutants.faults import faults, with_fault
from tests.mutants.recording import Record, statement

SOURCE = b'''"""Says 1 + 1."""
import re
NAMES = frozenset("a b".split())
TABLE = {"x": 1, "y": True}
WORD = re.compile(r"(?:a|b)[0-9]{2}\\s+$")
@lru_cache(64)
def f(x: int = 3) -> bool:
    """Say 7."""
    g(x)
    if not x and x < 5:
        raise ValueError("7")
    while x in NAMES:
        break
    return x == "z" or g(x)
'''


def lines(kind):
    """Return the changed lines of faults of a kind."""
    before = SOURCE.decode().split("\n")
    changed = []
    for fault in faults(SOURCE):
        after = with_fault(SOURCE, fault).decode().split("\n")
        if fault.kind == kind:
            assert after[fault.line - 1] != before[fault.line - 1]
            changed.append(after[fault.line - 1].strip())
    return changed


@pytest.mark.parametrize(
    ("kind", "wanted"),
    [
        ("operator", ["if not x or x < 5:", "if not x and x <= 5:", "while x not in NAMES:", 'return x != "z" or g(x)', 'return x == "z" and g(x)']),
        ("not", ["if x and x < 5:"]), ("constant", ['TABLE = {"x": 1, "y": False}']), ("return", ["return None"]),
        ("member", ['NAMES = frozenset(" b".split())', 'NAMES = frozenset("a ".split())', 'TABLE = { "y": True}', 'TABLE = {"x": 1, }']),
        ("statement", ["pass", "pass", "continue"]), ("string", ['return x == "z~" or g(x)']),
        ("condition", ["if not (not x and x < 5):"]),
        ("count", [r'WORD = re.compile(r"(?:a|b)[0-9]{1}\s+$")', r'WORD = re.compile(r"(?:a|b)[0-9]{3}\s+$")']),
        ("range", [r'WORD = re.compile(r"(?:a|b)[1-9]{2}\s+$")', r'WORD = re.compile(r"(?:a|b)[0-8]{2}\s+$")']),
        ("sign", [r'WORD = re.compile(r"(?:ab)[0-9]{2}\s+$")', r'WORD = re.compile(r"(?:a|b)[0-9]{2}\s*$")', r'WORD = re.compile(r"(?:a|b)[0-9]{2}\s+")']),
        ("escape", [r'WORD = re.compile(r"(?:a|b)[0-9]{2}\S+$")']),
        ("number", ['TABLE = {"x": 0, "y": True}', 'TABLE = {"x": 2, "y": True}', "def f(x: int = 2) -> bool:", "def f(x: int = 4) -> bool:", "if not x and x < 4:", "if not x and x < 6:"]),
    ],
)  # fmt: skip
def test_the_faults_of_a_module(kind, wanted):
    assert lines(kind) == wanted


def test_a_seed_draws_the_same_faults():
    drawn = tool.drawn_faults(["scrub.validators", "_masks.text"], 20, 5)
    assert drawn == tool.drawn_faults(["scrub.validators", "_masks.text"], 20, 5) != tool.drawn_faults(["scrub.validators", "_masks.text"], 20, 6)  # fmt: skip
    assert len(drawn) == 20


@pytest.mark.no_cover  # the same lines as in smaller tests
def test_what_is_named_as_equivalent_is_in_the_source_and_is_not_drawn(monkeypatch):
    assert tool.stale() == []
    [drawn] = tool.drawn_faults(["scrub.validators"], 1, 0)
    monkeypatch.setitem(tool.EQUIVALENT, "scrub.validators", {tool.lines_of(drawn): "a test"})
    assert drawn not in tool.drawn_faults(["scrub.validators"], 10_000, 0)
    monkeypatch.setitem(tool.EQUIVALENT, "scrub.validators", {("gone", ""): "a test"})
    assert tool.stale() == ["scrub.validators: gone"]


def test_every_module_is_near_tests_and_every_folder_is_near_its_own():
    whole = concerning("no such folder.x", tool.ROOT)
    for module in modules(tool.ROOT):
        near = concerning(module, tool.ROOT)
        assert near
        assert near != whole or module.startswith("events.") or "." not in module, module


def test_a_folder_stands_for_its_modules():
    assert tool.named("scrub.keys") == [f"scrub.keys.{name}" for name in "in_text named placeholders values words".split()]  # fmt: skip
    assert tool.named("_masks.text") == ["_masks.text"]
    with pytest.raises(SystemExit, match=r"replay_redact has no _masks\.tex$"):
        tool.named("_masks.tex")


# --- a small project, to record and to break ---

FILES = {
    "pytest.ini": "[pytest]\naddopts = -p no:replay_redact",
    "replay_redact/__init__.py": "",
    "replay_redact/words.py": 'WORDS = frozenset("cat dog".split())\n',
    "replay_redact/texts.py": """from replay_redact.words import WORDS
def short(text):
    return len(text) < 5
def known(text):
    return text in WORDS
""",
    "tests/test_texts.py": """import subprocess, sys, pytest
from replay_redact.texts import known, short
def test_short():
    assert short("cat") and not short("mouse")
def test_known():
    assert known("cat") and not known("cow")
@pytest.mark.no_cover
def test_left_out():
    assert short("four") and known("dog")
def test_that_fails():
    assert False
""",
}


def made(root):
    shutil.copytree(tool.ROOT / "tests" / "mutants", root / "tests" / "mutants")
    (root / "tests" / "mutants" / "equivalent.py").write_text("EQUIVALENT = {}")
    (root / "tests" / "conftest.py").write_text(
        "def pytest_configure(config):\n    config.addinivalue_line('markers', 'no_cover')\n"
    )
    for name, text in FILES.items():
        (root / name).parent.mkdir(exist_ok=True)
        (root / name).write_text(text)
    assert run_tool(root, "--record", "tests/test_texts.py")[0] == 0
    return root


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    return made(tmp_path_factory.mktemp("project"))


def run_tool(root, *arguments):
    command = [sys.executable, "-m", "tests.mutants", *arguments]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)  # noqa: S603 - our own
    return done.returncode, done.stdout + done.stderr


def test_faults_of_a_small_project(project):
    status, said = run_tool(project, "--sample", "99", "--modules", "texts", "words")
    [*_, texts, words, together] = said.splitlines()
    assert status == 1
    assert together == "together: 6 of 8 noticed"
    assert {texts, words} == {"texts: 5 of 6 noticed", "words: 1 of 2 noticed"}
    unnoticed = said.split("NOT NOTICED")[1:]
    assert len(unnoticed) == 2
    assert any("+ return len(text) < 4" in part for part in unnoticed)  # only a property sees it
    assert any('+ WORDS = frozenset("cat ".split())' in part for part in unnoticed)
    assert "by tests/test_texts.py::test_known\n" in said


def test_a_module_that_changed_has_to_be_recorded_again(project):
    path = project / "replay_redact" / "words.py"
    before = path.read_text()
    path.write_text(before + "\n")
    status, said = run_tool(project, "--modules", "words")
    path.write_text(before)
    assert status == 2
    assert "record the tests first, by --record: changed or new are words" in said


def test_a_new_record_keeps_what_is_known_of_other_modules(tmp_path):
    root = made(tmp_path)
    texts = root / "replay_redact" / "texts.py"
    (root / "tests" / "test_more.py").write_text(
        "from replay_redact.texts import short\ndef test_more(): assert short('')\n"
    )
    texts.write_text("\n" + texts.read_text())
    assert run_tool(root, "--record", "tests/test_more.py")[0] == 0
    assert Record(root).tests(texts, 4) == {"tests/test_more.py::test_more"}  # the line moved
    assert Record(root).tests(texts, 5) == set()  # of the line that was the fifth
    assert len(Record(root).seconds) == 3


def test_a_run_that_records_nothing_is_an_error(project):
    status, said = run_tool(project, "--record", "tests/gone.py")
    assert (status, said.splitlines()[-1]) == (1, "pytest could not run these tests")


def test_what_a_record_says_of_a_line(project):
    recorded = Record(project)
    texts, words = (project / "replay_redact" / name for name in ("texts.py", "words.py"))
    one, other = "tests/test_texts.py::test_short", "tests/test_texts.py::test_known"
    assert set(recorded.seconds) == {one, other}  # neither the failing one nor the property
    assert recorded.tests(texts, 3) == {one}
    assert recorded.tests(texts, 2) == recorded.tests(words, 1) == set()
    assert recorded.of_module(texts) == recorded.of_module(words) == {one, other}
    assert Record(project / "tests").seconds == {}


def test_the_lines_of_a_statement(tmp_path):
    path = tmp_path / "module.py"
    path.write_text("if (a\n    and b):\n    c(\n        1,\n    )\n")
    assert [[*statement(path, line)] for line in (1, 2, 3, 4)] == [
        [1],
        [1, 2],
        [3, 4, 5],
        [3, 4, 5],
    ]


def test_a_fault_is_taken_out_again(project, tmp_path):
    copy = Copy(tmp_path / "copy", project)
    name, tests = Path("replay_redact", "texts.py"), ["tests/test_texts.py::test_short"]
    whole = (project / name).read_bytes()
    endless = whole.replace(b"return len", b"while True: pass\n    return len")
    for source, answer in {
        whole: (False, []),
        whole.replace(b"<", b">"): (True, tests),
        whole + b"(": (True, ["tests/test_texts.py"]),
        endless: (True, []),
    }.items():
        with copy.holding(name, source):
            assert copy.run(tests, 1) == answer
        assert (copy.root / name).read_bytes() == whole
    assert copy.run(tests, 60) == (False, [])


def test_a_run_of_no_test_is_an_error(project, tmp_path):
    with pytest.raises(RuntimeError, match="none of the tests is there"):
        Copy(tmp_path / "copy", project).run(["tests/test_texts.py::gone"], 60)
