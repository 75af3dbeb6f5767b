"""Masks: they take any string, and keep its shape and white space and nothing else."""

import pytest

from replay_redact import Policy
from replay_redact._masks.media import gray_layer
from replay_redact._masks.text import mask_input, mask_text, mask_texts
from replay_redact._masks.urls import Addresses, mask_url
from replay_redact._page.masking import Masks, hidden_input, hidden_text, hide_css, hide_runs
from replay_redact._runtime.utf16 import utf16_length

# --- text -------------------------------------------------------------------------------

SPACES = {
    *"\t\n\v\f\r \xa0\u1680\u2028\u2029\u202f\u205f\u3000\ufeff",
    *map(chr, range(0x2000, 0x200B)),
}
"""What ``\\s`` matches in JavaScript: 25 characters."""


def test_white_space_is_javascripts():
    assert len(SPACES) == 25
    kept = {chr(i) for i in range(0x10000) if mask_text(chr(i)) == chr(i) and chr(i) != "*"}
    assert kept == SPACES


@pytest.mark.parametrize("character", "\x1c\x1d\x1e\x1f\x85\u180e\u200b\u2060", ids=ascii)
def test_what_only_python_or_nobody_calls_a_space_is_masked(character):
    assert mask_text(character) == "*"
    assert mask_text(f"a{character}b \u3000") == "*** \u3000"


TEXTS = {
    "": "",
    "Jane Roe": "**** ***",
    " a\tb\nc ": " *\t*\n* ",
    "é ü ß": "* * *",
    "\u4e2d\u6587\u3000\u5b57": "**\u3000*",
    "\U0001f600": "**",
    "a\U0001f600 b": "*** *",
    "\U0001f468\u200d\U0001f469": "*****",
    "\ufeffa\u2003b": "\ufeff*\u2003*",
    "e\u0301": "**",
    "\ud83d": "*",
    "\x00\x7f": "**",
    "***": "***",
    "? ×": "* *",
}


@pytest.mark.parametrize("text", TEXTS, ids=ascii)
def test_text_keeps_length_and_white_space(text):
    masked = mask_text(text)
    assert masked == TEXTS[text]
    assert utf16_length(masked) == utf16_length(text)
    assert mask_text(masked) == masked


