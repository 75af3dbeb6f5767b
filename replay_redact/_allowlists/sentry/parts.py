"""The parts that several kinds of events share: headers, tags, attributes, contexts.

See `schema` for what the table says.
"""

from __future__ import annotations

from replay_redact._allowlists.sentry.attributes import ATTRIBUTES, IDS, OTHER_IDS
from replay_redact._allowlists.sentry.roles import (
    Each,
    Fields,
    Pairs,
    Role,
    alike,
    fields,
    one_of,
)

TIMES = """
    timestamp start_timestamp end_timestamp received sent_at started replay_start_timestamp
    boot_time build_time app_start_time
"""

ALL_IDS = f"{IDS} {OTHER_IDS}"
INFERRED = one_of("auto never", Role.WORD)
"""Whether Sentry is to take something from the connection."""

SDK = fields(
    {
        "name": Role.SDK,
        "version": Role.VERSION,
        "integrations": Each(Role.FUNCTION),
        "packages": Each(fields({"name": Role.SDK, "version": Role.VERSION})),
        "settings": fields({"infer_ip": INFERRED}, {"infer_user_agent": INFERRED}),
    },
    {"features": Each(Role.FACT)},
)

HEADERS = Pairs(
    fields(
        {"user-agent": Role.AGENT, "referer": Role.ADDRESS},
        {
            **alike(
                Role.FACT,
                """
                host accept accept-encoding accept-language accept-charset content-type
                content-encoding content-length connection cache-control pragma sec-ch-ua
                sec-ch-ua-mobile sec-ch-ua-platform sec-fetch-dest sec-fetch-mode sec-fetch-site
                sec-fetch-user upgrade-insecure-requests dnt x-forwarded-proto
                """,
            ),
            **alike(Role.ADDRESS, "origin location"),
            **alike(Role.PERSON, "x-forwarded-for x-real-ip forwarded cf-connecting-ip from"),
        },
    )
)

REQUEST = fields(
    {"url": Role.ADDRESS, "headers": HEADERS, "method": Role.WORD},
    {
        **alike(Role.WORD, "inferred_content_type protocol"),
        "cookies": Role.PERSON,
        "env": Pairs(
            Fields(
                {
                    **alike(Role.PERSON, "remote_addr remote_host remote_user server_name"),
                    **alike(Role.FACT, "server_port server_software request_method"),
                }
            )
        ),
    },
)

TAGS = Pairs(
    fields(
        {"replayid": Role.ID},
        {
            **alike(Role.ID, ALL_IDS),
            **alike(Role.WORD, "level runtime.name mechanism handled"),
            **alike(Role.FACT, "release environment dist runtime browser browser.name os os.name"),
            "url": Role.ADDRESS,
            "transaction": Role.NAME,
            **alike(Role.PERSON, "user server_name device"),
        },
    )
)

_TRACE = fields(
    {
        **alike(Role.ID, IDS),
        **alike(Role.OPERATION, "op origin"),
        "status": Role.WORD,
        "sampled": Role.NUMBER,
    },
    {
        **alike(Role.ID, OTHER_IDS),
        "type": Role.WORD,
        **alike(Role.NUMBER, "exclusive_time client_sample_rate"),
        "data": ATTRIBUTES,
        "description": Role.NAME,
    },
)
_FACTS_OF_DEVICES = """
    family model model_id arch brand manufacturer orientation device_type screen_resolution
    chipset cpu_description simulator online charging low_memory name_of_class
"""
_NUMBERS_OF_DEVICES = """
    battery_level memory_size free_memory usable_memory storage_size free_storage
    external_storage_size external_free_storage screen_width_pixels screen_height_pixels
    screen_density screen_dpi processor_count processor_frequency supports_vibration
    supports_accelerometer supports_gyroscope supports_audio supports_location_service
"""
_OF_SYSTEMS = {
    **alike(Role.FACT, "build kernel_version raw_description distribution_name"),
    **alike(Role.FACT, "distribution_version type"),
    "rooted": Role.NUMBER,
}
_RUNTIME = Fields({**alike(Role.FACT, "name version"), **_OF_SYSTEMS})
CONTEXTS = fields(
    {
        "browser": fields({"name": Role.BROWSER, "version": Role.VERSION}, _OF_SYSTEMS),
        "os": fields({"name": Role.SYSTEM, "version": Role.VERSION}, _OF_SYSTEMS),
        "trace": _TRACE,
        "replay": fields({"replay_id": Role.ID}, alike(Role.ID, ALL_IDS)),
        "culture": fields(
            {
                "locale": Role.LOCALE,
                "timezone": Role.ZONE,
                "calendar": one_of("gregory iso8601", Role.FACT),
            },
            {"display_name": Role.FACT, "is_24_hour_format": Role.NUMBER},
        ),
    },
    {
        **alike(_RUNTIME, "client_os runtime"),
        "profile": Fields(alike(Role.ID, ALL_IDS)),
        "device": Fields(
            {
                **alike(Role.FACT, _FACTS_OF_DEVICES),
                **alike(Role.NUMBER, _NUMBERS_OF_DEVICES),
                **alike(Role.TIME, "boot_time"),
                **alike(Role.PERSON, "name id device_unique_identifier"),
            }
        ),
        "app": Fields(
            {
                **alike(Role.FACT, "app_identifier app_name app_version app_build build_type"),
                **alike(Role.NUMBER, "app_memory in_foreground free_memory"),
                **alike(Role.TIME, "app_start_time build_time"),
                "device_app_hash": Role.PERSON,
            }
        ),
        "gpu": Fields({"id": Role.NUMBER}, rest=Role.FACT),
        "cloud_resource": Fields(
            alike(Role.FACT, "cloud.provider cloud.platform cloud.region cloud.availability_zone")
        ),
        "response": Fields(
            {"headers": HEADERS, **alike(Role.NUMBER, "status_code body_size"), "type": Role.WORD}
        ),
        "feedback": Fields(
            {
                **alike(Role.ID, ALL_IDS),
                **alike(Role.PERSON, "contact_email name"),
                "url": Role.ADDRESS,
                "source": Role.WORD,
            }
        ),
        "monitor": Fields({"slug": Role.FACT, **alike(Role.ID, "id")}),
    },
)
