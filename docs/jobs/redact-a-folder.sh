#!/bin/sh
# Redact a folder of recordings, and prove that the copies are private.
set -eu

# Have a folder. These lines make one; take your own instead.
mkdir -p recordings
replay-redact demo -o clinic
cp clinic/recording.json.gz recordings/monday.json.gz
cp clinic/recording.json.gz recordings/tuesday.json.gz

# Redact all of it into another folder. The originals stay as they are.
replay-redact redact recordings/* -o redacted --report report.json

# Prove it: each copy is private, and a name that you know is in the originals is in none of them.
replay-redact check redacted/* --secret "Eleanor Whitfield"

# See that the check can fail: it exits with 1 for the originals.
replay-redact check recordings/* --secret "Eleanor Whitfield" --examples 0 && exit 1
echo "The folder redacted/ is private. Counts are in report.json."
