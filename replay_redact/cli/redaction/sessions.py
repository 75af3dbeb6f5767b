"""Tell which files are which segments of which session, and where their outputs go.

A template such as ``{session}/{number}.*`` tells segments by their names. A file that does not fit
it is a recording of its own. That masks more, never less, so it is the choice in doubt.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from replay_redact.cli.files import STANDARD, UsageError, targets
from replay_redact.cli.sources import sources_of

DEFAULT_LAYOUT = "{session}/{number}.*"

_PARTS = re.compile(r"\{session\}|\{number\}|\*|[^{}*]+")
_PATTERNS = {"{session}": "(?P<session>.+)", "{number}": "(?P<number>[0-9]+)", "*": "([^/]*)"}


class Segment(NamedTuple):
    """A file, where its output goes, and its number in its session, if it has one."""

    source: str
    target: str
    number: int | None = None


Session = tuple[Segment, ...]


class Layout:
    """A template of names.

    >>> Layout("{session}/{number}.*").place("shop/7f3a/12.json.gz")
    (('shop/7f3a', 'json.gz'), 12)
    """

    def __init__(self, template: str) -> None:
        parts = _PARTS.findall(template)
        if "".join(parts) != template or parts.count("{session}") != 1:
            raise UsageError(f"--layout {template}: write it like {DEFAULT_LAYOUT}")
        if parts.count("{number}") > 1 or "{session}{number}" in template:
            raise UsageError(f"--layout {template}: put a character between the two fields")
        self._pattern = re.compile("".join(_PATTERNS.get(part, re.escape(part)) for part in parts))
        self._is_numbered = "{number}" in parts

    def place(self, name: str) -> tuple[tuple[str, ...], int] | None:
        """Return what all names of a session share, and the number; ``None`` for other names."""
        found = self._pattern.fullmatch(name) if self._is_numbered else None
        if found is None:
            return None
        span = found.span("number")
        shared = [text for at, text in enumerate(found.groups(), 1) if found.span(at) != span]
        return tuple(shared), int(found["number"])


def sessions_of(inputs: list[str], output: str | None, layout: str | None) -> list[Session]:
    """Return the sessions of all inputs, in the order given, with where their outputs go.

    The output of a folder is a folder with the same tree. Raises `UsageError` if two outputs would
    have one name, or if an output would overwrite an input.
    """
    if not any(one != STANDARD and Path(one).is_dir() for one in inputs):
        return [(Segment(*pair),) for pair in targets(inputs, output)]
    if output is None or output == STANDARD:
        raise UsageError("the output of a folder is a folder: use -o DIR")
    if STANDARD in inputs:
        raise UsageError("standard input has no file name for a directory: use -o FILE")
    template = Layout(layout or DEFAULT_LAYOUT)
    found: list[Session] = []
    for one in inputs:
        place = Path(output) if len(inputs) == 1 else Path(output, Path(one).name)
        if Path(one).is_dir():
            names = _names_below(one, Path(output))
            found += _grouped(names, template, Path(one), place, sure=layout is not None)
        else:
            found.append((Segment(one, str(place)),))
    _check_targets(found)
    for folder in {Path(segment.target).parent for session in found for segment in session}:
        folder.mkdir(parents=True, exist_ok=True)
    return found


def _names_below(folder: str, output: Path) -> list[str]:
    """Return the names of the files below a folder, except outputs."""
    root, out = Path(folder).resolve(), output.resolve()
    if root == out:
        raise UsageError(f"{folder}: the output would overwrite it")
    found = [Path(name) for name in sources_of([folder])]
    if root in out.parents:
        found = [name for name in found if out not in name.resolve().parents]
    return [name.relative_to(folder).as_posix() for name in found]


def _grouped(
    names: Iterable[str], layout: Layout, root: Path, place: Path, *, sure: bool
) -> Iterator[Session]:
    """Yield sessions in the order of their first names; within one, by number."""
    groups: defaultdict[tuple[object, ...], list[Segment]] = defaultdict(list)
    for name in names:
        source, target = str(root / name), str(place / name)
        found = layout.place(name)
        if found is None:
            groups["file", name].append(Segment(source, target))
        else:
            groups["session", *found[0]].append(Segment(source, target, found[1]))
    for segments in groups.values():
        yield from _session(segments, sure=sure)


def _session(segments: list[Segment], *, sure: bool) -> Iterator[Session]:
    """Yield a session; or its files one by one, if there is no number 0 and no ``--layout``.

    Such files may be recordings whose names happen to be numbers.
    """
    numbers = [segment.number for segment in segments]
    if len(set(numbers)) != len(numbers):
        raise UsageError(f"{segments[0].source}: another file of this folder has the same number")
    if sure or numbers == [None] or 0 in numbers:
        yield tuple(sorted(segments, key=lambda segment: segment.number or 0))
    else:
        yield from ((segment._replace(number=None),) for segment in segments)


def _check_targets(sessions: list[Session]) -> None:
    segments = [segment for session in sessions for segment in session]
    outputs = [Path(segment.target).resolve() for segment in segments]
    if len(set(outputs)) != len(outputs):
        raise UsageError("two inputs have the same file name: redact them one by one")
    inputs = {Path(segment.source).resolve() for segment in segments}
    taken = next((path for path in outputs if path in inputs), None)
    if taken is not None:
        raise UsageError(f"the output would overwrite {taken}")
