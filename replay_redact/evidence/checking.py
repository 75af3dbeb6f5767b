"""Check one recording: from bytes to findings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any, NamedTuple

from replay_redact._engine.state import fingerprint
from replay_redact._masks.text import mask_text
from replay_redact._runtime.collector import paused_collector
from replay_redact._runtime.stack import call_deep
from replay_redact._version import __version__
from replay_redact.errors import RedactError
from replay_redact.evidence.findings import Checked, Evidence, Finding, findings_of, worst_first
from replay_redact.policy import Policy
from replay_redact.testing.checks import NOTHING, find_in_unreadable
from replay_redact.testing.leaks import Leak
from replay_redact.testing.planted import holds_any, patterns
from replay_redact.testing.search import LeakSearch

_ENOUGH = 6


class Question(NamedTuple):
    """What to check recordings for. It can be pickled if the policy can.

    ``named`` maps the names of planted secrets to the secrets. With ``only_secrets``, nothing else
    is looked for.
    """

    policy: Policy
    name: str = "strict"
    format: str = "auto"
    named: Mapping[str, str] = {}
    only_secrets: bool = False


def check(question: Question, name: str, data: bytes) -> Checked:
    """Check one recording. If it cannot be read, its raw bytes are searched for secrets.

    >>> from replay_redact.testing import recording_from_html
    >>> page = recording_from_html("<ul><li>Jane<li>Bob<li>Eve</ul>")
    >>> [finding] = check(Question(Policy()), "page.json", page).findings
    >>> finding.leak.path, finding.times
    ('html > body > ul > li', 3)
    """
    checked = Checked(_without_secrets(question, name), len(data), sha256(data).hexdigest())
    try:
        findings = _findings(question, data)
    except RedactError as error:
        leaks = find_in_unreadable(data, question.named)
        return checked._replace(findings=findings_of(leaks), trouble=str(error))
    return checked._replace(
        findings=findings or (), trouble="" if findings is not None else NOTHING
    )


def unread(question: Question, name: str, trouble: str) -> Checked:
    """Note a recording that could not even be read."""
    return Checked(_without_secrets(question, name), trouble=trouble)


def evidence_of(question: Question, recordings: tuple[Checked, ...]) -> Evidence:
    """Combine what was checked with the policy, the secrets and the date."""
    return Evidence(
        question.name,
        fingerprint(question.policy).hex(),
        __version__,
        datetime.now(UTC).isoformat(timespec="seconds"),
        recordings,
        tuple(question.named),
        question.only_secrets,
    )


def _without_secrets(question: Question, name: str) -> str:
    """Mask the name of a recording that holds one of the secrets, as ``Jane_Roe.json`` does."""
    joined = _joined(name)
    found = holds_any(name, patterns(question.named))
    spelled = map(_joined, question.named.values())
    return mask_text(name) if found or any(own in joined for own in spelled if own) else name


def _joined(text: str) -> str:
    """Return the letters and digits of a text; nothing if so few could match by chance.

    >>> _joined("Jane Roe"), _joined("jane_roe"), _joined("a-b")
    ('janeroe', 'janeroe', '')
    """
    letters = "".join(filter(str.isalnum, text.casefold()))
    return letters if len(letters) >= _ENOUGH else ""


def _findings(question: Question, data: bytes) -> tuple[Finding, ...] | None:
    """Return the findings of a recording, or ``None`` if it is empty."""

    def found() -> tuple[Finding, ...] | None:
        named = dict(question.named)
        search = LeakSearch(question.policy, data, question.format, named, reveal=False)
        if search.is_empty:
            return None
        changed = () if question.only_secrets else _changed(search)
        return worst_first([*changed, *findings_of(search.secrets())])

    with paused_collector():
        return call_deep(found)


class _Place:
    """The first leak at one place, and how many there are."""

    first: Leak
    times = 0


def _changed(search: LeakSearch) -> Iterator[Finding]:
    """Yield what redaction would change, grouped by place as `findings_of` does.

    Only the first leak at each place is described, since describing takes most of the time.
    """
    places: dict[Any, _Place] = {}
    at, of = -1, None
    path = last_path = last_field = last_channel = ""
    place = _Place()  # the place of the previous leak
    for index, found in search.differences():
        node, field, channel, _, _ = found
        if index != at:
            at, of, path = index, None, ""
            kind, names = search.event(index)
            last_field = ""
        if node != of:
            of, path = node, "" if node is None else names.path(node)
        if path is not last_path or field is not last_field or channel is not last_channel:
            place = places.setdefault((kind, path, field, channel), _Place())
            last_path, last_field, last_channel = path, field, channel
        place.times += 1
        if place.times == 1:
            place.first = search.leak(index, found)
    yield from (Finding(place.first, place.times) for place in places.values())
    yield from findings_of(search.beside())
