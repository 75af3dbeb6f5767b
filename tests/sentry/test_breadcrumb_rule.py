"""How the SDK writes breadcrumbs about elements: labels, attributes, and the path to an element."""

import json

import pytest
from helpers import Page, add, change, crumb, redact, remove

from replay_redact import Policy, Redactor


def click(node, message="button", label="", category="ui.click", **attributes):
    """A click on an element, with its label and attributes (``_`` means a hyphen)."""
    named = {name.replace("_", "-"): value for name, value in attributes.items()}
    copied = {
        "id": node["id"],
        "tagName": node["tagName"],
        "textContent": label,
        "attributes": named,
    }
    return crumb(category, message=message, data={"nodeId": node["id"], "node": copied})


def told(events, **options):
    """Return the payload of the last event."""
    *_, event = redact(events, Policy.sentry(**options))
    return event["data"]["payload"]


def node_of(payload):
    return payload["data"]["node"]


@pytest.mark.parametrize(
    "category", ["ui.click", "ui.slowClickDetected", "ui.multiClick", "ui.input"]
)
def test_label_attributes_and_path_are_masked(category):
    page = Page()
    button = page.element("button", {}, page.text("Pay Jane"))
    event = click(button, 'p > button[aria-label="Jane"][type="submit"][title="Roe"]', "Pay Jane", category,
                  aria_label="Jane", title="Roe", role="tab", id="pay")  # fmt: skip
    payload = told([page.snapshot(button), event])
    assert payload["message"] == 'p > button[aria-label="****"][type="submit"][title="***"]'
    assert node_of(payload) == {
        "id": button["id"],
        "tagName": "button",
        "textContent": "*** ****",
        "attributes": {"aria-label": "****", "title": "***", "role": "tab", "id": "pay"},
    }


@pytest.mark.parametrize("name", ["aria-label", "type", "name", "title", "alt"])
def test_each_attribute_ends_the_one_before(name):
    page = Page()
    field = page.element("input")
    payload = told([page.snapshot(field), click(field, f'input[title="Jane"][{name}="Roe"]')])
    end = "Roe" if name in {"type", "name", "alt"} else "***"
    assert payload["message"] == f'input[title="****"][{name}="{end}"]'


def test_what_options_show():
    page = Page()
    button = page.element("button", {"class": "open"}, page.text("Pay"))
    events = [
        page.snapshot(button),
        click(button, 'button.open[title="Jane"]', "Pay", title="Jane"),
    ]
    payload = told(events, unmask=".open")
    assert (payload["message"], node_of(payload)["textContent"]) == (
        'button.open[title="Jane"]',
        "Pay",
    )
    payload = told(events, mask_attributes=(), mask_all_text=False)
    assert (payload["message"], node_of(payload)["textContent"]) == (
        'button.open[title="Jane"]',
        "Pay",
    )


def test_each_step_of_a_path_is_judged_by_its_own_element():
    page = Page()
    button = page.element("button", {})
    form = page.element("form", {"class": "open"}, button)
    message = 'main[title="Jane"] > form.open[title="Jane"] > button[title="Jane"]'
    main = page.element("main", {}, form)
    payload = told([page.snapshot(main), click(button, message)], unmask=".open")
    assert (
        payload["message"] == 'main[title="****"] > form.open[title="Jane"] > button[title="****"]'
    )


@pytest.mark.parametrize(
    ("options", "message", "expected"),
    [
        ({}, 'button[title="a > b"]', 'button[title="* * *"]'),
        ({}, 'button[title="a"] b"]', 'button[title="*** *"]'),
        ({}, 'button[title="a"][alt="b"]', 'button[title="*"][alt="b"]'),
        ({}, 'button[title="a"] > b', 'button[title="*"] > b'),
        ({}, 'button[title="a', 'button[title="*'),
        ({}, 'button[title="a"] ', 'button[title="*** '),
        ({}, 'a b[c] > b [title="Roe"]', 'a b[c] > b [title="***"]'),
        ({}, "button#Jane.Roe", "button#Jane.Roe"),
        ({}, "", ""),
        ({}, " > div > p", " > div > p"),
        ({"mask_attributes": ["id"]}, "button#Jane.Roe", "button#****.Roe"),
        ({"mask_attributes": ["class"]}, "button#Jane.Roe.x", "button#Jane.***.*"),
        ({"mask_attributes": ["data-sentry-component"]}, "PayButton > button", "********* > button"),
        ({"mask_attributes": ["data-sentry-element"]}, "PayButton", "*********"),
    ],
)  # fmt: skip
def test_paths(options, message, expected):
    page = Page()
    button = page.element("button")
    assert told([page.snapshot(button), click(button, message)], **options)["message"] == expected


def test_names_that_stand_for_others():
    page = Page()
    button = page.element("button")
    events = [page.snapshot(button), click(button, testId="Jane", data_sentry_component="Roe")]
    assert node_of(told(events))["attributes"] == {"testId": "Jane", "data-sentry-component": "Roe"}
    options = {"mask_attributes": ["data-testid", "data-sentry-element"]}
    assert node_of(told(events, **options))["attributes"] == {
        "testId": "****",
        "data-sentry-component": "***",
    }