@pytest.mark.parametrize("text", TEXTS, ids=ascii)
def test_form_values_keep_their_length_only(text):
    masked = mask_input(text)
    assert masked == "*" * (len(text.encode("utf-16-le", "surrogatepass")) // 2)
    assert mask_input(masked) == masked


@pytest.mark.parametrize(
    "texts",
    [[], [""], ["Jane"], list(TEXTS), ["a", "b\xa0c", "", "d", "\u4e2d"], ["a\vb", "c", "d", "e"], ["a\vb", "c\fd", "e", "f"], ["a\vb\fc", "d\u2029e", "f", "g"], ["\v\f", "a\v", "\f", "b", "c\u2029"], ["a\vb", "c"], ["a\vb", "c\fd"], ["a\vb", "c\fd", "e\u2029f"], ["\v", "\f", "\u2029"], ["", "", ""], ["\u4e2d\v", "\u4e2d\f", "\u4e2d\u2029", "\u4e2d"]],
    ids=ascii,
)  # fmt: skip
def test_many_texts_are_masked_like_each_of_them(texts):
    assert mask_texts(texts) == [mask_text(text) for text in texts]


# --- addresses --------------------------------------------------------------------------

URLS = {
    # nothing to hide
    "": "",
    "about:blank": "about:blank",
    "data:,": "data:,",
    "/": "/",
    "?": "?",
    "#": "#",
    "https://a.example": "https://a.example",
    "https://a.example/": "https://a.example/",
    "./../": "./../",
    # scheme and host stay
    "HTTPS://A.Example:8443/x": "HTTPS://A.Example:8443/*",
    "https://0z.example": "https://0z.example",
    "https://9a-0.example": "https://9a-0.example",
    "https://_z9.example": "https://_z9.example",
    "http://localhost:80?q=1": "http://localhost:80?q=*",
    "wss://a.example/jane": "wss://a.example/****",
    "ftp://a.example/jane": "ftp://a.example/****",
    "//a.example/jane": "//a.example/****",
    "http://127.0.0.1/jane": "http://127.0.0.1/****",
    "http://[::1]:80/jane": "http://[::1]:80/****",
    "http://[fe80::1%25jane]/x": "http:" + "*" * 20,
    # user info
    "https://jane@a.example/": "https://****@a.example/",
    "https://jane:pw@a.example/x": "https://****:**@a.example/*",
    "https://@a.example/x": "https://@a.example/*",
    "https://j:a:ne@a.example/x": "https://*:*:**@a.example/*",
    "https://a@jane@b.example/x": "https:" + "*" * 20,
    # path
    "https://a.example/u/jane/42": "https://a.example/*/****/**",
    "https://a.example//jane": "https://a.example//****",
    "https://a.example/a;b=jane;c/d": "https://a.example/*;******;*/*",
    "https://a.example/%4aane": "https://a.example/******",
    "https://a.example/jane roe": "https://a.example/**** ***",
    "https://a.example/\U0001f600": "https://a.example/**",
    "https://a.example/jane\\roe": "https://a.example/********",
    "https://a.example/a:b@c": "https://a.example/*****",
    "jane/roe.html": "****/********",
    "../jane": "../****",
    ".../x": "***/*",
    # query
    "https://a.example/?tab=jane": "https://a.example/?tab=****",
    "?a=1&b=22&a=3": "?a=*&b=**&a=*",
    "?a=1;b=2": "?a=*;b=*",
    "?jane": "?****",
    "?jane@a.example=1": "?**************=*",
    "?jane%20roe=1": "?**********=*",
    "?a1=x": "?**=*",
    "?a[b]=jane": "?****=****",
    "?a.b-c_d=jane": "?a.b-c_d=****",
    "?" + "a" * 33 + "=1": "?" + "*" * 33 + "=*",
    "?=jane": "?=****",
    "?a==jane": "?a=*****",
    "?a=x?y=z": "?a=*****",
    "?&&": "?&&",
    # fragment
    "#jane": "#****",
    "/#/jane?token=x": "/#*************",
    "https://a.example#a#b": "https://a.example#***",
    # schemes whose rest is content
    "mailto:jane@a.example?subject=Hi": "mailto:*************************",
    "MailTo:jane": "MailTo:****",
    "tel:+1 555 0100": "tel:** *** ****",
    "sms:555": "sms:***",
    "javascript:alert('jane')": "javascript:*************",
    "JaVaScRiPt:x": "JaVaScRiPt:*",
    "blob:https://a.example/jane": "blob:**********************",
    "about:jane": "about:****",
    "file:///home/jane": "file:" + "*" * 12,
    "data:text/html,Jane": "data:,",
    " DATA:image/png;base64,Jane": "data:,",
    # other strings
    "java\nscript:alert(1)": "****\n***************",
    " https://a.example/jane": " **********************",
    "\thttps://a.example/": "\t******************",
    "https:/a.example/jane": "https:***************",
    "https:\\\\a.example\\jane": "https:****************",
    "\\\\a.example\\jane": "****************",
    "//": "**",
    "///jane": "*******",
    "https://": "https:**",
    "https://jane roe/": "https:****** ****",
    "https://a.example:port/": "https:*****************",
    "https://a.example:123456/": "https:*******************",
    "https://jan\u00e9.example/": "https:***************",
    "https://a%2eexample/": "https:**************",
    "https://-a.example/": "https:*************",
    "jane:roe": "********",
    "c:\\jane": "*******",
}  # fmt: skip


@pytest.mark.parametrize("url", URLS, ids=ascii)
def test_addresses(url):
    masked = mask_url(url)
    assert masked == URLS[url]
    assert mask_url(masked) == masked


@pytest.mark.parametrize(
    "url", [url for url in URLS if not url.lower().lstrip().startswith("data:")], ids=ascii
)
def test_a_masked_address_has_the_length_of_the_address(url):
    assert utf16_length(mask_url(url)) == utf16_length(url)


# --- what a policy says of addresses ------------------------------------------------------

PUBLIC = {
    # paths
    "https://a.example/users/jane/orders": "https://a.example/users/****/orders",
    "https://a.example/users/jane/orders?q=1#x": "https://a.example/users/****/orders?q=*#*",
    "/users/jane/orders": "/users/****/orders",
    "/users/jane/orders/": "/users/****/orders/",
    "/users//orders": "/*****//******",
    "/Users/jane/orders": "/*****/****/******",
    "/users/jane/orders/7": "/*****/****/******/*",
    "/users/a;b/orders": "/users/*;*/orders",
    "users/jane/orders": "*****/****/******",
    "/about": "/about",
    "/about/": "/about/",
    "/about/jane": "/about/****",
    "/help": "/help",
    "/help/": "/help/",
    "/help//": "/****//",
    "/": "/",
    # parameters
    "/jane?page=2&q=jane": "/****?page=2&q=****",
    "/jane?Page=2&page": "/****?Page=*&****",
    "/jane?page=jane@shop.example": "/****?page=[email]",
    "/find?in=all&q=jane": "/find?in=all&q=****",
    "/jane?in=all": "/****?in=***",
    "/find/?in=all": "/find/?in=all",
    # fragments
    "/#/orders/88/items": "/#/orders/**/items",
    "/#!/orders/88/items": "/#!/orders/**/items",
    "/#/orders/88/items?tab=paid&q=jane": "/#/orders/**/items?tab=paid&q=****",
    "/#/orders/88/jane": "/#***************",
    "/jane#details": "/****#details",
    "/jane#Details": "/****#*******",
    "/jane#!details": "/****#********",
    # hosts
    "https://jane.shop.example/": "https://****.shop.example/",
    "https://jane.eu.shop.example/help": "https://****.**.shop.example/help",
    "https://shop.example/help": "https://shop.example/help",
    "https://SECRET.Intra.example:8080/help": "https://******.*****.*******:8080/help",
    "https://intra.example.com/": "https://intra.example.com/",
    "http://10.0.0.17:3000/help": "http://**.*.*.**:3000/help",
    "http://[2001:db8::1]/help": "http://[***********]/help",
    "http://10.0.0.1./": "http://**.*.*.*./",
    "http://127.1/": "http://***.*/",
    "http://0x7F.1/": "http://****.*/",
    "http://2130706433/": "http://**********/",
    "https://jane.shop.example./help": "https://****.shop.example./help",
    "https://SECRET.intra.example./": "https://******.*****.*******./",
    "https://u@jane.shop.example": "https://*@****.shop.example",
    # apps
    "shop://localhost/users/jane/orders": "shop://localhost/users/****/orders",
    "SHOP://jane/help": "SHOP://****/help",
    "shop://": "shop://",
    "other://localhost/help": "*" * 22,
}  # fmt: skip
ADDRESSES = Masks(
    Policy(
        public_paths=["/users/:id/orders", "/about", "/about/:who", "/help/", "?page", "/find?in",
                      "#/orders/:id/items?tab", "#details"],
        mask_hosts=["*.shop.example", "secret.intra.example", "ip"],
        app_schemes=["Shop"],
    )
)  # fmt: skip


@pytest.mark.parametrize("url", PUBLIC)
def test_what_a_policy_names_stays_in_addresses(url):
    masked = ADDRESSES.url(url)
    assert masked == PUBLIC[url]
    assert ADDRESSES.url(masked) == masked


@pytest.mark.parametrize(
    ("url", "masked"),
    [
        ("capacitor://localhost/orders/88?q=1", "capacitor://localhost/******/**?q=*"),
        ("ionic://localhost", "ionic://localhost"),
        ("http://tauri.localhost/jane", "http://tauri.localhost/****"),
        ("tauri://tauri.localhost:80/jane", "tauri://tauri.localhost:80/****"),
        ("app://jane/roe#x", "app://****/***#*"),
        ("chrome-extension://abcdefghijklmnopabcdefghijklmnop/popup.html", "chrome-extension://abcdefghijklmnopabcdefghijklmnop/**********"),
        ("chrome-extension://jane/popup.html", "chrome-extension://****/**********"),
        ("moz-extension://1b2c3d4e-0000-4000-8000-123456789abc/a.html", "moz-extension://" + "*" * 36 + "/******"),
        ("app:/jane", "*********"),
        ("app://jane\\roe", "**************"),
    ],
    ids=str,
)  # fmt: skip
def test_addresses_of_apps(url, masked):
    assert mask_url(url) == masked
    assert mask_url(masked) == masked


IN_TEXT = {
    "GET https://a.example/users/jane/orders 404": "GET https://a.example/users/****/orders 404",
    "Navigated to /users/jane/orders": "Navigated to /users/****/orders",
    "(see https://a.example/jane).": "(see https://a.example/****).",
    "to=/jane, from='/roe?q=1'": "to=/****, from='/***?q=*'",
    '["/jane","/about"]': '["/****","/about"]',
    "https://jane.shop.example/?page=2#details": "https://****.shop.example/?page=2#details",
    "at f (/app/jane.js:10:5)": "at f (/***/************)",
    "and/or 1/2 </div> // no address": "and/or 1/2 </div> // no address",
    "a / b": "a / b",
    "wss://a.example/jane?x": "wss://a.example/****?*",
    "jane": "jane",
}


@pytest.mark.parametrize("text", IN_TEXT)
def test_addresses_in_texts(text):
    masked = ADDRESSES.addresses_in(text)
    assert masked == IN_TEXT[text]
    assert ADDRESSES.addresses_in(masked) == masked


SCHEMES = "data mailto tel sms javascript blob file http https ws wss ftp ftps".split()
ALONE = [
    *(f"{scheme}:jane" for scheme in SCHEMES), *(f"{scheme.upper()}:jane\n" for scheme in SCHEMES),
    *("az:/jane", "a0:/jane", "a9:/jane", "a+b:/jane", "a.b:/jane", "a-b:/jane", "zoom:\\jane", "/jane", "\\jane"),
    *("./jane", "../jane", "?jane", "#/jane", "#!/jane", "shop.example/jane", "a.bc:jane/", "x?jane/", " /jane "),
]  # fmt: skip


@pytest.mark.parametrize("text", ALONE)
def test_a_value_that_is_an_address_and_nothing_else_is_masked_as_one(text):
    assert "jane" not in Addresses().mask_value(text)


def test_a_policy_that_masks_no_addresses_masks_none_in_texts():
    assert Masks(Policy(mask_urls=False)).addresses_in("GET /jane") == "GET /jane"


@pytest.mark.parametrize(
    ("url", "masked"),
    [("https://a.example/css/main.css?v=jane#x", "https://a.example/css/main.css?v=****#*"),
     ("https://jane@a.example/main.css", "https://****@a.example/main.css"), ("../main.css", "../main.css"),
     ("data:text/css,a{}", "data:,"), ("jane:x", "******")],
)  # fmt: skip
def test_sheets_and_fonts_keep_their_path(url, masked):
    assert mask_url(url, keep_path=True) == masked
    assert mask_url(masked, keep_path=True) == masked


# --- with the options of a policy ----------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "hidden"),
    [("Jane Roe", "***"), ("x", "***"), ("a much longer text", "***"), ("", ""), (" \n", " \n"), ("\u3000", "\u3000"), ("***", "***")],
)  # fmt: skip
def test_text_without_its_length(text, hidden):
    assert hidden_text(text) == hidden
    assert hidden_text(hidden) == hidden


