"""What each field of Sentry's events may say: the table of its event schema.

SDKs write most fields themselves: ids, times, what they know of platform, browser and
system. Those are public, and Sentry needs them. Some are addresses, some are people; whatever
an application writes may be anything. A field that is not in the table may be anything too.

A role is a promise about the form. What does not have the form of its role
is treated as `Role.ANY`.
"""

from __future__ import annotations

from collections.abc import Mapping

from replay_redact._allowlists.sentry.attributes import ATTRIBUTES, IDS, OTHER_IDS
from replay_redact._allowlists.sentry.parts import (
    ALL_IDS,
    CONTEXTS,
    INFERRED,
    REQUEST,
    SDK,
    TAGS,
    TIMES,
)
from replay_redact._allowlists.sentry.roles import (
    Each,
    Fields,
    OneOf,
    Role,
    alike,
    fields,
    one_of,
)

PLATFORMS = frozenset(
    """javascript node python java go ruby php rust csharp native other cocoa objc dart elixir perl
    c android groovy haskell lua""".split()
)
"""The languages of programs, as events name them."""

_FILE = OneOf(frozenset({"<anonymous>", "[native code]"}), Role.CODE)
_FRAME = fields(
    {
        **alike(Role.NUMBER, "lineno colno in_app"),
        **alike(_FILE, "filename abs_path"),
        "function": Role.FUNCTION,
        "platform": OneOf(PLATFORMS, Role.FACT),
    },
    {
        "package": Role.CODE,
        **alike(Role.FUNCTION, "raw_function module symbol"),
        **alike(Role.POINTER, "image_addr instruction_addr symbol_addr"),
        **alike(Role.FACT, "addr_mode trust lang"),
        **alike(Role.NUMBER, "stack_start native"),
        "context_line": Role.SOURCE,
        **alike(Each(Role.SOURCE), "pre_context post_context"),
    },
)
_STACKTRACE = fields(
    {"frames": Each(_FRAME)},
    {
        "registers": Fields({}, rest=Role.POINTER),
        **alike(Role.WORD, "lang instruction_addr_adjustment"),
        **alike(Role.NUMBER, "snapshot frames_omitted"),
    },
)
_MECHANISM = fields(
    {
        "type": one_of("generic chained instrument onerror onunhandledrejection", Role.OPERATION),
        **alike(Role.NUMBER, "handled exception_id parent_id"),
    },
    {
        "source": Role.WORD,
        **alike(Role.NUMBER, "synthetic is_exception_group"),
        "help_link": Role.ADDRESS,
    },
)
_EXCEPTION = fields(
    {"type": Role.IDENTIFIER, "stacktrace": _STACKTRACE, "mechanism": _MECHANISM},
    {"module": Role.IDENTIFIER, "thread_id": Role.NUMBER, "raw_stacktrace": _STACKTRACE},
)
_THREAD = fields(
    {"stacktrace": _STACKTRACE},
    {
        **alike(Role.NUMBER, "id current crashed main"),
        **alike(Role.IDENTIFIER, "name state"),
        "raw_stacktrace": _STACKTRACE,
    },
)

_BREADCRUMB = fields(
    {
        "timestamp": Role.TIME,
        **alike(Role.WORD, "type category level"),
        "data": fields(
            {
                **alike(Role.NUMBER, "status_code request_body_size response_body_size"),
                **alike(Role.ADDRESS, "url from to"),
                **alike(Role.WORD, "method logger"),
                "__span": Role.ID,
            },
            {
                **alike(Role.ID, ALL_IDS),
                "route": Role.ADDRESS,
                "http.method": Role.WORD,
                **alike(Role.NUMBER, "nodeid duration http.response.status_code"),
            },
        ),
    },
    {"event_id": Role.ID, "origin": Role.WORD},
)

_MEASUREMENTS = Fields({}, rest=Fields({"value": Role.NUMBER, "unit": Role.WORD}))

