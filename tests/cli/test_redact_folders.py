"""`replay-redact redact DIR -o DIR`: trees, sessions in several files, going on where a run stopped."""

import json
import os

import pytest
from helpers import Page, say

from replay_redact import Policy, Redactor, redact_bytes
from replay_redact.cli import main
from replay_redact.cli.files import UsageError
from replay_redact.cli.redaction import verb
from replay_redact.cli.redaction.sessions import Layout

POLICY = ("--unmask", "main")


def segments(count=3):
    page = Page()
    text = page.text("some words")
    events = [[page.snapshot(page.element("main", {}, text))]] + [
        [say(text, f"words {n}")] for n in range(1, count)
    ]
    return [json.dumps(one).encode() for one in events]


def one_pass(contents):
    redactor = Redactor(Policy(unmask=["main"]))
    return [redactor.process_bytes(one) for one in contents]


def tree(root):
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in root.rglob("*")
        if path.is_file()
    }


def place(root, files):
    for name, content in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(content)


@pytest.fixture
def folder(tmp_path):
    root = tmp_path / "in"
    contents = segments(12)
    place(root, {f"shop/a/{n}.json": one for n, one in enumerate(contents)})  # 10 comes after 9
    place(
        root,
        {"alone.json": contents[0], "shop/b/1.json": contents[1], "shop/b/2.json": contents[2]},
    )
    return root


def run(*arguments):
    return main(["redact", *map(str, arguments), *POLICY])


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_the_tree_is_kept_and_segments_of_a_session_are_one_recording(folder, tmp_path, jobs):
    assert run(folder, "-o", tmp_path / "out", "--jobs", jobs) == 0
    out = tree(tmp_path / "out")
    assert out.keys() == tree(folder).keys()
    assert [out[f"shop/a/{n}.json"] for n in range(12)] == one_pass(segments(12))
    assert b"words" in out["alone.json"]
    assert (
        b"words" not in out["shop/b/2.json"]
    )  # without a 0, nobody says that these belong together


def test_going_on_where_a_run_stopped(folder, tmp_path):
    out = tmp_path / "out"
    run(folder, "-o", out)
    whole = tree(out)
    for name in ("shop/a/3.json", "shop/a/7.json", "alone.json"):
        (out / name).unlink()
    (out / "shop/a/5.json").write_bytes(b"as it was")
    before = (out / "shop/a/11.json").stat().st_mtime_ns
    report = tmp_path / "report.json"
    assert run(folder, "-o", out, "--skip-existing", "--report", report) == 0
    assert tree(out) == {**whole, "shop/a/5.json": b"as it was"}
    assert (out / "shop/a/11.json").stat().st_mtime_ns == before
    told = {
        os.path.relpath(name, folder): "skipped" in one
        for name, one in json.loads(report.read_text()).items()
    }
    assert {name for name, skipped in told.items() if not skipped} == {
        "shop/a/3.json",
        "shop/a/7.json",
        "alone.json",
    }
    assert told.keys() == whole.keys()


def test_outputs_that_are_all_there_are_not_read_again(folder, tmp_path, monkeypatch):
    run(folder, "-o", tmp_path / "out")
    monkeypatch.setattr(verb, "read", lambda _: pytest.fail("was read"))
    assert run(folder, "-o", tmp_path / "out", "--skip-existing", "--jobs", 1) == 0


def test_the_report_is_of_each_file(folder, tmp_path):
    report = tmp_path / "report.json"
    run(folder, "-o", tmp_path / "out", "--report", report)
    told = json.loads(report.read_text())
    assert len(told) == 15
    assert told[str(folder / "shop/a/4.json")]["events"] == {"Mutation": 1}
    assert told[str(folder / "shop/a/0.json")]["events"] == {"FullSnapshot": 1}


def test_a_file_that_cannot_be_read_is_named_and_the_rest_is_done(folder, tmp_path, capsys):
    (folder / "shop/a/4.json").write_bytes(b"<html>")
    assert run(folder, "-o", tmp_path / "out") == 2
    assert f"{folder / 'shop/a/4.json'}: the input is not valid JSON" in capsys.readouterr().err
    out = tree(tmp_path / "out")
    assert len(out) == 14
    assert b"words" in out["shop/a/3.json"]
    assert b"words" not in out["shop/a/5.json"]  # the page may have changed since


