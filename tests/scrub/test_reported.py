"""What users of scrubbers reported, each with siblings of the same kind, made by table.

«…» marks what is hidden; everything else stays.
"""

import itertools
import json
import re

import pytest
from steps import in_proportion

from replay_redact import Scrub
from replay_redact.scrub import Scrubber
from replay_redact.scrub.formats import FORMATS
from replay_redact.scrub.formats.row import made
from replay_redact.scrub.scanner import scanner_of

SCANNER = scanner_of(Scrub.default())
MARKED = re.compile("«(.*?)»", re.DOTALL)
LABEL = re.compile(r"\[[a-z0-9_]+\]")


def wrong(texts, scanner=SCANNER):
    """Return the marked texts of which something else was hidden, or that change once more."""
    plain = [text.replace("«", "").replace("»", "") for text in texts]
    clean = scanner.strings(plain)
    assert scanner.strings(clean) == clean
    expected = [LABEL.sub("[]", MARKED.sub("[]", text)) for text in texts]
    return [
        (text, got)
        for text, got, want in zip(texts, clean, expected, strict=True)
        if LABEL.sub("[]", got) != want
    ]


def product(form, **parts):
    """Fill a form with every combination of parts."""
    return [
        form.format(**dict(zip(parts, some, strict=True)))
        for some in itertools.product(*parts.values())
    ]


HOSTS = ["shop.example", "api.shop.example:8443", "a.b.example", "localhost"]
ADDRESSES = ["kim.ode@shop.example", "j+tag@mail.shop.example", "müller@köln.example"]
EMAILS = [
    *product("https://{host}/reset?email=«{mail}»&next=/cart", host=HOSTS, mail=ADDRESSES),
    *product("GET https://{host}/u/«{mail}»/orders 404", host=HOSTS, mail=ADDRESSES),
    *product("see //{host}/«{mail}»", host=HOSTS[:3], mail=ADDRESSES), "https://«kim.ode»@shop.example",
    *product("{scheme}://«{user}:tulipHarbor9»@{host}/0", scheme=["redis", "https", "postgres"], user=["default", ""], host=["cache.shop.example:6379", "10-a.example"]),
    "mailto:«kim.ode@shop.example»?subject=Order 12", "a/b/«c@shop.example»", "/api/users/«kim.ode@shop.example»",
    "https://«jane:tulip9»@shop.example and «roe@shop.example»",
    *product("{a}{at}shop{dot}example", a=["«jane", "to «j.roe"], at=[" (at) ", "(at)", " [at] ", "{at}", " AT "], dot=[" (dot) ", "(dot)", " dot ", "[dot]"]),
]  # fmt: skip
EMAILS = [text if text.count("«") == text.count("»") else f"{text}»" for text in EMAILS]
FOLDERS = ["C:\\Users\\{}\\x", "D:\\Users\\{}\\AppData", "c:\\users\\{}\\x", "C:\\Documents and Settings\\{}\\x", "D:\\Profiles\\{}\\x", "\\\\fs01\\home$\\{}\\docs", "\\\\wsl$\\Ubuntu\\home\\{}\\x",
           "\\\\wsl.localhost\\Debian\\home\\{}\\x", "/home/{}/x", "/Users/{}/Library", "/var/home/{}/x", "/mnt/c/Users/{}/x", "C:/Users/{}/x", "c:/users/{}/x", "file:///C:/Users/{}/x", "file:///home/{}/x"]  # fmt: skip
PATHS = [
    *(f"cannot open {folder.format(f'«{name}»')}" for folder in FOLDERS for name in ("kimode", "kim.ode", "Kim Ode", "Kim van Ode")),
    *product("see https://{host}/{folder}/{rest} for help", host=HOSTS, folder=["home", "Users", "v1/home"], rest=["docs/page", "guide"]),
    "/Users/Shared/x", "C:\\Users\\Public\\x", "GET https://api.shop.example/v1/users/me returned 500", "temp\\pytest-of-«kimode»\\x", "~«kimode»/x",
]  # fmt: skip
WORDS = """contraseña passwort wachtwoord mot_de_passe senha パスワード heslo пароль 密码 kennwort salasana lösenord hasło clave 비밀번호 şifre jelszó adgangskode
    passord parola Пароль PASSWORT motDePasse mot-de-passe MOT_DE_PASSE userPassword user-password userpassword dbpasswd 用户密码 секретный_ключ signature sig dsn connection_string
    licenseKey security_answer pincode""".split()  # fmt: skip
