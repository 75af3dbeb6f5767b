"""Known leaks of what people enter: values, options, text areas, passwords and cards."""

import pytest
from helpers import Page, add, change, incremental, redact, typed
from regressions.leaks import Leaks, name_of

from replay_redact import Policy

LEAKS = Leaks()
TEXT_SHOWN = Policy(mask_all_text=False)
UNMASKED = Policy(unmask="*")
OPEN = Policy.permissive()


def every_way(page, tag, attributes, **extra):
    """Return a field that says Jane in a snapshot, in a change, by typing and added later."""
    field = page.element(tag, {**attributes, "value": "Jane"}, **extra)
    body = page.element("body", {}, field)
    later = page.element(tag, {**attributes, "value": "Jane"}, **extra)
    return [
        page.snapshot(body),
        change(field, value="Jane"),
        typed(field, "Jane"),
        add(body, later),
    ]


@LEAKS.record(
    18,
    "rrweb-io/rrweb-snapshot#75",
    "A password stood in the snapshot and in changes; only typing was masked.",
    policy=OPEN,
)
def password_values(page):
    return every_way(page, "input", {"type": "password"})


@LEAKS.record(
    19,
    "rrweb-io/rrweb#602",
    "A framework mirrored the value in an attribute, which was not masked.",
)
def value_mirrored_by_a_framework(page):
    field = page.element("input", {"type": "text"})
    return [page.snapshot(field), *(change(field, value="Jane"[:end]) for end in range(1, 5))]


@LEAKS.record(
    20, "rrweb-io/rrweb#93", "After a form failed, the page came back with its fields filled in."
)
def fields_filled_in_by_the_server(page):
    field = page.element("input", {"type": "email", "value": "Jane@roe.example"})
    return [page.snapshot(page.element("form", {}, field))]


@LEAKS.record(
    21, "rrweb-io/rrweb#746", "The option chosen from the start was taken for plain text."
)
def chosen_option(page):
    option = page.element("option", {"selected": True}, page.text("Jane"))
    return [page.snapshot(page.element("select", {}, option))]


@LEAKS.record(
    22,
    "getsentry/rrweb#74, #75; rrweb-io/rrweb#1164",
    "Options, radio buttons and boxes have values that are attributes, not inputs.",
    policy=TEXT_SHOWN,
)
def values_of_choices(page):
    option = page.element("option", {"value": "Jane", "label": "Jane"}, page.text("Jane"))
    choices = [
        page.element("input", {"type": kind, "value": "Jane"}) for kind in ("radio", "checkbox")
    ]
    return [page.snapshot(page.element("select", {}, option), *choices)]


@LEAKS.record(23, "getsentry/rrweb#85", "The type of a radio button was handled wrongly.")
def radio_buttons(page):
    return every_way(page, "input", {"type": "radio", "name": "Jane"})


@LEAKS.record(
    24,
    "getsentry/sentry-javascript#7072",
    "A text area says its value twice, and one of them followed the rule for text.",
    policy=TEXT_SHOWN,
)
def text_area_says_it_twice(page):
    area = page.element("textarea", {"value": "Jane"}, page.text("Jane"))
    return [page.snapshot(area)]


@LEAKS.record(
    25,
    "getsentry/rrweb#98",
    "A text area that was added later was not masked.",
    policy=TEXT_SHOWN,
)
def text_area_added_later(page):
    body = page.element("body")
    area = page.element("textarea", {}, page.text("Jane"))
    return [page.snapshot(body), add(body, area)]


@LEAKS.record(
    26,
    "rrweb-io/rrweb#1596",
    "Changes of a text area's value were made by a function without a mask.",
    policy=TEXT_SHOWN,
)
def text_area_changes(page):
    return every_way(page, "textarea", {})


@LEAKS.record(
    27, "rrweb-io/rrweb#1609", "Hidden fields were missing from the table of types.", policy=OPEN
)
def hidden_fields(page):
    return every_way(page, "input", {"type": "hidden"})


def shout(text):
    return text.upper()


@LEAKS.record(
    28,
    "rrweb-io/rrweb#1488",
    "The function that masks was not called for hidden fields.",
    policy=Policy(mask_fn=shout),
)
def hidden_fields_and_a_function(page):
    return every_way(page, "input", {"type": "hidden"})


@LEAKS.record(
    29, "rrweb-io/rrweb#1386", "The function that masks was not called for full snapshots."
)
def fields_of_a_full_snapshot(page):
    return [page.snapshot(page.element("input", {"value": "Jane"}))]


@LEAKS.record(
    30,
    "rrweb-io/rrweb#874",
    "The class that masks text did nothing to fields.",
    policy=Policy(mask_all_inputs=False),
)
def mask_class_on_fields(page):
    return every_way(page, "input", {"class": "rr-mask"})


@LEAKS.record(
    31,
    "getsentry/rrweb#34, #78; rrweb-io/rrweb#1170",
    "A button that shows the password makes it a text field; types may be in capitals.",
    policy=OPEN,
)
def passwords_that_are_shown(page):
    field = page.element("input", {"type": "PassWord", "value": "Jane"})
    marked = page.element("input", {"type": "text", "data-rr-is-password": "true", "value": "Jane"})
    return [page.snapshot(field, marked), change(field, type="text"), typed(field, "Jane"),
            change(field, value="Jane")]  # fmt: skip


