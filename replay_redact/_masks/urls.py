"""The mask for addresses. Scheme and host stay; the path, query values and fragment do not.

Masking twice gives the same as masking once. The length in UTF-16 units stays, except for
``data:`` addresses, which are replaced whole.
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Callable, Iterable
from itertools import zip_longest

from replay_redact._masks.public_paths import PublicPath, PublicPaths
from replay_redact._masks.text import LATIN_SPACES, OTHER_SPACES, byte_table, mask_input, mask_text

_PATH_TABLE = byte_table(LATIN_SPACES + "/;")
_SPACES = (
    r"\t\n\v\f\r\x20\xa0" + OTHER_SPACES
)  # not \s: that also matches characters that are no white space to JavaScript
ADDRESS = re.compile(
    r"""(?P<scheme>(?:https?|wss?|ftps?):)?
        //(?:(?P<user>[^/?\#\\@"""
    + _SPACES
    + r"""]*)@)?
        (?P<host>[a-z0-9_*][a-z0-9._*-]{0,252}|\[[0-9a-f:.*]{2,45}\])
        (?P<port>:\d{1,5})?
        (?=[/?\#]|\Z)""",
    re.VERBOSE | re.IGNORECASE,
)
_OPAQUE = re.compile(
    r"(?:mailto|tel|sms|javascript|blob|about|file|ftp|https?|wss?):", re.IGNORECASE
)
_DATA = re.compile(rf"[{_SPACES}]*+data:", re.IGNORECASE)
_FIRST_SEGMENT = re.compile(r"[/?#]")
_UP = re.compile(r"\A(?:\.{1,2}/)++")
_QUERY_PAIR = re.compile(r"[^&;]+")
_PARAMETER = re.compile(r"[A-Za-z_][A-Za-z_.-]{0,31}\Z")
APP_SCHEMES = frozenset(
    {
        *("app", "capacitor", "ionic", "tauri"),
        *("chrome-extension", "moz-extension", "safari-web-extension"),
    }
)
"""Schemes of addresses in apps and browser extensions."""
APP = re.compile(r"(?P<scheme>[A-Za-z][A-Za-z0-9+.-]{0,30})://(?P<host>[^/?#\\]*)(?=[/?#]|\Z)")
_APP_HOST = re.compile(r"(?:[a-z]+\.)?localhost(?::\d{1,5})?|[a-p]{32}|")
"""Hosts of apps that say nothing: the device itself, and ids of published Chrome extensions. Other
browsers draw the id of an extension for each user."""
_ENDS = rf"{_SPACES}\"'`<>|{{}}\\^"
_IN_TEXT = re.compile(
    rf"""(?:\b(?:https?|wss?|ftps?)://[^{_ENDS}]+
        |(?<![^{_SPACES}"'`(=,\[])/(?!/)[\w%~*.@:/-]+(?:[?\#][^{_ENDS}]*)?
        )(?<![.,;:!?)\]])""",
    re.VERBOSE,
)
_IS_ADDRESS = re.compile(
    rf"""[{_SPACES}]*+
        (?: (?:[a-z][a-z0-9+.-]*+:)?[/\\] | \.{{1,2}}/ | \? | \#!?/
        |   (?:data|mailto|tel|sms|javascript|blob|file|https?|wss?|ftps?):
        |   (?=[^{_SPACES}]*/)(?: (?:[\w-]++\.)++[a-z]{{2,24}}[/:] | [^{_SPACES}?]*+\? )
        )
        [^{_SPACES}]*+[{_SPACES}]*+\Z""",
    re.VERBOSE | re.IGNORECASE,
)
"""An address and nothing else: absolute, or of a path, with dots, a query or what may be a host."""
_REFRESH = re.compile(rf"[{_SPACES}\d.]*+[;,][{_SPACES}]*+url[{_SPACES}]*+=", re.IGNORECASE)
_OTHER_ADDRESS = re.compile(
    r"""\\/ | %2f | %5c | \\u002f | &(?:\#x0*2f|\#0*47|sol); | (?:&[\#\w]{1,8};|[|&!+])/\w
        | (?<![a-z0-9+.:/*-])//\w
        | (?<![a-z0-9+.-])(?!(?:https?|wss?|ftps?)://)[a-z][a-z0-9+.-]*+://""",
    re.VERBOSE | re.IGNORECASE,
)
"""Addresses in a text in ways in which nothing is known of their parts."""
_HOST_IN_CSS = re.compile(
    r"(?<=//)(?:[a-z0-9_*][a-z0-9._*-]{0,252}|\[[0-9a-f:.*]{2,45}\])", re.IGNORECASE
)
_HOST_IN_TEXT = re.compile(r"[a-z0-9_*](?:[a-z0-9._*-]*[a-z0-9_*])?", re.IGNORECASE)
_PORT = re.compile(r":\d{1,5}\Z")
_NOTHING_PUBLIC = PublicPaths()
_BLANK_ADDRESSES = frozenset({"about:blank", "data:,"})
EMPTY_DATA = "data:,"


