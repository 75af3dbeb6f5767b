"""The redactor agrees with an independent oracle, and the oracle notices faults."""

import random
import re

import pytest
from hypothesis import Phase, given, settings

from replay_redact import redact_bytes
from tests.fuzz import checks, steps
from tests.fuzz.__main__ import main
from tests.fuzz.policies import POLICIES
from tests.fuzz.shrink import shrink
from tests.fuzz.strategies import cases, seeded
from tests.fuzz.streams import CONTAINERS, Stream, draw
from tests.fuzz.switched_off import SWITCHES, redact
from tests.fuzz.words import LETTERS, Words
from tests.oracle import Options, judge
from tests.oracle.judging import PRIVATE, opened_words
from tests.oracle.selectors import parse
from tests.oracle.windows import events_of

# --- properties ------------------------------------------------------------------------------


by_seed = settings(
    phases=(Phase.explicit, Phase.reuse, Phase.generate)
)  # `holds` makes cases small


def holds(case, *names):
    for name in names:
        check = getattr(checks, name)
        if checks.failures(case, (check,)):
            small, messages = checks.least(case, check)
            pytest.fail(
                "\n".join([*messages[:5], repr(case.options), small.stream.encode().decode()])
            )


@by_seed
@given(seeded())
def test_nothing_shows_that_no_rule_opened(case):
    holds(case, "oracle")


@by_seed
@given(seeded(hostile=True))
def test_nothing_shows_of_what_enemies_send(case):
    holds(case, "oracle")


@by_seed
@given(seeded())
def test_windows_in_turn_give_what_each_gives_alone(case):
    holds(case, "windows_apart")


@by_seed
@given(seeded(hostile=True))
def test_windows_of_enemies_give_what_each_gives_alone(case):
    holds(case, "windows_apart")


@by_seed
@given(seeded())
def test_pieces_with_state_give_the_whole(case):
    holds(case, "pieces_joined", "streamed")


@by_seed
@given(seeded(hostile=True))
def test_pieces_of_what_enemies_send_give_the_whole(case):
    holds(case, "pieces_joined", "streamed")


@by_seed
@given(seeded())
def test_redacting_twice_is_redacting_once(case):
    holds(case, "fixed_point")


@given(cases())
def test_all_of_it_for_streams_that_shrink(case):
    assert checks.failures(case) == []


# --- the oracle by itself ----------------------------------------------------------------------
#
# Each row is a page body in a few words, and the private words in it that rules show.


def element(at, tag, attributes=None, *children, **more):
    return {
        "type": 2,
        "id": at,
        "tagName": tag,
        "attributes": attributes or {},
        "childNodes": list(children),
        **more,
    }


def text(at, content, **more):
    return {"type": 3, "id": at, "textContent": content, **more}


def document(at, *children):
    return {"type": 0, "id": at, "childNodes": list(children)}


def snapshot(*children, time=1):
    return {"type": 2, "timestamp": time, "data": {"node": document(1, *children)}}


def change(source, time=2, **data):
    return {"type": 3, "timestamp": time, "data": {"source": source, **data}}


def mutation(time=2, **parts):
    return change(0, time, **{"texts": [], "attributes": [], "removes": [], "adds": [], **parts})


def put(parent, *nodes):
    return [{"parentId": parent, "nextId": None, "node": node} for node in nodes]


def opened(events, **options):
    data = Stream(tuple(((None, None), event) for event in events)).encode()
    return opened_words(data, Options(**options))


SHOWN = {"class": "sentry-unmask"}
MASKED = {"class": "sentry-mask"}
BLOCKED = {"class": "sentry-block"}
OPEN = {"mask_all_text": False, "mask_all_inputs": False}
FIELD = element(3, "input", {"value": "jkv"})

