"""What is put in the place of secrets: which spans are, and which values have copies."""

import pytest

from replay_redact import ScrubRule
from replay_redact.scrub.replacements import _least, is_telling


@pytest.mark.parametrize(
    ("secret", "telling"),
    [(16 * b"a", True), (15 * b"a", False), (b"tulip-99", True), (b"tulip-9", False), (8 * b"7", False)],
)  # fmt: skip
def test_what_is_so_much_its_own_that_it_has_copies(secret, telling):
    assert is_telling(secret) is telling


def test_an_address_behind_credentials_is_theirs_and_another_is_found():
    url, email = ScrubRule(detector="url_credentials"), ScrubRule(detector="email")
    data = b"https://jane:tulip9@shop.example and roe@shop.example"
    theirs, other = (13, 32, email), (37, 53, email)
    assert _least(data, [(8, 19, url), theirs, other]) == [(8, 19, url), other]
    assert _least(data, [theirs, other]) == [theirs, other]