class Addresses:
    """The address mask of one policy.

    ``hosts`` are patterns of hosts to mask, ``schemes`` those of the user's own apps. ``shown``
    scrubs what stays of a query because a pattern names it.
    """

    def __init__(
        self,
        public: PublicPaths = _NOTHING_PUBLIC,
        hosts: Iterable[str] = (),
        schemes: Iterable[str] = (),
        shown: Callable[[str], str] = str,
    ) -> None:
        self._public = public
        patterns = {host.lower(): _host_pattern(host.lower()) for host in hosts}
        self._hosts = tuple(patterns.values())
        self._named_hosts = tuple(own for host, own in patterns.items() if host != _IP)
        self._schemes = APP_SCHEMES | {scheme.lower() for scheme in schemes}
        self._shown = shown

    def mask(self, url: str, *, keep_path: bool = False) -> str:
        """Mask an address, but keep its scheme, host and port.

        * Names of query parameters stay if they have only letters, ``_``, ``.`` and ``-``.
        * User info, path, query values and fragment become asterisks of the same length.
        * What the patterns of the policy name stays.
        * ``keep_path`` keeps the whole path, for style sheets and fonts.
        * What follows ``mailto:`` and the like is masked; what follows ``data:`` is dropped.
        """
        if ":" not in url and "\\" not in url and not url.startswith("//"):  # most: on this site
            return self._rest(url, keep_path=keep_path)
        if url in _BLANK_ADDRESSES:
            return url
        address = ADDRESS.match(url)
        if address:
            return self._origin(address) + self._rest(url[address.end() :], keep_path=keep_path)
        if _DATA.match(url):
            return EMPTY_DATA
        opaque = _OPAQUE.match(url)
        if opaque:
            return opaque[0] + mask_text(url[opaque.end() :])
        app = APP.match(url)
        if app and app["scheme"].lower() in self._schemes:
            return self._app_origin(app) + self._rest(url[app.end() :], keep_path=keep_path)
        if "\\" in url or ":" in _FIRST_SEGMENT.split(url, 1)[0] or url.startswith("//"):
            return mask_text(url)
        return self._rest(url, keep_path=keep_path)

    def mask_in(self, text: str) -> str:
        """Mask the addresses that stand in a text, and paths that begin with a slash.

        >>> Addresses().mask_in("GET https://shop.example/u/42 failed (see /help/jane)")
        'GET https://shop.example/*/** failed (see /****/****)'
        """
        return _IN_TEXT.sub(lambda match: self.mask(match[0]), text) if "/" in text else text

    def mask_value(self, text: str) -> str:
        """Mask a value that is an address, or the addresses in it.

        >>> Addresses().mask_value("/orders/88"), Addresses().mask_value("0; url=/orders/88")
        ('/******/**', '0; url=/******/**')
        """
        if _IS_ADDRESS.match(text):
            return self.mask(text)
        refresh = _REFRESH.match(text)
        if refresh:
            return refresh[0] + self.mask(text[refresh.end() :])
        masked = self.mask_in(text)
        return mask_text(text) if _OTHER_ADDRESS.search(masked) else masked

    def host(self, text: str) -> str:
        """Mask a host that stands alone, perhaps with a port.

        >>> Addresses(hosts=["*.shop.example"]).host("jane.shop.example:8080")
        '****.shop.example:8080'
        """
        port = _PORT.search(text)
        end = port.start() if port else len(text)
        return self._host(text[:end], self._hosts) + text[end:]

    def hosts_in_text(self, text: str, hide: Callable[[str], str] = str) -> str:
        """Mask the hosts with a name that stand in a text; ``hide`` is applied to each.

        Not those that are numbers: in a text, these may be anything.

        >>> own = Addresses(hosts=["*.shop.example", "ip"])
        >>> own.hosts_in_text("jane.shop.example: 1.25 s (version 1.2.3.4)")
        '****.shop.example: 1.25 s (version 1.2.3.4)'
        """
        if not self._named_hosts:
            return text
        return _HOST_IN_TEXT.sub(lambda found: self._host_in_text(found[0], hide), text)

    def _host_in_text(self, host: str, hide: Callable[[str], str]) -> str:
        masked = self._host(host, self._named_hosts)
        return host if masked == host else hide(masked)

    def shown(self, url: str, hide: Callable[[str], str] = str) -> str:
        """Mask the host of an address that is shown, and hosts that stand in it.

        >>> Addresses(hosts=["ip", "a.example"]).shown("https://me@10.0.0.7/?from=a.example")
        'https://me@**.*.*.*/?from=*.*******'
        """
        address = ADDRESS.match(url)
        if address:
            start, end = address.span("host")
            url = url[:start] + hide(self.host(url[start:end])) + url[end:]
        return self.hosts_in_text(url, hide)

    def masks_host_of(self, url: str) -> bool:
        """Tell whether the policy masks the host of an address.

        >>> Addresses(hosts=["ip"]).masks_host_of("https://key@10.0.0.7/1")
        True
        """
        address = ADDRESS.match(url)
        return address is not None and self.host(address["host"]) != address["host"]

    def hosts_in(self, css: str, hide: Callable[[str], str] = str) -> str:
        """Mask the hosts of a style sheet whose addresses are masked already.

        ``hide`` is applied to each host.

        >>> Addresses(hosts=["*.shop.example"]).hosts_in("src: url(//jane.shop.example/f.woff2)")
        'src: url(//****.shop.example/f.woff2)'
        """
        if not self._hosts:
            return css
        return _HOST_IN_CSS.sub(lambda found: hide(self.host(found[0])), css)

    def _origin(self, address: re.Match[str]) -> str:
        if address["user"] is None and not self._hosts:
            return address[0]
        return _origin(address, self.host(address["host"]))

    @staticmethod
    def _host(host: str, patterns: tuple[re.Pattern[str], ...]) -> str:
        low = host.lower()
        fits = next((found for own in patterns if (found := own.fullmatch(low))), None)
        return host if fits is None else _masked_host(host, fits)

    def _app_origin(self, app: re.Match[str]) -> str:
        """Return what stays of the beginning of an address of an app: few have a public host."""
        host = app["host"]
        shown = host if _APP_HOST.fullmatch(host) else _mask_segment(host)
        return f"{app['scheme']}://{shown}"

    def _rest(self, rest: str, *, keep_path: bool) -> str:
        rest, hash_sign, fragment = rest.partition("#")
        masked = self._path_and_query(rest, self._public.paths, keep_path=keep_path) if rest else ""
        return f"{masked}#{self._fragment(fragment)}" if hash_sign else masked

    def _fragment(self, fragment: str) -> str:
        if fragment in self._public.fragments:
            return fragment
        if not self._public.hash_routes:
            return mask_text(fragment)
        mark = "!" * fragment.startswith("!/")
        route = fragment.removeprefix(mark)
        segments = _segments(route.partition("?")[0])
        if route.startswith("/") and any(own.fits(segments) for own in self._public.hash_routes):
            return mark + self._path_and_query(route, self._public.hash_routes, keep_path=False)
        return mask_text(fragment)

    def _path_and_query(self, text: str, public: tuple[PublicPath, ...], *, keep_path: bool) -> str:
        path, question_mark, query = text.partition("?")
        fitting = [own for own in public if own.fits(_segments(path))] if public else []
        masked = path if keep_path else _mask_path(path, fitting)
        if not question_mark:
            return masked
        shown = frozenset().union(*(own.parameters for own in fitting))
        return f"{masked}?{_QUERY_PAIR.sub(lambda pair: self._pair(pair[0], shown), query)}"

    def _pair(self, pair: str, public: frozenset[str]) -> str:
        name, equals, value = pair.partition("=")
        if equals and name in public:
            return name + equals + self.hosts_in_text(self._shown(value))
        shown = name if equals and _PARAMETER.match(name) else mask_text(name)
        return shown + equals + mask_text(value)


