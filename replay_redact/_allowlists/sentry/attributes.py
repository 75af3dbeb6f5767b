"""What the attributes of spans and logs say, by their names.

The names are those of Sentry's conventions, and older ones that SDKs still send. An attribute that
is not named here may say anything, whatever its name begins with.
"""

from __future__ import annotations

from replay_redact._allowlists.sentry.roles import Attributes, Node, Role, alike, one_of

IDS = "event_id trace_id span_id parent_span_id replay_id segment_id"
"""Names of ids, wherever they stand."""

OTHER_IDS = """
    replayid profile_id profiler_id __span associated_event_id check_in_id monitor_id debug_id
    code_id image_uuid exclusive_id
"""
"""The same, but not beside recordings."""

TYPE = one_of("string integer double boolean array string[] integer[]", Role.WORD)
"""What an attribute says of its value."""

_BESIDE: dict[str, Node] = {
    **alike(Role.OPERATION, "sentry.op sentry.origin"),
    **alike(Role.ID, "sentry.segment.id sentry.replay_id sentry.pageload.span_id"),
    **alike(Role.ADDRESS, "url.full url.path http.url browser.script.invoker"),
    **alike(Role.HOST, "server.address url.domain"),
    "code.file.path": Role.CODE,
    "sentry.sdk.name": Role.SDK,
    "sentry.sdk.version": Role.VERSION,
    "sentry.release": Role.RELEASE,
    "sentry.environment": Role.ENVIRONMENT,
    "user_agent.original": Role.AGENT,
    "culture.locale": Role.LOCALE,
    "culture.timezone": Role.ZONE,
    "culture.calendar": one_of("gregory", Role.FACT),
    "http.request.method": Role.WORD,
    "sentry.trace_lifecycle": one_of("stream static", Role.WORD),
    "url.scheme": one_of("http https", Role.WORD),
    "network.protocol.name": one_of("http quic", Role.FACT),
    "network.protocol.version": one_of("1.0 1.1 2 3", Role.WORD),
    "network.connection.effective_type": one_of("4g 3g 2g slow-2g", Role.WORD),
    **alike(
        Role.NUMBER,
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
}
"""What browsers' SDKs send beside recordings."""

_IDS = """
    sentry.segment_id sentry.trace_id sentry.profile_id sentry.profiler_id sentry.dsc.trace_id
    sentry.trace.parent_span_id
"""
_NUMBERS = """
    sentry.client_sample_rate sentry.server_sample_rate sentry.is_remote sentry.main_thread
    sentry.mobile sentry.replay_is_buffering sentry.http.prefetch sentry.status_code
    sentry.thread.id sentry.timestamp.sequence sentry.frames.frozen sentry.frames.slow
    sentry.frames.total sentry.dsc.sampled sentry.dsc.sample_rate sentry.dsc.sample_rand
    browser.bfcache.not_restored_reason_count browser.navigation.id
    browser.script.source_char_position browser.web_vital.inp.input_delay
    browser.web_vital.inp.presentation_delay browser.web_vital.inp.processing_duration
    browser.web_vital.lcp.element_render_delay browser.web_vital.lcp.resource_load_delay
    browser.web_vital.lcp.resource_load_duration http.status_code http.response_content_length
    http.decoded_response_content_length http.response_transfer_size http.request.body.size
    http.request.body.decoded_size http.request.duration http.request.resend_count
    http.response.header.content-length thread.id server.port code.line.number code.lineno
    os.rooted culture.is_24_hour_format
"""
_WORDS = """
    sentry.source sentry.span.source sentry.segment.name.source sentry.kind sentry.link.type
    sentry.platform sentry.status sentry.trace.status sentry.cancellation_reason
    sentry.idle_span_finish_reason sentry.report_event sentry.metric.source sentry.browser.name
    sentry.browser.version sentry.sveltekit.navigation.type sentry.nextjs.ssr.function.type
    sentry.dist sentry.dsc.environment sentry.dsc.release browser.bfcache.frame
    browser.bfcache.outcome browser.bfcache.reason browser.navigation.type browser.paint.type
    browser.report.type browser.script.invoker_type browser.web_vital.cls.report_event
    browser.web_vital.inp.interaction_type browser.web_vital.lcp.report_event http.method
    http.response_delivery_type db.system resource.render_blocking_status
"""
_FACTS = """
    sentry.sdk.integrations browser.name browser.version os.name os.version os.type os.build
    os.build_id os.description os.kernel_version os.raw_description os.theme culture.display_name
    process.runtime.name process.runtime.version process.runtime.description
    process.runtime.engine.name process.runtime.engine.version thread.name http.user_agent
    device.family device.model network.peer.port
"""
_NAMES = """
    sentry.segment.name sentry.segment_name sentry.transaction sentry.name sentry.dsc.transaction
"""
_ADDRESSES = """
    url url.original http.target http.route server.url lcp.url browser.web_vital.lcp.url
"""
_PEOPLE = """
    client.address client.port network.peer.address network.local.address server.name device.name
    device.id http.client_ip net.peer.ip
"""

_FURTHER: dict[str, Node] = {
    **alike(Role.ID, f"{IDS} {OTHER_IDS} {_IDS}"),
    **alike(Role.NUMBER, _NUMBERS),
    **alike(Role.WORD, _WORDS),
    **alike(Role.FACT, _FACTS),
    **alike(Role.FUNCTION, "code.function code.function.name code.namespace"),
    **alike(Role.NAME, _NAMES),
    **alike(Role.ADDRESS, _ADDRESSES),
    **alike(Role.CODE, "code.filepath browser.script.source_url"),
    **alike(Role.PERSON, _PEOPLE),
    "type": one_of("fetch xhr"),
    "method": one_of("GET HEAD POST PUT PATCH DELETE OPTIONS CONNECT TRACE"),
}

ATTRIBUTES = Attributes(
    {**_BESIDE, **_FURTHER}, ("user.", "enduser.", "sentry.user."), frozenset(_BESIDE)
)
"""Attributes by name; what is named after a user says who somebody is."""
