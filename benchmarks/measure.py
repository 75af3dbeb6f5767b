"""What is measured: four sections, each a table of best times and of ratios between them.

Theory: machines differ and other programs run beside us, so every figure that
counts is a ratio of two times that one process measured in turns, and each time
is the best of several: whatever disturbs a run makes it slower, never faster.
The floor is what no redactor in Python can save: decoding the same bytes into
the typed model and encoding it again, with nothing masked.

Redaction remembers masked strings and shapes of elements for the life of the
process. "Warm" has redacted the very same bytes before; "cold" has compiled its
policy and remembers nothing, as with the first page of a site.
"""

from __future__ import annotations

import functools
import gc
import gzip
import math
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks import corpus, generate, peers
from replay_redact import Policy, Redactor, _css, _rules, decode, encode, redact_bytes
from replay_redact._scanner import scanner_of
from replay_redact.events import Event, FullSnapshot
from replay_redact.nodes import Document, Element, Node
from replay_redact.scrub import Scrub
from replay_redact.testing import find_leaks

Row = dict[str, str | float]

SAME_NODES = 100_000
"""Nodes behind one time: smaller pages are run several times, so that all sizes are as
likely to be disturbed."""

MUTATIONS_PAGE = 10_000
"""Nodes of the page that the mutation events are about."""

MUTATIONS = 50_000
"""Events of the mutation stream: some minutes of a busy page."""

SELECTORS = Policy(
    mask=[".title", ".author", "[data-private]", "[role=alert]", "#profile", "td.amount", "form p"],
    unmask=[".sentry-unmask", "nav", "footer", "button", ".menu a", "header h1", "ul.nav > li"],
    block=[".avatar", ".map", "[data-chart]", "#player", ".comments .user", "aside .ad > a"],
)
"""Twenty selectors of a user, by class, id, attribute, child and descendant."""


@dataclass(frozen=True)
class Options:
    """What the command line asked for."""

    recordings: Path
    sizes: list[int]
    repeat: int


@dataclass(frozen=True)
class Result:
    """The table of one section; ``headline`` is the ratio that ``--check`` judges."""

    note: str
    rows: list[Row]
    headline: float | None = None


@dataclass(frozen=True)
class Task:
    """What to time: ``run``, ``times`` times; ``prepare`` goes before each, untimed."""

    run: Callable[[], object]
    prepare: Callable[[], object] = field(default=lambda: None)
    times: int = 1


def best(tasks: list[Task], repeat: int) -> list[float]:
    """Return the best of ``repeat`` times of each task in seconds; the tasks take turns."""
    times = [[_time(task) for task in tasks] for _ in range(repeat)]
    return [min(column) for column in zip(*times, strict=True)]


def _time(task: Task) -> float:
    gc.collect()  # what the task before left behind is not this one's
    seconds = 0.0
    for _ in range(task.times):
        task.prepare()
        began = time.perf_counter()
        task.run()
        seconds += time.perf_counter() - began
    return seconds / task.times


def forget(policy: Policy) -> None:
    """Empty all caches of masked strings and shapes, and compile the policy anew."""
    for cache in _css.CACHES:
        cache.found.clear()
        cache._characters = 0
    _rules.compile_rules.cache_clear()
    _rules.compile_rules(policy)


def _each(function: Callable[[bytes], object], recordings: list[bytes]) -> Callable[[], None]:
    def run() -> None:
        for recording in recordings:
            function(recording)

    return run


def _floor(recording: bytes) -> bytes:
    return encode(decode(recording))


def _cold_and_warm(recordings: list[bytes], policy: Policy, times: int = 1) -> list[Task]:
    """Return two tasks in this order, so that the first fills the caches for the second."""
    redaction = _each(lambda recording: redact_bytes(recording, policy), recordings)
    return [Task(redaction, lambda: forget(policy), times), Task(redaction, times=times)]


def _row(name: str, seconds: float, floor: float, nodes: int, size: int) -> Row:
    return {
        "": name,
        "seconds": seconds,
        "ratio": seconds / floor,
        "ns per node": seconds / nodes * 1e9,
        "MB/s": size / seconds / 1e6,
    }


