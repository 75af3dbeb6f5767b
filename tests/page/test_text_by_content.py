"""Text by its content: only digits are masked, or only what scrubbing finds, or all but some words."""

import json
import pickle
import re

import pytest
from helpers import (
    Page,
    add,
    at_once,
    change,
    crumb,
    incremental,
    mutation,
    redact,
    remove,
    say,
    shown,
    typed,
)

from replay_redact import Policy, PolicyError, Redactor, Scrub, ScrubRule, redact_bytes
from replay_redact.preview.review import review
from replay_redact.testing import explain, find_leaks, lint, recording_from_html

DIGITS = Policy(mask_text="digits")
MATCHES = Policy(mask_text="matches")
WORDS = Policy(show_words=["Home", "Add to cart", "Size 42"], words_in=".menu")
CARD = "4111 1111 1111 1111"


def said(html, policy):
    """Return texts and values of attributes after redaction, which is the same done twice."""
    once = redact_bytes(recording_from_html(html), policy)
    assert redact_bytes(once, policy) == once
    assert find_leaks(once, policy) == []
    return re.findall(r'"(?:textContent|title|value|alt)":"(.*?)"', once.decode())


def same_twice(events, policy):
    data = json.dumps(redact(events, policy)).encode()
    assert json.loads(redact_bytes(data, policy)) == json.loads(data)
    assert find_leaks(data, policy) == []


# --- digits ---------------------------------------------------------------------------------------


def test_digits_are_masked_in_text_and_attributes():
    assert said("<p title='Order 12'>Call 555-01 now</p>", DIGITS) == [
        "Order **",
        "Call ***-** now",
    ]


def test_digits_of_every_script_count_and_words_do_not():
    text = "\u0661\u0662 \u096a \uff15 \u00b2 \u2460 \u2164 \U0001d7d8 one \u4e00"
    assert said(f"<p>{text}</p>", DIGITS) == ["** * * * * * ** one \u4e00"]


def test_digits_that_have_another_sign_or_no_length():
    assert said("<p>a 12.345</p>", DIGITS.replace(mask_char="#")) == ["a ##.###"]
    assert said("<p>a 1\U0001d7d8.34567</p>", DIGITS.replace(hide_length=True)) == ["a ***.***"]


def test_what_is_left_beside_digits_is_scrubbed():
    [text] = said("<p>12: kim@shop.example</p>", DIGITS)
    assert text == "**: [email]"


def test_a_text_that_has_a_secret_only_without_its_digits_is_masked():
    scrub = Scrub.default().with_rules(ScrubRule(pattern=r"no \*\*"))
    assert said("<p title='no 12'>no 12</p>", DIGITS.replace(scrub=scrub)) == ["** **", "** **"]


def test_digits_stay_where_text_is_masked_whole_or_shown():
    html = "<p class=rr-mask>a 1</p><p class=sentry-unmask>b 2</p><input value='c 3'><textarea>d 4</textarea><p contenteditable>e 5</p>"
    assert said(html, DIGITS) == ["* *", "b 2", "***", "* *", "* *"]


def test_values_that_browsers_draw_are_neutral_without_digits():
    assert said("<meter value=7></meter><li value=7>x</li>", DIGITS) == ["0.5", "*", "x"]


def test_changes_have_no_digits_either():
    page = Page()
    text = page.text("Order 1")
    box = page.element("p", {"title": "Order 1"}, text)
    events = [
        page.snapshot(box),
        say(text, "Order 12"),
        change(box, title="Order 12"),
        add(box, page.text("and 13")),
        crumb(
            "ui.click",
            message="p",
            data={
                "nodeId": box["id"],
                "node": {
                    "id": box["id"],
                    "tagName": "p",
                    "textContent": "Order 12",
                    "attributes": {"title": "No 1"},
                },
            },
        ),
    ]
    found = shown(events, DIGITS)
    assert not re.search(r"Order [0-9]|and [0-9]|No [0-9]", found)
    assert found.count("Order *") == 5
    same_twice(events, DIGITS)


