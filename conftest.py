"""Loads the package's own pytest plugin late, so that coverage sees the package being imported.

As an entry point it would come before coverage begins, and is therefore blocked in pyproject.toml.
"""

pytest_plugins = ["replay_redact.pytest_plugin"]
