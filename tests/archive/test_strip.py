"""Redaction of what is stored is one pass, however often it is interrupted, and is stricter."""

import json
import random

import pytest
from archives import STRICTER, Folder, age, archive_at, in_flight, killed, objects, one_pass, read
from helpers import Page, add, change, say
from hypothesis import given, reject
from hypothesis import strategies as st
from real_recordings import OWN, own

from replay_redact import Policy, PolicyError, Redactor, decode, redact_bytes
from replay_redact._rules.doubts import Doubts
from replay_redact.policy import StoredPolicy
from replay_redact.testing import lint

RECORDINGS = 100
INTERRUPTIONS = 20


def drawn(number):
    """Return the segments of a page that changes: shown, masked and blocked regions, moved about."""
    chance, page = random.Random(number), Page()
    texts = [page.text(f"word {at} {number}") for at in range(12)]
    kinds = ["secret", "sentry-block", "sentry-unmask", "plain"]
    parts = [
        page.element(chance.choice(["p", "main", "div"]), {"class": chance.choice(kinds)}, text)
        for text in texts
    ]
    body = page.element("main", {"data-team": "acme"}, *parts)
    redactor = Redactor(Policy(unmask=["main"]))
    segments = [[page.snapshot(body)]] + [
        [say(chance.choice(texts), f"said {chance.random()}") for _ in range(4)]
        + [change(chance.choice(parts), class_=chance.choice(kinds))]
        for _ in range(chance.randrange(2, 5))
    ]
    return [redactor.process_bytes(json.dumps(one).encode()) for one in segments]


@pytest.fixture(scope="module")
def base():
    with Folder() as root:
        archive = archive_at(root)
        for number in range(RECORDINGS):
            for at, segment in enumerate(drawn(number)):
                archive.put(f"s{number}", at, segment)
        age(root)
        yield root


@pytest.mark.no_cover  # the same lines as in smaller tests
def test_interrupted_often_it_is_one_pass(base):
    chance = random.Random(7)
    with Folder(base) as root:
        for _ in range(INTERRUPTIONS):
            killed(lambda: archive_at(root).redact(STRICTER), chance.randrange(30, 300))
        archive = archive_at(root)
        done = archive.redact(STRICTER)
        assert len(done.sessions) > 0
        assert len(done.unchanged) > 0
        for number in range(RECORDINGS):
            assert read(archive, f"s{number}") == one_pass(drawn(number))
        assert in_flight(root) == []
        assert archive.check(STRICTER) == []
        before = objects(root)
        assert archive.redact(STRICTER).sessions == ()
        assert objects(root) == before


