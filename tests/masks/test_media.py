"""Placeholders: the natural size of embedded images is read from their headers."""

import base64
import struct
from urllib.parse import quote

import pytest

from replay_redact._masks.media import Size, embedded_size, gray_image, placeholder


def jpeg(*segments):
    return b"\xff\xd8" + b"".join(
        b"\xff" + code + struct.pack(">H", len(body) + 2) + body for code, body in segments
    )


FRAME = struct.pack(">BHHB", 8, 30, 40, 3)
IMAGES = {
    "png": ("png", b"\x89PNG\r\n\x1a\n" + struct.pack(">I4sII", 13, b"IHDR", 40, 30)),
    "gif": ("gif", b"GIF89a" + struct.pack("<HH", 40, 30)),
    "jpeg": ("jpeg", jpeg((b"\xe0", b"JFIF"), (b"\xc4", b"tables"), (b"\xc0", FRAME)) + b"\0"),
    "webp lossy": ("webp", b"RIFF\0\0\0\0WEBPVP8 " + b"\0" * 10 + struct.pack("<HH", 40, 30)),
    "webp lossless": (
        "webp",
        b"RIFF\0\0\0\0WEBPVP8L\0\0\0\0\x2f" + struct.pack("<I", 39 | 29 << 14) + b"\0" * 8,
    ),
    "webp extended": (
        "webp",
        b"RIFF\0\0\0\0WEBPVP8X"
        + b"\0" * 8
        + (39).to_bytes(3, "little")
        + (29).to_bytes(3, "little"),
    ),
    "svg": (
        "svg+xml",
        b'<?xml version="1.0"?><svg height="30" width="40px"><text>Jane</text></svg>',
    ),
}


@pytest.mark.parametrize("name", IMAGES)
@pytest.mark.parametrize("encoding", ["base64", "percent"])
def test_sizes_are_read_from_headers(name, encoding):
    kind, data = IMAGES[name]
    body = (
        f";base64,{base64.b64encode(data).decode()}" if encoding == "base64" else f",{quote(data)}"
    )
    assert embedded_size(f"data:image/{kind}{body}") == Size(40, 30)


@pytest.mark.parametrize(
    "address",
    ["https://a.example/x.png", "data:text/plain,x", "data:image/bmp,x", "data:image/png,x", "data:image/gif,GIF",
     "data:image/jpeg,x", "data:image/jpeg;base64,/9j/4AAQ", "data:image/webp,RIFF", "data:image/svg+xml,x",
     "data:image/svg+xml,<svg width='3'>", "data:image/svg+xml,<svg width='0' height='3'>",
     "data:image/webp," + quote(b"RIFF\0\0\0\0WEBPXXXX" + b"\0" * 20)],
)  # fmt: skip
def test_what_is_not_understood_has_no_size(address):
    assert embedded_size(address) is None
    assert placeholder(address) == gray_image()


def test_half_a_pair_in_an_embedded_image_is_no_error():
    for encoding in (";base64", ""):
        assert embedded_size(f"data:image/png{encoding},\ud83d") is None


def test_the_placeholder_of_a_placeholder_is_itself():
    gray = gray_image(Size(40, 10**9))
    assert embedded_size(gray) == Size(40, 32_767)
    assert placeholder(gray) == gray