@pytest.mark.parametrize(
    ("text", "hidden"), [("secret", "***"), (" ", "***"), ("", ""), ("***", "***")]
)
def test_form_values_without_their_length(text, hidden):
    assert hidden_input(text) == hidden


@pytest.mark.parametrize(
    ("function", "masked", "hidden"),
    [(hide_runs, "https://a.example/*/*****?a=**", "https://a.example/***/***?a=***"), (hide_runs, "/a/b", "/a/b"),
     (hide_css, 'a{content:"**** **"}', 'a{content:"***"}'), (hide_css, "a{content:'*'}", "a{content:'***'}"),
     (hide_css, 'a{content:""}', 'a{content:""}'), (hide_css, "a{--x:×××××× 000}", "a{--x:××× 000}"),
     (hide_css, "*{color:red}", "*{color:red}"), (hide_css, 'syntax:"*"', 'syntax:"*"'), (hide_css, "syntax: '*'", "syntax: '*'"), (hide_css, 'a{content:" "}', 'a{content:" "}'),
     (hide_css, 'a{background:url("data:image/svg+xml,%3Csvg%3E%3C/svg%3E")}', f'a{{background:url("{gray_layer("", fills=True)}")}}')],
)  # fmt: skip
def test_shortening(function, masked, hidden):
    assert function(masked) == hidden
    assert function(hidden) == hidden


