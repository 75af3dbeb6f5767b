"""The benchmarks measure what they say. No test here depends on a time."""

import dataclasses
import gc
import json
import math
import subprocess
import sys

import pytest
from helpers import engine_of

from benchmarks import __main__ as command
from benchmarks import (
    checking,
    child,
    comparison,
    events,
    generate,
    measure,
    memory,
    mutations,
    phases,
    policies,
    scaling,
    sentry_events,
    streams,
    timing,
    verifier,
)
from benchmarks.pages import _count_nodes
from benchmarks.peers import programs
from benchmarks.peers import relay as relay_peer
from benchmarks.results import Bar, Options, Result, Skipped
from benchmarks.tables import bar_row, figures
from replay_redact import Policy, Redactor, Scrubber, decode, encode, redact_bytes
from replay_redact._runtime.cache import StringCache
from replay_redact.events import Unreadable

# What benchmarks run, others test.
pytestmark = pytest.mark.no_cover

# --- generators -----------------------------------------------------------------------


def readable(recording):
    events = decode(recording)
    assert not any(isinstance(event, Unreadable) for event in events)
    return events


@pytest.mark.parametrize("kind", generate.KINDS)
@pytest.mark.parametrize("nodes", [100, 3_000])
def test_a_page_has_as_many_nodes_as_asked_and_the_same_bytes_every_time(kind, nodes):
    page = generate.page(nodes, kind)
    assert sum(map(_count_nodes, readable(page))) == nodes
    assert generate.page(nodes, kind) == page
    assert generate.page(nodes, kind, seed=2) != page


@pytest.mark.parametrize("kind", generate.KINDS)
def test_a_page_holds_something_to_redact(kind):
    page = generate.page(2_000, kind)
    assert redact_bytes(page) != encode(decode(page))


def test_kinds_are_what_they_are_called():
    pages = {kind: generate.page(3_000, kind) for kind in generate.KINDS}
    most = {
        "text-heavy": len,
        "attribute-heavy": lambda page: page.count(b'":"'),
        "css-heavy": lambda page: page.count(b"_cssText"),
        "form-heavy": lambda page: page.count(b'"tagName":"input"'),
        "deep": depth,
    }
    for kind, measure_of in most.items():
        assert max(pages, key=lambda name: measure_of(pages[name])) == kind
    assert depth(pages["wide"]) == 4


def depth(recording):
    todo, deepest = [(decode(recording)[-1].data.node, 1)], 0
    while todo:
        node, level = todo.pop()
        deepest = max(deepest, level)
        todo += [(below, level + 1) for below in getattr(node, "child_nodes", ())]
    return deepest


@pytest.mark.parametrize("make", streams.STREAMS.values(), ids=streams.STREAMS)
def test_a_stream_has_as_many_events_as_asked_and_the_same_bytes_every_time(make):
    page = generate.page(300)
    stream = make(page, 500)
    assert len(readable(stream)) == 500
    assert make(page, 500) == stream


def test_events_of_a_stream_pass_the_redactor():
    page = generate.page(300)
    for make in streams.STREAMS.values():
        redactor = Redactor()
        redactor.process_bytes(page)
        assert len(json.loads(redactor.process_bytes(make(page, 500)))) > 450


def test_a_long_stream_leaves_the_page_as_large_as_it_was():
    page = generate.page(200)
    redactor = Redactor()
    redactor.process_bytes(page)
    sizes = []
    for segment in streams.segments(page, 40, 500):
        redactor.process_bytes(segment)
        sizes.append(len(engine_of(redactor).mirror.parents))
    assert max(sizes) <= 200 + 2 * streams._ALIVE
    assert max(sizes[20:]) <= max(sizes[:20]) * 1.1


def texts_of(event):
    """Return what an event says, but for what one application says again and again."""
    if isinstance(event, dict):
        return {text for value in event.values() for text in texts_of(value)}
    if isinstance(event, list):
        return {text for value in event for text in texts_of(value)}
    return {event} if isinstance(event, str | float) else set()


@pytest.mark.parametrize("kind", sentry_events.KINDS)
def test_events_are_the_same_every_time_and_have_little_in_common(kind):
    first, second = sentry_events.events(kind, 2, seed=1)
    assert sentry_events.events(kind, 2, seed=1) == [first, second]
    assert sentry_events.events(kind, 1, seed=2) != [first]
    assert len(texts_of(first) & texts_of(second)) < len(texts_of(first)) / 3 + 20


