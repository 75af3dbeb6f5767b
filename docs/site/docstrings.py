"""Makes Markdown of docstrings, for the reference: examples become code, and names become links.

mkdocstrings loads this as an extension of its parser, see mkdocs.yml.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator, Mapping
from typing import Any

import griffe

from replay_redact import Policy

_EXAMPLE = re.compile(r"^>>> .*(?:\n(?!\s*$).*)*", re.MULTILINE)
"""An example with what it prints, up to an empty line. Markdown takes it for nested quotations."""

_NAME = re.compile(r"(?<![`\w\[])`([A-Za-z_]\w*)`(?!`)")
"""A name between single backquotes, as docstrings mark those of the package."""


class Docstrings(griffe.Extension):
    """Rewrites every docstring of a package."""

    def on_package(self, *, pkg: griffe.Module, **_: Any) -> None:
        """Rewrite the docstrings, once all modules are read."""
        paths = public_paths(pkg)
        pkg["policy.policies.Policy"].docstring.value = inspect.getdoc(Policy)  # made at run time
        for obj in _objects(pkg):
            if obj.docstring:
                obj.docstring.value = markdown(obj.docstring.value, paths)
            elif obj.is_function and obj.name.startswith("__"):
                obj.public = False  # a special method that has nothing to say


def markdown(docstring: str, paths: Mapping[str, str]) -> str:
    """Return a docstring with fences around its examples, and with links from public names.

    >>> markdown("See `add` and `minus`.", {"add": "sums.add"})
    'See [`add`][sums.add] and `minus`.'
    """
    linked = _NAME.sub(lambda name: _link(name[0], paths.get(name[1])), docstring)
    return _EXAMPLE.sub(lambda example: f"```pycon\n{example[0]}\n```", linked)


def _link(code: str, path: str | None) -> str:
    return f"[{code}][{path}]" if path else code


def public_paths(package: griffe.Module) -> dict[str, str]:
    """Return the path of each public name. That of the package itself wins."""
    modules = [m for m in _objects(package) if m.is_module and m.exports and m.is_public]
    return {
        str(name): f"{module.path}.{name}"
        for module in sorted(modules, key=lambda module: -module.path.count("."))
        if module.path.count(".") <= 1
        for name in module.exports or ()
    }


def _objects(root: griffe.Object) -> Iterator[griffe.Object]:
    """Yield all that a package defines; what is imported is yielded where it is defined."""
    waiting: list[griffe.Object] = [root]
    while waiting:
        obj = waiting.pop()
        yield obj
        waiting += [member for member in obj.members.values() if isinstance(member, griffe.Object)]
