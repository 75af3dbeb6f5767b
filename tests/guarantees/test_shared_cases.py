"""The cases beside the checkout: each once showed a fault, and is the least that does."""

import re
from typing import NamedTuple

import pytest
from real_recordings import SHARED

from replay_redact import Policy, redact_bytes, redact_stream
from replay_redact.testing import find_leaks

FILES = sorted(path for path in (SHARED.parent / "cases").glob("*") if path.suffix != ".md")
needs_cases = pytest.mark.skipif(not FILES, reason="no cases: there is no ../shared/cases")


class Case(NamedTuple):
    """What is private in a file, as a pattern, and what has to stay in its output."""

    private: str = ""
    stays: tuple[str, ...] = ()


CASES = {
    "attribute-names-from-broken-quotes": Case("jane|roe|diabetes|positive", ('"href":',)),
    "block-by-attribute-forgotten": Case("SECRET-[A-F]"),
    "card-field-forgotten": Case(r"\b4\d{15}\b"),
    "css-initial-value": Case(r"Jane Roe \d+", ("@property --who",)),
    "css-known-property-long-numbers": Case(r"\d{10,}", ("order:", "counter-reset:card ")),
    "css-number-groups": Case(r"4111( 1111){3}|123-45-6789|1985/04/12|555 123 4567", ("--tel:",)),
    "custom-property-functions": Case(r'(?<="textContent": ")x(?=")', (
        "oklch(63.7% .237 25.331)", "linear-gradient(to right,#f00,#00f)", "blur(8px)",
        "color(display-p3 1 0 0)", "cubic-bezier(0,0,.2,1)", " 1s linear infinite")),
    "idref-free-text": Case(r"Jane Roe( has diabetes|[ \d]*)|jane@example.com"),
    "image-with-size-attributes": Case("hero", ('"width":"1200"', '"height":"630"')),
    "mathjax-classes": Case(r"(?<=mjx-c)\d+", ("mjx-c",)),
    "number-flow-digits": Case(r"(?<=--current: )\d"),
    "sentry-api-segments": Case(stays=('"type":4', '"type":1')),
    "style-that-is-not-css": Case(r"Dear Jane Roe, your diabetes result and balance 12\.50"),
    "two-windows-pairs": Case("Jane|SECRET[ A-Za-z]*", ('"Help"',)),
    "two-windows-password": Case("correct horse battery"),
    "unmask-loses-attribute-rules": Case(
        stays=(r"[data-state=\"closed\"]{display:none}", '"data-state":"closed"', "Hidden menu")),
    "unmasked-image-alt": Case("Passport of Jane Roe|/p(?=.png)"),
}  # fmt: skip

OTHER_LETTERS = str.maketrans(
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789",
    "bcdefghijklmnopqrstuvwxyzaBCDEFGHIJKLMNOPQRSTUVWXYZA1234567890",
)


@needs_cases
@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
@pytest.mark.parametrize("policy", [Policy(), Policy.lockdown()], ids=["default", "lockdown"])
def test_a_case_is_private_and_so_is_its_twin(path, policy):
    case = CASES[path.stem]  # a new file needs a line above
    recorded = path.read_text("utf-8")
    output = redact_bytes(recorded.encode(), policy)
    assert redact_bytes(output, policy) == output
    assert b"".join(redact_stream([recorded.encode()], policy)) == output
    assert find_leaks(output, policy) == []
    if case.private:
        shows_nothing(case.private, recorded, output, policy)
    if policy == Policy():
        assert [text for text in case.stays if text not in output.decode()] == []


def shows_nothing(private, recorded, output, policy):
    said = {match[0] for match in re.finditer(private, recorded)}
    assert said
    assert [text for text in said if len(text) > 2 and text in output.decode()] == []
    twin = re.sub(private, lambda match: match[0].translate(OTHER_LETTERS), recorded)
    assert twin != recorded
    assert redact_bytes(twin.encode(), policy) == output
