"""One record per fault that somebody found who used the scrubber by its documentation only.

Records are never deleted.
"""

import enum
import http
from datetime import UTC, datetime, timedelta, tzinfo

import pytest

from replay_redact import Scrub, Scrubber, ScrubRule, cli

EVENT = b'{"event_id":"9f1c2b3a4d5e6f708192a3b4c5d6e7f8","user":{"name":"Jane"}}'
MASKED = b'{"event_id":"9f1c2b3a4d5e6f708192a3b4c5d6e7f8","user":{"name":"****"}}'


@pytest.fixture
def command(tmp_path, capfd):
    def run(data):
        source = tmp_path / "in"
        source.write_bytes(data)
        return cli.main(["scrub", str(source)]), *capfd.readouterr()

    return run


@pytest.mark.parametrize(
    ("beside", "clean"),
    [
        (b"not JSON j@x.example", b"not JSON [email]"),
        (b'{"event_id":"9f1c2b","user":{"name":"Jane', b"*" * 41),
        (b'{"a":"j@x.example"', b'{"a":"[email]"'),
        (b'[{"password":["x1"]}]', b'[{"password":["[filtered]"]}]'),
        (b"password=\\\n  hunter2", b"password=[filtered]  hunter2"),
    ],
)
def test_one_line_that_is_not_json_made_text_of_the_events_beside_it(command, beside, clean):
    text = b"begin"
    given = b"\n".join([text, EVENT, beside, EVENT + b"\r", b""])
    expected = b"\n".join([text, MASKED, clean, MASKED + b"\r", b""])
    assert command(given) == (0, expected.decode(), "")


@pytest.mark.parametrize(
    "data",
    [
        b'{"type":4,"timestamp":1,"data":{"href":"https://x.example/jane"}}\n{"type":2,"ti',
        b'[{"type":4,"timestamp":1,"data":{"href":"https://x.example/jane"}},{"type":2,"ti',
        b'{"segment_id":0}\n[{"type":4,"timestamp":1,"data":{"href":"https://x.example/ja',
    ],
)
def test_recordings_that_are_torn_were_scrubbed_as_text(command, data):
    status, out, complaint = command(data)
    assert (status, out) == (2, "")
    assert "it is a recording" in complaint


TOKEN = "ghp_" + "a1B2c3D4e5" * 3 + "a1B2c3"


@pytest.mark.parametrize(
    ("event", "masked", "scrubbed"),
    [
        ({"level": TOKEN}, {"level": "*" * 40}, {"level": "[github]"}),
        (
            {"breadcrumbs": [{"category": f"auth.{TOKEN}", "type": "http"}]},
            {"breadcrumbs": [{"category": "*" * 45, "type": "http"}]},
            {"breadcrumbs": [{"category": "auth.[github]", "type": "http"}]},
        ),
        ({"modules": {TOKEN: "1"}}, {"modules": {"*" * 40: "1"}}, {"modules": {"[github]": "1"}}),
        (
            {"modules": {"jane@shop.example": "1", "@sentry/node": "8.1"}},
            {"modules": {"*" * 17: "1", "@sentry/node": "8.1"}},
            {"modules": {"[email]": "1", "@sentry/node": "8.1"}},
        ),
    ],
)
def test_tokens_have_the_form_of_words_and_of_names_of_packages(event, masked, scrubbed):
    for scrubber, clean in (Scrubber(), masked), (Scrubber(metadata="scrub"), scrubbed):
        assert scrubber.event(event) == clean
        assert scrubber.event(clean) == clean


def test_patterns_of_ones_own_change_no_word_of_the_protocol():
    scrub = Scrub.default().with_rules(ScrubRule(pattern="err", text="N"))
    assert Scrubber(scrub).event({"level": "error"}) == {"level": "error"}


class Color(str, enum.Enum):  # noqa: UP042 - the str of a StrEnum is its value
    RED = "jane@shop.example"


class Nowhere(tzinfo):
    def utcoffset(self, _when):
        raise RuntimeError("Jane")


def test_times_and_enumerations_are_written_as_the_sdk_writes_them():
    """The SDK hands an ``event_scrubber`` its own objects."""
    when = datetime(2026, 1, 2, 3, 4, 5, 6, tzinfo=UTC)
    event = {"timestamp": when, "contexts": {"response": {"status_code": http.HTTPStatus.OK}}}
    clean = Scrubber().event(event)
    assert clean["timestamp"] == "2026-01-02T03:04:05.000006+00:00"
    assert type(clean["contexts"]["response"]["status_code"]) is int
    value = {"color": Color.RED, "took": timedelta(1), "n": type("F", (float,), {})(1.5)}
    clean = Scrubber().value(value)
    assert clean == {"color": "[email]", "took": "1 day, 0:00:00", "n": 1.5}
    assert Scrubber().value(datetime(2026, 1, 2, tzinfo=Nowhere())) == "[unformattable]"


def test_keys_that_are_written_alike_lost_all_values_but_one():
    assert Scrubber().value({1: "a", "1": "b", None: "c"}) == {"1": "a", "1 (2)": "b", "None": "c"}


def test_lists_of_a_hundred_thousand_levels_were_too_deep():
    value = "Jane"
    for _ in range(100_000):
        value = [value]
    clean = Scrubber().event({"level": value, "event_id": value})
    for _ in range(100_000):
        (clean["level"],) = clean["level"]
    assert clean["level"] == "****"


@pytest.mark.parametrize("key", ["password", "max_tokens"])
def test_numbers_of_thousands_of_digits_under_secret_keys(key):
    assert Scrubber().value({key: 10**5000}) == {key: None}
