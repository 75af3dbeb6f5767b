"""The pytest plugin, in its own runs of pytest: one in another process, the others in this one."""

import pytest

from replay_redact import Policy, PolicyError, redact_bytes
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
    result = pytester.runpytest_inprocess("-p", "no:cacheprovider", "--junit-xml=out.xml")
    result.assert_outcomes(passed=3, failed=1)
    result.stdout.fnmatch_lines(
        [
            "2 leaks in 1 event:",
            "  secret 1 can be read in 1 place",
            "  text: 2; redact, or mask it: *",
            "    event 1 FullSnapshot html > body > nav textContent holds secret 1: **** *** (plain)",
            "    event 1 FullSnapshot html > body > nav textContent: **** *** (defaults of the policy)",
        ]
    )
    assert "Jane" not in "".join(line for line in result.stdout.lines if "textContent" in line)
    assert 'name="replay_leaks_text" value="2"' in (pytester.path / "out.xml").read_text("utf-8")


def test_policies_may_be_names_dictionaries_or_policies():
    assert _policy("permissive") == Policy.permissive()
    assert _policy({"unmask": "nav"}) == Policy(unmask="nav")
    assert _policy(Policy.lockdown()) == Policy.lockdown()


class Request:
    """The part of a request that the fixture uses."""

    def __init__(self, marker=None):
        self.node = self
        self.config = self
        self.marker = marker
        self.user_properties = []

    def get_closest_marker(self, _name):
        return self.marker

    def getoption(self, _name):
        return "strict"


def test_the_function_itself():
    make = replay_check.__wrapped__
    page = recording_from_html("<nav>Jane Roe</nav>")
    plain, marked = Request(), Request(pytest.mark.replay(secrets=["Jane Roe"]).mark)
    make(plain)(redact_bytes(page))
    assert plain.user_properties == []
    with pytest.raises(pytest.fail.Exception, match="2 leaks"):
        make(marked)(page)
    assert marked.user_properties == [("replay_leaks_text", 2)]
    make(plain)(page, policy={"unmask": "nav"}, secrets=())


@pytest.mark.parametrize("recording", [[], b"[]", iter(())])
def test_a_recording_without_events_proves_nothing(recording):
    with pytest.raises(pytest.fail.Exception, match="was anything recorded"):
        replay_check.__wrapped__(Request())(recording)


@pytest.mark.parametrize(
    ("mark", "named"),
    [
        (pytest.mark.replay(polcy="permissive"), "polcy"),
        (pytest.mark.replay("permissive"), "a positional argument"),
    ],
)
def test_a_mistyped_marker_is_an_error(mark, named):
    with pytest.raises(pytest.UsageError, match=named):
        replay_check.__wrapped__(Request(mark.mark))


def test_an_unknown_option_of_a_policy_is_an_error():
    with pytest.raises(PolicyError, match="unmsk"):
        _policy({"unmsk": "nav"})


def test_a_failing_assertion_does_not_print_its_arguments(pytester):
    pytester.makepyfile(
        """
        from replay_redact.testing import assert_no_leaks, recording_from_html

        def test_page():
            assert_no_leaks(recording_from_html("<p>" + "enaJ"[::-1] + "</p>"), secrets=["enaJ"[::-1]])
        """
    )
    result = pytester.runpytest_inprocess("-p", "no:cacheprovider", "--tb=long")
    result.assert_outcomes(failed=1)
    assert "Jane" not in result.stdout.str()


def test_warnings_as_errors_do_not_matter_to_properties(pytester):
    pytester.makepyfile(TESTS)
    result = pytester.runpytest_inprocess(
        "-p", "no:cacheprovider", "-W", "error", "--junit-xml=o.xml"
    )
    result.assert_outcomes(passed=3, failed=1)


def test_the_option(pytester):
    pytester.makepyfile(TESTS)
    result = pytester.runpytest_inprocess(
        "-p", "no:cacheprovider", "--replay-policy=permissive", "-k", "leaks"
    )
    result.stdout.fnmatch_lines(["1 leak in 1 event:", "*holds secret 1*"])


def test_another_rrweb_can_be_named(pytester):
    pytester.makeini("[pytest]\nreplay_redact_rrweb = own/rrweb.js")
    pytester.makepyfile(
        """
        import pytest

        def test_it(replay_recorder):
            with pytest.raises(FileNotFoundError, match="own.rrweb.js"):
                replay_recorder(None)
        """
    )
    pytester.runpytest_inprocess("-p", "no:cacheprovider").assert_outcomes(passed=1)


def test_an_unknown_policy_is_an_error(pytester):
    pytester.makepyfile(TESTS)
    result = pytester.runpytest_inprocess(
        "-p", "no:cacheprovider", "--replay-policy=loose", "-k", "leaks"
    )
    result.stdout.fnmatch_lines(["*PolicyError: unknown policy 'loose'*"])


def test_the_option_and_the_marker_are_in_the_help(pytester):
    assert "--replay-policy" in pytester.runpytest_subprocess("--help").stdout.str()
    assert "replay(policy=None" in pytester.runpytest_inprocess("--markers").stdout.str()