URL, CSS = "https://a.example/jane", "--x: Jane"
CHOICES = [
    (Policy(), ("****", "****", "https://a.example/****", "--x: ××××", "××××")),
    (Policy(hide_length=True), ("***", "***", "https://a.example/***", "--x: ×××", "×××")),
    (Policy(mask_urls=False), ("****", "****", URL, "--x: ××××", "××××")),
    (Policy(mask_css=False), ("****", "****", "https://a.example/****", CSS, "Jane")),
]


@pytest.mark.parametrize(("policy", "expected"), CHOICES, ids=["default", "lengths", "urls", "css"])
def test_a_policy_chooses_its_masks(policy, expected):
    masks = Masks(policy)
    found = (
        masks.text("Jane"),
        masks.input("Jane"),
        masks.url(URL),
        masks.declarations(CSS),
        masks.value("--x", "Jane"),
    )
    assert found == expected
    assert masks.texts(["Jane", " "]) == [expected[0], " "]
    assert ("Jane" in masks.sheet("a{--x:Jane}")) is not policy.mask_css


def test_some_callers_mask_whatever_the_policy_says():
    masks = Masks(Policy.permissive())
    assert masks.url(URL, always=True) == "https://a.example/****"
    assert masks.declarations(CSS, always=True) == "--x: ××××"


def test_a_policys_public_paths_reach_the_mask():
    assert Masks(Policy(public_paths="/u/:id")).url("/u/42") == "/u/**"
    assert Masks(Policy(public_paths="/u/:id", hide_length=True)).url("/u/42") == "/u/***"
