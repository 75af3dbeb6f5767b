"""A bucket as a store: the same promises as a folder, and no version that stays unnoticed."""

import builtins
import itertools
import json
from datetime import UTC, datetime

import fsspec
import pytest
from archives import JANE, KEY, STRICTER, archive_at, fill, one_pass, segments_of
from buckets import Bucket

from replay_redact.archive import Archive, ArchiveError, Deleted, FsspecStore
from replay_redact.archive import fsspec_store as module
from replay_redact.cli import main

numbers = itertools.count()


@pytest.fixture
def url():
    return f"memory://bucket{next(numbers)}/replays"


@pytest.fixture
def store(url):
    return FsspecStore(url)


def names(store, folder=""):
    return [entry.name for entry in store.list(folder)]


def test_objects_are_written_read_and_deleted(store):
    assert store.create("a/b/1", b"first") is True
    assert store.create("a/b/1", b"second") is False
    assert store.read("a/b/1") == b"first"
    store.write("a/b/1", b"third")
    assert store.read("a/b/1") == b"third"
    assert store.entry("a/b/1")[:2] == ("a/b/1", 5)
    assert store.delete("a/b/1") == store.delete("a/b/1") == 0
    assert store.read("a/b/1") is store.entry("a/b/1") is None
    assert store.sweep("", datetime.now(UTC)) == 0


def test_listings(store):
    assert names(store) == names(store, "b/") == []
    for name in ("b/2", "b/10", "a", ".replay-redact/x/y", "b/c/1", "bb/1"):
        store.create(name, b"")
    assert names(store) == ["a", "b/10", "b/2", "b/c/1", "bb/1"]
    assert names(store, "b/") == ["b/10", "b/2", "b/c/1"]
    assert names(store, ".replay-redact/x/") == [".replay-redact/x/y"]
    assert names(store, "a/") == []  # an object is no folder
    assert store.entry("b") is None


def test_a_listing_of_something_else(store, monkeypatch):
    store.write("a/1", b"")
    monkeypatch.setattr(
        store._fs, "find", lambda *_, **__: {"/elsewhere/a": {"type": "file", "size": 1}}
    )
    with pytest.raises(ArchiveError, match="not below the root"):
        list(store.list("a/"))


def test_a_store_that_writes_over_what_is_there_is_refused(store, monkeypatch):
    original = store._fs.pipe_file
    monkeypatch.setattr(store._fs, "pipe_file", lambda path, data, **_: original(path, data))
    with pytest.raises(ArchiveError, match="cannot hold an archive"):
        store.create("a/1", b"x")
    assert names(store) == names(store, ".replay-redact/") == []


@pytest.mark.parametrize("name", ["../a", "a/../../b", "/a", "a//b", "a/./b", "a\0b", "."])
def test_no_name_leads_out_of_the_root(name, store):
    with pytest.raises(ValueError, match="not a valid name of an object"):
        store.read(name)


@pytest.mark.parametrize(
    ("info", "time"),
    [
        ({"LastModified": datetime(2026, 1, 2, tzinfo=UTC)}, datetime(2026, 1, 2, tzinfo=UTC)), ({"created": datetime(2026, 1, 2)}, datetime(2026, 1, 2, tzinfo=UTC)),  # noqa: DTZ001
        ({"mtime": 0.0}, datetime(1970, 1, 1, tzinfo=UTC)), ({"updated": "2026-01-02T03:00:00+01:00", "created": 1}, datetime(2026, 1, 2, 2, tzinfo=UTC)),
    ],
)  # fmt: skip
def test_times_of_several_stores(info, time):
    assert module._entry("a", {"size": 1, **info}).modified == time


def test_a_time_that_is_not_told_is_now():
    before = datetime.now(UTC)
    assert module._entry("a", {"size": 1}).modified >= before


@pytest.mark.parametrize("url", ["nothing://x", "file:///tmp/x"])
def test_urls_that_cannot_be_opened(url):
    with pytest.raises(ArchiveError, match=r"cannot open such a URL|give the folder as a path"):
        Archive(url)


def test_without_fsspec_an_error_says_what_to_install(monkeypatch, url):
    original = builtins.__import__

    def without(name, *rest):
        if name == "fsspec":
            raise ImportError
        return original(name, *rest)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(ArchiveError, match="pip install"):
        Archive(url)


def test_trouble_of_any_kind_is_an_os_error(store, monkeypatch):
    def broken(*_, **__):
        raise RuntimeError("Jane")

    monkeypatch.setattr(store._fs, "cat_file", broken)
    with pytest.raises(OSError, match="the store failed: RuntimeError") as caught:
        store.read("a")
    assert "Jane" not in str(caught.value)
    monkeypatch.setattr(
        store._fs, "cat_file", lambda *_: (_ for _ in ()).throw(PermissionError("no"))
    )
    with pytest.raises(PermissionError):
        store.read("a")


