"""`Policy.sentry()` against Sentry's SDK itself: ten pages, both versions, recorded here and now.

``python -m tests.parity`` does the same with a hundred pages and prints what it compared.
"""

from collections import Counter

import pytest

from tests.parity.comparison import compare, policy_of, redacted
from tests.parity.pages import OPTIONS, made_page
from tests.parity.recording import SDKS, Recorder, missing

PAGES = [made_page(number) for number in range(10)]  # each with other options


@pytest.fixture(scope="module", params=SDKS)
def recorded(request, browser):
    """Return pages with what one SDK recorded of them, without masks and with them."""
    lacking = missing()
    if lacking:
        pytest.skip(lacking)
    recorder = Recorder(browser, request.param)
    pairs = [(made, *recorder.record(made)) for made in PAGES]
    recorder.close()
    return request.param, pairs


def test_each_node_mutation_input_and_breadcrumb_is_what_the_sdk_records(recorded):
    sdk, pairs = recorded
    counts = Counter()
    for made, plain, masked in pairs:
        found, different = compare(made, redacted(plain, policy_of(made, sdk)), masked)
        counts += found
        assert different == [], made.name
    print(sdk, dict(counts))
    assert counts["nodes"] > 1000
    assert min(counts[kind] for kind in ("mutations", "inputs", "breadcrumbs")) > 20
    assert len(PAGES) == len(OPTIONS)


def test_the_comparison_can_fail(recorded):
    sdk, pairs = recorded
    for made, plain, masked in pairs:
        other = policy_of(made, sdk).replace(unmask="*", mask_attributes=())
        assert compare(made, redacted(plain, other), masked)[1], made.name
        assert compare(made, plain, masked)[1], made.name
