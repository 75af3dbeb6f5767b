"""Names of form fields that hold passwords, codes, card and insurance numbers.

A page names its fields (``name``, ``id``) and tells people what to enter (``placeholder``,
``aria-label``). Both tell what a field holds before any pattern could find it in the value.

* Names are split into words where authors separate them: at blanks, signs, digits and capitals.
* Neighbouring words are joined again, since some authors write ``pass word`` and others
  ``PassWord``.
* Words that are run together are split only into words of this file: ``cardpin`` is a pin,
  ``shipping`` is not.

If the name of a field says nothing, the policy alone decides about it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from itertools import groupby
from operator import itemgetter

from replay_redact._css.tokens import unescape

SECRETS = {
    "English": """
        cvv, cvc, cvn, csc, security code, card code, card verification, verification
        value, card number, card no, card num, card nr, credit card, debit card, cc
        number, cc num, cc no, pan number, card expiry, card expiration, card exp, cc
        exp, exp date, exp month, exp year, expiry date, expiry month, expiry year,
        expiration date, iban, account number, routing number, sort code, ssn, social
        security, social insurance, pin, otp, totp, 2fa, mfa, one time code, one time
        password, one time passcode, verification code, auth code, authentication code,
        authenticator code, confirmation code, sms code, recovery code, backup code,
        ccv, card cvv, expiry, verify code, two factor code, login pass, pass confirm,
        confirm pass, refresh token, bearer token, account num, acct num, bank account,
        access code, security answer, secret, password, passwd, passwrd, passcode,
        passphrase, passkey, pswd, pwd, psw, api key, access key, private key, access
        token, auth token, api token, seed phrase
    """,
    "German": """
        passwort, kennwort, losungswort, geheimwort, geheimzahl, geheimnummer,
        geheimcode, geheim, geheime, geheimnis, kartennummer, kreditkarte, kreditkarten,
        kartenpruefnummer, kartenprufnummer, pruefnummer, prufnummer, pruefziffer,
        prufziffer, sicherheitscode, sicherheitsnummer, sozialversicherungsnummer,
        versicherungsnummer, kontonummer, tannummer, mtan, smstan, pushtan, einmalcode,
        bestaetigungscode, bestatigungscode, zugangscode, zugangsschluessel,
        zugangsschlussel, ablaufdatum, gueltig bis, gultig bis, kartennr, kontonr,
        sozialversicherungsnr, svnr
    """,
    "French": """
        mot de passe, mots de passe, mdp, code secret, code confidentiel, secrete,
        numero de carte, numero carte, numero de la carte, carte bancaire, carte de
        credit, cryptogramme, code de securite, code securite, securite sociale, code a
        usage unique, code de verification, code de validation, mot passe, numero de
        compte, num carte, date expiration, cle api, code sms
    """,
    "Spanish": """
        contrasena, contrasenia, clave de acceso, clave secreta, clave personal,
        secreto, secreta, numero de tarjeta, numero tarjeta, numero de la tarjeta,
        tarjeta de credito, tarjeta de debito, codigo de seguridad, codigo seguridad,
        seguridad social, codigo de verificacion, codigo de un solo uso, numero de
        cuenta, nr tarjeta, fecha de caducidad, token acceso, token de acceso
    """,
    "Portuguese": """
        senha, palavra passe, segredo, numero do cartao, numero de cartao, cartao de
        credito, cartao de debito, codigo de seguranca, codigo seguranca, seguranca
        social, codigo de verificacao, codigo de uso unico, cpf, numero da conta, chave
        de api, validade
    """,
    "Italian": """
        parola d ordine, segreto, segreta, numero carta, numero di carta, numero della
        carta, carta di credito, carta di debito, codice di sicurezza, codice sicurezza,
        codice fiscale, codice di verifica, codice monouso, numero di conto, scadenza,
        chiave api
    """,
    "Dutch": """
        wachtwoord, toegangscode, kaartnummer, pincode, beveiligingscode,
        veiligheidscode, burgerservicenummer, bsn, eenmalige code, verificatiecode,
        rekeningnummer, rekeningnr, vervaldatum, api sleutel
    """,
    "Polish": """
        haslo, hasla, numer karty, nr karty, karta kredytowa, karty kredytowej, kod
        bezpieczenstwa, kod zabezpieczajacy, tajny, tajne, sekret, pesel, kod
        jednorazowy, kod weryfikacyjny, kod sms, numer konta, nr konta, data waznosci,
        klucz api
    """,
}
"""By language, what names such fields, without accents. Words of a phrase may be run together."""

_ALONE = frozenset({"clave", "chave", "tan", "pw", "pass", "passe"})
"""Words that mean a secret only where nothing else stands beside them."""

_BESIDE = frozenset(
    """
    new old current user card cards credit debit bank code codes number numbers num no nr nummer
    input field fields txt text box value confirm confirmation confirmed login signin signup my the
    enter repeat repeated retype reenter verify again form sms email mail phone account client
    customer payment pay cc id
    """.split()
)
"""Words with which authors run the short ones together: ``cardpin``, ``otpinput``."""

_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)", re.DOTALL)
_DOTS = re.compile(
    r"text-security\s*+:\s*+(?!none\b|initial\b|inherit\b|unset\b|revert\b|false\b)", re.IGNORECASE
)
_OTHER_LETTERS = str.maketrans(
    {"\u0142": "l", "\u00df": "ss", "\u00e6": "ae", "\u0153": "oe", "\u00f8": "o", "\u0131": "i"}
)
_TOKEN = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+")
_LONGEST_TOKEN = 64  # what is run together is not longer
_LEAST_STEM = 8  # letters that no other word of these languages has in a row


_PHRASES = frozenset(
    "".join(phrase.split()) for words in SECRETS.values() for phrase in words.split(",")
)


def _any_of(words: Iterable[str]) -> re.Pattern[str]:
    """Return a pattern that finds any of these words; by their first letters, so it is fast."""
    groups = groupby(sorted(words), key=itemgetter(0))
    return re.compile(
        "|".join(f"{first}(?:{'|'.join(word[1:] for word in group)})" for first, group in groups)
    )


HINTS = tuple(
    """
    pass pw psw cvv cvc cvn csc card cart cc kart cod kod secr segr sekr gehei ssn socia pin otp mfa
    2fa iban numb numm nume konta senha clave chave tan wort exp token key phrase mdp cpf bsn pesel
    hasl tajn parola pru secu sicher verifi crypt contrasen tarj wacht ablauf gueltig gultig scaden
    chiav klucz waznos valid verval sleutel caduc acct account factor conto api svnr zugang
    kontonr rekening
    """.split()
)
"""Each phrase has one of them in one of its words: what has none is not looked at further."""
_HINT = _any_of(HINTS)

_MOST_WORDS = 6  # in a phrase, digits counted
_LONGEST_PHRASE = max(map(len, _PHRASES))
_STEM = _any_of(word for word in _PHRASES if len(word) >= _LEAST_STEM)
_SHORT = frozenset(word for word in _PHRASES if len(word) < _LEAST_STEM) | {"pw"}


def is_secret_name(text: str) -> bool:
    """Tell whether a name or label of a form field says that a secret is to be entered.

    >>> is_secret_name("card-cvc"), is_secret_name("newPassword"), is_secret_name("Numéro de carte")
    (True, True, True)
    >>> is_secret_name("shipping"), is_secret_name("q"), is_secret_name("passport")
    (False, False, False)
    """
    plain = text
    if not text.isascii():
        plain = unicodedata.normalize("NFKD", text.translate(_OTHER_LETTERS))
        plain = "".join([character for character in plain if not unicodedata.combining(character)])
    low = plain.lower()
    if _HINT.search(low) is None:
        return False
    if _STEM.search(low):
        return True
    words = _TOKEN.findall(low)
    if low != plain:  # capitals may be borders, or say nothing: PINcode
        words_of_case = [word.lower() for word in _TOKEN.findall(plain)]
        if words_of_case != words and _tells(words_of_case):
            return True
    return _tells(words)


def shows_dots(style: str) -> bool:
    """Tell whether a style has what is typed shown as dots.

    >>> shows_dots("-webkit-text-security: disc"), shows_dots("color: red")
    (True, False)
    """
    if "\\" in style or "/*" in style:
        style = unescape(_COMMENT.sub("", style))
    return "security" in style.lower() and _DOTS.search(style) is not None


def _tells(words: list[str]) -> bool:
    if len(words) == 1 and words[0] in _ALONE:
        return True
    for start in range(len(words)):
        joined = ""
        for word in words[start : start + _MOST_WORDS]:
            joined += word
            if len(joined) > _LONGEST_PHRASE:
                break
            if joined in _PHRASES:
                return True
    return any(map(_is_run_together, set(words))) or _is_run_together("".join(words[:_MOST_WORDS]))


def _is_run_together(word: str) -> bool:
    """Tell whether a word falls into short secret words and words that stand beside them."""
    if not _LEAST <= len(word) <= _LONGEST_TOKEN:
        return False
    reached = {0: False}  # place to whether a secret word is on the way there
    for at in range(len(word)):
        if at not in reached:
            continue
        for end in range(at + 2, min(at + _LONGEST_PIECE, len(word)) + 1):
            piece = word[at:end]
            if piece in _SHORT:
                reached[end] = True
            elif piece in _BESIDE:
                reached[end] = reached.get(end, False) or reached[at]
    return reached.get(len(word), False)


_LEAST = min(map(len, _SHORT)) + 1
_LONGEST_PIECE = max(map(len, _SHORT | _BESIDE))
