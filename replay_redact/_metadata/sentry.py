"""What is public in the items of Sentry's envelopes: ids, times, SDK, browser, code."""

from __future__ import annotations

from replay_redact._metadata.forms import (
    Table,
    agent,
    browser,
    code_name,
    dsn,
    environment,
    hidden,
    host,
    ident,
    locale,
    media_type,
    numeral,
    of_words,
    public_key,
    release,
    sdk,
    span_word,
    system,
    table_of,
    time,
    version,
    zone,
)
from replay_redact._metadata.masks import Rule
from replay_redact._metadata.rules import list_of, number, object_of, url, word

SENTRY_TYPES = frozenset(
    """event transaction replay_event replay_recording replay_video session sessions span
    client_report user_report feedback check_in attachment log otel_log trace_metric statsd
    metric_buckets profile profile_chunk security raw_security unreal_report nel
    form_data""".split()
)
"""Types of items that Sentry has; any other is counted as unknown."""

_PLATFORM = of_words(
    "javascript node python java go ruby php rust csharp native other cocoa objc dart elixir perl c"
    " android groovy haskell lua"
)
_SDK = object_of(
    {
        "name": sdk,
        "version": version,
        "integrations": list_of(code_name),
        "packages": list_of(object_of({"name": sdk, "version": version})),
        "settings": object_of({"infer_ip": of_words("auto never")}),
    }
)
_TRACE_IDS: Table = table_of(ident, "trace_id span_id parent_span_id segment_id replay_id event_id")
_TRACE = object_of(
    {
        **_TRACE_IDS,
        **table_of(numeral, "sample_rate sample_rand"),
        "public_key": public_key,
        "release": release,
        "environment": environment,
        "sampled": of_words("true false"),
        "transaction": url,
        "user_id": hidden,
        "user_segment": hidden,
    }
)
_HEADERS = object_of(
    {
        "event_id": ident,
        "sent_at": time,
        "dsn": dsn,
        "sdk": _SDK,
        "trace": _TRACE,
    }
)
_ITEM_HEADERS = object_of(
    {
        "type": of_words(" ".join(SENTRY_TYPES)),
        "content_type": media_type,
        "platform": _PLATFORM,
        **table_of(number, "length item_count"),
    }
)

