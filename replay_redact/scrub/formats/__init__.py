"""Tokens that are known by their form: one table, a row for each kind of token of a vendor."""

from __future__ import annotations

from replay_redact.scrub.formats.cloud import CLOUD
from replay_redact.scrub.formats.code import CODE
from replay_redact.scrub.formats.row import TokenFormat
from replay_redact.scrub.formats.services import SERVICES

FORMATS: tuple[TokenFormat, ...] = (*CODE, *CLOUD, *SERVICES)
"""All rows."""