@pytest.mark.parametrize("kind", sentry_events.KINDS)
def test_events_hold_something_to_scrub(kind):
    (event,) = sentry_events.events(kind, 1, seed=1)
    scrubber = Scrubber.from_sentry_options(scrub_ip_addresses=True)
    assert scrubber.event(event) != event


@pytest.mark.usefixtures("no_collector")
def test_events_are_measured_beside_relay(monkeypatch):
    pytest.importorskip("sentry_relay")
    monkeypatch.setattr(events, "CALLS", 1)
    result = events.events(Options(None, [], 1))
    assert [bar.figure > 0 for bar in result.bars] == [True] * len(sentry_events.KINDS)


def test_events_are_not_measured_without_relay(monkeypatch):
    monkeypatch.setattr(relay_peer, "_processing", lambda: None)
    assert events.events(Options(None, [], 1)) == Skipped("sentry_relay is not installed")


# --- what is timed --------------------------------------------------------------------


def test_a_clock_times_the_run_and_not_what_comes_before(monkeypatch):
    spent = [0.0]

    def spend(seconds):
        spent[0] += seconds

    monkeypatch.setattr(timing.time, "process_time", lambda: spent[0])

    clock = timing.clock(lambda: spend(2), lambda: spend(100), times=3)
    assert clock() == 2


@pytest.fixture
def no_collector(monkeypatch):
    """Leave garbage where it is: beside all tests of a process, collecting takes a second."""
    monkeypatch.setattr(timing, "_collected", lambda each: each())


@pytest.mark.usefixtures("no_collector")
def test_the_best_of_times_taken_in_turns_counts_but_for_the_first_round():
    first, second, order = iter([0.5, 3.0, 1.0, 2.0]), iter([0.5, 5.0, 6.0, 4.0]), []
    clocks = [lambda: order.append(1) or next(first), lambda: order.append(2) or next(second)]
    assert timing.best(clocks, 3) == [1.0, 4.0]
    assert order == [1, 2] * 4


def filled():
    return {id(thing) for thing in gc.get_objects() if type(thing) is StringCache and thing.found}


def forget():
    timing.forget(Policy())
    gc.collect()


def test_nothing_is_remembered_when_cold():
    forget()
    of_other_tests = filled()  # policies keep their own rules
    redact_bytes(generate.page(500, "css-heavy"))
    assert filled() - of_other_tests
    forget()
    assert filled() - of_other_tests == set()


def test_what_stays_compiled_is_a_function_of_the_package():
    package = [module for name, module in sys.modules.items() if name.startswith("replay_redact.")]
    assert [name for name in timing.COMPILED if not any(hasattr(m, name) for m in package)] == []


# --- bars and tables ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("bar", "held", "limit"),
    [
        (Bar("x", 2.0, 2.0), True, "at most 2.00"),
        (Bar("x", 2.001, 2.0), False, "at most 2.00"),
        (Bar("x", 1.2, 1.2, at_least=True), True, "at least 1.20"),
        (Bar("x", 1.199, 1.2, at_least=True), False, "at least 1.20"),
        (Bar("x", math.nan, 2.0), False, "at most 2.00"),
        (Bar("x", math.nan, 2.0, at_least=True), False, "at least 2.00"),
    ],
)
def test_a_bar_is_held_up_to_its_limit(bar, held, limit):
    assert bar.held is held
    assert bar_row(bar)["limit"] == limit


@pytest.mark.parametrize(
    ("series", "growth"), [([1, 1, 1], 1), ([1, 2, 4], 4), ([4, 2, 1], 1), ([3, 2, 5, 4], 2.5)]
)
def test_growth_is_the_worst_rise(series, growth):
    assert scaling._growth(series) == growth


def run(capsys, *arguments):
    code = command.main(list(arguments))
    return code, capsys.readouterr().out


@pytest.fixture
def fake(monkeypatch):
    """Replace all sections by two: one with a limit of 2, and one that is skipped."""

    def put(figure):
        rows = [{"": "floor", "seconds": figure, "said": "yes"}]
        result = Result("a note", rows, [Bar("ratio", figure, 2.0)])
        sections = {"good": lambda _: result, "absent": lambda _: Skipped("it is not here")}
        monkeypatch.setattr(command, "SECTIONS", sections)

    return put


