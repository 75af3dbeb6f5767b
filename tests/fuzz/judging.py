"""Measuring who notices a rule that is switched off, in a fifth of many drawn outputs.

An output shows something if it has a private word that the output of the intact redactor does not
have. A plain search finds that, without the oracle and the verifier.
"""

from __future__ import annotations

import time
from collections import Counter, defaultdict
from random import Random
from typing import NamedTuple

from replay_redact import Policy, RedactError, redact_bytes
from replay_redact.testing import find_leaks
from tests.fuzz.checks import events
from tests.fuzz.policies import POLICIES, WEIGHTS
from tests.fuzz.streams import Stream, draw
from tests.fuzz.switched_off import SWITCHES, Switch, redact
from tests.oracle import Options, judge
from tests.oracle.judging import PRIVATE

_EVERY = 5  # one of so many outputs comes from a redactor with a rule switched off
_TRIES = 4
_WANTED = 0.99
_NEWS_SECONDS = 20.0
INTACT = "intact"


class Drawn(NamedTuple):
    """A stream, its policy, and its seed."""

    seed: int
    stream: Stream
    policy: Policy
    options: Options


class Tally:
    """Counts per switch, and the seeds of outputs that were judged wrongly."""

    def __init__(self) -> None:
        self.counts: dict[str, Counter[str]] = defaultdict(Counter)
        self.seeds: dict[tuple[str, str], list[int]] = defaultdict(list)

    def note(self, switch: str, what: str, seed: int | None = None) -> None:
        self.counts[switch][what] += 1
        if seed is not None:
            self.seeds[switch, what].append(seed)


def drawn(seed: int, *, simple: bool = False) -> Drawn:
    """Draw a stream of an honest page, to which all guarantees apply."""
    random = Random(seed)
    stream = draw(random, hostile=False, steps=6, simple=simple)
    [(_, policy, options)] = random.choices(POLICIES, WEIGHTS)
    return Drawn(seed, stream, policy, options)


def judge_outputs(count: int, first: int, *, simple: bool = False) -> int:
    """Judge outputs and print the table; return 0 if the limits hold."""
    tally = Tally()
    begin = told = time.monotonic()
    for at in range(count):
        seed = first + _TRIES * at
        if at % _EVERY:
            _judge_intact(drawn(seed, simple=simple), tally)
        else:
            switch = SWITCHES[at // _EVERY % len(SWITCHES)]
            one, output, kind = _to_switch(switch, seed, simple=simple)
            _note(one, switch.name, output, kind, tally)
        if time.monotonic() - told > _NEWS_SECONDS:
            told = time.monotonic()
            print(f"{told - begin:6.0f} s: {at + 1:,} outputs", flush=True)
    return _print_table(tally)


def _judge_intact(one: Drawn, tally: Tally) -> None:
    output = redact_bytes(one.stream.encode(), one.policy)
    _note(one, INTACT, output, "same", tally)


def _to_switch(switch: Switch, seed: int, *, simple: bool) -> tuple[Drawn, bytes, str]:
    """Draw a stream; return it with the output of the broken redactor, and what that output shows.

    Of a few streams, take the first that shows something: most rules do not concern most pages.
    """
    for at in range(_TRIES):
        one = drawn(seed + at, simple=simple)
        intact = redact_bytes(one.stream.encode(), one.policy)
        broken = redact(switch, one.stream, one.policy)
        if set(_words(broken)).difference(_words(intact)):
            return one, broken, "shows"
    return one, broken, "same" if events(broken) == events(intact) else "differs"


def _words(output: bytes) -> list[str]:
    return PRIVATE.findall(output.decode())


def _note(one: Drawn, name: str, output: bytes, kind: str, tally: Tally) -> None:
    """Ask oracle and verifier about an output, and count whether they are right."""
    tally.note(name, kind)
    verdicts = {
        "oracle": bool(judge(one.stream.encode(), output, one.options)),
        "find_leaks": _has_leaks(output, one.policy),
    }
    for who, found in verdicts.items():
        wrong = found != (kind == "shows") and kind != "differs"
        tally.note(
            name, f"{kind}: {who}" if found else f"{kind}: not {who}", one.seed if wrong else None
        )


def _has_leaks(output: bytes, policy: Policy) -> bool:
    """Ask the verifier. If it refuses an output, it has noticed a fault."""
    try:
        return bool(output.strip() and find_leaks(output, policy))
    except RedactError:
        return True


# --- the table ---------------------------------------------------------------------------------

_COLUMNS = ("shows", "shows: oracle", "shows: find_leaks", "differs", "differs: oracle", "differs: find_leaks",
            "same", "same: oracle", "same: find_leaks")  # fmt: skip
_HEADS = ("shows", "oracle", "leaks", "differs", "oracle", "leaks", "same", "oracle", "leaks")


def _print_table(tally: Tally) -> int:
    total: Counter[str] = Counter()
    print(f"{'rule that is switched off':52}" + "".join(f"{head:>9}" for head in _HEADS))
    for name in [INTACT, *(switch.name for switch in SWITCHES)]:
        counts = tally.counts[name]
        total += counts
        print(f"{name:52}" + "".join(f"{counts[column]:9,}" for column in _COLUMNS))
    print(f"{'all':52}" + "".join(f"{total[column]:9,}" for column in _COLUMNS))
    for (name, what), seeds in tally.seeds.items():
        print(f"{name}, {what}: {len(seeds)}, such as seed {', '.join(map(str, seeds[:5]))}")
    return _verdict(total)


def _verdict(total: Counter[str]) -> int:
    held = True
    for who in ("oracle", "find_leaks"):
        part = total[f"shows: {who}"] / max(1, total["shows"])
        alarms = total[f"same: {who}"]
        held = held and part >= _WANTED and alarms == 0
        print(f"{who}: {part:.2%} of {total['shows']:,} that show something; {alarms} false alarms")
    return 0 if held else 1
