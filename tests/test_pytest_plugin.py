"""The pytest plugin, in runs of their own."""

import pytest

from replay_redact import Policy, redact_bytes
from replay_redact.pytest_plugin import _policy, replay_check
from replay_redact.testing import recording_from_html

pytest_plugins = ["pytester"]

TESTS = """
import pytest
from replay_redact import Policy, redact_bytes
from replay_redact.testing import recording_from_html

PAGE = recording_from_html("<nav>Jane Roe</nav>")

def test_private(replay_check):
    replay_check(redact_bytes(PAGE), secrets=["Jane Roe"])

def test_leaks(replay_check):
    replay_check(PAGE, secrets=["Jane Roe"])

@pytest.mark.replay(policy={"unmask": "nav"})
def test_marker(replay_check):
    replay_check(PAGE)

@pytest.mark.replay(policy="lockdown", secrets=["Jane Roe"])
def test_argument_counts_more(replay_check):
    replay_check(PAGE, policy=Policy(unmask="nav"), secrets=[])
"""


def test_the_fixture(pytester):
    pytester.makepyfile(TESTS)
    result = pytester.runpytest_subprocess("-p", "no:cacheprovider", "--junit-xml=out.xml")
    result.assert_outcomes(passed=3, failed=1)
    result.stdout.fnmatch_lines(
        [
            "2 leaks in 1 event:",
            "  text: 2; mask it: *",
            "    event 1 FullSnapshot html > body > nav textContent: **** *** (defaults of the policy)",
            "    event 1 FullSnapshot html > body > nav textContent holds secret 1: **** *** (plain)",
        ]
    )
    assert "Jane" not in "".join(line for line in result.stdout.lines if "textContent" in line)
    assert 'name="replay_leaks_text" value="2"' in (pytester.path / "out.xml").read_text("utf-8")


def test_policies_may_be_names_dictionaries_or_policies():
    assert _policy("open") == Policy.open()
    assert _policy({"unmask": "nav"}) == Policy(unmask="nav")
    assert _policy(Policy.lockdown()) == Policy.lockdown()


class Request:
    """What the fixture asks pytest for."""

    def __init__(self, marker=None):
        self.node = self
        self.config = self
        self.marker = marker

    def get_closest_marker(self, _name):
        return self.marker

    def getoption(self, _name):
        return "strict"


def test_the_function_itself():
    noted = {}
    make = replay_check.__wrapped__
    page = recording_from_html("<nav>Jane Roe</nav>")
    make(Request(), noted.__setitem__)(redact_bytes(page))
    assert noted == {}
    with pytest.raises(pytest.fail.Exception, match="2 leaks"):
        make(Request(pytest.mark.replay(secrets=["Jane Roe"]).mark), noted.__setitem__)(page)
    assert noted == {"replay_leaks_text": 2}
    make(Request(), noted.__setitem__)(page, policy={"unmask": "nav"}, secrets=())


def test_the_option(pytester):
    pytester.makepyfile(TESTS)
    result = pytester.runpytest_subprocess(
        "-p", "no:cacheprovider", "--replay-policy=open", "-k", "leaks"
    )
    result.stdout.fnmatch_lines(["1 leak in 1 event:", "*holds secret 1*"])


def test_an_unknown_policy_is_an_error(pytester):
    pytester.makepyfile(TESTS)
    result = pytester.runpytest_subprocess(
        "-p", "no:cacheprovider", "--replay-policy=loose", "-k", "leaks"
    )
    result.stdout.fnmatch_lines(["*PolicyError: unknown policy 'loose'*"])


def test_the_option_and_the_marker_are_in_the_help(pytester):
    assert "--replay-policy" in pytester.runpytest_subprocess("--help").stdout.str()
    assert "replay(policy=None" in pytester.runpytest_subprocess("--markers").stdout.str()
