"""Make docs/before-and-after.png, the picture in the README, of the bundled recording.

Run from the root of the repository: ``python tests/browser/picture.py``. It needs
Chromium and playwright.
"""

import struct
import sys
import zlib
from importlib import resources
from pathlib import Path

from replay_redact.preview import preview_page

sys.path.insert(0, str(Path(__file__).parents[1]))

from browser.places import ARGUMENTS, CHROMIUM

TARGET = Path(__file__).parents[2] / "docs" / "before-and-after.png"
WIDTH, HEIGHT = 1180, 640
STEPS = 6  # shades of each color, so that a pixel is one byte


def main():
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - not there for plain tests

    recording = resources.files("replay_redact").joinpath("demo/recording.json.gz").read_bytes()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        page = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT + 400})
        page.set_content(preview_page(recording, compare=True))
        page.add_style_tag(content=f"iframe {{ height: {HEIGHT - 40}px !important }}")
        page.wait_for_timeout(500)
        shot = page.locator(".panes").screenshot()
        pixels = page.evaluate(PIXELS, list(shot))
        browser.close()
    TARGET.write_bytes(png(pixels["width"], pixels["height"], bytes(pixels["shades"])))
    print(TARGET, TARGET.stat().st_size, "bytes")


# Each pixel as one number, so that a palette can hold all colors.
PIXELS = f"""
async (bytes) => {{
  const picture = await createImageBitmap(new Blob([new Uint8Array(bytes)], {{ type: "image/png" }}));
  const {{ width, height }} = picture;
  const context = new OffscreenCanvas(width, height).getContext("2d");
  context.drawImage(picture, 0, 0);
  const {{ data }} = context.getImageData(0, 0, width, height);
  const step = (value) => Math.round(value * {STEPS - 1} / 255);
  const shades = [];
  for (let at = 0; at < data.length; at += 4) {{
    shades.push((step(data[at]) * {STEPS} + step(data[at + 1])) * {STEPS} + step(data[at + 2]));
  }}
  return {{ width, height, shades }};
}}
"""


def png(width, height, shades):
    """Return a picture with a palette; ``shades`` has one byte per pixel."""
    levels = [round(step * 255 / (STEPS - 1)) for step in range(STEPS)]
    palette = bytes(part for r in levels for g in levels for b in levels for part in (r, g, b))
    rows = b"".join(b"\0" + shades[at : at + width] for at in range(0, len(shades), width))
    header = struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0)
    chunks = [
        (b"IHDR", header),
        (b"PLTE", palette),
        (b"IDAT", zlib.compress(rows, 9)),
        (b"IEND", b""),
    ]
    parts = [
        struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
        for name, body in chunks
    ]
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


if __name__ == "__main__":
    main()