def test_a_message_that_cannot_be_read_shows_no_digits():
    page = Page()
    box = page.element("p", {}, page.text("Order 1"))
    policy = DIGITS.replace(metadata="scrub")
    events = [
        page.snapshot(box),
        crumb("ui.click", message="You owe 12", data={"nodeId": box["id"]}),
    ]
    assert "You owe" not in shown(events, policy)


# --- matches --------------------------------------------------------------------------------------


def test_what_scrubbing_finds_is_replaced_and_all_else_is_shown():
    html = f"<p title='for kim@shop.example'>Pay {CARD} now</p><img alt=Kim>"
    assert said(html, MATCHES) == ["for [email]", "Pay [card] now", "***"]


def test_own_patterns_count():
    policy = MATCHES.replace(scrub={"rules": [{"pattern": r"ORD-\d+", "method": "mask"}]})
    assert said("<p>Order ORD-77 of Kim</p>", policy) == ["Order ****** of Kim"]


def test_masked_regions_fields_and_what_people_write_in_stay_masked():
    html = "<p class=rr-mask>a</p><input value=b placeholder=x><option>c</option><p contenteditable>d <b title=t>e</b></p><p contenteditable=false>f</p>"
    assert said(html, MATCHES) == ["*", "*", "*", "* ", "*", "*", "f"]
    assert said("<p id=a>Kim</p>", MATCHES.replace(never_unmask="#a")) == ["***"]
    assert said("<p>Kim</p>", MATCHES.replace(mask_all_text=False)) == ["Kim"]


@pytest.mark.parametrize(
    "html",
    [
        "<p>4111 11<b>11 1111</b> 1111</p>",
        "<p>41<b>11</b><i>1111</i>1111<u>1111</u></p>",
        "<p>5<span>4111</span><span>1111</span><span>1111</span><span>1111</span></p>",
        "<div>4111</div><div>1111</div><div>1111</div><div>1111</div>",
        "<p>" + "".join(f"<b>{digit}</b>" for digit in CARD if digit != " ") + "</p>",
        "<p>" + "".join(f"<b>{digit}</b>" for digit in "kim.ode@shop.example") + "</p>",
        "<p>4<b>1</b>11 <b> </b>11<u>11 </u> <i>1111</i> <s>1111</s></p>",
        "<section>41<div>11 11</div>11 1111 1111</section>",
        "<td>kim<wbr>.ode@shop</td><td>.example</td>",
    ],
)  # fmt: skip
def test_a_secret_in_several_texts_is_masked(html):
    texts = said(f"<h1>Hello</h1>{html}<footer>Good bye</footer>", MATCHES)
    assert texts[0] == "Hello"
    assert texts[-1] == "Good bye"
    assert not re.search(r"[1k]", "".join(texts[1:-1]))


def test_several_secrets_in_several_texts_are_masked_one_by_one():
    html = "<p>4111 11<b>11 1111</b> 1111</p><p>Hello</p>" * 40
    texts = said(html, MATCHES)
    assert texts.count("Hello") == 40
    assert not any("1" in text for text in texts)


def test_texts_that_hold_nothing_together_stay():
    html = "<table><tr><td>12</td><td>345</td><td>Kim</td></tr></table>" * 30
    assert said(html, MATCHES) == ["12", "345", "Kim"] * 30


def test_nothing_else_finds_it(monkeypatch):
    monkeypatch.setattr("replay_redact._page.refined.spread", lambda *_: set())
    assert said("<p>4111 11<b>11 1111</b> 1111</p>", MATCHES) == ["4111 11", "11 1111", " 1111"]


def test_texts_that_are_found_again_and_again_are_masked_in_the_end(monkeypatch):
    calls = iter(range(9))
    found = lambda texts, *_: {next(calls) % len(texts)}  # noqa: E731 - one line says it
    monkeypatch.setattr("replay_redact._page.refined.spread", found)
    page = recording_from_html("".join(f"<p>Kim {at}</p>" for at in range(20)))
    assert b"Kim" not in redact_bytes(page, MATCHES)


