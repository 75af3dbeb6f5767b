"""The ``redact`` command."""
