"""The same work by Python and by the kernels, in one process."""

import contextlib

import pytest

from benchmarks.timing import forget
from replay_redact import Policy
from replay_redact._runtime import native

needs_kernels = pytest.mark.skipif(
    native.kernels is None, reason=f"{native.status}, see native/README.md"
)


@contextlib.contextmanager
def only_python():
    """Switch the kernels off, as ``REPLAY_REDACT_NATIVE=0`` does."""
    kernels, native.kernels = native.kernels, None
    try:
        yield
    finally:
        native.kernels = kernels


def by_both(work, policy=None):
    """Return what Python makes of some work, and what the kernels make of it.

    Both begin with nothing remembered.
    """
    policy = policy or Policy()
    with only_python():
        forget(policy)
        python = work()
    forget(policy)
    return python, work()
