"""The option ``pages``: what it takes, what it refuses, and what the strictest of all options is."""

import pickle

import pytest

from replay_redact import Policy, PolicyError
from replay_redact.policy import OPTIONS, Page, policy_of_no_page
from replay_redact.policy.page_entries import MOST_PAGES
from replay_redact.policy.pages import policies_of, strictest

ADMIN = {"url": "/admin/**", "mask_all_text": False, "unmask": ["nav", "main"]}


def test_pages_are_data():
    policy = Policy(pages=[ADMIN, {"url": "/checkout/*", "drop": True}])
    assert policy.pages[0] == Page(
        "/admin/**", options=(("mask_all_text", False), ("unmask", ("nav", "main")))
    )
    assert policy == pickle.loads(pickle.dumps(policy))  # noqa: S301 - our own bytes
    assert eval(repr(policy)) == policy  # noqa: S307 - our own text
    assert len({policy, policy.replace(pages=policy.pages), Policy()}) == 2
    assert Policy(pages=ADMIN) == Policy(pages=[ADMIN])
    assert repr(policy.pages[1]) == "{'url': '/checkout/*', 'drop': True}"


def test_a_page_has_the_options_of_the_policy_but_for_its_own():
    policy = Policy(mask=".a", unmask=".b", pages=[ADMIN, {"url": "/x"}])
    admin, other, base = policies_of(policy)
    assert admin == Policy(mask=".a", unmask=["nav", "main"], mask_all_text=False)
    assert other == base == Policy(mask=".a", unmask=".b")


def test_pages_in_a_file(tmp_path):
    file = tmp_path / "policy.toml"
    file.write_text(
        '[[pages]]\nurl = "/admin/**"\nunmask = "nav"\n[[pages]]\nurl = "/x"\ndrop = true\n'
    )
    assert Policy.from_toml(file) == Policy(
        pages=[{"url": "/admin/**", "unmask": "nav"}, {"url": "/x", "drop": True}]
    )
    file.write_text('[[pages]]\nurl = "/admin/**"\nunmsk = "nav"\n')
    with pytest.raises(
        PolicyError, match=r"policy.toml: pages '/admin/\*\*': .*did you mean 'unmask'"
    ):
        Policy.from_toml(file)


@pytest.mark.parametrize(
    ("pages", "why"),
    [
        ("/x", "pages must be tables"),
        (7, "pages must be tables"),
        ([7], "each of pages must be a table with a url"),
        ([{}], "each of pages must be a table with a url"),
        ([{"url": 7}], "each of pages must be a table with a url"),
        ([{"url": "x"}], "the url 'x' of a page cannot be read"),
        ([{"url": "https://*.x.example/"}], "a host is written out, without *"),
        ([{"url": "/\ud800"}], "it has characters that no address has"),
        ([{"url": "/x", "drop": 1}], "pages '/x': drop must be true or false"),
        ([{"url": "/x", "drp": True}], "pages '/x': unknown option 'drp': did you mean 'drop'"),
        ([{"url": "/x", "mask": "p:hover"}], "pages '/x': unsupported selector"),
        ([{"url": "/x", "mask_all_text": 1}], "pages '/x': mask_all_text must be true or false"),
        ([{"url": "/x"}, {"url": "/x"}], "pages has '/x' twice"),
        ([{"url": f"/{n}"} for n in range(MOST_PAGES + 1)], "pages must be 100 or fewer"),
        *[
            ([{"url": "/x", name: ()}], f"pages '/x': {name} cannot differ by page")
            for name, option in OPTIONS.items()
            if not option.by_page
        ],
    ],
)
def test_pages_that_make_no_sense(pages, why):
    with pytest.raises(PolicyError, match=why.replace("*", r"\*")):
        Policy(pages=pages)


def test_what_cannot_differ_by_page():
    assert [name for name, option in OPTIONS.items() if not option.by_page] == [
        *("show_words", "words_in", "scrub", "mask_char", "mask_fn", "rules", "pages"),
    ]


@pytest.mark.parametrize(
    "hosts", ["*.shop.example", "admin.shop.example", ["x.example", "*.example"]]
)
def test_a_host_that_tells_a_page_cannot_be_masked(hosts):
    admin = {"url": "https://admin.shop.example/**"}
    for policy in (
        {"mask_hosts": hosts, "pages": [admin]},
        {"pages": [{"url": "/x", "mask_hosts": hosts}, admin]},
    ):
        with pytest.raises(PolicyError, match="mask_hosts masks this host"):
            Policy(**policy)
    assert Policy(mask_hosts="*.other.example", pages=[admin, {"url": "/x"}]).pages


def test_sentry_rules_have_no_pages():
    with pytest.raises(PolicyError, match="pages is not an option of Sentry's SDK"):
        Policy.sentry(pages=[ADMIN])


def test_the_strictest_of_all_options():
    one = Policy(
        mask=".a",
        unmask=["nav", ".x"],
        keep_fonts=True,
        metadata="scrub",
        public_paths=["/a", "/b"],
    )
    other = Policy(
        mask=[".b", ".a"], unmask=[".x", "p"], hide_length=True, metadata="mask", public_paths="/b"
    )
    found = strictest((one, other), OPTIONS)
    assert found == Policy(
        mask=[".a", ".b"], unmask=".x", hide_length=True, metadata="mask", public_paths="/b"
    )
    assert strictest((found, one, other), OPTIONS) == found
    assert policy_of_no_page(one) is one
    assert policy_of_no_page(one.replace(pages=[{"url": "/x", "unmask": "nav"}])).unmask == ("nav",)
