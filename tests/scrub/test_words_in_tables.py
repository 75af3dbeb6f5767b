"""Each word of the tables that say what is secret, and what is not, does what it is there for."""

import pytest

from replay_redact import Scrub
from replay_redact.scrub.scanner import scanner_of

SCANNER = scanner_of(Scrub.default())
DRAWN = "9f8a7c1e2b3d4f5a9f8a7c1e2b3d4f5a"

VENDORS = """adafruit adobe airtable algolia alibaba anthropic apify artifactory asana atlassian aws azure beamer bitbucket bitrise bittrex braintree
    bugsnag cloudflare cloudinary codecov coinbase confluent contentful datadog deepl digitalocean discord docusign doppler droneci dropbox dynatrace
    easypost elastic etsy facebook fastly figma finicity finnhub firebase flickr flutterwave freshbooks github gitlab gitter gocardless google heroku
    hubspot huggingface instagram intercom jenkins jfrog jira kraken kucoin launchdarkly line linkedin lob logdna looker mailchimp mailgun mailjet mapbox
    mattermost messagebird messenger mixpanel mongodb netlify newrelic notion nytimes okta openai openweather pagerduty paypal pinecone plaid planetscale
    postman postmark privateai pusher rapidapi readme sauce scaleway segment sendbird sendgrid sendinblue sentry shippo shopify slack snyk sonar
    sourcegraph spotify squarespace stripe sumologic supabase telegram tencent travis trello twilio twitch twitter typeform vercel vonage wordpress yandex
    zendesk zoom""".split()  # fmt: skip
WHAT = """id ids uuid guid url uri host hostname domain version release name hash sha sha1 sha256 md5 commit digest checksum revision rev build path file
    date time timestamp number size event trace span etag integrity fingerprint ref branch tag image""".split()  # fmt: skip
MEASURES = """count counts total limit max min length len size rate duration ms expires expiry expiration ttl timeout at used enabled disabled required
    valid supported version type policy mode engine hasher hashers header name names backend backends class classes types path paths file field fields
    domain samesite httponly age index offset position nesting algorithm alg method methods scheme format prefix suffix strength provider handler factory
    manager processor serializer validator middleware view views callback status state error errors dims definition restype argtypes attrs markup tag tags
    brand""".split()  # fmt: skip
COUNTED = """total max min num number count avg mean sum used remaining left limit prompt completion input output cached reasoning budget""".split()  # fmt: skip
STATES = """ok started starting stopped ended closed open opened active inactive expired valid invalid failed success succeeded successful missing
    required optional enabled disabled created updated deleted revoked refreshed renewed granted denied unauthorized authenticated anonymous pending unknown
    yes no on off""".split()  # fmt: skip
HAVE_STATES = "session auth authorization authentication token tokens cookie cookies csrf xsrf jwt".split()  # fmt: skip
FILES = "png jpg jpeg gif svg webp avif ico css js mjs cjs jsx tsx json html woff woff2 ttf".split()  # fmt: skip

ALTERED = {
    "vendors": [f"{word}_x={DRAWN}" for word in VENDORS],
    "other words that name a token": [
        f"{word}={DRAWN}" for word in "key keys access api signing license licence".split()
    ],
    "what is no count": ["x_tokens=123", "token=123", "pin=12", "tokens: 123"],
    "what has no state": ["password=started", "pin=active", "secret: open"],
    "what is no measure": ["token_x=tulip9x", "token_tulip=tulip9x"],
    "addresses": ["icon@2x.pngs", "a@b.zip"],
}
LEFT = {
    "what is not told": [f"{word}_x_y={'a' * 12}1" for word in ["tulip", "harbor"]],
    "ids and sums": [f"datadog_{word}={DRAWN}" for word in WHAT],
    "measures": [f"token_{word}=tulip9x" for word in MEASURES],
    "counts": [f"{word}_tokens=123" for word in COUNTED],
    "states": [f"session={word}" for word in STATES],
    "a few": [f"{word}: 12" for word in ("tokens", "secrets", "passwords", "cookies", "credentials")],
    "files": [f"icon@2x.{word}" for word in FILES],
}  # fmt: skip


@pytest.mark.parametrize("name", ALTERED)
def test_what_is_altered(name):
    assert [text for text in ALTERED[name] if SCANNER.string(text) == text] == []


@pytest.mark.parametrize("name", LEFT)
def test_what_is_left(name):
    assert [text for text in LEFT[name] if SCANNER.string(text) != text] == []


@pytest.mark.parametrize("word", HAVE_STATES)
def test_what_tells_a_state_under_a_key_is_left(word):
    assert SCANNER.value({word: "started", f"x_{word}": "tulip9x"}) == {
        word: "started",
        f"x_{word}": "[filtered]",
    }
