"""Kernels are used only if they are installed, of this version, and not switched off."""

import sys
from types import SimpleNamespace

import pytest

from replay_redact import __version__
from replay_redact._runtime import native


@pytest.fixture
def installed(monkeypatch):
    def install(version):
        module = None if version is None else SimpleNamespace(VERSION=version)
        monkeypatch.setitem(sys.modules, "replay_redact_native", module)
        return module

    return install


def test_kernels_of_this_version_are_used(installed):
    kernels = installed(__version__)
    assert native.load({}) == (kernels, "native kernels: in use")
    assert native.load({native.SWITCH: "1"})[0] is kernels


def test_kernels_of_another_version_are_not_used(installed):
    installed("0.0.1")
    assert native.load({}) == (None, "native kernels: not used, their version is 0.0.1")


def test_kernels_can_be_switched_off(installed):
    installed(__version__)
    assert native.load({native.SWITCH: "0"}) == (None, "native kernels: switched off")


def test_nothing_needs_the_kernels(installed):
    installed(None)
    assert native.load({}) == (None, "native kernels: not installed")
