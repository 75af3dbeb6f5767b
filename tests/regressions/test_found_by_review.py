"""One record per leak or broken guarantee that a review found: its id, its story, and a test.

Records are never deleted.
"""

import json

import pytest
from helpers import Page, add, change, incremental, mutation, redact, say, shown, typed

from replay_redact import (
    DecodeError,
    Policy,
    PolicyError,
    Redactor,
    Scrub,
    decode,
    encode,
    redact_bytes,
    redact_events,
)
from replay_redact._allowlists.attributes import is_structural
from replay_redact._css.sheets import mask_declarations, mask_sheet, mask_value
from replay_redact.scrub.scanner import scanner_of

OPEN = Policy.permissive()


def fixed(events, policy=None):
    once = redact(events, policy)
    assert redact(once, policy) == once
    return json.dumps(once, ensure_ascii=False)


def test_r01_attributes_that_cannot_be_decoded_took_their_elements_level_with_them():
    """One value out of range emptied the attributes, so `sentry-mask` was not seen."""
    page = Page()
    inner = page.element("p", {"class": "sentry-mask", "x": "BIG"}, page.text("Jane"))
    snapshot = page.snapshot(page.element("div", {"class": "sentry-unmask"}, inner))
    data = json.dumps([snapshot]).replace('"BIG"', "1e999").encode()
    assert b"Jane" not in redact_bytes(data)


@pytest.mark.parametrize("tag", ["textarea", "option"])
def test_r02_text_in_fields_was_shown_while_all_inputs_were_masked(tag):
    """Only ``mask_all_text`` decided about text below a field, in snapshots and in changes."""
    page = Page()
    text = page.text("Jane")
    field = page.element(tag, {}, page.element("b", {}, text))
    change = mutation(texts=[{"id": text["id"], "value": "Jane"}])
    assert "Jane" not in shown([page.snapshot(field), change], Policy(mask_all_text=False))


def test_r03_a_removed_subtree_kept_its_level():
    """Nodes of a nested addition were missing from the index of children."""
    page = Page()
    body = page.element("body", {}, page.element("i"))
    text = page.text("x")
    region = page.element("div", {"class": "sentry-unmask"}, page.element("p", {}, text))
    say = mutation(texts=[{"id": text["id"], "value": "Jane"}])
    events = [
        page.snapshot(body),
        mutation(removes=[{"parentId": body["id"], "id": body["childNodes"][0]["id"]}]),
        mutation(adds=[{"parentId": body["id"], "nextId": None, "node": region}]),
        mutation(texts=[{"id": text["id"], "value": "public"}]),
        mutation(removes=[{"parentId": body["id"], "id": region["id"]}]),
        say,
    ]
    found = shown(events)
    assert "public" in found
    assert "Jane" not in found


@pytest.mark.parametrize("value", ["4111111111111111", "٣٤٥", "1" * 7])
def test_r04_numbers_of_any_length_passed_as_sizes(value):
    """Two short numbers could come without a separator, in digits of any script."""
    assert not is_structural("width", value)
    page = Page()
    assert value not in shown([page.snapshot(page.element("p", {"maxlength": value}))])


def test_r04_long_json_numbers_passed_as_sizes():
    page = Page()
    assert "4111111" not in shown([page.snapshot(page.element("p", {"width": 4111111111111111}))])


ADDRESSES = {"href": "https://a.example/jane", "style": "--x: Jane", "src": "https://a.example/jane.png",
             "srcset": "https://a.example/jane.png 2x"}  # fmt: skip


def test_r05_masked_and_unknown_elements_showed_addresses_under_an_open_policy():
    """Policies that mask no addresses or CSS did not mask those of masked elements, either."""
    page = Page()
    events = [
        page.snapshot(page.element("a", {"class": "sentry-mask", **ADDRESSES})),
        mutation(attributes=[{"id": 99, "attributes": ADDRESSES}]),
        mutation(attributes=[{"id": 99, "attributes": {"style": {"--x": "Jane"}}}]),
        incremental(8, id=99, adds=[{"rule": 'a{content:"Jane"}'}]),
    ]
    assert "jane" not in fixed(events, OPEN).lower()


