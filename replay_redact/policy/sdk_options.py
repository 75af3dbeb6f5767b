"""Options of SDKs as they stand in JavaScript, read as options of a strict policy.

The policy masks all that the SDK would mask by the same options, and more. Each option of an SDK
has a line in one of three tables: it says what has to be private, or it changes nothing about that,
or it is a function, which nobody can run here.

An option that is not in a table is refused, since it may ask for privacy.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from replay_redact.errors import PolicyError
from replay_redact.scrub.config import check_names

SENTRY = {
    "maskAllText": "mask_all_text",
    "maskAllInputs": "mask_all_inputs",
    "blockAllMedia": "block_all_media",
    "mask": "mask",
    "unmask": "unmask",
    "block": "block",
    "unblock": "show_media",
    "ignore": "ignore_inputs",
    "maskAttributes": "mask_attributes",
}
"""Options of Sentry's ``replayIntegration`` that say what is private, and ours of that meaning."""

SENTRY_DEFAULTS: dict[str, Any] = {
    "unmask": (),
    "mask_attributes": ("title", "placeholder", "aria-label"),
}
"""Defaults of ``replayIntegration`` that are not those of a policy."""

SENTRY_WITHOUT_EFFECT = frozenset(
    """
    flushMinDelay flushMaxDelay minReplayDuration maxReplayDuration stickySession useCompression
    workerUrl mutationBreadcrumbLimit mutationLimit slowClickTimeout slowClickIgnoreSelectors
    networkDetailAllowUrls networkDetailDenyUrls networkCaptureBodies networkRequestHeaders
    networkResponseHeaders attachRawBodyFromRequest beforeErrorSampling onError _experiments
    """.split()
)
"""Options that say when to record, or to record more of requests: that is masked in any case."""

SENTRY_FUNCTIONS = {"maskFn": "mask_fn", "beforeAddRecordingEvent": None}
"""Functions that change what is recorded, and the option that takes such a function in Python."""

POSTHOG = frozenset(
    """
    maskAllInputs maskInputOptions maskTextClass maskTextSelector blockClass blockSelector
    ignoreClass maskAllElementAttributes
    """.split()
)
"""Options of PostHog's ``session_recording`` that say what is private."""

POSTHOG_WITHOUT_EFFECT = frozenset(
    """
    slimDOMOptions captureJsonLd collectFonts inlineStylesheet inlineStylesheetBudgetRules
    recordCrossOriginIframes attributeFilter recordHeaders recordBody streamNetworkBody
    captureCanvas full_snapshot_interval_millis trigger_pending_buffer_interval_millis
    compress_events session_idle_threshold_ms __mutationThrottlerRefillRate
    __mutationThrottlerBucketSize __mutationBytesRefillRate __mutationBytesBucketSize
    strictMinimumDuration sampling sampleRate
    """.split()
)
"""Options that say when to record, or to record more of what is masked or dropped in any case."""

POSTHOG_FUNCTIONS = {
    "maskTextFn": "mask_fn",
    "maskInputFn": "mask_fn",
    "maskAttributeFn": None,
    "maskCapturedNetworkRequestFn": None,
    "maskNetworkRequestFn": None,
}
"""Functions that change what is recorded, and the option that takes such a function in Python."""

_FIELD_TYPES = """
    color date datetime-local email month number range search tel text time url week password hidden
""".split()
_CLASS = re.compile(r"[\w-]+")
_OTHER_TYPES = "button checkbox file image radio reset submit".split()
_FIELD_TAGS = ("textarea", "select")


def sentry_options(given: Mapping[str, Any]) -> dict[str, Any]:
    """Return the options of a strict policy that masks what ``replayIntegration`` does."""
    _check(given, [*SENTRY, *SENTRY_WITHOUT_EFFECT], SENTRY_FUNCTIONS, " of replayIntegration:")
    options = {SENTRY[name]: value for name, value in given.items() if name in SENTRY}
    return SENTRY_DEFAULTS | options


def posthog_options(given: Mapping[str, Any]) -> dict[str, Any]:
    """Return the options of a strict policy that masks what ``session_recording`` does."""
    _check(given, [*POSTHOG, *POSTHOG_WITHOUT_EFFECT], POSTHOG_FUNCTIONS, " of session_recording:")
    if given.get("maskAllElementAttributes", False):
        raise PolicyError(
            "maskAllElementAttributes masks attributes where text is shown, which no policy does;"
            " use mask_attributes, or mask_all_text=True and unmask"
        )
    return {
        "mask_all_text": False,
        "mask_all_inputs": given.get("maskAllInputs", True),
        "block_all_media": False,
        "unmask": (),
        "mask": [
            *_of_class(given, "maskTextClass"),
            *_of_selector(given, "maskTextSelector"),
            *_of_fields(given.get("maskInputOptions") or {}),
        ],
        "block": [*_of_class(given, "blockClass"), *_of_selector(given, "blockSelector")],
        "ignore_inputs": [*_of_class(given, "ignoreClass")],
    }


def _check(
    given: Mapping[str, Any],
    known: Iterable[str],
    functions: Mapping[str, str | None],
    whose: str,
) -> None:
    """Raise `PolicyError` for a name that is not known, and for a function."""
    check_names(given, [*known, *functions], whose)
    for name, option in functions.items():
        if given.get(name) is not None:
            instead = f"; give {option}, a function in Python, to Policy.replace" if option else ""
            raise PolicyError(f"{name} is a function of JavaScript, which cannot run here{instead}")


def _of_class(given: Mapping[str, Any], name: str) -> list[str]:
    """Return a selector of the class that an option names."""
    value = given.get(name)
    if value is None:
        return []
    if not isinstance(value, str) or not _CLASS.fullmatch(value):
        raise PolicyError(f"{name} must be one class; write a selector for a regular expression")
    return [f'[class~="{value}"]']


def _of_selector(given: Mapping[str, Any], name: str) -> list[str]:
    value = given.get(name)
    return [] if value is None else [value]


def _of_fields(given: Any) -> list[str]:
    """Return selectors of the form fields that ``maskInputOptions`` masks."""
    if not isinstance(given, Mapping):
        raise PolicyError("maskInputOptions must be an object of types and booleans")
    check_names(given, [*_FIELD_TYPES, *_FIELD_TAGS], " of maskInputOptions:")
    return [_field(name) for name, masked in given.items() if masked]


def _field(name: str) -> str:
    """Return the selector of a kind of fields; one without a type, or with an odd one, is text."""
    if name in _FIELD_TAGS:
        return name
    if name != "text":
        return f'input[type="{name}" i]'
    others = [other for other in (*_FIELD_TYPES, *_OTHER_TYPES) if other != "text"]
    return "input" + "".join(f':not([type="{other}" i])' for other in others)
