#!/bin/sh
# Erase a user from an archive: every recording of the person goes, and a certificate says so.
set -eu

# Have an archive. This makes one with recordings of two people; the index of persons needs a key.
export REPLAY_INDEX_KEY="a key of 16 bytes or more, kept as a secret"
mkdir -p replays
echo 'index_key_variable = "REPLAY_INDEX_KEY"' > replays/archive.toml
python - <<'END'
import os
from replay_redact.archive import Archive

archive = Archive("replays", index_key=os.environ["REPLAY_INDEX_KEY"].encode())
for session, person in [("s1", "user-17"), ("s2", "user-17"), ("s3", "user-42")]:
    archive.put(session, 0, b'[{"type": 1, "timestamp": 1}]', subjects=[person])
END

# Whose recordings are these? (find exits with 1 if there are some)
replay-redact archive find replays --subject user-17 || test $? = 1

# See what would go, then do it. Who and why stand in the certificate.
replay-redact archive erase replays --subject user-17 --by "$(id -un)" --reason "ticket 4711" --dry-run
replay-redact archive erase replays --subject user-17 --by "$(id -un)" --reason "ticket 4711" \
    --certificate certificate.json

# Nothing of the person is left, others stay, and a segment that comes late is refused.
replay-redact archive find replays --subject user-17
replay-redact archive find replays --subject user-42 || test $? = 1
replay-redact archive check replays
echo "The certificate is in certificate.json."
