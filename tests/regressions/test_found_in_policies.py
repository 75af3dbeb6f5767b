"""One record per fault that an attack on the options of policies found: id, what leaked, test."""

import json
import re

import pytest
from helpers import Page, redact, typed

from replay_redact import Policy, PolicyError, redact_bytes
from replay_redact.cli import main
from replay_redact.testing import explain, find_leaks, lint, recording_from_html

WRAPPED = "4111 1111\n\t 1111   1111"
SHOWING = {
    "matches": Policy(mask_text="matches"),
    "unmask": Policy(unmask="p, input"),
    "attributes": Policy(allow_attributes="title", mask_text="matches", unmask="input"),
    "permissive": Policy.permissive(),
}


def shown(events, policy):
    """Redact a recording, twice, and return what is left as a text."""
    once = redact(events, policy)
    assert redact(once, policy) == once
    return json.dumps(once, ensure_ascii=False)


def said(html, policy):
    """Return the texts of a page after redaction, which is the same done twice."""
    once = redact_bytes(recording_from_html(html), policy)
    assert redact_bytes(once, policy) == once
    assert find_leaks(once, policy) == []
    return re.findall(r'"textContent":"(.*?)"', once.decode())


# --- p01: white space within a secret -----------------------------------------------------------


@pytest.mark.parametrize("policy", SHOWING.values(), ids=SHOWING)
@pytest.mark.parametrize("text", [f"Card {WRAPPED}, please", f"  {WRAPPED}\n", f"😀 {WRAPPED}"])
def test_p01_a_line_break_or_tab_between_the_digits_of_a_card_hid_it(policy, text):
    page = Page()
    field = page.element("input", {"value": text})
    events = [page.snapshot(page.element("p", {"title": text}, page.text(text)), field), typed(field, f"x {text}")]  # fmt: skip
    assert "1111" not in shown(events, policy)


def test_p01_what_stands_around_the_secret_stays():
    page = Page()
    events = [page.snapshot(page.element("p", {}, page.text("Card\n4111 1111\n 1111 1111,\n\tthanks 12\n34")))]  # fmt: skip
    policy = Policy(mask_text="matches")
    assert json.dumps("Card\n**** ****\n **** ****,\n\tthanks 12\n34") in shown(events, policy)
    assert '"***\\n***' not in shown(events, policy.replace(hide_length=True))


def test_p01_a_text_whose_secret_cannot_be_placed_is_masked_whole():
    page = Page()
    scrub = {"rules": [{"pattern": "x 😀 y"}, {"pattern": r"\* \*+ b"}]}
    text = "see x\n😀\ny, or a"
    policy = Policy(mask_text="matches", scrub=scrub)
    assert "see" not in shown([page.snapshot(page.element("p", {}, page.text(text)))], policy)


# --- p02: a masked part of a number ----------------------------------------------------------------

CARD_PARTS = ["<b class=sentry-mask>1111</b>", "<b class=sentry-block>1111</b>", "<i><b class='rr-mask'>1</b>1<u>11</u></i>"]  # fmt: skip


@pytest.mark.parametrize("part", CARD_PARTS)
def test_p02_the_rest_of_a_number_with_a_masked_part_was_readable(part):
    policy = Policy(mask_text="matches")
    for text in (f"Card 4111 1111 {part} 1111", f"{part} 1111 1111 1111", f"Card 4111-1111-1111-{part}"):  # fmt: skip
        [*_, end] = out = said(f"<p>{text}</p><p>Order 1111</p>", policy)
        assert end == "Order 1111"
        assert "1111" not in "".join(out[:-1])


def test_p02_what_the_masked_part_says_makes_no_difference():
    pages = [f"<p>Card 4111 1111 1111 <b class=sentry-mask>{last}</b></p>" for last in ("1111", "1112", "abcd")]  # fmt: skip
    outputs = {tuple(said(page, Policy(mask_text="matches"))) for page in pages}
    assert outputs == {("**** **** **** **** ", "****")}


@pytest.mark.parametrize("options", [{"hide_length": True}, {"mask_fn": lambda _: "?" * 9}])
def test_p02_a_part_whose_length_nobody_knows_counts_too(options):
    page = "<p>Mail <b class=sentry-mask>jane.roe</b>@shop.example</p>"
    assert "shop" not in "".join(said(page, Policy(mask_text="matches", **options)))
    page = "<p>Card 4111 1111 <b class=sentry-mask>1111</b> 1111</p>"
    assert "1111" not in "".join(said(page, Policy(mask_text="matches", **options)))


