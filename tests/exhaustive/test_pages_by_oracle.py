"""More streams from page to page than `guarantees/test_pages_by_oracle.py` takes."""

import pytest

from tests.guarantees.test_pages_by_oracle import FEW, SEEDS, faults_of


@pytest.mark.parametrize("seed", range(FEW, SEEDS))
def test_streams_from_page_to_page(seed):
    assert faults_of(seed) == []
