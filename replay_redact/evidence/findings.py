"""The model that all reports are written from: text, JSON, SARIF, JUnit and HTML.

A leak is one place in one event. A list may leak at the same place a thousand times, but the reader
needs to see it once. So

* leaks of one recording with the same kind of event, path, field, channel and secret are one
  `Finding`, with a count;
* the same findings in several recordings are one `Place`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from replay_redact.evidence.outline import Outline
from replay_redact.testing.leaks import Leak


class Finding(NamedTuple):
    """One place of a recording that is not private: its first leak, and how many there are."""

    leak: Leak
    times: int

    def as_dict(self) -> dict[str, Any]:
        """Return plain data for JSON: the first leak, and the count."""
        return {**self.leak.as_dict(), "count": self.times}


class Checked(NamedTuple):
    """One recording that was checked.

    * ``name``: its name in reports; ``size``, ``sha256``: of the bytes that were read.
    * ``findings``: the places that are not private, the worst first.
    * ``trouble``: why it could not be checked as a recording, or ``""``. Secrets are looked for in
      unreadable input too, so there may still be findings.
    * ``warnings``: what `lint` says of the policy.
    """

    name: str
    size: int = 0
    sha256: str = ""
    findings: tuple[Finding, ...] = ()
    trouble: str = ""
    warnings: tuple[str, ...] = ()

    @property
    def leaks(self) -> int:
        """How many leaks there are."""
        return sum(finding.times for finding in self.findings)

    @property
    def channels(self) -> Counter[str]:
        """How many leaks each channel has."""
        return counted(self.findings, "channel")

    @property
    def secrets(self) -> Counter[str]:
        """In how many places each secret can be read. Secrets that were not found are missing."""
        found = counted(self.findings, "secret")
        del found[None]  # leaks that are not about a secret
        return found


class Drawn(NamedTuple):
    """Pictures of one recording.

    * ``outlines``: where each requested node stands, by event and node.
    * ``page``: the index of a full snapshot, and its redacted page as an inert HTML document in
      which places are marked by their numbers; or ``None``.
    """

    outlines: Mapping[tuple[int, int], Outline] = {}
    page: tuple[int, str] | None = None


class Evidence(NamedTuple):
    """All recordings of one check, and by what they were checked.

    * ``policy``: the name that the user gave; ``fingerprint``: of the options of the policy.
    * ``version``: of replay_redact; ``date``: in UTC, as in ISO 8601.
    * ``secrets``: names of the secrets; ``only_secrets``: nothing else was looked for.
    * ``drawn``: pictures, by the index of the recording. Only the HTML page asks for them.
    """

    policy: str
    fingerprint: str
    version: str
    date: str
    recordings: tuple[Checked, ...]
    secrets: tuple[str, ...] = ()
    only_secrets: bool = False
    drawn: Mapping[int, Drawn] = {}

    @property
    def findings(self) -> list[Finding]:
        """The findings of all recordings."""
        return [finding for checked in self.recordings for finding in checked.findings]

    @property
    def private(self) -> int:
        """How many recordings were read and have no leak."""
        return sum(not (own.trouble or own.findings) for own in self.recordings)

    @property
    def leaking(self) -> int:
        """How many recordings have a leak."""
        return sum(bool(own.findings) for own in self.recordings)

    @property
    def troubled(self) -> int:
        """How many recordings could not be checked."""
        return sum(bool(own.trouble) for own in self.recordings)


class Place(NamedTuple):
    """One place in the pages of an app: leaks at the same place in one or several recordings.

    * ``leak``: the first one, in the recording with the index ``first``.
    * ``times``: how many leaks there are; ``recordings``: in how many recordings.
    """

    leak: Leak
    first: int
    times: int
    recordings: int


def findings_of(leaks: Iterable[Leak]) -> tuple[Finding, ...]:
    """Group leaks by place, the worst place first: secrets, then what leaks most.

    >>> title = Leak(1, "FullSnapshot", 7, "body > p", "attributes.title", "attribute", "", "***")
    >>> [finding] = findings_of([title, title])
    >>> finding.times
    2
    """
    first: dict[Any, Leak] = {}
    counts: Counter[Any] = Counter()
    for leak in leaks:
        key = _key(leak)
        first.setdefault(key, leak)
        counts[key] += 1
    return worst_first(Finding(first[key], count) for key, count in counts.items())


def worst_first(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Put the worst findings first: those of secrets, then those that leak most."""
    return tuple(sorted(findings, key=_badness))


def places_of(recordings: Iterable[Checked]) -> list[Place]:
    """Group findings by place over all recordings, the worst place first."""
    first: dict[Any, tuple[Leak, int]] = {}
    times: Counter[Any] = Counter()
    spread: Counter[Any] = Counter()
    for index, checked in enumerate(recordings):
        keys = [_key(leak) for leak, _ in checked.findings]
        for key, (leak, count) in zip(keys, checked.findings, strict=True):
            times[key] += count
            first.setdefault(key, (leak, index))
        spread.update(set(keys))
    places = [Place(*own, times[key], spread[key]) for key, own in first.items()]
    return sorted(places, key=_badness)


def counted(findings: Iterable[Finding], name: str) -> Counter[Any]:
    """Count leaks by one of their fields."""
    counts: Counter[Any] = Counter()
    for leak, count in findings:
        counts[getattr(leak, name)] += count
    return counts


def _key(leak: Leak) -> tuple[Any, ...]:
    return leak.kind, leak.path, leak.field, leak.channel, leak.secret


def _badness(found: Finding | Place) -> tuple[bool, int]:
    return found.leak.secret is None, -found.times
