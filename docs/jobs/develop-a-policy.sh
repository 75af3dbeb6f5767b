#!/bin/sh
# Develop a policy for a given page: what may be read in it is shown, all else stays masked.
set -eu

# The page, as HTML. With a recording of your own, leave this out.
cat > page.html <<'END'
<title>Tickets</title>
<nav><a href="/tickets">Tickets</a> <a href="/team">Team</a></nav>
<main>
  <h1>Open tickets</h1>
  <ul><li><b class="subject">Printer on fire</b> <span class="from">Jane Roe</span>
    <button>Assign</button></li></ul>
</main>
END
python -c '
from pathlib import Path
from replay_redact.testing import recording_from_html
Path("page.json").write_bytes(recording_from_html(Path("page.html").read_text()))'

# What could be shown? The draft lists regions, fields and paths of the page, all of them masked.
replay-redact policy init page.json -o draft.toml

# Show the menu, headings and buttons, which are the same for everybody. Close what nobody may open.
cat > policy.toml <<'END'
unmask = ["nav", "h1", "button"]
never_unmask = [".from", ".subject"]
public_paths = ["/tickets", "/team"]
END

# Ask what becomes of an element, and why.
replay-redact explain page.json h1 --policy policy.toml
replay-redact explain page.json .from --policy policy.toml

# No rule does nothing, none shows what users write.
replay-redact policy lint page.json --policy policy.toml

# Look at it: what has a green frame can be read.
replay-redact preview page.json -o preview.html --policy policy.toml

# Redact by it, and prove it.
replay-redact redact page.json -o redacted.json --policy policy.toml
replay-redact check redacted.json --policy policy.toml --secret "Jane Roe" --secret "Printer on fire"
grep -q "Open tickets" redacted.json
echo "Open preview.html in a browser. The policy is in policy.toml."
