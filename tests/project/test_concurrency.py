"""Threads, processes and interpreters can share policies. They need not share anything else."""

import copy
import functools
import importlib
import json
import pkgutil
import subprocess
import sys
import sysconfig
import threading
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor

import pytest
from helpers import Page, add, change, custom, remove, say

import replay_redact
from benchmarks import generate, streams
from replay_redact import Policy, Redactor, redact_bytes
from replay_redact._runtime.cache import StringCache

POLICY = Policy(
    mask=[".btn", "p > .col"], unmask=[".nav", "span"], block=[".icon"], metadata="scrub"
)


def recording(seed):
    page = generate.page(300, seed=seed)
    return [page, streams.mutations(page, 60, seed)]


def redacted(data):
    redactor = Redactor(POLICY)
    return [redactor.process_bytes(piece) for piece in data]


@pytest.fixture
def hasty():
    """Switch threads as often as possible."""
    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(interval)


@pytest.mark.usefixtures("hasty")
def test_threads_that_share_a_policy_give_what_one_would():
    recordings = [recording(seed) for seed in range(8)] * 3
    replay_redact._engine.handlers.compile_rules.cache_clear()
    with ThreadPoolExecutor(8) as pool:
        outputs = list(pool.map(redacted, recordings))
    assert outputs == list(map(redacted, recordings))


@pytest.mark.usefixtures("hasty")
def test_a_session_may_go_from_thread_to_thread():
    data = recording(1)
    events = [json.dumps([event]).encode() for piece in data for event in json.loads(piece)]
    redactor, output = Redactor(POLICY), []
    for event in events:
        thread = threading.Thread(target=lambda e=event: output.append(redactor.process_bytes(e)))
        thread.start()
        thread.join()
    whole = [event for piece in redacted(data) for event in json.loads(piece)]
    assert [event for piece in output for event in json.loads(piece)] == whole


def test_processes_share_a_policy():
    recordings = [recording(seed) for seed in range(2)]
    with ProcessPoolExecutor(2) as pool:
        assert list(pool.map(redacted, recordings)) == list(map(redacted, recordings))


def test_a_redactor_is_not_copied():
    with pytest.raises(TypeError, match="state"):
        copy.deepcopy(Redactor())
    assert "one thread" in Redactor.__doc__


INTERPRETER = """
try:
    import _interpreters
    done = _interpreters.exec(_interpreters.create("legacy"), CODE)
    assert done is None, done
except ImportError:
    import _xxsubinterpreters
    _xxsubinterpreters.run_string(_xxsubinterpreters.create(isolated=False), CODE)
"""


def test_an_interpreter_beside_the_main_one():
    code = "from replay_redact import redact_bytes; print(redact_bytes(b'[]'))"
    run = subprocess.run([sys.executable, "-c", f"CODE = {code!r}\n{INTERPRETER}"], capture_output=True, text=True)  # fmt: skip # noqa: S603, PLW1510
    if "does not support loading in subinterpreters" in run.stderr:
        pytest.skip("a dependency does not load in subinterpreters")
    assert run.stdout == "b'[]'\n"


@pytest.mark.skipif(not sysconfig.get_config_var("Py_GIL_DISABLED"), reason="this build has a GIL")
def test_no_dependency_brings_the_gil_back():
    code = "import sys, replay_redact; print(sys._is_gil_enabled())"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)  # noqa: S603
    assert run.stdout == "False\n"


# --- what is kept in the process --------------------------------------------------------------


def modules():
    found = pkgutil.walk_packages(replay_redact.__path__, "replay_redact.")
    return [importlib.import_module(name) for _, name, _ in found if "__main__" not in name]


def containers():
    """Return the size of every container in a module, except caches of strings."""
    return {
        (module.__name__, name): len(value)
        for module in modules()
        for name, value in vars(module).items()
        if isinstance(value, dict | list | set | bytearray) and not name.startswith("__")
    }


def test_redaction_leaves_nothing_in_modules():
    before = containers()
    page = Page()
    text, late = page.text("Jane"), page.element("b", {"title": "Jane"})
    region = page.element("p", {"class": "nav", "style": "color: red"}, text)
    events = [page.snapshot(region), say(text, "Roe"), change(region, title="x"), add(region, late)]
    events += [
        remove(region, late),
        custom("breadcrumb", {"category": "ui.click", "message": "Jane"}),
    ]
    for policy in (Policy(), POLICY, Policy.permissive(), Policy.sentry(), Policy.lockdown()):
        redact_bytes(json.dumps(events).encode(), policy)
    assert containers() == before
    assert len(before) > 20


def test_all_caches_in_modules_are_bounded():
    found = [value for module in modules() for value in vars(module).values()]
    remembering = [value for value in found if isinstance(value, functools._lru_cache_wrapper)]
    assert len(remembering) >= 5
    assert all(value.cache_parameters()["maxsize"] for value in remembering)
    assert all(cache.max_characters < 2**26 for cache in found if isinstance(cache, StringCache))