def test_a_part_of_a_secret_that_ends_in_an_unmasked_region():
    html = "<p>4111 11<b class=sentry-unmask>11 1111</b> 1111</p>"
    assert said(html, MATCHES) == ["**** **", "11 1111", " ****"]


def test_neighbours_of_a_secret_stay():
    rows = "<tr><td>Kim</td><td>kim@shop.example</td><td>Ode</td><td>4111 1111 1111 1111</td><td>7</td></tr>"
    assert (
        said(f"<table>{rows * 9}</table>", MATCHES) == ["Kim", "[email]", "Ode", "[card]", "7"] * 9
    )
    html = "<p>To <b>kim@shop.example</b>, or <i>call</i></p>"
    assert said(html, MATCHES) == ["To ", "[email]", ", or ", "call"]


def test_a_key_and_its_secret_may_stand_in_two_texts():
    assert said("<dl><dt>Password:</dt><dd>hunter22</dd></dl>", MATCHES) == [
        "Password:",
        "********",
    ]


def test_what_nobody_can_tell_is_masked():
    html = '<pre><b>{</b><b>"password"</b><i>: "hunter22"}</i></pre>'
    assert not any("hunter22" in text for text in said(html, MATCHES))


def test_astral_characters_and_spaces_keep_their_places():
    html = "<p>\U0001f600 4111 11<b>11   1111</b> 1111 \U0001f600</p><p>ok</p>"
    assert said(html, MATCHES) == ["** **** **", "**   ****", " **** **", "ok"]


def test_a_secret_that_grows_is_never_shown():
    page = Page()
    text = page.text("4")
    box = page.element("p", {"title": "4"})
    events = [page.snapshot(box), add(box, text)]
    for end in range(2, len(CARD) + 1):
        events += [say(text, CARD[:end]), change(box, title=CARD[:end])]
    events.append(
        crumb(
            "ui.click",
            data={
                "nodeId": box["id"],
                "node": {
                    "id": box["id"],
                    "tagName": "p",
                    "textContent": CARD[:9],
                    "attributes": {"title": CARD[:5]},
                },
            },
        )
    )
    found = shown(events, MATCHES)
    assert "4111" not in found
    assert '"4"' not in json.dumps(redact(events[1:], MATCHES))
    same_twice(events, MATCHES)


def test_new_elements_are_read_like_a_page():
    page = Page()
    body = page.element("body")
    new = page.element(
        "p",
        {"title": "Hi Kim"},
        page.text("Hello 4111 11"),
        page.element("b", {}, page.text("11 1111 1111")),
    )
    events = [page.snapshot(body), add(body, new)]
    found = shown(events, MATCHES)
    assert "Hi Kim" in found
    assert "11" not in found
    same_twice(events, MATCHES)


def test_a_text_in_a_new_shadow_root_came_alone():
    page = Page()
    host = page.element("x-card", {}, isShadowHost=True)
    events = [page.snapshot(host), add(host, page.text("Kim", isShadow=True))]
    assert "Kim" not in shown(events, MATCHES)


def test_a_region_that_is_unmasked_shows_changes():
    page = Page()
    text = page.text("a")
    events = [page.snapshot(page.element("p", {"class": "sentry-unmask"}, text)), say(text, "Kim")]
    assert "Kim" in shown(events, MATCHES)


def test_a_region_that_was_unmasked_in_the_same_moment_shows_no_changes():
    page = Page()
    text, other = page.text("a"), page.text("Ode")
    box = page.element("p", {"class": "sentry-unmask", "title": "a"}, text)
    events = [
        page.snapshot(box),
        *at_once(say(text, "Kim"), add(box, other), change(box, title="Kim", **{"class": "b"})),
    ]
    assert "Kim" not in json.dumps(redact(events, MATCHES)[1:])
    same_twice(events, MATCHES)


