"""Writers, redaction, deletion and repair at once; `tests/crashes` has more rounds."""

import pytest
from archives import (
    JANE,
    STRICTER,
    Folder,
    age,
    archive_at,
    fill,
    in_flight,
    objects,
    segments_of,
)
from racing import BY, RACES, in_processes, race

from replay_redact.archive import Deleted, FolderStore
from replay_redact.archive.recordings import Recordings

ROUNDS = 8


@pytest.mark.parametrize("name", RACES)
def test_race(name):
    for seed in range(ROUNDS):
        race(RACES[name], seed)


def test_race_of_processes():
    for name, verbs in RACES.items():
        race(verbs, name, in_processes)


# --- what the second look is for: the worst moment, made on purpose ---------------------------


class Interrupted(FolderStore):
    """A store in which something happens right before an object is created or written."""

    happens = None

    def create(self, name, data):
        self._meet(name)
        return super().create(name, data)

    def write(self, name, data):
        self._meet(name)
        super().write(name, data)

    def _meet(self, name):
        happens, begins = self.happens or (None, "-")
        if name.startswith(begins):
            self.happens = None
            happens()


def blinded(monkeypatch, times):
    """Have a look for tombstones see nothing after so many looks."""
    real, looks = Recordings.is_deleted, []

    def is_deleted(self, session):
        looks.append(session)
        return real(self, session) if len(looks) <= times else False

    monkeypatch.setattr(Recordings, "is_deleted", is_deleted)


@pytest.mark.parametrize("looks_again", [True, False])
def test_a_deletion_between_the_looks_of_a_writer(looks_again, monkeypatch):
    with Folder() as root:
        store = Interrupted(root)
        store.happens = (lambda: archive_at(root).delete(["a"], **BY), "a/")
        archive = archive_at(root, store=lambda _: store)
        if looks_again:
            with pytest.raises(Deleted):
                archive.put("a", 0, segments_of("a")[0], subjects=[JANE])
        else:
            blinded(monkeypatch, 1)
            archive.put("a", 0, segments_of("a")[0], subjects=[JANE])
        assert (objects(root) == {}) is looks_again
        monkeypatch.undo()
        assert archive_at(root).check() == [] or not looks_again
        assert objects(root) == {}


@pytest.mark.parametrize(
    "moment", ["a/", ".replay-redact/staged/", ".replay-redact/commits/", ".replay-redact/claims/"]
)
def test_a_deletion_at_any_moment_of_a_redaction(moment):
    with Folder() as root:
        fill(archive_at(root), {"a": [JANE]})
        age(root)
        store = Interrupted(root)
        store.happens = (lambda: archive_at(root).delete(["a"], **BY), moment)
        done = archive_at(root, store=lambda _: store).redact(STRICTER)
        assert [one.why for one in done.skipped] == ["deleted"]
        assert objects(root) == {}
        assert in_flight(root) == []


def test_a_person_is_findable_before_her_segment_is_stored():
    with Folder() as root:
        store, seen = Interrupted(root), []
        store.happens = (lambda: seen.extend(archive_at(root).sessions_of(JANE)), "a/")
        archive_at(root, store=lambda _: store).put("a", 0, b"x", subjects=[JANE])
        assert seen == ["a"]


def test_an_entry_of_the_index_that_was_left_alone():
    """A writer finds one of the two entries there; then a deletion removes both."""
    with Folder() as root:
        fill(archive_at(root), {"a": [JANE]}, 1)
        token = archive_at(root)._ledger.subjects.token(JANE)
        name = f".replay-redact/subjects/{token[:2]}/{token}/a"
        FolderStore(root).delete(name)
        store = Interrupted(root)
        store.happens = (lambda: archive_at(root).delete(["a"], **BY), ".replay-redact/subjects/")
        with pytest.raises(Deleted):
            archive_at(root, store=lambda _: store).put("a", 1, b"x", subjects=[JANE])
        assert FolderStore(root).entry(name) is None
        for verb in (lambda: archive_at(root).check(), lambda: archive_at(root).erase(JANE, **BY)):
            FolderStore(root).create(name, b"")  # as if the writer had been killed
            FolderStore(root).create(f"{name[:-1]}%zz", b"")  # which is no name
            verb()
            assert FolderStore(root).entry(name) is None