def test_p02_what_is_no_part_of_a_secret_stays():
    policy = Policy(mask_text="matches")
    page = "<p>Order 4711 of <b class=sentry-mask>Jane Roe</b>, 12 of 20</p><p>See <i class=rr-block></i> 4 111</p>"
    assert said(page, policy) == ["Order 4711 of ", "**** ***", ", 12 of 20", "See ", " 4 111"]


# --- p03: hosts that stand alone -------------------------------------------------------------------

HOSTS = ["*.shop.example", "intranet.example", "ip"]


def crumb_of(data, category="fetch"):
    payload = {"timestamp": 1, "type": "default", "category": category, "data": data}
    return {"type": 5, "timestamp": 2, "data": {"tag": "breadcrumb", "payload": payload}}


@pytest.mark.parametrize("hide_length", [False, True])
@pytest.mark.parametrize("host", ["jane.shop.example", "Jane.Shop.example:8080", "intranet.example", "10.0.0.7"])  # fmt: skip
def test_p03_properties_of_posthog_named_hosts_that_the_policy_masks(host, hide_length):
    names = ["$host", "$referring_domain", "$initial_host", "$initial_referring_domain", "$session_entry_host"]  # fmt: skip
    wrapper = {"event": "$snapshot", "properties": {**dict.fromkeys(names, host), "$snapshot_data": [Page().snapshot()]}}  # fmt: skip
    policy = Policy(mask_hosts=HOSTS, hide_length=hide_length)
    once = redact_bytes(json.dumps(wrapper).encode(), policy)
    assert redact_bytes(once, policy) == once
    said = json.loads(once)["properties"]
    assert {said[name] for name in names} == {said["$host"]}
    assert not re.search("jane|intranet|10", said["$host"], re.IGNORECASE)
    assert said["$host"].endswith(host[host.index(".") :]) == ("hop" in host)
    kept = json.loads(redact_bytes(json.dumps(wrapper).encode(), Policy(mask_hosts="other.example")))  # fmt: skip
    assert kept["properties"]["$host"] == host


@pytest.mark.parametrize("mask_urls", [True, False])
def test_p03_hosts_in_headers_and_texts_of_payloads(mask_urls):
    headers = {"host": "jane.shop.example", ":authority": "jane.shop.example", "X-Server": "db jane.shop.example...", "server_name": "_jane.shop.example", "version": "1.2.3"}  # fmt: skip
    data = {"request": {"headers": headers}, "url": "https://jane.shop.example/", "message": "lost intranet.example."}  # fmt: skip
    policy = Policy(mask_hosts=HOSTS, metadata="scrub", mask_urls=mask_urls)
    out = shown([Page().snapshot(), crumb_of(data)], policy)
    assert "jane" not in out
    assert "intranet" not in out
    assert out.count(".shop.example") == 5
    assert "1.2.3" in out


def test_p03_hosts_where_addresses_or_style_sheets_are_shown():
    page = Page()
    css = "a { background: url(https://jane.shop.example/a.png) }"
    nodes = [page.element("a", {"href": f"https://{host}/x?next=jane.shop.example"}) for host in ("jane.shop.example", "10.0.0.7")]  # fmt: skip
    nodes += [page.element("style", {}, page.text(css)), page.element("p", {"style": css[4:-2]})]
    policy = Policy(mask_hosts=HOSTS, mask_urls=False, mask_css=False, block_all_media=False)
    out = shown([page.snapshot(*nodes)], policy)
    assert "jane" not in out
    assert "10.0" not in out
    assert "https://****.shop.example/x?next=****.shop.example" in out


def test_p03_the_host_of_a_dsn_and_of_a_parameter_that_stays():
    page = Page()
    link = page.element("a", {"href": "/x?next=jane.shop.example"})
    policy = Policy(mask_hosts=HOSTS, public_paths="?next")
    assert "/*?next=****.shop.example" in shown([page.snapshot(link)], policy)
    segment = json.dumps({"segment_id": 0}) + "\n" + json.dumps([Page().snapshot()])
    headers = [
        {"event_id": "a" * 32, "dsn": "https://abc@jane.shop.example/1"},
        {"type": "replay_recording", "length": len(segment)},
    ]
    body = "\n".join([*map(json.dumps, headers), segment])
    out = redact_bytes(body.encode(), policy)
    assert b"jane" not in out
    assert b"****.shop.example" in out
    assert b"https://abc@jane.shop.example/1" in redact_bytes(body.encode())


# --- p04: attributes of a gray image ---------------------------------------------------------------


