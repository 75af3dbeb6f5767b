"""Redaction and search on Spark: the same bytes as on one machine, also when a worker is killed.

Needs `pip install '.[spark]'` and Java, and takes minutes.
"""

import json
import os
import random
import shutil
import sys
from pathlib import Path

import pytest
from helpers import Page, mutation, say
from real_recordings import SHARED_FILES, shared

from replay_redact import Policy, Redactor, decode, encode
from replay_redact.archive.rows import redact_rows

pytest.importorskip("pyspark", reason="no pyspark")
pytest.importorskip("pandas", reason="no pandas")
pytestmark = [
    pytest.mark.skipif(shutil.which("java") is None, reason="no Java"),
    pytest.mark.filterwarnings("ignore"),  # those of Spark, Arrow and pandas
]

ROOT = Path(__file__).parents[2]
POLICY = Policy(unmask=["main"], mask=[".secret"])
COLUMNS = "session string, number long, content binary"
GIB = 1 << 30


@pytest.fixture(scope="module")
def spark():
    from pyspark.sql import SparkSession  # noqa: PLC0415 - where it is there

    os.environ |= {"PYSPARK_PYTHON": sys.executable, "PYTHONPATH": str(ROOT)}
    options = {
        "spark.ui.enabled": "false",
        "spark.driver.memory": "2g",
        "spark.sql.shuffle.partitions": "3",
        "spark.sql.execution.arrow.maxRecordsPerBatch": "20",
        "spark.driver.host": "127.0.0.1",
        "spark.sql.session.timeZone": "UTC",
    }
    builder = SparkSession.builder.master("local[2,4]")  # two at a time, four tries of each task
    for name, value in options.items():
        builder = builder.config(name, value)
    session = builder.getOrCreate()
    yield session
    session.stop()


def drawn(rng, session):
    """Return segments of a recording: a page, then changes that depend on what it was."""
    page = Page()
    texts = [page.text(f"{rng.choice(('Jane', 'Roe', 'Doe'))} {n} of {session}") for n in range(12)]
    regions = [
        page.element(rng.choice(("main", "div")), {"class": rng.choice(("secret", "open"))}, page.element("p", {"title": f"t{n}"}, *texts[n : n + 3]))
        for n in range(0, 12, 3)
    ]  # fmt: skip
    segments = [[page.snapshot(*regions)]]
    for _ in range(rng.randrange(2, 5)):
        events = [
            say(rng.choice(texts), f"words {rng.random()}") for _ in range(rng.randrange(1, 6))
        ]
        region = rng.choice(regions)
        events.append(
            mutation(
                attributes=[
                    {
                        "id": region["id"],
                        "attributes": {"class": rng.choice(("secret", "open", ""))},
                    }
                ]
            )
        )
        fresh = page.element("b", {}, page.text("fresh words"))
        events.append(
            mutation(adds=[{"parentId": rng.choice(regions)["id"], "nextId": None, "node": fresh}])
        )
        segments.append(events)
    return [
        (session, number, json.dumps(events).encode()) for number, events in enumerate(segments)
    ]


