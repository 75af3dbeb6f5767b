"""``replay-redact policy``, and ``--set``."""

import argparse
import json
import re
import tomllib

import jsonschema
import pytest
from helpers import Page, add

from replay_redact import Policy, PolicyError, redact_bytes
from replay_redact.cli.command import main
from replay_redact.cli.drafts import draft
from replay_redact.cli.files import _settings, add_policy_options, policy_of
from replay_redact.policy import OPTIONS
from replay_redact.policy.schema import schema
from replay_redact.testing import recording_from_html

# --- schema -------------------------------------------------------------------------------

FITTING = [
    "mask_char = '\u2022'", "mask_text = 'digits'", "show_words = ['a b']\nwords_in = 'p'",
    "", "mask = '.a'", "mask = ['.a', 'p']", "hide_length = true", "metadata = 'scrub'",
    "allow_attributes = ['data-*']", "public_paths = '/a'", "rules = 'sentry-11'",
    "[scrub]\npreset = 'none'\nkeys = ['a']\n[[scrub.rules]]\ndetector = 'card'\nmethod = 'mask'",
]  # fmt: skip
UNFITTING = [
    "mask_char = '**'", "mask_text = 'words'", "show_words = { path = 'x' }\nwords_in = 'p'",
    "maks = '.a'", "mask = 7", "hide_length = 'yes'", "metadata = 'hide'", "mask_fn = 'x'", "mask = [1]",
    "[scrub]\npreset = 'x'", "[[scrub.rules]]\ndetector = 'x'", "[[scrub.rules]]\nhow = 'x'",
]  # fmt: skip


@pytest.mark.no_cover  # the same lines as in smaller tests
@pytest.mark.parametrize("text", FITTING)
def test_the_schema_takes_what_policies_take(text):
    options = tomllib.loads(text)
    assert Policy(**options)
    jsonschema.validate(options, schema())


@pytest.mark.no_cover  # the same lines as in smaller tests
@pytest.mark.parametrize("text", UNFITTING)
def test_the_schema_refuses_what_policies_refuse(text):
    options = tomllib.loads(text)
    with pytest.raises((PolicyError, TypeError)):
        Policy(**options)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(options, schema())


def test_the_schema_has_and_describes_every_option_of_files(capsys):
    assert main(["policy", "schema"]) == 0
    printed = json.loads(capsys.readouterr().out)
    jsonschema.Draft202012Validator.check_schema(printed)
    in_files = {name for name, option in OPTIONS.items() if option.kind != "function"}
    assert printed["properties"].keys() == in_files
    assert [name for name, own in printed["properties"].items() if not own["description"]] == []
    of_page = printed["properties"]["pages"]["items"]["properties"]
    assert [name for name in ("url", "drop") if not of_page[name].get("description")] == []


# --- init ---------------------------------------------------------------------------------


def recording():
    page = Page()
    snapshot = page.snapshot(
        page.element("nav", {"id": "top-menu"}, page.element("a", {"href": "/orders/jane?q=roe"}, page.text("Jane"))),
        page.element("form", {}, page.element("input", {"type": "search", "placeholder": "Roe"})),
        page.element("input", {"type": "jane-roe"}),
        page.element("img", {"alt": "Jane", "roe's": "x", "data-test-id": "go"}),
        page.element("p", {"id": "user-4711"}, page.text(" "), page.text("Jane Roe")),
        page.element("a", {"href": "http://[jane"}),
        page.element("a", {"href": "/"}),
        page.element("a", {"href": "mailto:jane@shop.example"}),
    )  # fmt: skip
    more = page.element("select", {"type": "Jane"}, page.element("label", {}, page.text("x")))
    meta = {"href": "https://jane.example/orders/4711/items", "width": 1, "height": 1}
    load = {"type": 1, "timestamp": 9, "data": {}}
    events = [{"type": 4, "timestamp": 0, "data": meta}, snapshot, add({"id": 1}, more), load]
    return json.dumps(events).encode()


def test_a_draft_lists_what_there_is_and_masks_it_all():
    text = draft([recording()])
    assert Policy(**tomllib.loads(text)) == Policy()
    for line in (
        '#  "#top-menu",  # 1 text', '#  "nav",  # 1 text', '#  "label",  # 1 text', '#  "select",  # 1 field',
        '#  "input[type=search]",  # 1 field', '#  "img",  # 1 element', '#  "data-test-id",  # 1 value',
        '#  "/orders/:id",  # 1 time', '#  "/orders/:id/items",  # 1 time',
    ):  # fmt: skip
        assert line in text.splitlines()


def test_a_draft_says_nothing_private():
    text = draft([recording()]).lower()
    assert [word for word in ("jane", "roe", "4711") if word in text] == []


def test_what_a_draft_proposes_can_be_taken():
    text = draft([recording()])
    open_ = "\n".join(
        line.removeprefix("#") if line.startswith("#  ") else line for line in text.splitlines()
    )
    policy = Policy(**tomllib.loads(open_))
    output = redact_bytes(recording(), policy).decode()
    assert '"Jane"' in output
    assert "/orders/****?q=***" in output
    assert '"data-test-id":"go"' in output


def test_a_draft_of_many_lists_the_most_frequent():
    page = Page()
    items = [page.element("p", {f"data-a{'b' * n}": "x"}) for n in range(30) for _ in range(n)]
    text = draft([json.dumps([page.snapshot(*items)]).encode()])
    assert text.count("values\n") == 20
    assert f'"data-a{"b" * 29}",  # 29 values' in text
    assert f'"data-a{"b" * 9}",' not in text