def test_only_check_makes_a_figure_beyond_its_limit_an_error(fake, capsys):
    fake(2.5)
    assert run(capsys)[0] == 0
    code, printed = run(capsys, "--check")
    assert code == 1
    assert "| ratio |   2.50 | at most 2.00 |   NO |" in printed
    fake(1.5)
    code, printed = run(capsys, "--check")
    assert code == 0
    assert "| ratio |   1.50 | at most 2.00 |  yes |" in printed


def test_a_skipped_section_says_why(fake, capsys):
    fake(1.5)
    assert "skipped, and its limits not checked: it is not here" in run(capsys)[1]


def test_two_runs_are_compared(fake, capsys, tmp_path):
    old, new = tmp_path / "old.json", tmp_path / "new.json"
    fake(2.0)
    run(capsys, "--json", str(old))
    fake(1.5)
    run(capsys, "--json", str(new))
    code, printed = run(capsys, "--compare", str(old), str(new))
    assert code == 0
    assert "| good: floor: seconds | 2.00 | 1.50 |    0.7500 |" in printed
    assert len(printed.splitlines()) == 4


def test_words_in_a_table_are_no_figures():
    result = Result("", [{"": "floor", "seconds": 0.5, "found": "98 %"}])
    assert figures({"pages": dataclasses.asdict(result)}) == {"pages: floor: seconds": 0.5}


# --- sections, small ------------------------------------------------------------------

QUICK = [
    "pages",
    "phases",
    "scaling",
    "policies",
    "mutations",
    "memory",
    "stream",
    "peers",
    "verifier",
    "check",
]
SMALL = {
    "RECORDINGS": 12,
    "SAME_KIND": 200,
    "SAME_NODES": 1_000,
    "PAGE_NODES": 300,
    "EVENTS": 200,
    "SEGMENTS": 10,
    "SEGMENT_EVENTS": 50,
}


@pytest.fixture
def little_to_collect():
    """Freeze what the suite has made so far, so that no collection walks it before each time."""
    gc.freeze()
    yield
    gc.unfreeze()


DIFFERENCES = ["less", "growth"]
"""Words in the names of figures that may be below zero."""
OF_PEAKS = ["after", "redaction, bytes", "/ input"]
"""Words in the names of figures that may be zero: so little work may fit into the memory that the
import has had and given back, and then no peak lies above the import's."""


def may_be(name, number):
    """Tell whether a figure of this name may have this value."""
    if any(word in name for word in DIFFERENCES):
        return math.isfinite(number)
    if any(word in name for word in OF_PEAKS):
        return 0 <= number < math.inf
    return 0 < number < math.inf


@pytest.mark.usefixtures("little_to_collect")
@pytest.mark.parametrize("section", QUICK)
def test_a_section_measures(section, capsys, tmp_path, monkeypatch):
    """Run on tiny pages, without real ones. The figures mean nothing."""
    if section == "memory":  # two processes for each kind
        two = dict(list(generate.KINDS.items())[:2])
        monkeypatch.setattr(generate, "KINDS", two | {"mixed": generate.KINDS["mixed"]})
    for module in (checking, scaling, policies, phases, mutations, memory, comparison, verifier):
        for name in SMALL.keys() & vars(module).keys():
            monkeypatch.setattr(module, name, SMALL[name])
    code, printed = run(
        capsys, "--only", section, "--sizes", "100,1000", "--repeat", "1",
        "--recordings", str(tmp_path), "--json", str(tmp_path / "figures.json"),
    )  # fmt: skip
    assert code == 0
    found = json.loads((tmp_path / "figures.json").read_text("utf-8"))
    if section == "pages":
        assert found == {}
        assert "no *.raw.json.gz in" in printed
    elif section in {"memory", "stream"} and not child.STATUS.exists():
        assert found == {}
    else:
        numbers = figures(found)
        assert numbers
        assert {name: number for name, number in numbers.items() if not may_be(name, number)} == {}


def test_sections_on_request_are_sections():
    assert measure.SECTIONS.keys() >= measure.ON_REQUEST


@pytest.mark.skipif(not child.STATUS.exists(), reason="this system has no /proc/self/status")
def test_a_peak_is_that_of_the_work_alone(tmp_path):
    """A large parent: the peak of a child must not be that of its parent."""
    page = tmp_path / "page.json"
    page.write_bytes(generate.page(10_000))  # more than the import took and gave back
    ballast = bytearray(b"x") * 300_000_000
    peak = memory.children.call("peak", "redaction", page)["peak"]
    assert len(page.read_bytes()) < peak < len(ballast) / 3