def test_a_region_that_becomes_masked_in_the_same_moment_is_masked():
    page = Page()
    box = page.element("p", {}, page.text("Kim"), page.element("b", {}, page.text("Ode")))
    events = at_once(page.snapshot(box), change(box, **{"class": "rr-mask"}))
    for policy in (MATCHES, DIGITS, WORDS):
        assert "Kim" not in shown(events, policy)
        same_twice(events, policy)


def test_an_element_into_which_people_write_from_now_on():
    page = Page()
    text = page.text("Hello")
    box = page.element("p", {"title": "x"}, text)
    events = [
        page.snapshot(box),
        change(box, contenteditable="true"),
        change(box, contenteditable="false"),
        add(box, page.element("b", {}, page.text("Kim"))),
    ]
    assert "Kim" not in shown(events, MATCHES)


# --- words ----------------------------------------------------------------------------------------


def test_a_text_is_shown_where_all_of_it_is_a_word():
    html = "<div class=menu><a>Home</a><a> Add \n to\u00a0cart </a><a>home</a><a>Home!</a></div><a>Home</a>"
    assert said(html, WORDS) == ["Home", " Add \\n to\u00a0cart ", "****", "*****", "****"]


@pytest.mark.parametrize(
    "html",
    [
        "<a>Home<b>less</b></a>",
        "<a>Home<b><i>less</i></b></a>",
        "<p class=rr-mask>Home</p>",
        "<p class=rr-mask><a>Home</a></p>",
        "<p class=shut>Home</p>",
        "<p contenteditable>Home</p>",
        "<option>Home</option>",
        "<textarea>Home</textarea>",
        "<button type=button value=Home title=Home></button>",
        "<p autocomplete=cc-number>Home</p>",
        "<p title=Home></p>",
    ],
)
def test_no_word_is_shown(html):
    policy = WORDS.replace(never_unmask=".shut")
    assert "Home" not in said(f"<div class=menu>{html}</div>", policy)


def test_a_text_that_is_split_is_no_word():
    page = Page()
    events = [
        page.snapshot(page.element("p", {"class": "menu"}, page.text("Home"), page.text("less")))
    ]
    assert "Home" not in shown(events, WORDS)
    alone = [page.snapshot(page.element("p", {"class": "menu"}, page.text("Home"), page.text(" ")))]
    assert "Home" in shown(alone, WORDS)


def test_words_end_at_shadow_roots_and_frames_as_unmask_does():
    page = Page()
    inner = page.element("a", {}, page.text("Home"))
    frame = page.element("iframe", {}, page.document(inner))
    host = page.element(
        "div", {}, page.element("a", {}, page.text("Home"), isShadow=True), isShadowHost=True
    )
    assert "Home" not in shown(
        [page.snapshot(page.element("p", {"class": "menu"}, frame, host))], WORDS
    )
    own = page.element(
        "div",
        {},
        page.element("a", {"class": "menu"}, page.text("Home"), isShadow=True),
        isShadowHost=True,
    )
    assert "Home" in shown([page.snapshot(own)], WORDS)


def test_a_changed_text_is_shown_if_it_is_a_word_and_alone():
    page = Page()
    text, other = page.text("x"), page.text("x")
    alone, pair = page.element("a", {}, text), page.element("a", {}, other, page.element("b"))
    events = [page.snapshot(page.element("p", {"class": "menu"}, alone, pair))]
    assert "Home" in shown([*events, say(text, "Home")], WORDS)
    for value in ("Ho", "Homer", ""):
        assert "Ho" not in shown([*events, say(text, value)], WORDS)
    assert "Home" not in shown([*events, say(other, "Home")], WORDS)
    assert "Home" not in shown([say(text, "Home")], WORDS)
    new = page.text("Home")
    assert "Home" not in shown([*events, add(alone, new)], WORDS)
    assert "Home" in shown([*events, remove(alone, text), add(alone, new)], WORDS)
    same_twice([*events, remove(alone, text), add(alone, new), say(new, "Homer")], WORDS)


