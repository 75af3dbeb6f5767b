"""The parts that several kinds of events share: headers, tags, attributes, contexts.

See `schema` for what the table says.
"""

from __future__ import annotations

from replay_redact.scrub.sentry.attributes import ATTRIBUTES, IDS
from replay_redact.scrub.sentry.roles import Each, Fields, Pairs, Role, alike

TIMES = """
    timestamp start_timestamp end_timestamp received sent_at started replay_start_timestamp
    boot_time build_time app_start_time
"""

SDK = Fields(
    {
        **alike(Role.FACT, "name version"),
        **alike(Each(Role.FACT), "integrations features"),
        "packages": Each(Fields(alike(Role.FACT, "name version"))),
        "settings": Fields(alike(Role.WORD, "infer_ip infer_user_agent")),
    }
)

HEADERS = Pairs(
    Fields(
        {
            **alike(
                Role.FACT,
                """
                user-agent host accept accept-encoding accept-language accept-charset
                content-type content-encoding content-length connection cache-control pragma
                sec-ch-ua sec-ch-ua-mobile sec-ch-ua-platform sec-fetch-dest sec-fetch-mode
                sec-fetch-site sec-fetch-user upgrade-insecure-requests dnt x-forwarded-proto
                """,
            ),
            **alike(Role.ADDRESS, "referer origin location"),
            **alike(Role.PERSON, "x-forwarded-for x-real-ip forwarded cf-connecting-ip from"),
        }
    )
)

REQUEST = Fields(
    {
        "url": Role.ADDRESS,
        "headers": HEADERS,
        **alike(Role.WORD, "method inferred_content_type protocol"),
        "cookies": Role.PERSON,
        "env": Pairs(
            Fields(
                {
                    **alike(Role.PERSON, "remote_addr remote_host remote_user server_name"),
                    **alike(Role.FACT, "server_port server_software request_method"),
                }
            )
        ),
    }
)

TAGS = Pairs(
    Fields(
        {
            **alike(Role.ID, IDS),
            **alike(Role.WORD, "level runtime.name mechanism handled"),
            **alike(Role.FACT, "release environment dist runtime browser browser.name os os.name"),
            "url": Role.ADDRESS,
            "transaction": Role.NAME,
            **alike(Role.PERSON, "user server_name device"),
        }
    )
)

_TRACE = Fields(
    {
        **alike(Role.ID, IDS),
        **alike(Role.WORD, "op status origin type"),
        **alike(Role.NUMBER, "exclusive_time client_sample_rate sampled"),
        "data": ATTRIBUTES,
        "description": Role.NAME,
    }
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
_VERSIONED = Fields(
    {
        **alike(Role.FACT, "name version build kernel_version raw_description distribution_name"),
        **alike(Role.FACT, "distribution_version type"),
        "rooted": Role.NUMBER,
    }
)
CONTEXTS = Fields(
    {
        **alike(_VERSIONED, "browser os client_os runtime"),
        "trace": _TRACE,
        "replay": Fields(alike(Role.ID, IDS)),
        "profile": Fields(alike(Role.ID, IDS)),
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
        "culture": Fields(
            {
                **alike(Role.FACT, "locale timezone calendar display_name"),
                "is_24_hour_format": Role.NUMBER,
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
                **alike(Role.ID, IDS),
                **alike(Role.PERSON, "contact_email name"),
                "url": Role.ADDRESS,
                "source": Role.WORD,
            }
        ),
        "monitor": Fields({"slug": Role.FACT, **alike(Role.ID, "id")}),
    }
)