def real(path):
    """Cut a real recording into segments."""
    events = decode(shared(path))
    size = max(1, len(events) // 4)
    return [
        (path.name, number, encode(events[at : at + size]))
        for number, at in enumerate(range(0, len(events), size))
    ]


@pytest.fixture(scope="module")
def rows():
    rng = random.Random(28)
    found = [row for n in range(310) for row in drawn(rng, f"session {n}")]
    found += [row for path in SHARED_FILES[::4] for row in real(path)]
    found += [("odd", 0, b"<html>"), ("odd", 1, found[0][2]), ("odd", 3, found[1][2])]
    return found


@pytest.fixture(scope="module")
def expected(rows):
    return {
        (row.session, row.number): (row.content, row.error, json.dumps(row.report.as_dict()))
        for row in redact_rows(rows, POLICY)
    }


def frame(spark, rows):
    shuffled = [(session, number, bytearray(content)) for session, number, content in rows]
    random.Random(1).shuffle(shuffled)
    return spark.createDataFrame(shuffled, COLUMNS)


def collected(df):
    found = [
        (
            (row.session, row.number),
            (None if row.content is None else bytes(row.content), row.error, row.report),
        )
        for row in df.collect()
    ]
    assert len(found) == len(dict(found)), "a row is there twice"
    return dict(found)


def test_one_machine_gives_what_a_redactor_gives(rows, expected):
    redactors, alone = {}, 0
    for session, number, content in rows[:1000]:
        redactor = redactors.setdefault(session, Redactor(POLICY))
        output = redactor.process_bytes(content, segment=number)
        assert output == expected[session, number][0]
        alone += Redactor(POLICY).process_bytes(content, segment=number) != output
    assert len(redactors) >= 200
    assert alone > 400, "the state has to matter"


def test_the_same_bytes_as_on_one_machine_and_each_row_once(spark, rows, expected):
    from replay_redact.spark import redact  # noqa: PLC0415

    assert len({session for session, *_ in rows}) >= 300
    assert len(rows) >= 1000
    assert collected(redact(frame(spark, rows), POLICY)) == expected


def test_a_worker_that_is_killed(spark, rows, expected, monkeypatch, tmp_path):
    from replay_redact import spark as adapter  # noqa: PLC0415

    original, mark = adapter._redaction, str(tmp_path / "killed")

    def dying(policy):
        work = original(policy)

        def some(batches):
            import os  # noqa: PLC0415 - this runs in a worker
            import signal  # noqa: PLC0415

            for number, batch in enumerate(batches):
                yield batch
                if number == 3 and not os.path.exists(mark):  # noqa: PTH110
                    open(mark, "w").close()  # noqa: PTH123
                    os.kill(os.getpid(), signal.SIGKILL)

        return lambda batches: work(some(batches))

    monkeypatch.setattr(adapter, "_redaction", dying)
    assert collected(adapter.redact(frame(spark, rows), POLICY)) == expected
    assert Path(mark).exists(), "no worker was killed"


def segments_of(node, snapshot, size):
    """Return a function for `mapInArrow` that makes a snapshot, and long texts of one node."""

    def segments(batches):
        import json  # noqa: PLC0415 - this runs in a worker

        import pyarrow as pa  # noqa: PLC0415

        texts = [{"id": node, "value": "word " * (size // 5)}]
        change = {"source": 0, "texts": texts, "attributes": [], "removes": [], "adds": []}
        body = json.dumps([{"type": 3, "timestamp": 2, "data": change}])
        for batch in batches:
            numbers = batch.column("id").to_pylist()
            contents = [(body if number else snapshot).encode() for number in numbers]
            yield pa.RecordBatch.from_pydict(
                {"session": ["one"] * len(numbers), "number": numbers, "content": contents}
            )

    return segments


def measured(original, folder):
    """Return the adapter's function, which then writes how much memory its worker took."""

    def of_policy(policy):
        work = original(policy)

        def run(batches):
            import os  # noqa: PLC0415 - this runs in a worker
            import resource  # noqa: PLC0415

            yield from work(batches)
            with open(f"{folder}/{os.getpid()}", "w") as file:  # noqa: PTH123
                file.write(str(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss))

        return run

    return of_policy


def test_a_session_of_5000_segments_is_not_held_in_memory(spark, monkeypatch, tmp_path):
    from replay_redact import spark as adapter  # noqa: PLC0415

    page = Page()
    text = page.text("first")
    snapshot = json.dumps([page.snapshot(page.element("main", {}, text))])
    segments = segments_of(text["id"], snapshot, 240_000)
    monkeypatch.setattr(adapter, "_redaction", measured(adapter._redaction, str(tmp_path)))
    df = spark.range(0, 5000, 1, 4).mapInArrow(segments, COLUMNS)
    shown = "content like '%word word%' as shown"
    columns = ("number", "length(content) as size", "error", shown)
    out = adapter.redact(df, POLICY).selectExpr(*columns).collect()
    assert sorted(row.number for row in out) == list(range(5000))
    # The element `main` is known to the end.
    assert all(row.error is None and row.shown == (row.number > 0) for row in out)
    peak = max(int(path.read_text()) for path in tmp_path.iterdir()) * 1024
    total = sum(row["size"] for row in out)
    print(f"{total / GIB:.2f} GiB of segments, at most {peak / GIB:.2f} GiB in a worker")
    assert peak < GIB < total


def test_find(spark, rows):
    from replay_redact.spark import find  # noqa: PLC0415

    some = [
        *rows[:40],
        (
            "x",
            7,
            json.dumps(
                [{"type": 5, "timestamp": 1, "data": {"tag": "t", "payload": "ＪANE  roe"}}]
            ).encode(),
        ),
        ("y", 0, b"not JSON: Jane Roe"),
    ]
    found = find(frame(spark, some), {"name": "Jane Roe"}).collect()
    assert sorted((row.session, row.number, row.secret, row.event, row.field) for row in found) == [
        ("x", 7, "name", 0, "payload"),
        ("y", 0, "name", 0, "what cannot be read"),
    ]
    with pytest.raises(ValueError, match="is shorter"):
        find(frame(spark, some[:1]), ["abc"])


def test_columns_of_other_types(spark):
    from replay_redact.spark import redact  # noqa: PLC0415

    df = spark.createDataFrame(
        [(7, 0, "[]"), (7, 1, "<html>")], "session int, number int, content string"
    )
    found = sorted(
        (row.session, row.number, row.content, row.error is None)
        for row in redact(df, POLICY).collect()
    )
    assert found == [("7", 0, b"[]", True), ("7", 1, None, False)]


def test_rows_that_are_none_and_other_columns(spark):
    from replay_redact.spark import redact  # noqa: PLC0415

    df = spark.createDataFrame(
        [("a", None, None, "x"), (None, 1, bytearray(b"[]"), "x")], COLUMNS + ", more string"
    )
    out = redact(df, POLICY)
    assert out.columns == ["session", "number", "content", "error", "report"]
    assert sorted(row.error for row in out.collect()) == [
        "the row has no number that is an integer from 0",
        "the row has no session",
    ]