def split_origin(url: str) -> tuple[str, str]:
    """Return the scheme and host of an address, user info masked, and what stands behind them.

    >>> split_origin("https://jane@shop.example/u/42"), split_origin("/u/42")
    (('https://****@shop.example', '/u/42'), ('', '/u/42'))
    """
    address = ADDRESS.match(url)
    if address is None:
        return "", url
    return _origin(address, address["host"]), url[address.end() :]


def _origin(address: re.Match[str], host: str) -> str:
    user = address["user"]
    shown = "" if user is None else ":".join(map(mask_input, user.split(":"))) + "@"
    return f"{address['scheme'] or ''}//{shown}{host}{address['port'] or ''}"


def _segments(path: str) -> list[str]:
    return path.removesuffix("/").split("/")


def _mask_path(path: str, public: list[PublicPath]) -> str:
    if not public and path.isascii():
        below = _UP.sub("", path) if path.startswith(".") else path
        if "/." not in f"/{below}":  # most paths: one fast pass
            up = path[: len(path) - len(below)]
            return up + below.encode().translate(_PATH_TABLE).decode()
    parts = next((own.segments for own in public if own.segments), ())
    return "/".join(
        segment if part == segment else _mask_segment(segment)
        for part, segment in zip_longest(parts, path.split("/"))
    )


