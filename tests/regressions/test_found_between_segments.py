"""Records of faults between segments. See `test_found_by_review`."""

import gzip
import os
import subprocess
import sys
import zlib
from pathlib import Path

import pytest
from helpers import Page, add, mutation, remove, say, shown

from replay_redact import Policy, RedactError, redact_bytes


def test_s01_a_snapshot_that_cannot_be_read_left_the_page_before_it_known():
    """Its nodes were judged by the facts of other nodes with the same ids."""
    page = Page()
    text = page.text("open")
    snapshot = page.snapshot(page.element("p", {"class": "sentry-unmask"}, text))
    broken = {"type": 2, "timestamp": 2, "data": {"node": {"type": 9, "id": 1}}}
    assert "Jane" not in shown([snapshot, broken, say(text, "Jane")])


def test_s02_a_mutation_that_cannot_be_read_may_have_taken_an_opt_out_away():
    page = Page()
    text = page.text("open")
    region = page.element("p", {"class": "sentry-unmask"}, text)
    change = [{"id": region["id"], "attributes": {"class": ""}}, {"id": None, "attributes": {}}]
    events = [page.snapshot(region), mutation(attributes=change), say(text, "Jane")]
    assert "Jane" not in shown(events)


def test_s03_bits_of_selectors_followed_the_hash_seed():
    """The bits of facts meant different things in different processes."""
    code = (
        "from replay_redact import Policy; from replay_redact._rules.strict import compile_rules;"
        "print(*compile_rules(Policy(mask=['a.b#c[d=e].f[g]']))._facts._bits)"
    )
    outputs = {
        subprocess.run(  # noqa: S603
            [sys.executable, "-c", code],
            capture_output=True,
            check=True,
            env={**os.environ, "PYTHONHASHSEED": seed},
            cwd=Path(__file__).parents[2],
        ).stdout
        for seed in "123"
    }
    assert len(outputs) == 1


def test_s04_the_rules_of_the_sdk_forgot_a_node_with_its_former_parent():
    """A moved node was dropped when its former parent was removed."""
    page = Page()
    text = page.text("x")
    old, new = page.element("p", {}, text), page.element("p")
    events = [page.snapshot(old, new), add(new, text), remove({"id": 1}, old), say(text, "later")]
    assert '"*****"' in shown(events, Policy.sentry())


def test_s05_many_members_took_quadratic_time(monkeypatch):
    """Everything after each member of a compressed stream was copied."""
    make, given = zlib.decompressobj, []

    class Counting:
        def __init__(self, wbits):
            self.inflater = make(wbits=wbits)

        def decompress(self, data, limit):
            given.append(len(data))
            return self.inflater.decompress(data, limit)

        def __getattr__(self, name):
            return getattr(self.inflater, name)

    def copied(members):
        given.clear()
        data = gzip.compress(b"") * members
        with pytest.raises(RedactError):
            redact_bytes(data)
        assert len(given) >= members
        return sum(given)

    monkeypatch.setattr(zlib, "decompressobj", Counting)
    assert copied(16_000) < 5 * copied(4_000)
