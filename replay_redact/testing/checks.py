"""Finding leaks in a recording, and failing a test because of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from replay_redact._masks.differences import CHANNELS
from replay_redact._runtime.collector import paused_collector
from replay_redact._runtime.plural import counted
from replay_redact._runtime.stack import call_deep
from replay_redact._wire.codec import open_recording, read_all
from replay_redact.errors import RedactError
from replay_redact.policy import Policy
from replay_redact.testing.leaks import Leak
from replay_redact.testing.planted import patterns
from replay_redact.testing.prefilter import prefilter_of
from replay_redact.testing.recordings import Recording, to_bytes
from replay_redact.testing.search import LeakSearch, unreadable_secrets

DEFAULT_POLICY = Policy()


def find_leaks(
    recording: Recording,
    policy: Policy = DEFAULT_POLICY,
    *,
    secrets: Iterable[str] | Mapping[str, str] = (),
    reveal: bool = False,
    format: str = "auto",  # noqa: A002 - as in `decode`
) -> list[Leak]:
    """Return every place where a recording is not private under a policy, in recording order.

    A place leaks if redaction would change it, or if one of ``secrets`` can be read there, in any
    of these spellings:

    * plain, in any case, with other white space, or with other forms of the same characters;
    * a number in other groups of digits;
    * percent-encoded once or twice, in base64 at any alignment, or escaped for JSON or HTML;
    * with single characters encoded, as in ``jane&commat;x``, in up to three layers;
    * in the base64 of something compressed;
    * spread over neighbouring texts, or typed key by key.

    ``secrets`` may be a mapping from names to secrets. Without names they are called ``secret 1``
    and so on. With ``reveal``, leaks hold what leaked.

    Raises `DecodeError` or `LimitError` if the input is not a recording, ``TypeError`` for text
    instead of bytes, and ``ValueError`` for a secret of fewer than 4 characters.

    >>> from replay_redact.testing import recording_from_html
    >>> recording = recording_from_html("<p title='For Jane'>Hello</p>")
    >>> for leak in find_leaks(recording, secrets=["For Jane"]):
    ...     print(leak)
    event 1 FullSnapshot html > body > p attributes.title: *** **** (defaults of the policy)
    event 1 FullSnapshot html > body > p textContent: ***** (defaults of the policy)
    event 1 FullSnapshot html > body > p attributes.title holds secret 1: *** **** (plain)
    """
    named = named_secrets(secrets)
    data = to_bytes(recording)

    def found() -> list[Leak]:
        search = LeakSearch(policy, data, format, named, reveal=reveal)
        return [*search.changes(), *search.secrets()]

    with paused_collector():
        leaks = call_deep(found)
    if named:  # without secrets, the leaks are in order already
        leaks.sort(key=lambda leak: (leak.event, leak.secret is not None))
    return leaks


def assert_no_leaks(
    recording: Recording,
    policy: Policy = DEFAULT_POLICY,
    *,
    secrets: Iterable[str] | Mapping[str, str] = (),
    reveal: bool = False,
) -> None:
    """Raise ``AssertionError``, with a list by channel, if a recording is not private.

    It also raises if the recording holds no event: a test that recorded nothing proves nothing.

    >>> from replay_redact.testing import recording_from_html
    >>> assert_no_leaks(recording_from_html("<p>*****</p>"))
    """
    __tracebackhide__ = True  # pytest would print the arguments, and with them the recording
    data = to_bytes(recording)
    leaks = find_leaks(data, policy, secrets=secrets, reveal=reveal)
    if leaks:
        raise AssertionError(summary(leaks))
    if is_empty(data):
        raise AssertionError(NOTHING)


def find_in_unreadable(data: bytes, secrets: Iterable[str] | Mapping[str, str]) -> list[Leak]:
    """Return a leak for each secret in an input that is no recording; `find_leaks` raises for it.

    >>> for leak in find_in_unreadable(b"Dear Jane Roe", ["jane roe", "Bob Doe"]):
    ...     print(leak)
    event 0 recording what cannot be read holds secret 1:  (plain)
    """
    wanted = patterns(named_secrets(secrets))
    with paused_collector():
        return call_deep(lambda: list(unreadable_secrets(data, wanted, 0)))


def find_secrets(
    recording: Recording,
    secrets: Iterable[str] | Mapping[str, str],
    *,
    spread: bool = False,
    reveal: bool = False,
) -> list[Leak]:
    """Return every place where a secret can be read, in the spellings of `find_leaks`.

    It is made for many recordings: a quick look rules out most of them at hundreds of megabytes a
    second. Only with ``spread`` it also finds what is spread over several texts or typed key by
    key, and then takes as long as the search of `find_leaks` does. An input that is no recording is
    searched as it stands.

    Raises ``TypeError`` and ``ValueError`` as `find_leaks` does.

    >>> from replay_redact.testing import recording_from_html
    >>> leaks = find_secrets(recording_from_html("<p>Dear JANE  ROE"), ["Jane Roe"])
    >>> [(leak.path, leak.field, leak.rule) for leak in leaks]
    [('html > body > p', 'textContent', 'spaced otherwise')]
    >>> [leak.field for leak in find_secrets(b"Dear Jane Roe", ["Jane Roe"])]
    ['what cannot be read']
    """
    named, data = named_secrets(secrets), to_bytes(recording)
    if not (spread or prefilter_of(tuple(named.items())).may_be_in(data)):
        return []

    def found() -> list[Leak]:
        search = LeakSearch(DEFAULT_POLICY, data, "auto", named, reveal=reveal)
        return list(search.secrets(spread=spread))

    try:
        with paused_collector():
            return call_deep(found)
    except RedactError:
        return find_in_unreadable(data, named)


NOTHING = "the recording holds no event: was anything recorded?"


def is_empty(recording: Recording) -> bool:
    """Tell whether a recording holds nothing, so that it is private for want of anything.

    >>> from replay_redact.testing import recording_from_html
    >>> is_empty(b"[]"), is_empty(recording_from_html("<p>Jane</p>"))
    (True, False)
    """
    found = read_all(open_recording(to_bytes(recording)))
    return not found.events and not any(item.is_content for item in found.items)


def summary(leaks: list[Leak], *, examples: int = 3) -> str:
    """Return leaks as text for people: by channel, with examples and advice.

    Leaks of secrets come first.
    """
    events = len({leak.event for leak in leaks})
    lines = [f"{counted(len(leaks), 'leak')} in {counted(events, 'event')}:"]
    named = Counter(leak.secret for leak in leaks if leak.secret is not None)
    lines += [f"  {name} can be read in {counted(count, 'place')}" for name, count in named.items()]
    for channel, count in Counter(leak.channel for leak in leaks).most_common():
        lines.append(f"  {channel}: {count}; {CHANNELS[channel]}")
        own = [leak for leak in leaks if leak.channel == channel]
        shown = sorted(own, key=lambda leak: leak.secret is None)[:examples]
        lines += [f"    {leak}" for leak in shown]
        if count > len(shown):
            lines.append(f"    and {count - len(shown)} more")
    return "\n".join(lines)


def named_secrets(secrets: Iterable[str] | Mapping[str, str]) -> dict[str, str]:
    """Return secrets by their names; those without names are numbered.

    >>> named_secrets(["Jane Roe"])
    {'secret 1': 'Jane Roe'}
    """
    listed = [secrets] if isinstance(secrets, str) else secrets
    named = listed if isinstance(listed, Mapping) else _numbered(listed)
    for name, secret in named.items():
        if not isinstance(secret, str):
            raise TypeError(f"{name} must be a string, not {type(secret).__name__}")
    return dict(named)


def _numbered(secrets: Iterable[str]) -> dict[str, str]:
    return {f"secret {number}": secret for number, secret in enumerate(secrets, 1)}
