"""Spellings of secrets, and ways to write them as JSON, for tests that compare two searches.

The encoders here are other ones than the package's.
"""

import base64
import gzip
import html
import json
import unicodedata
import zlib
from urllib.parse import quote

SECRETS = (
    "Jane Roe", "Müller Straße 17", "jane.roe@shop.example", "+49 170 1234567", "4111 1111 1111 1111", "山田 太郎", "Søren Ångström", "O'Connor & Sons",
    "DE89 3704 0044 0532 0130 00", "Zoë van der Berg", "secret-token-9f8a7b6c", "김철수 서울시", "Владимир Ильич", "123-45-6789", "François Lefèvre", "kate.k@mail.example",
    "İstanbul Kilis", 'customer "998877"', "a/b\\c <d> 12", "Ωμέγα ΟΔΟΣ", "ﬁnal oﬀer", "नमस्ते जेन", "تجربة سرية", "½ 1½ 10 50", "ᾴβγ δε", "x1-2y", "fish & chips", "Ǆordje",
)  # fmt: skip

_CASES = (str.upper, str.lower, str.title, str.swapcase, str.casefold)
_SPACES = ("  ", "\u00a0", "\n", "\t", "\u3000", "\u2009", "\u001f", "\u0085", " \r\n ")
_INVISIBLE = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
_SEPARATORS = (" ", "-", ".", "(", ")", "/", "_", "\u2011", "\u2014", "+", ",", "\u00a0")
_FORMS = ("NFC", "NFD", "NFKC", "NFKD")


def _invisible(rng, text):
    at = rng.randrange(len(text) + 1)
    return text[:at] + rng.choice(_INVISIBLE) + text[at:]


def _spaced(rng, text):
    return text.replace(" ", rng.choice(_SPACES))


def _regrouped(rng, text):
    digits = [c for c in text if c.isdigit()]
    return (
        "".join(c + (rng.choice(_SEPARATORS) if rng.random() < 0.4 else "") for c in digits)
        if len(digits) > 5
        else text
    )


def _wide(rng, text):
    return "".join(
        chr(ord(c) + 0xFEE0) if "!" <= c <= "~" and rng.random() < 0.7 else c for c in text
    )


def _bold(_, text):
    return "".join(chr(0x1D41A + ord(c) - 97) if "a" <= c <= "z" else c for c in text)


def _ligatures(rng, text):
    for two, one in (
        ("ffi", "ﬃ"),
        ("fi", "ﬁ"),
        ("ff", "ﬀ"),
        ("ss", rng.choice("ßẞ")),
        ("11", "⑪"),
        ("17", "⑰"),
        ("k", "\u212a"),
        ("1 ", "⒈ "),
        ("st", "ﬆ"),
        ("12", "½"),
        ("lj", "ǉ"),
    ):
        if rng.random() < 0.6:
            text = text.replace(two, one)
    return text


def _base64(rng, text):
    encoded = base64.b64encode(b"x" * rng.randrange(3) + text.encode() + b"y" * rng.randrange(3))
    return (
        rng.choice((encoded, encoded.replace(b"+", b"-").replace(b"/", b"_")))
        .decode()
        .rstrip(rng.choice(("", "=")))
    )


def _percent(rng, text):
    once = rng.choice(
        (
            quote(text, safe=""),
            quote(text),
            quote(text.replace(" ", "+"), safe="+"),
            "".join(f"%{b:02X}" for b in text.encode()),
        )
    )
    return rng.choice((once, once, quote(once, safe=""), once.lower()))


def _html(rng, text):
    return rng.choice(
        (
            html.escape(text),
            "".join(f"&#{ord(c)};" for c in text),
            "".join(f"&#x{ord(c):X};" for c in text),
            "".join(f"&#x{ord(c):x};" for c in text),
        )
    )


def _json(rng, text):
    return rng.choice(
        (
            json.dumps(text)[1:-1],
            "".join(f"\\u{ord(c):04x}" for c in text if ord(c) < 0x10000),
            json.dumps(json.dumps(text)),
        )
    )


_NAMES = {
    "@": "commat", ".": "period", "&": "amp", " ": "nbsp", "-": "hyphen", "_": "lowbar", "'": "apos", '"': "quot", "ü": "uuml", "ß": "szlig",
    "ö": "ouml", "é": "eacute", "ç": "ccedil", "ë": "euml", "<": "lt", "%": "percnt", "#": "num", ";": "semi", "1": "frac12",
}  # fmt: skip


def _one_encoded(rng, c):
    """Encode one character as markup, addresses and scripts may."""
    ways = [
        lambda: f"&#{ord(c):0{rng.choice((1, 3, 5))}};",
        lambda: f"&#{ord(c)}" if rng.random() < 0.3 else f"&#x{ord(c):x};",
        lambda: f"&#X{ord(c):06X};",
        lambda: "".join(f"%{byte:02{rng.choice('xX')}}" for byte in c.encode()),
        lambda: f"\\u{ord(c):04{rng.choice('xX')}}" if ord(c) < 0x10000 else c,
        lambda: f"\\x{ord(c):02x}" if ord(c) < 0x80 else c,
        lambda: f"&{_NAMES[c]};" if c in _NAMES else c,
        lambda: c + "\x1b[31m",
    ]
    return rng.choice(ways)()


