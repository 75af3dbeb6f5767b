"""Which keys are secret: every word and phrase by name, and how keys are taken apart."""

import re

import pytest
from patterns import narrowed, widened

from replay_redact import Scrub
from replay_redact.scrub.keys import in_text
from replay_redact.scrub.keys.in_text import KeyFinder, key_probe
from replay_redact.scrub.probes import compiled
from replay_redact.scrub.scanner import scanner_of
from replay_redact.scrub.secret_keys import DEFAULT_KEYS, Keys, plain, words

SCANNER = scanner_of(Scrub.default())
KEYS = Keys(DEFAULT_KEYS)
WORDS = """
accesskey accesstoken apikey apikeys apitoken appkey appsecret auth authentication authorization authtoken
bearer birthdate cardnum cardnumber cccvc ccnum ccnumber clientsecret codeverifier cookie cookies credential
credentials creditcard creds csc csrf csrfmiddlewaretoken csrftoken cvc cvc2 cvn cvv cvv2 dateofbirth
dbpassword dob encryptionkey hmac iban idtoken jsessionid jwt mfa mnemonic nonce otp pan pass passcode
passphrase passport passwd password passwords passwort pgpassword phpsessid pin privatekey pwd refreshtoken
samlresponse secret secretkey secrets sentrysid sessid session sessionid sessiontoken sid signingkey sshpass
ssn token tokens totp usertoken xsrf xsrftoken
"""
PHRASES = """
access_key account_key account_number amz_signature api_key app_key backup_code birth_date card_num
card_number cc_num cc_number code_verifier credit_card debit_card driver_license encryption_key license_number
master_key national_id one_time passport_number private_key recovery_code routing_number saml_response
secret_key security_code seed_phrase set_cookie shared_key signing_key social_security storage_key tax_id
two_factor verification_code
"""
MEASURES = """
count counts total limit max min length len size rate duration ms expires expiry expiration ttl timeout at used enabled disabled required
valid supported version type policy mode engine hasher hashers header name names backend backends class classes types path paths file field
fields domain samesite httponly age index offset position nesting algorithm alg method methods scheme format prefix suffix strength provider
handler factory manager processor serializer validator middleware view views callback status state error errors dims definition restype
argtypes attrs markup tag tags brand
"""
LINES = ["{}=hunter2", '"{}": "hunter2"', "<{}>hunter2</x>", "--{} hunter2", "{} := hunter2", "'{}' => 'hunter2'", "<x:{} id='1'>hunter2<"]  # fmt: skip


def test_every_secret_word():
    assert [word for word in WORDS.split() if not KEYS.secret(word)] == []
    lines = [line.format(word) for word in WORDS.split() for line in LINES]
    assert [text for text in SCANNER.strings(lines) if "hunter2" in text] == []


@pytest.mark.parametrize("between", ["_", "-", ".", " ", "__", "-_", ". ", "[", "][", "\v", ""])
def test_every_secret_phrase(between):
    phrases = PHRASES.split() if between else PHRASES.title().split()
    keys = [phrase.replace("_", between) for phrase in phrases]
    assert [key for key in keys if not KEYS.secret(key)] == []
    lines = [f"{key}{s}=hunter2" for key in keys for s in ("", "s", "_2", "Of")]
    assert [text for text in SCANNER.strings(lines) if "hunter2" in text] == []


def test_letters_that_unicode_does_not_take_apart():
    assert plain("łŁøØđĐı") == "lLoOdDi"


def test_words_of_scripts_without_capitals_may_be_part_of_a_run():
    assert Keys(["密码"]).secret("用户密码")
    assert not Keys(["пин"]).secret("спиннинг")


def test_every_measure():
    assert [word for word in MEASURES.split() if KEYS.secret(f"token_{word}")] == []
    assert all(KEYS.secret(f"{word}_token") for word in MEASURES.split())


def test_defaults_are_all_words_and_phrases():
    known = [*WORDS.split(), *PHRASES.split(), *MORE.split()]
    assert set(known) == set(DEFAULT_KEYS)