def test_r06_attribute_names_in_capitals_never_matched():
    """HTML ignores the case of attribute names, and recorders write them in lower case."""
    page = Page()
    events = [page.snapshot(page.element("p", {"data-x": "1", "title": "Jane"}))]
    assert "Jane" not in shown(events, OPEN.replace(mask="[DATA-X]"))
    assert "Jane" not in shown(events, OPEN.replace(mask_attributes="Title"))


def test_r07_put_back_literals_slid_over_letters_that_grow_in_lower_case():
    page = Page()
    events = [page.snapshot(page.element("p", {"title": "İİİİİİpublicJane"}))]
    assert "Jane" not in shown(events, Policy(mask="[title*=public i]"))


def test_r08_an_empty_word_matched_an_empty_attribute():
    page = Page()
    events = [page.snapshot(page.element("p", {"data-x": ""}, page.text("Jane")))]
    assert "Jane" not in shown(events, Policy(unmask="[data-x~='']"))


@pytest.mark.parametrize(
    "css",
    ["@scope ([data-user=Jane]) {}", "@supports selector([data-user=Jane]) {}",
     "@container style(--user: Jane) {}", "@supports (--user: Jane) {}", "@media (--x: Jane) {}",
     '@import "x" supports(--a: Jane);', "@supports (x: Jane('Jane')) {}", "@media ([x=Jane"],
)  # fmt: skip
def test_r09_conditions_of_at_rules_kept_words(css):
    masked = mask_sheet(css)
    assert "Jane" not in masked
    assert mask_sheet(masked) == masked


def test_r09_selectors_kept_long_numbers():
    assert "4111111" not in mask_sheet("4111111111111111 {color:red}")
    assert mask_sheet("li:nth-child(2n+1) {}") == "li:nth-child(2n+1) {}"
    assert (
        mask_sheet("@media (min-width: 600px) and (hover) {}")
        == "@media (min-width: 600px) and (hover) {}"
    )


@pytest.mark.parametrize("message", ["Jane", "sk_live_51H8xyz", "jane.roe", "div > Jane"])
def test_r10_a_word_passed_as_the_tag_of_a_breadcrumb(message):
    payload = {"category": "ui.click", "message": message}
    event = {"type": 5, "timestamp": 1, "data": {"tag": "breadcrumb", "payload": payload}}
    assert message not in fixed([event])


def test_r11_kept_fonts_showed_whole_addresses():
    source = "url(https://u:pw@a.example/jane.woff2?token=roe)"
    keep = Policy(keep_fonts=True)
    found = fixed([incremental(10, family="Inter", fontSource=source, buffer=False)], keep)
    assert "pw" not in found
    assert "roe" not in found
    assert redact([incremental(10, family="Inter", fontSource="Jane", buffer=True)], keep) == []
    assert (
        len(redact([incremental(10, family="Inter", fontSource="[0,1]", buffer=True)], keep)) == 1
    )


@pytest.mark.parametrize(
    "value", ["12345678%a", "c-+12345678", "+12345678x", "-12345678.5e3%", "a+.12345678"]
)
def test_r12_masked_numbers_fused_with_their_neighbours(value):
    once = mask_value("--x", value)
    assert mask_value("--x", once) == once
    for mask, css in ((mask_declarations, f"--x:{value}"), (mask_sheet, f"@namespace{{b:{value}")):
        assert mask(mask(css)) == mask(css)


def test_r13_a_selector_that_spells_a_value_out_showed_more_than_length():
    page = Page()

    def title(value):
        return redact(
            [page.snapshot({**page.element("p", {"title": value}), "id": 7})],
            Policy(mask="[title=x]"),
        )

    def attributes(value):
        return title(value)[0]["data"]["node"]["childNodes"][0]["attributes"]

    assert attributes("\U0001f600 a") == attributes("bc d") == {"title": "** *"}
    assert attributes("x") == {"title": "x"}


