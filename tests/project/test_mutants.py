"""The tool that breaks the code on purpose: the faults it knows, and that it cleans up."""

import sys

import pytest

from tests.mutants import __main__ as tool
from tests.mutants.concerned import concerning, modules
from tests.mutants.faults import faults, with_fault

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


def test_what_is_named_as_equivalent_is_in_the_source_and_is_not_drawn(monkeypatch):
    assert tool.stale() == []
    [drawn] = tool.drawn_faults(["scrub.validators"], 1, 0)
    monkeypatch.setitem(tool.EQUIVALENT, "scrub.validators", {tool.lines_of(drawn): "a test"})
    assert drawn not in tool.drawn_faults(["scrub.validators"], 10_000, 0)
    monkeypatch.setitem(tool.EQUIVALENT, "scrub.validators", {("gone", ""): "a test"})
    assert tool.stale() == ["scrub.validators: gone"]


def test_every_module_has_tests():
    assert all(concerning(module, tool.ROOT) for module in modules(tool.ROOT))


class _Instead(tool.Copy):
    """A copy of one module, with a command in place of pytest."""

    def __init__(self, root, command, timeout=60):
        self.root, self.timeout, self.command = root, timeout, command
        (root / "replay_redact").mkdir()
        (root / "tests").mkdir()
        (root / "tests" / "test_redactor.py").touch()
        path = tool.path_of("scrub.validators", root)
        path.parent.mkdir()
        path.write_bytes(tool.path_of("scrub.validators").read_bytes())

    def run(self, test):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(sys, "executable", self.command)
            return super().run(test)


@pytest.mark.parametrize(
    ("command", "timeout", "noticed"),
    [("exit 0", 60, False), ("exit 1", 60, True), ("exit 3", 60, True), ("sleep 60", 0.2, True)],
)
def test_a_fault_is_taken_out_again(command, timeout, noticed, tmp_path):
    script = tmp_path / "pytest"
    script.write_text(f"#!/bin/sh\n{command}\n")
    script.chmod(0o755)
    copy = _Instead(tmp_path, str(script), timeout)
    [drawn] = tool.drawn_faults(["scrub.validators"], 1, 0)
    assert copy.notices(drawn) is noticed
    assert (
        tool.path_of("scrub.validators", tmp_path).read_bytes()
        == tool.path_of("scrub.validators").read_bytes()
    )


def test_a_run_that_is_none_is_an_error(tmp_path):
    script = tmp_path / "pytest"
    script.write_text("#!/bin/sh\nexit 5\n")
    script.chmod(0o755)
    [drawn] = tool.drawn_faults(["scrub.validators"], 1, 0)
    with pytest.raises(RuntimeError, match="there are no tests in"):
        _Instead(tmp_path, str(script)).notices(drawn)
