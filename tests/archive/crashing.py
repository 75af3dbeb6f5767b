"""What can happen to an archive at its worst moment, and how it has to look afterwards.

Each verb that writes is run on the same archive, and is interrupted at each of its effects. Then it
is run again. `test_crashes.py` takes some of the effects, `tests/crashes` all of them.
"""

from collections.abc import Callable
from typing import NamedTuple

from archives import (
    BY,
    JANE,
    OTHER,
    RESERVED,
    START,
    STRICTER,
    Folder,
    LyingStore,
    age,
    archive_at,
    files,
    fill,
    in_flight,
    killed,
    ledger,
    objects,
    one_pass,
    read,
    segments_of,
)

from replay_redact.archive import Deleted, FolderStore

WHOSE = {"a": [JANE, OTHER], "b": [JANE], "c": [OTHER], "d": []}
SECOND_KILL = 5  # every so many points, recovery is killed, too


class Verb(NamedTuple):
    """A verb, at which hour it is run, and which recordings it may touch."""

    run: Callable
    touches: frozenset
    hours: int = 1


def _put_new(archive):
    archive.put("new", 0, segments_of("new")[0], subjects=[JANE])


def _put_more(archive):
    archive.put("d", 3, segments_of("d", 4)[3], subjects=[JANE])


def _put_late(archive):
    try:
        archive.put("gone", 5, segments_of("gone")[0], subjects=[JANE])
    except Deleted:
        return
    raise AssertionError("it was taken")


VERBS = {
    "put": Verb(_put_new, frozenset({"new"})),
    "put more": Verb(_put_more, frozenset({"d"})),
    "put late": Verb(_put_late, frozenset({"gone"})),
    "redact": Verb(
        lambda archive: archive.redact(STRICTER, ["a", "gone", "held"]), frozenset({"a", "gone"})
    ),
    "delete": Verb(lambda archive: archive.delete(["c", "d"], **BY), frozenset("cd")),
    "erase": Verb(lambda archive: archive.erase(JANE, **BY), frozenset("ab")),
    "expire": Verb(lambda archive: archive.expire(hours=48), frozenset("abcd"), hours=50),
    "hold": Verb(lambda archive: archive.hold(["a", "c"], **BY), frozenset()),
    "release": Verb(lambda archive: archive.release(["held"], by="dpo"), frozenset()),
    "check": Verb(lambda archive: archive.check(), frozenset({"gone"})),
}


def make_base(root):
    """Make the archive that verbs are run on: one is held, one deleted with a late segment."""
    archive = archive_at(root)
    fill(archive, {**WHOSE, "gone": [OTHER]})
    archive.delete(["gone"], **BY)
    archive.put("held", 0, segments_of("held")[0])
    archive.hold(["held"], **BY)
    FolderStore(root).create("gone/5.json.gz", segments_of("gone")[0])
    age(root)


class Expected(NamedTuple):
    """Objects and ledger before a verb, and after it."""

    before: dict
    after: dict
    remembered: dict


def expected(base, verb):
    """Run a verb undisturbed; it changes something."""
    with Folder(base) as root:
        before = objects(root)
        verb.run(archive_at(root, verb.hours))
        assert in_flight(root) == []
        assert files(root) != files(base)
        return Expected(before, objects(root), ledger(root))


def look_whole(root, verb, known):
    """Each object is the old one or the new one, and no other recording has changed."""
    stored = objects(root)
    for name in set(known.before) | set(known.after):
        found = stored.get(name)
        assert found in {known.before.get(name), known.after.get(name)}, name
        if name.split("/")[0] not in verb.touches:
            assert found == known.before[name]
    assert set(stored) <= set(known.before) | set(known.after)


def look_findable(root):
    """A person is in the index before her segment is stored."""
    if any(name.startswith("new/") for name in objects(root)):
        assert "new" in archive_at(root).sessions_of(JANE)


def look_finished(root, verb, known):
    """All is as if nothing had happened, and stays so when the verb is run once more."""
    assert in_flight(root) == []
    assert objects(root) == known.after
    assert ledger(root) == known.remembered
    verb.run(archive_at(root, verb.hours))
    assert objects(root) == known.after
    assert ledger(root) == known.remembered
    assert in_flight(root) == []


def kill_at(base, verb, known, at):
    """Kill a verb at an effect; return whether it has so many."""
    with Folder(base) as root:
        if not killed(lambda: verb.run(archive_at(root, verb.hours)), at):
            return False
        look_whole(root, verb, known)
        look_findable(root)
        if at % SECOND_KILL == 0:
            killed(lambda: verb.run(archive_at(root, verb.hours)), at * 7 % 40)
            look_whole(root, verb, known)
        verb.run(archive_at(root, verb.hours))
        look_finished(root, verb, known)
    return True


LIES = ("full", "lost answer", "blind")


def lie_at(base, verb, known, lie, at):
    """Have one effect go wrong; return whether there are so many."""
    with Folder(base) as root:
        store = LyingStore(root, at, lie)
        try:
            verb.run(archive_at(root, verb.hours, lambda _: store))
        except OSError:
            look_whole(root, verb, known)
        verb.run(archive_at(root, verb.hours))
        look_finished(root, verb, known)
    return store.count > at


__all__ = ["LIES", "RESERVED", "START", "VERBS", "expected", "files", "kill_at", "lie_at", "make_base", "one_pass", "read"]  # fmt: skip
