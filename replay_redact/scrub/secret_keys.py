"""Keys whose values are secret, whatever the values look like.

A key is judged by its words. ``apiKey``, ``X-API-Key`` and ``user.api_key`` all have "api key";
``author`` and ``tokenize`` have neither the word "auth" nor the word "token". A key with a secret
word is secret, unless its last word says that the value is a measure, such as a count.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

WORDS = frozenset(
    """
    password passwords passwd passwort pwd pass passphrase passcode pin cvv cvc cvn csc cvv2 cvc2
    ssn secret secrets token tokens jwt bearer auth authorization authentication credential
    credentials creds cookie cookies session sessionid sessid phpsessid jsessionid sid csrf xsrf
    csrftoken xsrftoken csrfmiddlewaretoken otp totp mfa apikey apikeys appkey accesskey secretkey
    privatekey signingkey encryptionkey accesstoken refreshtoken idtoken authtoken apitoken
    usertoken clientsecret appsecret cardnumber cardnum creditcard ccnumber ccnum cccvc pan iban
    passport nonce hmac sentrysid dob birthdate dateofbirth pgpassword dbpassword sshpass
    sessiontoken mnemonic samlresponse codeverifier
    """.split()
)
"""Words that make a key's value secret."""

PHRASES = frozenset(
    tuple(phrase.split("_"))
    for phrase in """
    api_key app_key access_key secret_key private_key signing_key encryption_key master_key
    account_key shared_key storage_key card_number card_num credit_card debit_card cc_number cc_num
    security_code one_time two_factor social_security account_number routing_number tax_id
    national_id passport_number driver_license license_number birth_date set_cookie
    recovery_code backup_code verification_code seed_phrase code_verifier saml_response
    amz_signature
    """.split()
)
"""Words in a row that do."""

_MEASURES = frozenset(
    """
    count counts total limit max min length len size rate duration ms expires expiry expiration ttl
    timeout at used enabled disabled required valid supported version type policy
    """.split()
)
_PIECES = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+")


def words(key: str) -> tuple[str, ...]:
    """Return the words of a key in lower case.

    >>> words("X-APIKey2"), words("userSessionID"), words("user[api_key]")
    (('x', 'api', 'key', '2'), ('user', 'session', 'id'), ('user', 'api', 'key'))
    """
    return tuple(piece.lower() for piece in _PIECES.findall(key))


_COUNTED = frozenset(
    """
    total max min num number count avg mean sum used remaining left limit prompt completion input
    output cached reasoning budget
    """.split()
)
"""Words beside which a plural, as in ``max_tokens``, is a number of things."""

_STATES = frozenset(
    """
    ok started starting stopped ended closed open opened active inactive expired valid invalid
    failed success succeeded successful missing required optional enabled disabled created updated
    deleted revoked refreshed renewed granted denied unauthorized authenticated anonymous pending
    unknown yes no on off
    """.split()
)
"""Words that tell how it stands with a session, and are no part of one."""

_HAVE_STATES = frozenset(
    "session auth authorization authentication token tokens cookie cookies csrf xsrf jwt".split()
)
_NUMBER = re.compile(r"-?[0-9]{1,10}(?:\.[0-9]{1,10})?\Z")
_TOO_MANY = 10**10
_SHORTEST = 4  # characters of a password; "pass" alone also counts what passed


def says_little(key: str, value: Any) -> bool:
    """Tell whether what stands under a secret key cannot be a secret.

    A count cannot, nor can a word that tells a state.

    >>> says_little("max_tokens", 4096), says_little("session", "started"), says_little("pass", 12)
    (True, True, True)
    >>> says_little("pin", 1234), says_little("password", "started")
    (False, False)
    """
    if not isinstance(value, int | float | str):
        return False
    if isinstance(value, int) and abs(value) >= _TOO_MANY:  # Python may refuse to write it
        return False
    text = str(value)
    parts = words(key)
    if _NUMBER.match(text):
        counted = parts[-1:] == ("tokens",) and not _COUNTED.isdisjoint(parts)
        return counted or (parts == ("pass",) and len(text) < _SHORTEST)
    return text.lower() in _STATES and parts[-1:] != () and parts[-1] in _HAVE_STATES


class Keys:
    """The keys of one configuration: words, and phrases of words."""

    def __init__(self, entries: Iterable[str]) -> None:
        split = [words(entry) for entry in entries]
        self._words = frozenset(entry[0] for entry in split if len(entry) == 1)
        phrases = [entry for entry in split if len(entry) > 1]
        self._phrases = frozenset(
            [*phrases, *((*entry[:-1], f"{entry[-1]}s") for entry in phrases)]
        )
        self._lengths = sorted({len(phrase) for phrase in self._phrases})
        self.secret = lru_cache(4096)(self._is_secret)

    def _is_secret(self, key: str) -> bool:
        parts = words(key)
        if not parts or parts[-1] in _MEASURES:
            return False
        return (
            not self._words.isdisjoint(parts)
            or "".join(parts) in self._words
            or any(
                parts[at : at + length] in self._phrases
                for length in self._lengths
                for at in range(len(parts) - length + 1)
            )
        )


DEFAULT_KEYS = tuple(sorted(WORDS)) + tuple(sorted("_".join(phrase) for phrase in PHRASES))
