"""Archives for tests: made by hand, looked at from outside, with stores that die, lie and dawdle."""

import errno
import io
import json
import os
import random
import shutil
import signal
import tempfile
import time
import zlib
from datetime import UTC, datetime, timedelta
from pathlib import Path

from helpers import Page, say

from replay_redact import Policy, Redactor
from replay_redact.archive import Archive, Deleted, FolderStore
from replay_redact.policy import StoredPolicy

KEY = b"a key of sixteen bytes or more"
START = datetime(2026, 1, 1, tzinfo=UTC)
JANE, OTHER = "jane@shop.example", "user-17"
CANARY = "Canary"
BY = {"by": "dpo@shop.example", "reason": "ticket 17"}
SENTRY = "{retention}/{project}/{session}/{number}"
LABELS = {"retention": "30", "project": "7"}
AT_FIRST = Policy(unmask=["main"])
STRICTER = Policy(unmask=["main"], mask=[".secret"])
HERE = "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108 - syncing costs nothing there

RESERVED = ".replay-redact"
UNLIKE = {"run", "at", "objects", "size"}
"""What differs from run to run; and what a listing said that may have missed an object."""
IN_FLIGHT = ("writing", "staged", "commits", "claims", "runs")


def segments_of(session, count=3, policy=AT_FIRST):
    """Return redacted segments: a snapshot, then changes of what is shown, masked and blocked."""
    page = Page()
    shown, secret = page.text(f"{CANARY} of {session}"), page.text("a word")
    inside = page.text("behind")
    region = page.element(
        "main", {},
        page.element("p", {}, shown),
        page.element("p", {"class": "secret"}, secret),
        page.element("p", {"class": "sentry-block"}, inside),
    )  # fmt: skip
    redactor = Redactor(policy)
    events = [[page.snapshot(region)]] + [
        [say(shown, f"{CANARY} {number}"), say(secret, "words"), say(inside, "no")]
        for number in range(1, count)
    ]
    return [
        redactor.process_bytes(json.dumps(one).encode(), segment=number)
        for number, one in enumerate(events)
    ]


def segment(number=0):
    """Return one redacted segment of a recording that is in no archive yet."""
    return segments_of("x", number + 1)[number]


def one_pass(segments, policy=STRICTER):
    """Return what redacting these segments in one go gives."""
    redactor = Redactor(StoredPolicy.over(policy))
    return [redactor.process_bytes(one, segment=number) for number, one in enumerate(segments)]


class Clock:
    """A clock that is set."""

    def __init__(self, hours=0):
        self.time = START + timedelta(hours=hours)

    def __call__(self):
        return self.time


def archive_at(root, hours=0, store=FolderStore, **more):
    options = {"index_key": KEY, "open_for": timedelta(0), "clock": Clock(hours), **more}
    return Archive(store(root), **options)


def fill(archive, sessions, count=3):
    """Store recordings; ``sessions`` says whose they are."""
    for session, subjects in sessions.items():
        for number, segment in enumerate(segments_of(session, count)):
            archive.put(session, number, segment, subjects=subjects)


def age(root):
    """Have all files be as old as the first clock says: no recording is open."""
    for path in Path(root).rglob("*"):
        os.utime(path, (START.timestamp(), START.timestamp()))


def files(root):
    """Return all files below a root, by relative path."""
    root = Path(root)
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in sorted(root.rglob("*"))
        if path.is_file()
    }


def objects(root):
    """Return the files that are recordings, or should be."""
    return {name: data for name, data in files(root).items() if not name.startswith(RESERVED)}


def ledger(root):
    """Return what the archive remembers, but for what no two runs have in common."""
    found = {
        name.removeprefix(f"{RESERVED}/"): data
        for name, data in files(root).items()
        if name.startswith(RESERVED)
        and "/certificates/" not in name
        and name != f"{RESERVED}/reserve"
    }
    return {name: _plain(data) for name, data in found.items()}