def test_a_segment_that_cannot_be_opened(folder, tmp_path, monkeypatch):
    original = verb.read

    def read(source):
        if source.endswith("4.json"):
            raise PermissionError(13, "Permission denied")
        return original(source)

    monkeypatch.setattr(verb, "read", read)
    assert run(folder, "-o", tmp_path / "out", "--jobs", 1) == 2
    assert b"words" not in tree(tmp_path / "out")["shop/a/5.json"]


def test_other_names_by_a_template(tmp_path):
    contents = segments()
    place(tmp_path / "in", {f"deep/abc-{n + 1}.part.json": one for n, one in enumerate(contents)})
    place(
        tmp_path / "in",
        {"deep/abd-2.part.json": contents[1], "0.json": contents[0], "1.json": contents[1]},
    )
    run(tmp_path / "in", "-o", tmp_path / "out", "--layout", "{session}-{number}.part.json")
    out = tree(tmp_path / "out")
    assert [out[f"deep/abc-{n}.part.json"] for n in (1, 2, 3)] == one_pass(contents)
    assert b"words" not in out["deep/abd-2.part.json"]
    assert b"words" not in out["1.json"]


def test_no_segments(folder, tmp_path):
    run(folder, "-o", tmp_path / "out", "--layout", "{session}.*")
    policy = Policy(unmask=["main"])
    assert tree(tmp_path / "out") == {
        name: redact_bytes(one, policy) for name, one in tree(folder).items()
    }


def test_several_inputs(folder, tmp_path):
    other = tmp_path / "more"
    place(other, {"alone.json": segments()[0]})
    assert run(folder, other, folder / "alone.json", "-o", tmp_path / "out") == 0
    out = tree(tmp_path / "out")
    assert {"in/shop/a/0.json", "more/alone.json", "alone.json"} <= out.keys()


def test_an_output_within_the_input(folder):
    names = set(tree(folder))
    for _ in range(2):
        assert run(folder, "-o", folder / "out") == 0
        assert set(tree(folder)) == names | {f"out/{name}" for name in names}


def test_an_output_around_the_input(folder, tmp_path):
    assert run(folder / "shop", "-o", tmp_path) == 0
    assert {"a/0.json", "b/2.json"} <= tree(tmp_path).keys()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("in",), "use -o DIR"), (("in", "-o", "-"), "use -o DIR"), (("in", "-", "-o", "out"), "use -o FILE"), (("in", "-o", "in"), "would overwrite"),
        (("in", "in/shop/../../in", "-o", "out"), "same file name"), (("empty", "-o", "out"), "there is no such file"), (("in", "-o", "out", "--layout", "x"), "write it like"),
        (("in", "-o", "out", "--layout", "{session}/{x}"), "write it like"), (("in", "-o", "out", "--layout", "{session}{number}"), "between the two fields"),
        (("in", "in/alone.json", "-o", "."), "would overwrite"),
    ],
)  # fmt: skip
def test_what_cannot_be(folder, capsys, monkeypatch, arguments, message):
    tmp_path = folder.parent
    monkeypatch.chdir(tmp_path)
    (tmp_path / "empty").mkdir()
    assert run(*arguments) == 2
    assert message in capsys.readouterr().err


def test_two_files_with_one_number(folder, tmp_path, capsys):
    place(folder, {"shop/a/00.json": segments()[0]})
    assert run(folder, "-o", tmp_path / "out") == 2
    assert "has the same number" in capsys.readouterr().err


def test_templates():
    assert Layout("{session}_{number}.*").place("a/b_1_02.json.gz") == (("a/b_1", "json.gz"), 2)
    assert Layout("{session}/{number}.*").place("1.json") is None
    assert Layout("{session}.*").place("1.json") is None
    with pytest.raises(UsageError):
        Layout("{session}/{number}/{number}")


def test_a_folder_that_is_a_link_was_left_out_without_a_word(folder, tmp_path, capsys):
    (folder / "shop" / "linked").symlink_to(tmp_path)
    assert run(folder, "-o", tmp_path / "out") == 2
    assert f"{folder / 'shop' / 'linked'}: " in capsys.readouterr().err
    assert not (tmp_path / "out" / "shop" / "linked").exists()