def test_p04_an_allowed_attribute_of_a_gray_image_was_shown():
    page = Page()
    gray = [page.element(tag, {"alt": "Jane", "title": "Jane", "data-x": "Jane"}) for tag in ("img", "area", "iframe", "video")]  # fmt: skip
    policy = Policy(allow_attributes=["alt", "title", "data-*"])
    assert "Jane" not in shown([page.snapshot(*gray)], policy)
    assert "Jane" in shown([page.snapshot(*gray)], policy.replace(block_all_media=False))


# --- p05: addresses in attributes that stay ----------------------------------------------------------

WITH_ADDRESS = {
    "https://shop.example/orders/88?q=jane": "https://shop.example/******/**?q=****",
    "0; url=https://shop.example/orders/88": "0; url=https://shop.example/******/**",
    "0;URL='orders/88'": "0;URL=*******/***",
    "/orders/88": "/******/**",
    " //shop.example/orders/88": " //************/******/**",
    "mailto:jane": "mailto:****",
    "data:image/gif;base64,R0lGOD": "data:,",
    'see {"u":"https://shop.example/orders/88"}': 'see {"u":"https://shop.example/******/**"}',
    r'{"u":"https:\/\/shop.example\/orders\/88"}': "*" * 42,
    "x=https%3A%2F%2Fshop.example": "*" * 28,
    "../orders/88?q=1": "../******/**?q=*",
    "shop.example/orders/88": "************/******/**",
    "orders/88?q=1": "******/**?q=*",
    "#/orders/88": "#**********",
    "http:orders/88": "http:*********",
    "{&quot;u&quot;:&quot;/orders/88&quot;}": "*" * 38,
    "post|/orders/88": "*" * 15,
    "&#x2f;orders": "*" * 12,
    "open shop://orders/88": "**** ****************",
    "see //shop.example/88": "*** *****************",
}


@pytest.mark.parametrize("value", WITH_ADDRESS)
@pytest.mark.parametrize("policy", [Policy(allow_attributes=["content", "data-*"]), Policy(unmask="p")])  # fmt: skip
def test_p05_an_attribute_that_stays_showed_an_address(policy, value):
    page = Page()
    element = page.element("p", {"content": value, "data-url": value})
    once = redact([page.snapshot(element)], policy)
    assert redact(once, policy) == once
    assert set(once[0]["data"]["node"]["childNodes"][0]["attributes"].values()) == {WITH_ADDRESS[value]}  # fmt: skip


@pytest.mark.parametrize("value", ["Add to cart", "km/h, 10 / 20", "#details", "click->menu#open", "a:b", "1.5", "8.5/10", "text/html", "w-1/2"])  # fmt: skip
def test_p05_what_is_no_address_stays(value):
    page = Page()
    out = shown([page.snapshot(page.element("p", {"data-x": value}))], Policy(allow_attributes="data-x"))  # fmt: skip
    assert json.dumps(value) in out


def test_p05_hosts_in_what_stays_are_masked_where_addresses_are_shown():
    page = Page()
    element = page.element("p", {"data-x": "https://jane.shop.example/88"})
    policy = Policy(allow_attributes="data-x", mask_urls=False, mask_hosts=HOSTS)
    assert "https://****.shop.example/88" in shown([page.snapshot(element)], policy)


# --- p06, p07: addresses of pages --------------------------------------------------------------------


def visits(*addresses):
    """Return a recording of pages with these addresses, each with a text."""
    for time, address in enumerate(addresses):
        page = Page()
        yield {"type": 4, "timestamp": 2 * time, "data": {"href": address, "width": 1, "height": 1}}
        yield {**page.snapshot(page.element("p", {}, page.text("Jane"))), "timestamp": 2 * time + 1}


IN_DOUBT = [
    *("https://h.example/admin%3Fx", "https://h.example/admin%23x", "https://h.example/admin%2Fx"),
    *("https://h.example/admin%253Fx", "https://h.example/x%3F/../admin", "https://h.example/%C0%AFadmin"),
    *("https://h.example/Cafe\u0301", "https://h.example/Cafe%CC%81", "https://h.example/Caf%E9"),
    *("https://h.example/\uff41dmin", "https://0x7f.1/x", "https://2130706433/x", "https://0177.0.0.1/x"),
    *("https://[::ffff:127.0.0.1]/x", "https://[0:0:0:0:0:0:0:1]/x", "https://127.1./x"),
]  # fmt: skip
STRICT_PAGES = ["/admin/**", "/Café", "https://127.0.0.1/**", "https://[::1]/**"]


