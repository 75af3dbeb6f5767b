"""Relay's configurations from what people write in its stead: sentences, and options."""

from __future__ import annotations

import re
from typing import Any

from replay_redact.errors import PolicyError

_LINE = re.compile(r"\s*\[([^\]]+)\]\s*\[([^\]]+)\]\s*(?:from|in)\s*\[(.+)\]\s*\Z", re.IGNORECASE)
_SAID_METHODS = {"mask": "mask", "remove": "remove", "hash": "hash", "replace": "replace"}
_SAID_KINDS = {
    "credit card numbers": "creditcard",
    "credit cards": "creditcard",
    "usernames in filepaths": "userpath",
    "ip addresses": "ip",
    "imei numbers": "imei",
    "email addresses": "email",
    "uuids": "uuid",
    "pem keys": "pemkey",
    "auth in urls": "url_auth",
    "us social security numbers": "us_ssn",
    "mac addresses": "mac",
    "iban": "iban",
    "bearer tokens": "bearer",
    "password fields": "password",
    "anything": "anything",
}


def config_of_lines(text: str) -> dict[str, Any]:
    """Return the configuration that sentences such as those of Sentry's settings page say.

    >>> config_of_lines("[Mask] [Credit card numbers] from [$string]")["applications"]
    {'$string': ['line1']}
    """
    rules: dict[str, Any] = {}
    applications: dict[str, list[str]] = {}
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        match = _LINE.match(line)
        method = _SAID_METHODS.get(match[1].lower()) if match else None
        kind = _SAID_KINDS.get(match[2].lower()) if match else None
        if match is None or method is None or kind is None:
            raise PolicyError(f"line {number} is no rule: [Method] [Kind] from [selector]")
        rules[f"line{number}"] = {"type": kind, "redaction": {"method": method}}
        applications.setdefault(match[3].strip(), []).append(f"line{number}")
    return {"rules": rules, "applications": applications}


def config_of_options(
    sensitive_fields: list[str], safe_fields: list[str], *, ip_addresses: bool, defaults: bool
) -> dict[str, Any]:
    """Return the configuration that the options of a Sentry project say."""
    rules: dict[str, Any] = {}
    names = ["@common:filter"] if defaults else []
    names += ["@ip:replace"] if ip_addresses else []
    fields = [re.escape(field) for field in sensitive_fields if field]
    if fields:
        pair = {"type": "redact_pair", "keyPattern": f"(?i)(?:{'|'.join(fields)})"}
        rules["strip-fields"] = {**pair, "redaction": {"method": "replace"}}
        names.append("strip-fields")
    every = "($string || $number || $array || $object)"
    safe = "".join(f" && !({field})" for field in ("debug_meta.**", *safe_fields))
    applications = {every + safe: names} if names else {}
    if ip_addresses:
        applications["$user.ip_address || $http.env.REMOTE_ADDR"] = ["@anything:remove"]
    return {"rules": rules, "applications": applications}
