"""The JSON Schema of policy files, with which editors complete and check them."""

from __future__ import annotations

import dataclasses
import inspect
import re
from collections.abc import Callable
from typing import Any

from replay_redact.policy.fields import OPTIONS
from replay_redact.policy.options import Option
from replay_redact.policy.page_entries import MOST_PAGES
from replay_redact.policy.policies import Policy
from replay_redact.scrub.config import METHODS, Scrub, ScrubRule, detectors

_BULLET = re.compile(r"^\* (``[^:]*): (.*(?:\n  .*)*)", re.MULTILINE)
_NAME = re.compile(r"``(\w+)``")


def schema() -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) of the TOML files that `Policy.from_toml` reads.

    >>> schema()["properties"]["hide_length"]["type"]
    'boolean'
    """
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Policy of replay_redact",
        "type": "object",
        "additionalProperties": False,
        "properties": {
            name: {"description": option.meaning, **_OF_KIND[option.kind](name, option)}
            for name, option in OPTIONS.items()
            if option.kind != "function"
        },
    }


def _pages(_name: str, _option: Option) -> dict[str, Any]:
    """Return what an entry may have: all options that may differ by page, without defaults."""
    properties: dict[str, Any] = {
        "url": {"description": "which addresses, such as /admin/**", "type": "string"},
        "drop": {"description": "leave out all that is recorded there", "type": "boolean"},
    }
    for name, option in OPTIONS.items():
        if option.by_page:
            properties[name] = _OF_KIND[option.kind](name, option)
            del properties[name]["default"]
    page = {
        "type": "object",
        "additionalProperties": False,
        "required": ["url"],
        "properties": properties,
    }
    return {"type": "array", "maxItems": MOST_PAGES, "items": page}


def meanings_of(documented: type) -> dict[str, str]:
    """Return what the docstring of a class says of each option, by name.

    >>> meanings_of(ScrubRule)["detector"][:22]
    'the name of a detector'
    """
    found = _BULLET.findall(inspect.getdoc(documented) or "")
    return {
        name: " ".join(text.replace("``", "`").split())
        for names, text in found
        for name in _NAME.findall(names)
    }


def _flag(name: str, _option: Option) -> dict[str, Any]:
    return {"type": "boolean", "default": getattr(Policy(), name)}


def _strings(name: str, _option: Option) -> dict[str, Any]:
    several = {"type": "array", "items": {"type": "string"}}
    default = list(getattr(Policy(), name))
    return {"anyOf": [{"type": "string"}, several], "default": default}


def _words(name: str, option: Option) -> dict[str, Any]:
    strings = _strings(name, option)
    file = {
        "type": "object",
        "additionalProperties": False,
        "required": ["file"],
        "properties": {"file": {"type": "string"}},
    }
    return strings | {"anyOf": [*strings["anyOf"], file]}


def _choice(name: str, option: Option) -> dict[str, Any]:
    return {"enum": list(option.words), "default": getattr(Policy(), name)}


def _character(name: str, _option: Option) -> dict[str, Any]:
    return {"type": "string", "minLength": 1, "maxLength": 1, "default": getattr(Policy(), name)}


def _scrub(_name: str, _option: Option) -> dict[str, Any]:
    rules = meanings_of(ScrubRule)
    fields: dict[str, dict[str, Any]] = {
        field.name: {"type": "string"} for field in dataclasses.fields(ScrubRule)
    }
    fields["detector"] = {"enum": list(detectors())}
    fields["method"] = {"enum": list(METHODS)}
    described = {name: {"description": rules.get(name, ""), **own} for name, own in fields.items()}
    rule = {"type": "object", "additionalProperties": False, "properties": described}
    keys = {"type": "array", "items": {"type": "string"}}
    return {
        "type": "object",
        "additionalProperties": False,
        "properties": {
            "preset": {"enum": list(Scrub.PRESETS)},
            "rules": {"type": "array", "items": rule},
            "keys": {"description": meanings_of(Scrub).get("keys", ""), **keys},
            "hash_key": {"description": meanings_of(Scrub).get("hash_key", ""), "type": "string"},
        },
    }


_OF_KIND: dict[str, Callable[[str, Option], dict[str, Any]]] = {
    "flag": _flag,
    "selectors": _strings,
    "strings": _strings,
    "attributes": _strings,
    "choice": _choice,
    "character": _character,
    "words": _words,
    "scrub": _scrub,
    "pages": _pages,
}
