"""What each field of Sentry's events may say: the table of its event schema.

SDKs write most fields themselves: ids, times, what they know of platform, browser and
system. Those are public, and Sentry needs them. Some are addresses, some are people; whatever
an application writes may be anything. A field that is not in the table may be anything too.

A role is a promise about the form. What does not have the form of its role
is treated as `Role.ANY`.
"""

from __future__ import annotations

from collections.abc import Mapping

from replay_redact.scrub.sentry.parts import (
    ATTRIBUTES,
    CONTEXTS,
    IDS,
    REQUEST,
    SDK,
    TAGS,
    TIMES,
)
from replay_redact.scrub.sentry.roles import Each, Fields, Role, alike

_FRAME = Fields(
    {
        **alike(Role.CODE, "filename abs_path package"),
        **alike(
            Role.FACT,
            "function raw_function module platform image_addr instruction_addr symbol_addr"
            " addr_mode trust symbol lang",
        ),
        **alike(Role.NUMBER, "lineno colno in_app stack_start native"),
        **alike(Role.SOURCE, "context_line"),
        **alike(Each(Role.SOURCE), "pre_context post_context"),
    }
)
_STACKTRACE = Fields(
    {
        "frames": Each(_FRAME),
        "registers": Fields({}, rest=Role.FACT),
        **alike(Role.WORD, "lang instruction_addr_adjustment"),
        **alike(Role.NUMBER, "snapshot frames_omitted"),
    }
)
_MECHANISM = Fields(
    {
        **alike(Role.WORD, "type source"),
        **alike(Role.NUMBER, "handled synthetic exception_id parent_id is_exception_group"),
        "help_link": Role.ADDRESS,
    }
)
_EXCEPTION = Fields(
    {
        **alike(Role.IDENTIFIER, "type module"),
        "thread_id": Role.NUMBER,
        "mechanism": _MECHANISM,
        **alike(_STACKTRACE, "stacktrace raw_stacktrace"),
    }
)
_THREAD = Fields(
    {
        **alike(Role.NUMBER, "id current crashed main"),
        **alike(Role.IDENTIFIER, "name state"),
        **alike(_STACKTRACE, "stacktrace raw_stacktrace"),
    }
)

_BREADCRUMB = Fields(
    {
        **alike(Role.TIME, "timestamp"),
        **alike(Role.ID, "event_id"),
        **alike(Role.WORD, "type category level origin"),
        "data": Fields(
            {
                **alike(Role.ID, IDS),
                **alike(Role.ADDRESS, "url from to route"),
                **alike(Role.WORD, "method http.method logger"),
                **alike(
                    Role.NUMBER,
                    "status_code request_body_size response_body_size nodeid duration"
                    " http.response.status_code",
                ),
            }
        ),
    }
)

_MEASUREMENTS = Fields({}, rest=Fields({"value": Role.NUMBER, "unit": Role.WORD}))

_SPAN = Fields(
    {
        **alike(Role.ID, IDS),
        **alike(Role.TIME, TIMES),
        **alike(Role.WORD, "op status origin kind platform"),
        **alike(Role.NUMBER, "is_segment exclusive_time same_process_as_parent is_remote"),
        **alike(Role.NAME, "name description"),
        **alike(ATTRIBUTES, "data attributes"),
        "tags": TAGS,
        "sentry_tags": TAGS,
        "measurements": _MEASUREMENTS,
        "links": Each(Fields({**alike(Role.ID, IDS), "sampled": Role.NUMBER})),
    }
)

_EVENT = Fields(
    {
        **alike(Role.ID, IDS),
        **alike(Role.TIME, TIMES),
        **alike(Role.WORD, "type platform level replay_type"),
        **alike(Role.FACT, "release dist environment logger"),
        **alike(Role.NAME, "transaction"),
        "transaction_info": Fields({"source": Role.WORD}),
        "server_name": Role.PERSON,
        "user": Fields({}, rest=Role.PERSON),
        "request": REQUEST,
        "contexts": CONTEXTS,
        "tags": TAGS,
        "sdk": SDK,
        "modules": Fields({}, rest=Role.FACT),
        "exception": Each(_EXCEPTION),
        "threads": Each(_THREAD),
        "stacktrace": _STACKTRACE,
        "breadcrumbs": Each(_BREADCRUMB),
        "spans": Each(_SPAN),
        "measurements": _MEASUREMENTS,
        "breakdowns": Fields({}, rest=_MEASUREMENTS),
        "fingerprint": Each(Role.NAME),
        **alike(Each(Role.ID), "error_ids trace_ids"),
        "urls": Each(Role.ADDRESS),
        "segment_names": Each(Role.NAME),
        "segment_id": Role.NUMBER,
        "debug_meta": Fields(
            {
                "images": Each(
                    Fields(
                        {
                            **alike(Role.ID, IDS),
                            **alike(Role.CODE, "code_file debug_file"),
                            **alike(Role.FACT, "type arch image_addr image_vmaddr"),
                            "image_size": Role.NUMBER,
                        }
                    )
                )
            }
        ),
    }
)

# --- what is sent ----------------------------------------------------------------------

_LOG = Fields(
    {
        **alike(Role.ID, IDS),
        **alike(Role.TIME, TIMES),
        **alike(Role.WORD, "level severity_text"),
        **alike(Role.NUMBER, "severity_number time_unix_nano observed_time_unix_nano"),
        "attributes": ATTRIBUTES,
    }
)

_SESSION = Fields(
    {
        "sid": Role.ID,
        **alike(Role.TIME, TIMES),
        **alike(Role.WORD, "status abnormal_mechanism"),
        **alike(Role.NUMBER, "init seq errors duration exited crashed abnormal errored unhandled"),
        "did": Role.PERSON,
        "attrs": Fields(
            {
                **alike(Role.FACT, "release environment user_agent"),
                "ip_address": Role.PERSON,
            }
        ),
    }
)

_CHECK_IN = Fields(
    {
        **alike(Role.ID, IDS),
        **alike(Role.FACT, "monitor_slug environment release"),
        **alike(Role.WORD, "status"),
        **alike(Role.NUMBER, "duration"),
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
    "sessions": Fields({"attrs": _SESSION.known["attrs"], "aggregates": Each(_SESSION)}),
    "check_in": _CHECK_IN,
    "user_report": Fields({"event_id": Role.ID, **alike(Role.PERSON, "name email")}),
    "client_report": Fields(
        {
            "timestamp": Role.TIME,
            "discarded_events": Each(
                Fields({**alike(Role.WORD, "reason category"), "quantity": Role.NUMBER})
            ),
        }
    ),
}
"""What one event may hold, by its kind."""

ENVELOPE = Fields(
    {
        "event_id": Role.ID,
        "sent_at": Role.TIME,
        "dsn": Role.DSN,
        "sdk": SDK,
        "trace": Fields(
            {
                **alike(Role.ID, IDS),
                **alike(Role.FACT, "public_key release environment org_id"),
                **alike(Role.WORD, "sampled sample_rate sample_rand"),
                "transaction": Role.NAME,
                **alike(Role.PERSON, "user_id user_segment user"),
            }
        ),
    }
)
"""The headers of an envelope itself."""

SETTINGS = Fields({"version": Role.NUMBER, "ingest_settings": SDK.known["settings"]})
"""What stands beside the items of spans and logs."""
