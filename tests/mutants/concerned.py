"""Which tests concern a module."""

from __future__ import annotations

from pathlib import Path

_SCRUB = ("test_scrub_samples test_scrub test_scrub_keys test_scrub_views test_scrub_checks test_finders test_scrub_probes test_batch"
          " regressions/test_found_in_scrubbing regressions/test_found_in_real_sessions_scrubbing").split()  # fmt: skip
_CORE = "test_redactor test_visit test_policy test_attributes regressions".split()
TESTS = {
    "_detectors": _SCRUB, "_scanner": _SCRUB, "_tier": _SCRUB, "_stand_ins": _SCRUB, "_relay": _SCRUB, "_batch": ["test_batch", *_SCRUB],
    "_checks": ["test_scrub_checks", *_SCRUB], "_keys": ["test_scrub_keys", *_SCRUB], "_views": ["test_scrub_views", *_SCRUB],
    "_finders": ["test_scrub_samples", "test_scrub_keys", *_SCRUB], "scrub": ["test_scrub_own_patterns", *_SCRUB],
    "_masks": ["test_masks", "test_attributes", "test_css", *_CORE],
    "_json_masks": ["test_metadata", "test_scrub_in_recordings", *_CORE],
    "_media": ["test_media", "test_attributes", "test_css", *_CORE],
    "_selectors": ["test_selectors", "test_policy", "test_rules"],
    "_policy_masks": ["test_policy", "test_attributes", "test_scrub_in_recordings", "test_metadata", *_CORE],
    "_compression": ["test_codec", "test_containers", "test_stream"],
    "_report": ["test_report", "test_redactor", "test_cli_report", "test_cli"],
    "_secrets": ["test_secrets", "test_testing", "test_tree_leaks", "test_marks"],
    "_split": ["test_split", "test_stream", "test_containers"],
}  # fmt: skip
"""Modules whose tests have other names, the quickest to notice something first."""


def concerning(module: str, root: Path) -> list[str]:
    """Return the test files of a module, relative to the root of the project."""
    stem = module.strip("_")
    own = sorted(path.stem for path in (root / "tests").glob(f"test_{stem}*.py"))
    names = dict.fromkeys([*TESTS.get(module, [*own, *_CORE]), *own])
    paths = [Path("tests") / (name if name == "regressions" else f"{name}.py") for name in names]
    return [str(path) for path in paths if (root / path).exists()]