_SPAN = fields(
    {
        **alike(Role.ID, IDS),
        **alike(Role.TIME, "start_timestamp end_timestamp timestamp"),
        **alike(Role.NUMBER, "exclusive_time is_segment"),
        **alike(Role.OPERATION, "op origin"),
        "status": one_of("ok error unknown cancelled internal_error not_found", Role.WORD),
        "description": Role.NAME,
        "attributes": ATTRIBUTES,
    },
    {
        **alike(Role.ID, ALL_IDS),
        **alike(Role.TIME, TIMES),
        **alike(Role.WORD, "kind platform"),
        **alike(Role.NUMBER, "same_process_as_parent is_remote"),
        "name": Role.NAME,
        "data": ATTRIBUTES,
        **alike(TAGS, "tags sentry_tags"),
        "measurements": _MEASUREMENTS,
        "links": Each(Fields({**alike(Role.ID, ALL_IDS), "sampled": Role.NUMBER})),
    },
)

_EVENT = fields(
    {
        **alike(Role.ID, IDS),
        **alike(Role.TIME, "timestamp start_timestamp replay_start_timestamp received"),
        "segment_id": Role.NUMBER,
        **alike(Each(Role.ID), "error_ids trace_ids"),
        "urls": Each(Role.ADDRESS),
        "segment_names": Each(Role.NAME),
        "type": one_of("event transaction replay_event error default feedback", Role.WORD),
        "replay_type": one_of("session buffer", Role.WORD),
        "platform": OneOf(PLATFORMS, Role.WORD),
        "level": Role.WORD,
        "release": Role.RELEASE,
        "environment": Role.ENVIRONMENT,
        "dist": Role.VERSION,
        "transaction": Role.NAME,
        "user": Fields({}, rest=Role.PERSON),
        "request": REQUEST,
        "contexts": CONTEXTS,
        "tags": TAGS,
        "sdk": SDK,
        "exception": Each(_EXCEPTION, wrapped=True),
        "threads": Each(_THREAD, wrapped=True),
        "breadcrumbs": Each(_BREADCRUMB),
        "spans": Each(_SPAN),
    },
    {
        **alike(Role.ID, OTHER_IDS),
        **alike(Role.TIME, TIMES),
        "logger": Role.IDENTIFIER,
        "transaction_info": Fields({"source": Role.WORD}),
        "server_name": Role.PERSON,
        "modules": Fields({}, rest=Role.FACT),
        "stacktrace": _STACKTRACE,
        "measurements": _MEASUREMENTS,
        "breakdowns": Fields({}, rest=_MEASUREMENTS),
        "fingerprint": Each(Role.NAME),
        "debug_meta": Fields(
            {
                "images": Each(
                    Fields(
                        {
                            **alike(Role.ID, ALL_IDS),
                            **alike(Role.CODE, "code_file debug_file"),
                            **alike(Role.FACT, "type arch"),
                            **alike(Role.POINTER, "image_addr image_vmaddr"),
                            "image_size": Role.NUMBER,
                        }
                    )
                )
            }
        ),
    },
)

# --- what is sent ----------------------------------------------------------------------

_LOG = Fields(
    {
        **alike(Role.ID, ALL_IDS),
        **alike(Role.TIME, TIMES),
        **alike(Role.WORD, "level severity_text"),
        **alike(Role.NUMBER, "severity_number time_unix_nano observed_time_unix_nano"),
        "attributes": ATTRIBUTES,
    }
)

_OF_USERS = fields(
    {
        "release": Role.RELEASE,
        "environment": Role.ENVIRONMENT,
        "user_agent": Role.AGENT,
        "ip_address": Role.PERSON,
    }
)
_COUNTED = {
    "started": Role.TIME,
    "did": Role.PERSON,
    **alike(Role.NUMBER, "exited errored crashed abnormal"),
}
_SESSION = fields(
    {
        "sid": Role.ID,
        **alike(Role.NUMBER, "init seq errors duration"),
        **alike(Role.TIME, "started timestamp"),
        "status": one_of("ok exited crashed abnormal errored", Role.WORD),
        "did": Role.PERSON,
        "attrs": _OF_USERS,
    },
    {
        **alike(Role.TIME, TIMES),
        "abnormal_mechanism": Role.WORD,
        **alike(Role.NUMBER, "exited crashed abnormal errored unhandled"),
    },
)