def test_init_writes_a_file(tmp_path, capsys):
    source, target = tmp_path / "a.json", tmp_path / "policy.toml"
    source.write_bytes(recording())
    assert main(["policy", "init", str(source), "-o", str(target)]) == 0
    assert Policy.from_toml(target) == Policy()
    assert main(["policy", "init", str(source)]) == 0
    assert capsys.readouterr().out == target.read_text()


# --- lint ---------------------------------------------------------------------------------


def test_lint_prints_warnings_and_tells_by_its_status(tmp_path, capsys):
    sources = [tmp_path / "a.json", tmp_path / "b.json"]
    for source in sources:
        source.write_bytes(recording())
    one, other = map(str, sources)
    assert main(["policy", "lint", one]) == 0
    assert capsys.readouterr().out == "no warnings\n"
    assert main(["policy", "lint", one, "--unmask", ".none"]) == 1
    assert capsys.readouterr().out == "unmask '.none' matches no node of this recording\n"
    assert main(["policy", "lint", one, other, "--unmask", ".none"]) == 1
    assert f"{other}: unmask '.none' matches no node" in capsys.readouterr().out
    assert main(["policy", "lint", one, "--unmask", "p:hover"]) == 2


# --- --set --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given", "option", "value"),
    [
        ("hide_length=true", "hide_length", True),
        ("metadata=scrub", "metadata", "scrub"),
        ('metadata="scrub"', "metadata", "scrub"),
        ("public_paths=/orders/:id", "public_paths", ("/orders/:id",)),
        ("public_paths=['/a','/b']", "public_paths", ("/a", "/b")),
        ("mask=[data-x='a=b']", "mask", ("[data-x='a=b']",)),
    ],
)
def test_any_option_can_be_set(monkeypatch, tmp_path, given, option, value):
    seen = []
    monkeypatch.setattr("replay_redact.cli.redaction.verb.Redactor", seen.append)
    (tmp_path / "a.json").write_text("[]")
    with pytest.raises(AttributeError):  # there is no redactor
        main(["redact", str(tmp_path / "a.json"), "--set", given])
    assert getattr(seen[0], option) == value


def test_looks_and_words_can_be_set(tmp_path, capsys):
    page, words = tmp_path / "page.json", tmp_path / "words.txt"
    page.write_bytes(recording_from_html("<nav><a>Home</a><a>Jane 7</a></nav>"))
    words.write_text("Home")
    given = ["mask_char=\u2022", f'show_words={{file = "{words}"}}', "words_in=nav"]
    assert main(["redact", str(page), *(part for text in given for part in ("--set", text))]) == 0
    assert re.findall('"textContent":"(.*?)"', capsys.readouterr().out) == ["Home", "\u2022" * 4 + " \u2022"]  # fmt: skip
    assert main(["check", str(page), "--set", "mask_text=digits"]) == 1
    assert "Jane" in capsys.readouterr().out


OTHER_VALUES = {
    "flag": lambda name: str(not getattr(Policy(), name)).lower(),
    "selectors": lambda _name: "['.a', '#b > p']",
    "attributes": lambda _name: "['data-testid', 'button@aria-label']",
    "choice": lambda name: next(word for word in OPTIONS[name].words if word != getattr(Policy(), name)),
    "scrub": lambda _name: "{preset = 'none'}",
    "character": lambda _name: "\u2022",
    "pages": lambda _name: "[{url = '/admin/**', drop = true}]",
    "strings": {
        "mask_attributes": "title", "public_paths": "/orders/:id", "mask_hosts": "ip", "app_schemes": "shop",
    }.__getitem__,
}  # fmt: skip
"""By the kind of an option: how to write a value of it that is not the default."""


@pytest.mark.parametrize(
    "name", [name for name, option in OPTIONS.items() if option.kind not in {"function", "words"}]
)
def test_every_option_has_its_flag_or_can_be_set(name):
    parser = argparse.ArgumentParser()
    add_policy_options(parser)
    given = OTHER_VALUES[OPTIONS[name].kind](name)
    policy = policy_of(parser.parse_args(["--set", f"{name}={given}"]))
    changed = {own for own in OPTIONS if getattr(policy, own) != getattr(Policy(), own)}
    assert changed == {name}
    assert (
        repr(policy)
        == f"Policy({name}={'...' if name == 'scrub' else repr(getattr(policy, name))})"
    )
    kind = OPTIONS[name].kind
    in_file = tomllib.loads(f"value = '{given}'" if kind in {"strings", "choice", "character"} else f"value = {given}")  # fmt: skip
    assert policy == Policy(**{name: in_file["value"]})


@pytest.mark.parametrize("name", ["mask", "unmask", "block"])
def test_flags_add_to_the_policy(name):
    parser = argparse.ArgumentParser()
    add_policy_options(parser)
    policy = policy_of(parser.parse_args([f"--{name}", ".a", "--set", f"{name}=.b"]))
    assert getattr(policy, name) == (".b", ".a")


def test_a_function_cannot_be_set(capsys):
    functions = [name for name, option in OPTIONS.items() if option.kind == "function"]
    assert functions
    for name in functions:
        assert main(["redact", "nothing.json", "--set", f"{name}=len"]) == 2
        assert f"{name} must be callable" in capsys.readouterr().err


def test_settings_of_one_option_add_up():
    given = ["mask=.a", "mask=['.b', '.c']", "hide_length=true", "hide_length=true"]
    assert _settings(given) == {"mask": [".a", ".b", ".c"], "hide_length": True}


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ("hide_length", "write NAME=VALUE"),
        ("hide_lenght=true", "did you mean 'hide_length'?"),
        ("hide_length=yes", "hide_length must be true or false"),
    ],
)
def test_what_cannot_be_set_is_an_error(capsys, given, why):
    assert main(["redact", "nothing.json", "--set", given]) == 2
    assert why in capsys.readouterr().err
