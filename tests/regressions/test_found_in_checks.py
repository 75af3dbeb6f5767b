"""One record per fault that an attack on ``replay-redact check`` found: id, what happened, test."""

import io
import json
import os

import pytest

from replay_redact import decode, redact_bytes
from replay_redact.cli import main
from replay_redact.cli.files import UsageError
from replay_redact.cli.parallel import in_parallel
from replay_redact.cli.secrets import secrets_of
from replay_redact.cli.sources import sources_of
from replay_redact.testing import find_leaks, recording_from_html
from replay_redact.testing.node_paths import Names

PAGE = recording_from_html("<p>Jane Roe</p>")
PRIVATE = redact_bytes(PAGE)


def check(capsys, *arguments):
    status = main(["check", *map(str, arguments)])
    return status, *capsys.readouterr()


@pytest.fixture
def folder(tmp_path):
    """Return a folder with a private recording, beside a folder with one that leaks."""
    (tmp_path / "all").mkdir()
    (tmp_path / "all" / "good.json").write_bytes(PRIVATE)
    (tmp_path / "else").mkdir()
    (tmp_path / "else" / "bad.json").write_bytes(PAGE)
    return tmp_path / "all"


# --- recordings that counted as private -----------------------------------------------------


def test_ck01_folders_behind_a_link_were_left_out_in_silence(folder, capsys):
    (folder / "more").symlink_to(folder.parent / "else")
    status, out, err = check(capsys, folder)
    assert (status, "1 private, 1 not checked" in out) == (2, True)
    assert f"{folder}/more: is a link to a folder, and links are not followed" in err
    assert check(capsys, folder / "more")[0] == 1  # as the message says


def test_ck02_links_within_a_folder_are_no_trouble_unless_they_lead_to_what_is_hidden(folder):
    (folder / "below").mkdir()
    (folder / "below" / "up").symlink_to(folder)
    assert sources_of([str(folder)]) == [f"{folder}/good.json"]
    (folder / ".hidden").mkdir()
    (folder / "shown").symlink_to(folder / ".hidden")
    assert sources_of([str(folder)]) == [f"{folder}/good.json", f"{folder}/shown"]


def test_ck03_folders_that_may_not_be_opened_were_left_out_in_silence(folder, monkeypatch):
    (folder / "closed").mkdir()
    scan = os.scandir

    def closed(name):
        if str(name).endswith("closed"):
            raise PermissionError(13, "Permission denied", str(name))
        return scan(name)

    monkeypatch.setattr(os, "scandir", closed)
    assert sources_of([str(folder)]) == [f"{folder}/closed", f"{folder}/good.json"]


def test_ck04_a_pattern_left_out_folders_and_broken_links(folder):
    (folder / "below").mkdir()
    (folder / "below" / "bad.json").write_bytes(PAGE)
    (folder / "lost.json").symlink_to(folder / "nowhere")
    assert sources_of([f"{folder}/*"]) == [
        f"{folder}/below/bad.json",
        f"{folder}/good.json",
        f"{folder}/lost.json",
    ]


def test_ck05_a_pipe_in_a_folder_was_read_for_ever(folder):
    os.mkfifo(folder / "pipe.json")
    with pytest.raises(UsageError, match=r"pipe.json: is not a regular file"):
        sources_of([str(folder)])


@pytest.mark.parametrize(
    "line",
    [
        "visitor = Jane Roe # who visits",
        'visitor = "Jane Roe',
        'visitor = "Jane Roe",',
        "visitor = 'Jane' 'Roe'",
        "visitor = \u201cJane Roe\u201d",
        "visitor = Jane Roe\0",
        'visitor = "    "',
        'visitor = "\u200b\u200b\u200b\u200b"',
    ],
)
def test_ck06_a_secret_that_is_written_oddly_was_looked_for_as_another_text(line, folder, capsys):
    secrets = folder.parent / "secrets.txt"
    secrets.write_text(line, "utf-8")
    status, out, err = check(capsys, folder, "--only-secrets", "--secrets", secrets)
    assert (status, out) == (2, "")
    assert "Jane" not in err


def test_ck07_only_secrets_called_recordings_private(folder, capsys):
    bad, html = folder.parent / "else" / "bad.json", folder.parent / "report.html"
    status, out, _ = check(capsys, bad, "--only-secrets", "--secret", "Bob Doe", "--html", html)
    assert (status, out) == (0, f"{bad}: without a secret\n")
    page = html.read_text("utf-8")
    assert 'verdict good">without a secret<' in page
    assert ">private<" not in page


@pytest.mark.parametrize(
    "page",
    [
        "<b>Jane</b>\n   <i>Roe</i>",
        "<b>JANE</b><i>\u00a0Roe</i>",
        "<table><tr><td>Jane<td>Roe",
        "<b>4111</b><b>1111</b><b>1111</b><b>1111</b>",
        "<b>4111</b> - <b>1111</b>\n<b>1111 </b><b>1111</b>",
    ],
)
def test_ck08_a_secret_in_several_elements_was_found_with_its_own_blanks_only(page):
    recording = redact_bytes(recording_from_html(f"<div class=sentry-unmask>{page}</div>"))
    secrets = {"name": "Jane Roe", "card": "4111 1111 1111 1111"}
    assert [leak.rule for leak in find_leaks(recording, secrets=secrets)] == [
        "spread over several texts"
    ]


def test_ck08_a_word_is_not_put_together_from_the_ends_of_others():
    recording = redact_bytes(recording_from_html("<p class=sentry-unmask>Roman <b>nab</b></p>"))
    assert find_leaks(recording, secrets=["anna"]) == []


# --- what came out --------------------------------------------------------------------------


