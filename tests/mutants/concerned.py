"""Which tests are near a module: its own, those of its folder, those of the whole package."""

from __future__ import annotations

from pathlib import Path

_FOLDERS = {
    "_allowlists": "allowlists css",
    "_engine": "engine sentry",
    "_masks": "masks css",
    "_rules": "rules sentry",
    "scrub": "scrub regressions/test_found_in_scrubbing.py",
    "testing": "kit",
    "testing.browser": "kit/test_browser_recorders.py",
    "testing.explanations": "kit/test_explain.py",
    "testing.prefilter": "kit/test_prefilter.py kit",
}
"""Folders of tests with other names than the folder of the package, or with more to say of it."""
TABLES = [
    "tests/allowlists/test_pinned.py",
    "tests/allowlists/test_form_samples.py",
    "tests/scrub/test_parts_of_patterns.py::test_samples",
]
"""Tests of words and forms, whichever module writes them out."""
_WHOLE = "test_redactor.py page policy regressions".split()
_BESIDE = {
    **dict.fromkeys(("_engine.sentry", "_engine.sentry_crumbs", "_engine.sentry_events", "_engine.sentry_media", "_engine.sentry_memory"), "sentry"),
    "_masks.json": "metadata scrub/test_scrub_in_recordings.py",
    "_page.masking": "masks/test_text_and_urls.py policy scrub/test_scrub_in_recordings.py metadata",
    "_wire.compression": "wire test_stream.py",
    "_wire.array_splitter": "wire test_stream.py",
    "report": "test_report.py cli",
    "spark": "spark archive/test_rows.py",
    **dict.fromkeys(("scrub.formats.code", "scrub.formats.cloud", "scrub.formats.services", "scrub.personal.paths", "scrub.personal.networks", "scrub.known_secrets"), "scrub/test_samples.py scrub/test_reported.py"),
    **dict.fromkeys(("scrub.keys.in_text", "scrub.keys.values", "scrub.keys.placeholders", "scrub.secret_keys"), "scrub/test_secret_keys.py scrub/test_reported.py"),
    **dict.fromkeys(("scrub.relay.defaults", "scrub.relay.rules", "scrub.relay.configs", "scrub.relay.sieve", "scrub.relay.spots", "scrub.relay.selectors", "scrub.relay.events"), "scrub/test_relay_rules.py"),
    **dict.fromkeys(("scrub.keys.words", "scrub.keys.named"), "scrub/test_words_in_tables.py scrub/test_secret_keys.py scrub/test_samples.py"),
    "scrub.formats.row": "scrub/test_samples.py",
    "stream": "test_stream.py wire",
    "testing.planted": "kit preview",
}  # fmt: skip
"""What a module's tests need besides."""


def concerning(module: str, root: Path) -> list[str]:
    """Return the test files and folders of a module, relative to the root of the project."""
    folder, _, name = module.rpartition(".")
    folders = _folders(folder)
    own = [f"{folders[0]}/test_{name}.py"] if folder else [f"test_{name}.py"]
    names = dict.fromkeys([*own, *_BESIDE.get(module, "").split(), *folders, *_WHOLE])
    paths = [Path("tests") / name for name in names]
    return [str(path) for path in paths if (root / path).exists()]


def _folders(folder: str) -> list[str]:
    """Return the tests of a folder of the package, else those of the folder around it."""
    while folder not in _FOLDERS and "." in folder:
        folder = folder.rpartition(".")[0]
    return _FOLDERS.get(folder, folder.strip("_")).split()


def modules(root: Path) -> list[str]:
    """Return the names of all modules of the package, except those that only list names."""
    package = root / "replay_redact"
    files = [path.relative_to(package).with_suffix("") for path in sorted(package.rglob("*.py"))]
    return [".".join(path.parts) for path in files if not path.stem.startswith("__")]
