"""A person can be erased when the disk is full."""

import errno

import pytest
from archives import BY, CANARY, JANE, OTHER, RESERVED, archive_at, files, fill, in_flight
from archives import read as read_all

from replay_redact.archive import Deleted, FolderStore, store

BLOCK = 4096


class SmallDisk(FolderStore):
    """A folder on a disk that holds so many blocks; each file takes whole ones."""

    blocks = 10_000

    def _used(self):
        sizes = map(len, files(self._root).values())
        return sum(-(-size // BLOCK) for size in sizes)

    def _write_synced(self, path, data):
        if self._used() + -(-len(data) // BLOCK) > self.blocks:
            raise OSError(errno.ENOSPC, "no space left on device")
        super()._write_synced(path, data)

    def _keep_reserve(self, *, again):
        if self._used() + store._RESERVE_SIZE // BLOCK <= self.blocks:
            super()._keep_reserve(again=again)


@pytest.fixture
def full(tmp_path):
    """Return an archive on a disk that is full, and its store."""
    archive = archive_at(tmp_path, store=SmallDisk)
    fill(archive, {"a": [JANE], "b": [JANE, OTHER], "c": [OTHER]})
    archive._recordings.store.blocks = archive._recordings.store._used()
    with pytest.raises(OSError, match="no space"):
        fill(archive, {"d": [OTHER]})
    return archive


def of_canary(root, session):
    return [name for name, data in files(root).items() if f"{CANARY} of {session}".encode() in data]


def test_a_person_is_erased_in_the_reserve(full, tmp_path):
    assert (tmp_path / RESERVED / "reserve").stat().st_size == store._RESERVE_SIZE
    certificate = full.erase(JANE, **BY)
    assert certificate.is_whole
    assert [one.session for one in certificate.recordings] == ["a", "b"]
    assert read_all(full, "a") is read_all(full, "b") is Deleted
    assert of_canary(tmp_path, "a") == of_canary(tmp_path, "b") == []
    assert read_all(full, "c") is not Deleted
    assert in_flight(tmp_path) == []
    assert full.delete(["c"], **BY).is_whole  # again, on what was freed


def test_the_reserve_comes_back_when_there_is_space(full, tmp_path):
    full.erase(JANE, **BY)
    full._recordings.store.blocks += 100
    full.erase(OTHER, **BY)
    assert (tmp_path / RESERVED / "reserve").stat().st_size == store._RESERVE_SIZE


def test_without_a_reserve_the_disk_is_full(full, tmp_path):
    (tmp_path / RESERVED / "reserve").unlink()
    full._recordings.store.blocks -= store._RESERVE_SIZE // BLOCK
    with pytest.raises(OSError, match="no space"):
        full.erase(JANE, **BY)
    assert read_all(full, "a") is not Deleted


def test_what_is_unfinished_waits_for_the_space_that_a_deletion_makes(full, tmp_path):
    staged = f"{RESERVED}/staged/c/0"
    FolderStore(tmp_path).write(staged, b"left by a redaction that died")
    full._recordings.store.blocks = full._recordings.store._used()
    with pytest.raises(OSError, match="no space"):
        full.check()  # it would claim the recording
    assert full.erase(JANE, **BY).is_whole
    full.check()
    assert in_flight(tmp_path) == []


def test_another_fault_of_the_store_is_no_full_disk(full, monkeypatch):
    def broken():
        raise OSError(errno.EIO, "broken")

    monkeypatch.setattr(full, "_recover", broken)
    with pytest.raises(OSError, match="broken"):
        full.erase(JANE, **BY)


def test_what_cannot_be_recovered_for_want_of_space_is_left_for_later(full, monkeypatch):
    def no_space():
        raise OSError(errno.ENOSPC, "no space")

    monkeypatch.setattr(full, "_recover", no_space)
    assert full.erase(JANE, **BY).is_whole


def test_an_export_has_no_reserve(full, tmp_path_factory):
    target = tmp_path_factory.mktemp("export")
    full.export(OTHER, target)
    assert [name for name in files(target) if "reserve" in name] == []


def test_nothing_else_may_use_the_reserve(full, tmp_path):
    with pytest.raises(OSError, match="no space"):
        full.hold(["c"], **BY)
    assert (tmp_path / RESERVED / "reserve").stat().st_size == store._RESERVE_SIZE
