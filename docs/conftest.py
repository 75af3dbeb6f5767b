"""Examples that need more than the package are collected where that is installed."""

from importlib.util import find_spec

NEEDED = ("redis", "starlette", "uvicorn")

collect_ignore = ["conftest.py"]  # pytest would take it for that of the tests
if not all(map(find_spec, NEEDED)):
    collect_ignore.append("examples/ingest.py")
