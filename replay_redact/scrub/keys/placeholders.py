"""What stands under a secret key and is no secret: places to fill in, names of variables, types.

A value says nothing if it is made of known words only, such as ``<your token>``, ``changeme``,
``${API_KEY}``, ``self.token`` or ``String!``. One word that is not in the list, and it is a secret.
"""

from __future__ import annotations

import re

_WORDS = frozenset(
    b"""
    an the your my our some this that any new old here me please insert enter add put paste type
    replace change with set provide fill in is to be of for from and or not goes needed
    placeholder example sample dummy fake redacted removed hidden masked filtered secure todo tbd
    fixme xxx foo bar baz changeme changeit replaceme
    api app access auth oauth authorization authentication bearer basic secret secrets private
    public
    client server service user username account token tokens key keys password passwords
    passwd
    pwd pass passphrase passcode credential credentials cookie cookies session sessions csrf
    xsrf jwt
    id ids name value values code pin otp signature sig dsn hash salt nonce login db database
    refresh personal
    self cls args kwargs argv opts options params param config conf settings env environ environment
    process os sys request req response res result data json body form query headers header input
    output ctx context state props default none null nil undefined true false get post fetch
    load read create make generate next current str string int integer char bytes text varchar
    boolean bool float double long decimal dict list tuple array callable number object optional
    any unknown void never const final readonly var let static
    std option securestring secretstr field column type types length required
    getenv getpass import meta vars process return await async function def lambda
    func class classes callback interface stream channel attribute attributes error errors exception
    keyword comment operator punctuation whitespace literal content marker line lines item items
    index match group len iter max min style view original
    """.split()
)
"""Words of which a value may be made: what asks for a secret, what code calls one, and types."""

_PIECES = re.compile(rb"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+|[\x80-\xff]+")
_FILLED = re.compile(
    rb"(?i)(?:(x|\*|\.|-|_|#|\?|0|\xe2\x80\xa2)\1+|%[a-z]|%\([a-z_]+\)s"
    rb"|[a-z]{2,6}[_-]?(?:[a-z]{2,5}[_-])?x{8,})\Z"
)
_EXPRESSION = re.compile(rb"[A-Za-z_]+(?:\.[A-Za-z_]+)*[(\[]|[A-Za-z_]+(?:\.[A-Za-z_]+)+[,;:)]?\Z")
_SMALL_NUMBER = re.compile(rb"0x[0-9A-Fa-f]{1,2}[,;:)]?\Z")
_MAY_BE_CODE = re.compile(rb"[.(\[]")
_PLACE = re.compile(rb"(?<=[\[(])-?[0-9]{1,2}(?=[\])])")
_DIGIT = re.compile(rb"[0-9]")
_PUNCTUATION = b"{}[]()<>/\\\"',;:.|-+=*&%$#@!~^?_`"
_FEW_SIGNS = 3
_LONGEST_SIGN = 7  # bytes: a picture, and what makes it colorful
_SHORTEST = 2
LONGEST = 80
"""Bytes of the longest value that can say nothing."""


def says_nothing(value: bytes) -> bool:
    """Tell whether a value is made of known words, or keeps a place.

    >>> says_nothing(b"<your api key>"), says_nothing(b"${DB_PASSWORD}"), says_nothing(b"xxxx")
    (True, True, True)
    >>> says_nothing(b"self.token"), says_nothing(b"tulip"), says_nothing(b"password1")
    (True, False, False)
    """
    if len(value) > LONGEST:
        return False
    if _FILLED.match(value) or (len(value) <= _FEW_SIGNS and not value.strip(_PUNCTUATION)):
        return True
    if _is_sign(value):
        return True
    first = _PIECES.search(value)
    if first is None or len(value) < _SHORTEST or not _is_known(first[0]):
        return False
    return all(map(_is_known, _PIECES.findall(value, first.end())))


def _is_sign(value: bytes) -> bool:
    """Tell whether a value is one picture, which has no letters."""
    if value.isascii() or len(value) > _LONGEST_SIGN:
        return False
    return not any(map(str.isalnum, value.decode("utf-8", "replace")))


def _is_known(piece: bytes) -> bool:
    return piece.lower() in _WORDS


def is_code(value: bytes, *, spaced: bool) -> bool:
    """Tell whether a value in no quotes is a call, an expression with a known word, or ``0x08``.

    Code has blanks around its signs; where none are, as in a query, it begins with such a word.

    >>> is_code(b"make(", spaced=False), is_code(b"tulip()", spaced=True)
    (True, False)
    >>> is_code(b"tulip.next()", spaced=False), is_code(b"tulip.next()", spaced=True)
    (False, True)
    """
    if _SMALL_NUMBER.match(value):
        return spaced
    if len(value) > LONGEST or not _MAY_BE_CODE.search(value):
        return False
    if _DIGIT.search(_PLACE.sub(b"", value)):
        return False
    pieces = _PIECES.findall(value)
    known = any(map(_is_known, pieces if spaced else pieces[:1]))
    return known and _EXPRESSION.match(value) is not None