def test_r14_metadata_of_another_type_was_a_type_error():
    with pytest.raises(PolicyError):
        Policy(metadata=["mask"])


def test_r17_transforms_were_masked():
    assert is_structural("transform", "translate(1 2) rotate(45)")
    assert is_structural("d", "M10 10L20,20z")


def test_r19_a_semicolon_in_a_function_ended_the_declaration():
    assert mask_declarations("--f:var(a;b);width:1px").endswith(";width:1px")


def test_r20_the_end_of_an_html_comment_was_cut_in_two():
    assert mask_sheet("<!-- a{top:0} -->") == "<!-- a{top:0} -->"


def test_r23_a_colon_in_a_query_masked_the_slashes():
    page = Page()
    assert "/******?q=***" in shown([page.snapshot(page.element("a", {"href": "/search?q=a:b"}))])


def test_r24_documents_matched_negated_selectors():
    """``:not(p)`` blocked the document itself, and with it everything."""
    page = Page()
    events = [page.snapshot(page.element("p", {}, page.text("Jane")))]
    assert "****" in shown(events, Policy(block=":not(p)"))


def test_r25_asterisks_for_words_began_comments():
    """A masked word after a slash became ``/*``, so the next pass dropped what came after."""
    masked = mask_declarations("http://u:p@h/x?y=z**")
    assert mask_declarations(masked) == masked


def test_r26_an_unhashable_source_was_a_type_error():
    event = {"type": 3, "timestamp": 1, "data": {"source": {"x": 1}}}
    assert redact([event]) == []


def _claims(where):
    """Return events in which a blocked node and a ``div`` that shows have the same id."""
    page = Page()
    typed = {"class": "sentry-block"}
    field = page.element("input", typed)
    shows = page.element("div", {"class": "sentry-unmask"}, page.element("p"), field)
    hidden = page.element("div", {"class": "sentry-block"}, page.element("b"))
    body = page.element("body", {}, shows, hidden)
    say = incremental(5, id=field["id"], text="Jane", isChecked=False)
    claim = {**page.element("i"), "id": shows["id"]}
    add = {"parentId": hidden["id"], "nextId": None, "node": claim}
    inside = page.element("div", {"class": "sentry-block"}, claim)
    if where == "snapshot":
        hidden["childNodes"].append(claim)
        return [page.snapshot(body), say]
    if where == "addition":
        return [page.snapshot(body), mutation(adds=[add]), say]
    if where == "below an addition":
        return [
            page.snapshot(body),
            mutation(adds=[{**add, "parentId": body["id"], "node": inside}]),
            say,
        ]
    removal = {"parentId": hidden["id"], "id": shows["id"]}
    return [page.snapshot(body), mutation(removes=[removal]), say]


@pytest.mark.parametrize("where", ["snapshot", "addition", "below an addition", "removal"])
def test_r27_an_id_that_a_blocked_node_claimed_too_broke_the_fixed_point(where):
    """Redaction drops the blocked node, so its output was judged differently from its input."""
    found = fixed(_claims(where))
    assert "Jane" not in found
    assert '"source": 5' not in found


def test_r28_segments_in_segments_took_time_that_grew_with_the_square_of_their_number():
    """Every header line copied the rest, up to the depth limit. The error had a long chain."""
    with pytest.raises(DecodeError, match="wrapped more than") as caught:
        redact_bytes(b'{"segment_id":0}\n' * 1000)
    assert caught.value.__context__ is None


@pytest.mark.parametrize("name", ["src", "srcset", "poster"])
def test_r29_listed_addresses_of_media_stayed_where_media_were_shown(name):
    policy = Policy.permissive().replace(mask_attributes=[name])
    page = Page()
    image = page.element("img", {name: "https://a.example/Jane.png 2x"})
    assert "Jane" not in fixed([page.snapshot(image)], policy)