@pytest.mark.skipif(not child.STATUS.exists(), reason="this system has no /proc/self/status")
@pytest.mark.parametrize(
    ("keep", "flat"), [("None", True), ("self, bytes(bytearray(data))", False)]
)
def test_a_stream_that_is_kept_shows_as_growth(keep, flat, tmp_path):
    """The negative control for memory: a redactor that keeps every segment."""
    page, segments = tmp_path / "page.json", tmp_path / "segments"
    page.write_bytes(generate.page(200))
    lines = [segment + b"\n" for segment in streams.segments(page.read_bytes(), 200, 200)]
    segments.write_bytes(b"".join(lines))
    code = f"""
import json, sys
from benchmarks import child
kept, process = [], child.Redactor.process_bytes
def keeping(self, data):
    kept.append(({keep}))
    return process(self, data)
child.Redactor.process_bytes = keeping
print(json.dumps(child.stream({str(page)!r}, {str(segments)!r}, "200", "20000")))
"""
    done = subprocess.run(  # noqa: S603
        [sys.executable, "-c", code],
        cwd=memory.children.ROOT,
        capture_output=True,
        check=True,
    )
    tenths = json.loads(done.stdout)["after each tenth"]
    growth = (tenths[9][0] - tenths[0][0]) / (0.9 * segments.stat().st_size)
    assert (growth < 0.3) is flat


# --- peers ----------------------------------------------------------------------------


@pytest.fixture
def node():
    found = programs.node()
    if isinstance(found, Skipped):
        pytest.skip(found.reason)
    return found


def test_the_peer_in_node_does_what_it_says(node, tmp_path):
    """It masks texts, four attributes and media, and nothing else. The comparison must be fair."""
    path = tmp_path / "page.json"
    path.write_bytes(
        json.dumps([
            {"type": 2, "data": {"node": {"type": 0, "id": 1, "childNodes": [
                {"type": 2, "id": 2, "tagName": "p", "attributes": {"title": "Für Jane", "class": "a b"},
                 "childNodes": [{"type": 3, "id": 3, "textContent": "Hi \U0001f600\n東京"}]},
                {"type": 2, "id": 4, "tagName": "style", "attributes": {},
                 "childNodes": [{"type": 3, "id": 5, "textContent": "p { color: red }"}]},
                {"type": 2, "id": 6, "tagName": "img", "attributes": {"src": "/jane.png"}, "childNodes": []},
            ]}}},
            {"type": 3, "data": {"source": 0, "texts": [{"id": 3, "value": "Jane"}],
             "attributes": [{"id": 2, "attributes": {"value": "Jane"}}], "removes": [],
             "adds": [{"parentId": 2, "node": {"type": 3, "id": 9, "textContent": "Jane"}}]}},
        ], ensure_ascii=False).encode()
    )  # fmt: skip
    done = subprocess.run([*node, "--print", str(path)], capture_output=True, check=True)  # noqa: S603
    snapshot, mutation = json.loads(done.stdout)
    p, style, img = snapshot["data"]["node"]["childNodes"]
    assert p["attributes"] == {"title": "*** ****", "class": "a b"}
    assert p["childNodes"][0]["textContent"] == "** **\n**"
    assert style["childNodes"][0]["textContent"] == "p { color: red }"
    assert img["attributes"]["src"].startswith("data:image/gif")
    assert "Jane" not in json.dumps(mutation)


def test_the_peer_in_node_answers_every_line_with_a_time(node, tmp_path):
    path = tmp_path / "page.json"
    path.write_bytes(generate.page(300))
    with programs.started(node, [path]) as seconds:
        assert all(0 < seconds() < 60 for _ in range(3))


def test_a_peer_that_fails_is_skipped_with_a_reason(node, tmp_path):
    path = tmp_path / "page.json"
    path.write_bytes(b"no recording")
    with programs.started(node, [path]) as seconds:
        assert seconds == Skipped("it failed on these files")


def test_the_crate_is_not_built_unasked(monkeypatch, tmp_path):
    monkeypatch.setattr(programs, "CRATE", tmp_path)
    assert programs.anonymizer(build=False) == Skipped("not built; --build-peers builds it")


def test_a_peer_that_is_not_installed_is_skipped_with_a_reason(monkeypatch):
    monkeypatch.setattr(programs.shutil, "which", lambda _: None)
    assert programs.node() == Skipped("Node.js is not installed")
    assert programs.anonymizer(build=True) == Skipped("cargo is not installed")
