"""The pre-commit hook and the GitHub Action, each tried in a small repository.

The hook is run by pre-commit itself, in the environment at hand instead of one from the network.
Of the Action, the step that checks is run; the steps that install Python and this package are not.
"""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from replay_redact import redact_bytes
from replay_redact.testing import recording_from_html

ROOT = Path(__file__).parents[2]
LEAKING = recording_from_html("<p id='who'>Jane Roe</p>")
[HOOK] = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
ACTION = yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))


@pytest.fixture
def repository(tmp_path):
    """Return a repository with one private recording, and the environment to run things in."""
    folder = tmp_path / "app"
    (folder / "recordings").mkdir(parents=True)
    (folder / "recordings" / "private one.json").write_bytes(redact_bytes(LEAKING))
    (folder / "README.md").write_text("Jane Roe", "utf-8")
    command = tmp_path / "bin" / "replay-redact"
    command.parent.mkdir()
    command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m replay_redact "$@"\n', "utf-8")
    command.chmod(0o755)
    return folder


@pytest.fixture
def environment(tmp_path):
    return {
        **{name: value for name, value in os.environ.items() if not name.startswith("GIT_")},
        "PATH": f"{tmp_path / 'bin'}:{os.environ['PATH']}",
        "PYTHONPATH": str(ROOT),
        "PRE_COMMIT_HOME": str(tmp_path / "pre-commit"),
        "HOME": str(tmp_path),
    }


def leak(repository):
    (repository / "recordings" / "leaking.json").write_bytes(LEAKING)


def run(command, folder, environment):
    done = subprocess.run(  # noqa: S603 - our own commands
        command, cwd=folder, env=environment, capture_output=True, text=True, check=False
    )
    return done.returncode, done.stdout + done.stderr


# --- pre-commit -----------------------------------------------------------------------

needs_git = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")


def commit(repository, environment):
    """Run the hooks on all files of the repository."""
    hook = {**HOOK, "language": "system"}
    config = {"repos": [{"repo": "local", "hooks": [hook]}]}
    (repository / ".pre-commit-config.yaml").write_text(yaml.safe_dump(config), "utf-8")
    for command in (["git", "init", "-q"], ["git", "add", "-A"]):
        assert run(command, repository, environment)[0] == 0
    command = [sys.executable, "-m", "pre_commit", "run", "--all-files", "--verbose"]
    return run(command, repository, environment)


@needs_git
def test_the_hook_passes_on_private_recordings(repository, environment):
    status, text = commit(repository, environment)
    assert status == 0, text
    assert "Passed" in text
    assert "recordings/private one.json: private" in text


@needs_git
def test_the_hook_fails_on_a_leaking_recording_and_names_the_element(repository, environment):
    leak(repository)
    status, text = commit(repository, environment)
    assert status == 1
    assert "Failed" in text
    assert "recordings/leaking.json: 1 leak in 1 place" in text
    assert "html > body > p#who" in text
    assert "Jane" not in text


def test_the_manifest_of_the_hook_is_valid(environment):
    command = [sys.executable, "-m", "pre_commit", "validate-manifest", ".pre-commit-hooks.yaml"]
    assert run(command, ROOT, environment) == (0, "")


@pytest.mark.parametrize(
    ("path", "is_checked"),
    [
        ("recordings/a.json", True),
        ("tests/replays/a.bin", True),
        ("data/a.rrweb.json.gz", True),
        ("a.replay.ndjson", True),
        ("package.json", False),
        ("src/replay.py", False),
        ("recordings.md", False),
    ],
)
def test_the_hook_looks_at_recordings(path, is_checked):
    assert bool(re.search(HOOK["files"], path)) is is_checked


# --- GitHub Action --------------------------------------------------------------------


def act(repository, environment, **inputs):
    """Run the step that checks, with inputs by the rules of a composite action."""
    defaults = {name: own.get("default", "") for name, own in ACTION["inputs"].items()}
    given = defaults | {name.replace("_", "-"): value for name, value in inputs.items()}
    [step] = [own for own in ACTION["runs"]["steps"] if own.get("name") == "Check"]
    variables = {
        name: re.sub(r"\$\{\{ inputs\.([\w-]+) \}\}", lambda found: given[found[1]], value)
        for name, value in step["env"].items()
    }
    shell = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]]
    return run(shell, repository, {**environment, **variables})


def test_the_action_passes_on_private_recordings(repository, environment):
    status, text = act(repository, environment, recordings="recordings\n")
    assert (status, text) == (0, "recordings/private one.json: private\n")


def test_the_action_fails_on_a_leaking_recording_and_names_the_element(repository, environment):
    leak(repository)
    reports = {name: f"out.{name}" for name in ("sarif", "junit", "html")}
    status, text = act(repository, environment, recordings="\n recordings/*.json\n", **reports)
    assert status == 2, "a pattern is taken as it stands, blanks included"
    status, text = act(repository, environment, recordings="\nrecordings/*.json\n", **reports)
    assert status == 1
    assert "2 recordings: 1 private, 1 with leaks" in text
    assert "html > body > p#who" in text
    for target in reports.values():
        assert (repository / target).stat().st_size > 500


def test_the_action_takes_policy_secrets_and_leaks_that_are_accepted(repository, environment):
    leak(repository)
    given = {"recordings": "recordings", "max_leaks": "1"}
    assert act(repository, environment, **given)[0] == 0
    status, text = act(repository, environment, **given, secrets="visitor = Jane Roe")
    assert status == 1
    assert "visitor can be read in 1 place" in text
    assert "Jane" not in text
    assert act(repository, environment, **given, policy="permissive")[0] == 0


def test_no_input_is_read_as_a_command_or_an_option(repository, environment):
    odd = '"; touch owned; $(touch owned) `touch owned`'
    for inputs in (
        {"recordings": odd},
        {"recordings": "--help"},
        {"recordings": "recordings", "policy": odd},
        {"recordings": "recordings", "secrets": odd},
        {"recordings": "recordings", "max_leaks": odd},
        {"recordings": " \n"},
    ):
        assert act(repository, environment, **inputs)[0] == 2, inputs
    assert not (repository / "owned").exists()


def test_the_script_of_the_action_holds_no_expression():
    """An input in a script would be run as a part of it."""
    for step in ACTION["runs"]["steps"]:
        assert "${{" not in step.get("run", "")
        assert ("shell" in step) is ("run" in step)
    assert ACTION["runs"]["using"] == "composite"
    asked = " ".join(ACTION["runs"]["steps"][-1]["env"].values())
    named = set(re.findall(r"inputs\.([\w-]+)", asked))
    assert named | {"python-version"} == ACTION["inputs"].keys()