def test_r30_labels_of_options_followed_the_rule_for_text():
    """An option shows its ``label``, not its text."""
    page = Page()
    option = page.element("option", {"label": "Jane"})
    assert "Jane" not in fixed([page.snapshot(option)], Policy(mask_all_text=False))


def test_r31_listed_attributes_were_not_found_in_capitals():
    policy = Policy.permissive().replace(mask_attributes=["title"])
    page = Page()
    assert "Jane" not in fixed([page.snapshot(page.element("p", {"TITLE": "Jane"}))], policy)


def test_r32_pointers_over_blocked_elements_were_hidden_the_second_time_only():
    """In the output, nodes below the element are unknown, so they may be form fields."""
    page = Page()
    inner = page.element("button")
    box = page.element("div", {"class": "sentry-block"}, inner)
    places = [{"x": 1, "y": 2, "id": inner["id"], "timeOffset": 0}]
    found = fixed([page.snapshot(box), incremental(1, positions=places)], Policy(hide_pointer=True))
    assert '"source":1' not in found.replace(" ", "")


def test_r33_null_in_place_of_attributes_dropped_whole_snapshots_on_one_path_only():
    page = Page()
    empty = {**page.element("p"), "attributes": None}
    events = [page.snapshot(empty, page.text("Jane"))]
    data = json.dumps(events).encode()
    clean = redact_bytes(data)
    assert b"****" in clean
    assert clean == encode(redact_events(decode(data)))


def test_r34_bytes_that_are_not_utf8_in_an_attribute_dropped_the_snapshot_on_the_fast_path():
    page = Page()
    events = [page.snapshot(page.element("p", {"title": "Jane XY"}, page.text("Roe")))]
    data = json.dumps(events).encode().replace(b"XY", b"\xff\xfe")
    fast = redact_bytes(data)
    assert fast == encode(redact_events(decode(data)))
    assert b'"title":"**** **"' in fast


@pytest.mark.parametrize("attributes", [[], "Jane", 7, True])
def test_r35_after_a_malformed_addition_both_paths_know_nothing(attributes):
    page = Page()
    text = page.text("Jane")
    region = page.element("p", {"class": "shown"}, text)
    bad = page.element("b")
    events = [
        page.snapshot(region),
        add(region, {**bad, "attributes": attributes}),
        say(text, "Roe"),
    ]
    data, policy = json.dumps(events).encode(), Policy(unmask=".shown")
    fast = redact_bytes(data, policy)
    assert fast == encode(redact_events(decode(data), policy))
    assert b'"value":"***"' in fast
    assert len(json.loads(fast)) == 2


def test_r35_so_it_is_if_a_block_hides_the_addition():
    page = Page()
    box = page.element("p", {"class": "sentry-block"})
    shown_text = page.text("Jane")
    region = page.element("p", {"class": "shown"}, shown_text)
    bad = {**page.element("b"), "attributes": []}
    events = [page.snapshot(box, region), add(box, bad), say(shown_text, "Roe")]
    data, policy = json.dumps(events).encode(), Policy(unmask=".shown")
    fast = redact_bytes(data, policy)
    assert fast == encode(redact_events(decode(data), policy))
    assert b'"value":"***"' in fast


@pytest.mark.parametrize("depth", [300, 1_500, 4_000])
@pytest.mark.parametrize("value", [(b"[", b"]"), (b'{"a":', b"}")])
def test_r36_a_deep_value_of_an_attribute_ended_in_an_exception_on_the_fast_path(value, depth):
    page = Page()
    region, new = page.element("p"), page.element("b", {"class": "x", "title": "HERE"})
    deep = value[0] * depth + b"1" + value[1] * depth
    batch = add(region, new)
    batch["data"]["attributes"] = [{"id": new["id"], "attributes": {"class": "y"}}]
    for events in ([page.snapshot(new)], [page.snapshot(region), batch]):
        data = json.dumps(events).encode().replace(b'"HERE"', deep)
        assert redact_bytes(data) == encode(redact_events(decode(data)))


