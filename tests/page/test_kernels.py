"""Whatever kernels do or hand back, the output is that of Python. The real ones: tests/native."""

import json

import pytest
from fake_kernels import FakeKernels
from helpers import redact

from benchmarks import generate
from replay_redact import Policy, Redactor
from replay_redact._runtime import native

POLICIES = {
    "default": Policy(),
    "texts shown": Policy(mask_all_text=False, block_all_media=False),
    "lists and patterns": Policy(
        mask_attributes=["href", "type"], allow_attributes=["title"], mask=["[data-state=open]"]
    ),
    "a function": Policy(mask_fn=lambda text: "#" * len(text)),
    "addresses shown": Policy(mask_urls=False),
    "CSS shown": Policy(mask_css=False),
    "selectors": Policy(mask=["[role=tab]", "#menu"], unmask=[".open"], mask_all_inputs=False),
    "media and inputs shown": Policy(block_all_media=False, mask_all_inputs=False),
}


@pytest.fixture(params=[False, True], ids=["busy", "idle"])
def kernels(request, monkeypatch):
    fake = FakeKernels(idle=request.param)
    monkeypatch.setattr(native, "kernels", fake)
    return fake


def redacted(recording, policy):
    redactor = Redactor(policy)
    return redactor.process_bytes(recording), vars(redactor.report)


def page(*children):
    body = {"type": 2, "id": 2, "tagName": "body", "attributes": {}, "childNodes": list(children)}
    node = {"type": 0, "id": 1, "childNodes": [body]}
    data = {"node": node, "initialOffset": {"top": 0, "left": 0}}
    return json.dumps([{"type": 2, "timestamp": 1, "data": data}]).encode()


def element(tag, number=5, **attributes):
    return {
        "type": 2,
        "id": number,
        "tagName": tag,
        "attributes": {name.replace("_", "-"): value for name, value in attributes.items()},
        "childNodes": [],
    }


BLANK = element("p", 30) | {"childNodes": [{"type": 3, "id": 31, "textContent": " "}]}
PAGES = {
    "a blank text": page(BLANK),
    "a name that is no tag": page(element("Jane Roe", title="Jane")),
    **{kind: generate.page(150, kind) for kind in generate.KINDS},
    "attributes with facts": page(
        element("input", type="password", value="secret"),
        element("input", 6, type="text", value="Jane", name="q"),
        element("img", 7, src="https://a.example/x.png", width="4", height="3"),
        element("img", 8, alt="Jane", type="x"),
        element("div", 9, **{"class": "rr-block", "title": "Jane"}),
        element("div", 10, title="Jane") | {"isShadow": True},
        element("div", 11, type="Jane", title="Jane") | {"isShadow": True},
        element("Jane Roe", 12, title="Jane", jane="Roe"),
        element("video", 13, src="a.mp4", title="Jane"),
        element("details", 14, open="x"),
        element("span", 15, data_state="open", data_user_role="admin", aria_hidden="true"),
        element("img", 16, title="Jane"),
        element("link", 20, rel="stylesheet", href="/a/b.css"),
        element("a", 21, href="/a", title="Jane"),
        element("div", 22, **{"class": "open order-4711123", "id": "menu"}),
        element("img", 23, alt="Jane", role="img"),
        element("button", 24, type="x", accesskey="j", title="Jane"),
        element("img", 25, type="x", title="Jane"),
        element("div", 26, type="x", title="Jane"),
        element("img", 17, data_zoom="Jane"),
        element("div", 27, data_zoom="Jane"),
        element("img", 28, placeholder="Jane"),
        element("li", 29, role="tab", title="Jane"),
        element("style", 18, CSS="[data-zoom=Jane] { top: 0 }"),
        element("div", 19, **{"class": "rr-mask", "data_private": "", "title": ""}),
    ).replace(b'"CSS"', b'"_cssText"'),
}


@pytest.mark.parametrize("policy", POLICIES.values(), ids=POLICIES)
@pytest.mark.parametrize("recording", PAGES.values(), ids=PAGES)
@pytest.mark.usefixtures("kernels")
def test_pages_are_the_same_with_kernels(recording, policy):
    found = redacted(recording, policy)
    native.kernels = None
    assert found == redacted(recording, policy)


def test_kernels_do_some_of_the_work(kernels):
    redact(json.loads(PAGES["attributes with facts"]))
    assert (kernels.done > 5) is not kernels.idle


@pytest.mark.parametrize(
    ("policy", "used"),
    [
        (Policy(), True),
        (Policy(mask_char="#"), False),
        (Policy(hide_length=True), False),
        (Policy(mask_text="digits"), False),
    ],
)
def test_kernels_are_used_for_policies_that_they_know(kernels, policy, used):
    redact(json.loads(PAGES["mixed"]), policy)
    assert bool(kernels.made) is used
