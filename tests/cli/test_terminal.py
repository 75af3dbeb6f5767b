"""How the command behaves in a terminal: arguments, messages, progress."""

import io
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path

import pytest

from replay_redact.cli import check, command, main
from replay_redact.cli.terminal import messages
from replay_redact.cli.terminal.arguments import EXIT_CODES, SHELLS, Parser, add_verbosity_below
from replay_redact.testing import recording_from_html

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "command-line.md"


@pytest.fixture
def recording(tmp_path):
    path = tmp_path / "in.json"
    path.write_bytes(recording_from_html("<p class=note>Jane Roe</p>"))
    return path


def refused(*arguments, capsys):
    with pytest.raises(SystemExit) as caught:
        main(arguments)
    assert caught.value.code == 2
    return capsys.readouterr().err


# --- usage --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "usage", "hint"),
    [
        (["redact", "x", "--unmaks", "nav"], "usage: replay-redact redact ", "--unmaks nav; did you mean --unmask?"),
        (["policy", "lint", "x", "--polcy=y"], "usage: replay-redact policy lint ", "did you mean --policy?"),
        (["rdact", "x"], "usage: replay-redact [-h]", "'rdact'; did you mean redact?"),
        (["policy", "lnt"], "usage: replay-redact policy ", "'lnt'; did you mean lint?"),
        (["redact", "x", "--format", "jsn"], "usage: replay-redact redact ", "'jsn'; did you mean json?"),
        (["redact", "x", "--format", "7"], "usage: replay-redact redact ", "'7' (choose from auto, json, "),
        (["redact", "x", "--zzz"], "usage: replay-redact redact ", "unknown argument: --zzz\n"),
        (["redact", "x", "--unm", "nav"], "usage: replay-redact redact ", "unknown argument: --unm nav"),
        (["redact"], "usage: replay-redact redact ", "required: INPUT"),
    ],
)  # fmt: skip
def test_an_error_shows_the_usage_of_what_was_meant(arguments, usage, hint, capsys):
    printed = refused(*arguments, capsys=capsys)
    assert printed.startswith(usage)
    assert hint in printed


def test_exit_codes_stand_in_the_help_and_in_one_table_of_the_docs(capsys):
    with pytest.raises(SystemExit):
        main(["--help"])
    shown = capsys.readouterr().out
    page = PAGE.read_text("utf-8")
    for code, meaning in EXIT_CODES.items():
        assert f"  {code:<5}{meaning}\n" in shown
        assert f"| {code} | {meaning} |\n" in page


def test_exit_codes_are_those_of_the_command():
    used = {0, check.LEAKS, command.BAD_INPUT, command.INTERRUPTED, command.CLOSED_PIPE}
    assert set(EXIT_CODES) == used


# --- completion ---------------------------------------------------------------------------


@pytest.mark.parametrize("shell", SHELLS)
def test_completion_knows_commands_and_options(shell, capsys):
    with pytest.raises(SystemExit) as caught:
        main(["--print-completion", shell])
    assert caught.value.code == 0
    script = capsys.readouterr().out
    assert [word for word in ("explain", "lint", "unmask", "quiet") if word not in script] == []


def test_bash_completes(tmp_path, capsys):
    with pytest.raises(SystemExit):
        main(["--print-completion", "bash"])
    script = tmp_path / "completion"
    script.write_text(
        capsys.readouterr().out
        + "COMP_WORDS=(replay-redact redact --unm)\nCOMP_CWORD=2\n_shtab_replay_redact\n"
        + 'echo "${COMPREPLY[@]}"\n'
    )
    done = subprocess.run(["bash", str(script)], capture_output=True, text=True, check=True)  # noqa: S603, S607
    assert done.stdout == "--unmask\n"


def test_completion_without_shtab_says_what_to_install(monkeypatch, capsys):
    monkeypatch.setitem(sys.modules, "shtab", None)
    assert "install replay_redact[cli]" in refused("--print-completion", "bash", capsys=capsys)


# --- quiet and verbose --------------------------------------------------------------------


def every_command(parser=None, path=()):
    parser = parser or command._parser()
    below = [action.choices for action in parser._actions if isinstance(action.choices, dict)]
    for choices in below:
        for name, part in choices.items():
            yield from every_command(part, (*path, name))
    if not below:
        yield path, parser


@pytest.mark.parametrize(
    "parser", [pytest.param(parser, id=" ".join(path)) for path, parser in every_command()]
)
def test_every_command_takes_quiet_and_verbose(parser):
    names = {name for action in parser._actions for name in action.option_strings}
    assert {"-q", "--quiet", "-v", "--verbose"} <= names


