"""Patterns of pages: which addresses they fit, and what stays of a masked address."""

import pytest

from replay_redact._masks.page_urls import NamingAddresses, PageUrls, read_page_url
from replay_redact._masks.public_paths import read_public_paths
from replay_redact._masks.urls import Addresses
from replay_redact.errors import PolicyError

PATTERNS = [
    "/admin/**",
    "/orders/:id",
    "/checkout/*",
    "https://a.example/x",
    "#/in/:id",
    "/Café",
    "/",
]
URLS = PageUrls(map(read_page_url, PATTERNS), ["Shop"])
ADMIN, ORDERS, CHECKOUT, HOST, ROUTE, CAFE, ROOT, BASE = range(8)


@pytest.mark.parametrize(
    ("address", "page"),
    [
        *[(f"https://shop.example{path}", ADMIN) for path in ("/admin", "/admin/", "/admin/x/y?q=1#top")],
        *[(address, ADMIN) for address in ("//shop.example/admin/x", "/admin/x", "http://[::1]:80/admin")],
        *[(address, ADMIN) for address in ("https://jane:pw@shop.example:8443/admin/7", "/admin/a%20b;v=1")],
        *[(address, ADMIN) for address in ("capacitor://localhost/admin", "shop://x/admin/1")],
        *[(address, ORDERS) for address in ("/orders/7", "/orders/7/", "/orders/***", "/orders/7#/in/x/y")],
        *[(address, CHECKOUT) for address in ("/checkout/a", "/checkout/*")],
        *[(address, HOST) for address in ("https://a.example/x", "https://A.Example:443/x/?q", "https://u@a.example/x")],
        *[(address, ROUTE) for address in ("/app#/in/7", "https://h.example/#!/in/7/?tab=x", "/#/in/7#top", "/#/in/7?q#top")],
        *[(address, CAFE) for address in ("/Café", "/Caf%C3%A9", "https://h.example/Caf%C3%A9/")],
        *[(address, ROOT) for address in ("https://h.example", "https://h.example/", "/", "/?q", "/#top")],
        *[(address, BASE) for address in ("/x", "/orders", "/orders/7/8", "/checkout", "/adm", "/y#in/7")],
        *[(address, BASE) for address in ("/y#/in", "https://other.example/x", "/administration")],
        *[(address, BASE) for address in ("http://[1:2]/x", "http://[::2]/x", "http://0x7f.1/x", "http://1.2.3.4.5/x")],
    ],
)  # fmt: skip
def test_addresses_of_pages(address, page):
    assert URLS.page_of(address, URLS.other)[0] == page


UNCLEAR = [
    *("/Admin", "/%61dmin/x", "/%2561dmin", "//shop.example/ADMIN", "/./admin", "/x/../admin", "/x//../admin"),
    *("//h.example//admin", "/admin/../x", "/admin;v=1", "/%2Fadmin", "/admin%2fx", "/ admin", "/orders//7"),
    *("/x/%2e%2e/admin", "/a%5Cb/../../admin", "/orders/%252525252541", "/#/IN/7", "/y#/i%6e/7", "/caf%C3%A9"),
    *("http://a.example/x", "https://a.example:8443/x", "https://a.example./x", "//a.example/x"),
]  # fmt: skip


@pytest.mark.parametrize("address", UNCLEAR)
def test_an_address_that_servers_may_read_as_one_of_another_page_is_of_none(address):
    assert URLS.page_of(address, URLS.other)[0] is None


@pytest.mark.parametrize(
    "address",
    [
        *("", "about:blank", "admin", "#/in/7", "mailto:x", "data:,", "javascript:1", "file:///admin"),
        *("https://", "https:/admin", "https:admin", "/\\admin", "\\\\h\\admin", "//", "///admin", "///h/admin"),
        *("unknown://h/admin", " /admin", "blob:https://h.example/admin", "https://h .example/admin"),
    ],
)  # fmt: skip
def test_what_is_no_address_is_of_no_page(address):
    assert URLS.page_of(address, 0) == (None, URLS.unknown)


