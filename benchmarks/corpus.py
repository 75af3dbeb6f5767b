"""A seeded corpus of strings as consoles and networks have them, with labelled secrets.

Every string is benign, or holds one secret of one kind. Benign strings hold what a scanner could
take for a secret by mistake: timestamps, ids, hashes, versions, words such as "token".
"""

from __future__ import annotations

import base64
import random
import string
from collections.abc import Callable, Iterator
from typing import NamedTuple

ALNUM = string.ascii_letters + string.digits
HEX = "0123456789abcdef"
URL64 = ALNUM + "-_"

Random = random.Random
Make = Callable[[Random], str]


class Line(NamedTuple):
    """A string, what of it is secret, and of which kind; both empty if it is benign."""

    text: str
    kind: str = ""
    secret: str = ""


def lines(
    size: int = 5_000_000, seed: int = 1, *, every: int = 40, look_alikes: bool = True
) -> list[Line]:
    """Return the corpus: strings of at least ``size`` characters together.

    One string in ``every`` holds a secret, the kinds take turns; of the benign, one in
    four looks like one, unless told otherwise.
    """
    return list(_lines(size, Random(seed), every, BENIGN if look_alikes else COMMON))


def _lines(size: int, rng: Random, every: int, benign: list[Make]) -> Iterator[Line]:
    kinds = sorted(SECRETS)
    total = number = 0
    while total < size:
        if number % every == 0:
            kind = kinds[number // every % len(kinds)]
            line = _secret_line(kind, rng)
        else:
            line = Line(rng.choice(benign)(rng))
        number += 1
        total += len(line.text)
        yield line


def _secret_line(kind: str, rng: Random) -> Line:
    secret, forms = SECRETS[kind]
    made = secret(rng)
    form = rng.choice(forms or FORMS)
    return Line(form.replace("{}", made).replace("<w>", _word(rng)), kind, made)


WORDS = """
account address amount apple authored balance banner basket border bottle branch bridge bucket button
camera canvas carbon change charge choice client cloud column common copper corner cursor
danger deploy detail device dialog dinner double editor engine expert export fabric family filter finger
flight folder forest format frozen garden gather global ground handle harbor height hidden import insect
island jacket kernel ladder letter linear listen marble margin marker member memory method middle mirror
module moment needle notice number object office option orange output packet palace parent pencil people
person planet player pocket policy portal public purple random reader record remote render result return
rocket sample schema screen script search second secretary select server shadow signal silver simple single
socket source spring square stable status stream string summer switch symbol system tablet target tokenize
ticket timber toggle travel tunnel update valley vector vendor volume window winter worker yellow
""".split()


def _word(rng: Random) -> str:
    return rng.choice(WORDS)


# --- what secrets look like -------------------------------------------------------------


def _chars(alphabet: str, length: int) -> Make:
    return lambda rng: "".join(rng.choices(alphabet, k=length))


def _with(prefix: str, *parts: str | Make) -> Make:
    def make(rng: Random) -> str:
        return prefix + "".join(part if isinstance(part, str) else part(rng) for part in parts)

    return make


def _luhn_digit(digits: str) -> str:
    doubled = [int(d) * (2 if at % 2 == 0 else 1) for at, d in enumerate(reversed(digits))]
    return str(-sum(d // 10 + d % 10 for d in doubled) % 10)


def card(rng: Random) -> str:
    start, length = rng.choice(
        [("4", 16), ("51", 16), ("55", 16), ("2223", 16), ("34", 15), ("37", 15), ("6011", 16),
         ("65", 16), ("3530", 16), ("36", 14), ("62", 16), ("4", 19), ("2200", 16)]
    )  # fmt: skip
    digits = start + "".join(rng.choices(string.digits, k=length - len(start) - 1))
    digits += _luhn_digit(digits)
    if length != 16 or rng.random() < 0.4:
        return digits
    return rng.choice([" ", "-", "."]).join(digits[i : i + 4] for i in (0, 4, 8, 12))


def _ssn(rng: Random) -> str:
    area = rng.choice([rng.randint(1, 665), rng.randint(667, 899)])
    return f"{area:03}-{rng.randint(1, 99):02}-{rng.randint(1, 9999):04}"


def _iban(rng: Random) -> str:
    country, length = rng.choice([("DE", 22), ("NL", 18), ("FR", 27), ("GB", 22), ("ES", 24)])
    body = "".join(rng.choices(string.digits, k=length - 4))
    number = int("".join(str(int(c, 36)) for c in body + country + "00"))
    code = f"{country}{98 - number % 97:02}{body}"
    return code if rng.random() < 0.5 else " ".join(code[i : i + 4] for i in range(0, length, 4))


def _imei(rng: Random) -> str:
    digits = rng.choice(["35", "86", "01"]) + "".join(rng.choices(string.digits, k=12))
    return digits + _luhn_digit(digits)


def _ipv4(rng: Random) -> str:
    return ".".join(str(rng.randint(1, 254)) for _ in range(4))


def _ipv6(rng: Random) -> str:
    return "2001:db8:" + ":".join(f"{rng.randint(1, 65535):x}" for _ in range(6))


def _mac(rng: Random) -> str:
    return rng.choice(":-").join(_chars(HEX, 2)(rng) for _ in range(6))


def _email(rng: Random) -> str:
    return f"{_word(rng)}.{_word(rng)}{rng.randint(1, 99)}@{_word(rng)}.example"


def _jwt(rng: Random) -> str:
    parts = [
        base64.urlsafe_b64encode(f'{{"{key}":"{_word(rng)}"}}'.encode()) for key in ("alg", "sub")
    ]
    return ".".join(part.decode().rstrip("=") for part in parts) + "." + _chars(URL64, 43)(rng)


def _key(rng: Random) -> str:
    name = rng.choice(["", "RSA ", "EC ", "OPENSSH "])
    body = "\n".join(_chars(ALNUM + "+/", 64)(rng) for _ in range(3))
    end = f"\n-----END {name}PRIVATE KEY-----" if rng.random() < 0.7 else ""
    return f"-----BEGIN {name}PRIVATE KEY-----\n{body}{end}"


def _basic(rng: Random) -> str:
    return base64.b64encode(f"{_word(rng)}:{_chars(ALNUM, 9)(rng)}".encode()).decode()


def _password(rng: Random) -> str:
    return _word(rng) + _chars(ALNUM + "!$#*", 6)(rng) + "x"


FORMS = [
    "GET /api/<w>?q={} 200", "[<w>] failed for {} after 3 attempts", '{"<w>": "{}", "ok": true}',
    "<w>={}", "value: {}", "Error: cannot read {} (<w>)", "user {} signed in", "{}",
    "https://api.example/<w>/?x={}&page=2", 'console.log("<w>", "{}")', '{\\"<w>\\":\\"{}\\"}',
]  # fmt: skip
_PLAIN = ["number {} was given", "<w>: {}", "{} is due", '{"<w>":"{}"}', "paid with {}, thanks"]
_NEXT = ["from {} to <w>", "host {}", "connect {} failed", '{"<w>":"{}"}']

SECRETS: dict[str, tuple[Make, list[str]]] = {
    "card": (card, _PLAIN),
    "us_ssn": (_ssn, _PLAIN),
    "iban": (_iban, _PLAIN),
    "imei": (_imei, _PLAIN),
    "ipv4": (_ipv4, _NEXT),
    "ipv6": (_ipv6, _NEXT),
    "mac": (_mac, _NEXT),
    "email": (_email, ["to {}", "<{}> wrote", "user={}", '{"<w>":"{}"}', "mailto:{}?x=1"]),
    "jwt": (_jwt, []),
    "private_key": (_key, ["{}", "<w>\n{}"]),
    "bearer": (_chars(URL64, 32), ["Bearer {}", "curl -H 'X: Bearer {}' <w>"]),
    "basic": (_basic, ["Basic {}", "sent Basic {} to <w>"]),
    "url_credentials": (_with("", _chars(ALNUM, 6), ":", _chars(ALNUM + "$!%", 10)), [
        "redis://{}@cache.example:6379/0", "https://{}@git.example/<w>.git"]),
    "password": (_password, ["password={}", '{"password": "{}"}', "pwd={}&x=<w>", "user[passwd]={}"]),
    "api_key": (_chars(ALNUM, 24), ["api_key={}", '{"apiKey":"{}"}', "X-Api-Key: {}", "apikey = '{}'"]),
    "cookie": (_with("sid=", _chars(HEX, 24)), ["Cookie: {}; theme=<w>", "set-cookie: {}; Path=/"]),
    "csrf": (_chars(URL64, 30), ["csrf_token={}", '{"csrfToken": "{}"}', "X-XSRF-TOKEN: {}"]),
    "cvv": (_chars(string.digits, 3), ['{"cvv": "{}"}', "cvc={}&<w>=1"]),
    "otp": (_chars(string.digits, 6), ['{"otp": "{}"}', "otp={}&<w>=1"]),
    "user_path": (_with("", _word, _chars(string.digits, 3)), [
        "/home/{}/app.js:10", "/Users/{}/<w>", "at C:\\Users\\{}\\<w>.log"]),
    "github": (_with("ghp_", _chars(ALNUM, 36)), []),
    "github_pat": (_with("github_pat_", _chars(ALNUM, 22), "_", _chars(ALNUM, 59)), []),
    "gitlab": (_with("glpat-", _chars(URL64, 20)), []),
    "stripe": (_with("sk_live_", _chars(ALNUM, 24)), []),
    "aws_key_id": (_with("AKIA", _chars(string.ascii_uppercase + "234567", 16)), []),
    "slack": (_with("xoxb-", _chars(string.digits, 11), "-", _chars(string.digits, 12), "-", _chars(ALNUM, 24)), []),
    "slack_webhook": (_with("https://hooks.slack.com/services/", _chars(ALNUM, 9), "/", _chars(ALNUM, 9), "/", _chars(ALNUM, 24)), ["{}"]),
    "google_api_key": (_with("AIza", _chars(URL64, 35)), []),
    "google_oauth": (_with("ya29.", _chars(URL64, 60)), []),
    "sentry": (_with("sntryu_", _chars(HEX, 64)), []),
    "npm": (_with("npm_", _chars(ALNUM, 36)), []),
    "pypi": (_with("pypi-AgEIcHlwaS5vcmc", _chars(URL64, 70)), []),
    "openai": (_with("sk-proj-", _chars(URL64, 58), "T3BlbkFJ", _chars(URL64, 58)), []),
    "anthropic": (_with("sk-ant-api03-", _chars(URL64, 93), "AA"), []),
    "huggingface": (_with("hf_", _chars(string.ascii_letters, 34)), []),
    "sendgrid": (_with("SG.", _chars(URL64, 22), ".", _chars(URL64, 43)), []),
    "shopify": (_with("shpat_", _chars(HEX, 32)), []),
    "digitalocean": (_with("dop_v1_", _chars(HEX, 64)), []),
    "vault": (_with("hvs.", _chars(URL64, 90)), []),
    "linear": (_with("lin_api_", _chars(ALNUM, 40)), []),
    "databricks": (_with("dapi", _chars(HEX, 32)), []),
    "docker": (_with("dckr_pat_", _chars(URL64, 27)), []),
    "postman": (_with("PMAK-", _chars(HEX, 24), "-", _chars(HEX, 34)), []),
    "groq": (_with("gsk_", _chars(ALNUM, 52)), []),
    "replicate": (_with("r8_", _chars(ALNUM, 37)), []),
}  # fmt: skip
"""How each kind is made, and the forms it stands in; without forms of its own, in any."""

# --- what is benign -------------------------------------------------------------------


def _sentence(rng: Random) -> str:
    return " ".join(_word(rng) for _ in range(rng.randint(4, 24)))


def _uuid(rng: Random) -> str:
    return "-".join(_chars(HEX, size)(rng) for size in (8, 4, 4, 4, 12))


COMMON: list[Make] = [
    _sentence,
    lambda rng: (
        f"[{rng.randint(10, 23)}:{rng.randint(10, 59)}:{rng.randint(10, 59)}.{rng.randint(0, 999):03}] {_sentence(rng)}"
    ),
    lambda rng: (
        f"2026-11-{rng.randint(10, 28)}T10:{rng.randint(10, 59)}:02.117Z INFO {_word(rng)}: {_sentence(rng)}"
    ),
    lambda rng: (
        f"GET https://cdn.example/assets/{_word(rng)}.{_chars(HEX, 8)(rng)}.js 200 {rng.randint(1, 900)}ms"
    ),
    lambda rng: (
        f"https://shop.example/{_word(rng)}/{rng.randint(1, 99999)}?sort={_word(rng)}&page={rng.randint(1, 50)}&label=a%20b"
    ),
    lambda rng: (
        f'{{"id": "{_uuid(rng)}", "{_word(rng)}": {rng.randint(1, 10**6)}, "at": {1795480000000 + rng.randint(0, 10**9)}}}'
    ),
    lambda rng: (
        f"Warning: Each child in a list should have a unique key prop. Check {_word(rng)}. {_sentence(rng)}"
    ),
    lambda rng: (
        f"TypeError: Cannot read properties of undefined (reading '{_word(rng)}')\n    at {_word(rng)} (https://app.example/static/{_word(rng)}.js:{rng.randint(1, 999)}:{rng.randint(1, 99999)})"
    ),
]
"""What logs are full of."""

LOOK_ALIKES: list[Make] = [
    lambda rng: f"request {_uuid(rng)} took {rng.random() * 1000:.6f} ms",
    lambda rng: f"trace {_chars(HEX, 32)(rng)} span {_chars(HEX, 16)(rng)}",
    lambda rng: f"sha256:{_chars(HEX, 64)(rng)} {_word(rng)}",
    lambda rng: (
        f"version {rng.randint(1, 20)}.{rng.randint(0, 40)}.{rng.randint(0, 99)} of {_word(rng)}"
    ),
    lambda rng: (
        f"Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/{rng.randint(90, 140)}.0.0.0 Safari/537.36"
    ),
    lambda rng: (
        f"author: {_word(rng)} {_word(rng)}, tokenize={_word(rng)}, secretary of {_word(rng)}"
    ),
    lambda rng: (
        f"the token was refreshed, the password was changed, and the {_word(rng)} session went on"
    ),
    lambda rng: (
        f"order {rng.randint(10**9, 10**11)} ({_word(rng)}) shipped, {rng.randint(1, 9)} items, {rng.random() * 100:.2f} EUR"
    ),
    lambda rng: (
        f".{_word(rng)}::before {{ content: none; margin: 0 {rng.randint(1, 40)}px; color: #{_chars(HEX, 6)(rng)} }}"
    ),
    lambda rng: (
        f"a cookie-free domain: icon@2x.png {_word(rng)}@1.{rng.randint(0, 20)}.3 std::{_word(rng)} {_word(rng)}@localhost"
    ),
    lambda rng: (
        f"{_word(rng)} 1453843{rng.randint(100000000, 999999999)} {rng.randint(10**5, 10**6)}"
    ),
    lambda rng: f"LCP {rng.random() * 5000:.13f} CLS 0.{_chars(string.digits, 16)(rng)}",
]
"""What is taken for a secret by mistake."""

BENIGN = COMMON * 4 + LOOK_ALIKES