def test_a_word_that_is_masked_in_the_same_moment_is_masked():
    page = Page()
    text = page.text("x")
    alone = page.element("a", {}, text)
    box = page.element("p", {"class": "menu"}, alone)
    events = [page.snapshot(box), *at_once(say(text, "Home"), change(box, **{"class": "x"}))]
    assert "Home" not in json.dumps(redact(events, WORDS)[1:])
    same_twice(events, WORDS)
    both = mutation(
        texts=[{"id": text["id"], "value": "Home"}],
        attributes=[{"id": box["id"], "attributes": {"class": "menu rr-mask"}}],
    )
    assert "Home" not in shown([page.snapshot(box), both], WORDS)


def test_words_and_other_options():
    html = "<div class=menu><a>Home</a><a>Size 42</a><a>Size 43</a><a>Kim</a></div>"
    assert said(html, WORDS.replace(mask_char="#")) == ["Home", "Size 42", "#### ##", "###"]
    assert said(html, WORDS.replace(mask_text="digits")) == ["Home", "Size 42", "Size **", "Kim"]
    assert said(html, WORDS.replace(hide_length=True)) == ["Home", "Size 42", "***", "***"]
    seen = []
    policy = WORDS.replace(mask_fn=lambda text: seen.append(text) or "x")
    redact_bytes(recording_from_html(html), policy)
    assert sorted(seen) == ["Kim", "Size 43"]


def test_a_changed_word_is_shown_where_other_changes_are_masked():
    page = Page()
    text = page.text("x")
    events = [
        page.snapshot(page.element("p", {"class": "menu"}, text)),
        say(text, "Home"),
        say(text, "Kim"),
    ]
    _, word, other = redact(events, WORDS.replace(mask_text="matches"))
    assert word["data"]["texts"][0]["value"] == "Home"
    assert other["data"]["texts"][0]["value"] == "***"


def test_words_need_regions():
    with pytest.raises(PolicyError, match="show_words needs words_in"):
        Policy(show_words=["Home"])
    assert Policy(words_in="nav").words_in == ("nav",)


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ([""], "has an empty entry"),
        ([" \u00a0"], "has an empty entry"),
        (["x" * 201], "more than 200 characters"),
        (["\ud800"], "half a character"),
        ([5], "must be a string or several strings"),
        ({"path": "x"}, "must be several strings, or such as"),
        ({"file": 5}, "must be several strings, or such as"),
        ({"file": "/nowhere/words.txt"}, "cannot be read: No such file"),
    ],
)
def test_words_that_make_no_sense(words, message):
    with pytest.raises(PolicyError, match=message):
        Policy(show_words=words, words_in="p")


def test_too_many_words(monkeypatch):
    monkeypatch.setattr("replay_redact._masks.words.MAX_WORDS", 2)
    with pytest.raises(PolicyError, match="more than 2 entries"):
        Policy(show_words="abc def ghi".split(), words_in="p")


def test_words_of_a_file(tmp_path, monkeypatch):
    (tmp_path / "words.txt").write_text("\ufeffHome\r\n\n  Add  to cart \n# 1 \u2028x", "utf-8")
    (tmp_path / "policy.toml").write_text('words_in = "nav"\nshow_words = { file = "words.txt" }\n')
    policy = Policy.from_toml(tmp_path / "policy.toml")
    assert policy.show_words == {"Home", "Add to cart", "# 1 x"}
    assert policy == Policy(words_in="nav", show_words={"file": tmp_path / "words.txt"})
    assert policy.replace(hide_state=True).show_words is policy.show_words
    (tmp_path / "words.txt").write_bytes(b"\xff")
    with pytest.raises(PolicyError, match="not text in UTF-8"):
        Policy.from_toml(tmp_path / "policy.toml")
    (tmp_path / "words.txt").write_bytes(b"Home\n")
    monkeypatch.setattr("replay_redact.policy.options.MAX_FILE", 5)
    assert Policy.from_toml(tmp_path / "policy.toml").show_words == {"Home"}
    monkeypatch.setattr("replay_redact.policy.options.MAX_FILE", 4)
    with pytest.raises(PolicyError, match="more than 4 bytes"):
        Policy.from_toml(tmp_path / "policy.toml")
    (tmp_path / "policy.toml").write_text('words_in = "nav"\nshow_words = { file = 5 }\n')
    with pytest.raises(PolicyError, match="must be several strings"):
        Policy.from_toml(tmp_path / "policy.toml")