LANGUAGES = [
    form.format(word)
    for word in WORDS
    for form in ('{{"{}":"«tulip-Harbor-9»"}}', "{}: «tulip-Harbor-9»", "x {}=«tulip-Harbor-9» y")
]
TYPES = ["String!", "String", "Int!", "[String!]", "ID"]
TYPE_WORDS = product(
    "query A(${key}: {kind}) {{ x }}",
    key=["password", "token", "pin", "accessToken"],
    kind=TYPES,
)
SECRETS = [
    *product('password{sign}"«tulipHarbor9»"', sign=[" = ", ": string = ", ": &str = ", ": str = ", " := ", " => ", " -> ", " ?= ", " += ", " .= ", " != ", " == ", ": Optional[str] = ", ": str | None = "]),
    *product("api_key = {quote}«tulipHarbor9»{close}", quote=['f"'], close=['"']), *product("token = {q}«tulip Harbor 9»{q}", q=["'", '"', "`", "'''", '"""']),
    *product("secret = {p}'«tulipHarbor9»'", p=["f", "r", "b", "u", "rb", "@", "$", "N", "L"]),
    *product('{call}("{key}", "«tulipHarbor9»")', call=["setProperty", "System.setProperty", "env", "config.set", "put", "x.setItem"], key=["password", "api_key", "authToken"]),
    *product("password=«{value}» next", value=["tulip(x)[y]{z}9", "tulip&Harbor", "tulip;Harbor", "tulip,Harbor", "tu'lip", 'tu"lip', "tulip)9", "<tulip9", "$tulip(9", "a|b9"]),
    "curl -u «user:tulipHarbor9» https://x.example", "curl -s --user «user:tulipHarbor9» https://x.example", "curl -X POST -u '«user:tulip»' x",
    'array(1) {\n  ["password"]=>\n  string(12) "«tulipHarbor9»"\n}', "token => (string) «tulipHarbor9»", "[token] => (str)  «tulipHarbor9» x", 'secret: bytes(12) "«tulip Harbor»"', "pin=int(4) «4711»",
    *product('var {name}Token {kind} = "«tulipHarbor9»"', name=["shop", "x"], kind=["string", "*string", "[]byte", "any"]), 'put("shop-api_key", "«tulipHarbor9»")', "curl \\\n -H 'a: b' \\\n -u «user:tulip9»", 'curl -u "«tulipHarbor9:»" x',
    "machine x.example login joe password «tulipHarbor9»", "machine x.example\n login joe\n password «tulipHarbor9»\n",
    "password: |\n  «tulip\n  Harbor»\nnext: 1", "a:\n  token: >-\n    «tulip\n    Harbor»\n  b: 1",
    'Content-Disposition: form-data; name="password"\r\n\r\n«tulipHarbor9»\r\n--b', 'form-data; name="token"\r\nContent-Type: text/plain\r\n\r\n«a b»\r\n--b',
    '<input name="password" value="«tulipHarbor9»">', '<add key="apiKey" value="«tulipHarbor9»"/>', "<a value='«tulip»' name='secret'>", "<param name=token value=«tulip9»>",
    "q=%7B%22password%22%3A%22«tulipHarbor9»%22%2C%22a%22%3A1%7D&x=1", "token=«tulipHarbor9» then «tulipHarbor9» again",
    "token=«tulipharborlemon» then «tulipharborlemon» again", "token=«tulipharborlemo» then tulipharborlemo again", "token=«tulip99» then tulip99 again", "token=«tulip-99» then «tulip-99» again",
]  # fmt: skip
NUMBERS = [
    *product("{word} 1.2.3.4", word=["version", "v", "Version:", "release", "ver", "firmware"]), *product("{p}/90.0.44.1", p=["Chrome", "Edg", "Firefox"]),
    *product("from «{ip}»{after}", ip=["10.0.0.0", "192.168.0.0", "172.16.0.0"], after=["/8", "/16", "/24"]),
    *product("on {open}«{ip}»{close}", open=["["], ip=["::", "::1", "fe80::1"], close=["]", "]:80"]), *product("net «{ip}»/{n}", ip=["2001:db8::", "fe80::", "::"], n=[10, 32]),
]  # fmt: skip
LEFT = """tokens used: 902|max_tokens=4096 temperature=0.2|2024-01-15 12:30:44|build 2024.01.15.1234|session: started|auth: ok, pass: 3/4|token expired at 12:30|Secret Santa list loaded
Failed: password must be at least 8 characters|POST /session 201|pass --force to override|password=changeme|api_key=YOUR_API_KEY|token=<your token>|token=xxxx|password: ********
password=${DB_PASSWORD}|token: {{ secrets.TOKEN }}|token = self.get_token()|password = getpass()|def f(password: str, token: str)|session_mode=session_mode"""  # fmt: skip
CODE = """token.markup = match.group(0)|if card_number[:2] in known:|rows = tokens[1:-1]|call("AUTH", pieces, x)|execute("AUTH", *pieces, **kwargs)|token = Keyword.Comment
"credit_card": "💳",|if token.string == "->":|# Unlike `@dataclasses.dataclass` here|auth_basic: Optional[str] = None|token_error = "bad"|SESSION_SERIALIZER = "a.b.JSON"|token = args[0]
<a name="title" value="tulip">|form-data; name="title"/password"|["password", "tulip", "b"]|[1, "token", x]|{"token", tulip}|password = tulip.next()|token = get_tulip()|secret: tulip_key()|key.put("auth", x[-1])|send("token", &name, 1)|view(token=self.token)|raise TokenError(token, "bad")
if token == self.eof:|cookie = self.tell()|elif token == 0x08:|tokenL == 0xF|token=«0x08»|token == «0x108»|cookie = «tulip=1; b=2»
password = «tulip()»|password=«tulip.next()»|password=«tulip_key()»|set("password", «tulip9»)|set("pin", «1234»)|password = «tulip.harbor(9)»|password=«admin»|token[a:«tulip»]|pin[1:«23x»]
password: «tu(li)p»|password=«t(9)»|password: "«😀tulip»"|password = "«tulip()»"|password = «a»|password = «-tulip-»|password: «tulip(harbor)»|token: «Tulip»|password = "«😀😀😀»"
«x`@y.example»|Basic «w4Q6Yg==»|basic «Oml0ZW0=»"""
TABLES = {
    "emails_leave_their_addresses": EMAILS, "home_folders": PATHS, "other_languages": LANGUAGES, "graphql_keeps_its_types": TYPE_WORDS, "values_are_cut_whole": SECRETS,
    "versions_and_networks": NUMBERS, "code_and_what_is_none": re.split(r"[|\n]", CODE), "ordinary_text_stays": re.split(r"[|\n]", LEFT),
    "request_addresses": product("https://{host}/v2/carts/88?{key}=«Zk3-tulip-9981»&page=2&sort=price", host=HOSTS, key=["access_token", "api_key", "sig", "auth", "sessionId", "X-Amz-Signature"]),
}  # fmt: skip


