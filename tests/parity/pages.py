"""Pages for the SDK to record, drawn from a seed: HTML, options, and a seed for the visitor."""

from __future__ import annotations

import gzip
import html
import json
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

WORDS = "Jane Roe|4 111 222|naïve|日本語|two  spaces|🙂 fine|O'Neil & co|x|***|Müller-Lüdenscheidt".split(
    "|"
)
MARKS = ["hush", "show", "box", "unbox", "skip", "sentry-mask", "sentry-block", "sentry-ignore"]
NAMES = ["title", "aria-label", "data-name", "data-testid", "id"]
ASKING = ["data-sentry-mask", "data-sentry-block", "data-sentry-ignore"]
TYPES = """text email password hidden file image reset submit button checkbox radio number range color
    date month week time datetime-local tel url search foo TEXT Hidden PASSWORD Submit""".split()
AUTOCOMPLETE = ["name", "cc-number", "cc-csc", "new-password", "CC-NUMBER", "section-a cc-exp"]
SELECTORS = {
    "mask": [".hush"],
    "unmask": [".show"],
    "block": [".box"],
    "unblock": [".unbox"],
    "ignore": [".skip"],
}
OPTIONS: list[dict[str, Any]] = [
    {},
    SELECTORS,
    {**SELECTORS, "maskAllText": False},
    {**SELECTORS, "maskAllInputs": False},
    {**SELECTORS, "maskAllText": False, "maskAllInputs": False},
    {**SELECTORS, "maskAllText": False, "maskAllInputs": False, "blockAllMedia": False},
    {**SELECTORS, "blockAllMedia": False},
    {**SELECTORS, "maskAttributes": ["title", "class", "data-testid", "alt", "href"]},
    {"mask": ["form .hush", "main > p"], "unmask": ["main", "form .show"], "block": ["[data-name]"]},
    {"maskAllText": False, "mask": ["main"], "unmask": ["label"], "unblock": ["img", "svg"]},
]  # fmt: skip
LIMITS = {"password": "hunter2", "number": "12", "range": "30", "color": "#aabbcc", "date": "2024-01-02",
          "month": "2024-01", "week": "2024-W03", "time": "10:20", "datetime-local": "2024-01-02T10:20"}  # fmt: skip


class Made(NamedTuple):
    """A page, and what is done on it."""

    name: str
    text: str
    options: dict[str, Any]
    seed: int
    steps: int


class Writer:
    """Writes HTML with marks, fields, media, frames and shadow roots at random places."""

    def __init__(self, random: Random) -> None:
        self.random = random

    def word(self) -> str:
        return html.escape(self.random.choice(WORDS))

    def words(self) -> str:
        return " ".join(self.word() for _ in range(self.random.randint(1, 3)))

    def marks(self) -> str:
        random, parts = self.random, []
        if random.random() < 0.45:
            parts.append(
                f'class="{" ".join(random.sample([*MARKS, "plain"], random.randint(1, 2)))}"'
            )
        if random.random() < 0.05:
            parts.append(random.choice(ASKING))
        names = [name for name in NAMES if random.random() < 0.12]
        parts += [f'{name}="{self.words()}"' for name in names]
        if random.random() < 0.08:
            parts.append('style="color: red; background-image: url(pic.png); width: 9px"')
        return (" " + " ".join(parts)) if parts else ""

    # --- one thing each ---

    def paragraph(self) -> str:
        inner = (
            f"{self.words()} <b{self.marks()}>{self.words()}</b>"
            if self.random.random() < 0.5
            else self.words()
        )
        return f"<p{self.marks()}>{inner}</p>"

    def field(self) -> str:
        random = self.random
        kind = random.choice(TYPES)
        value = LIMITS.get(kind.lower(), self.words())
        given = f' value="{value}"' if random.random() < 0.8 and kind != "file" else ""
        given += ' placeholder="Your name"' if random.random() < 0.3 else ""
        given += f' autocomplete="{random.choice(AUTOCOMPLETE)}"' if random.random() < 0.2 else ""
        given += " checked" if kind in {"checkbox", "radio"} and random.random() < 0.5 else ""
        typed = f' type="{kind}"' if random.random() < 0.9 else ""
        named = f' name="group-{random.randrange(10**6)}"' if kind == "radio" else ""
        return f"<label{self.marks()}>{self.words()} <input{typed}{named}{given}{self.marks()}></label>"

    def group(self) -> str:
        name = f"group-{self.random.randrange(10**6)}"
        buttons = "".join(
            f'<input type=radio name="{name}" value="{self.words()}">{self.words()}'
            for _ in range(3)
        )
        return f"<fieldset{self.marks()}><legend>{self.words()}</legend>{buttons}</fieldset>"

    def area(self) -> str:
        return f"<textarea{self.marks()}>{self.words()}\n{self.words()}</textarea>"

    def choice(self) -> str:
        options = "".join(
            f"<option{self.marks()}{' selected' if self.random.random() < 0.3 else ''}>{self.words()}</option>"
            f'<option value="{self.word()}">{self.words()}</option>'
            for _ in range(self.random.randint(1, 2))
        )
        inner = (
            f'<optgroup label="{self.words()}">{options}</optgroup>'
            if self.random.random() < 0.4
            else options
        )
        return f"<select{self.marks()}{' multiple' if self.random.random() < 0.2 else ''}>{inner}</select>"

    def button(self) -> str:
        return f"<button{self.marks()}>{self.words()} <i{self.marks()}>{self.words()}</i></button>"

    def link(self) -> str:
        return f'<a href="/users/{self.word()}?q=1"{self.marks()}>{self.words()}</a>'

    def medium(self) -> str:
        kind = self.random.choice(
            ["img", "video", "audio", "object", "embed", "map", "picture", "svg", "canvas"]
        )
        if kind == "img":
            return f'<img alt="{self.words()}" width=20 height=10 src="pic.png"{self.marks()}>'
        if kind == "embed":
            return f"<embed width=30 height=10{self.marks()}>"
        if kind == "svg":
            return self.drawing()
        return f"<{kind}{self.marks()}>{self.words()}</{kind}>"

    def drawing(self) -> str:
        return (
            f"<svg width=20 height=20{self.marks()}><title>{self.words()}</title><style>.a{{fill:red}}</style>"
            f'<a xlink:href="#x"><text{self.marks()}>{self.words()}</text></a><use href="#y"></use>'
            f"<foreignObject><div{self.marks()}>{self.words()}<input value=Jane></div></foreignObject></svg>"
        )

    def table(self) -> str:
        return f'<table background="t.png"{self.marks()}><tr><th>{self.words()}<td background="c.png"{self.marks()}>{self.words()}</table>'

    def editable(self) -> str:
        return f"<div contenteditable{self.marks()}>{self.words()}<br>{self.words()}</div>"

    def frame(self) -> str:
        return f'<iframe src="/frame" width=99{self.marks()}></iframe>'

    def code(self) -> str:
        return self.random.choice(
            [
                "<style>p { color: red; content: 'Jane' }</style>",
                "<noscript>Jane <b>Roe</b></noscript>",
                f"<template><p>{self.words()}</p></template>",
                f"<!-- {self.words()} -->",
                f"<math><mi{self.marks()}>{self.words()}</mi></math>",
                f"<meter value=3{self.marks()}>{self.words()}</meter><output>{self.words()}</output>",
                f"<details open{self.marks()}><summary>{self.words()}</summary>{self.words()}</details>",
                f'<datalist id=d><option value="{self.words()}"></datalist>',
            ]
        )

    def shadow(self) -> str:
        inner = f"{self.words()}{self.blocks(2, 1)}"
        return f'<x-card{self.marks()}><template shadowrootmode="open">{inner}</template>{self.words()}</x-card>'

    # --- many ---

    def blocks(self, depth: int, least: int = 3) -> str:
        return "\n".join(self.block(depth) for _ in range(self.random.randint(least, least + 3)))

    def block(self, depth: int) -> str:
        random = self.random
        if depth and random.random() < 0.45:
            tag = random.choice(["div", "section", "form", "div", "ul", "article", "fieldset"])
            return f"<{tag}{self.marks()}>{self.blocks(depth - 1, 1)}</{tag}>"
        kinds = [self.paragraph, self.field, self.field, self.field, self.group, self.area, self.choice, self.button, self.button,
                 self.link, self.medium, self.table, self.editable, self.code]  # fmt: skip
        if depth:
            kinds += [self.shadow, self.shadow, self.frame]
        return random.choice(kinds)()


