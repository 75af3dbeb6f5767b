"""Words of tables that Relay's rules and Sentry's events are read by: each does what it says."""

import pytest

from replay_redact import Scrub, Scrubber, ScrubRule
from replay_redact.scrub.relay.selectors import Selector

TYPES = """string binary number boolean bool datetime array list object event attachments replay error exception stack stacktrace frame http request
    user logentry message thread breadcrumb log trace_metric span sdk minidump heap_memory stack_memory""".split()  # fmt: skip


@pytest.mark.parametrize("name", TYPES)
def test_a_selector_may_name_each_type(name):
    assert Selector(f"${name}").matches(()) is False


NUMBERS = {
    "ipv4": "10.20.30.40",
    "ipv6": "2001:db8::1",
    "mac": "4a:00:04:10:9e:2f",
    "imei": "356938035643809",
    "phone": "555-010-9999",
}


@pytest.mark.parametrize("detector", NUMBERS)
def test_what_versions_set_off_stays_in_a_version_and_goes_elsewhere(detector):
    scrubber = Scrubber(Scrub(rules=[ScrubRule(detector=detector)]), metadata="scrub")
    number = NUMBERS[detector]
    event = scrubber.event({"release": f"shop {number}", "extra": {"a": f"shop {number}"}})
    assert event == {"release": f"shop {number}", "extra": {"a": f"shop [{detector}]"}}