def test_of_a_blocked_element_only_the_class_is_told():
    page = Page()
    button = page.element("button", {"class": "box"}, page.text("Pay"))
    events = [
        page.snapshot(button),
        click(button, "button.box", "Pay", class_="x", title="Jane", **{"class": "box"}),
    ]
    payload = told(events, block=".box")
    assert node_of(payload) == {
        "id": button["id"],
        "tagName": "button",
        "textContent": "",
        "attributes": {"class": "box"},
    }
    assert node_of(told(events, block=".box", mask_attributes=["class"]))["attributes"] == {
        "class": "***"
    }


def test_an_element_below_a_block_has_only_a_path():
    page = Page()
    button = page.element("button", {"class": "open"})
    box = page.element("div", {"class": "sentry-block"}, button)
    message = 'div[title="Jane"] > button[title="Jane"]'
    events = [page.snapshot(box), click(button, message, "Pay")]
    assert told(events) == {
        "category": "ui.click",
        "message": 'div[title="****"] > button[title="****"]',
        "data": {},
    }
    assert told(events, unmask=".open")["message"] == 'div[title="****"] > button[title="Jane"]'


def test_what_nobody_knows_has_only_a_path():
    page = Page()
    events = [
        page.snapshot(),
        crumb(
            "ui.click",
            message='p[title="Jane"]',
            data={"nodeId": "x", "node": {"textContent": "Jane"}},
        ),
    ]
    assert told(events) == {"category": "ui.click", "message": 'p[title="****"]', "data": {}}


@pytest.mark.parametrize(
    ("payload", "expected"),
    [
        ({}, {}),
        ({"message": 5, "data": None}, {"message": 5, "data": None}),
        ({"data": {"node": 5}}, {"data": {"node": 5}}),
        ({"data": {"node": {"textContent": "Jane"}}}, {"data": {"node": {"textContent": ""}}}),
        ({"data": {"node": {"textContent": 5, "attributes": 5}}}, {"data": {"node": {"textContent": 5, "attributes": 5}}}),
    ],
)  # fmt: skip
def test_odd_payloads(payload, expected):
    assert told([Page().snapshot(), crumb("ui.click", **payload)]) == {
        "category": "ui.click",
        **expected,
    }


@pytest.mark.parametrize("tag", [[], {"a": 1}, 5, None])
def test_a_key_in_a_node_with_an_odd_tag(tag):
    event = crumb("ui.keyDown", data={"node": {"tagName": tag}, "key": "Enter"})
    assert told([Page().snapshot(), event])["data"] == {"node": {"tagName": tag}, "key": "Enter"}


def test_a_payload_that_nests_deep():
    deep = "[" * 900 + "1" + "]" * 900
    event = json.dumps(crumb("ui.click", message="p", data={"x": "deep"})).replace('"deep"', deep)
    out = Redactor(Policy.sentry()).process_bytes(f"[{event}]".encode())
    assert f'"message":"p","data":{{"x":{deep}}}'.encode() in out


# --- hosts of shadow roots ------------------------------------------------------------------------


def host():
    page = Page()
    texts = (
        page.text(" Pay \U0001f642 "),
        page.text("Jane", isShadow=True),
        page.text("\n", isShadow=True),
    )
    return page, page.element("x-card", {}, *texts, isShadowHost=True)


def test_texts_right_below_a_shadow_root_are_shown_in_labels_too():
    page, card = host()
    assert (
        node_of(told([page.snapshot(card), click(card, label="Pay \U0001f642Jane")]))["textContent"]
        == "*** **Jane"
    )
    assert (
        node_of(told([page.snapshot(card), click(card, label="Pay Jane")]))["textContent"]
        == "*** ****"
    )


def test_a_label_whose_parts_would_split_a_character_is_masked():
    page = Page()
    texts = page.text("a"), page.text("b", isShadow=True)
    card = page.element("x-card", {}, *texts, isShadowHost=True)
    assert (
        node_of(told([page.snapshot(card), click(card, label="\U0001f642")]))["textContent"] == "**"
    )


def test_the_lengths_of_labels_are_kept_between_segments_and_moves():
    page, card = host()
    home = page.element("div")
    redactor = Redactor(Policy.sentry())
    redactor.process_bytes(json.dumps([page.snapshot(card, home)]).encode())
    moved = {**remove({"id": home["id"] + 1}, card)}
    moved["data"]["adds"] = add(home, {**card, "childNodes": []})["data"]["adds"]
    for events in ([moved], [click(card, label="Pay \U0001f642Jane")]):
        redactor = Redactor.from_state(Policy.sentry(), redactor.state())
        out = json.loads(redactor.process_bytes(json.dumps(events).encode()))
    assert node_of(out[0]["data"]["payload"])["textContent"] == "*** **Jane"
    redactor.process_bytes(json.dumps([remove(home, card)]).encode())
    assert Redactor.from_state(Policy.sentry(), redactor.state()).state() == redactor.state()


def test_a_change_of_class_counts_for_the_path():
    page = Page()
    button = page.element("button")
    events = [
        page.snapshot(button),
        change(button, class_="open"),
        click(button, 'button.open[title="Jane"]'),
    ]
    assert told(events, unmask=".open")["message"] == 'button.open[title="Jane"]'


def test_a_long_path_without_ends_is_looked_at_once():
    page = Page()
    button = page.element("button")
    message = '[title="' * 40_000  # looking for an end from each of them would take minutes
    assert told([page.snapshot(button), click(button, message)])["message"][:12] == '[title="****'
