"""Two at once on one recording, in every order that chance gives.

Afterwards: a deleted recording has no object, and no entry in the index; any other is the output of
one pass; nothing is left in flight; and nobody met an error that he may not meet.
"""

import os
import threading

from archives import (
    AT_FIRST,
    BY,
    JANE,
    STRICTER,
    DawdlingStore,
    Folder,
    age,
    archive_at,
    files,
    fill,
    in_flight,
    objects,
    one_pass,
    read,
    segments_of,
)

from replay_redact.archive import Deleted

OTHERS = "b"


def _write(archive):
    for number in range(3, 5):
        try:
            archive.put("a", number, segments_of("a", 5)[number], subjects=[JANE])
        except Deleted:
            continue


def _delete(archive):
    archive.delete(["a"], **BY)


def _erase(archive):
    archive.erase(JANE, **BY)


def _redact(archive):
    archive.redact(STRICTER, ["a"])


def _check(archive):
    archive.check()


RACES = {
    "write, delete": (_write, _delete),
    "write, erase": (_write, _erase),
    "redact, delete": (_redact, _delete),
    "redact, redact": (_redact, _redact),
    "redact, write": (_redact, _write),
    "check, write": (_check, _write),
    "check, delete": (_check, _delete),
    "check, redact": (_check, _redact),
    "delete, delete": (_delete, _delete),
}


def race(verbs, seed, at_once=None):
    """Let verbs race once, in threads or as ``at_once`` does it, and look."""
    with Folder() as root:
        archive = archive_at(root)
        fill(archive, {"a": [JANE], OTHERS: []})
        age(root)
        others = _of_others(root)
        failed = (at_once or in_threads)(verbs, root, seed)
        assert failed == []
        assert _of_others(root) == others
        if archive.deleted("a"):
            assert not any(name.startswith("a/") for name in objects(root))
            assert [
                name for name in files(root) if "/subjects/" in name or "/tokens/" in name
            ] == []
            assert read(archive, "a") is Deleted
        else:
            _look_at_living(archive, root, verbs)
        assert in_flight(root) == []


def _of_others(root):
    return {name: data for name, data in objects(root).items() if name.startswith(OTHERS)}


def _look_at_living(archive, root, verbs):
    """Whatever has not been deleted is whole; once redacted, it is what one pass gives."""
    count = sum(name.startswith("a/") for name in objects(root))
    assert count == (5 if _write in verbs else 3)
    stored = segments_of("a", count, AT_FIRST)
    if _redact not in verbs:
        assert read(archive, "a") == stored
    elif _write not in verbs:
        assert read(archive, "a") == one_pass(stored)
    else:  # what came after the redaction is redacted by the next one
        later = archive_at(root, hours=24 * 3650)
        later.redact(STRICTER)
        assert later.check(STRICTER) == []


def in_threads(verbs, root, seed):
    """Run verbs in threads that begin together; return what they raised."""
    failed = []
    together = threading.Barrier(len(verbs))

    def run(verb, number):
        own = archive_at(root, store=lambda path: DawdlingStore(path, f"{seed} {number}"))
        together.wait()
        try:
            verb(own)
        except BaseException as error:  # noqa: BLE001 - whatever it is, it is shown
            failed.append(error)

    threads = [
        threading.Thread(target=run, args=(verb, number)) for number, verb in enumerate(verbs)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return failed


def in_processes(verbs, root, seed):
    """Run verbs in processes of their own; return the statuses of those that failed."""
    children = []
    for number, verb in enumerate(verbs):
        child = os.fork()
        if child == 0:
            status = 1
            try:
                verb(archive_at(root, store=lambda path: DawdlingStore(path, f"{seed} {number}")))  # noqa: B023 - called at once
                status = 0
            finally:
                os._exit(status)
        children.append(child)
    statuses = [os.waitpid(child, 0)[1] for child in children]
    return [status for status in statuses if status]