MORE = """
activation_code activation_key adgangskode api_schlüssel api_sleutel auth_code auth_key bsn
chave_api chave_privada chave_secreta chiave_api chiave_privata chiave_segreta clave clave_api
clave_privada clave_secreta claves clé_api clé_privée clé_secrète code_de_sécurité code_secret
codice_di_sicurezza codice_fiscale codice_segreto codicefiscale conn_str conn_string
connection_string connectionstring connstr contraseña contraseñas cpf código_de_segurança
código_de_seguridad código_secreto data_de_nascimento data_di_nascita data_urodzenia
date_de_naissance date_of_birth deploy_key dsn fecha_de_nacimiento geboortedatum geburtsdatum geheim
geheime_sleutel geheimer_schlüssel geheimnis geheimzahl hasła hasło henkilötunnus hesla heslo
host_key jelszó jeton kaart_nummer kartennummer kennwort kennwörter klucz_api klucz_prywatny kod_pin
kodeord kontonummer kreditkartennummer licence_key licencekey license_key licensekey lösenord mdp
mot_de_passe motdepasse mots_de_passe motsdepasse numer_karty numer_konta numero_carta
numero_di_carta numéro_de_carte numéro_de_compte número_de_cuenta número_de_tarjeta número_do_cartão
palavra_passe parola parola_chiave parola_d_ordine parolă passord passwörter personnummer pesel
pin_code pincode privater_schlüssel prüfziffer recovery_key recovery_phrase rekeningnummer
rodné_číslo salasana secret_answer secreto secretos security_answer segredo segredos segreto sekret
senha senhas serial_key service_key sig signature sozialversicherungsnummer toegangscode tunnusluku
wachtwoord wachtwoorden wachtzin webhook_secret zugangscode zugangsdaten číslo_karty şifre şifreler
дата_народження дата_рождения ключ_доступа ключ_доступу код_безопасности номер_картки номер_карты
номер_счета пароли пароль пароля паролі паспорт пин пин_код пинкод пін секрет секретний_ключ
секретный_ключ снилс токен カード番号 セキュリティコード トークン パスワード 令牌 卡号 卡號 口令 合言葉 安全码 密码 密碼 密鑰 密钥 暗証番号 秘密鍵 認証コード
身份證 身份证 驗證碼 验证码 비밀번호 암호 카드번호 토큰
"""


@pytest.mark.no_cover  # the same lines as in smaller tests
@pytest.mark.parametrize(
    "write", [str, str.upper, str.title, lambda key: f"x_{key}", lambda key: f"{key}_2"]
)
def test_keys_of_all_languages(write):
    names = [write(key) for key in MORE.split()]
    assert [name for name in names if not KEYS.secret(name)] == []
    lines = [
        line.format(name)
        for name in names
        for line in (
            "{}=tulip-Harbor-9",
            '{{"{}": "tulip-Harbor-9"}}',
            "{}: tulip-Harbor-9",
            "<{0}>tulip-Harbor-9</{0}>",
        )
    ]
    assert [text for text in map(SCANNER.string, lines) if "tulip" in text] == []


@pytest.mark.parametrize(
    ("key", "parts"),
    [
        ("X-APIKey2", "x api key 2"), ("userSessionID", "user session id"), ("user[api_key]", "user api key"), ("ABc", "a bc"), ("ABC", "abc"),
        ("aZ", "a z"), ("zA9a0", "z a 9 a 0"), ("Aa", "aa"), ("Zz", "zz"), ("azAZ", "az az"), ("éa", "ea"), ("", ""), ("09", "09"), ("AZa", "a za"),
    ],
)  # fmt: skip
def test_words_of_keys(key, parts):
    assert words(key) == tuple(parts.split())


@pytest.mark.parametrize(
    ("entries", "secret", "other"),
    [
        (["pin"], "pin my_pin PIN pinCode2", "pins spin p_in_x count_pin_total"),
        (["card no"], "card_no cardNo my-card-no card_nos card_no_2", "card no_card card_x_no cardno_max"),
        (["a b c", "d"], "a_b_c x_a_b_c_y a_b_cs d", "a_b b_c a_c_b d_count ds"),
        ([], "", "password pin a"),
    ],
)  # fmt: skip
def test_keys_of_ones_own(entries, secret, other):
    keys = Keys(entries)
    assert [key for key in secret.split() if not keys.secret(key)] == []
    assert [key for key in other.split() if keys.secret(key)] == []


