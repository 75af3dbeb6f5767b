"""A folder as a store: whole, durable, seen; and what interrupted writes leave."""

import errno
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from replay_redact.archive import ArchiveError, FolderStore, owners
from replay_redact.archive import store as store_module
from replay_redact.archive.owners import Owner, host, is_running, working

NOW = datetime.now(UTC)
LONG_AGO = NOW - timedelta(days=1)
WRITING = ".replay-redact/writing"


@pytest.fixture
def store(tmp_path):
    return FolderStore(tmp_path)


def names(store, folder=""):
    return [entry.name for entry in store.list(folder)]


def test_objects_are_written_read_and_deleted(store, tmp_path):
    assert store.create("a/b/1", b"first") is True
    assert store.create("a/b/1", b"second") is False
    assert store.read("a/b/1") == b"first"
    store.write("a/b/1", b"third")
    assert store.read("a/b/1") == b"third"
    assert store.entry("a/b/1")[:2] == ("a/b/1", 5)
    assert store.delete("a/b/1") == 0
    assert store.delete("a/b/1") == 0
    assert store.read("a/b/1") is store.entry("a/b/1") is None
    assert list(tmp_path.iterdir()) == []


def test_listings(store):
    for name in ("b/2", "b/10", "a", ".replay-redact/x/y", "b/c/1"):
        store.create(name, b"")
    assert names(store) == ["a", "b/10", "b/2", "b/c/1"]
    assert names(store, "b/") == ["b/10", "b/2", "b/c/1"]
    assert names(store, ".replay-redact/x/") == [".replay-redact/x/y"]
    assert names(store, "none/") == names(store, "a/") == []
    assert store.read("a/b") is store.entry("a/b") is None
    assert store.delete("a/b") == 0


@pytest.mark.parametrize("name", ["../a", "a/../../b", "/a", "a//b", "a/./b", "a\0b", "."])
def test_no_name_leads_out_of_the_folder(name, store):
    with pytest.raises(ValueError, match="not a valid name of an object"):
        store.read(name)


def test_what_a_file_takes_cannot_be_a_folder(store):
    store.create("a", b"")
    with pytest.raises(OSError, match=r"File exists|Not a directory"):
        store.write("a/b", b"")
    assert names(store, f"{WRITING}/") == []


@pytest.mark.parametrize("moment", ["fsync", "replace"])
def test_a_write_that_fails_leaves_what_was_there(moment, store, monkeypatch):
    store.write("a", b"before")

    def full(*_):
        raise OSError(errno.ENOSPC, "no space left on device")

    monkeypatch.setattr(os, moment, full)
    with pytest.raises(OSError, match="no space"):
        store.write("a", b"after")
    monkeypatch.undo()
    assert store.read("a") == b"before"
    assert names(store, f"{WRITING}/") == []


def test_a_folder_that_somebody_else_makes(store, monkeypatch):
    """It may be gone again by the time of the next look, or be a file."""
    store.create("a", b"")
    root = store._root
    store._make_folder(root / "b")
    monkeypatch.setattr(Path, "is_dir", lambda path: path == root)
    store._make_folder(root / "b")
    with pytest.raises(FileExistsError):
        store._make_folder(root / "a")


def test_links_are_not_followed(store, tmp_path):
    outside = tmp_path.parent / f"{tmp_path.name}-outside"
    outside.write_bytes(b"Jane")
    (tmp_path / "link").symlink_to(outside)
    with pytest.raises(ArchiveError, match="does not follow"):
        store.read("link")
    assert store.delete("link") == 1  # is left
    assert outside.read_bytes() == b"Jane"


def test_other_trouble_is_told_as_it_is(store, tmp_path):
    (tmp_path / "folder").mkdir()
    with pytest.raises(IsADirectoryError):
        store.read("folder")


def test_what_is_renamed_is_synced_before_and_the_folder_after(store, monkeypatch):
    done = []

    def noting(name, says):
        real = getattr(os, name)

        def call(*arguments, **options):
            done.append(says(*arguments))
            return real(*arguments, **options)

        monkeypatch.setattr(os, name, call)

    def target(handle):
        return "sync", Path(f"/proc/self/fd/{handle}").readlink().name[:4]

    noting("fsync", target)
    noting("replace", lambda *_: ("replace",))
    noting("link", lambda *_: ("link",))
    noting("unlink", lambda path, *_, **__: ("unlink", Path(path).name[:4]))
    store.write("x/wxyz", b"")
    store.create("x/abcd", b"")
    assert done.index(("sync", "wxyz")) < done.index(("replace",))
    assert done.index(("sync", "abcd")) < done.index(("link",))
    for effect in ("replace", "link"):
        assert ("sync", "x") in done[done.index((effect,)) :]
    done.clear()
    store.delete("x/abcd")
    assert done == [("unlink", "abcd"), ("sync", "x")]