PAGES = [
    ("masked by default", [text(2, "jkv")], {}, ""),
    ("shown by option", [text(2, "jkv")], OPEN, "jkv"),
    ("unmasked", [element(2, "p", SHOWN, text(3, "jkv"))], {}, "jkv"),
    ("unmasked from above", [element(2, "p", SHOWN, element(3, "b", {"title": "jkv"}))], {}, "jkv"),
    ("nearest wins", [element(2, "p", SHOWN, element(3, "b", MASKED, text(4, "jkv")), text(5, "qxz"))], {}, "qxz"),
    ("nearest opens", [element(2, "p", MASKED, element(3, "b", SHOWN, text(4, "jkv")))], {}, "jkv"),
    ("tie to the stricter", [element(2, "p", {"class": "sentry-mask sentry-unmask"}, text(3, "jkv"))], {}, ""),
    ("block is final", [element(2, "p", BLOCKED, element(3, "b", SHOWN, text(4, "jkv")))], OPEN, ""),
    ("what pictures say", [element(2, "img", {"alt": "jkv"}), element(3, "p", {"alt": "qxz"})], OPEN, "qxz"),
    ("what pictures say that show", [element(2, "img", {"alt": "jkv"})], {**OPEN, "block_all_media": False}, "jkv"),
    ("marks of others", [element(2, "p", {"class": "fs-mask"}, text(3, "jkv")), element(4, "p", {"data-hj-suppress": ""}, text(5, "qxz"))], OPEN, ""),
    ("names of attributes", [element(2, "p", {"jkv": "", "data-qxz": "kkk"})], OPEN, "kkk"),
    ("block by attribute", [element(2, "p", {"data-sentry-block": "", "title": "qxz"}, text(3, "jkv"))], OPEN, ""),
    ("unmask ends at shadow roots", [element(2, "p", SHOWN, element(3, "b", {}, text(4, "jkv"), isShadow=True))], {}, ""),
    ("mask crosses shadow roots", [element(2, "p", MASKED, element(3, "b", {}, text(4, "jkv"), isShadow=True))], OPEN, ""),
    ("a mask above comes back there", [element(2, "p", MASKED, element(3, "p", SHOWN, text(4, "jkv", isShadow=True)))], OPEN, ""),
    ("unmask ends at frames", [element(2, "iframe", SHOWN, document(3, text(4, "jkv")))], {}, ""),
    ("mask crosses frames", [element(2, "iframe", MASKED, document(3, text(4, "jkv")))], OPEN, ""),
    ("fields", [element(2, "p", SHOWN, FIELD)], {}, "jkv"),
    ("fields are not text", [FIELD], {"mask_all_text": False}, ""),
    ("text in fields is input", [element(2, "textarea", {}, text(3, "jkv"))], {"mask_all_text": False}, ""),
    *((f"never: {name}={value}", [element(2, "p", SHOWN, element(3, "input", {name: value, "value": "jkv"}))], OPEN, "")
      for name, value in [("type", "password"), ("type", " Hidden"), ("type", "file"), ("autocomplete", "on cc-exp"),
                          ("autocomplete", "one-time-code"), ("name", "card_cvv"), ("data-rr-is-password", "true"), ("TYPE", "PASSWORD")]),
    ("within a field that is never shown", [element(2, "input", {"type": "password"}, element(3, "b", SHOWN, text(4, "jkv")))], OPEN, ""),
    ("media", [element(2, "svg", SHOWN, text(3, "jkv"))], OPEN, ""),
    ("media unblocked", [element(2, "svg", SHOWN, text(3, "jkv"))], {"show_media": ("svg",)}, "jkv"),
    ("sources", [element(2, "img", {"src": "/jkv?qxz"})], {"block_all_media": False}, "jkv"),
    ("sources and addresses", [element(2, "img", {"src": "/jkv?qxz"})], {"block_all_media": False, "mask_urls": False}, "jkv qxz"),
    ("links", [element(2, "a", {**SHOWN, "href": "/jkv"})], {}, ""),
    ("links with addresses", [element(2, "a", {"href": "/jkv"}), element(3, "a", {**MASKED, "href": "/qxz"})], {"mask_urls": False}, "jkv"),
    ("code", [element(2, "script", SHOWN, text(3, "jkv")), element(4, "p", {"onclick": "qxz", "srcdoc": "kkk"})], OPEN, ""),
    ("comments", [{"type": 5, "id": 2, "textContent": "jkv"}, {"type": 4, "id": 3, "textContent": "qxz"}], OPEN, ""),
    ("style", [element(2, "style", SHOWN, text(3, "jkv"))], OPEN, ""),
    ("style with CSS", [element(2, "style", {}, text(3, "jkv")), element(4, "p", {**MASKED, "style": "qxz"})], {"mask_css": False}, "jkv"),
    ("listed attributes", [element(2, "p", {"title": "jkv", "alt": "qxz"})], {**OPEN, "mask_attributes": ("TITLE",)}, "qxz"),
    ("selectors with ancestors", [element(2, "main", {}, element(3, "p", {}, text(4, "jkv"))), text(5, "qxz")], {"unmask": ("main > p",)}, "jkv"),
    ("selectors within shadow roots", [element(2, "main", {}, element(3, "p", {}, text(4, "jkv"), isShadow=True))], {"unmask": ("main p",)}, ""),
    ("digits", [element(2, "p", {"title": "jkv 771234567"}, text(3, "qxz 777654321"))], {"mask_text": "digits"}, "jkv qxz"),
    ("digits of masked regions", [element(2, "p", MASKED, text(3, "qxz"))], {"mask_text": "digits"}, ""),
    ("digits where all is shown", [text(2, "777654321")], {"mask_text": "digits", "mask_all_text": False}, "777654321"),
    ("matches", [element(2, "p", {"title": "jkv"}, text(3, "qxz 777654321"))], {"mask_text": "matches"}, "jkv qxz 777654321"),
    ("matches in what people write in", [element(2, "p", {"contenteditable": ""}, text(3, "qxz"))], {"mask_text": "matches"}, ""),
    ("matches in fields", [element(2, "textarea", {}, text(3, "jkv"))], {"mask_text": "matches"}, ""),
    ("the recorder's boxes", [element(2, "p", {"rr_width": "3px"}, text(3, "jkv"))], OPEN, ""),
]  # fmt: skip