@LEAKS.record(
    32,
    "highlight/rrweb#32",
    "A password's value attribute and its changes were kept.",
    policy=UNMASKED,
)
def password_attributes(page):
    return every_way(page, "input", {"type": "password", "id": "login"})


KINDS = ["text", "email", "tel", "search", "url", "number", "date", "time", "month", "week", "color",
         "range", "datetime-local", "submit", "button", "reset", "image", "file", "unheard-of"]  # fmt: skip


@LEAKS.record(33, "PostHog/posthog-js#388", "By default only some kinds of fields were masked.")
def every_kind_of_field(page):
    return [event for kind in KINDS for event in every_way(page, "input", {"type": kind})]


@LEAKS.record(
    34,
    "PostHog/posthog-js#1819",
    "A setting that came from elsewhere left the one for inputs undefined, which meant off.",
    policy=Policy(mask_all_text=False, block_all_media=False),
)
def other_options_do_not_touch_inputs(page):
    return every_way(page, "input", {})


@LEAKS.record(
    37,
    "digitalservicebund/a2j-rechtsantragstelle#1822",
    "Setting a selector for text switched the default for inputs off.",
    policy=Policy(mask=".private", mask_all_text=False),
)
def a_selector_for_text_does_not_touch_inputs(page):
    return every_way(page, "input", {"class": "public"})


@LEAKS.record(
    38,
    "getsentry/rrweb#166",
    "Card fields were shown wherever masks were taken off.",
    policy=UNMASKED,
)
def card_fields(page):
    names = (
        "cc-number",
        "cc-csc",
        "cc-exp",
        "cc-exp-month",
        "billing cc-name",
        "section-x CC-NUMBER",
    )
    return [event for name in names for event in every_way(page, "input", {"autocomplete": name})]


@LEAKS.record(
    39,
    "DataDog/browser-sdk#3094",
    "Password fields of type text say so in autocomplete only.",
    policy=UNMASKED,
)
def passwords_by_autocomplete(page):
    names = ("current-password", "new-password", "one-time-code", "username current-password")
    return [event for name in names for event in every_way(page, "input", {"autocomplete": name})]


@LEAKS.record(
    40,
    "DataDog/browser-sdk#4409",
    "Options whose text stood in a list of harmless words were shown.",
)
def options_with_harmless_words(page):
    option = page.element("option", {}, page.text("Jane Yes"))
    return [page.snapshot(page.element("form", {}, page.element("select", {}, option)))]


@LEAKS.record(
    41,
    "mixpanel/mixpanel-js#357",
    "An unmask rule could show passwords and hidden fields.",
    policy=Policy(unmask=["input", ".mine"], mask_all_inputs=False),
)
def unmask_does_not_reach_passwords(page):
    return [event for kind in ("password", "hidden", "file")
            for event in every_way(page, "input", {"type": kind, "class": "mine"})]  # fmt: skip


@LEAKS.record(44, "openreplay/openreplay, before 2023-03", "Inputs were plain by default.")
def the_default_for_inputs(page):
    return every_way(page, "input", {}) + every_way(page, "select", {})


@LEAKS.record(
    45,
    "grafana/faro-web-sdk#2126",
    "A mask of the same length says how long a password is.",
    policy=Policy(hide_length=True),
    shows=["***"],
)
def length_of_what_was_entered(page):
    return every_way(page, "input", {"type": "password"})


@LEAKS.record(
    46,
    "umami-software/umami#4308",
    "Switching masks off switched off that of passwords.",
    policy=OPEN,
)
def no_level_shows_passwords(page):
    return every_way(page, "input", {"type": "password"})


@LEAKS.record(
    47,
    "ever-co/ever-works#1096",
    "Masks keyed by type miss an address that is typed into a plain field.",
)
def address_in_a_plain_field(page):
    field = page.element("input", {"type": "text"})
    return [page.snapshot(field), typed(field, "Jane@roe.example")]


@LEAKS.record(
    48,
    "getsentry/rrweb, characterData",
    "Changes of the text in text areas and options followed the rule for text.",
    policy=TEXT_SHOWN,
)
def text_changes_in_fields(page):
    texts = [page.text("Jane"), page.text("Jane")]
    area = page.element("textarea", {}, texts[0])
    choice = page.element("select", {}, page.element("option", {}, texts[1]))
    changes = [{"id": text["id"], "value": "Jane"} for text in texts]
    return [
        page.snapshot(area, choice),
        incremental(0, texts=changes, attributes=[], removes=[], adds=[]),
    ]


@pytest.mark.parametrize("leak", LEAKS, ids=name_of)
def test_known_input_leaks(leak):
    leak.check()


def test_hidden_lengths_are_all_alike():
    def shown(value):
        page = Page()
        field = page.element("input", {"value": value})
        events = [page.snapshot(field), typed(field, value)]
        return [event["data"] for event in redact(events, Policy(hide_length=True))]

    assert shown("Jane") == shown("Jane Roe of Elm Lane")