@pytest.mark.parametrize("name", TABLES)
def test_reported(name):
    assert len(TABLES[name]) > 19
    assert wrong(TABLES[name]) == []


@pytest.mark.parametrize("row", FORMATS, ids=lambda row: made(row.sample)[:20])
def test_tokens_in_the_lines_of_a_console(row):
    token = made(row.sample)
    shown = token.removeprefix("%3D")
    forms = [
        "calling upstream with {} now",
        '{{"a":"{}"}}',
        "x={}",
        "'{}'",
        "({})",
        "a {}\nb",
        "<{}>",
        "[{}]",
        "{}",
        "see: {}, ok",
    ]
    texts = [json.dumps(form.format(shown)) for form in forms] + [
        form.format(shown) for form in forms
    ]
    secret = shown[-12:]
    assert [text for text in SCANNER.strings(texts) if secret in text] == []


@pytest.mark.no_cover  # the same lines as in smaller tests
@pytest.mark.parametrize(
    "key",
    [
        "пароль",
        "密码",
        "lösenord",
        "kundenNummer",
        "customerRef",
        "контрасенья",
        "ключик",
        "私の鍵",
        "κωδικός",
        "סיסמה",
    ],
)
@pytest.mark.parametrize(
    "write",
    [str, str.upper, lambda key: f"x_{key}", lambda key: key.replace("N", "_N").replace("R", "-R")],
)
def test_keys_of_the_users_own_in_any_script(key, write):
    scanner = scanner_of(Scrub.from_options({"keys": [key]}))
    name = write(key)
    texts = [
        form.format(name)
        for form in ('{{"{}": "tulip-1"}}', "{}=tulip-1", "{}: tulip-1", "a {} := 'tulip-1'")
    ]
    assert [text for text in scanner.strings(texts) if "tulip" in text] == []
    assert "tulip" not in str(scanner.value({name: "tulip-1"}))


