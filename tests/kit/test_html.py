"""Recordings of HTML hold what a browser makes of the HTML: the standard's own tests, and ours.

The tests of tree construction come from html5lib-tests, in the form in which the package
``@mixmark-io/domino`` brings them: ``npm ci`` in ``tests/recorder`` installs it.
"""

import json
import sys
from pathlib import Path

import pytest
from justhtml import JustHTML
from justhtml.parser.context import FragmentContext

from replay_redact import LimitError, Policy, redact_bytes
from replay_redact._runtime.stack import MAX_DEPTH
from replay_redact.testing import find_leaks, recording_from_html
from replay_redact.testing.html import page_of

DATA = (
    Path(__file__).parents[1] / "recorder/node_modules/@mixmark-io/domino/test/html5lib-tests.json"
)


def page(html):
    return json.loads(recording_from_html(html))[1]["data"]["node"]


def outline(node):
    """Return a recorded node as a tuple: its type, name and content."""
    match node["type"]:
        case 1:
            ids = f' "{node["publicId"]}" "{node["systemId"]}"'
            return ("doctype", node["name"] + (ids if ids != ' "" ""' else ""))
        case 3:
            return ("text", node["textContent"])
        case 5:
            return ("comment", node["textContent"])
    inner = [outline(child) for child in node["childNodes"]]
    return (node["tagName"], node.get("isSVG", False), node["attributes"], inner)


def walk(node):
    yield node
    for child in node.get("childNodes", ()):
        yield from walk(child)


# --- the tests of the standard --------------------------------------------------------------

SVG = "http://www.w3.org/2000/svg"
NAMESPACES = {SVG: "svg", "http://www.w3.org/1998/Math/MathML": "math"}
PREFIXES = {
    "http://www.w3.org/1999/xlink": "xlink:",
    "http://www.w3.org/XML/1998/namespace": "xml:",
    "http://www.w3.org/2000/xmlns/": "xmlns:",
}


def expected(node):
    """Return a node of a test in the form of `outline`."""
    for leaf in ("doctype", "text", "comment"):
        if leaf in node:
            return (leaf, node[leaf])
    inner = []
    for child in node.get("children", ()):
        # The content of a template is recorded like children.
        of_child = child.get("children", ()) if "content" in child else [child]
        inner += map(expected, of_child)
    attributes = {
        PREFIXES.get(one.get("ns"), "") + one["name"]: one["value"] for one in node.get("attrs", ())
    }
    # Recorders write all names of elements in lower case, and players restore the case.
    name = node["tag"].lower() if "ns" in node else node["tag"]
    return (name, node.get("ns") == SVG, attributes, inner)


CHANGED = {
    # The standard has changed since these tests were written. The parser follows the standard.
    "a select may hold any element": {
        ("menuitem-element.dat", 13), ("tests1.dat", 29), ("tests1.dat", 101), ("tests10.dat", 3),
        ("tests10.dat", 4), ("tests10.dat", 16), ("tests10.dat", 17), ("tests7.dat", 30),
        ("tests9.dat", 4), ("tests9.dat", 5), ("tests9.dat", 17), ("tests9.dat", 18),
        ("tests_innerHTML_1.dat", 80), ("tests_innerHTML_1.dat", 81), ("webkit02.dat", 17),
    },
    "a menuitem is an element like any other": {
        ("menuitem-element.dat", 3), ("menuitem-element.dat", 4), ("menuitem-element.dat", 5),
    },
    "elements of HTML end foreign content in fragments too": {
        ("foreign-fragment.dat", 0), ("foreign-fragment.dat", 1), ("foreign-fragment.dat", 47),
        ("foreign-fragment.dat", 48),
    },
    "a question mark begins a processing instruction": {
        ("tests1.dat", 39), ("tests1.dat", 43), ("tests1.dat", 46),
    },
}  # fmt: skip


@pytest.fixture(scope="module")
def html5lib_tests():
    if not DATA.exists():
        pytest.skip("no html5lib tests here: run npm ci in tests/recorder")
    return json.loads(DATA.read_text("utf-8"))


def recorded(test):
    if "fragment" not in test:
        return page(test["data"])
    context = test["fragment"]
    inside = FragmentContext(context["name"], NAMESPACES.get(context.get("ns")))
    return page_of(JustHTML(test["data"], sanitize=False, fragment_context=inside).root)


def test_every_test_of_tree_construction_gives_its_own_tree(html5lib_tests):
    others, counted = [], 0
    for file, tests in html5lib_tests.items():
        for number, test in enumerate(tests):
            if test.get("script") == "off":  # where a recorder runs, scripting is on
                continue
            counted += 1
            own = [outline(child) for child in recorded(test)["childNodes"]]
            if own != [expected(child) for child in test["document"]["tree"]]:
                others.append((file, number))
    fragments = sum("fragment" in test for tests in html5lib_tests.values() for test in tests)
    total = sum(map(len, html5lib_tests.values()))
    print(f"{counted} of {total} tests, {fragments} of them fragments; {len(others)} changed since")
    assert (total, counted, fragments) == (1623, 1597, 176)
    assert sorted(others) == sorted(set().union(*CHANGED.values()))