def test_both_at_once_is_an_error(recording, capsys):
    assert "not allowed with" in refused("redact", str(recording), "-q", "-v", capsys=capsys)


def test_verbose_says_which_files_are_read_and_written(recording, tmp_path, capsys):
    target = tmp_path / "out.json"
    assert main(["redact", str(recording), "-o", str(target), "--verbose"]) == 0
    size = target.stat().st_size
    assert capsys.readouterr().err == (
        f"replay-redact: reads {recording}\nreplay-redact: writes {size:,} bytes to {target}\n"
    )
    assert main(["redact", str(recording), "-o", str(target)]) == 0
    assert capsys.readouterr().err == ""


def test_verbose_counts_in_processes_too(recording, tmp_path, capfd):
    second = tmp_path / "second.json"
    second.write_bytes(recording.read_bytes())
    assert main(["redact", str(recording), str(second), "-o", str(tmp_path / "out"), "-v"]) == 0
    assert capfd.readouterr().err.count("reads ") == 2


def test_quiet_leaves_warnings_out_and_errors_in(tmp_path, capsys):
    lost = tmp_path / "lost.json"
    lost.write_text('[{"type": 99, "timestamp": 1}]')
    arguments = ["redact", str(lost), "-o", str(tmp_path / "out.json")]
    assert main(arguments) == 0
    assert "lost.json: warning: none of its events can be read" in capsys.readouterr().err
    assert main([*arguments, "--quiet"]) == 0
    assert capsys.readouterr().err == ""
    assert main(["redact", str(tmp_path / "none.json"), "--quiet"]) == 2
    assert "No such file" in capsys.readouterr().err


def test_quiet_leaves_the_warnings_of_check_out(recording, capsys):
    arguments = ["check", str(recording), "--unmask", ".nothing"]
    assert main(arguments) == 1
    assert "warning: " in capsys.readouterr().err
    assert main([*arguments, "-q"]) == 1
    assert capsys.readouterr().err == ""


# --- progress -----------------------------------------------------------------------------


class Terminal(io.StringIO):
    def isatty(self):
        return True


@contextmanager
def level(chosen):
    token = messages.LEVEL.set(chosen)
    yield
    messages.LEVEL.reset(token)


def test_progress_is_one_line_that_vanishes_when_an_item_comes(monkeypatch):
    stderr = Terminal()
    monkeypatch.setattr(sys, "stderr", stderr)
    with level(messages.NORMAL):
        for number in messages.progress(iter("ab"), 2, "redacting"):
            assert stderr.getvalue().endswith("\r\x1b[K"), number
    drawn = stderr.getvalue().replace("\x1b[K", "").split("\r")
    assert drawn == ["", f"redacting {'.' * 24} 0 of 2", "", f"redacting {'#' * 12}{'.' * 12} 1 of 2", "",
                     f"redacting {'#' * 24} 2 of 2", ""]  # fmt: skip


@pytest.mark.parametrize(
    ("chosen", "stderr", "total"),
    [(messages.QUIET, Terminal(), 2), (messages.NORMAL, io.StringIO(), 2), (messages.NORMAL, Terminal(), 1)],
    ids=["quiet", "no terminal", "one item"],
)  # fmt: skip
def test_progress_is_silent(chosen, stderr, total, monkeypatch):
    monkeypatch.setattr(sys, "stderr", stderr)
    with level(chosen):
        assert list(messages.progress(iter("ab"), total, "redacting")) == ["a", "b"]
    assert stderr.getvalue() == ""


def test_the_line_is_gone_when_the_work_breaks_off(monkeypatch):
    stderr = Terminal()
    monkeypatch.setattr(sys, "stderr", stderr)

    def broken():
        yield 1
        raise KeyError

    with level(messages.NORMAL), pytest.raises(KeyError):
        list(messages.progress(broken(), 2, "redacting"))
    assert stderr.getvalue().endswith("\r\x1b[K")


def test_nothing_is_colored(recording, monkeypatch, capsys):
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert (
        main(["redact", str(recording), "-o", str(recording.with_suffix(".out")), "--report", "-"])
        == 0
    )
    assert "\x1b" not in capsys.readouterr().err


def test_a_parser_of_values_that_are_no_strings_is_left_alone():
    parser = Parser(prog="x")
    parser.add_argument("--number", type=int, choices=[1, 2])
    add_verbosity_below(parser)
    assert parser.parse_args(["--number", "2"]).number == 2