@pytest.mark.parametrize("address", IN_DOUBT)
def test_p06_an_address_that_a_server_may_read_as_one_of_another_page_had_looser_rules(address):
    pages = [{"url": url, "mask_all_text": True} for url in STRICT_PAGES]
    policy = Policy(mask_all_text=False, pages=pages)
    assert "Jane" not in shown([*visits(address)], policy)
    assert "Jane" in shown([*visits("https://h.example/cafe", "https://10.0.0.1/x")], policy)


ROUTES = ["https://h.example/", "https://h.example/#/", "https://h.example/#!/", "https://h.example/#/?q=1",
          "https://h.example/#/#top", "https://h.example/#/x/y", "https://h.example/#", "https://h.example/#top",
          "https://h.example/x", "https://h.example/#/in/7#top", "https://h.example/#/in?tab#x"]  # fmt: skip


@pytest.mark.parametrize("loose", [True, False])
@pytest.mark.parametrize("address", ROUTES)
def test_p07_with_a_page_for_the_first_route_redacting_twice_was_not_redacting_once(address, loose):
    for urls in (["#/"], ["#/", "#/in/*"], ["#/in/**"], ["#/**"]):
        pages = [{"url": url, "mask_all_text": loose} for url in urls]
        policy = Policy(mask_all_text=not loose, pages=pages)
        output = json.dumps(redact([*visits(address)], policy)).encode()
        assert json.loads(redact_bytes(output, policy)) == json.loads(output)
        assert find_leaks(output, policy) == []


def test_p07_without_a_fragment_nobody_knows_whether_the_first_route_is_shown():
    opening = Policy(pages=[{"url": "#/", "mask_all_text": False}])
    closing = Policy(mask_all_text=False, pages=[{"url": "#/", "mask_all_text": True}])
    for address in ("https://h.example/", "https://h.example/#"):
        for policy in (opening, closing):
            assert "Jane" not in shown([*visits(address)], policy)
    assert "Jane" in shown([*visits("https://h.example/#/")], opening)
    assert "Jane" in shown([*visits("https://h.example/#/x")], closing)


# --- p08: errors that did not say what to do ---------------------------------------------------------


@pytest.mark.parametrize(
    ("settings", "says"),
    [
        (["mask_text=digits", "mask_text=matches"], "--set mask_text is given twice, with two values: give it once"),
        (["hide_length=true", "hide_length=false"], "--set hide_length is given twice"),
        (["hide_length=True"], "hide_length must be true or false: write true, in small letters"),
        (["hide_length=1"], "hide_length must be true or false"),
        (["words_in=nav", "show_words=[1984]"], 'show_words must be a string or several strings: write "1984", in quotes'),
        (["hide_length=" + "1" * 5000], "hide_length must be true or false"),
        (["hide_length=" + "[" * 5000], "hide_length must be true or false"),
        (["mask_hosts=b\u00fccher.example"], "write the host as browsers send it, xn--bcher-kva.example"),
    ],
)  # fmt: skip
def test_p08_a_setting_that_is_wrong_did_not_say_what_to_do(settings, says, tmp_path, capsys):
    recording = tmp_path / "a.json"
    recording.write_bytes(recording_from_html("<nav>1984</nav>"))
    arguments = [part for text in settings for part in ("--set", text)]
    assert main(["redact", str(recording), *arguments]) == 2
    assert says in capsys.readouterr().err


def test_p08_a_word_that_looks_like_a_number_is_a_word(tmp_path, capsys):
    recording = tmp_path / "a.json"
    recording.write_bytes(recording_from_html("<nav><a>1984</a><b>Emma</b></nav>"))
    arguments = ["--set", "show_words=1984", "--set", "show_words=Emma", "--set", "words_in=nav"]
    assert main(["redact", str(recording), *arguments]) == 0
    out = capsys.readouterr().out
    assert "1984" in out
    assert "Emma" in out


def test_p08_a_file_with_a_byte_order_mark_was_no_toml(tmp_path):
    path = tmp_path / "a.toml"
    path.write_text('\ufeffmask = "nav"\n', "utf-8")
    assert Policy.from_toml(path) == Policy(mask="nav")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("x = " + "1" * 5000, "cannot be read: a number has too many digits"),
        ("x = " + "[" * 50_000, "cannot be read: its values are nested too deep"),
        ("show_words = 1984", 'show_words must be a string or several strings: write "1984"'),
        ("[[pages]]\nurl = 'https://admin.shop.example'", r"write https://admin.shop.example/ for its first page, https://admin.shop.example/\*\* for all"),
        ("[[pages]]\nurl = 'https://b\u00fccher.example/'", "write the host as browsers send it, xn--bcher-kva.example"),
        (f"[[pages]]\nurl = 'https://\u00fc{'u' * 70}.example/'", "write the host as browsers send it, in ASCII"),
    ],
)  # fmt: skip
def test_p08_a_file_that_cannot_be_read_raised_another_error(text, says, tmp_path):
    path = tmp_path / "a.toml"
    path.write_text(text, "utf-8")
    with pytest.raises(PolicyError, match=says) as caught:
        Policy.from_toml(path)
    assert str(path) in str(caught.value)