@pytest.mark.parametrize(
    ("children", "options", "shows"), [row[1:] for row in PAGES], ids=[row[0] for row in PAGES]
)
def test_oracle_judges_pages(children, options, shows):
    assert opened([snapshot(*children)], **options) == set(shows.split())


SECRET = element(3, "input", {"type": "password"})
STORIES = [
    ("a class opens", [snapshot(element(2, "p", {}, text(3, "jkv"))),
                       mutation(attributes=[{"id": 2, "attributes": {"class": "sentry-unmask"}}]),
                       mutation(3, texts=[{"id": 3, "value": "qxz"}])], "qxz"),
    ("within the event the stricter holds", [snapshot(element(2, "p", {}, text(3, "-"))), mutation(
        texts=[{"id": 3, "value": "qxz"}], attributes=[{"id": 2, "attributes": {"class": "sentry-unmask"}}])], ""),
    ("within the moment the stricter holds", [
        snapshot(element(2, "p", SHOWN, FIELD)), change(5, id=3, text="qxz"),
        mutation(attributes=[{"id": 3, "attributes": {"type": "password"}}])], "jkv"),
    ("after the moment it does not", [
        snapshot(element(2, "p", SHOWN, FIELD)), change(5, id=3, text="qxz"),
        mutation(3, attributes=[{"id": 3, "attributes": {"type": "password"}}])], "jkv qxz"),
    ("once sensitive", [snapshot(element(2, "p", SHOWN, SECRET)),
                        mutation(attributes=[{"id": 3, "attributes": {"type": "text"}}]), change(5, 3, id=3, text="jkv")], ""),
    ("once sensitive, and back", [snapshot(element(2, "p", SHOWN, SECRET)), mutation(removes=[{"parentId": 2, "id": 3}]),
                                  mutation(3, adds=put(2, FIELD))], ""),
    ("until the next snapshot", [snapshot(element(2, "p", SHOWN, SECRET)), snapshot(element(2, "p", SHOWN, FIELD), time=3)], "jkv"),
    ("removed", [snapshot(element(2, "p", SHOWN, text(3, "-"))), mutation(removes=[{"parentId": 2, "id": 3}]),
                 mutation(3, texts=[{"id": 3, "value": "jkv"}])], ""),
    ("moved", [snapshot(element(2, "p", SHOWN), element(4, "p", {}, text(3, "-"))),
               mutation(removes=[{"parentId": 4, "id": 3}], adds=put(2, text(3, "jkv")))], "jkv"),
    ("nobody", [snapshot(), mutation(texts=[{"id": 9, "value": "jkv"}])], ""),
    ("before any snapshot", [mutation(texts=[{"id": 9, "value": "jkv"}])], ""),
    ("claimed twice", [snapshot(element(2, "p", SHOWN, text(3, "-"), text(3, "-"))), mutation(texts=[{"id": 3, "value": "jkv"}])], ""),
    ("hidden stays hidden", [snapshot(element(2, "p", BLOCKED, element(3, "p", SHOWN, text(4, "-")))),
                             mutation(attributes=[{"id": 2, "attributes": {"class": ""}}]),
                             mutation(3, texts=[{"id": 4, "value": "jkv"}])], ""),
    ("not readable", [snapshot(element(2, "p", SHOWN, text(3, "-"))), {"type": 2, "timestamp": 2, "data": {}},
                      mutation(3, texts=[{"id": 3, "value": "jkv"}])], ""),
    ("not readable, but no change", [snapshot(element(2, "p", SHOWN, text(3, "-"))), {"type": 3, "timestamp": 2, "data": {"source": 42}},
                                     mutation(3, texts=[{"id": 3, "value": "jkv"}])], "jkv"),
    ("no such kind", [snapshot(), {"type": 9, "timestamp": 2, "data": {"a": "jkv"}}, change(9, args=["qxz"]), change(42, a="kkk")], ""),
]  # fmt: skip


