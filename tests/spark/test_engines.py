"""The ten lines for Ray, Dask and Beam, where these are installed: the rows of one machine."""

import importlib.util
import os
import random
from operator import itemgetter
from pathlib import Path

import pytest

from replay_redact.archive.rows import redact_rows
from tests.spark.test_spark import POLICY, drawn

pytestmark = pytest.mark.filterwarnings("ignore")  # those of the engines
EXAMPLE = Path(__file__).parents[2] / "docs" / "examples" / "engines.py"


@pytest.fixture(scope="module")
def engines():
    import sys  # noqa: PLC0415

    spec = importlib.util.spec_from_file_location("engines", EXAMPLE)
    module = importlib.util.module_from_spec(spec)
    sys.modules["engines"] = module  # workers look for it by name
    sys.path.insert(0, str(EXAMPLE.parent))
    spec.loader.exec_module(module)
    yield module
    sys.path.remove(str(EXAMPLE.parent))
    del sys.modules["engines"]


@pytest.fixture(scope="module")
def rows():
    rng = random.Random(3)
    return [row for n in range(40) for row in drawn(rng, f"session {n}")]


def told(rows):
    return sorted((row.session, row.number, row.content) for row in rows)


def shuffled(rows):
    return random.Random(4).sample(rows, len(rows))


@pytest.fixture(scope="module")
def expected(rows):
    return told(redact_rows(sorted(rows, key=itemgetter(0, 1)), POLICY))


def test_ray(engines, rows, expected, monkeypatch):
    ray = pytest.importorskip("ray", reason="no Ray")
    paths = (str(EXAMPLE.parent), str(EXAMPLE.parents[2]), os.environ.get("PYTHONPATH", ""))
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(paths))  # workers have it, too
    ray.init(num_cpus=2, include_dashboard=False)
    try:
        assert told(engines.on_ray(shuffled(rows), POLICY)) == expected
    finally:
        ray.shutdown()


def test_dask(engines, rows, expected):
    distributed = pytest.importorskip("distributed", reason="no Dask")
    with distributed.Client(
        n_workers=2, threads_per_worker=1, processes=False, dashboard_address=None
    ) as client:
        assert told(engines.on_dask(shuffled(rows), POLICY, client)) == expected


def test_beam(engines, rows, expected):
    beam = pytest.importorskip("apache_beam", reason="no Beam")
    util = pytest.importorskip("apache_beam.testing.util")
    with beam.Pipeline(runner="DirectRunner") as pipeline:
        done = engines.on_beam(pipeline | beam.Create(shuffled(rows)), POLICY)
        plain = done | "plain" >> beam.Map(lambda row: (row.session, row.number, row.content))
        util.assert_that(plain, util.equal_to(expected))
