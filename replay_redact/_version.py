"""The release: what the wheel, the command and states name."""

__version__ = "0.2.0"