# --- the sections ---------------------------------------------------------------------


def pages(options: Options) -> Result | None:
    """Measure floor and redaction over all real pages, warm and cold."""
    recordings = _real_pages(options.recordings)
    if not recordings:
        return None
    floor, cold, warm = best(
        [Task(_each(_floor, recordings)), *_cold_and_warm(recordings, Policy())], options.repeat
    )
    nodes = sum(_count_nodes(event) for recording in recordings for event in decode(recording))
    size = sum(map(len, recordings))
    rows = [
        _row("floor", floor, floor, nodes, size),
        _row("redaction, cold", cold, floor, nodes, size),
        _row("redaction, warm", warm, floor, nodes, size),
    ]
    note = f"{len(recordings)} files, {size:,} bytes, {nodes:,} nodes; default policy"
    return Result(note, rows, headline=warm / floor)


def scaling(options: Options) -> Result:
    """Measure whether time per node depends on the size of the page, on generated ones."""
    rows = [_size(nodes, options.repeat) for nodes in options.sizes]
    columns = [name for name in rows[0] if name.endswith("ns per node")]
    spread: Row = {"": "slowest / fastest"}
    for name in columns:
        figures = [float(row[name]) for row in rows]
        spread[name] = max(figures) / min(figures)
    headline = float(spread["cold, ns per node"])
    note = "one generated page of each size, default policy; cold is what must stay flat"
    return Result(note, [*rows, spread], headline)


def _size(nodes: int, repeat: int) -> Row:
    recordings = [generate.page(nodes)]
    times = math.ceil(SAME_NODES / nodes)
    floor, cold, warm = best(
        [
            Task(_each(_floor, recordings), times=times),
            *_cold_and_warm(recordings, Policy(), times),
        ],
        repeat,
    )
    return {
        "": f"{nodes:,} nodes",
        "bytes": len(recordings[0]),
        "floor, ns per node": floor / nodes * 1e9,
        "cold, ns per node": cold / nodes * 1e9,
        "warm, ns per node": warm / nodes * 1e9,
        "cold ratio": cold / floor,
        "warm ratio": warm / floor,
    }


def policies(options: Options) -> Result:
    """Measure a policy with many selectors beside the default policy, on the same pages."""
    recordings = _real_pages(options.recordings) or [generate.page(SAME_NODES)]
    default, selectors = (_cold_and_warm(recordings, policy) for policy in (Policy(), SELECTORS))
    times = best([*default, *selectors], options.repeat)
    rows: list[Row] = [
        {
            "": name,
            "default, seconds": times[at],
            "20 selectors, seconds": times[at + 2],
            "ratio": times[at + 2] / times[at],
        }
        for at, name in enumerate(("cold", "warm"))
    ]
    return Result(f"{len(recordings)} recordings, {sum(map(len, recordings)):,} bytes", rows)


def verifier(options: Options) -> Result:
    """Measure `find_leaks` beside a redaction of the same pages, private and not."""
    leaking = _real_pages(options.recordings) or [generate.page(SAME_NODES)]
    sets = {"private": [redact_bytes(page) for page in leaking], "full of leaks": leaking}
    rows: list[Row] = []
    for name, recordings in sets.items():
        search = _each(find_leaks, recordings)
        searches = [Task(search, lambda: forget(Policy())), Task(search)]
        cold, warm, cold_search, warm_search = best(
            [*_cold_and_warm(recordings, Policy()), *searches], options.repeat
        )
        rows += [
            {
                "": f"{name}, {state}",
                "redaction, s": base,
                "verifier, s": found,
                "ratio": found / base,
            }
            for state, base, found in (("cold", cold, cold_search), ("warm", warm, warm_search))
        ]
    found = sum(len(find_leaks(recording)) for recording in leaking)
    return Result(f"{len(leaking)} recordings, before ({found:,} leaks) and after redaction", rows)