TEXTS = [
    # what is found, and where a value ends
    "?password=«hunter2»&x", "password=«hunter2&x»", "password=«a\\\\b» x", "password='«a\\'b»' x", 'password="«a\\"b»" x', "password=«a,b»", "password=«a», b", "password=«a»,b=c",
    "password=«a)b»", "(password=«a»)b", "password=«a}b»", "password=«a;b»", "password=«a»;b=c", "password=«a»<b", "password=«a>b»", "password===«a»",
    "password==>«a»", "password::«a»", "password:=«a»", 'password\\\\"]  :  «a»', "'password' : «a»", 'password=«a"b»', '"password=«a»"b',
    "password='''«a»'''", 'password="""«a»"""', "password=rb'«a»'", "password=\n«a»", "password=«a»\vb",
    "x.password$[0]-a=«b»", "password=«{a b, c»", "password=«[a b, c»", 'password="«a b»',
    "-password «a»", "--password+«a»", "--password \\\n «a»", "--password '«a b»'", "(--password «a»)", "--password «a»\"]}`'", "--x-password «a»",
    "<password>«a b»</password>", "<x:password.y z>«a»<", "<PASSWORD >«a»", "Cookie: «a=b; c=d»\nx", "cookie='«a»'", 'Authorization: «Digest u="x", r=y»',
    "Proxy-Authorization:«a b»\r\nx", 'cookie" : "«a»"',
]  # fmt: skip


@pytest.mark.parametrize("text", TEXTS)
def test_where_a_value_begins_and_ends(text):
    plain = text.replace("«", "").replace("»", "")
    before, _, rest = text.partition("«")
    assert SCANNER.string(plain) == f"{before}[filtered]{rest.partition('»')[2]}"
    long = " and so on" * 40
    assert SCANNER.string(f"{long}\n{plain}").startswith(f"{long}\n{before}[filtered]")


NO_KEYS = ["tokenize=a", "secretary: b", "a password", "password", "password=", "password: ", "password=null", "password='***'", "--passwordless a", "x--password a", "-- password a", "--password -a",
     "--password --a", "<passwordless>a</b>", "<a password>b", "password>", "<password></password>", "token_count=5", "passwords_total: 5", "author: x", "cookies are nice", "authorization", "--password", "--tokenize a", "<password>null<", '--password ""', "--password ''"]  # fmt: skip


@pytest.mark.parametrize("text", NO_KEYS)
def test_what_is_no_key_with_a_value(text):
    assert SCANNER.string(text) == text


PATTERNS = ["_OPTIONS", "_ARGUMENTS"]
FAR = "x " * 200
FINER = [
    *(f"pin{after}=«a»" for after in ["A", "Z", "0", "9", "_", "$", ".", "[", "]", "-", "_a", "_$", "_.", "_[", "_]", "_-", "Ab9_z"]), "api_keys=«a»", "api_key=«a»",
    "pin\v:\v«a»", f"{FAR}pin\v=«a»", f"{FAR}pin=\v«a»", 'pin\\\\"] :: «a»', "pin' =>«a»", "pin===> «a»", "pin := «a»",
    *(f"pin={prefix}'«a b»'" for prefix in ["b", "B", "u", "U", "r", "R", "N", "$", "", "rb"]), *(f'pin={prefix}"«a b»"' for prefix in ["b", "$", ""]),
    "pin='«a»'", 'pin="«a»"', "pin='«a»", "pin=''", 'pin=""', "pin='''«a»'''", 'pin="""«a»"""', "pin='«a\\'b»'", 'pin="«a\\"b»"', "pin='«a\nb»'", 'pin="«a\nb»"', "pin='«\\\n»'", 'pin="«\\\n»"', "pin='«a\"b»'", "pin=\"«a'b»\"",
    "pin=«a\\b»", *(f"pin=«a»\\{after}b" for after in "nrtu\"'/\\"), *(f"pin=«a»{after}b" for after in " \v\t\x1b"), *(f"pin=«a{sign}b» c" for sign in "&;,\"'>)}]({[|"), *(f"pin=«a»{sign} b" for sign in "&;,"), *(f"pin=«a»{sign}b=c" for sign in "&;,"), *(f"pin=«a»{sign}" for sign in "&;,\"'`"),
    *(f"{opened}pin=«a»{closed}b" for opened, closed in ("()", "[]", "{}", '""', "''", "``")), "?x&pin=«a»&b", "pin=«a»&amp;b", "pin=«a(b)c)»", "(pin=«a(b)c»)d", "pin=«a»</b", "pin=«a<9»", f"{FAR}pin=«a»\vb", f"{FAR}pin=«a\\b» c",
    "--Pin «a»", "--A-pin «a»", "--Z-pin «a»", "--z-pin «a»", "--a-pin «a»", "-p «a»", "-p-pin «a»", "--pin\v«a»", f"{FAR}--pin\v«a»", f"{FAR}--pin \v«a»", "--pin  «a»", "--pin+++«a»", "--pin \\\r\n«a»", "--pin \\\n«a»",
    "a-pin b", "a--pin b", "_-pin b", "---pin b", "---p b", " --pin «a» c", f"{FAR}--pin «a»\vc", '--pin "«a»"', '--pin "«a b»" c', "--pin '«a»'", "--pin '«a b»' c", '--pin ""', "--pin ''", "--pin -a", "--pin «ab»", "--pin",
    "cookie: «a=»", 'cookie: «a=""»', 'cookie: «a="b"»', 'cookie: «a="bc d"»', "cookie:«a=b;c=d»", "cookie :  «a b»", "cookie\v:\v«a b»", f"{FAR}cookie\v:\v«a b»", f"{FAR}cookie  :  «a b»", "cookie=«a b»\rc", "cookie: «a=»\nb", "cookie: «a=»\rb",
    'cookie: «a="b»\nc"', 'cookie: «a="b»\rc"', "cookie: «a='b»'", 'cookie: «a="b"c d»', "x-api-cookie: «a b»", "x_cookie: «a b»", "cookie' = '«a b»'", "Authorization=«a b»", "zz-authorization: «a b»", "zcookie: «a b»",
    "<a-b:pin.c id=1>«a b»<", "<x.p>«a»<", "<x-p>«a»<", "<x:p>«a»<", "<x_p>«a»<", "<xp>a<", "<p.x>«a»<", "<p-x>«a»<", "<p>«a»", "<p><b>c", "<p a>«b»<p>«c»",
    "-x a-pin b", "-x ---pin b", "-x _-pin b", "--pin «abcd»", '--pin ""x', "--pin ''x", "x-cookie: «a b»", 'zcookie": «a b»', "zcookie': «a b»", 'zcookie: "«a b»"', "zcookie: '«a b»'", "zcookie: «a=»",
    "zcookie: «a»\nb", "zcookie: «a»\rb", 'zcookie: «a»"b', "zcookie: «a»'b", 'zcookie: «a="b"c»"d"', "pin]]=«a»", "pin_]]=«a»",
]  # fmt: skip
OWN = ["pin", "api_key", "cookie", "authorization", "p"]


