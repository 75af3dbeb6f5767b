"""Policies to try, as options: so few that the package keeps all of them compiled."""

from __future__ import annotations

from typing import Any

from replay_redact import Policy
from tests.oracle import Options
from tests.oracle.options import PRESETS

_ALL = {"mask_all_text": False, "mask_all_inputs": False}

CHOICES: list[tuple[dict[str, Any], int]] = [
    ({}, 10),
    (PRESETS["open"], 6),
    (PRESETS["lockdown"], 1),
    ({"unmask": (".open",)}, 3),
    ({"unmask": ("main", "nav"), "mask": (".shut",)}, 3),
    ({"unmask": ("main p", ".open > div"), "block": (".box",)}, 3),
    ({"unmask": ("[data-pane=main]", "body"), "mask": ("aside", "[data-pane=side]")}, 3),
    ({"unmask": ("body",), "block": ("aside", "[data-pane]")}, 2),
    ({"unmask": ("html",), "show_media": ("img", ".open"), "mask_all_text": False}, 3),
    ({"unmask": ("div", "input", "textarea")}, 3),
    ({**_ALL, "ignore_inputs": ("input[type=search]", ".note input", "textarea")}, 3),
    ({**_ALL, "mask": ("main .note", "[data-user]"), "block": ("section > *",)}, 3),
    ({**_ALL, "block_all_media": False, "mask": (".shut", "nav div")}, 3),
    ({**_ALL, "mask_attributes": ("title", "href", "data-user", "value", "style")}, 2),
    ({"mask_all_text": False, "metadata": "scrub"}, 3),
    ({"mask_all_inputs": False, "mask_urls": False}, 3),
    ({"mask_css": False, "mask_urls": False, "block_all_media": False}, 3),
    ({"unmask": ("body",), "mask_css": False, "mask_urls": False, "ignore_inputs": ("input",)}, 2),
    ({"unmask": ("body",), "hide_length": True, "hide_state": True, "hide_pointer": True}, 2),
    ({**PRESETS["open"], "mask": ("main", ".open"), "unmask": ()}, 3),
    ({**PRESETS["open"], "metadata": "mask"}, 1),
    ({**PRESETS["open"], "mask": ("[title]", "#a", "[type=search]", "[class~=note]")}, 2),
    ({"unmask": ("body",), "never_unmask": ("aside", ".shut > *")}, 2),
    ({"unmask": ("nav",), "mask_char": "\u2022"}, 1),
    ({"mask_text": "digits", "mask": (".shut",), "metadata": "scrub"}, 2),
    ({"mask_text": "matches", "mask": ("aside",), "unmask": ("nav",)}, 3),
    ({"show_words": ("Home",), "words_in": ("body",)}, 1),
    ({**_ALL, "never_unmask": ("main",), "allow_attributes": ("title", "data-*")}, 2),
    ({"allow_attributes": ("div@title", ".open *@data-user", "aria-*"), "mask": ("main",)}, 2),
    ({"unmask": ("body",), "mask_hosts": ("*.example", "ip")}, 2),
    ({"mask_urls": False, "mask_all_inputs": False, "mask_hosts": ("cdn.example",)}, 2),
    (
        {"unmask": ("div:not(.shut, aside *)", ":root > body:not(.note)"), "mask": ("p:is(.a *)",)},
        2,
    ),
    ({**PRESETS["open"], "pages": ({"url": "/a/*", "mask_all_text": True, "mask": ("main",)},)}, 3),
    (
        {
            "pages": (
                {"url": "/a/**", **PRESETS["open"]},
                {"url": "/*", "mask_all_text": False, "unmask": (".open",), "block": (".box",)},
            )
        },
        3,
    ),
    ({**_ALL, "pages": ({"url": "/a/:id", "drop": True}, {"url": "/b", **PRESETS["lockdown"]})}, 3),
]
"""Options and how often they are drawn."""

POLICIES: list[tuple[dict[str, Any], Policy, Options]] = [
    (options, Policy(**options), Options(**options)) for options, _ in CHOICES
]
"""The same, as the package's policy and the oracle's options."""

WEIGHTS = [weight for _, weight in CHOICES]