@pytest.mark.parametrize(
    ("events", "shows"), [row[1:] for row in STORIES], ids=[row[0] for row in STORIES]
)
def test_oracle_judges_stories(events, shows):
    assert opened(events) == set(shows.split())


@pytest.mark.parametrize(
    ("event", "shows"),
    [
        (mutation(texts=[{"id": 3, "value": "jkv"}]), ""),
        (mutation(attributes=[{"id": 2, "attributes": {"title": "jkv"}}]), ""),
        (mutation(adds=put(2, text(4, "jkv"))), ""),
        (mutation(adds=put(2, element(4, "b", {"title": "qxz"}, text(5, "jkv")))), "jkv qxz"),
    ],
)  # fmt: skip
def test_oracle_knows_what_may_grow(event, shows):
    page = snapshot(element(2, "p", {}, text(3, "-")))
    assert opened([page, event], mask_text="matches") == set(shows.split())
    assert opened([page, event], mask_text="digits") == {"jkv", *shows.split()}


def test_oracle_finds_what_is_left_of_a_word():
    events = [snapshot(text(2, "jkvqxz"))]
    data = Stream(tuple(((None, None), event) for event in events)).encode()
    [found] = judge(data, data.replace(b"jkvqxz", b"jk****"))
    assert (found.word, found.event) == ("jk", 0)
    [found] = judge(data, data.replace(b"jkvqxz", b"zz****"))
    assert (found.word, found.event) == ("zz", -1)


def test_oracle_finds_nodes_below_a_block():
    events = [snapshot(element(2, "p", BLOCKED, text(3, "***"))) | {"delay": 0},
              mutation(texts=[{"id": 3, "value": "***"}]) | {"delay": 1}]  # fmt: skip
    data = Stream(tuple(((None, None), event) for event in events)).encode()
    assert [str(found) for found in judge(data, data)] == [
        "'node 3' from event 0 of window (None, None): below a block",
        "'node 3' from event 1 of window (None, None): below a block",
    ]


