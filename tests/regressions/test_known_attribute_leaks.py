"""Known leaks of attributes: those that are read aloud, addresses, and what recorders invent."""

import pytest
from helpers import add, change
from regressions.leaks import Leaks, name_of

from replay_redact import Policy

LEAKS = Leaks()


def in_snapshot_and_change(page, tag, attributes):
    element = page.element(tag, dict(attributes))
    body = page.element("body", {}, element)
    later = page.element(tag, dict(attributes))
    return [page.snapshot(body), change(element, **attributes), add(body, later)]


def said(*names):
    return dict.fromkeys(names, "Jane")


@LEAKS.record(49, "getsentry/sentry-javascript#6956", "Hints and labels in attributes were clear.")
def hints_and_labels(page):
    return in_snapshot_and_change(page, "input", said("placeholder", "title", "aria-label"))


@LEAKS.record(50, "getsentry/rrweb#83", "Attributes that changed were not masked.")
def changed_hints(page):
    element = page.element("input", {"placeholder": "name"})
    return [page.snapshot(element), change(element, placeholder="Jane", title="Jane")]


@LEAKS.record(
    51,
    "getsentry/rrweb#81",
    "Unmask selectors were not respected for attributes, so people switched masks off.",
    policy=Policy(unmask=".chrome"),
    shows=["Search the shop"],
)
def unmasked_hints(page):
    shown = page.element("p", {"class": "chrome", "title": "Search the shop"})
    return [page.snapshot(shown, page.element("p", {"title": "Jane"}))]


@LEAKS.record(
    52,
    "getsentry/rrweb#68, #69",
    "Buttons were neither inputs nor text, so their labels were clear.",
)
def labels_of_buttons(page):
    kinds = ("submit", "button", "reset", "image", "SUBMIT")
    return [event for kind in kinds
            for event in in_snapshot_and_change(page, "input", {"type": kind, "value": "Jane", "alt": "Jane"})]  # fmt: skip


@LEAKS.record(
    53,
    "getsentry/sentry-javascript#16176",
    "An upgrade lost the mask for spoken labels for two years.",
)
def spoken_labels(page):
    names = ("aria-label", "aria-description", "aria-valuetext", "aria-placeholder",
             "aria-roledescription", "aria-braillelabel")  # fmt: skip
    return in_snapshot_and_change(page, "button", said(*names))


@LEAKS.record(
    54,
    "getsentry/sentry-javascript#20491",
    "The list of attributes to mask did nothing once text was shown.",
    policy=Policy(mask_all_text=False, mask_attributes=["title", "data-name"]),
    shows=["public"],
)
def listed_attributes(page):
    events = in_snapshot_and_change(page, "p", said("title", "data-name"))
    return [*events, page.snapshot(page.text("public"))]


@LEAKS.record(
    55,
    "getsentry/rrweb, transformAttribute",
    "Listing href, src or style did nothing, because they left by an earlier return.",
    policy=Policy.permissive().replace(mask_attributes=["href", "src", "style"]),
)
def listed_addresses(page):
    attributes = {"href": "https://a.example/Jane", "src": "/Jane.png", "style": "--name: 'Jane'"}
    return in_snapshot_and_change(page, "a", attributes)


@LEAKS.record(56, "DataDog/browser-sdk#1504", "The hint of a field was missing from a list.")
def hint_of_a_field(page):
    return in_snapshot_and_change(page, "textarea", said("placeholder"))


@LEAKS.record(57, "DataDog/browser-sdk#3961", "Spoken labels and names were missing from a list.")
def names_of_fields(page):
    return in_snapshot_and_change(page, "input", said("aria-label", "name"))


@LEAKS.record(
    58, "DataDog/browser-sdk#3907", "One of the levels did not know of attributes at all."
)
def attributes_of_a_masked_region(page):
    return in_snapshot_and_change(
        page, "img", {"class": "rr-mask", **said("alt", "title", "longdesc")}
    )


@LEAKS.record(59, "DataDog/browser-sdk#2714", "A document written into srcdoc was clear.")
def document_in_an_attribute(page):
    return in_snapshot_and_change(
        page, "iframe", {"srcdoc": "<p>Jane</p>", "src": "https://a.example/"}
    )