def _in_layers(rng, text):
    """Encode some of the characters, and perhaps some of what comes out again."""
    share = rng.choice((0.1, 0.4, 1))
    for _ in range(rng.choice((1, 1, 1, 2, 3))):
        text = "".join(_one_encoded(rng, c) if rng.random() < share else c for c in text)
        share /= 4
    return text


def _compressed(rng, text):
    """Return text as SDKs pack it: the base64 of something compressed."""
    small = zlib.compressobj(9, wbits=31)
    packed_ = rng.choice(
        (
            lambda: gzip.compress(text.encode()),
            lambda: zlib.compress(text.encode(), rng.choice((0, 1, 6, 9))),
            lambda: small.compress(text.encode()) + small.flush(),
        )
    )()
    encoded = rng.choice((base64.b64encode, base64.urlsafe_b64encode))(packed_).decode()
    return encoded.rstrip("=") if rng.random() < 0.3 else encoded


_CHANGES = (
    lambda rng, text: rng.choice(_CASES)(text), lambda rng, text: unicodedata.normalize(rng.choice(_FORMS), text),
    _invisible, _spaced, _regrouped, _wide, _bold, _ligatures, _base64, _percent, _html, _json, lambda _, text: text,
    _in_layers, _in_layers,
)  # fmt: skip


def spelled(rng, secret):
    """Return a secret in some spelling; many of them no search finds."""
    for _ in range(rng.choice((1, 1, 2, 2, 3))):
        secret = rng.choice(_CHANGES)(rng, secret)
    if rng.random() < 0.05:
        return _compressed(rng, secret)
    return (
        rng.choice(("", "x", "my ", "é", "1", "“", "\u0301"))
        + secret
        + rng.choice(("", "y", ".", " s", "\u0301", "7", "”"))
    )


def _escaped(rng, text):
    """Write JSON with any character of its strings escaped."""
    units = [
        int.from_bytes(pair, "big") for pair in _pairs(text.encode("utf-16-be", "surrogatepass"))
    ]
    return "".join(
        f"\\u{unit:04{rng.choice('xX')}}" if rng.random() < 0.5 else _one(unit) for unit in units
    )


def _pairs(data):
    return (data[at : at + 2] for at in range(0, len(data), 2))


def _one(unit):
    return (
        f"\\u{unit:04x}"
        if 0xD800 <= unit < 0xE000
        else json.dumps(chr(unit), ensure_ascii=False)[1:-1]
    )


def written(rng, event, text, mark):
    """Return an event, in which `mark` stands for a text, as JSON in one of several writings."""
    plain = json.dumps(event)
    strings = (
        lambda: json.dumps(text)[1:-1],
        lambda: json.dumps(text, ensure_ascii=False)[1:-1],
        lambda: json.dumps(text, ensure_ascii=False)[1:-1].replace("/", "\\/"),
        lambda: _escaped(rng, text),
    )
    return plain.replace(mark, rng.choice(strings)())


def wrapped(rng, event):
    """Return a recording of one event, in one of the forms that transports use."""
    forms = (
        f"[{event}]".encode,
        f" [ {event}\n]".encode,
        f"{event}\n".encode,
        f"[{json.dumps(event, ensure_ascii=rng.random() < 0.5)}]".encode,
        lambda: gzip.compress(f"[{event}]".encode()),
        lambda: b'{"segment_id":3}\n' + zlib.compress(f"[{event}]".encode()),
        f'{{"window_id":"w","data":[{event}]}}\n'.encode,
        lambda: json.dumps(
            [packed(event, rng.choice((1, 6, 9)))], ensure_ascii=rng.random() < 0.5
        ).encode(),
        lambda: json.dumps(
            {
                "data": json.dumps(
                    {
                        "event": "$snapshot_items",
                        "properties": {"$snapshot_items": [json.loads(event)]},
                    }
                )
            }
        ).encode(),
        lambda: _posthog(event),
        lambda: json.dumps({"data": _compressed(rng, f"[{event}]")}).encode(),
        lambda: _compressed(rng, f"[{event}]").encode(),
    )
    return rng.choice(forms)()


def packed(event, level=6):
    """Pack an event as rrweb's packer does."""
    return zlib.compress(json.dumps({**json.loads(event), "v": "v1"}).encode(), level).decode(
        "latin-1"
    )


def _posthog(event):
    value = json.loads(event)
    value["data"] = gzip.compress(json.dumps(value["data"]).encode()).decode("latin-1")
    return json.dumps([{**value, "cv": "2024-10"}], ensure_ascii=False).encode()
