"""Style sheets of real pages have the same rules after redaction, according to tinycss2."""

import gzip
import json
import re

import pytest
import tinycss2
from real_recordings import SHARED_FILES, needs_shared

from replay_redact import redact_bytes

NO_ELEMENTS = {r"ng\:form": "ng:form", "trc_pager_next": "", "pager_disabled": ""}
"""Type selectors of these pages that name no element of HTML, SVG or MathML."""

PAGES = [path for path in SHARED_FILES if path.parent.name == "pages"]


def sheets(value):
    """Yield the style sheets of a recording, in document order; not those inside of images."""
    if isinstance(value, list):
        for item in value:
            yield from sheets(item)
        return
    if not isinstance(value, dict) or value.get("tagName") == "svg":
        return
    css = value.get("attributes", {}).get("_cssText") if value.get("type") == 2 else None
    if isinstance(css, str):
        yield css
    if value.get("tagName") == "style":
        texts = [child.get("textContent", "") for child in value["childNodes"]]
        if any(texts):
            yield "".join(texts)
    for item in value.values():
        yield from sheets(item)


def rules(css):
    """Return what a browser makes of a sheet: rules with selectors, and what is declared in them."""
    parsed = tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True)
    return [entry for rule in parsed for entry in rule_entries(rule)]


def rule_entries(rule):
    if rule.type == "error":
        yield ("error", rule.kind)
        return
    name = rule.lower_at_keyword if rule.type == "at-rule" else "rule"
    yield (
        name,
        without_strings(rule.prelude),
        () if rule.content is None else properties(rule.content),
    )
    if name in {"media", "supports", "layer", "container"} and rule.content:
        for inner in tinycss2.parse_rule_list(
            rule.content, skip_comments=True, skip_whitespace=True
        ):
            yield from rule_entries(inner)


def without_strings(tokens):
    """Write tokens without the content of strings and addresses."""
    parts = []
    for token in tokens:
        if token.type in {"string", "url"}:
            parts.append("''")
        elif token.type in {"[] block", "() block", "function"}:
            inner = token.arguments if token.type == "function" else token.content
            parts.append(f"({without_strings(inner)})")
        elif token.type != "comment":
            parts.append(token.serialize())
    return "".join(parts).strip()


def crossed_out(rule):
    """Return a rule as it has to be if it names elements that no language of markup has."""
    if rule[0] == "error":
        return rule
    name, prelude, content = rule
    for word, value in NO_ELEMENTS.items():
        prelude = re.sub(rf"(?<![.\w#-]){re.escape(word)}", "×" * len(value or word), prelude)
    return name, prelude, content


def properties(content):
    parsed = tinycss2.parse_blocks_contents(content, skip_comments=True, skip_whitespace=True)
    return tuple(item.lower_name for item in parsed if item.type == "declaration")


@needs_shared
@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_rules_selectors_and_properties_are_those_of_the_page(path):
    raw = gzip.decompress(path.read_bytes())
    before = list(sheets(json.loads(raw)))
    after = list(sheets(json.loads(redact_bytes(raw))))
    assert len(after) == len(before)
    count = 0
    for one, other in zip(before, after, strict=True):
        expected, found = [*map(crossed_out, rules(one))], rules(other)
        assert found == expected
        count += len(expected)
    print(f"{path.name}: {len(before)} style sheets, {count} rules")
