"""Drafts of policy files: list what recordings hold, as options that are commented out.

A draft masks everything. It shows counts, and the names that pages give their tags, ids and
attributes, which are public. Of paths it shows only common words such as ``orders``: any other part
may be the name of a person.
"""

from __future__ import annotations

import json
import re
import textwrap
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from replay_redact import events as ev
from replay_redact._allowlists.attribute_names import is_public_name
from replay_redact._allowlists.attributes import Kind, is_structural, kind_of
from replay_redact._allowlists.identifiers import zeroed
from replay_redact._wire.codec import decode
from replay_redact.nodes import Document, Element, Node, Text
from replay_redact.policy import OPTIONS, Policy

_REGIONS = frozenset(
    "header nav main aside footer form dialog article section table h1 h2 h3 h4 button a label th"
    " legend summary figcaption".split()
)
_FIELDS = frozenset({"input", "textarea", "select"})
_MEDIA = frozenset({"img", "svg", "video", "audio", "canvas", "iframe", "object", "embed"})
_ID = re.compile(r"[A-Za-z][A-Za-z_-]{0,39}")
_MOST = 20  # lines of each option: people have to read the file
_PATH_WORDS = frozenset(
    """
    about account accounts activity add address addresses admin api app apps archive article
    articles assets auth author authors billing blog board boards book booking bookings brand
    brands browse calendar callback campaigns cancel careers cart categories category challenge
    change chat checkout collections comments community companies company complete confirm contact
    contacts content course courses create customer customers dashboard data delete delivery demo
    details developers discover docs documents done download downloads edit email error event
    events explore export faq favorites features feed feedback file files finish folder folders
    forgot forum gallery group groups guide guides health help history home hotels how image
    images import inbox index info install integrations invite invoice invoices issues item items
    job jobs join kategorie language legal library list lists live local login logout map media
    member members menu message messages mobile more movies my new news newsletter notifications
    offers orders order overview page pages partners password patients payment payments photos
    plans platform post posts press pricing privacy product products profile profiles project
    projects public purchase questions recent recipes records register registration report reports
    reset resources results return returns reviews rooms sale search security sell send service
    services session settings share shipping shop shops sign-in sign-up signin signout signup site
    solutions start static stats status step store stories story subscribe subscription
    subscriptions success support tab table tag tags task tasks team teams terms thank-you tickets
    tools topic topics tour track trips update upload user users v1 v2 v3 verify video videos view
    visits watch welcome wiki wishlist work write
    """.split()
)
"""Words that occur in the paths of many sites, and name nobody."""

_HEAD = """\
# A policy of replay_redact, drafted from recordings. Everything is masked: remove the # from what
# may be shown. Ids and attributes come from your pages: read through them before you share this
# file. `replay-redact policy schema` prints the schema for editors.
"""


class _Option(NamedTuple):
    """An option of the draft, and the noun for the counts behind its values."""

    name: str
    counted: str


_OPTIONS = (
    _Option("unmask", "texts"),
    _Option("mask", "fields"),
    _Option("show_media", "elements"),
    _Option("allow_attributes", "values"),
    _Option("public_paths", "times"),
)


def draft(recordings: Iterable[bytes]) -> str:
    """Return a policy file that lists what the recordings hold, all of it commented out.

    >>> meta = b'{"href": "https://a.example/orders/7", "width": 1, "height": 1}'
    >>> page = b'[{"type": 4, "timestamp": 1, "data": %b}]' % meta
    >>> print(draft([page]).split("public_paths = ")[1])
    [
    #  "/orders/:id",  # 1 time
    ]
    <BLANKLINE>
    """
    found = _Found()
    for recording in recordings:
        for event in decode(recording):
            found.take(event)
    return _HEAD + "".join(
        line for option in _OPTIONS for line in _lines(option, found.counts[option.name])
    )


def _lines(option: _Option, counts: Counter[str]) -> Iterator[str]:
    meaning = textwrap.wrap(f"{option.name}: {OPTIONS[option.name].meaning}.", 97)
    yield "".join(["\n", *(f"# {line}\n" for line in meaning), f"{option.name} = [\n"])
    for text in getattr(Policy(), option.name):
        yield f"  {json.dumps(text)},\n"
    ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    for text, count in ranked[:_MOST]:
        noun = option.counted.removesuffix("s") if count == 1 else option.counted
        yield f"#  {json.dumps(text)},  # {count} {noun}\n"
    yield "]\n"


class _Found:
    """How often each possible value of an option was found in the recordings."""

    def __init__(self) -> None:
        self.counts: dict[str, Counter[str]] = {option.name: Counter() for option in _OPTIONS}

    def take(self, event: ev.Event) -> None:
        """Count what an event holds."""
        if isinstance(event, ev.Meta) and isinstance(event.data.href, str):
            self._address(event.data.href)
        elif isinstance(event, ev.FullSnapshot):
            self._tree(event.data.node)
        elif isinstance(event, ev.IncrementalSnapshot) and isinstance(event.data, ev.Mutation):
            for addition in event.data.adds:
                self._tree(addition.node)

    def _tree(self, root: Node) -> None:
        todo: list[tuple[Node, tuple[str, ...]]] = [(root, ())]
        while todo:
            node, around = todo.pop()
            if isinstance(node, Text) and node.text_content.strip():
                self.counts["unmask"].update(around)
            if isinstance(node, Element):
                around = (*around, *self._element(node).difference(around))
            if isinstance(node, Element | Document):
                todo += [(child, around) for child in node.child_nodes]

    def _element(self, node: Element) -> set[str]:
        """Count an element; return the selectors of the regions that begin with it."""
        tag = node.tag_name.lower()
        own_id = node.attributes.get("id")
        if tag in _FIELDS:
            self.counts["mask"][_field(tag, node.attributes)] += 1
        if tag in _MEDIA:
            self.counts["show_media"][tag] += 1
        for name, value in node.attributes.items():
            if is_public_name(name) and kind_of(name) is Kind.TEXT and value:
                self.counts["allow_attributes"][name.lower()] += 1
            if name == "href" and tag == "a" and isinstance(value, str):
                self._address(value)
        named = isinstance(own_id, str) and _ID.fullmatch(own_id) and zeroed(own_id) == own_id
        return ({tag} & _REGIONS) | ({f"#{own_id}"} if named else set())

    def _address(self, address: str) -> None:
        try:
            path = urlsplit(address).path
        except ValueError:
            return
        parts = [part if part in _PATH_WORDS else ":id" for part in path.strip("/").split("/")]
        if path.startswith("/") and not _PATH_WORDS.isdisjoint(parts):
            self.counts["public_paths"]["/" + "/".join(parts)] += 1


def _field(tag: str, attributes: Mapping[str, Any]) -> str:
    kind = attributes.get("type")
    known = tag == "input" and isinstance(kind, str) and kind and is_structural("type", kind)
    return f"input[type={kind}]" if known else tag
