"""A short run of the fuzzer, the same every time."""

import pytest
from both import needs_kernels
from fuzzing import Drawer, fuzz, round_of

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
    def css_declarations(css, image):
        masked = native_kernels.css_declarations(css, image)
        return masked and masked.replace("0", "1")


native_kernels = native.kernels


def test_a_kernel_that_differs_is_noticed(monkeypatch):
    monkeypatch.setattr(native, "kernels", Broken())
    drawer = Drawer(1)
    with pytest.raises(AssertionError):
        for _ in range(20):
            round_of(drawer)