@LEAKS.record(
    60,
    "amplitude/Amplitude-TypeScript#1602",
    "A field's hint showed the value that was chosen, and style changes went another way.",
)
def hint_with_the_chosen_value(page):
    element = page.element("input", {"placeholder": "Jane"})
    return [
        page.snapshot(element),
        change(element, placeholder="Jane", style={"--chosen": "'Jane'"}),
    ]


@LEAKS.record(
    62,
    "tech-trials/InsForge#2065",
    "Tool tips repeated the masked text of a table in 91 places; style text was found next.",
)
def tool_tips(page):
    cell = page.element("td", {"title": "Jane"}, page.text("Jane"))
    style = page.element("style", {"_cssText": ".cell::after { content: 'Jane' }"})
    return [page.snapshot(style, page.element("table", {}, cell))]


@LEAKS.record(63, "rrweb-io/rrweb#1581", "There was no way to mask hints and other attributes.")
def any_other_attribute(page):
    names = ("data-user", "data-testid", "content", "label", "summary", "abbr", "download", "datetime",
             "x-data", "wire:snapshot", "ng-init", "hx-vals", "data-react-props", "itemid", "nonce")  # fmt: skip
    return in_snapshot_and_change(page, "div", said(*names))


@LEAKS.record(64, "ReviewStage/luke#409", "A screenshot in a data: address was sent on.")
def picture_in_an_address(page):
    return in_snapshot_and_change(
        page, "img", {"src": "data:image/svg+xml,<svg><text>Jane</text></svg>"}
    )


@LEAKS.record(65, "egma#268", "The signed address of a medium says whose it is.")
def signed_addresses(page):
    address = "https://cdn.example/Jane/1.mp4?sig=Jane&user=Jane"
    return [event for tag in ("video", "audio", "source", "track", "embed")
            for event in in_snapshot_and_change(page, tag, {"src": address})]  # fmt: skip


@LEAKS.record(66, "joinorbiters/orbiters#185", "A mail link and the file name of a download.")
def mail_links_and_file_names(page):
    return [*in_snapshot_and_change(page, "a", {"href": "mailto:Jane@roe.example"}),
            *in_snapshot_and_change(page, "a", {"href": "/files/Jane.pdf", "download": "Jane.pdf"})]  # fmt: skip


@LEAKS.record(
    67,
    "PostHog/posthog#68858",
    "The recorder renames src of a frame to rr_src, which no list of addresses had.",
)
def renamed_address_of_a_frame(page):
    return in_snapshot_and_change(
        page, "iframe", {"rr_src": 'https://a.example/?jwt=Jane&user={"name":"Jane"}'}
    )


@LEAKS.record(
    68,
    "PostHog/posthog#71536",
    "A style change with a list in it could not be read, and the event was stored as it was.",
)
def style_changes_with_lists(page):
    element = page.element("p")
    style = {"--name": ["'Jane'", "important"], "content": ["'Jane'", ""], "color": False,
             "background-image": "url(https://a.example/Jane.png)", "quotes": ["Jane", 5, {}]}  # fmt: skip
    return [page.snapshot(element), change(element, style=style)]


@LEAKS.record(69, "microsoft/clarity#989", "Images inside SVG have their address in href.")
def images_in_svg(page):
    address = "https://a.example/Jane.png"
    return [event for attributes in ({"href": address}, {"xlink:href": address})
            for event in in_snapshot_and_change(page, "image", attributes)]  # fmt: skip


@LEAKS.record(70, "highlight/highlight#3414", "Video and sound were missing from a strict mode.")
def video_and_sound(page):
    source = page.element("source", {"src": "https://a.example/Jane.mp4"})
    return [
        page.snapshot(page.element("video", {"poster": "/Jane.png", "src": "/Jane.mp4"}, source))
    ]


@LEAKS.record(
    111,
    "PostHog, fixture 'are not re-scrubbed'",
    "An attribute that says 'already scrubbed' was believed, and a page can write it.",
)
def attributes_that_claim_to_be_clean(page):
    names = ("data-anon-original-src", "data-masked", "data-rr-masked", "rr_captured_value")
    return in_snapshot_and_change(page, "img", said(*names))


@pytest.mark.parametrize("leak", LEAKS, ids=name_of)
def test_known_attribute_leaks(leak):
    leak.check()
