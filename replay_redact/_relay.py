r"""What Sentry's Relay scrubs by default, for comparison.

Theory: a few patterns without checks, and one rule that wipes a whole string, or what
stands under a key, for holding one of a dozen words. The patterns are in the syntax
of the ``regex`` package; `\b` and `\s` are Unicode's there, as in Relay.
"""

from __future__ import annotations

import re

_COUNTRIES = (
    "AT AD AE AL AZ BA BE BG BH BR BY CH CR CY CZ DE DK DO EE EG ES FI FO FR GB GE GI GL GR GT HR"
    " HU IE IL IQ IS IT JO KW KZ LB LC LI LT LU LV LY MC MD ME MK MR MT MU NL NO PK PL PS PT QA RO"
    " RS SA SC SE SI SK SM ST SV TL TN TR UA VA VG XK DZ AO BJ BF BI CV CM TD KM CG DJ GQ GA GW HN"
    " IR CI MG ML MA MZ NI NE SN TG"
).split()

_BEGIN = r"(?:-----BEGIN[A-Z ]+(?:PRIVATE|PUBLIC) KEY-----[\t ]*\r?\n?)"
_END = r"(?:\r?\n?-----END[A-Z ]+(?:PRIVATE|PUBLIC) KEY-----)"

RULES = (
    r"\b(?:3[47]\d|4\d{3}|5[1-5]\d\d|65\d\d|6011)(?:[-\s]?\d){12}\b",
    rf"\b(?:{'|'.join(_COUNTRIES)})\d{{2}}[a-zA-Z0-9]{{11,29}}\b",
    rf"(?s){_BEGIN}(.+?){_END}",
    r"\b(?:[a-z0-9]+:)?//[a-zA-Z0-9%_.-]+:([a-zA-Z0-9%_.-]+)@",
    r"\b[0-9]{3}-[0-9]{2}-[0-9]{4}\b",
    r"(?i)\bBearer\s+[^\s]+",
)
"""Parts of strings, and groups of them, that are replaced."""

_ANYWHERE = (
    r"password|secret|passwd|api[-_]key|apikey|auth|credentials|mysql_pwd|privatekey"
    r"|private[-_]key|token[^\s]*[:=]|^otp$|^two[-_]factor$"
)
WHOLE = re.compile(_ANYWHERE, re.IGNORECASE)
"""A string that holds this is wiped."""

KEY = re.compile(f"{_ANYWHERE}|token", re.IGNORECASE)
"""What stands under a key that holds this is wiped."""

KEPT = frozenset({"", "true", "false", "null", "undefined"})
"""Strings that are never touched."""
