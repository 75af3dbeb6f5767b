"""Evidence as text for people: one line for each recording, and a summary."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from replay_redact._masks.differences import CHANNELS
from replay_redact.evidence.findings import Checked, Evidence, Place, places_of


def quiet(*, only_secrets: bool) -> str:
    """Say that nothing was found. A search for secrets alone cannot call a recording private.

    >>> quiet(only_secrets=True)
    'without a secret'
    """
    return "without a secret" if only_secrets else "private"


def line_of(checked: Checked, *, only_secrets: bool = False) -> str:
    """Describe a recording in one line. An unreadable recording is not private.

    >>> line_of(Checked("a.json"))
    'a.json: private'
    """
    if not checked.findings:
        verdict = "not checked" if checked.trouble else quiet(only_secrets=only_secrets)
        return f"{printable(checked.name)}: {verdict}"
    said = [f"{name} in {number(count, 'place')}" for name, count in checked.secrets.items()]
    said += [f"{name} {count:,}" for name, count in checked.channels.most_common()]
    how_many = amount(checked.leaks, len(checked.findings))
    return f"{printable(checked.name)}: {how_many}: {', '.join(said)}"


def printable(name: str) -> str:
    r"""Escape the name of a file: it must not move the cursor, or look like a verdict.

    >>> print(printable("a.json: private\nb.json"))
    a.json: private\nb.json
    """
    return "".join(own if own.isprintable() else ascii(own)[1:-1] for own in name)


def summary_lines(evidence: Evidence, examples: int) -> Iterator[str]:
    """Yield the summary of a check: how many recordings are private, and what leaks, by channel.

    Each channel has some places as examples, the worst first.
    """
    if len(evidence.recordings) > 1:
        yield f"{number(len(evidence.recordings), 'recording')}: {outcome(evidence)}"
    places = places_of(evidence.recordings)
    if not places:
        return
    leaks = sum(place.times for place in places)
    yield f"{amount(leaks, len(places))}:"
    yield from secret_lines(evidence, places)
    by_channel: dict[str, list[Place]] = {}
    for place in places:
        by_channel.setdefault(place.leak.channel, []).append(place)
    for channel, count in channel_counts(places).most_common():
        own = by_channel[channel]
        yield f"  {channel}: {amount(count, len(own))}; {CHANNELS[channel]}"
        yield from (f"    {place_line(evidence, place)}" for place in own[:examples])
        if len(own) > examples:
            yield f"    and {number(len(own) - examples, 'more place')}"


def outcome(evidence: Evidence) -> str:
    """Say how many recordings are private, leak, or cannot be checked.

    With ``only_secrets``, nothing else was checked, so no recording is called private.
    """
    counts = {
        quiet(only_secrets=evidence.only_secrets): evidence.private,
        "with leaks": evidence.leaking,
        "not checked": evidence.troubled,
    }
    return ", ".join(f"{count:,} {what}" for what, count in counts.items() if count)


def secret_lines(evidence: Evidence, places: list[Place]) -> Iterator[str]:
    """Say of each secret in how many places it was found, if any."""
    found: Counter[str] = Counter()
    for place in places:
        if place.leak.secret is not None:
            found[place.leak.secret] += place.times
    for name in evidence.secrets if found else ():
        said = f"can be read in {number(found[name], 'place')}" if found[name] else "was not found"
        yield f"  {name} {said}"


def place_line(evidence: Evidence, place: Place) -> str:
    """Describe a place by its first leak, and say how often it leaks."""
    name = printable(evidence.recordings[place.first].name)
    where = f"{name}: " if len(evidence.recordings) > 1 else ""
    often = f", {place.times:,} times" if place.times > 1 else ""
    spread = f" in {number(place.recordings, 'recording')}" if place.recordings > 1 else ""
    return f"{where}{place.leak}{often}{spread}"


def channel_counts(places: list[Place]) -> Counter[str]:
    """Count leaks by channel."""
    counts: Counter[str] = Counter()
    for place in places:
        counts[place.leak.channel] += place.times
    return counts


def amount(leaks: int, places: int) -> str:
    """Say how many leaks and places there are.

    >>> amount(1200, 1)
    '1,200 leaks in 1 place'
    """
    return f"{number(leaks, 'leak')} in {number(places, 'place')}"


def number(count: int, noun: str) -> str:
    """Write a number with its noun."""
    return f"{count:,} {noun}{'' if count == 1 else 's'}"
