"""The guarantee, as properties over generated recordings and policies.

Each property is a plain function that raises `AssertionError`. So `test_controls` can show that it
fails on an engine with one rule switched off.
"""

from __future__ import annotations

import base64
import gzip
import json
import traceback
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from replay_redact import Policy, RedactError, Redactor, decode, redact_bytes
from replay_redact import events as ev
from replay_redact import nodes as nd
from replay_redact._masks.media import BLOCK_STYLE
from replay_redact.policy import OPTIONS
from replay_redact.strategies import planted, policies, twins, wild_recordings

NO_OPT_OUT = Policy(unmask=())
DROPPED_KINDS = {7, 8}  # assets; 8 does not exist
DROPPED_SOURCES = {9, 10, 42}  # canvas, fonts; 42 does not exist


def to_bytes(recording: Any) -> bytes:
    return json.dumps(recording).encode()


# --- P1: non-interference ---------------------------------------------------------------
#
# The main property. If redaction cannot tell two recordings apart that differ only in
# private content of the same shape, then no output can tell anybody what that content was,
# in whatever encoding or in which odd corner of the format.


def indistinguishable(one: Any, other: Any, policy: Policy) -> None:
    assert redact_bytes(to_bytes(one), policy) == redact_bytes(to_bytes(other), policy)


@given(twins(), policies(opening=False))
def test_p1_twins_redact_alike(pair: Any, policy: Policy) -> None:
    indistinguishable(*pair, policy.replace(unmask=()))


# The default policy shows regions that the page unmasks. What is outside them must not be seen,
# however nodes move in and out. The test defines "outside" in a crude and safe way: an id that was
# never in such a region, in any event of the recording.


def _attributes_opt_out(attributes: Any) -> bool:
    name = attributes.get("class")
    return "data-sentry-unmask" in attributes or "sentry-unmask" in str(name).split()


def _children(value: dict[str, Any]) -> list[Any]:
    return [child["id"] for child in value.get("childNodes", ())]


def opted_out(recording: Any) -> set[int]:
    """Return the ids of all nodes that ever were inside an unmasked region."""
    below: dict[int, list[int]] = {}
    found: set[int] = set()
    todo = list(recording)
    for value in todo:  # grows
        if isinstance(value, list):
            todo += value
        if not isinstance(value, dict):
            continue
        todo += value.values()
        if isinstance(value.get("node"), dict) and "parentId" in value:
            below.setdefault(value["parentId"], []).append(value["node"]["id"])
        if isinstance(value.get("attributes"), dict) and "id" in value:
            below.setdefault(value["id"], []).extend(_children(value))
            if _attributes_opt_out(value["attributes"]):
                found.add(value["id"])
        elif "childNodes" in value:
            below.setdefault(value["id"], []).extend(_children(value))
    spread = list(found)
    for node_id in spread:  # grows
        new = set(below.get(node_id, ())) - found
        found |= new
        spread += new
    return found


def _about(value: dict[str, Any]) -> set[Any]:
    data = value.get("data")
    inner = data.get("nodeId") if isinstance(data, dict) else None
    return {i for i in (value.get("id"), value.get("nodeId"), inner) if type(i) is int}


def mixed(one: Any, other: Any, same: set[int]) -> Any:
    """Return ``other``, with the content of ``one`` in everything about these ids."""
    if isinstance(one, list):
        return [mixed(a, b, same) for a, b in zip(one, other, strict=True)]
    if not isinstance(one, dict):
        return other
    if _about(one) & same:
        return one
    pairs = zip(one.items(), other.items(), strict=True)
    return {name: mixed(a, b, same) for (_, a), (name, b) in pairs}


@given(twins())
def test_p1_twins_redact_alike_around_opted_out_regions(pair: Any) -> None:
    one, other = pair
    indistinguishable(one, mixed(one, other, opted_out(one)), Policy())


# An absent node (it never existed, or it was removed with an ancestor) must be masked, whatever
# region it used to be in. The test keeps its own DOM, as plain as possible.


class Dom:
    def __init__(self) -> None:
        self.parents: dict[int, int] = {}

    def enter(self, node: Any, parent: int) -> None:
        self.parents[node["id"]] = parent
        for child in node.get("childNodes", ()):
            self.enter(child, node["id"])

    def remove(self, node_id: int) -> None:
        self.parents.pop(node_id, None)
        for child in [i for i, parent in self.parents.items() if parent == node_id]:
            self.remove(child)

    def add(self, addition: Any) -> None:
        node, parent = addition["node"], addition["parentId"]
        self.remove(node["id"])
        if parent in self.parents:
            self.enter(node, parent)

    def play(self, event: Any) -> None:
        data = event["data"]
        if event["type"] == 2:
            self.parents.clear()
            self.enter(data["node"], 0)
        for removal in data.get("removes", ()) if data.get("source") == 0 else ():
            self.remove(removal["id"])
        for addition in data.get("adds", ()) if data.get("source") == 0 else ():
            self.add(addition)