def cut(recording, policy, pieces=4):
    """Return the redacted segments of a recording."""
    events, redactor = json.loads(recording), Redactor(policy)
    size = -(-len(events) // pieces)
    parts = [events[at : at + size] for at in range(0, len(events), size)]
    return [
        redactor.process_bytes(json.dumps(part).encode(), segment=number)
        for number, part in enumerate(parts)
    ]


@pytest.mark.parametrize(
    "later",
    [Policy(), Policy.lockdown(), Policy(unmask=["main", "p"], mask=["[title=Jane] *", ".card"])],
    ids=["default", "lockdown", "selectors"],
)
def test_what_browsers_recorded_is_redacted_again(later):
    stored = {
        one["file"]: cut(own(one), Policy(unmask=["main", "p", "h1", "form", "nav"])) for one in OWN
    }
    with Folder() as root:
        archive = archive_at(root)
        for session, segments in stored.items():
            for number, segment in enumerate(segments):
                archive.put(session, number, segment)
        age(root)
        assert set(archive.redact(later).sessions) == set(stored)
        for session, segments in stored.items():
            assert read(archive, session) == one_pass(segments, later)
        assert archive.check(later) == []


# --- attributes that an earlier policy has masked -------------------------------------------


def page_of(attributes, text="words", tag="div"):
    page = Page()
    shown = page.text(text)
    region = page.element(tag, attributes, page.element("main", {}, shown))
    return json.dumps([page.snapshot(region)]).encode()


EARLIER = Policy(unmask=["main"])  # which masks the attributes of what is around


@pytest.mark.parametrize(
    ("attributes", "selector"),
    [
        ({"data-tenant": "Acme Corp"}, "[data-tenant='Acme Corp'] main"),
        ({"data-tenant": "Acme Corp"}, "[data-tenant^=Acme] main"),
        ({"data-tenant": "Acme Corp"}, "[data-tenant$=Corp] main"),
        ({"data-tenant": "Acme Corp"}, "[data-tenant*='e C'] main"),
        ({"data-tenant": "Acme Corp"}, "[data-tenant~=Corp] main"),
        ({"data-tenant": "Acme-Corp"}, "[data-tenant|=Acme] main"),
        ({"title": "Jane"}, "[title=JANE i] main"),
        ({"class": "customer-1234567"}, ".customer-1234567 main"),
        ({"id": "customer-1234567"}, "#customer-1234567 main"),
        ({"data-tenant": "Acme Corp"}, ":is([data-tenant='Acme Corp'], nav) main"),
    ],
)
@pytest.mark.parametrize("option", ["mask", "block", "never_unmask"])
def test_a_selector_that_held_before_still_hides(attributes, selector, option):
    recording = page_of(attributes)
    stored = redact_bytes(recording, EARLIER)
    assert b"words" in stored
    stricter = EARLIER.replace(**{option: [selector]})
    assert b"words" not in redact_bytes(recording, stricter)
    assert b"words" not in redact_bytes(stored, StoredPolicy.over(stricter))


@pytest.mark.parametrize("sign", ["•", "#", "█"])
def test_other_signs_mask_as_well(sign):
    earlier = EARLIER.replace(mask_char=sign)
    stored = redact_bytes(page_of({"data-tenant": "Acme Corp"}), earlier)
    stricter = EARLIER.replace(mask=["[data-tenant='Acme Corp'] main"])
    assert b"words" not in redact_bytes(stored, StoredPolicy.over(stricter))


def test_a_selector_that_may_have_held_does_not_show():
    stored = redact_bytes(page_of({"data-tenant": "Acme"}), EARLIER)
    shows = Policy(unmask=["[data-tenant=Acme] main"])
    assert b"words" not in redact_bytes(stored, StoredPolicy.over(shows))


def test_a_selector_that_says_not_may_have_held():
    """As a rule that masks, and as one that shows."""
    stored = redact_bytes(page_of({"data-tenant": "Other"}), EARLIER)
    for policy in (
        EARLIER.replace(mask=["div:not([data-tenant=Acme]) main"]),
        Policy(unmask=["div:not([data-tenant=Acme]) main"]),
    ):
        assert b"words" not in redact_bytes(stored, StoredPolicy.over(policy))


@pytest.mark.parametrize(
    ("attributes", "selector"),
    [
        ({"data-state": "open"}, "[data-state=closed] main"),
        ({"class": "nav"}, ".customer main"),
        ({"class": "customer-12"}, ".customer-13 main"),
        ({"data-tenant": ""}, "[data-tenant=Acme] main"),
        ({"lang": "en"}, "[lang=de] main"),
        ({"data-x": "y"}, "[data-tenant=Acme] main"),
    ],
)
def test_what_can_be_told_is_told(attributes, selector):
    stored = redact_bytes(page_of(attributes), EARLIER)
    stricter = StoredPolicy.over(EARLIER.replace(mask=[selector]))
    assert b"words" in redact_bytes(stored, stricter)


def test_that_an_attribute_is_there_can_be_told():
    stored = redact_bytes(page_of({"data-tenant": "Acme"}), EARLIER)
    shows = StoredPolicy.over(Policy(unmask=["[data-tenant] main"]))
    assert b"words" in redact_bytes(stored, shows)
    assert b"words" not in redact_bytes(
        stored, StoredPolicy.over(EARLIER.replace(mask=["[data-tenant] main"]))
    )


def test_changes_of_masked_attributes_count_too():
    page = Page()
    shown = page.text("words")
    region = page.element("div", {"data-tenant": ""}, page.element("main", {}, shown))
    events = [page.snapshot(region), change(region, data_tenant="Acme"), say(shown, "secret")]
    stored = redact_bytes(json.dumps(events).encode(), EARLIER)
    assert b"secret" in stored
    stricter = StoredPolicy.over(EARLIER.replace(mask=["[data-tenant=Acme] main"]))
    redacted = redact_bytes(stored, stricter)
    assert b"words" in redacted
    assert b"secret" not in redacted


def test_pages_have_it_as_well():
    policy = EARLIER.replace(pages={"url": "/x", "mask": ["[data-tenant=Acme] main"]})
    stored = redact_bytes(page_of({"data-tenant": "Acme"}), EARLIER)
    assert b"words" not in redact_bytes(stored, StoredPolicy.over(policy))


def test_a_policy_for_what_is_stored_is_no_other():
    assert StoredPolicy.over(Policy()) != Policy()
    assert StoredPolicy.over(Policy()) == StoredPolicy.over(Policy())
    assert StoredPolicy.over(Policy(mask="p")).mask == ("p",)


# --- whatever the selectors ask ---------------------------------------------------------------

NAMES = ["data-tenant", "data-kind", "title", "lang", "class", "id", "href"]
VALUES = ["Acme", "Acme Corp", "acme", "x-1234567", "/acme/7", "de", ""]
OPERATORS = ["=", "~=", "|=", "^=", "$=", "*="]

elements = st.tuples(
    st.sampled_from(["div", "main", "p", "a"]),
    st.dictionaries(st.sampled_from(NAMES), st.sampled_from(VALUES), max_size=3),
)
chains = st.lists(elements, min_size=1, max_size=4)
tests = st.builds(
    "[{}{}'{}'{}]".format,
    st.sampled_from(NAMES),
    st.sampled_from(OPERATORS),
    st.sampled_from(VALUES),
    st.sampled_from(["", " i"]),
)
compounds = st.one_of(
    st.sampled_from(["div", "main", "p", ".x-1234567", "#x-1234567", "[data-tenant]"]),
    tests,
    st.builds("div:not({})".format, tests),
    st.builds(":is({}, {})".format, tests, tests),
)
selectors = st.one_of(compounds, st.builds("{} {}".format, compounds, compounds))
rules = st.fixed_dictionaries(
    {name: st.lists(selectors, max_size=2) for name in ("mask", "unmask", "block", "never_unmask")}
)


@given(st.lists(chains, min_size=1, max_size=3), rules, rules, st.booleans())
def test_what_a_policy_hides_it_hides_in_what_is_stored(pages, earlier, later, shows_all):
    """Nothing that it masks in the original is readable after both, whatever attributes lost."""
    page, body = Page(), []
    for chain in pages:
        node = page.text(f"word {len(body)}")
        for tag, attributes in chain:
            node = page.element(tag, dict(attributes), node)
        body.append(node)
    recording = json.dumps([page.snapshot(*body)]).encode()
    try:
        first = Policy(**earlier, mask_all_text=not shows_all)
        second = Policy(**later, mask_all_text=not shows_all)
    except PolicyError:  # it compares what redaction rewrites
        reject()
    alone = redact_bytes(recording, second)
    both = redact_bytes(redact_bytes(recording, first), StoredPolicy.over(second))
    for number in range(len(body)):
        word = f"word {number}".encode()
        assert word not in both or word in alone


# --- whoever wrote the selector hears of it -------------------------------------------------


def test_comparisons_with_masked_values_are_counted():
    policy = EARLIER.replace(
        mask=["[data-tenant='Acme Corp'] main, nav", "[data-tenant] p", ".secret"],
        pages={"url": "/x", "block": "[title=Jane]", "mask_urls": False},
    )
    stored = [redact_bytes(page_of({"data-tenant": "Acme", "title": "x"}), EARLIER)]
    stored += [redact_bytes(page_of({"data-tenant": "", "class": "plain"}), EARLIER)]
    with Folder() as root:
        archive = archive_at(root)
        for number, segment in enumerate(stored):
            archive.put("a", number, segment)
        age(root)
        doubted = archive.redact(policy).doubted
    assert doubted == {"mask [data-tenant='Acme Corp'] main, nav": 1, "block [title=Jane]": 1}


def test_policies_that_compare_nothing_have_no_doubts():
    with Folder() as root:
        archive = archive_at(root)
        archive.put("a", 0, redact_bytes(page_of({"data-tenant": "Acme"}), EARLIER))
        age(root)
        done = archive.redact(EARLIER.replace(unmask=[], mask=["main", "[data-tenant]"]))
    assert done.sessions == ("a",)
    assert done.doubted == {}


def test_lint_names_the_selector():
    policy = EARLIER.replace(mask=["[data-tenant=Acme] main"])
    recording = page_of({"data-tenant": "Acme"})
    warning = "mask [data-tenant=Acme] main compares an attribute that is masked in this recording"
    assert warning in lint(redact_bytes(recording, EARLIER), policy)
    assert warning not in lint(recording, policy)


def test_changes_are_counted_too():
    page = Page()
    region = page.element("div", {}, page.element("main", {}, page.text("words")))
    events = [
        page.snapshot(region),
        change(region, data_tenant="Acme"),
        add(region, page.element("p", {"data-tenant": "x"})),
    ]
    stored = redact_bytes(json.dumps(events).encode(), EARLIER)
    doubts = Doubts(EARLIER.replace(mask=["[data-tenant=Acmes]"]))
    for event in decode(stored):
        doubts.look(event)
    assert doubts.met == {"mask [data-tenant=Acmes]": 2}