@pytest.mark.parametrize("container", CONTAINERS)
def test_oracle_reads_windows_in_every_container(container):
    one, other = ("s", "a"), ("s", "b")
    events = (
        (one, snapshot(element(2, "p", {}, text(3, "-")))),
        (other, snapshot(element(2, "p", SHOWN, text(3, "-")))),
        (one, mutation(texts=[{"id": 3, "value": "jkv"}])),
        (other, mutation(texts=[{"id": 3, "value": "qxz"}])),
    )
    for spelling in range(3):
        for name in ("data", "events"):
            stream = Stream(events, container, spelling, name)
            shown = {"jkv", "qxz"} if container == "plain" else {"qxz"}
            assert opened_words(stream.encode(), Options()) == shown


def test_oracle_takes_integers_for_names_of_windows():
    events = [snapshot() | {"windowId": 7, "sessionId": "s"}]
    [(key, _)] = events_of(Stream(((("s", 7), events[0]),), "array").encode())
    assert key == ("s", 7)


SELECTORS = [
    ("p", True), ("P", True), ("b", False), ("*", True), (".a", True), (".b.a", True), (".c", False), ("#d", True),
    ("[title]", True), ("[title=One]", True), ("[title=one]", False), ("[title^=On]", True), ("[title$=ne]", True),
    ("[title*='n']", True), ("[title~=One]", True), ("[title|=One]", True), ("[type=TEXT]", True), ("[alt]", False),
    ("main p", True), ("main > p", False), ("main > div > p", True), ("nav p, main .a", True), ("main[title] p", False),
]  # fmt: skip


@pytest.mark.parametrize(("selector", "holds_"), SELECTORS)
def test_oracle_matches_selectors(selector, holds_):
    node = element(
        4, "p", {"class": "a b", "id": "d", "title": "One", "type": "text"}, text(5, "jkv")
    )
    page = [snapshot(element(2, "main", {}, element(3, "div", {}, node)))]
    assert opened(page, unmask=(selector,)) == ({"jkv"} if holds_ else set())


def test_oracle_refuses_selectors_it_cannot_read():
    with pytest.raises(ValueError, match="cannot read the selector"):
        parse("p:hover")


# --- what the oracle must see --------------------------------------------------------------------


def _found(switch, seeds, *, hostile=False):
    """Count streams in which a broken redactor shows something, and those that the oracle finds."""
    shows = found = 0
    for seed in seeds:
        stream = draw(random.Random(seed), hostile=hostile, steps=6)
        _, policy, options = POLICIES[seed % len(POLICIES)]
        data = stream.encode()
        broken = redact(switch, stream, policy)
        if set(PRIVATE.findall(broken.decode())).difference(
            PRIVATE.findall(redact_bytes(data, policy).decode())
        ):
            shows += 1
            found += bool(judge(data, broken, options))
    return shows, found


def named(name):
    return next(switch for switch in SWITCHES if switch.name == name)


def test_fault_1_put_back_is_found():
    """Version 0.1.0 judged all windows by one page."""
    shows, found = _found(named("windows are one page"), range(120))
    assert shows >= 2
    assert found == shows


def test_fault_1_put_back_is_found_in_a_password():
    events = (
        (("s", "a"), snapshot(element(2, "input", {"type": "password"}))),
        (("s", "b"), snapshot(element(2, "input", {"type": "search", **SHOWN}))),
        (("s", "a"), change(5, id=2, text="jkvqxz", isChecked=False)),
    )
    numbered = tuple((key, event | {"delay": at}) for at, (key, event) in enumerate(events))
    stream = Stream(numbered, "array")
    assert judge(stream.encode(), redact(named("windows are one page"), stream, POLICIES[0][1]))