def changes_of_absent_nodes(one: Any, other: Any) -> Any:
    """Return ``one``, with the content of ``other`` in changes of absent nodes."""
    dom, result = Dom(), []
    for a, b in zip(one, other, strict=True):
        dom.play(a)
        data = dict(a["data"])
        for part in ("texts", "attributes"):
            if data.get("source") == 0:
                pairs = zip(data[part], b["data"][part], strict=True)
                data[part] = [x if x["id"] in dom.parents else y for x, y in pairs]
        result.append({**a, "data": data})
    return result


@given(twins())
def test_p1_changes_of_absent_nodes_are_masked(pair: Any) -> None:
    one, other = pair
    indistinguishable(one, changes_of_absent_nodes(one, other), Policy())


# --- P2: fixed point ----------------------------------------------------------------------
#
# A recording is private under a policy exactly when redacting it changes nothing. The
# verifier rests on this, and so does redacting twice by mistake.


def fixed_point(recording: Any, policy: Policy) -> None:
    once = redact_bytes(to_bytes(recording), policy)
    assert redact_bytes(once, policy) == once


@given(wild_recordings(), policies())
def test_p2_redacting_twice_is_redacting_once(recording: Any, policy: Policy) -> None:
    fixed_point(recording, policy)


# --- P3: structure ------------------------------------------------------------------------
#
# A player must be able to play the result: ids, tags, order, nesting, timestamps, number of
# events. Only assets, canvas drawings, fonts, and unknown kinds and sources are dropped by kind.
# Only names that cannot be names (of a custom element, of a CSS property), and attribute changes
# of which nothing may stay, are dropped by content.


def skeleton(node: Any) -> Any:
    children = [skeleton(child) for child in node.get("childNodes", ())]
    return node["type"], node["id"], node.get("tagName"), children


def outline(event: Any) -> Any:
    """Return the parts of an event that must stay."""
    data = event["data"]
    frame = event["type"], event["timestamp"], event.get("delay")
    if event["type"] == 2:
        return *frame, skeleton(data["node"])
    if event["type"] != 3 or data["source"] != 0:
        return *frame, data.get("source"), data.get("id"), data.get("ranges")
    adds = [(a["parentId"], a["nextId"], skeleton(a["node"])) for a in data["adds"]]
    texts = [text["id"] for text in data["texts"]]
    return *frame, data["removes"], adds, texts


def must_survive(event: Any) -> bool:
    data = event["data"]
    if event["type"] != 3:
        return event["type"] not in DROPPED_KINDS
    match data["source"]:
        case 0 if data["attributes"]:
            return bool(data["removes"] or data["adds"] or data["texts"])
        case 13:
            return " " not in data["set"]["property"]
        case 16:
            return data["define"]["name"] == "x-card"
        case source:
            return source not in DROPPED_SOURCES


def keeps_structure(recording: Any) -> None:
    redacted = json.loads(redact_bytes(to_bytes(recording)))
    kept = [event for event in redacted if must_survive(event)]
    expected = [event for event in recording if must_survive(event)]
    assert list(map(outline, kept)) == list(map(outline, expected))


@given(wild_recordings(calm=True))
def test_p3_structure_survives(recording: Any) -> None:
    keeps_structure(recording)


# Where something is blocked, only what is below a gray box may be missing.


def embedded(before: Any, after: Any) -> None:
    todo = [(before, after)]
    while todo:
        whole, part = todo.pop()
        assert (type(part), part.id) == (type(whole), whole.id)
        if isinstance(whole, nd.Element):
            assert part.tag_name == whole.tag_name
        wholes, parts = getattr(whole, "child_nodes", []), getattr(part, "child_nodes", [])
        gray = str(getattr(part, "attributes", {}).get("style")).endswith(BLOCK_STYLE)
        assert len(parts) == (0 if gray else len(wholes))
        todo += zip(wholes[: len(parts)], parts, strict=True)


def embeds(recording: Any, policy: Policy) -> None:
    redactor = Redactor(policy)
    for event in decode(to_bytes(recording)):
        masked = redactor.process(event)
        if masked is None:
            continue
        assert type(masked) is type(event)
        assert masked.timestamp == event.timestamp
        if isinstance(event, ev.FullSnapshot):
            embedded(event.data.node, masked.data.node)
        elif isinstance(event, ev.IncrementalSnapshot) and isinstance(event.data, ev.Mutation):
            wholes = iter(event.data.adds)
            for part in masked.data.adds:
                embedded(next(w for w in wholes if w.node.id == part.node.id).node, part.node)


# Under the rules of the SDK, whatever it would not have recorded is left out as well.
STRICT = policies().filter(lambda policy: policy.rules == "strict")


@given(wild_recordings(), STRICT)
def test_p3_only_gray_boxes_lose_what_is_below(recording: Any, policy: Policy) -> None:
    embeds(recording, policy)


# --- P5: total ----------------------------------------------------------------------------
#
# Redaction sits in ingestion paths, where anything arrives. Whatever the bytes are, there is
# redacted output or one kind of error, and the error may go into a log.


