"""What is public in PostHog's events: properties, persons, and what surrounds a recording."""

from __future__ import annotations

from typing import Any

from replay_redact._metadata.forms import (
    Table,
    agent,
    browser,
    environment,
    hidden,
    host,
    insert_id,
    locale,
    of_words,
    own_name,
    person_id,
    project_key,
    release,
    sdk,
    system,
    table_of,
    time,
    uuid,
    version,
    window_id,
    zone,
)
from replay_redact._metadata.masks import PayloadMasks, Rule
from replay_redact._metadata.rules import list_of, number, object_of, url

_NUMBERS = """screen_height screen_width viewport_height viewport_width screen_density
    timezone_offset snapshot_bytes snapshot_size snapshot_count duration
    last_scroll last_scroll_percentage max_scroll max_scroll_percentage last_content
    last_content_percentage max_content max_content_percentage lib_rate_limit_remaining_tokens
    configured_session_timeout_ms debug_first_full_snapshot_timestamp
    sdk_debug_extensions_init_time_ms sdk_debug_replay_internal_buffer_length
    sdk_debug_replay_flushed_size sdk_debug_retry_queue_size sdk_debug_session_start
    sdk_debug_current_session_duration web_vitals_lcp_value web_vitals_cls_value
    web_vitals_fcp_value web_vitals_inp_value"""
_WORDS = {
    "device_type": "Desktop Mobile Tablet Console Wearable TV",
    "browser_type": "bot browser",
    "event_type": "click change submit touch",
    "snapshot_source": "web mobile",
    "recording_status": "active disabled sampled buffering paused lazy_loading",
    "sdk_dist_channel": "cdn npm",
    "session_recording_start_reason": "recording_initialized session_id_changed sampled"
    " linked_flag_matched linked_flag_overridden sampling_overridden url_trigger_matched"
    " event_trigger_matched",
    "sdk_debug_extensions_init_method": "synchronous deferred",
    "sdk_debug_replay_event_trigger_status": "trigger_disabled trigger_activated trigger_pending",
    "sdk_debug_replay_url_trigger_status": "trigger_disabled trigger_activated trigger_pending",
    "sdk_debug_replay_linked_flag_trigger_status": "trigger_disabled trigger_activated"
    " trigger_pending",
    "config_defaults": "unset 2025-05-24 2025-11-30",
}


def _direct_or(other: Rule) -> Rule:
    """Return a rule for a referrer, in place of which PostHog may say ``$direct``."""
    return of_words("$direct $referrer", other)


_ADDRESS = _direct_or(url)

_OWN: Table = {
    **table_of(_ADDRESS, "current_url url pathname referrer href external_click_url"),
    "lib_custom_api_host": _ADDRESS,
    **table_of(_direct_or(host), "host referring_domain snapshot_host"),
    **table_of(number, _NUMBERS),
    **{name: of_words(words) for name, words in _WORDS.items()},
    **table_of(person_id, "user_id device_id anon_distinct_id"),
    **table_of(uuid, "pageview_id prev_pageview_id"),
    **table_of(window_id, "session_id window_id"),
    **table_of(hidden, "ip name email set_name groups geoip_city_name"),
    **table_of(time, "time initialization_time sent_at created_at"),
    **table_of(version, "lib_version browser_version os_version app_version app_build"),
    "insert_id": insert_id,
    "browser": browser,
    "os": system,
    "os_name": system,
    "lib": sdk,
    "raw_user_agent": agent,
    "user_agent": agent,
    "timezone": zone,
    "browser_language": locale,
    "browser_language_prefix": locale,
    "locale": locale,
}  # fmt: skip
"""Properties that PostHog's SDKs write, without their ``$``."""

_PREFIXES = ("", "initial_", "session_entry_", "prev_pageview_")

PROPERTIES: Table = {
    **{f"${prefix}{name}": rule for prefix in _PREFIXES for name, rule in _OWN.items()},
    **table_of(hidden, "distinct_id distinct_ids email name username phone ip address"),
    **table_of(project_key, "token api_key"),
    **table_of(window_id, "session_id sessionId window_id windowId"),
    "environment": environment,
    "release": release,
}
"""Properties of events and persons, by name; what has none is scrubbed."""
PROPERTIES["distinct_id"] = person_id
PROPERTIES["distinct_ids"] = list_of(person_id)


def _properties(masks: PayloadMasks, value: Any) -> Any:
    return object_of(PROPERTIES)(masks, value)


for _name in ("$set", "$set_once"):
    PROPERTIES[_name] = _properties

_PERSON = object_of(
    {
        **table_of(uuid, "id uuid"),
        **table_of(time, "created_at last_seen_at"),
        **table_of(hidden, "name email"),
        "distinct_ids": list_of(person_id),
        "distinct_id": person_id,
        "properties": _properties,
    }
)

_AROUND: Table = {
    **PROPERTIES,
    **table_of(uuid, "id uuid recording_id replay_id session_recording_id"),
    **table_of(number, "offset count limit segment_id page recording_duration duration"),
    **table_of(
        time,
        "timestamp sent_at created_at updated_at start_time end_time started_at finished_at"
        " start_timestamp end_timestamp",
    ),
    **table_of(url, "next previous url href start_url"),
    "version": time,
    "event": own_name,
    "properties": _properties,
    "person": _PERSON,
}
for _name in ("data", "result"):
    _AROUND[_name] = object_of(dict(_AROUND))

POSTHOG: dict[str, Rule] = {
    "posthog event": object_of(_AROUND),
    "wrapper": object_of(_AROUND),
}
"""Rules by kind of item."""
