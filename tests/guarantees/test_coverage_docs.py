"""The page about every field matches the model, and the table of known leaks the records."""

import re
from pathlib import Path

import msgspec
from regressions import (
    test_known_attribute_leaks,
    test_known_input_leaks,
    test_known_media_and_style_leaks,
    test_known_metadata_leaks,
    test_known_text_leaks,
)
from test_census import models

from replay_redact.nodes import Node

PAGE = (Path(__file__).parents[2] / "docs" / "rrweb-coverage.md").read_text("utf-8")
RECORDS = [test_known_attribute_leaks, test_known_input_leaks, test_known_media_and_style_leaks,
           test_known_metadata_leaks, test_known_text_leaks]  # fmt: skip
KNOWN = range(1, 113)
OF_EVERY_NODE = {"id", "rootId", "isShadow", "isShadowHost"}
OF_EVERY_EVENT = {"timestamp", "delay", "sessionId", "windowId"}


def rows():
    """Return the pairs of model and field that have a row on the page."""
    found = set()
    for line in PAGE.splitlines():
        cells = [re.findall(r"`([^`]+)`", cell) for cell in line.split("|")[1:3]]
        if line.startswith("|") and len(cells) == 2:
            found |= {(model, field) for model in cells[0] for field in cells[1]}
    return found


def fields():
    """Return the pairs of model and field that are on the wire."""
    nodes = set(Node.__args__)
    for model in models():
        names = {field.encode_name for field in msgspec.structs.fields(model)}
        common = (
            OF_EVERY_NODE if model in nodes else OF_EVERY_EVENT if "timestamp" in names else set()
        )
        yield from ((model.__name__, name) for name in names - common)


def test_every_field_has_a_row_and_every_row_a_field():
    documented = {(model, field) for model, field in rows() if model[:1].isupper()}
    documented -= {("Unreadable", "")}
    assert documented - {("AssetData", "timestamp")} == set(fields()) - {("AssetData", "timestamp")}


def test_every_known_leak_has_a_record_or_a_reason():
    recorded = {leak.number for module in RECORDS for leak in module.LEAKS}
    named = {
        int(name[6:9]) for name in vars(test_known_metadata_leaks) if name.startswith("test_l")
    }
    reasons = {int(number) for number in re.findall(r"^\| (\d+) \|", PAGE, re.MULTILINE)}
    assert not (recorded | named) & reasons
    assert recorded | named | reasons == set(KNOWN)