def test_r37_what_a_block_hid_was_shown_once_the_block_was_gone():
    """Players never got the inner node, so nothing about it may be shown."""
    page = Page()
    text = page.text("Roe")
    inner = page.element("p", {}, text)
    box = page.element("div", {"class": "sentry-block"}, inner)
    events = [page.snapshot(box), change(box, **{"class": "a"}), say(text, "Jane"), add(inner, page.text("Doe"))]  # fmt: skip
    found = fixed(events, Policy.permissive())
    assert "Jane" not in found
    assert "Doe" not in found


@pytest.mark.parametrize("odd", ["\x1c", "\x85", " \x1f\n"])
def test_r38_what_only_python_takes_for_white_space_is_masked_everywhere(odd):
    page = Page()
    text = page.text(odd)
    events = [page.snapshot(page.element("p", {}, text, page.text(" \xa0"))), say(text, odd)]
    masked = "".join(c if c in " \n" else "*" for c in odd)
    snapshot, changed = redact(events)
    assert f'"textContent": {json.dumps(masked)}' in json.dumps(snapshot)
    assert changed["data"]["texts"][0]["value"] == masked


@pytest.mark.parametrize(
    ("line", "clean"),
    [
        ("000-12-3456 078-05-1120", "000-12-3456 [us_ssn]"),
        ("300.1.1.1 203.0.113.9", "300.1.1.1 [ipv4]"),
        ("code AT12 DE89 3704 0044 0532 0130 00", "code AT12 [iban]"),
        ("123456789012345 356938035643809", "123456789012345 [imei]"),
        ("x@a.png@shop.example", "x@[email]"),
        ("bearer bearer abc123def", "bearer bearer [bearer]"),
        ("bearer token abc123def", "bearer token [bearer]"),
        ("basic basic amFuZTpodW50ZXIy", "basic basic [basic]"),
        ("tries: 7 4111111111111112 4 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1", "tries: 7 4111111111111112 [card]"),
    ],
)  # fmt: skip
def test_r39_a_look_alike_hid_the_secret_behind_it(line, clean):
    """A match that failed its check had taken the space or words where the secret begins."""
    assert scanner_of(Scrub.default()).string(line) == clean


@pytest.mark.parametrize("key", ["password (old)", "my password now", "passwordé", "pin \\ x"])
def test_r40_secret_keys_of_more_than_a_word_within_strings_of_json(key):
    """The probe expected the key to end right after its secret word."""
    line = json.dumps({"a": 1, key: "hunter2"})
    assert "hunter2" not in scanner_of(Scrub.default()).string(line)
    assert "hunter2" not in scanner_of(Scrub.default()).string(json.dumps([line]))


def test_r41_a_quoted_key_in_brackets_was_no_key():
    assert scanner_of(Scrub.default()).string('"user[pin]": "4711"') == '"user[pin]": "[filtered]"'


MOVES = {
    "the field": lambda field, form, place: mutation(
        removes=[{"parentId": form["id"], "id": field["id"]}], adds=[put(place, field)]
    ),
    "the form": lambda field, form, place: mutation(adds=[put(place, {**form, "childNodes": [field]})]),
    "added again": lambda field, form, _place: mutation(adds=[put(form, field)]),
    "with its type": lambda field, form, place: mutation(
        removes=[{"parentId": form["id"], "id": field["id"]}],
        adds=[put(place, field)],
        attributes=[{"id": field["id"], "attributes": {"type": "text", "value": "Roe"}}],
    ),
}  # fmt: skip


def put(parent, node):
    return {"parentId": parent["id"], "nextId": None, "node": node}