def test_fault_2_put_back_is_found():
    """Version 0.1.0 judged an event twice, and the second time read what the first had stripped."""
    added = put(2, element(3, "div", {"data-sentry-block": ""}))
    told = [{"id": 2, "attributes": {"class": "sentry-unmask note"}}]
    later = [{"id": 3, "attributes": {"title": "jkvqxz"}}]
    events = [
        snapshot(element(2, "p", SHOWN)),
        mutation(adds=added, attributes=told),
        mutation(3, attributes=later),
    ]
    stream = Stream(tuple(((None, None), event | {"delay": at}) for at, event in enumerate(events)))
    data, policy = stream.encode(), POLICIES[0][1]
    broken = redact(named("a block by attribute is forgotten"), stream, policy)
    assert "jkvqxz" in broken.decode()
    assert judge(data, broken)
    assert not judge(data, redact_bytes(data, policy))


@pytest.mark.parametrize("switch", SWITCHES, ids=lambda switch: switch.name)
def test_a_rule_that_is_switched_off_is_seen(switch):
    """Every switch works, and the oracle finds what it shows."""
    shows, found = _found(switch, range(8))
    assert found == shows


def test_what_is_switched_off_is_on_again():
    stream = draw(random.Random(5), hostile=False, steps=6)
    policy = POLICIES[0][1]
    before = redact_bytes(stream.encode(), policy)
    for switch in SWITCHES:
        redact(switch, stream, policy)
    assert redact_bytes(stream.encode(), policy) == before


# --- the fuzzer ----------------------------------------------------------------------------------


def test_words_are_used_once_and_look_like_no_markup():
    words = Words(3)
    drawn = [words.word() for _ in range(5000)]
    assert len(set(drawn)) == len(drawn)
    assert all(re.fullmatch(f"[{LETTERS}]{{6}}", word) for word in drawn)
    assert PRIVATE.fullmatch(str(words.number()))


@pytest.mark.parametrize(
    "step", [step for step, _ in (*steps.HONEST, *steps.HOSTILE)], ids=lambda step: step.__name__
)
def test_every_step_is_drawn(step, monkeypatch):
    """Streams of a single kind of step have its events, and the redactor takes them."""
    taken = []
    monkeypatch.setattr("tests.fuzz.streams._ALL", [lambda page: (taken.append(1), step(page))])
    monkeypatch.setattr("tests.fuzz.streams._ALL_WEIGHTS", [1])
    for seed in range(6):
        stream = draw(random.Random(seed), hostile=True, steps=12)
        redact_bytes(stream.encode())
    assert taken


def test_shrink_leaves_what_fails():
    stream = draw(random.Random(1), hostile=False, steps=20)
    word = PRIVATE.findall(stream.encode().decode())[-1]
    small = shrink(stream, lambda less: word in less.encode().decode())
    assert len(small.events) == 1
    assert word in small.encode().decode()
    assert len(small.encode()) < 400


def test_cuts_part_no_moment():
    at = [("a", 1), ("b", 1), ("a", 1), ("a", 2), ("b", 1), ("b", 3)]
    events = tuple(((None, key), {"timestamp": time}) for key, time in at)
    assert checks.cuts(Stream(events)) == {5}


def test_fuzzer_ends_with_counts(capsys):
    assert main(["--minutes", "0.001", "--seed", "6", "--simple"]) in {0, 1}
    assert capsys.readouterr().out.startswith("seed 6\n")


def test_fuzzer_tells_the_least_that_fails(capsys, monkeypatch, tmp_path):
    monkeypatch.setattr(checks, "redact_bytes", lambda data, *_: data)
    assert main(["--minutes", "1", "--seed", "6", "--keep", str(tmp_path / "least.json")]) == 1
    assert "the least that fails:" in capsys.readouterr().out
    assert len((tmp_path / "least.json").read_bytes()) < 600


def test_judge_prints_a_table(capsys):
    main(["--judge", "60", "--seed", "6", "--simple"])
    out = capsys.readouterr().out
    assert all(switch.name in out for switch in SWITCHES)
    assert re.search(r"oracle: [\d.]+% of \d+ that show something; \d+ false alarms", out)