def made_page(number: int) -> Made:
    """Write a page; the same for the same number."""
    random = Random(number)
    writer = Writer(random)
    text = (
        f"<!doctype html><html lang=en><head><meta charset=utf-8><title>{writer.words()}</title>"
        f'<meta name=description content="{writer.words()}"><style>.a {{ color: red }}</style>'
        f"<link rel=icon href=i.png></head><body{writer.marks()}><main{writer.marks()}>{writer.blocks(3, 5)}</main>"
        f"{writer.blocks(2, 2)}</body></html>"
    )
    return Made(f"drawn-{number:03}", text, OPTIONS[number % len(OPTIONS)], number, 40)


def frame_page() -> str:
    """Return the page that frames show."""
    return "<!doctype html><title>Jane</title><p class=show>Jane <b>Roe</b></p><input value=Jane><div class=hush>Roe</div>"


def real_pages(folder: Path) -> list[Made]:
    """Return the HTML of recorded pages, written from their first snapshot."""
    paths = sorted(folder.glob("*.raw.json.gz"))
    return [
        Made(path.name.partition(".")[0], _written(path), OPTIONS[number % 2 and 1], number, 15)
        for number, path in enumerate(paths)
    ]


def _written(path: Path) -> str:
    events = json.loads(gzip.decompress(path.read_bytes()))
    [root, *_] = [event["data"]["node"] for event in events if event["type"] == 2]
    out: list[str] = []
    todo: list[Any] = [root]
    while todo:
        node = todo.pop()
        if isinstance(node, str):
            out.append(node)
        elif node["type"] == 2:
            begin, end = _tags(node)
            out.append(begin)
            todo += [end, *reversed(node["childNodes"])]
        elif node["type"] == 0:
            todo += reversed(node["childNodes"])
        elif node["type"] == 1:
            out.append("<!doctype html>")
        elif node["type"] == 3:
            out.append(
                node["textContent"] if node.get("isStyle") else html.escape(node["textContent"])
            )
    return "".join(out)


_VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())


def _tags(node: dict[str, Any]) -> tuple[str, str]:
    tag, attributes = node["tagName"], dict(node["attributes"])
    css = attributes.pop("_cssText", None)
    if css is not None and tag == "link":
        return f"<style>{css}", "</style>"
    plain = {
        name: item
        for name, item in attributes.items()
        if isinstance(item, str) and not name.startswith("rr_")
    }
    begin = (
        f"<{tag}" + "".join(f' {name}="{html.escape(item)}"' for name, item in plain.items()) + ">"
    )
    return begin + (css or ""), "" if tag in _VOID else f"</{tag}>"