@pytest.mark.parametrize("kind", [{"type": "password"}, {"type": "hidden"}, {"type": "file"}, {"autocomplete": "cc-number"}])  # fmt: skip
@pytest.mark.parametrize("move", MOVES.values(), ids=MOVES)
def test_r42_a_password_that_moved_was_a_field_like_any_other(move, kind):
    page = Page()
    field = page.element("input", {"class": "shown", **kind})
    form, place = page.element("form", {}, field), page.element("p")
    plain = {**field, "attributes": {"class": "shown", "type": "text", "value": "Doe"}}
    for before in ([change(field, type="text", autocomplete="off")], []):
        events = [
            page.snapshot(form, place),
            *before,
            move(plain, form, place),
            typed(field, "Jane"),
        ]
        for policy in (Policy(unmask=".shown"), OPEN):
            found = fixed(events, policy)
            assert not any(name in found for name in ("Jane", "Doe", "Roe"))


def test_r42_a_state_remembers_a_password_that_is_not_there():
    page = Page()
    field = page.element("input", {"type": "password"})
    form = page.element("form", {}, field)
    gone = mutation(removes=[{"parentId": form["id"], "id": field["id"]}])
    back = mutation(adds=[put(form, {**field, "attributes": {"type": "text"}})])
    redactor = Redactor(OPEN)
    redactor.process_bytes(json.dumps([page.snapshot(form), gone]).encode())
    again = Redactor.from_state(OPEN, redactor.state())
    assert again.state() == redactor.state()
    rest = json.dumps([back, typed(field, "Jane")]).encode()
    assert b"Jane" not in again.process_bytes(rest)
    assert redactor.process_bytes(json.dumps([page.snapshot(page.element("p"))]).encode())
    assert (
        Redactor.from_state(OPEN, redactor.state())._engine.ancestors(field["id"], (None, None))
        == []
    )


@pytest.mark.parametrize("name", ["tabindex", "colspan", "rr_width", "maxlength", "aria-level", "width"])  # fmt: skip
def test_r43_what_is_one_number_took_a_list_of_them(name):
    """A card number in groups of four is a list of short numbers."""
    page = Page()
    card = page.element("p", {name: "4111 1111 1111 1111"})
    later = change(card, **{name: "4111,1111;1111 1111"})
    assert "1111" not in fixed([page.snapshot(card), later])
    kept = page.element("p", {name: "24"})
    assert '"24"' in fixed([page.snapshot(kept)])


@pytest.mark.parametrize("name", ["data-x", "Data-X", "DATA-X"])
def test_r44_a_name_in_capitals_met_only_the_selector_that_spelled_it_so(name):
    """A rule in lower case was not applied to an attribute that another rule named in capitals."""
    page = Page()
    region = page.element("p", {name: "a"}, text := page.text("Jane"))
    policy = Policy(mask_all_text=False, mask="[data-x]", unmask="[DATA-X~=a]")
    plain = page.element("p", {}, page.text("Roe"))
    assert "Jane" not in fixed([page.snapshot(region, plain), say(text, "Jane")], policy)
    later = change(region, **{name: "b"})
    assert "Jane" not in fixed([page.snapshot(region, plain), later, say(text, "Jane")], policy)


GROUPS = ["+44 20 7946 0958", "078-05-1120", "12.12.1990", "4111 1111 1111 1111", "(4111) 1111 (1111) 1111"]  # fmt: skip


@pytest.mark.parametrize("value", GROUPS)
@pytest.mark.parametrize("name", ["text", "type", "target", "role", "rel", "media", "sizes", "order", "cols", "rows"])  # fmt: skip
def test_r45_words_and_single_numbers_took_groups_of_digits(name, value):
    page = Page()
    element = page.element("x-field", {name: value})
    found = fixed([page.snapshot(element), change(element, **{name: value})])
    assert value not in found


MEASURES = ["(min-width: 600px) and (max-width: 1024px)", "(max-width: 600px) 480px, 800px", "rgb(255, 255, 255)", "500", "(min-width: 48.5em)"]  # fmt: skip


