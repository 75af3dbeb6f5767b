"""A seeded corpus of secrets by kind, drawn from the forms that vendors document.

Tokens that are known by their form stand in a sentence, others beside the name of their vendor.
Placeholders stand where secrets could.
"""

from __future__ import annotations

import random
import string
from typing import NamedTuple

from replay_redact.scrub.formats import FORMATS
from replay_redact.scrub.formats.row import filled

ALNUM = string.ascii_letters + string.digits
CLASSES = {
    "A": ALNUM,
    "W": ALNUM + "_",
    "B": ALNUM + "_-",
    "S": ALNUM + "+/",
    "U": string.ascii_uppercase + string.digits,
    "l": string.ascii_lowercase + string.digits,
    "L": string.ascii_letters,
    "h": "0123456789abcdef",
    "H": "0123456789ABCDEF",
    "d": string.digits,
}
BESIDE = {
    "adafruit": "{B32}", "airtable": "key{A14}", "algolia": "{l32}", "asana": "{A32}", "beamer": "b_{B44}", "bitbucket": "{B64}",
    "bittrex": "{h32}", "codecov": "{l32}", "coinbase": "{B64}", "confluent": "{A64}", "contentful": "{B43}", "datadog": "{l40}",
    "droneci": "{l32}", "dropbox": "{l15}", "etsy": "{l24}", "facebook": "{h32}", "fastly": "{B32}", "finnhub": "{l20}",
    "flickr": "{l32}", "freshbooks": "{l64}", "gitter": "{B40}", "hubspot": "{h8}-{h4}-{h4}-{h4}-{h12}", "intercom": "{B60}",
    "jfrog": "{l73}", "kraken": "{S80}", "kucoin": "{h24}", "launchdarkly": "{B40}", "linkedin": "{l16}", "looker": "{l24}",
    "mailchimp": "{h32}", "mattermost": "{l26}", "netlify": "{B40}", "newrelic": "{l64}", "nytimes": "{B32}", "plaid": "{l30}",
    "rapidapi": "{B50}", "sendbird": "{h40}", "snyk": "{h8}-{h4}-{h4}-{h4}-{h12}", "squarespace": "{h8}-{h4}-{h4}-{h4}-{h12}",
    "sumologic": "{l64}", "travis": "{l22}", "trello": "{A32}", "twitch": "{l30}", "twitter": "{l50}", "zendesk": "{l40}",
}  # fmt: skip
"""What vendors give that has no form of its own."""

PLACEHOLDERS = """
<your-key> <your api key> xxxx xxxxxxxxxxxxxxxxxxxx XXXXXXXXXXXXXXXX changeme your_token_here YOUR_API_KEY ${API_KEY}
{{token}} %s ******** example placeholder <token> insert-your-key-here ghp_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx
sk_live_xxxxxxxxxxxxxxxxxxxxxxxx process.env.API_KEY AKIAXXXXXXXXXXXXXXXX todo redacted
""".split()

_SENTENCES = ["calling upstream with {} now", 'const value = "{}"', "value={}", "{}"]
_BESIDE = ['{}_api_key = "{}"', '"{}Token": "{}"', "{}_SECRET={}", "{}.key: '{}'"]


class Sample(NamedTuple):
    """A line, the secret in it, and its kind; ``placeholder`` is the kind of what is none."""

    kind: str
    line: str
    secret: str


def samples(each: int = 12, seed: int = 3) -> list[Sample]:
    """Return the corpus: so many lines of each kind."""
    rng = random.Random(seed)
    found: list[Sample] = []
    for at, row in enumerate(FORMATS):
        for number in range(each):
            secret = _drawn(row.sample.removeprefix("%3D"), rng)
            line = _SENTENCES[number % len(_SENTENCES)].format(secret)
            found.append(Sample(f"{row.name} {at}", line, secret))
    for vendor, form in BESIDE.items():
        for number in range(each):
            secret = _drawn(form, rng)
            line = _BESIDE[number % len(_BESIDE)].format(vendor, secret)
            found.append(Sample(f"{vendor} beside a word", line, secret))
    found += [
        Sample("placeholder", f'{key} = "{text}"', text)
        for text in PLACEHOLDERS
        for key in ("api_key", "password", "token")
    ]
    return found


def _drawn(form: str, rng: random.Random) -> str:
    return filled(form, lambda name, size: "".join(rng.choices(CLASSES[name], k=size)))
