"""What stands under a secret key and is no secret: each known word, and what has one unknown."""

import pytest

from replay_redact.scrub.keys.placeholders import LONGEST, is_code, says_nothing

WORDS = """
    an the your my our some this that any new old here me please insert enter add put paste type replace change with set provide fill in is to be of
    for from and or not goes needed placeholder example sample dummy fake redacted removed hidden masked filtered secure todo tbd fixme xxx foo bar
    baz changeme changeit replaceme api app access auth oauth authorization authentication bearer basic secret secrets private public client server
    service user username account token tokens key keys password passwords passwd pwd pass passphrase passcode credential credentials cookie cookies
    session sessions csrf xsrf jwt id ids name value values code pin otp signature sig dsn hash salt nonce login db database refresh personal self cls
    args kwargs argv opts options params param config conf settings env environ environment process os sys request req response res result data json
    body form query headers header input output ctx context state props default none null nil undefined true false get post fetch load read create
    make generate next current str string int integer char bytes text varchar boolean bool float double long decimal dict list tuple array callable
    number object optional unknown void never const final readonly var let static std option securestring secretstr field column types length required
    getenv getpass import meta vars return await async function def lambda func class classes callback interface stream channel attribute attributes
    error errors exception keyword comment operator punctuation whitespace literal content marker line lines item items index match group len iter max
    min style view original
""".split()  # fmt: skip


@pytest.mark.parametrize("form", ["{}", "<{}>", "${{{}}}", "my_{}", "your-{}", "the {}"])
def test_a_known_word_says_nothing(form):
    texts = [form.format(word) for word in (*WORDS, *map(str.upper, WORDS))]
    assert [text for text in texts if not says_nothing(text.encode())] == []


@pytest.mark.parametrize("form", ["{}q", "{}1", "{}é", "tulip_{}", "{}-Tulip"])
def test_a_known_word_with_more_says_something(form):
    texts = [form.format(word) for word in WORDS]
    assert [text for text in texts if says_nothing(text.encode())] == []


@pytest.mark.parametrize(
    "filled",
    [
        "",
        "xx",
        "xxxx",
        "****",
        "....",
        "--",
        "__",
        "##",
        "??",
        "00",
        "••",
        "%s",
        "%(name)s",
        "ghp_xxxxxxxx",
        "sk-ant-xxxxxxxx",
        "{}",
        "'",
        "...",
        "->",
        "💳",
        "💳\ufe0f",
    ],
)
def test_what_keeps_a_place_says_nothing(filled):
    assert says_nothing(filled.encode())


@pytest.mark.parametrize(
    "value",
    [
        "a",
        "x",
        "0",
        "xxxy",
        "%ab",
        "%(a)sb",
        "ghp_xxxxxxx",
        "ghp_xxxxxxxxy",
        "{}[]",
        "->>>",
        "💳💳",
        "💳a",
        "é",
        "(x)",
    ],
)
def test_what_says_something(value):
    assert not says_nothing(value.encode())


def test_long_values_say_something():
    word = "token " * 20
    assert says_nothing(word[:LONGEST].encode())
    assert not says_nothing(word[: LONGEST + 1].encode())
    assert is_code(b"self.token" + b"[" * (LONGEST - 10), spaced=True)
    assert not is_code(b"self.token" + b"[" * (LONGEST - 9), spaced=True)


CODE = [
    "get(",
    "self.a",
    "a.token",
    "key[0]",
    "key[-1]",
    "a.get(10)",
    "self.a,",
    "self.a;",
    "self.a)",
    "a_token()",
]
NO_CODE = [
    "get",
    "tulip(",
    "tulip.harbor",
    "key[100]",
    "key1[0]",
    "a.get(1b)",
    "self.a}",
    "self.-a",
    "1.token",
    "self.a b",
]


@pytest.mark.parametrize("value", CODE)
def test_code(value):
    assert is_code(value.encode(), spaced=True)


@pytest.mark.parametrize("value", NO_CODE)
def test_no_code(value):
    assert not is_code(value.encode(), spaced=True)


@pytest.mark.parametrize("letter", "AZaz_")
def test_every_letter_may_be_in_code(letter):
    for text in (
        f"{letter}.token(",
        f"token.{letter}(",
        f"{letter}.token",
        f"token.{letter}",
        f"token.{letter}[",
        f"token.{letter};",
    ):
        assert is_code(text.encode(), spaced=True)


@pytest.mark.parametrize("sign", [b"A", b"Z", b"a", b"z", b"0", b"9", b"\xc2\x80", b"\xff"])
def test_every_letter_may_be_unknown(sign):
    assert not says_nothing(b"token " + 3 * sign + b"q")
    assert not says_nothing(b"token " + 3 * sign)


@pytest.mark.parametrize(
    "text",
    [
        "%a",
        "%z",
        "%(a_z)s",
        "%(z)s",
        "az_xxxxxxxx",
        "zaazza-xxxxxxxx",
        "az_za_xxxxxxxx",
        "az-zaaza-xxxxxxxx",
        "azxxxxxxxx",
    ],
)
def test_the_edges_of_what_is_filled(text):
    assert says_nothing(text.encode())


@pytest.mark.parametrize(
    "text",
    [
        "%(1)s",
        "%1",
        "q_xxxxxxxx",
        "qwertyuiopas_xxxxxxxx",
        "qw_e_xxxxxxxx",
        "qw_ertyui_xxxxxxxx",
        "qw_er_ty_xxxxxxxx",
        "qw_xxxxxxx",
    ],
)
def test_what_is_not_filled(text):
    assert not says_nothing(text.encode())