@pytest.mark.parametrize("value", MEASURES)
def test_r45_measures_and_colors_stay(value):
    page = Page()
    assert value in fixed([page.snapshot(page.element("x-field", {"media": value}))])


@pytest.mark.parametrize("value", ["4111111111111111", "M 4111111111111111", "1,12345678901234567890", "0.123456789012345678"])  # fmt: skip
@pytest.mark.parametrize("name", ["points", "d", "transform"])
def test_r46_drawings_took_numbers_of_any_length(name, value):
    page = Page()
    assert value not in fixed([page.snapshot(page.element("path", {name: value}))])
    kept = "M123456.789-.5e-15,7 L1.5.25z"
    assert kept in fixed([page.snapshot(page.element("path", {"d": kept}))])


@pytest.mark.parametrize("digits", ["\u0664\u0664\u0662\u0660\u0667\u0669\u0664\u0666", "\uff14\uff11\uff11\uff11\uff11\uff11\uff11\uff11"])  # fmt: skip
@pytest.mark.parametrize("css", ["--phone:+{}", "--phone:.{}", "--phone:1.{}", "foo:+{}"])
def test_r47_long_numbers_in_other_digits_were_no_numbers_to_css(css, digits):
    assert digits not in mask_declarations(css.format(digits))
    sheet = f"@media (width:+{digits}){{:nth-child(+{digits}){{{css.format(digits)}}}}}"
    assert digits not in mask_sheet(sheet).split("nth-child")[0] + mask_sheet(sheet).split("{", 2)[2]  # fmt: skip


@pytest.mark.parametrize(
    "css",
    ['["Jane Roe"]{top:0}', '[title "Jane Roe"]{}', '["Jane Roe"=x]{}', "[url(https://x/Jane)]{}",
     '@supports selector(["Jane"]){}', '@media (["Jane"]){}', '@scope (["Jane"]){}'],
)  # fmt: skip
def test_r48_strings_in_brackets_that_compare_nothing(css):
    assert "Jane" not in mask_sheet(css)
    assert mask_sheet(mask_sheet(css)) == mask_sheet(css)


@pytest.mark.parametrize("value", ['"Jane\nRoe 4711"', "'Jane\rRoe 4711'", '"a" "Jane\nRoe"', "counter(x,'Jane\fRoe')"])  # fmt: skip
def test_r49_a_string_that_ends_with_its_line_said_the_next_one_in_clear(value):
    assert "Roe" not in mask_sheet(f"p::after{{content:{value}}}")
    assert "Roe" not in mask_declarations(f"content:{value}")
    assert "Roe" not in mask_value("content", value)
    assert mask_sheet(f"p{{content:{value};top:0}}").startswith("p{")


def test_r50_markup_for_those_without_scripts_was_shown_as_text():
    page = Page()
    hidden = page.element("noscript", {}, page.text('<input type="hidden" value="Jane">'))
    region = page.element("p", {"class": "sentry-unmask"}, hidden)
    assert "Jane" not in fixed([page.snapshot(region)])
    assert "Jane" not in fixed([page.snapshot(region)], OPEN)


def test_r51_digits_in_circles_were_symbols():
    assert "\u2779" not in mask_declarations('content:"\u2779\u2776\u2776\u2776"')
    assert mask_declarations('content:"\u2764"') == 'content:"\u2764"'


@pytest.mark.parametrize(
    ("tag", "name", "policy"),
    [("b", "title", Policy(unmask="main", mask='[title="private"]')), ("input", "autocomplete", Policy(unmask="main")), ("a", "rel", Policy(unmask="main"))],
)  # fmt: skip
def test_r52_changes_to_added_nodes_were_written_into_them_unmasked(tag, name, policy):
    """The same event added a node to a masked region, opened the region, and changed the node."""
    page = Page()
    node = page.element(tag, {"class": "sentry-mask"})
    main = page.element("main")
    opened = {**add(main, node)["data"], **change(node, **{name: "Jane Roe", "class": ""})["data"]}
    event = mutation(adds=add(main, node)["data"]["adds"], attributes=opened["attributes"])
    assert "Jane" not in fixed([page.snapshot(main), event], policy)