_CHECK_IN = fields(
    {
        "check_in_id": Role.ID,
        "status": one_of("ok error in_progress", Role.WORD),
        "duration": Role.NUMBER,
        "release": Role.RELEASE,
        "environment": Role.ENVIRONMENT,
    },
    {
        **alike(Role.ID, ALL_IDS),
        "monitor_slug": Role.FACT,
        "contexts": CONTEXTS,
        "monitor_config": Fields(
            {
                "schedule": Fields({"value": Role.FACT, **alike(Role.WORD, "type unit")}),
                **alike(
                    Role.NUMBER,
                    "checkin_margin max_runtime failure_issue_threshold recovery_threshold",
                ),
                "timezone": Role.FACT,
            }
        ),
    },
)

_DISCARDED = fields(
    {
        "reason": one_of(
            "ratelimit_backoff network_error queue_overflow cache_overflow before_send"
            " event_processor sample_rate send_error internal_sdk_error buffer_overflow"
            " insufficient_data no_recording_data",
            Role.WORD,
        ),
        "category": one_of(
            "error default transaction session span replay attachment feedback profile monitor"
            " log_item log_byte internal",
            Role.WORD,
        ),
        "quantity": Role.NUMBER,
    }
)

KINDS: Mapping[str, Fields] = {
    "event": _EVENT,
    "transaction": _EVENT,
    "replay_event": _EVENT,
    "feedback": _EVENT,
    "span": _SPAN,
    "log": _LOG,
    "trace_metric": Fields({**_LOG.known, "name": Role.FACT, "type": Role.WORD, "unit": Role.WORD}),
    "session": _SESSION,
    "sessions": fields({"attrs": _OF_USERS, "aggregates": Each(fields(_COUNTED, _SESSION.known))}),
    "check_in": _CHECK_IN,
    "user_report": fields({"event_id": Role.ID, **alike(Role.PERSON, "name email")}),
    "client_report": fields({"timestamp": Role.TIME, "discarded_events": Each(_DISCARDED)}),
}
"""What one event may hold, by its kind."""

ENVELOPE = fields(
    {
        "event_id": Role.ID,
        "sent_at": Role.TIME,
        "dsn": Role.DSN,
        "sdk": SDK,
        "trace": fields(
            {
                **alike(Role.ID, IDS),
                **alike(Role.RATE, "sample_rate sample_rand"),
                "sampled": one_of("true false", Role.WORD),
                "public_key": Role.PUBLIC_KEY,
                "release": Role.RELEASE,
                "environment": Role.ENVIRONMENT,
                "transaction": Role.NAME,
                **alike(Role.PERSON, "user_id user_segment"),
            },
            {**alike(Role.ID, OTHER_IDS), "org_id": Role.FACT, "user": Role.PERSON},
        ),
    }
)
"""The headers of an envelope itself."""

TYPES = frozenset(
    """event transaction replay_event replay_recording replay_video session sessions span
    client_report user_report feedback check_in attachment log otel_log trace_metric statsd
    metric_buckets profile profile_chunk security raw_security unreal_report nel
    form_data""".split()
)
"""Types of items that Sentry has; any other is counted as unknown."""

ITEM = fields(
    {
        "type": OneOf(TYPES, Role.WORD),
        "content_type": Role.MEDIA_TYPE,
        "platform": OneOf(PLATFORMS, Role.WORD),
        "item_count": Role.NUMBER,
    }
)
"""The headers of an item, but for its length, which is written anew."""

SETTINGS = fields(
    {
        "version": Role.NUMBER,
        "ingest_settings": fields(alike(INFERRED, "infer_ip infer_user_agent")),
    }
)
"""What stands beside the items of spans and logs."""