def test_an_archive_in_a_bucket(url):
    archive = archive_at(url, hours=24 * 9999, store=str)
    fill(archive, {"a": [JANE], "b": [], "c": [JANE]})
    assert sorted(archive.sessions()) == ["a", "b", "c"]
    assert archive.put("a", 1, b"[]") is False
    assert sorted(archive.redact(STRICTER).sessions) == ["a", "b", "c"]
    assert [json.loads(module_gunzip(one)) for one in archive.read("b")] == [
        json.loads(one) for one in one_pass(segments_of("b"))
    ]
    assert archive.check(STRICTER) == []
    archive.hold(["c"], by="x", reason="y")
    certificate = archive.erase(JANE, by="dpo", reason="ticket 17")
    assert [one.session for one in certificate.recordings] == ["a"]
    assert [one.session for one in certificate.skipped] == ["c"]
    assert certificate.verify(KEY)
    with pytest.raises(Deleted):
        archive.put("a", 9, b"[]")
    assert archive.sessions_of(JANE) == ("c",)
    assert [one.session for one in archive.find(subject=JANE)] == ["c"]
    files = fsspec.filesystem("memory").find(url)
    assert not [name for name in files if "/a/" in name or "staged" in name or "commits" in name]


def module_gunzip(data):
    import gzip  # noqa: PLC0415

    return gzip.decompress(data) if data[:2] == b"\x1f\x8b" else data


def test_the_command_with_a_url(url, capsys, monkeypatch):
    monkeypatch.setenv("KEY_OF_INDEX", KEY.decode())
    store = FsspecStore(url)
    assert main(["archive", "find", url, "--secret", "Canary"]) == 0
    store.write("archive.toml", b'index_key_variable = "KEY_OF_INDEX"')
    fill(archive_at(url, store=str), {"a": [JANE]})
    assert main(["archive", "find", url, "--subject", JANE, "--secret", "canary of a"]) == 1
    assert capsys.readouterr().out.startswith("a: first stored ")


# --- versions ---------------------------------------------------------------------------


def written(status="Enabled", denied=()):
    bucket = Bucket(status, denied)
    store = FsspecStore("bucket/root", bucket)
    for data in (b"one", b"two", b"three"):
        store.write("a/1", data)
    store.write("a/10", b"another")
    return bucket, store


@pytest.mark.parametrize("status", ["Enabled", "Suspended"])
def test_all_versions_go_and_the_newest_last(status):
    bucket, store = written(status)
    seen = []
    delete = bucket._delete_object
    bucket._delete_object = lambda **of: (delete(**of), seen.append(store.read("a/1")))
    assert store.delete("a/1") == 0
    assert seen == [b"three", b"three", None]  # no older version comes to light on the way
    assert {key for key, *_ in bucket.versions} == {"root/a/10"}
    assert store.delete("a/1") == 0
    assert bucket.calls.count("get_bucket_versioning") == 1


def test_versions_behind_a_marker_go_too():
    bucket, store = written()
    bucket.rm_file("bucket/root/a/1")
    assert store.delete("a/1") == 0
    assert {key for key, *_ in bucket.versions} == {"root/a/10"}


def test_versions_that_may_not_be_deleted_are_counted():
    _, store = written(denied={"v1"})
    assert store.delete("a/1") == 1
    assert store.read("a/1") is None
    _, store = written(denied={"delete_object"})
    assert store.delete("a/1") == 3
    assert store.read("a/1") is None
    assert store.read("a/10") == b"another"


def test_versions_that_may_not_be_listed_count_as_one():
    _, store = written(denied={"get_bucket_versioning", "list_object_versions"})
    assert store.delete("a/1") == 1
    assert store.read("a/1") is None


def test_a_bucket_without_versions():
    bucket, store = written(status=None)
    assert store.delete("a/1") == 0
    assert "list_object_versions" not in bucket.calls


def test_a_certificate_says_that_versions_remain():
    bucket = Bucket(denied={"delete_object"})
    archive = Archive(FsspecStore("bucket/root", bucket), index_key=KEY)
    archive.put("a", 0, b"[]", subjects=[JANE])
    certificate = archive.erase(JANE, by="dpo", reason="ticket 17")
    assert certificate.recordings[0].versions_remain > 0
    assert not certificate.is_whole
    free = Archive(FsspecStore("bucket/root", Bucket()), index_key=KEY)
    free.put("a", 0, b"[]", subjects=[JANE])
    assert free.erase(JANE, by="dpo", reason="ticket 17").is_whole
