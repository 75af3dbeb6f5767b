"""``replay-redact preview``: one page in one file."""

import json
import os

import pytest

from replay_redact.cli import main
from replay_redact.testing import recording_from_html

PAGE = "<nav>Shop</nav><p class=x>Jane</p>"


@pytest.fixture
def recording(tmp_path):
    path = tmp_path / "session.json"
    path.write_bytes(recording_from_html(PAGE))
    return path


def preview(recording, *arguments):
    target = recording.with_suffix(".html")
    assert main(["preview", str(recording), "-o", str(target), *arguments]) == 0
    return target.read_text("utf-8")


def test_a_page_shows_what_is_left(recording):
    page = preview(recording)
    assert "Preview of session.json" in page
    assert "Jane" not in page
    assert "Shop" not in page


def test_options_of_the_policy_count(recording):
    page = preview(recording, "--unmask", "nav")
    assert "Shop" in page
    assert "unmask nav" in page
    assert "Jane" in preview(recording, "--policy", "permissive", "--block", "nav")


def test_to_compare_is_to_show_in_clear(recording):
    page = preview(recording, "--compare")
    assert "Jane" in page
    assert "Keep this file as private" in page


def test_standard_output(recording, capfdbinary):
    assert main(["preview", str(recording), "-o", "-"]) == 0
    assert capfdbinary.readouterr().out.startswith(b"<!DOCTYPE html>")


def test_help_says_what_is_in_clear(capsys):
    with pytest.raises(SystemExit):
        main(["preview", "--help"])
    assert "HOLDS THE RECORDING IN CLEAR" in " ".join(capsys.readouterr().out.split())


def test_bad_input_writes_nothing(tmp_path, capsys):
    source, target = tmp_path / "bad.json", tmp_path / "page.html"
    source.write_text(json.dumps("Jane"))
    assert main(["preview", str(source), "-o", str(target)]) == 2
    assert not target.exists()
    assert "Jane" not in capsys.readouterr().err


@pytest.mark.skipif(os.name != "posix", reason="modes of files are POSIX's")
def test_a_page_in_clear_is_its_owners(recording, tmp_path):
    page = tmp_path / "page.html"
    for compare, mode in (([], 0o644), (["--compare"], 0o600)):
        before = os.umask(0o022)
        assert main(["preview", str(recording), "-o", str(page), *compare]) == 0
        os.umask(before)
        assert page.stat().st_mode & 0o777 == mode