def test_ck10_files_of_secrets_that_are_nested_deeply_were_a_traceback(tmp_path):
    file = tmp_path / "secrets.toml"
    file.write_text(f"x = {'[' * 3000}{']' * 3000}")
    with pytest.raises(UsageError, match="nested too deeply"):
        secrets_of([], [str(file)])


@pytest.mark.parametrize("secrets", [(), ("--secret", "a secret")])
def test_ck11_keys_that_a_page_made_of_content_were_shown_as_fields(secrets, tmp_path, capsys):
    keys = {"Jane Roe": 3, "known": {"4111 1111 1111 1111": "a secret"}, "jane@roe.example": {}}
    style = {"Jane Roe": "a secret", "color": "url(x)"}
    changed = {"id": 5, "attributes": {"Jane Roe": "a secret", "style": style}}
    events = [
        *json.loads(PAGE),
        {"type": 5, "timestamp": 3, "data": {"tag": "cart", "payload": keys}},
        {"type": 6, "timestamp": 3, "data": {"plugin": "cart", "payload": keys}},
        {
            "type": 3,
            "timestamp": 4,
            "data": {"source": 0, "texts": [], "attributes": [changed], "adds": [], "removes": []},
        },
    ]
    file = tmp_path / "page.json"
    file.write_text(json.dumps(events))
    targets = [tmp_path / name for name in ("html", "sarif", "junit")]
    reports = [f"--{target.name}={target}" for target in targets]
    status, out, err = check(capsys, file, "--examples", 99, *reports, *secrets)
    printed = check(capsys, file, "--json", *secrets)[1]
    assert (status, err, "payload." in printed) == (1, "", True)
    for text in (out, printed, *(target.read_text("utf-8") for target in targets)):
        assert not [word for word in ("Jane", "4111", "roe.example") if word in text]


def test_ck12_a_file_name_that_is_not_utf8_was_a_traceback_of_a_report(tmp_path, capsys):
    folder = tmp_path / "all"
    folder.mkdir()
    file = os.fsdecode(bytes(folder) + b"/\xff.json")
    with open(file, "wb") as opened:  # noqa: PTH123 - the name is bytes
        opened.write(PRIVATE)
    targets = [tmp_path / name for name in ("html", "sarif", "junit")]
    reports = [f"--{target.name}={target}" for target in targets]
    status, out, _ = check(capsys, folder, *reports)
    assert (status, out) == (0, f"{folder}/\\udcff.json: private\n")
    [artifact] = json.loads(targets[1].read_bytes())["runs"][0]["artifacts"]
    assert artifact["location"]["uri"].endswith("/%FF.json")


def test_ck13_a_file_name_could_pass_for_a_verdict(tmp_path, capsys):
    file = tmp_path / "good.json: private\n\x1b[2Jmore.json"
    file.write_bytes(PAGE)
    assert "\\n\\x1b[2Jmore.json: 1 leak in 1 place" in check(capsys, file)[1]
    file.write_bytes(b"{")
    assert "\\n\\x1b[2Jmore.json: " in check(capsys, file)[2]


def test_ck14_a_terminal_without_unicode_was_a_traceback(tmp_path, monkeypatch):
    file = tmp_path / "r\u00e9union.json"
    file.write_bytes(PRIVATE)
    printed = io.BytesIO()
    monkeypatch.setattr("sys.stdout", io.TextIOWrapper(printed, "ascii"))
    assert main(["check", str(file)]) == 0
    assert printed.getvalue().endswith(b"r\\xe9union.json: private\n")


def test_ck15_a_process_that_was_killed_was_a_traceback():
    with pytest.raises(UsageError, match="try --jobs 1"):
        list(in_parallel(os._exit, [1, 1], 2))


def test_ck16_a_preview_could_take_the_place_of_its_recording(tmp_path, capsys):
    file, link = tmp_path / "page.json", tmp_path / "link.json"
    file.write_bytes(PAGE)
    link.symlink_to(file)
    for target in (file, link):
        assert main(["preview", str(file), "-o", str(target)]) == 2
        assert f"the page would overwrite {file}" in capsys.readouterr()[1]
    assert link.read_bytes() == PAGE


def test_ck17_where_a_report_cannot_be_written_was_said_after_the_check(tmp_path, capsys):
    file = tmp_path / "page.json"
    file.write_bytes(PAGE)
    for target in (tmp_path, tmp_path / "nowhere" / "report.html"):
        status, out, err = check(capsys, file, "--html", target)
        assert (status, out) == (2, "")
        assert "give a file in a folder that exists" in err


@pytest.mark.parametrize("name", ["Jane_Roe.json", "jane-roe.2.json", "JaneRoe.json"])
def test_ck18_a_file_name_that_spells_a_secret_otherwise_was_shown(name, tmp_path, capsys):
    file = tmp_path / name
    file.write_bytes(PRIVATE)
    status, out, _ = check(capsys, file, "--secret", "Jane Roe")
    assert (status, "oe" in out.lower(), out.endswith(": private\n")) == (0, False, True)


def test_ck19_a_secret_that_is_no_text_was_an_error_about_a_codec(tmp_path, capsys):
    file = tmp_path / "page.json"
    file.write_bytes(PRIVATE)
    assert check(capsys, file, "--secret", os.fsdecode(b"\xff\xfe\xfd\xfc"))[0] == 0


def test_ck20_a_text_below_no_element_had_a_path_or_none_by_what_was_asked_before():
    names = Names()
    for event in decode(recording_from_html("<!-- Jane --><p>Jane Roe</p>")):
        names.learn(event)
    assert [names.path(node_id) for node_id in (1, 2)] == ["(node 1)", "(node 2)"]
