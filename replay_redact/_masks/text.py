"""Masks for text and form values.

A mask takes any string and keeps what layout needs: the length in UTF-16 units and, in text, the
places of white space. Masking twice gives the same as masking once. A mask knows nothing of nodes
or policies.

White space is what JavaScript calls white space, because recordings are made there: U+FEFF is
white space, U+0085 and U+001C to U+001F are not.
"""

from __future__ import annotations

import re
import unicodedata

from replay_redact._runtime.utf16 import utf16_length

MASK = "*"
"""Stands in the place of every unit that is masked, unless a policy has a ``mask_char``.

Addresses, style sheets and keys of JSON have it under every policy: there, other characters could
mean something.
"""

_MASK_SIGNS = frozenset("*#+~=?!@$%^|")  # of ASCII; the others mean something in names or numbers
_MEANT = frozenset("\u00d7\u2800\ufffc")  # stands in CSS; blank Braille; not always visible
_VISIBLE = {"Pc", "Pd", "Ps", "Pe", "Pi", "Pf", "Po", "Sm", "Sc", "So"}
_LAST_OF_ONE_UNIT = "\uffff"

# JavaScript white space that Latin-1 has.
LATIN_SPACES = "\t\n\v\f\r \xa0"
# All other JavaScript white space, as escapes, so that readers can see it.
OTHER_SPACES = "\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff"
_UNUSUAL = re.compile(f"[{OTHER_SPACES}\U00010000-\U0010ffff]")  # a plain set is the fastest regex
_SEPARATORS = ("\v", "\f", "\u2029")  # masks leave white space alone; pages rarely hold these

_ONLY_PYTHONS = "\x1c\x1d\x1e\x1f\x85"  # white space to Python, not to JavaScript
_FEW = 4  # for fewer texts, joining does not pay


def byte_table(kept: str) -> bytes:
    return bytes(i if chr(i) in kept else ord(MASK) for i in range(256))


_DIGITS = re.compile(r"[0-9]|[^\x00-\x7f]")  # what may be a digit
_LATIN_TABLE = byte_table(LATIN_SPACES)


def mask_text(text: str) -> str:
    r"""Replace each UTF-16 unit by an asterisk, except white space.

    >>> mask_text("Jane Roe,\n\U0001f600")
    '**** ****\n**'
    """
    if text.isascii():
        return text.encode().translate(_LATIN_TABLE).decode()
    parts: list[str] = []
    at = 0
    for unusual in _UNUSUAL.finditer(text):
        parts += (
            _mask_narrow(text[at : unusual.start()]),
            "**" if unusual[0] > "\uffff" else unusual[0],
        )
        at = unusual.end()
    return "".join(parts) + _mask_narrow(text[at:])


def is_mask_char(text: str) -> bool:
    """Tell whether a policy may mask with a character: one visible sign of one UTF-16 unit.

    Letters and digits read as content, and could match what selectors and style sheets compare.

    >>> is_mask_char("\u2022"), is_mask_char("#"), is_mask_char("x"), is_mask_char("-")
    (True, True, False, False)
    """
    if len(text) != 1 or text > _LAST_OF_ONE_UNIT or text in _MEANT:
        return False
    return text in _MASK_SIGNS if text.isascii() else unicodedata.category(text) in _VISIBLE


def is_masked(text: str, mask_char: str = MASK) -> bool:
    """Tell whether a text has nothing left to mask.

    >>> is_masked("** *"), is_masked("\u2022", "\u2022"), is_masked("Jane")
    (True, True, False)
    """
    return mask_text(text).replace(MASK, mask_char) == text


def has_odd_space(text: str) -> bool:
    r"""Tell whether a text holds a character that is white space to Python, not to JavaScript.

    >>> has_odd_space("\n\t "), has_odd_space("\n\x1c")
    (False, True)
    """
    return any(odd in text for odd in _ONLY_PYTHONS)


def is_blank(text: str) -> bool:
    r"""Tell whether a text is empty or only JavaScript white space, so that masks leave it alone.

    >>> is_blank("\n\t "), is_blank(""), is_blank("\n\x1c")
    (True, True, False)
    """
    return not text or (text.isspace() and not has_odd_space(text))


def _mask_narrow(text: str) -> str:
    """Mask text whose white space is all in Latin-1. Other characters become ``?`` on the way."""
    return text.encode("latin-1", "replace").translate(_LATIN_TABLE).decode("latin-1")


def mask_texts(texts: list[str]) -> list[str]:
    """Mask many texts in one pass. That is several times faster than one by one.

    >>> mask_texts(["Jane", " Roe "])
    ['****', ' *** ']
    """
    if len(texts) < _FEW:
        return [mask_text(text) for text in texts]
    other = [at for at, text in enumerate(texts) if not text.isascii()]
    plain = texts.copy()
    for at in other:
        plain[at] = ""  # one text beyond ASCII would slow down the whole pass
    masked = _mask_joined(plain)
    if other:
        for at, text in zip(other, _mask_joined([texts[at] for at in other]), strict=True):
            masked[at] = text
    return masked


def _mask_joined(texts: list[str]) -> list[str]:
    for separator in _SEPARATORS:
        joined = separator.join(texts)
        if joined.count(separator) == len(texts) - 1:
            return mask_text(joined).split(separator)
    return list(map(mask_text, texts))


def mask_digits(text: str, sign: str = MASK) -> str:
    """Replace each digit, of any script, by a sign for each UTF-16 unit. All else stays.

    >>> mask_digits("Order 1\u0665\u00b2 of \U0001d7d8")
    'Order *** of **'
    """
    return _DIGITS.sub(lambda found: _sign_if_number(found[0], sign), text)


def _sign_if_number(character: str, sign: str) -> str:
    if character > "9" and unicodedata.category(character)[0] != "N":
        return character
    return sign * utf16_length(character)


def mask_input(text: str) -> str:
    """Replace each UTF-16 unit by an asterisk, white space included.

    >>> mask_input("a b")
    '***'
    """
    return MASK * utf16_length(text)
