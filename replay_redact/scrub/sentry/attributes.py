"""What the attributes of spans and logs say, by their names.

The names are those of Sentry's conventions, and older ones that SDKs still send. An attribute that
is not named here may say anything, whatever its name begins with.
"""

from __future__ import annotations

from replay_redact.scrub.sentry.roles import Attributes, Role, alike

IDS = """
    event_id trace_id span_id parent_span_id replay_id replayid profile_id profiler_id __span
    associated_event_id segment_id check_in_id monitor_id debug_id code_id image_uuid exclusive_id
"""
"""Names of ids, wherever they stand."""

_IDS = """
    sentry.replay_id sentry.segment.id sentry.segment_id sentry.trace_id sentry.pageload.span_id
    sentry.profile_id sentry.profiler_id sentry.dsc.trace_id sentry.trace.parent_span_id
"""
_NUMBERS = """
    sentry.exclusive_time sentry.sample_rate sentry.client_sample_rate sentry.server_sample_rate
    sentry.is_localhost sentry.is_remote sentry.main_thread sentry.mobile sentry.replay_is_buffering
    sentry.http.prefetch sentry.status_code sentry.thread.id sentry.timestamp.sequence
    sentry.frames.frozen sentry.frames.slow sentry.frames.total sentry.dsc.sampled
    sentry.dsc.sample_rate sentry.dsc.sample_rand

    browser.bfcache.not_restored_reason_count browser.navigation.id
    browser.performance.navigation.activation_start browser.performance.time_origin
    browser.script.source_char_position browser.web_vital.cls.value browser.web_vital.fcp.value
    browser.web_vital.fp.value browser.web_vital.inp.input_delay
    browser.web_vital.inp.presentation_delay browser.web_vital.inp.processing_duration
    browser.web_vital.inp.value browser.web_vital.lcp.element_render_delay
    browser.web_vital.lcp.load_time browser.web_vital.lcp.render_time
    browser.web_vital.lcp.resource_load_delay browser.web_vital.lcp.resource_load_duration
    browser.web_vital.lcp.size browser.web_vital.lcp.value browser.web_vital.ttfb.request_time
    browser.web_vital.ttfb.value

    http.status_code http.response.status_code http.response_content_length
    http.response_content_length_uncompressed http.decoded_response_content_length
    http.response_transfer_size http.request_content_length
    http.request_content_length_uncompressed http.request.body.size
    http.request.body.decoded_size http.request.connection_end http.request.connect_start
    http.request.domain_lookup_end http.request.domain_lookup_start http.request.duration
    http.request.fetch_start http.request.redirect_end http.request.redirect_start
    http.request.request_start http.request.resend_count http.request.response_end
    http.request.response_start http.request.same_origin http.request.secure_connection_start
    http.request.time_to_first_byte http.request.worker_start http.response.body.size
    http.response.body.decoded_size http.response.size http.response.header.content-length
    http.server.request.time_in_queue

    network.connection.rtt device.processor_count device.memory.estimated_capacity thread.id
    server.port code.line.number code.lineno os.rooted culture.is_24_hour_format
"""
_WORDS = """
    sentry.op sentry.origin sentry.source sentry.span.source sentry.segment.name.source
    sentry.kind sentry.link.type sentry.platform sentry.status sentry.trace.status
    sentry.trace_lifecycle sentry.cancellation_reason sentry.idle_span_finish_reason
    sentry.report_event sentry.metric.source sentry.browser.name sentry.browser.version
    sentry.sveltekit.navigation.type sentry.nextjs.ssr.function.type sentry.dist

    browser.bfcache.frame browser.bfcache.outcome browser.bfcache.reason browser.navigation.type
    browser.paint.type browser.report.type browser.script.invoker_type
    browser.web_vital.cls.report_event browser.web_vital.inp.interaction_type
    browser.web_vital.lcp.report_event

    http.method http.request.method http.request_method http.scheme http.flavor
    http.response_delivery_type network.protocol.version network.transport network.type
    network.connection.type network.connection.effective_type db.system url.scheme
    resource.render_blocking_status
"""
_FACTS = """
    sentry.sdk.name sentry.sdk.version sentry.sdk.integrations sentry.release sentry.environment
    sentry.dsc.environment sentry.dsc.public_key sentry.dsc.project_id sentry.dsc.release

    browser.name browser.version os.name os.version os.type os.build os.build_id os.description
    os.kernel_version os.raw_description os.theme culture.calendar culture.display_name
    culture.locale culture.timezone process.runtime.name process.runtime.version
    process.runtime.description process.runtime.engine.name process.runtime.engine.version

    code.function code.function.name code.namespace thread.name user_agent.original
    http.user_agent device.family device.model url.domain server.address network.protocol.name
    network.peer.port
"""
_NAMES = """
    sentry.segment.name sentry.segment_name sentry.transaction sentry.name sentry.dsc.transaction
"""
_ADDRESSES = """
    url url.full url.original url.path http.url http.target http.route server.url lcp.url
    browser.script.invoker browser.web_vital.lcp.url
"""
_PEOPLE = """
    client.address client.port network.peer.address network.local.address server.name device.name
    device.id http.client_ip net.peer.ip
"""

ATTRIBUTES = Attributes(
    {
        **alike(Role.ID, f"{IDS} {_IDS}"),
        **alike(Role.NUMBER, _NUMBERS),
        **alike(Role.WORD, _WORDS),
        **alike(Role.FACT, _FACTS),
        **alike(Role.NAME, _NAMES),
        **alike(Role.ADDRESS, _ADDRESSES),
        **alike(Role.CODE, "code.file.path code.filepath browser.script.source_url"),
        **alike(Role.PERSON, _PEOPLE),
    },
    people=("user.", "enduser.", "sentry.user."),
)
"""Attributes by name; what is named after one of ``people`` says who somebody is."""
