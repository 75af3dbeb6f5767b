"""Presidio's own pattern recognizers as detectors, where it is installed, as the docs show it."""

import pytest

from replay_redact import Scrub, Scrubber, ScrubRule

recognizers = pytest.importorskip(
    "presidio_analyzer.predefined_recognizers", reason="presidio-analyzer is not installed"
)


@pytest.mark.parametrize(
    ("recognizer", "entity", "text", "secret"),
    [
        ("EmailRecognizer", "EMAIL_ADDRESS", "mail jane@shop.com today", "jane@shop.com"),
        ("CreditCardRecognizer", "CREDIT_CARD", "card 4012888888881881", "4012888888881881"),
        ("IpRecognizer", "IP_ADDRESS", "from 203.0.113.9 on", "203.0.113.9"),
        ("IbanRecognizer", "IBAN_CODE", "iban DE89370400440532013000", "DE89370400440532013000"),
    ],
)
def test_pattern_recognizers(recognizer, entity, text, secret):
    analyzer = getattr(recognizers, recognizer)()

    def presidio(texts):
        found = (analyzer.analyze(text, entities=[entity]) or () for text in texts)
        return [[(entity.start, entity.end) for entity in entities] for entities in found]

    scrubber = Scrubber(Scrub(rules=[ScrubRule(detector=presidio, text="[found]")]))
    clean = scrubber.text(text)
    assert clean == text.replace(secret, "[found]")
    assert scrubber.text(clean) == clean
    assert scrubber.text("nothing here") == "nothing here"