@st.composite
def mangled(draw: st.DrawFn) -> tuple[bytes, list[str]]:
    """Draw the bytes of a damaged recording, and the secrets in it."""
    recording, secrets = draw(planted(max_events=3))
    data = json.dumps(recording, ensure_ascii=draw(st.booleans())).encode()
    places = st.integers(0, len(data))
    for _ in range(draw(st.integers(0, 3))):
        start, end = sorted((draw(places), draw(places)))
        junk = draw(st.binary(max_size=3) | st.sampled_from([b"null", b"[]", b"-1", b'"', b"{}"]))
        data = draw(
            st.sampled_from(
                [
                    data[:end],
                    data[:start] + data[end:],
                    data[:start] + junk + data[start:],
                    data[:start] + junk + data[start + 1 :],
                    data[:end] + data[start:],
                ]
            )
        )
    if draw(st.booleans()):
        data = gzip.compress(data, 1)
        data = data[: draw(st.sampled_from([len(data), len(data) // 2]))]
    return data, secrets


def total(data: bytes, secrets: list[str]) -> None:
    try:
        assert isinstance(redact_bytes(data), bytes)
    except RedactError as error:
        shown = "".join(traceback.format_exception(error))
        assert not [secret for secret in secrets if secret in shown]


@given(st.binary())
def test_p5_any_bytes(data: bytes) -> None:
    total(data, [])


@given(mangled())
def test_p5_damaged_recordings(drawn: tuple[bytes, list[str]]) -> None:
    total(*drawn)


# --- P6: monotone -------------------------------------------------------------------------
#
# Whoever tightens a policy relies on this. A policy is stricter by construction: a flag turned on,
# a masking rule added, or an unmasking rule removed.


def tightenings(loose: Policy, more: Policy) -> list[dict[str, Any]]:
    """Return changes of one option that tighten a policy; lists grow by those of another."""
    found: list[dict[str, Any]] = []
    for name, option in OPTIONS.items():
        value = getattr(loose, name)
        if name == "rules" or not (option.sdk or loose.rules == "strict"):
            continue
        if option.kind == "flag":
            found.append({name: not option.opens})
        elif option.kind == "choice":
            stricter = option.words[: option.words.index(value)]
            stricter = stricter[:1] if name == "mask_text" else stricter  # the others hide parts
            found += [{name: word} for word in stricter]
        elif option.kind in {"function", "character"}:
            found.append({name: getattr(Policy(), name)})  # a function may return anything
        elif name == "words_in":
            found.append({name: (), "show_words": ()})
        elif option.kind != "scrub":  # the replacement of a secret may show more of it, or less
            found.append({name: () if option.opens else (*value, *getattr(more, name))})
    return found


@st.composite
def ordered_policies(draw: st.DrawFn) -> tuple[Policy, Policy]:
    """Draw a policy, and one that is stricter."""
    loose, more = draw(policies()), draw(policies())
    return loose, loose.replace(**draw(st.sampled_from(tightenings(loose, more))))


def shown(recording: Any, secrets: list[str], policy: Policy) -> set[str]:
    output = redact_bytes(to_bytes(recording), policy).decode()
    return {secret for secret in secrets if secret in output}


def monotone(recording: Any, secrets: list[str], loose: Policy, strict: Policy) -> None:
    assert shown(recording, secrets, strict) <= shown(recording, secrets, loose)


@given(planted(), ordered_policies())
def test_p6_a_stricter_policy_shows_no_more(drawn: Any, pair: tuple[Policy, Policy]) -> None:
    monotone(*drawn, *pair)


# --- P7: no secret survives ---------------------------------------------------------------
#
# The shadow of P1, and the one that reads like the promise. It also runs where events come in
# an order that no recorder sends: shuffled, dropped, doubled.


def encodings(secret: str) -> list[str]:
    """Return ways to write a secret that a careless mask could let through."""
    percent = "".join(f"%{ord(c):02X}" for c in secret)
    escaped = "".join(f"\\u{ord(c):04x}" for c in secret)
    entities = "".join(f"&#{ord(c)};" for c in secret)
    coded = [
        base64.b64encode(b"\0" * shift + secret.encode(charset))[4:-4].decode()
        for charset in ("utf-8", "utf-16-le")
        for shift in range(3)
    ]
    return [
        secret,
        secret.lower(),
        secret.upper(),
        secret[::-1],
        percent,
        escaped,
        entities,
        *coded,
    ]


def no_secret_survives(recording: Any, secrets: list[str], policy: Policy = NO_OPT_OUT) -> None:
    output = redact_bytes(to_bytes(recording), policy).decode()
    assert not [s for secret in secrets for s in encodings(secret) if s in output]


@given(planted())
def test_p7_no_secret_survives(drawn: Any) -> None:
    no_secret_survives(*drawn)


@given(planted(calm=True))
def test_p7_no_secret_survives_the_default_policy(drawn: Any) -> None:
    no_secret_survives(*drawn, Policy())


@given(planted(), st.data())
def test_p7_no_secret_survives_in_any_order(drawn: Any, data: st.DataObject) -> None:
    recording, secrets = drawn
    events = data.draw(st.lists(st.sampled_from(recording), max_size=8))
    no_secret_survives(events, secrets)
