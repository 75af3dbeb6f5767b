"""The sources of the native kernels fit the package. Compiling them is a part of `.ci/run`."""

import tomllib
from pathlib import Path

import pytest

from native import generate
from replay_redact import __version__

NATIVE = Path(__file__).parents[2] / "native"


@pytest.mark.parametrize("path", generate.FILES, ids=lambda path: str(path.relative_to(NATIVE)))
def test_tables_are_what_the_allow_lists_say(path):
    assert path.read_text("utf-8") == generate.FILES[path], "python -m native.generate"


def test_kernels_have_the_version_of_the_package():
    assert (
        tomllib.loads((NATIVE / "Cargo.toml").read_text("utf-8"))["package"]["version"]
        == __version__
    )


def test_crates_come_from_where_cargo_looks_for_them():
    lock = tomllib.loads((NATIVE / "Cargo.lock").read_text("utf-8"))
    sources = {package.get("source") for package in lock["package"]}
    assert sources == {None, "registry+https://github.com/rust-lang/crates.io-index"}
