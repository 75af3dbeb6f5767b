"""One record per fault of scrubbing that was found in 0.1.0, on real sessions or by hand.

Records are never deleted.
"""

import pytest

from replay_redact import PolicyError, Scrub, ScrubRule
from replay_redact.scrub.scanner import scanner_of


@pytest.mark.parametrize(
    "pattern", ["(?R)", "(?:(?:a{1000}){1000}){1000}", "(?:" * 20 + "ab" + ")+" * 20]
)
def test_s31_a_pattern_of_ones_own_took_all_memory(pattern):
    with pytest.raises(PolicyError):
        ScrubRule(pattern=pattern)


SCANNER = scanner_of(Scrub.default())


@pytest.mark.parametrize(
    ("line", "clean"),
    [
        ("G:::0", "G:[ipv6]"), ("see fe80::1x", "see [ipv6]x"), ('<password">hunter2secret', '<password">[filtered]'),
        ("mail jane@shop.a\xe9", "mail [email]"),
        ("IT60 X05 42811101000000123456", "[iban]"), ("4-1-1-1-1-1-1-1-1-1-1-1-1-1-1-1", "[card]"), ("6759 000000 00005", "[card]"),
        ("api%20key=hunter2", "api%20key=[filtered]"), ("card%20number: 12", "card%20number: [filtered]"),
    ],
)  # fmt: skip
def test_s32_probes_said_no_where_their_finders_would_have_said_yes(line, clean):
    assert SCANNER.string(line) == clean
    assert SCANNER.string(clean) == clean


def test_s33_a_finder_looked_at_lines_of_cookies_whose_probe_did_not():
    scrub = Scrub(rules=[ScrubRule(detector="key")], keys=["pat"])
    assert scanner_of(scrub).strings(["Cookie: a=b", "pat=x Cookie: a=b"]) == ["Cookie: a=b", "pat=[key] Cookie: a=b"]  # fmt: skip
    scrub = Scrub(rules=[ScrubRule(detector="key")], keys=["set-cookie"])
    assert scanner_of(scrub).string("Set-Cookie: a=b; c=d") == "Set-Cookie: [key]"


def test_s34_a_private_key_of_putty_woke_a_probe_and_no_finder():
    text = "PuTTY-User-Key-File-3: ssh-rsa\nPrivate-Lines: 1\nAAAAgQ"
    assert SCANNER.string(text) == "PuTTY-User-Key-File-3:[private_key]"
