"""What stays though a rule could take it: safe fields, counts, states; and detectors of one's own."""

import re

import pytest

from replay_redact import Policy, PolicyError, Redactor, Scrub, Scrubber, ScrubRule
from replay_redact._engine.state import fingerprint
from replay_redact.scrub.scanner import Scanner

SCRUBBER = Scrubber()
KEY = b"0123456789abcdef"

# --- numbers and words that cannot be a secret ------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "total_tokens: 902", "max_tokens=4096", '{"total_tokens": 902}', "session: started", "auth: ok", "pass: 12", "--max-tokens 4096",
        "completionTokens: 17", "csrf_token=missing", "userSession: Expired", "prompt_tokens: 0.5", '{"session": "started", "pass": 12}',
    ],
)  # fmt: skip
def test_what_says_little_stays(text):
    assert SCRUBBER.text(text) == text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("pin: 1234", "pin: [filtered]"),
        ("pin: 12", "pin: [filtered]"),
        ("pass: 1234", "pass: [filtered]"),
        ("tokens: 902", "tokens: [filtered]"),
        ("max_tokens: a902", "max_tokens: [filtered]"),
        ("max_tokens: 12345678901", "max_tokens: [filtered]"),
        ("password: started", "password: [filtered]"),
        ("session_id: started", "session_id: [filtered]"),
        ("session: starts", "session: [filtered]"),
        ("--token started1", "--token [filtered]"),
    ],
)
def test_what_may_be_a_secret_goes(text, expected):
    assert SCRUBBER.text(text) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ({"total_tokens": 902, "session": "started", "pass": 12, "auth": True}, None),
        ({"pin": 1234}, {"pin": None}),
        ({"n": 4111111111111111, "m": 4111111111111112}, {"n": None, "m": 4111111111111112}),
        ({"tokens": [902], "max_tokens": [902]}, {"tokens": [None], "max_tokens": [None]}),
        ({"max_tokens": {"a": 902}}, {"max_tokens": {"a": None}}),
    ],
)
def test_a_number_is_never_another(value, expected):
    assert SCRUBBER.value(value) == (expected or value)


# --- the method keep --------------------------------------------------------------------------


def test_safe_fields_of_keys():
    safe = ScrubRule(detector="key", method="keep", where="value.build.**")
    scrubber = Scrubber(Scrub.default().with_rules(safe))
    given = {"build": {"token": "x1", "mail": "j@x.example"}, "token": "x1"}
    assert scrubber.value(given) == {
        "build": {"token": "x1", "mail": "[email]"},
        "token": "[filtered]",
    }


def test_safe_fields_of_detectors():
    safe = ScrubRule(detector="email", method="keep", where="event.extra.support")
    scrubber = Scrubber(Scrub.default().with_rules(safe), metadata="scrub")
    given = {"extra": {"support": "s@x.example", "other": "j@x.example"}}
    assert scrubber.event(given) == {"extra": {"support": "s@x.example", "other": "[email]"}}


def test_a_detector_that_is_off_everywhere():
    scrubber = Scrubber(Scrub.default().with_rules(ScrubRule(detector="email", method="keep")))
    assert scrubber.text("j@x.example, password=x1") == "j@x.example, password=[filtered]"


@pytest.mark.parametrize("what", [{"pattern": "a"}, {"detector": len}])
def test_only_detectors_with_a_name_are_kept(what):
    with pytest.raises(PolicyError, match="keep is for detectors that have a name"):
        ScrubRule(**what, method="keep")


# --- hashes -----------------------------------------------------------------------------------


def test_one_address_has_one_hash():
    rule = ScrubRule(detector="email", method="hash")
    scrubber = Scrubber(Scrub.default(hash_key=KEY).with_rules(rule))
    small = scrubber.text("jane@shop.example")
    assert scrubber.text("Jane@Shop.example") == small
    assert scrubber.text("joe@shop.example") != small
    assert scrubber.text(small) == small
    assert scrubber.text("M\u00dcLLER@k\u00f6ln.example") == scrubber.text(
        "m\u00fcller@k\u00f6ln.example"
    )


