"""What stays of the items of Sentry's envelopes that stand beside a recording.

The table of Sentry's events says what each field holds, and which stay beside a recording. Here
each role has its form: a fact stays only if it has the form of such a fact, a word if it is one
that the protocol defines. All else is scrubbed.
"""

from __future__ import annotations

from collections.abc import Mapping

from replay_redact._allowlists.sentry.attributes import TYPE
from replay_redact._allowlists.sentry.roles import (
    Attributes,
    Each,
    Fields,
    Node,
    OneOf,
    Pairs,
    Role,
)
from replay_redact._allowlists.sentry.schema import ENVELOPE, ITEM, KINDS, SETTINGS
from replay_redact._metadata import forms
from replay_redact._metadata.masks import Rule
from replay_redact._metadata.rules import list_of, number, object_of, scrub, url, word

_RULES: Mapping[Role, Rule] = {
    Role.ID: forms.ident,
    Role.TIME: forms.time,
    Role.NUMBER: number,
    Role.WORD: word,
    Role.OPERATION: forms.span_word,
    Role.RATE: forms.numeral,
    Role.IDENTIFIER: forms.code_name,
    Role.FUNCTION: forms.code_name,
    Role.SDK: forms.sdk,
    Role.VERSION: forms.version,
    Role.RELEASE: forms.release,
    Role.ENVIRONMENT: forms.environment,
    Role.BROWSER: forms.browser,
    Role.SYSTEM: forms.system,
    Role.AGENT: forms.agent,
    Role.LOCALE: forms.locale,
    Role.ZONE: forms.zone,
    Role.HOST: forms.host,
    Role.MEDIA_TYPE: forms.media_type,
    Role.PUBLIC_KEY: forms.public_key,
    Role.NAME: url,
    Role.ADDRESS: url,
    Role.CODE: url,
    Role.DSN: forms.dsn,
    Role.PERSON: forms.hidden,
}
"""What has no rule may say anything."""

_SPELLINGS = {"user-agent": "User-Agent", "referer": "Referer", "replayid": "replayId"}
"""Names that are no small letters where browsers' SDKs write them."""


def _rule_of(node: Node) -> Rule:
    if isinstance(node, Role):
        return _RULES.get(node, scrub)
    if isinstance(node, OneOf):
        return forms.of_known(node.words, _OTHERWISE.get(node.other, scrub))
    if isinstance(node, Each):
        items = list_of(_rule_of(node.item))
        return object_of({"values": items}) if node.wrapped else items
    if isinstance(node, Attributes):
        return _attributes(node)
    fields = node.fields if isinstance(node, Pairs) else node
    return forms.hidden if fields.rest is Role.PERSON else object_of(_rules_of(fields))


_OTHERWISE: Mapping[Role, Rule] = {Role.CODE: url, Role.OPERATION: forms.span_word}
"""Rules for what is none of some words: one that is no word of the protocol is scrubbed."""


def _rules_of(fields: Fields) -> dict[str, Rule]:
    return {
        _SPELLINGS.get(name, name): _rule_of(fields.known[name]) for name in sorted(fields.beside)
    }


def _attributes(node: Attributes) -> Rule:
    kind = _rule_of(TYPE)
    known = {
        name: object_of({"value": _rule_of(node.known[name]), "type": kind})
        for name in sorted(node.beside)
    }
    return object_of(known, object_of({"type": kind}))


_SPAN = {**_rules_of(KINDS["span"]), "name": word}
"""Newer spans have a name, which is no address where an application gives it."""

_EVENT = {**_rules_of(KINDS["event"]), "spans": list_of(object_of(_SPAN))}
_OF_KINDS: dict[str, Rule] = {
    **{
        kind: _rule_of(KINDS[kind]) for kind in ("session", "sessions", "client_report", "check_in")
    },
    **dict.fromkeys(("event", "transaction", "replay_event", "feedback"), object_of(_EVENT)),
    "span": object_of({**_SPAN, **_rules_of(SETTINGS), "items": list_of(object_of(_SPAN))}),
    "user_report": object_of({**_rules_of(KINDS["user_report"]), "comments": forms.hidden}),
}

SENTRY: dict[str, Rule] = {
    "sentry headers": _rule_of(ENVELOPE),
    "sentry item headers": object_of({**_rules_of(ITEM), "length": number}),
    **{f"sentry {kind}": rule for kind, rule in _OF_KINDS.items()},
}
"""Rules by kind of item."""
