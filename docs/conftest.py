"""Examples that need more than the package are collected where that is installed."""

from importlib.util import find_spec

NEEDED = ("redis", "starlette", "uvicorn")

collect_ignore = [] if all(map(find_spec, NEEDED)) else ["examples/ingest.py"]