def test_text_where_the_standard_has_changed_is_still_all_there(html5lib_tests):
    def text(tree):
        kind, inner = tree[0], tree[-1]
        return inner if kind == "text" else "".join(map(text, inner)) if type(inner) is list else ""

    for file, number in set().union(*CHANGED.values()):
        test = html5lib_tests[file][number]
        own = "".join(text(outline(child)) for child in recorded(test)["childNodes"])
        assert own.startswith("".join(text(expected(node)) for node in test["document"]["tree"]))


# --- our own --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("html", "quirks"),
    [
        ("<p>a", True),
        ("<!DOCTYPE html><p>a", False),
        ("<!DOCTYPE>", True),
        ('<!DOCTYPE html PUBLIC "-//W3C//DTD HTML 3.2//EN">', True),
        ('<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" "x">', False),
    ],
)
def test_quirks_mode_is_recorded(html, quirks):
    assert page(html).get("compatMode") == ("BackCompat" if quirks else None)


def test_a_doctype_is_recorded():
    document = page('<!DOCTYPE HTML PUBLIC "a" "b">')
    assert [outline(node)[0] for node in document["childNodes"]] == ["doctype", "html"]
    assert outline(document["childNodes"][0]) == ("doctype", 'html "a" "b"')


def test_ids_are_in_document_order():
    document = page("<!-- x --><!DOCTYPE html><p>a<b>b</b></p><template><i>c</i></template>d")
    assert [node["id"] for node in walk(document)] == list(range(1, 15))


def test_adjusted_names_keep_their_case():
    document = page(
        "<svg viewbox='0 0 1 1' preserveaspectratio=none xlink:href=#a xml:lang=en>"
        "<lineargradient gradientunits=x /><foreignobject><p viewbox=1>"
    )
    [svg, gradient, foreign, paragraph] = [n for n in walk(document) if n.get("tagName") in {"svg", "lineargradient", "foreignobject", "p"}]  # fmt: skip
    assert svg["attributes"] == {"viewBox": "0 0 1 1", "preserveAspectRatio": "none", "xlink:href": "#a", "xml:lang": "en"}  # fmt: skip
    assert gradient["attributes"] == {"gradientUnits": "x"}
    assert [node.get("isSVG") for node in (svg, gradient, foreign, paragraph)] == [True] * 3 + [
        None
    ]
    assert paragraph["attributes"] == {"viewbox": "1"}


def test_redaction_keeps_the_box_of_a_picture_in_a_page():
    once = redact_bytes(recording_from_html("<div class=sentry-unmask><svg viewbox='0 0 1 1'>"), Policy(show_media="svg"))  # fmt: skip
    assert b'"viewBox":"0 0 1 1"' in once


def test_what_is_in_noscript_is_text():
    document = page("<noscript><p title='Jane'>Roe</p></noscript>")
    assert [n["textContent"] for n in walk(document) if n["type"] == 3] == ["<p title='Jane'>Roe</p>"]  # fmt: skip


@pytest.mark.parametrize(
    "html", ["\0Jane", "Jane\0", "<p \0=\0>", "\ud800", "a\udfffb", "<\ud83d>"]
)
def test_odd_characters_are_no_error(html):
    recording = recording_from_html(html, url=f"https://a.example/{html}")
    recording.decode()
    assert find_leaks(redact_bytes(recording)) == []


def test_two_halves_of_a_character_are_joined():
    [text] = [n for n in walk(page("\ud83d\ude00\ude00")) if n["type"] == 3]
    assert text["textContent"] == "\U0001f600\ufffd"


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="the interpreter limits the C stack itself")
def test_a_page_is_read_whole_or_not_at_all():
    deepest = MAX_DEPTH - 4  # document, html, body, and the text
    [leak] = find_leaks(recording_from_html("<div>" * deepest + "Jane Roe"))
    assert leak.channel == "text"
    with pytest.raises(LimitError, match="5000 levels"):
        recording_from_html("<div>" * (deepest + 1) + "Jane Roe")


DEEP = pytest.param(
    "<i></p>",
    marks=pytest.mark.skipif(sys.version_info[:2] == (3, 12), reason="it reads 746 levels only"),
)


@pytest.mark.no_cover  # the same lines as in smaller tests
@pytest.mark.parametrize("unit", ["<table>x", "<p>x", "<li>", "<!--x-->", "<", "&", "\0", DEEP])
def test_a_large_page_takes_no_stack(unit):
    assert recording_from_html(unit * 4_000)


@pytest.mark.no_cover  # the same lines as in smaller tests
@pytest.mark.parametrize("unit", ["<div>", "<b>", "<ul><li>", "<svg>", "<template>", "<math><mi>"])
def test_a_page_without_end_is_too_deep(unit):
    with pytest.raises(LimitError, match="5000 levels"):
        recording_from_html(unit * 6_000)


@pytest.mark.parametrize("html", [b"<p>a</p>", bytearray(b"a"), None, 7])
def test_what_is_no_string_is_an_error(html):
    with pytest.raises(TypeError, match=r"html is a string, not .*: decode it first"):
        recording_from_html(html)
    with pytest.raises(TypeError, match="url is a string"):
        recording_from_html("", url=html)


def test_without_the_parser_the_error_names_the_extra(monkeypatch):
    monkeypatch.setitem(sys.modules, "justhtml", None)
    with pytest.raises(ImportError, match=r"pip install 'replay_redact\[testing\]'"):
        recording_from_html("<p>a</p>")
