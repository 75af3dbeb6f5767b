"""Values that are public by their form: ids, times, versions, names of SDKs, browsers, systems.

Each form says who writes such a value. None of them has room for a sentence, a person or an
address; what does not have the form is scrubbed as text.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Any

from replay_redact._metadata.masks import PayloadMasks, Rule
from replay_redact._metadata.rules import number, scrub, url

_HEX_ID = re.compile(
    r"(?=[0-9]*[a-f])(?:[0-9a-f]{32}|[0-9a-f]{16})",  # digits alone may be a card
    re.IGNORECASE,
)
_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
_TIME = re.compile(
    r"\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:Z|[+-]\d\d:?\d\d)?)?"
)
_VERSION = re.compile(r"v?\d{1,5}(?:\.\d{1,5}){0,4}(?:-(?:alpha|beta|rc|dev)(?:\.\d{1,3})?)?")
_RELEASE = re.compile(
    r"(?:[A-Za-z][A-Za-z0-9_-]{0,40}(?:\.[A-Za-z][A-Za-z0-9_-]{0,40}){0,4}@)?"
    r"(?:v?\d{1,5}(?:\.\d{1,5}){1,3}(?:[+-][a-z0-9]{1,12})?|(?=[0-9]*[a-f])[0-9a-f]{7,40})"
)
_SDK = re.compile(
    r"(?:npm:)?(?:@?sentry(?:[./-][a-z][a-z_-]{0,20}){0,4}|posthog(?:-[a-z]{1,12}){1,3})|web|mobile"
)
_AGENT = re.compile(
    r"Mozilla/5\.0 \([A-Za-z0-9 .,;:_/-]{1,80}\)"
    r"(?: (?:\(KHTML, like Gecko\)"
    r"|(?:AppleWebKit|Gecko|Chrome|HeadlessChrome|Chromium|CriOS|Safari|Version|Mobile|Firefox"
    r"|FxiOS|Edg|EdgA|EdgiOS|OPR|SamsungBrowser|YaBrowser|Vivaldi|Electron)"
    r"(?:/[0-9][0-9A-Za-z.]{0,19})?))*"
)
_AGENT_SYSTEM = re.compile(
    r"(?:X11|Linux|Ubuntu|Fedora|Android|Windows|NT|Win64|WOW64|Macintosh|Intel|Mac|OS|X|like|CPU"
    r"|iPhone|iPad|iPod|Mobile|Tablet|CrOS|U|K|x64|x86_64|i686|aarch64|armv[78]l|arm64|rv"
    r"|\d{1,4}(?:[._]\d{1,4}){0,4}|compatible|Build)"
)
_LOCALE = re.compile(r"[a-z]{2,3}(?:[-_][A-Z][a-z]{3})?(?:[-_](?:[A-Z]{2}|\d{3}))?")
_ZONE = re.compile(
    r"UTC|GMT|(?:Africa|America|Antarctica|Arctic|Asia|Atlantic|Australia|Europe|Indian|Pacific"
    r"|Etc)/[A-Z][A-Za-z_-]{1,20}(?:/[A-Z][A-Za-z_-]{1,20})?|Etc/GMT[+-]\d{1,2}"
)
_DSN = re.compile(
    r"https?://[0-9A-Za-z]{1,64}@[A-Za-z0-9.-]{1,200}(?::\d{1,5})?(?:/[a-z]+)?/\d{1,20}"
)
_PROJECT_KEY = re.compile(r"phc_[A-Za-z0-9]{1,64}")
_PUBLIC_KEY = re.compile(r"[0-9a-z]{1,64}")
_OWN_NAME = re.compile(r"\$[a-z][a-z_]{0,60}")
_CODE_NAME = re.compile(r"[A-Za-z_$][A-Za-z_$]{0,40}(?:\.[A-Za-z_$<>]{1,40}){0,4}")
_SPAN_WORD = re.compile(
    r"(?:auto|browser|ui|http|resource|navigation|pageload|paint|function|measure|mark|manual|app)"
    r"(?:\.[a-z][a-z_]{1,30}){0,4}"
)
_MEDIA_TYPE = re.compile(r"(?:application|text|image|video)/[a-z0-9.+-]{1,60}")
_INSERT_ID = re.compile(r"(?=[a-z]*[0-9])(?=[0-9]*[a-z])[0-9a-z]{12,20}")
_HOST = re.compile(
    r"(?:localhost|[\d*]{1,3}(?:\.[\d*]{1,3}){3}|(?:[A-Za-z0-9*-]{1,63}\.){1,8}[A-Za-z*]{2,24})"
    r"(?::\d{1,5})?"
)


def of_form(*forms: re.Pattern[str], other: Rule = scrub) -> Rule:
    """Return a rule that keeps what has one of the forms, as a whole."""

    def mask(masks: PayloadMasks, value: Any) -> Any:
        fits = isinstance(value, str) and any(form.fullmatch(value) for form in forms)
        return value if fits or value == "" else other(masks, value)

    return mask


def of_words(words: str, other: Rule = scrub) -> Rule:
    """Return a rule that keeps these words; where some have blanks, bars divide them."""
    return of_known(frozenset(words.strip().split("|") if "|" in words else words.split()), other)


def of_known(known: Collection[str], other: Rule = scrub) -> Rule:
    """Return a rule that keeps strings that are known."""

    def mask(masks: PayloadMasks, value: Any) -> Any:
        return value if isinstance(value, str) and value in known else other(masks, value)

    return mask


def agent(masks: PayloadMasks, value: Any) -> Any:
    """Keep the name of a browser if each of its words is one that browsers write."""
    if not isinstance(value, str) or not _AGENT.fullmatch(value):
        return masks.scrub(value)
    system = value[value.index("(") + 1 : value.index(")")]
    known = all(map(_AGENT_SYSTEM.fullmatch, re.findall(r"[^ ;:,/]+", system)))
    return value if known else masks.scrub(value)


def host(masks: PayloadMasks, value: Any) -> Any:
    """Keep a host, as far as the policy does not mask it."""
    fits = isinstance(value, str) and _HOST.fullmatch(value)
    return masks.masks.host(value) if fits or value == "" else masks.scrub(value)


def dsn(masks: PayloadMasks, value: Any) -> Any:
    """Keep the address that an SDK sends to, if the policy does not mask its host."""
    fits = isinstance(value, str) and _DSN.fullmatch(value) and not masks.masks.masks_host_of(value)
    return value if fits or value == "" else url(masks, value)


def hidden(masks: PayloadMasks, value: Any) -> Any:
    """Mask all of it, in every policy: it says who somebody is."""
    return masks.hide(value)


def window_id(masks: Any, value: Any) -> Any:
    """Put a stand-in in the place of an id of a session or a window, unless it is a UUID."""
    return masks.stand_in(value) if type(value) in {str, int} else masks.scrub(value)


browser = of_words(
    "Chrome|Firefox|Safari|Edge|Opera|Brave|Chromium|Vivaldi|Mobile Safari|Chrome iOS|Firefox iOS"
    "|Samsung Internet|Internet Explorer|Android Mobile|UC Browser|Facebook Mobile|Microsoft Edge"
    "|Opera Mini|BlackBerry|Konqueror|Chrome Mobile|Firefox Mobile|Electron"
)
system = of_words(
    "Linux|Windows|Mac OS X|macOS|iOS|iPadOS|Android|Chrome OS|watchOS|tvOS|visionOS|Ubuntu|Fedora"
)
ident = of_form(_UUID, _HEX_ID)
uuid = of_form(_UUID)
person_id = of_form(_UUID, other=hidden)
time = of_form(_TIME, other=number)
version = of_form(_VERSION, other=number)
release = of_form(_RELEASE)
environment = of_words(
    "prod production live stage staging dev develop development test testing qa uat preview local"
    " canary beta demo sandbox integration ci"
)
sdk = of_form(_SDK)
locale = of_form(_LOCALE)
zone = of_form(_ZONE)
project_key = of_form(_PROJECT_KEY)
public_key = of_form(_PUBLIC_KEY)
own_name = of_form(_OWN_NAME)
code_name = of_form(_CODE_NAME)
span_word = of_form(_SPAN_WORD)
media_type = of_form(_MEDIA_TYPE)
insert_id = of_form(_INSERT_ID)


def numeral(masks: PayloadMasks, value: Any) -> Any:
    """Keep a number, also one that is written as a string."""
    fits = isinstance(value, str) and re.fullmatch(r"-?\d{1,12}(?:\.\d{1,20})?", value)
    return value if fits else number(masks, value)


Table = dict[str, Rule]


def table_of(rule: Rule, names: str) -> Table:
    """Return a table in which several keys have one rule."""
    return dict.fromkeys(names.split(), rule)