_CONTEXTS = object_of(
    {
        "trace": object_of(
            {**_TRACE_IDS, "op": span_word, "origin": span_word, "status": word, "sampled": number}
        ),
        "culture": object_of(
            {"locale": locale, "timezone": zone, "calendar": of_words("gregory iso8601")}
        ),
        "browser": object_of({"name": browser, "version": version}),
        "os": object_of({"name": system, "version": version}),
        "replay": object_of({"replay_id": ident}),
    }
)  # fmt: skip
_REQUEST = object_of(
    {"url": url, "method": word, "headers": object_of({"User-Agent": agent, "Referer": url})}
)
_FRAME = object_of(
    {
        **table_of(number, "lineno colno in_app"),
        **table_of(of_words("<anonymous>|[native code]", url), "filename abs_path"),
        "function": code_name,
        "platform": _PLATFORM,
    }
)
_STACK = object_of({"frames": list_of(_FRAME)})
_MECHANISM = of_words("generic chained instrument onerror onunhandledrejection", span_word)
_EXCEPTION = object_of(
    {
        "type": code_name,
        "stacktrace": _STACK,
        "mechanism": object_of(
            {"type": _MECHANISM, "handled": number, **table_of(number, "exception_id parent_id")}
        ),
    }
)
_CRUMB = object_of(
    {
        "timestamp": time,
        **table_of(word, "type category level"),
        "data": object_of(
            {
                **table_of(number, "status_code request_body_size response_body_size"),
                **table_of(url, "url from to"),
                "method": word,
                "logger": word,
                "__span": ident,
            }
        ),
    }
)
_VALUES = "values"
_SPAN: Table = {
    **_TRACE_IDS,
    **table_of(time, "start_timestamp end_timestamp timestamp"),
    **table_of(number, "exclusive_time is_segment"),
    "op": span_word,
    "origin": span_word,
    "status": of_words("ok error unknown cancelled internal_error not_found"),
    "description": url,
}
_EVENT: Table = {
    **_TRACE_IDS,
    "segment_id": number,
    **table_of(list_of(ident), "error_ids trace_ids"),
    **table_of(list_of(url), "urls segment_names"),
    **table_of(time, "timestamp start_timestamp replay_start_timestamp received"),
    "type": of_words("event transaction replay_event error default feedback"),
    "replay_type": of_words("session buffer"),
    "platform": _PLATFORM,
    "level": word,
    "release": release,
    "environment": environment,
    "dist": version,
    "sdk": _SDK,
    "request": _REQUEST,
    "contexts": _CONTEXTS,
    "transaction": url,
    "user": hidden,
    "tags": object_of({"replayId": ident}),
    "exception": object_of({_VALUES: list_of(_EXCEPTION)}),
    "threads": object_of({_VALUES: list_of(object_of({"stacktrace": _STACK}))}),
    "breadcrumbs": list_of(_CRUMB),
    "spans": list_of(object_of(_SPAN)),
}
_ATTRIBUTES: Table = {
    **table_of(span_word, "sentry.op sentry.origin"),
    **table_of(ident, "sentry.segment.id sentry.replay_id sentry.pageload.span_id"),
    **table_of(url, "url.full url.path http.url code.file.path browser.script.invoker"),
    **table_of(host, "server.address url.domain"),
    "sentry.sdk.name": sdk,
    "sentry.sdk.version": version,
    "sentry.release": release,
    "sentry.environment": environment,
    "user_agent.original": agent,
    "culture.locale": locale,
    "culture.timezone": zone,
    "culture.calendar": of_words("gregory"),
    "http.request.method": word,
    "sentry.trace_lifecycle": of_words("stream static"),
    "url.scheme": of_words("http https"),
    "network.protocol.name": of_words("http quic"),
    "network.protocol.version": of_words("1.0 1.1 2 3"),
    "network.connection.effective_type": of_words("4g 3g 2g slow-2g"),
    **table_of(
        number,
        """sentry.exclusive_time sentry.is_localhost sentry.sample_rate http.response.status_code
        browser.web_vital.cls.value browser.web_vital.fcp.value browser.web_vital.fp.value
        browser.web_vital.inp.value browser.web_vital.lcp.load_time browser.web_vital.lcp.size
        browser.web_vital.lcp.render_time browser.web_vital.lcp.value browser.web_vital.ttfb.value
        browser.web_vital.ttfb.request_time browser.performance.time_origin
        browser.performance.navigation.activation_start device.memory.estimated_capacity
        device.processor_count http.response.size http.response.body.size
        http.response.body.decoded_size network.connection.rtt http.request.same_origin
        http.request.connect_start http.request.connection_end http.request.domain_lookup_end
        http.request.domain_lookup_start http.request.fetch_start http.request.redirect_end
        http.request.redirect_start http.request.request_start http.request.response_end
        http.request.response_start http.request.secure_connection_start
        http.request.time_to_first_byte http.request.worker_start""",
    ),
}  # fmt: skip
_TYPE = of_words("string integer double boolean array string[] integer[]")
_KNOWN_ATTRIBUTES = {
    name: object_of({"value": rule, "type": _TYPE}) for name, rule in _ATTRIBUTES.items()
}
_SPAN["attributes"] = object_of(_KNOWN_ATTRIBUTES, object_of({"type": _TYPE}))
_SPAN["name"] = word
_COUNTS = list_of(
    object_of(
        {
            "reason": of_words("ratelimit_backoff network_error queue_overflow cache_overflow"
                               " before_send event_processor sample_rate send_error"
                               " internal_sdk_error buffer_overflow insufficient_data"
                               " no_recording_data"),
            "category": of_words("error default transaction session span replay attachment feedback"
                                 " profile monitor log_item log_byte internal"),
            "quantity": number,
        }
    )
)  # fmt: skip
_SESSION: Table = {
    "sid": ident,
    **table_of(number, "init errors duration seq"),
    **table_of(time, "started timestamp"),
    "status": of_words("ok exited crashed abnormal errored"),
    "did": hidden,
    "attrs": object_of(
        {
            "release": release,
            "environment": environment,
            "user_agent": agent,
            "ip_address": hidden,
        }
    ),
}
_PEOPLE: Table = {"event_id": ident, **table_of(hidden, "name email comments")}

SENTRY: dict[str, Rule] = {
    "sentry headers": _HEADERS,
    "sentry item headers": _ITEM_HEADERS,
    **dict.fromkeys(
        ("sentry event", "sentry transaction", "sentry replay_event", "sentry feedback"),
        object_of(_EVENT),
    ),
    "sentry session": object_of(_SESSION),
    "sentry sessions": object_of({"attrs": _SESSION["attrs"], "aggregates": list_of(object_of(
        {"started": time, "did": hidden, **table_of(number, "exited errored crashed abnormal")}))}),
    "sentry span": object_of(
        {
            **_SPAN,
            "version": number,
            "ingest_settings": object_of(
                table_of(of_words("auto never"), "infer_ip infer_user_agent")
            ),
            "items": list_of(object_of(_SPAN)),
        }
    ),
    "sentry client_report": object_of({"timestamp": time, "discarded_events": _COUNTS}),
    "sentry user_report": object_of(_PEOPLE),
    "sentry check_in": object_of(
        {
            "check_in_id": ident,
            "status": of_words("ok error in_progress"),
            "duration": number,
            "release": release,
            "environment": environment,
        }
    ),
}  # fmt: skip
"""Rules by kind of item."""
