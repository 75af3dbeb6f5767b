"""A short run of the fuzzer, the same every time."""

import pytest
from both import needs_kernels
from fuzzing import fuzz

from replay_redact._runtime import native

pytestmark = needs_kernels


def test_raw_strings():
    rounds = iter([False] * 40 + [True])
    assert fuzz(1, lambda: next(rounds)) > 5_000


class Broken:
    """Kernels of which one masks a digit less."""

    def __getattr__(self, name):
        return getattr(native_kernels, name)

    @staticmethod
    def css_declarations(*arguments):
        masked = native_kernels.css_declarations(*arguments)
        return masked and masked.replace("0", "1")


native_kernels = native.kernels


def test_a_kernel_that_differs_is_noticed(monkeypatch):
    monkeypatch.setattr(native, "kernels", Broken())
    rounds = iter([False] * 20 + [True])
    with pytest.raises(AssertionError):
        fuzz(1, lambda: next(rounds))
