"""Caches stay within their bounds, and the garbage collector is put back."""

import gc

import pytest

from replay_redact._runtime.cache import StringCache
from replay_redact._runtime.collector import paused_collector


def test_a_cache_remembers():
    cache = StringCache(100)
    cache.put("key", "result", 9)
    assert cache.found == {"key": "result"}


@pytest.mark.parametrize(("characters", "kept"), [(25, True), (26, False), (1000, False)])
def test_one_result_never_takes_up_a_quarter(characters, kept):
    cache = StringCache(100)
    cache.put("key", "result", characters)
    assert ("key" in cache.found) is kept


def test_a_full_cache_is_emptied_and_goes_on():
    cache = StringCache(100)
    for number in range(5):
        cache.put(number, number, 25)
        assert len(cache.found) <= 4
    assert cache.found == {4: 4}
    cache.put(5, 5, 25)
    assert cache.found == {4: 4, 5: 5}


@pytest.fixture
def _collector():
    assert gc.isenabled()
    yield
    gc.enable()


@pytest.mark.usefixtures("_collector")
def test_the_collector_is_paused_and_put_back():
    with paused_collector():
        assert not gc.isenabled()
        with paused_collector():
            assert not gc.isenabled()
        assert not gc.isenabled()
    assert gc.isenabled()


@pytest.mark.usefixtures("_collector")
def test_the_collector_is_put_back_after_an_error():
    with pytest.raises(KeyError), paused_collector():
        raise KeyError
    assert gc.isenabled()


@pytest.mark.usefixtures("_collector")
def test_a_collector_that_was_off_stays_off():
    gc.disable()
    with paused_collector():
        assert not gc.isenabled()
    assert not gc.isenabled()
