"""One record per fault that somebody found who used the scrubber by its documentation only.

Records are never deleted.
"""

import pytest

from replay_redact import cli

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