def test_words_are_pickled_with_their_policy():
    again = pickle.loads(pickle.dumps(WORDS))  # noqa: S301 - our own pickle
    assert again == WORDS
    assert again.show_words.digest == WORDS.show_words.digest


def test_comments_and_doctypes_do_not_part_texts():
    assert said("<!doctype html><p>4111 11<!-- x -->11 1111 1111</p>", MATCHES) == [
        "**** **",
        "",
        "** **** ****",
    ]


def test_many_words_are_short_to_print_and_in_the_fingerprint():
    words = [f"Item number {at}" for at in range(100_000)]
    policy = Policy(show_words=words, words_in="p")
    assert re.fullmatch(
        r"Policy\(show_words=<100000 words, \w{32}>, words_in=\('p',\)\)", repr(policy)
    )
    assert (
        Redactor(policy).report.policy
        != Redactor(policy.replace(show_words=words[1:])).report.policy
    )
    assert said("<p>Item number 77</p><p>Item number x</p>", policy) == [
        "Item number 77",
        "**** ****** *",
    ]
    assert said(f"<p>{' ' * 10_001}Item number 77</p>", policy) != [f"{' ' * 10_001}Item number 77"]


# --- what others make of it -----------------------------------------------------------------------


def test_leaks_are_what_the_policy_promises_to_hide():
    data = recording_from_html(f"<p title='a 1'>b 2</p><b>{CARD}</b><i>Kim</i>")
    fields = {
        name: [leak.field for leak in find_leaks(data, Policy(mask_text=name))]
        for name in ("digits", "matches")
    }
    assert fields == {
        "digits": ["attributes.title", "textContent", "textContent"],
        "matches": ["textContent"],
    }
    page = Page()
    text = page.text("x")
    grown = json.dumps([page.snapshot(page.element("p", {}, text)), say(text, "Kim")]).encode()
    assert [leak.event for leak in find_leaks(grown, MATCHES)] == [1]


def test_explanations_name_the_option():
    data = recording_from_html("<nav><a title='No 12'>Home</a><b>Kim 7</b></nav>")
    words = {"show_words": ["Home"], "words_in": "nav"}
    for policy, element, reasons in (
        (DIGITS, "a", ["kept: mask_text is 'digits'", "masked in part: defaults of the policy: mask_text is 'digits'"]),
        (MATCHES, "a", ["kept: mask_text is 'matches'"] * 2),
        (Policy(**words), "a", ["kept: it is one of show_words", "masked: defaults of the policy: mask_all_text"]),
        (Policy(mask_char="\u2022"), "b", ["masked: defaults of the policy: mask_all_text"]),
        (Policy(mask_char="\u2022", mask_urls=False), "b", ["masked: defaults of the policy: mask_all_text"]),
    ):  # fmt: skip
        [match] = explain(data, element, policy).matches
        assert [f"{verdict.fate}: {verdict.rule}" for verdict in match.verdicts] == reasons


def test_the_preview_shows_what_is_in_clear():
    data = recording_from_html("<p>Kim 1</p><div class=menu><a>Home</a></div>")
    for policy, number in ((MATCHES, 2), (DIGITS, 2), (WORDS, 1)):
        [snapshot] = review(data, policy, "auto").snapshots
        assert len(snapshot.clear) >= 1, number