def spans_of_values(texts, keys):
    """Return the findings in each text. Those that overlap or touch are merged."""
    finder = KeyFinder(keys, Keys(keys).secret, lambda value: not value, (b"[key]",))
    found = []
    for text in texts:
        spans = []
        for start, end in sorted(finder.find(text.replace("«", "").replace("»", "").encode())):
            if spans and start <= spans[-1][1]:
                spans[-1] = (spans[-1][0], max(end, spans[-1][1]))
            else:
                spans.append((start, end))
        found.append(spans)
    return found


def marked(text):
    """Return the spans that are marked."""
    at = [match.start() - number for number, match in enumerate(re.finditer("[«»]", text))]
    return list(zip(at[::2], at[1::2], strict=True))


def test_values_are_found_as_they_are_marked():
    assert [text for text, spans in zip(FINER, spans_of_values(FINER, OWN), strict=True) if spans != marked(text)] == []  # fmt: skip


def test_a_line_is_secret_by_its_name_and_not_by_its_value():
    assert spans_of_values(["cookie: a hello", "hello-cookie: «a b»"], ["hello"]) == [[], [(14, 17)]]  # fmt: skip
    assert spans_of_values(["x-cookie: a b count", "cookie-count: a b"], ["cookie"]) == [[(10, 19)], []]  # fmt: skip


@pytest.mark.parametrize("name", PATTERNS)
def test_every_part_of_a_pattern_is_needed(name, monkeypatch):
    known = [OWN, ["x-cookie"]]
    before = [spans_of_values(FINER, keys) for keys in known]
    source = getattr(in_text, name)
    unneeded = []
    for what, pattern in (*narrowed(source), *widened(source)):
        monkeypatch.setattr(in_text, name, pattern)
        if [spans_of_values(FINER, keys) for keys in known] == before:
            unneeded.append(what)
    assert unneeded == []


@pytest.mark.parametrize(
    "text",
    ["tokenize=a", "secretary: b", "author=x", "a password", "password", "token of", "--verbose -x", "--verbose", "a - b", "-1 a", "--1 a", "x-y z", "pin code", "passwords", "pinx:", "tokena>", "a=b:c"],
)  # fmt: skip
def test_the_probe_of_keys_is_silent_where_nothing_can_be(text):
    assert compiled(key_probe(DEFAULT_KEYS)).search(text.encode()) is None