LINES = ['curl -H "Authorization: Bearer abc.def.ghi" https://api.shop.example', 'header "password: tulip" sent', "it's password='tulip'", 'say \\"token\\": tulip9', 'a\tb password="tulip" "c"',
         'card 4111 1111 1111 1111 "x"', 'mail kim@shop.example, "x"', 'token=tulip9\n"b"', "C:\\Users\\kim\\x", 'cookie: a=b; "c"']  # fmt: skip


@pytest.mark.parametrize("line", LINES)
def test_json_of_a_console_stays_json(line):
    for value in (line, {"a": line}, [line, 1], {"a": [line]}):
        clean = SCANNER.string(json.dumps(value))
        assert json.loads(clean) != value
        assert type(json.loads(clean)) is type(value)
        assert SCANNER.string(clean) == clean


CHAINED = [
    "password: Tulip = 'Harbor'",
    "token: Foo = Bar9",
    "<a name=password>",
    "password: |",
    "password: >\n",
    'form-data; name="x"\r\n\r\ntulip',
    "password: |\n\n  «tulip»",
]


def test_what_stands_behind_a_type_and_what_holds_nothing():
    assert [SCANNER.string(text) for text in CHAINED[:2]] == [
        "password: [filtered] = '[filtered]'",
        "token: Foo = [filtered]",
    ]
    assert [SCANNER.string(text) for text in CHAINED[2:6]] == CHAINED[2:6]
    assert wrong(CHAINED[6:]) == []
    assert Scrubber().value({"tokens": 7, "a": [1.5, None]}) == {"tokens": 7, "a": [1.5, None]}


def test_many_secrets_of_one_event_are_taken_out_as_words():
    secrets = [f"tulipHarbor{at}x" for at in range(40)]
    clean = SCANNER.value(
        {
            "a": [{"token": secret} for secret in secrets],
            "note": f"{' '.join(secrets)} {secrets[0]}y",
        }
    )
    assert clean["note"] == f"{' '.join(['[filtered]'] * 40)} tulipHarbor0xy"


HOSTILE = [
    "//home/",
    "form-data;",
    "--user=",
    "curl -u a",
    "a(at)",
    "machine login ",
    "<a name=token ",
    "password: |\n",
    "token=",
    "token:",
    "token=<",
    'token="\\"',
    "key=a1",
    "~a",
    "x dot y ",
    "::",
    "token,",
    "ghp_",
    "sig=%2",
    "password(",
    "token=a&",
    "C:\\Users\\a ",
]


