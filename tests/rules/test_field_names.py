"""Names of fields for secrets: a row per word, and words that only look alike."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from replay_redact._rules import field_names
from replay_redact._rules.field_names import SECRETS, is_secret_name, shows_dots

WORDS = [phrase.strip() for words in SECRETS.values() for phrase in words.split(",")]

WRITTEN = """
CVV cvv2 card-cvc cardCVC card_number cardnumber cardNumber CARDNUMBER ccNum ccnumber cc-number txtPassword user_pw loginpw
newPassword new_password PASSWORD passwordConfirm confirmPassword userPin user-pin PINcode pinCode pin1 OTPinput otp-1 loginOtp
smsotp ssn SSN socialSecurityNumber iban IBAN expDate exp-month cardExpiry passwd user_passwd secretAnswer clientSecret apiKey
api_key accessToken mfaCode 2fa_code totp-code passcode pwd mdp motDePasse senha senha2 contrasena wachtwoord haslo hasło Hasła
Kreditkartennummer Kartenprüfnummer kartenpruefnummer contraseña CPF pesel bsn pass pw clave
""".split()
LABELS = [
    "Password", "Enter your PIN", "Security code", "Card number (16 digits)", "One-time code", "Passwort bestätigen",
    "Numéro de carte", "Numéro de sécurité sociale", "Mot de passe oublié", "Número de tarjeta", "Código de seguridad", "Contraseña",
    "Palavra-passe", "Número do cartão", "Numero della carta", "Parola d'ordine", "Codice fiscale", "Geheime code", "Numer karty",
    "Kod bezpieczeństwa", "Nowe hasło", "PRÜFNUMMER", "pass\u00adword password", "ＰＩＮ",
]  # fmt: skip
ALIKE = """
shipping spinner pinterest opinion pineapple pinned typing topping mapping pincushion alpine footpath hotpot robot biotope
session lesson essence assessment businesson passport passenger compass secretary secretariat passage bypass q search query
caribbean caliban expand experience express expert export carding discard discover cardinal cardboard cartouche scarf zip
postcode username company panel span pantry tanning titan sultan incipient quota classname assignment mission tokenizer key
keyboard keyword code country comment expense pawn crypt wort antwort wortwahl numero number card carta pas tan-color
chave-mestra clave-de-sol palabra-clave user_pass_count
""".split()


def written(phrase):
    run_together = phrase.replace(" ", "")
    return [
        phrase, phrase.upper(), phrase.title(), run_together, run_together.upper(), phrase.replace(" ", "-"), phrase.replace(" ", "_"),
        phrase.title().replace(" ", ""), f"my_{phrase}", f"{phrase} *", f"user-{phrase}-field",
    ]  # fmt: skip


def test_each_word_however_authors_write_it():
    names = [name for phrase in WORDS for name in written(phrase)]
    assert len(names) > 1000
    assert [name for name in names if not is_secret_name(name)] == []


def test_names_that_say_so():
    assert [name for name in WRITTEN + LABELS if not is_secret_name(name)] == []


def test_names_that_only_look_alike():
    names = ["", *ALIKE, *map(str.upper, ALIKE)]
    assert [name for name in names if is_secret_name(name)] == []


@pytest.mark.parametrize("masked", ["*** *****", "***", "\u00d7\u00d7"])
def test_a_masked_name_says_nothing(masked):
    assert not is_secret_name(masked)


def test_each_word_has_a_hint():
    """A name without a hint is skipped, so a word without a hint would never be found."""

    def has_hint(phrase):
        return any(map(field_names._HINT.search, phrase.split()))

    assert [phrase for phrase in WORDS if not has_hint(phrase)] == []
    assert [phrase for phrase in field_names._ALONE if not has_hint(phrase)] == []


@given(
    st.lists(
        st.sampled_from(["pin", "card", "no", "x", "-", "P", "é", "2", " ", "password"]), max_size=8
    ).map("".join)
)
def test_a_secret_word_between_borders_is_found_whatever_stands_beside_it(text):
    assert is_secret_name(f"{text} pin {text}")
    if re.search("password", text, re.IGNORECASE):
        assert is_secret_name(text)


@pytest.mark.parametrize(
    "style",
    ["-webkit-text-security: disc", "TEXT-SECURITY:circle", "a:b;-webkit-text-security :square"],
)
def test_styles_that_show_dots(style):
    assert shows_dots(style)


@pytest.mark.parametrize(
    "style",
    [
        "",
        "color: red",
        "--security: 1",
        "background: url(text-security)",
        "all: initial; -webkit-text-security: initial",
        "text-security:none",
    ],
)
def test_styles_that_do_not(style):
    assert not shows_dots(style)


@pytest.mark.parametrize("word", "none initial inherit unset revert false".split())
def test_words_that_show_no_dots_and_words_that_begin_with_them(word):
    assert not shows_dots(f"-webkit-text-security: {word}")
    assert shows_dots(f"-webkit-text-security: {word}x")  # unknown to us, perhaps not to a browser