def test_other_hashes_know_capitals():
    scrubber = Scrubber(Scrub(rules=[ScrubRule(pattern="[Aa]+", method="hash")], hash_key=KEY))
    assert scrubber.text("a") != scrubber.text("A")


# --- detectors of one's own -------------------------------------------------------------------


def names(texts):
    return [[match.span() for match in re.finditer(r"Jane(?: Roe)?|Roe", text)] for text in texts]


def scrubber_of(detector, **options):
    return Scrubber(
        Scrub.default().with_rules(ScrubRule(detector=detector, **options)), metadata="scrub"
    )


def test_a_detector_of_ones_own():
    scrubber = scrubber_of(names)
    assert (
        scrubber.text("\u00e4 Jane Roe, j@x.example and Jane")
        == "\u00e4 [names], [email] and [names]"
    )
    assert scrubber.value({"a": ["Jane"], "b": '{"c":"Jane"}', "password": "Jane"}) == {
        "a": ["[names]"],
        "b": '{"c":"[names]"}',
        "password": "[filtered]",
    }
    assert scrubber.event({"message": "Jane left"}) == {"message": "[names] left"}


@pytest.mark.parametrize(
    ("options", "expected"),
    [({"text": "N"}, "N left"), ({"method": "mask"}, "**** left"), ({"method": "remove"}, " left")],
)
def test_methods(options, expected):
    assert scrubber_of(names, **options).text("Jane left") == expected


def test_spans_in_any_order_that_overlap_are_one():
    assert (
        scrubber_of(lambda texts: [[(5, 8), (0, 4), (2, 3), (3, 6)] for _ in texts]).text(
            "Jane Roe left"
        )
        == "[detector] left"
    )


def test_a_batch_is_one_call():
    seen = []

    def notes(texts):
        seen.append(texts)
        return [[] for _ in texts]

    scrubber_of(notes).value(["a", "b", {"c": "d"}])
    assert [sorted(texts) for texts in seen] == [["a", "b", "d"]]


def raises(_):
    raise ValueError("Jane")


@pytest.mark.parametrize(
    "detector",
    [raises, lambda _: None, lambda _: [], lambda t: [[(0, 99)] for _ in t], lambda t: [[(-1, 2)] for _ in t], lambda t: [[(3, 2)] for _ in t], lambda t: [["x"] for _ in t], lambda t: [[7] for _ in t]],
)  # fmt: skip
def test_a_detector_that_fails_masks_all(detector):
    assert scrubber_of(detector).text("Jane Roe") == "**** ***"


def test_what_was_replaced_is_not_replaced_again():
    scrubber = scrubber_of(lambda texts: [[(0, len(text))] for text in texts])
    once = scrubber.text("Jane")
    assert once == "[detector]"
    assert scrubber.text(once) == once


def test_a_policy_with_a_detector_has_a_state():
    policy = Policy(metadata="scrub", scrub=Scrub.default().with_rules(ScrubRule(detector=names)))
    assert fingerprint(policy) != fingerprint(Policy(metadata="scrub"))
    event = (
        b'[{"type":5,"timestamp":1,"data":{"tag":"breadcrumb","payload":{"message":"Jane left"}}}]'
    )
    redactor = Redactor(policy)
    assert b'"[names] left"' in redactor.process_bytes(event)
    assert Redactor.from_state(policy, redactor.state()) is not None


class Entity:
    """As Presidio's analyzer gives them."""

    def __init__(self, start, end):
        self.start, self.end = start, end


class Analyzer:
    def analyze(self, text, language):
        assert language == "en"
        return [Entity(*match.span()) for match in re.finditer("Jane", text)]


def test_presidio_as_the_docs_show_it():
    analyzer = Analyzer()

    def presidio(texts):
        found = (analyzer.analyze(text, language="en") for text in texts)
        return [[(entity.start, entity.end) for entity in entities] for entities in found]

    assert scrubber_of(presidio).text("Jane left") == "[presidio] left"


def test_scanners_are_shared():
    scrub = Scrub.default().with_rules(ScrubRule(detector=names))
    assert Scanner(scrub).string("Jane") == "[names]"
