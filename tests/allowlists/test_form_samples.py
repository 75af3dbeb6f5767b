"""Samples of the forms in which values stay: those that have a form, and those that nearly have it.

Without one of its parts a pattern would refuse a sample that it has to keep, or keep one that it has to refuse.
"""

import importlib

import pytest
from form_samples import SAMPLES


@pytest.mark.parametrize("name", SAMPLES)
def test_samples_of_a_form(name):
    module, pattern = name.split()
    form = getattr(importlib.import_module(f"replay_redact.{module}"), pattern)
    kept, refused = SAMPLES[name]
    assert [text for text in kept if not form.fullmatch(text)] == []
    assert [text for text in refused if form.fullmatch(text)] == []