@pytest.mark.parametrize("name", ["sentry-block", "sentry-mask"])
def test_r53_a_change_of_class_in_capitals_hid_the_class_that_stayed(name):
    page = Page()
    box = page.element("div", {"class": name}, page.text("x"))
    main = page.element("main", {}, box)
    later = add(box, page.text("Jane Roe"))
    assert "Jane" not in fixed([page.snapshot(main), change(box, CLASS="a"), later], Policy(unmask="main"))  # fmt: skip


@pytest.mark.parametrize("name", ["", "sentry-block"])
def test_r58_a_field_that_became_a_password_in_the_event_that_adds_it(name):
    """It was marked only the second time, and never if a block dropped its type."""
    page = Page()
    field = page.element("input", {"class": name})
    body = page.element("body")
    event = mutation(adds=add(body, field)["data"]["adds"], attributes=change(field, type="password", **{"class": ""})["data"]["attributes"])  # fmt: skip
    policy = Policy(mask_all_inputs=False, mask_all_text=False)
    found = fixed([page.snapshot(body), event, typed(field, "hunter2")], policy)
    assert '"data-rr-is-password": ""' in found
    assert "hunter2" not in found


def crumb(message, **data):
    payload = {"category": "ui.click", "message": message, "data": data}
    return {"type": 5, "timestamp": 3, "data": {"tag": "breadcrumb", "payload": payload}}


@pytest.mark.parametrize(
    "policy", [Policy(metadata="scrub"), Policy.permissive().replace(mask="button")]
)
@pytest.mark.parametrize(
    ("message", "data"),
    [('my-card > button[aria-label="Send to Jane"]', {}), ('button[title="a"Jane"]', {}), ("button", {"text": "Jane"}),
     ("button", {"node": {"id": 1, "attributes": ["Jane"]}}), ("button", {"node": {"id": 1, "label": "Jane"}}), ("button", {"node": "Jane"})],
)  # fmt: skip
def test_r54_what_breadcrumbs_copied_from_a_masked_node_was_only_scanned(policy, message, data):
    page = Page()
    button = page.element("button")
    events = [page.snapshot(button), crumb(message, nodeId=button["id"], **data)]
    assert "Jane" not in fixed(events, policy)


def test_r55_attributes_that_were_asked_to_be_masked_and_stayed():
    page = Page()
    policy = Policy(mask_attributes=["name", "href", "cite", "checked"])
    nodes = [page.element("slot", {"name": "Jane"}), page.element("use", {"href": "#Jane", "cite": "#Jane"}),
             page.element("input", {"checked": True})]  # fmt: skip
    found = fixed([page.snapshot(*nodes)], policy)
    assert "Jane" not in found
    assert "checked" not in found
    assert "Jane" not in fixed([page.snapshot(page.element("use", {"cite": "#Jane"}))])


def test_r56_keys_that_are_alike_when_masked_took_each_others_place():
    payload = {"line1": "Jane", "line2": "Roe", "line3": "x", "_a": "y"}
    event = {"type": 5, "timestamp": 1, "data": {"tag": "breadcrumb", "payload": {"data": payload}}}
    shown = json.loads(fixed([event]))[0]["data"]["payload"]["data"]
    assert shown == {"*****": "****", "_b": "***", "_c": "*", "_a": "*"}
    other = {**event, "data": {"tag": "x", "payload": payload}}
    assert json.loads(fixed([other]))[0]["data"]["payload"] == shown


def test_r57_user_names_in_addresses_with_what_only_python_takes_for_space():
    address = "//jane{}roe@cdn.example/a"
    hrefs = [address.format(odd) for odd in "\x85\x1cx"]
    assert len({fixed([{"type": 4, "timestamp": 1, "data": {"href": href, "width": 1, "height": 1}}]) for href in hrefs}) == 1  # fmt: skip
