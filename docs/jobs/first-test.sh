#!/bin/sh
# Write a test that fails because a recording is not private, and make it pass.
set -eu

# A page of your app. It can also be what your recorder emitted, as bytes or as a list of events.
cat > conftest.py <<'END'
import pytest
from replay_redact.testing import recording_from_html

@pytest.fixture
def recording():
    return recording_from_html("""
        <nav class="sentry-unmask">Shop</nav>
        <p>Hello Jane Roe</p>
        <input name="card" autocomplete="cc-number" value="4111 1111 1111 1111">
    """)
END

# The test: what your backend stores has to be private. Here it stores what it gets.
cat > test_privacy.py <<'END'
def store(recording):
    return recording

def test_what_we_store_is_private(recording, replay_check):
    replay_check(store(recording), secrets=["Jane Roe"])
END

# It fails, and says where and what to do. It never prints what leaked.
python -m pytest -q test_privacy.py && exit 1

# Redact before you store.
cat > test_privacy.py <<'END'
from replay_redact import redact_bytes

def store(recording):
    return redact_bytes(recording)

def test_what_we_store_is_private(recording, replay_check):
    replay_check(store(recording), secrets=["Jane Roe"])
END
python -m pytest -q test_privacy.py