@pytest.mark.parametrize(
    ("options", "warning"),
    [
        ({"mask_text": "digits", "mask_all_text": False}, "mask_text has no effect while mask_all_text is false"),
        ({"mask_text": "matches", "scrub": Scrub.none()}, "mask_text 'matches' masks nothing while scrub has no rules"),
        ({"words_in": "p"}, "words_in has no effect without show_words"),
        ({"words_in": ".b", "show_words": "x"}, "words_in '.b' matches no node of this recording"),
    ],
)  # fmt: skip
def test_warnings(options, warning):
    assert warning in lint(recording_from_html("<p>x</p>"), Policy(**options))


def test_no_warnings():
    data = recording_from_html("<p>x</p>")
    for policy in (MATCHES, DIGITS, Policy(words_in="p", show_words="x")):
        assert lint(data, policy) == []


def test_the_sdk_has_none_of_these():
    for options in (
        {"mask_text": "digits"},
        {"words_in": "p"},
        {"words_in": "p", "show_words": "x"},
    ):
        with pytest.raises(PolicyError, match="is not an option of Sentry's SDK"):
            Policy.sentry(**options)


def test_any_cut_shows_the_same():
    page = Page()
    text = page.text("x")
    box = page.element("a", {}, text)
    region = page.element("p", {"class": "menu"}, box)
    new = page.element("b", {}, page.text("Kim 12"))
    events = [
        page.snapshot(region),
        say(text, "Home"),
        add(region, new),
        typed(box, "Kim"),
        say(text, "Kim 1"),
        incremental(2, type=2, id=box["id"]),
    ]
    for policy in (WORDS, DIGITS, MATCHES, WORDS.replace(mask_text="matches")):
        whole, parts, state = redact(events, policy), [], None
        for event in events:
            redactor = Redactor.from_state(policy, state) if state else Redactor(policy)
            parts += json.loads(redactor.process_bytes(json.dumps([event]).encode()))
            state = redactor.state()
        assert parts == whole


def _put(*places):
    """Add nodes to parents in one event; each place is a parent, a node, and what follows, if any."""
    return mutation(
        adds=[
            {"parentId": parent["id"], "nextId": after[0]["id"] if after else None, "node": node}
            for parent, node, *after in places
        ]
    )


def _word_comes(name):
    """Return events that bring a word and its neighbour."""
    page = Page()
    nav, link = page.element("nav"), page.element("a")
    word, rest = page.text("HIV"), page.text(" positive")
    bold, whole = page.element("b", {}, rest), {**link, "childNodes": [word]}
    there = {**nav, "childNodes": [{**link, "childNodes": [{**word, "textContent": "Home"}]}]}
    first = page.snapshot(there if name == "a change" else nav)
    alone, follows = _put((nav, link), (link, word)), add(link, rest)
    changed = {**follows["data"], "texts": [{"id": word["id"], "value": "HIV"}]}
    return {
        "word first": [first, _put((nav, link), (link, word, rest), (link, rest))],
        "an element follows": [first, _put((nav, link), (link, word), (link, bold))],
        "last first": [first, _put((nav, link), (link, rest), (link, word, rest))],
        "two events": [first, *at_once(alone, follows)],
        "a whole element": [first, _put((nav, whole), (link, rest))],
        "with the page": at_once(first, alone, follows),
        "a change": [first, {**follows, "data": changed}],
        "alone": [first, alone],
        "later": [first, alone, follows],
    }[name]


@pytest.mark.parametrize(
    ("name", "shows"),
    {
        **dict.fromkeys(("word first", "an element follows", "last first", "two events"), False),
        **dict.fromkeys(("a whole element", "with the page", "a change"), False),
        **dict.fromkeys(("alone", "later"), True),
    }.items(),
)
def test_a_word_is_no_part_of_a_text_that_comes_in_the_same_moment(name, shows):
    policy = Policy(show_words=["HIV", "Home"], words_in="nav")
    output = redact_bytes(json.dumps(_word_comes(name)).encode(), policy)
    assert (b"HIV" in output) is shows
    assert b"positive" not in output