def _mask_segment(segment: str) -> str:
    return segment if segment in {".", ".."} else ";".join(map(mask_text, segment.split(";")))


# --- hosts ----------------------------------------------------------------------------

_IP = "ip"
_IP_HOST = r"(?P<masked>(?:[^\[\]]*\.)?(?:[0-9]+|0x[0-9a-f]*)|\[[0-9a-f:.*]+\])\.?"
"""A host whose last part is a number: browsers read 127.1, 0x7f.1 and 2130706433 as addresses."""
_LABELS = re.compile(r"[^.\[\]]")


def is_host_pattern(text: str) -> bool:
    """Tell whether a text can be a pattern of hosts.

    >>> is_host_pattern("*.shop.example"), is_host_pattern("ip"), is_host_pattern("https://a.b")
    (True, True, False)
    """
    return (
        re.fullmatch(
            r"(?:\*\.)?(?=.{1,253}\Z)[A-Za-z0-9_][A-Za-z0-9_-]*(?:\.[A-Za-z0-9_-]+)*", text
        )
        is not None
    )


def hint_for_host(host: str) -> str:
    """Return what to write instead of a host with letters beyond ASCII, or nothing.

    >>> hint_for_host("b\u00fccher.example"), hint_for_host("shop.example")
    ('write the host as browsers send it, xn--bcher-kva.example', '')
    """
    if host.isascii():
        return ""
    with contextlib.suppress(UnicodeError):
        return f"write the host as browsers send it, {host.encode('idna').decode()}"
    return "write the host as browsers send it, in ASCII"


def _host_pattern(text: str) -> re.Pattern[str]:
    """Compile a pattern: of a host that is masked, or of one whose sub-domains are.

    A masked host fits, too, or masking twice would not be masking once.
    """
    if text == _IP:
        return re.compile(_IP_HOST)
    if text.startswith("*."):
        return re.compile(rf"(?P<masked>[^\[\]]+){re.escape(text[1:])}\.?")
    return re.compile(rf"(?P<masked>{re.escape(text)})\.?")


def _masked_host(host: str, fits: re.Match[str]) -> str:
    end = fits.end("masked")
    return _LABELS.sub("*", host[:end]) + host[end:]


_DEFAULT = Addresses()


def mask_url(url: str, *, keep_path: bool = False) -> str:
    """Mask an address as a policy without patterns does.

    >>> mask_url("https://jane@shop.example/u/42?tab=bills#top")
    'https://****@shop.example/*/**?tab=*****#***'
    >>> mask_url("mailto:jane@shop.example"), mask_url("data:text/html,Jane")
    ('mailto:*****************', 'data:,')
    """
    return _DEFAULT.mask(url, keep_path=keep_path)
