"""A field that is added to the model is masked by its declaration."""

from typing import Annotated, Any

import msgspec
import pytest
from msgspec import UNSET, UnsetType

from replay_redact import Policy
from replay_redact._engine.by_role import mask_by_role
from replay_redact._engine.handlers import Strict
from replay_redact.events import FullSnapshot, FullSnapshotData
from replay_redact.nodes import Document, Element, Model, Role
from replay_redact.report import Report


class Inner(Model, kw_only=True):
    text: Annotated[str, Role.TEXT] | None


class Everything(Model, kw_only=True):
    """One field for each role that a new source could have."""

    id: int | UnsetType = UNSET
    count: int = 7
    name: Annotated[str, Role.STRUCTURE] = "x-card"
    entered: Annotated[str, Role.INPUT] = "Jane"
    address: Annotated[str, Role.URL] = "https://a.example/jane"
    sheet: Annotated[str, Role.CSS] = "a::after{content:'Jane'}"
    payload: Annotated[Any, Role.METADATA] = None
    window: Annotated[str, Role.WINDOW] = "tab"
    bytes: Annotated[str, Role.DROPPED] = "Jane"
    items: list[Inner] = msgspec.field(default_factory=list)
    inner: Inner | UnsetType = UNSET


def strict():
    engine = Strict.of(Policy(), Report())
    blocked = Element(id=2, tag_name="p", attributes={"class": "rr-block"})
    page = FullSnapshotData(node=Document(id=1, child_nodes=[blocked]))
    engine.visitor.snapshot(FullSnapshot(timestamp=1, data=page).data.node)
    return engine


def test_each_string_is_masked_by_its_role():
    data = Everything(payload=["Jane", 41], items=[Inner(text="Jane"), Inner(text=None)], inner=Inner(text="Roe"))  # fmt: skip
    assert mask_by_role(strict(), data)
    assert data == Everything(
        entered="****", address="https://a.example/****", sheet="a::after{content:'****'}", payload=["****", 0],
        bytes="", items=[Inner(text="****"), Inner(text=None)], inner=Inner(text="***"),
    )  # fmt: skip


@pytest.mark.parametrize(("name", "shown"), [("my-menu", "my-menu"), ("Jane Roe", "**** ***"), ("n-4711123", "n-0000000")])  # fmt: skip
def test_a_name_stays_if_it_has_the_form_of_one(name, shown):
    data = Everything(name=name)
    mask_by_role(strict(), data)
    assert data.name == shown


@pytest.mark.parametrize(("node", "passes"), [(1, True), (2, False), (UNSET, True)])
def test_what_is_said_of_a_blocked_node_is_dropped(node, passes):
    assert mask_by_role(strict(), Everything(id=node)) is passes