def _plain(data):
    value = json.loads(data) if data else None
    return {k: v for k, v in value.items() if k not in UNLIKE} if value else value


def in_flight(root):
    """Return what is left of work that was interrupted."""
    return [
        name
        for name in files(root)
        if name.startswith(RESERVED) and name.split("/")[1] in IN_FLIGHT
    ]


def read(archive, session):
    """Return the segments of a recording inflated, or that it is deleted."""
    try:
        stored = list(archive.read(session))
    except Deleted:
        return Deleted
    return [zlib.decompress(one, 47) if one.startswith(b"\x1f\x8b") else one for one in stored]


class Folder:
    """A root for an archive, which goes at the end of the block."""

    def __init__(self, base=None):
        self.base = base

    def __enter__(self):
        self.path = tempfile.mkdtemp(dir=HERE)
        if self.base is not None:
            shutil.copytree(self.base, self.path, dirs_exist_ok=True)
        return self.path

    def __exit__(self, *_):
        shutil.rmtree(self.path)


# --- killed -----------------------------------------------------------------------------------

EFFECTS = ("unlink", "rmdir", "replace", "link")
"""Effects on files, beside the making of a new one. Before a sync, all looks as after it."""


def killed(work, at):
    """Do something in a child that is killed right before its effect of this number on files.

    Return whether it came so far.
    """
    child = os.fork()
    if child == 0:
        try:
            _die_at(at)
            work()
        finally:
            os._exit(0)
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status):
        assert os.WTERMSIG(status) == signal.SIGKILL
    return os.WIFSIGNALED(status)


def _die_at(at):
    left = at

    def counting(function, counts=lambda *_: True):
        def call(*arguments, **options):
            nonlocal left
            if counts(*arguments):
                left -= 1
                if left < 0:
                    os.kill(os.getpid(), signal.SIGKILL)
            return function(*arguments, **options)

        return call

    for name in EFFECTS:
        setattr(os, name, counting(getattr(os, name)))
    io.open = counting(io.open, lambda _path, mode="r", *_: "x" in mode)


# --- lying ------------------------------------------------------------------------------------


class LyingStore(FolderStore):
    """A store one effect of which goes wrong, in one of three ways."""

    def __init__(self, root, at=None, lie=""):
        super().__init__(root)
        self.count, self.at, self.lie = 0, at, lie

    def _effect(self, effect, *arguments):
        self.count += 1
        lies = self.count - 1 == self.at
        if lies and self.lie == "full":
            raise OSError(errno.ENOSPC, "no space left on device")
        found = effect(*arguments)
        if lies and self.lie == "lost answer":
            raise OSError(errno.EIO, "the connection broke")
        return found

    def create(self, name, data):
        return self._effect(super().create, name, data)

    def write(self, name, data):
        return self._effect(super().write, name, data)

    def delete(self, name):
        return self._effect(super().delete, name)

    def list(self, folder=""):
        found = list(self._listed(folder))
        if self.lie == "blind":
            self.count += 1
            if self.count - 1 == self.at and found:
                found.remove(max(found, key=lambda entry: entry.modified))
        yield from found

    def _listed(self, folder):  # the generator calls itself, and only the outermost lies
        yield from FolderStore(self._root).list(folder)


# --- racing -----------------------------------------------------------------------------------


class DawdlingStore(FolderStore):
    """A store that waits a little before each effect, so that others come between."""

    def __init__(self, root, seed=0):
        super().__init__(root)
        self._random = random.Random(seed)

    def _dawdle(self):
        if self._random.random() < 0.3:
            time.sleep(self._random.random() * 0.002)

    def read(self, name):
        self._dawdle()
        return super().read(name)

    def create(self, name, data):
        self._dawdle()
        return super().create(name, data)

    def write(self, name, data):
        self._dawdle()
        super().write(name, data)

    def delete(self, name):
        self._dawdle()
        return super().delete(name)