def scrubbing(options: Options) -> Result:
    """Measure the scanner on log-like strings: what it finds, what it alters, how fast."""
    lines = corpus.lines()
    texts = [line.text for line in lines]
    size = sum(len(text.encode()) for text in texts)
    scanner = scanner_of(Scrub.default())
    tools: dict[str, Callable[[list[str]], list[str]]] = {"replay_redact": scanner.strings}
    relay = peers.relay()
    if relay is not None:
        tools["sentry_relay"] = relay
    tasks = [Task(functools.partial(tool, texts)) for tool in tools.values()]
    rows: list[Row] = []
    for (name, tool), seconds in zip(tools.items(), best(tasks, options.repeat), strict=True):
        found, kinds, altered, benign = _judge(lines, tool(texts))
        rows.append(
            {
                "": name,
                "MB/s": size / seconds / 1e6,
                "kinds found, 99 %": sum(kind >= 0.99 for kind in kinds.values()),
                "secrets found": f"{found:.1%}",
                "benign altered": f"{altered} of {benign:,}",
            }
        )
    note = f"{len(texts):,} strings, {size:,} bytes, {len(kinds)} kinds of secrets"
    absent = "" if relay else "; sentry_relay is not installed"
    return Result(note + absent, rows)


def _judge(lines: list[corpus.Line], clean: list[str]) -> tuple[float, dict[str, float], int, int]:
    """Return the share of secrets found, of each kind, and benign strings altered, of how many."""
    found: dict[str, list[bool]] = {}
    altered = benign = 0
    for line, text in zip(lines, clean, strict=True):
        if line.kind:
            found.setdefault(line.kind, []).append(line.secret not in text)
        else:
            benign += 1
            altered += line.text != text
    kinds = {kind: sum(hits) / len(hits) for kind, hits in found.items()}
    hits = [hit for kind in found.values() for hit in kind]
    return sum(hits) / len(hits), kinds, altered, benign


def mutations(options: Options) -> Result:
    """Measure a stream of small mutations after a snapshot."""
    page = generate.page(MUTATIONS_PAGE)
    stream = generate.mutations(page, MUTATIONS)
    replay = _Replay(page, stream)
    floor, alone, whole = best(
        [
            Task(lambda: _floor(stream)),
            Task(replay.process, replay.prepare),
            Task(replay.decode_process_encode, replay.prepare),
        ],
        options.repeat,
    )
    named = {
        "floor": floor,
        "process_own": alone,
        "decode, process_own, encode": whole,
    }
    rows: list[Row] = [
        {
            "": name,
            "seconds": seconds,
            "ratio": seconds / floor,
            "events per second": MUTATIONS / seconds,
        }
        for name, seconds in named.items()
    ]
    note = f"{MUTATIONS:,} events, {len(stream):,} bytes, on a page of {MUTATIONS_PAGE:,} nodes"
    return Result(note, rows)


class _Replay:
    """A redactor that has seen the page, and the events that follow; new ones each time."""

    def __init__(self, page: bytes, stream: bytes) -> None:
        self.page = page
        self.stream = stream
        self.prepare()

    def prepare(self) -> None:
        self.redactor = Redactor()
        self.redactor.process_bytes(self.page)
        self.events = decode(self.stream)

    def process(self) -> list[Event]:
        masked = map(self.redactor.process_own, self.events)
        return [event for event in masked if event is not None]

    def decode_process_encode(self) -> bytes:
        self.events = decode(self.stream)
        return encode(self.process())


SECTIONS: dict[str, Callable[[Options], Result | None]] = {
    "pages": pages,
    "scaling": scaling,
    "policies": policies,
    "mutations": mutations,
    "verifier": verifier,
    "scrub": scrubbing,
}
"""The sections by name; one that returns ``None`` lacks the recordings it needs."""


# --- recordings -----------------------------------------------------------------------


def _real_pages(folder: Path) -> list[bytes]:
    return [gzip.decompress(path.read_bytes()) for path in sorted(folder.glob("*.raw.json.gz"))]


def _count_nodes(event: Event) -> int:
    return sum(1 for _ in _nodes(event.data.node)) if isinstance(event, FullSnapshot) else 0


def _nodes(root: Node) -> Iterator[Node]:
    todo = [root]
    while todo:
        node = todo.pop()
        yield node
        if isinstance(node, Element | Document):
            todo += node.child_nodes
