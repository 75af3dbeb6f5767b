#!/bin/sh
# Protect an endpoint that receives what Sentry's SDK sends: only redacted envelopes go on to Sentry.
set -eu

# Have tunnel.py and views.py here. In a clone they stand in docs/examples.
[ -e tunnel.py ] || cp "$(dirname "$0")/../examples/tunnel.py" .
[ -e views.py ] || cp "$(dirname "$0")/../examples/views.py" .

# In place of Sentry: a server that keeps the last body it got. Yours is https://oNNN.ingest.sentry.io
cat > upstream.py <<'END'
from http.server import BaseHTTPRequestHandler, HTTPServer

class Keep(BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        open("forwarded.bin", "wb").write(body)
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b"{}")

HTTPServer(("127.0.0.1", 9501), Keep).serve_forever()
END
python upstream.py & upstream=$!
trap 'kill $upstream $tunnel' EXIT

# The endpoint. In the browser: Sentry.init({dsn: ..., tunnel: "https://your.host/api/42/envelope/"})
# 42 is the number of your project, the last part of the DSN. Other paths are answered with 404.
REPLAY_UPSTREAM=http://127.0.0.1:9501 python -m uvicorn --app-dir . --port 9502 tunnel:app & tunnel=$!

# An envelope as the SDK sends it: an event about the replay, and one segment of the recording.
python - <<'END'
import json, time, urllib.error, urllib.request
from replay_redact.testing import recording_from_html

recording = b'{"segment_id":0}\n' + recording_from_html("<p>Hello Jane Roe</p>")
replay = json.dumps({"type": "replay_event", "replay_id": "a" * 32, "segment_id": 0}).encode()
items = [("replay_event", replay), ("replay_recording", recording)]
envelope = json.dumps({"event_id": "a" * 32}).encode() + b"\n"
for kind, payload in items:
    envelope += json.dumps({"type": kind, "length": len(payload)}).encode() + b"\n" + payload + b"\n"

for _ in range(100):  # until the endpoint is up
    try:
        url = "http://127.0.0.1:9502/api/42/envelope/?sentry_key=abc"
        answer = urllib.request.urlopen(urllib.request.Request(url, envelope), timeout=10)
        break
    except urllib.error.URLError:
        time.sleep(0.2)
assert answer.status == 200
assert b"Jane Roe" in envelope
forwarded = open("forwarded.bin", "rb").read()
assert b"Jane Roe" not in forwarded and b"replay_recording" in forwarded
print("What went on to Sentry has no name in it: forwarded.bin")
END
