"""Every list that a module writes out is pinned: a word more may show something, a word less may mask the page.

After a change that you mean: ``PYTHONPATH=. python tests/allowlists/test_pinned.py > tests/allowlists/pinned.txt``.
"""

import ast
import enum
import hashlib
import importlib
from pathlib import Path

import replay_redact

PACKAGE = Path(replay_redact.__file__).parent
PINNED = Path(__file__).parent / "pinned.txt"
FOLDERS = "_allowlists _css _engine _masks _metadata _page _rules _wire events policy".split()
LEAST = 3  # words that make a list


def written_out(value):
    """Tell whether an expression names several words."""
    words = [node.value for node in ast.walk(value) if isinstance(node, ast.Constant)]
    return sum(len(word.split()) for word in words if isinstance(word, str)) >= LEAST


def said(value):
    """Return what a table says, in an order of its own; functions in it say nothing here."""
    if isinstance(value, dict):
        return sorted((repr(key), said(inner)) for key, inner in value.items())
    if isinstance(value, set | frozenset):
        return sorted(map(repr, value))
    if isinstance(value, tuple | list):
        return [said(inner) for inner in value]
    return repr(value) if isinstance(value, str | int | bytes | enum.Enum) else ""


def pinned():
    """Yield a line for each list: its module, its name, how many it has and a digest."""
    for path in sorted(path for folder in FOLDERS for path in (PACKAGE / folder).rglob("*.py")):
        module = ".".join(["replay_redact", *path.relative_to(PACKAGE).with_suffix("").parts])
        for node in ast.parse(path.read_bytes()).body:
            if not isinstance(node, ast.Assign | ast.AnnAssign) or not written_out(node):
                continue
            target = node.targets[0] if isinstance(node, ast.Assign) else node.target
            name = getattr(target, "id", "__")
            value = getattr(importlib.import_module(module), name, None)
            if not name.startswith("__") and isinstance(
                value, dict | set | frozenset | tuple | list
            ):
                digest = hashlib.sha256(repr(said(value)).encode()).hexdigest()[:12]
                yield f"{module.removeprefix('replay_redact.')} {name} {len(value)} {digest}"


def test_lists_are_pinned():
    now, before = list(pinned()), PINNED.read_text("utf-8").splitlines()
    assert set(now) - set(before) == set() == set(before) - set(now)
    assert len(now) > 100


if __name__ == "__main__":
    print(*pinned(), sep="\n")