def test_new_folders_are_synced_in_those_above(store, monkeypatch):
    synced = []
    monkeypatch.setattr(store_module, "_sync_folder", synced.append)
    store.write("a/b/c", b"")
    root = store._root
    assert {root, root / "a", root / "a/b"} <= set(synced)


def test_where_folders_cannot_be_synced(store, monkeypatch):
    monkeypatch.setattr(store_module, "_SYNCS_FOLDERS", False)
    store.write("a", b"1")
    assert store.read("a") == b"1"


def test_a_folder_that_goes_meanwhile_is_no_trouble(store, tmp_path, monkeypatch):
    store_module._sync_folder(tmp_path / "none")
    real, times = Path.replace, []

    def replace(path, target):
        times.append(1)
        if len(times) == 1:
            path.unlink()  # somebody sweeps
        real(path, target)

    monkeypatch.setattr(Path, "replace", replace)
    store.write("a/b", b"1")
    assert store.read("a/b") == b"1"
    assert len(times) == 2


def test_a_folder_that_goes_again_and_again(store, monkeypatch):
    def replace(_path, target):
        raise FileNotFoundError(errno.ENOENT, "gone", target)

    monkeypatch.setattr(Path, "replace", replace)
    monkeypatch.setattr(store_module, "_TRIES", 3)
    with pytest.raises(OSError, match="again and again"):
        store.write("a/b", b"1")


def test_what_goes_while_it_is_listed_is_left_out(store):
    store.create("a", b"")
    store.create("b", b"")
    found = store.list()
    assert next(found).name == "a"
    Path(store._root, "b").unlink()
    assert list(found) == []


def left(store, name, *, where=None, process=None):
    """Leave a temporary file."""
    where, process = where or host(), process or dead()
    store.create(f"{WRITING}/{name}~{where}~{process}~00", b"Jane")


def dead():
    """Return the number of a process that has ended."""
    child = os.fork()
    if child == 0:
        os._exit(0)
    os.waitpid(child, 0)
    return child


def test_what_dead_processes_were_writing_is_swept(store):
    left(store, "a/1")
    left(store, "a/2", process=os.getpid())
    left(store, "b/1", where="elsewhere")
    assert store.sweep("a/1", LONG_AGO) == 1
    left(store, "a/1")
    assert store.sweep("", LONG_AGO) == 1
    assert len(names(store, f"{WRITING}/")) == 2
    assert store.sweep("b/", datetime.now(UTC) + timedelta(days=1)) == 1
    assert store.sweep("", datetime.now(UTC) + timedelta(days=1)) == 1
    assert names(store, f"{WRITING}/") == []
    assert store.sweep("", NOW) == 0


def test_what_is_no_temporary_file_goes_when_it_is_old(store):
    for name in ("x", "a~b", f"a~{host()}~many~00", f"a~{host()}~{'9' * 30}~00"):
        store.create(f"{WRITING}/{name}", b"")
    assert store.sweep("", LONG_AGO) == 0
    assert store.sweep("", datetime.now(UTC) + timedelta(days=1)) == 4


def test_empty_folders_are_swept(store, tmp_path):
    (tmp_path / WRITING / "a").mkdir(parents=True)
    store.sweep("", LONG_AGO)
    assert list(tmp_path.iterdir()) == []


# --- owners -----------------------------------------------------------------------------------


def test_who_is_at_work():
    me = Owner.me(NOW)
    assert not me.is_alive(NOW)
    with working(me):
        assert me.is_alive(NOW)
        assert not me.is_alive(NOW + owners.LEASE)
    assert not me.is_alive(NOW)
    assert Owner("1", "elsewhere", 1, NOW + owners.LEASE).is_alive(NOW)
    assert Owner("1", host(), os.getppid(), NOW + owners.LEASE).is_alive(NOW)
    assert not Owner("1", host(), dead(), NOW + owners.LEASE).is_alive(NOW)


def test_processes(monkeypatch):
    assert is_running(os.getpid())
    assert not is_running(dead())

    def forbidden(*_):
        raise PermissionError

    monkeypatch.setattr(os, "kill", forbidden)
    assert is_running(1)
    monkeypatch.setattr(owners, "_POSIX", False)
    assert is_running(2)


def test_the_place_of_a_process_without_namespaces(monkeypatch):
    host.cache_clear()
    known = host()
    monkeypatch.setattr(Path, "exists", lambda _: False)
    host.cache_clear()
    assert host() != known
    host.cache_clear()
