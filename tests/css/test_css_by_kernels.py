"""Kernels are asked first, and Python masks what they hand back. These here are no real ones."""

from types import SimpleNamespace

import pytest

from replay_redact._css import sheets
from replay_redact._css.policy_selectors import Atom
from replay_redact._css.sheets import compared, mask_declarations, mask_sheet, mask_value
from replay_redact._css.values import mask_image
from replay_redact._runtime import native

OPEN = ("data-state", "=", "open", False)


@pytest.fixture
def kernels(monkeypatch):
    """Kernels that return what a test says, and nothing remembered from before."""
    answers = SimpleNamespace(sheet=None, declarations=None, value=None, asked=[])

    def kernel(name):
        def answer(*arguments):
            answers.asked.append((name, *arguments))
            return getattr(answers, name)

        return answer

    names = ("sheet", "declarations", "value")
    fake = SimpleNamespace(**{f"css_{name}": kernel(name) for name in names})
    monkeypatch.setattr(native, "kernels", fake)
    _forget()
    yield answers
    _forget()


def _forget():
    for cache in sheets.CACHES:
        cache.empty()


def test_a_sheet_of_a_kernel(kernels):
    kernels.sheet = (["[data-state=", "]{}"], [(OPEN, "'")])
    css = "[data-state='open']{}"
    assert mask_sheet(css) == "[data-state='××××']{}"
    assert mask_sheet(css, compared(css)) == css
    assert compared(css) == {Atom(*OPEN)}
    assert kernels.asked == [("sheet", css, mask_image)]  # the rest is remembered


def test_declarations_and_values_of_a_kernel(kernels):
    kernels.declarations, kernels.value = "top:0", ""
    assert mask_declarations("top:00") == "top:0"
    assert mask_value("top", "'") == ""
    assert [call[:-1] for call in kernels.asked] == [
        ("declarations", "top:00"),
        ("value", "top", "'"),
    ]


def test_python_masks_what_is_handed_back(kernels):
    assert mask_sheet("p::after{content:'Jane'}") == "p::after{content:'****'}"
    assert mask_declarations("--who:Jane") == "--who:××××"
    assert mask_value("--who", "Jane") == "××××"
    assert len(kernels.asked) == 3


def test_without_kernels_python_masks(monkeypatch):
    monkeypatch.setattr(native, "kernels", None)
    _forget()
    assert mask_sheet("[data-state=open]{--who:Jane}") == '[data-state="××××"]{--who:××××}'
    assert mask_declarations("--who:Jane") == "--who:××××"
    assert mask_value("--who", "Jane") == "××××"


def test_only_css_blanks_are_blank_declarations():
    assert mask_declarations(" \t") == " \t"
    assert mask_declarations("\xa0") == ""
    assert mask_sheet("p{\u3000}") == "p{}"