@pytest.mark.parametrize("part", HOSTILE)
def test_hostile_strings_stay_linear(part):
    assert in_proportion(lambda size: SCANNER.string(part * (size // len(part) + 1)), 2_000)


def test_a_copy_of_a_secret_goes_too_within_one_event():
    scrubber = Scrubber()
    for key, at in itertools.product(["password", "token", "apiKey", "секрет"], range(5)):
        notes = [
            "used tulipHarbor9 ok",
            "tulipHarbor9",
            "'tulipHarbor9'",
            "x=tulipHarbor9&y",
            '{"a": "tulipHarbor9"}',
        ]
        clean = scrubber.value({key: "tulipHarbor9", "note": notes[at], "deep": [{"x": notes[at]}]})
        assert "tulipHarbor9" not in str(clean)
        assert scrubber.value(clean) == clean
        assert scrubber.value({"note": notes[at]}) == {"note": notes[at]}


STAYING = [
    'form-data; name="token_count"\r\n\r\n12 of them',
    '<a name="title" value="tulip"> token=',
    '["a", "token", b] x.y("password")',
    "x token, 'b', tulip",
    "'token', tulip",
    "conn any = ",
]


@pytest.mark.parametrize("text", STAYING)
def test_what_stands_near_a_key_and_is_no_value_of_it_stays(text):
    assert SCANNER.string(text) == text


def test_phrases_that_end_like_a_type():
    assert SCANNER.string("conn string=tulip9 x") == "conn string=[filtered] x"
    assert SCANNER.string("var pinCode string = tulip9") == "var pinCode string = [filtered]"


PEOPLE = ["jane", "j.roe", "kim+tag", "müller", "o'neil"]
PLACES = ["shop.example", "mail.shop.example", "köln.example", "a-b.example"]
HEADERS = """X-Access-Token X-Gist-Encoded-User-Token X-Amz-Security-Token apikey X-Goog-Api-Key Proxy-Authorization Authorization Cookie Set-Cookie X-Api-Key
    X-Auth-Token X-CSRF-Token X-XSRF-TOKEN X-Session-Id X-Secret X-Password X-Vault-Token X-Shopify-Access-Token PRIVATE-TOKEN X-Refresh-Token Client-Secret""".split()  # fmt: skip
COUNTS = """total_tokens prompt_tokens completion_tokens input_tokens output_tokens cached_tokens reasoning_tokens max_tokens maxTokens totalTokens inputTokens
    outputTokens token_count tokenCount tokens_used tokens_total min_tokens tokens_limit budget_tokens max_completion_tokens remaining_tokens""".split()  # fmt: skip


def test_addresses_as_keys_are_hidden_and_told_apart():
    for person, place in itertools.product(PEOPLE, PLACES):
        value = {f"{person}@{place}": 1, f"{person}.two@{place}": {"a": 2}, "title": 3}
        clean = Scrubber().value(value)
        assert clean == {"[email]": 1, "[email] (2)": {"a": 2}, "title": 3}
        assert Scrubber().value(clean) == clean


@pytest.mark.parametrize("name", HEADERS)
def test_headers_that_hold_secrets(name):
    scrubber = Scrubber()
    for written in (name, name.lower(), name.upper()):
        for value in ({written: "tulip9x"}, [[written, "tulip9x"]], {"name": written, "value": "tulip9x"}):  # fmt: skip
            clean = scrubber.value(value)
            assert "tulip9x" not in str(clean)
            assert written in str(clean)
            assert scrubber.value(clean) == clean


@pytest.mark.parametrize("name", COUNTS)
def test_counts_of_tokens_stay(name):
    value = {"usage": {name: 902, "model": "large"}, "text": f"{name}=902 {name}: 902"}
    assert Scrubber().value(value) == value


IDENTITY = "eyJhbGciOiJFUzI1NiJ9.eyJzdWIiOiJ1OjgxIn0.c2lnbmF0dXJlLW9mLWl0"


@pytest.mark.parametrize("name", ["X-Grafana-Id", "X-Identity", "x-jwt-assertion", "Remote-User"])
def test_tokens_are_hidden_in_headers_with_other_names(name):
    for value in ({name: IDENTITY}, [[name, IDENTITY]], f"{name}: {IDENTITY}", {name: f"Bearer {IDENTITY}"}):  # fmt: skip
        assert "eyJzdWIi" not in str(Scrubber().value(value))


@pytest.mark.parametrize("signs", ["()", "[]", "{}", "<>"])
def test_addresses_with_signs_spelled_in_any_brackets(signs):
    before, after = signs
    for first, last in itertools.product(["", " "], repeat=2):
        at, dot = (f"{before}{first}{word}{last}{after}" for word in ("at", "dot"))
        assert SCANNER.string(f"jane{at}shop{dot}example") == "[email]"
        assert SCANNER.string(f"jane {at} shop {dot} example x") == "[email] x"