def test_a_path_is_of_the_host_before():
    _, origin = URLS.page_of("https://a.example/y", URLS.unknown)
    assert URLS.page_of("/x", origin) == (HOST, origin)
    assert URLS.page_of("/x", URLS.other) == (BASE, URLS.other)
    assert URLS.page_of("/x", URLS.unknown) == (None, URLS.unknown)
    assert URLS.page_of("/y", URLS.unknown) == (BASE, URLS.unknown)
    _, alike = URLS.page_of("http://a.example/y", origin)
    assert URLS.page_of("/x", alike) == (None, URLS.unknown)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("admin", "must begin with"),
        ("", "must begin with"),
        ("https://shop.example", r"write https://shop.example/ for its first page"),
        ("/a/**/b", "only stand at the end"),
        ("/a/{id}", "write :id"),
        ("/a?b", "not by parameters"),
        ("/a#/b", "hash route"),
        ("https://h.example/a#/b", "hash route"),
        ("#top", "begins with #/"),
        *[(text, "a host is written") for text in ("ftp://h/a", "https:///a", "https://u@h/a", "app://h/a")],
        *[(text, "it must be a path") for text in ("/a*", "/a b", "/../a", "/./a", "//a", "/a//b", "/:", "/a:b/***")],
    ],
)  # fmt: skip
def test_patterns_that_cannot_be_read(text, why):
    with pytest.raises(PolicyError, match=why):
        read_page_url(text)


def test_patterns_with_a_host_and_a_route():
    own = PageUrls([read_page_url("http://H.example:80#/a/*"), read_page_url("https://h.example/")])
    assert own.page_of("http://h.example/x#/a/1", own.unknown)[0] == 0
    assert own.page_of("https://h.example/", own.unknown)[0] == 1


@pytest.mark.parametrize(
    ("address", "pattern", "masked"),
    [
        ("https://u:p@h.example/admin/x/y?q=1#top", "/admin/**", "https://*:*@h.example/admin/*/*?q=*#***"),
        ("/orders/88", "/orders/:id", "/orders/**"),
        ("/Caf%C3%A9/x", "/Café/*", "/Caf%C3%A9/*"),
        ("/x?next=/orders/88", "/orders/:id", "/*?next=**********"),
        ("https://h.example", "/", "https://h.example"),
        ("https://h.example/app?a=/b#!/in/88?tab=x", "#/in/:id", "https://h.example/***?a=**#!/in/**?*****"),
        ("/#/in/88", "#/in/*", "/#/in/**"),
        ("about:blank", "/**", "about:blank"),
        ("mailto:jane@h.example", "/**", "mailto:**************"),
    ],
)  # fmt: skip
def test_a_masked_address_still_tells_its_page(address, pattern, masked):
    urls = PageUrls([read_page_url(pattern)])
    mask = NamingAddresses(Addresses(), urls, 0).mask
    assert mask(address) == masked == mask(masked)
    assert urls.page_of(masked, urls.unknown) == urls.page_of(address, urls.unknown)


def test_a_public_hash_route_stays_as_it_is():

    urls = PageUrls([read_page_url("#/in/*")])
    addresses = Addresses(read_public_paths(["#/in/:id?tab"]))
    assert NamingAddresses(addresses, urls, 0).mask("/#/in/8?tab=x") == "/#/in/*?tab=x"


def test_an_address_that_is_masked_whole_stays_so():
    urls = PageUrls([read_page_url("/admin/*"), read_page_url("/")], ["shop"])
    for page, address in ((0, "shop://x/admin/7"), (1, "shop://x/")):
        assert NamingAddresses(Addresses(), urls, page).mask(address) == "*" * len(address)


@pytest.mark.parametrize(
    ("pattern", "other", "covers"),
    [
        ("/a", "/a", True), ("/a", "/a/b", False), ("/a/b", "/a", False), ("/a", "/a/**", False), ("/a/**", "/a/**", True),
        ("/a/**", "/a", True), ("/a/**", "/a/b", True), ("/a/b/**", "/a/**", False), ("/*", "/a", True), ("/a", "/*", False),
        ("/a", "#/a", False), ("/a", "https://shop.example/a", True), ("https://shop.example/a", "/a", False),
        ("https://shop.example/a", "https://shop.example/a", True),
    ],
)  # fmt: skip
def test_which_pattern_covers_another(pattern, other, covers):
    assert read_page_url(pattern).covers(read_page_url(other)) is covers