# --- p09: whose rules held, and pages that never hold ------------------------------------------------

SHOP = ["https://h.example/help/x?q=Jane", "https://h.example/y", "https://h.example/admin/7"]


def verdicts(what, policy, events):
    [*_, match] = explain(json.dumps(events).encode(), what, policy).matches
    return [(own.fate, own.page) for own in match.verdicts]


def test_p09_an_explanation_did_not_tell_by_which_page_something_was_masked():
    pages = [{"url": "/help/**", "mask_all_text": False}, {"url": "/admin/**", "drop": True}]
    policy = Policy(pages=pages[:1])
    events = [*visits(*SHOP[:2])]
    on_help, elsewhere = ("kept", "page '/help/**'"), ("masked", "any other page")
    assert verdicts("p", policy, events) == [on_help, elsewhere]
    assert verdicts("p", policy, events[1:2]) == [("masked", UNKNOWN)]
    assert ("masked", "page '/help/**'") in verdicts("Jane", policy, events[:1])
    dropped = ("dropped", "page '/admin/**', which is dropped")
    assert dropped in verdicts("p", Policy(pages=pages), [*visits(*SHOP)])
    assert verdicts("p", Policy(), events) == [("masked", "")]
    told = str(explain(json.dumps(events).encode(), "body, p", policy))
    assert "mask_all_text is false, on page '/help/**' (event 1)" in told


def test_p09_what_is_inside_is_told_by_page_too():
    page = Page()
    main = page.element("main", {}, page.element("p", {}, page.text("Jane")))
    events = [*[*visits("https://h.example/help")][:1], page.snapshot(main)]
    answer = explain(json.dumps(events).encode(), "main", Policy(pages={"url": "/help", "mask": "p"}))  # fmt: skip
    assert [(own.rule, own.page) for own in answer.matches[0].inside] == [("mask p", "page '/help'")]  # fmt: skip
    assert "mask p, on page '/help' (1 place)" in str(answer)


def test_p09_a_page_that_changes_in_a_moment_is_judged_by_the_strictest():
    events = [{**event, "timestamp": 1} for event in visits(*SHOP[:2])]
    policy = Policy(pages=[{"url": "/help/**", "mask_all_text": False}])
    assert ("masked", UNKNOWN) in verdicts("p", policy, events)


UNKNOWN = "a page that nobody knows: the strictest options of all"


@pytest.mark.parametrize(
    ("urls", "warnings"),
    [
        (["/help/**", "/help/x"], ["pages '/help/x' has no effect: '/help/**' stands before it and fits all its addresses"]),
        (["/:a/:b", "/help/*"], ["pages '/help/*' has no effect: '/:a/:b' stands before it and fits all its addresses"]),
        (["/help/x", "/help/**"], ["pages '/help/**' holds nowhere here: '/help/x' stands before it and fits its addresses"]),
        (["/help/x", "/help/:id"], ["pages '/help/:id' holds nowhere here: '/help/x' stands before it and fits its addresses"]),
        (["/**", "https://h.example/**"], ["pages 'https://h.example/**' has no effect: '/**' stands before it and fits all its addresses"]),
        (["https://a.example/**", "/help/**"], ["pages 'https://a.example/**' fits no address of this recording"]),
        (["/**", "#/**"], ["pages '#/**' fits no address of this recording"]),
        (["/a/*", "/a/**", "/a"], ["pages '/a/*' fits no address of this recording", "pages '/a/**' fits no address of this recording",
          "pages '/a' has no effect: '/a/**' stands before it and fits all its addresses"]),
    ],
)  # fmt: skip
def test_p09_lint_said_of_a_page_that_never_holds_that_no_address_fits_it(urls, warnings):
    policy = Policy(pages=[{"url": url} for url in urls])
    crumb = crumb_of({"from": "/", "to": "/y", "x": 1}, "navigation")
    events = [*visits(*SHOP), crumb, {"type": 4, "timestamp": 9, "data": {"href": "about:blank", "width": 1, "height": 1}}]  # fmt: skip
    assert lint(json.dumps(events).encode(), policy) == warnings
