"""Archives on S3, against moto's server: the verbs, two writers at once, and versions.

Needs `pip install '.[archive]' 'moto[server]'`.
"""

import gzip
import itertools
import json
import threading

import pytest
from archives import JANE, KEY, OTHER, STRICTER, archive_at, fill, one_pass, segments_of

from replay_redact.archive import Deleted, FsspecStore
from replay_redact.cli import main

moto = pytest.importorskip("moto.server", reason="no moto, a double of S3")
s3fs = pytest.importorskip("s3fs", reason="no s3fs")
pytestmark = pytest.mark.filterwarnings("ignore")  # those of botocore and aiohttp

numbers = itertools.count()


@pytest.fixture(scope="module")
def server():
    double = moto.ThreadedMotoServer(ip_address="127.0.0.1", port=0)
    double.start()
    host, port = double.get_host_and_port()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("AWS_ENDPOINT_URL", f"http://{host}:{port}")
        patch.setenv("AWS_ACCESS_KEY_ID", "nobody")
        patch.setenv("AWS_SECRET_ACCESS_KEY", "nothing")
        patch.setenv("AWS_DEFAULT_REGION", "us-east-1")
        yield
    double.stop()


@pytest.fixture
def fs(server):  # noqa: ARG001 - it has to be there
    return s3fs.S3FileSystem(skip_instance_cache=True)


@pytest.fixture(params=["plain", "versioned"])
def url(request, fs):
    bucket = f"bucket-{next(numbers)}"
    fs.mkdir(bucket)
    if request.param == "versioned":
        fs.make_bucket_versioned(bucket)
    return f"s3://{bucket}/replays"


def versions(fs, url):
    """Return the names of all objects that are, or were, below a place."""
    bucket, prefix = url.removeprefix("s3://").split("/", 1)
    page = fs.call_s3("list_object_versions", Bucket=bucket, Prefix=prefix)
    assert not page["IsTruncated"]
    return {one["Key"] for kind in ("Versions", "DeleteMarkers") for one in page.get(kind, ())}


def test_a_store(url):
    store = FsspecStore(url)
    assert list(store.list()) == []
    assert (store.create("a/1", b"first"), store.create("a/1", b"second")) == (True, False)
    store.write("a/2", b"x")
    store.create(".replay-redact/x/y", b"")
    assert [entry[:2] for entry in store.list()] == [("a/1", 5), ("a/2", 1)]
    assert [entry.name for entry in store.list("a/")] == ["a/1", "a/2"]
    assert store.entry("a/2").modified.year > 2000
    assert store.read("a/3") is store.entry("a/3") is store.entry("a") is None
    assert store.delete("a/3") == store.delete("a/2") == store.delete("a/2") == 0
    assert store.read("a/2") is None


def test_what_another_process_writes_is_seen(url):
    one, other = FsspecStore(url), FsspecStore(url)
    one.write("a/1", b"x")
    assert len(list(one.list())) == 1
    other.write("a/2", b"x")
    assert [entry.name for entry in one.list("a/")] == ["a/1", "a/2"]
    assert one.entry("a/2") is not None


def _create(store, name, made):
    made.append(store.create(name, b"x"))


def test_of_many_writers_one_creates(url):
    stores = [FsspecStore(url) for _ in range(4)]
    for number in range(10):
        made = []
        threads = [
            threading.Thread(target=_create, args=(store, f"a/{number}", made)) for store in stores
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert sorted(made) == [False, False, False, True]


def test_the_verbs_and_no_version_remains(url, fs):
    archive = archive_at(url, hours=24 * 9999, store=str)
    fill(archive, {"a": [JANE], "b": [OTHER], "c": [JANE]})
    assert sorted(archive.redact(STRICTER).sessions) == ["a", "b", "c"]
    stored = [gzip.decompress(one) for one in archive.read("b")]
    assert list(map(json.loads, stored)) == list(map(json.loads, one_pass(segments_of("b"))))
    assert archive.check(STRICTER) == []
    archive.hold(["c"], by="x", reason="y")
    certificate = archive.erase(JANE, by="dpo", reason="ticket 17")
    assert [(one.session, one.versions_remain) for one in certificate.recordings] == [("a", 0)]
    assert [one.session for one in certificate.skipped] == ["c"]
    assert certificate.verify(KEY)
    left = versions(fs, url)
    assert not [name for name in left if "/a/" in name]
    assert len([name for name in left if name.startswith("replays/b/")]) == 3
    with pytest.raises(Deleted):
        archive.put("a", 5, b"[]")
    assert not [name for name in versions(fs, url) if "/a/" in name]
    assert archive.sessions_of(JANE) == ("c",)


def test_find_by_the_command(url, capsys):
    fill(archive_at(url, store=str), {"a": [JANE]})
    assert main(["archive", "find", url, "--secret", "canary of a"]) == 1
    assert capsys.readouterr().out.startswith("a: first stored ")
    assert main(["archive", "find", url, "--secret", "canary of b"]) == 0


def test_versions_that_may_not_be_deleted(fs, capsys, monkeypatch):
    bucket = f"bucket-{next(numbers)}"
    fs.mkdir(bucket)
    fs.make_bucket_versioned(bucket)
    url = f"s3://{bucket}/replays"
    fill(archive_at(url, store=str), {"a": [JANE]})
    original = s3fs.S3FileSystem.call_s3

    def denied(self, call, *arguments, **more):
        if call == "delete_object":
            raise PermissionError("not allowed")
        return original(self, call, *arguments, **more)

    monkeypatch.setattr(s3fs.S3FileSystem, "call_s3", denied)
    assert main(["archive", "delete", url, "a", "--by", "dpo", "--reason", "ticket"]) == 2
    assert "could not be deleted completely" in capsys.readouterr().err
    [certificate] = archive_at(url, store=str).certificates()
    assert certificate.recordings[0].versions_remain >= 3
