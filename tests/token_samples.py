"""Samples of the table of token formats beside its own: other prefixes, other lengths, edges.

Prefixes are written out here, so that a fault in a pattern cannot hide in them.
"""

from __future__ import annotations

from collections.abc import Iterator

from replay_redact.scrub.formats import FORMATS
from replay_redact.scrub.formats.row import TokenFormat, made

PREFIXES = {
    "ghp_": "gho_ ghu_ ghs_ ghr_", "glpat-": "glptt- glrt- glrtr- gldt- glsoat- glft- glcbt- glimt- glagent- gloas- glffct- glwt-",
    "ATBB": "ATCTT3", "dckr_pat_": "dckr_oat_", "CCIPAT_": "CCIPRJ_", "bkua_": "bkra_ bkaa_ bkaj_ bkar_ bkct_ bkpt_ bkps_ bkpat_", "pat.": "sat.", "hvs.": "hvb. hvr.",
    "dp.pt.": "dp.st. dp.ct. dp.sa. dp.said. dp.scim. dp.audit. dp.st.0Aa9Zz_-.", "sntryu_": "sntrys_ sntrya_ sntryi_", "dt0a09.": "dt0z90.",
    "hcaik_": "hcbik_", "phx_": "pha_ phc_ phr_ phs_", "snyk_uat.": "snyk_sat.", "squ_": "sqa_ sqp_", "sgp_0a9f0a9f0A9F0A9F_": "sgp_local_",
    "api-": "sdk- mob- rel-", "dvc_server_": "dvc_client_ dvc_mobile_", "pnu_": "pnb_", "lin_api_": "lin_oauth_",
    "signkey-prod-": "signkey-test- signkey-branch-", "tr_dev_": "tr_prod_ tr_stg_ tr_pat_",
    "AKIA": "ASIA ABIA ACCA AGPA AIDA AROA AIPA ANPA ANVA", "1//0": "4//0", "&sig=": "?sig= ;sig=", "YCA": "YCZ", "y0_": "y6_",
    "dop_v1_": "doo_v1_ dor_v1_", "fm2_": "fm1_ fm1a_ fm2r_", "cfut_": "cfk_ cfat_", "vcp_": "vca_ vci_ vck_ vcr_", "nfp_": "nfc_ nfo_",
    "sbp_": "sb_secret_", "pscale_tkn_": "pscale_oauth_ pscale_pw_", "tskey-auth-0": "tskey-api-0 tskey-client-0 tskey-scim-0 tskey-webhook-0",
    "sc_": "ext_ scauth_ authress_", "sk-proj-": "sk-svcacct- sk-admin-", "hf_": "api_org_", "lsv2_pt_": "lsv2_sk_",
    "sk-lf-": "pk-lf-", "xoxe.xoxb-": "xoxe.xoxp- xoxa- xoxb- xoxc- xoxe- xoxo- xoxp- xoxr- xoxs- xoxd-", "xapp-1-": "xapp-0- xapp-9-",
    "https://hooks.slack.com/services/": "hooks.slack.com/workflows/ hooks.slack.com/triggers/",
    "a.webhook.office.com": "09az-.webhook.office.com", "https://discord.com": "discordapp.com", "M0A9Z": "N0A9Z O0A9Z",
    "AccessKey live_": "AccessKey␣test_ AccessKey␣ ?access_key= &access_key=", "xkeysib-": "xsmtpsib-", "key-": "pubkey-",
    "rk_live_": "sk_live_ sk_test_ sk_prod_", "shpat_": "shpca_ shppa_ shpss_ shpua_ shprt_ shpatkn_", "sq0atp-": "sq0csp- sq0idp- EAAA",
    "access_token$production$": "access_token$sandbox$", "rzp_live_": "rzp_test_", "FLWSECK_TEST-": "FLWPUBK- FLWSECK-", "duffel_test_": "duffel_live_",
    "EZAK": "EZTK", "shippo_live_": "shippo_test_", "figd_": "figo_ figu_ figr_", "1/0909090909/": "0/ 2/", "sl.u.": "sl.", "pk.": "sk.",
    "pat-na1-": "pat-eu0- pat-ap9-", "na1.": "eu1.", "s-s4t2ud-": "s-s4t2af-", "sm_aat_": "sm_pat_ sm_sat_",
    "api_live_us.": "api_sandbox_ca. api_live.",
    "ddp_": "ddo_", "packagist_ort_": "packagist_ack_ packagist_acs_ packagist_out_", "AIK_CI_": "AIK_SECRET_", "os_v2_app_": "os_v2_org_",
    "pdl_live_apikey_": "pdl_sdbx_apikey_", "polar_oat_": "polar_at_ polar_pat_", "wrkaqg-": "wrka-",
}  # fmt: skip
"""Other prefixes of rows, by how the sample of the row begins; ␣ is a blank."""

LABELS = ("_gitlab_session=", "AccountKey=", "&sig=", "?sig=", ";sig=", "SharedAccessKey=", "hooks.slack.com/services/", "hooks.slack.com/workflows/",
          "hooks.slack.com/triggers/", ".webhook.office.com/webhookb2/", "discord.com/api/webhooks/", "discordapp.com/api/webhooks/", "AccessKey ", "?access_key=", "&access_key=", "SSWS ", "ssws%20")  # fmt: skip
"""What stays before a token."""

TAILS = {"=", "X"}
"""Ends of samples that a token may do without."""


LONGER = {"mailchimp", "azure_client", "bitbucket", "openai", "snyk"}
"""Whose samples are longer than they must be."""

SEVERAL_LENGTHS = {"azure_storage", "authress"}
"""Whose samples with a sign at the end are longer than they must be."""

DIGITS = {"telegram", "facebook"}
"""Whose samples begin with digits of which there may be more."""


FIXED = {
    "azure_storage",
    "azure_functions",
    "adyen",
    "beamer",
    "defined",
    "dropbox",
    "duffel",
    "frameio",
    "typeform",
}
"""Whose samples have one length, with what is at their end."""


def samples(row: TokenFormat) -> list[str]:
    """Return whole tokens of a row, each with what stays before it."""
    whole = made(row.sample).removeprefix("%3D")
    others = [
        new.replace("␣", " ") + whole.removeprefix(old)
        for old, news in PREFIXES.items()
        if whole.startswith(old) and _same(whole, old)
        for new in news.split()
    ]
    return [made(row.sample), *others]


BEFORE = ("%3D", "https://", "xoxe.")
"""What may stand before a token, at the beginning of a sample."""

WHOLE = ("AAA0", "glrt-0A", "bkpt_0", "dp.st.0", "dp.st.A", "fm1_0", "fm2_0", "polar_at_", "sl.u0", "AccessKey live0", "AccessKey test0",
         "tskey-auth-0A", "tskey-api-0A", "tskey-client-0A", "tskey-scim-0A", "tskey-webhook-0A", "0az-.", "09a-.", "09z-.", "9az-.", "09az.w")  # fmt: skip
"""How whole tokens begin that are left when another lacks a character."""


def incomplete(row: TokenFormat) -> Iterator[str]:
    """Yield tokens of a row that lack one character of how they begin."""
    rest = made(row.sample).removeprefix(row.sample.partition("{")[0])
    for whole in samples(row):
        begin = whole.removesuffix(rest) if whole.endswith(rest) else ""
        for before in BEFORE:
            begin = begin.removeprefix(before)
        shorter = (begin[:at] + begin[at + 1 :] + rest for at in range(len(begin)))
        yield from (text for text in shorter if not text.startswith(WHOLE))


def _same(whole: str, old: str) -> bool:
    """Tell whether a token is the one that a prefix stands for, and not one that begins alike."""
    longest = max((p for p in PREFIXES if whole.startswith(p)), key=len)
    return old == longest


def marked(text: str) -> str:
    """Mark what of a token is secret."""
    for label in LABELS:
        before, found, after = text.partition(label)
        if found:
            return f"{before}{label}«{after}»"
    before, found, after = text.partition("%3D")
    return f"%3D«{after}»" if found else f"«{text}»"


def is_bordered(row: TokenFormat) -> bool:
    return row.around.startswith("(?:^")


def of_formats():
    """Yield names of detectors, and marked samples."""
    for row in FORMATS:
        for text in samples(row):
            yield row.name, marked(text)
            yield row.name, f"see {marked(text)}"
        whole = made(row.sample)
        yield row.name, row.look_alike
        if row.body.endswith(",}"):
            yield row.name, marked(whole + "0")
        yield from ((row.name, text) for text in incomplete(row))
        if whole.endswith("=") and row.name not in FIXED:
            yield row.name, marked(whole.rstrip("="))
        if whole.endswith("=") and row.name not in SEVERAL_LENGTHS:
            yield row.name, whole.rstrip("=")[:-1]
        if whole[-1] not in TAILS and row.name not in LONGER:
            yield row.name, whole[:-1]
        if is_bordered(row):
            letters = "AZaz" if row.name in DIGITS else "09AZaz"
            yield from ((row.name, letter + whole) for letter in letters)
            yield row.name, f"zz{whole}"
            yield row.name, f"%aF{marked(whole)}"
    yield from EXTRA


_A, _B, _H, _L, _S = (made(form) for form in ("{A90}", "{B150}", "{h160}", "{l90}", "{S120}"))
_teams = made(
    "{h8}-{h4}-{h4}-{h4}-{h12}@{h8}-{h4}-{h4}-{h4}-{h12}/IncomingWebhook/{h32}/{h8}-{h4}-{h4}-{h4}-{h12}"
)
EXTRA = [
    ("elastic", f"«essu_{_B[:41]}==»="), ("bitbucket", f"«BBDC-{_S[:33]}==»="), ("docker", f"«SWMTKN-1-{_L[:41]}-{_L[:21]}»"), ("slack", f"«xoxd-{_A[:9]}=»"),
    ("salesforce", f"«00D{_A[:15]}!{_B[:81]}»"), *(("workato", f"«wrka{two}-eyJ{_B[:40]}»") for two in ("az", "za")), ("tavily", f"«tvly-dev-4Ltbw4-{_A[:20]}»"),
    ("github", f"«ghp_{_A[:35]}.»"), ("github", f"«ghp_{_A[:35]}-»"), ("gitlab", f"«glpat-{_A[:19]}.»"), ("bitbucket", f"«ATBB{_B[:28]}»"), ("bitbucket", f"«ATBB{_B[:28]}=0A9F0A9F»0"),
    ("clojars", f"«CLOJARS_{_A[:60]}»0"[:-2] + "0»"), ("clojars", f"«CLOJARS_{_A[:60]}»"), ("circleci", f"«CCIPAT_{_A[:11]}_{_H[:40]}»"), ("doppler", f"«dp.st.a.{_A[:40]}»"), ("doppler", f"«dp.st.{_A[:40]}»"),
    *(("onepassword", f"«ops_eyJ{_A[:79]}{sign}»") for sign in "=/+-_"), ("onepassword", "«A3-0A9Z0A-0A9Z0A-0A9Z0-0A9Z0-0A9Z0-0A9Z0»"),
    *(("sentry", f"«sntrys_{_A[:19]}{sign}»") for sign in "+/=-_"), ("grafana", f"«glsa_{_A[:33]}_0a9f0A9F»"), ("grafana", f"«glc_{_S[:33]}==»"), ("grafana", f"«eyJrIjoi{_S[:61]}==»"), ("grafana", f"«glc_{_S[:32]}==»="), ("grafana", f"«eyJrIjoi{_S[:60]}==»="),
    ("snyk", f"«snyk_uat.0a9f0a9f.{_B[:40]}»"), ("snyk", f"snyk_uat.0a9f0a9f.{_B[:39]}"), ("snyk", f"«snyk_uat.0a9f0a9f.{_A[:39]}.»"), ("sourcegraph", f"«sgp_{_H[:40]}»"), ("sourcegraph", f"«sgp_local_{_H[:41]}»"),
    ("aws_bedrock", f"«ABSK{_S[:101]}==»="), ("aws_bedrock", f"«bedrock-api-key-{_S[:33]}==»="), ("firebase", f"«{_B[:7]}:APA91b{_B[:120]}»"), ("firebase", f"{_B[:6]}:APA91b{_B[:120]}"), ("firebase", f"«{_B[:9]}:APA91b{_B[:121]}»"),
    ("azure_storage", f"?sig=«{_A[:38]}%2f+»"), ("azure_storage", f"?sig=«{_A[:40]}==»="), ("azure_storage", f"?sig={_A[:39]}"), ("azure_storage", f"?sig=«{_A[:40]}%0F%9a%Aa%fF»"), ("azure_bus", f"SharedAccessKey=«{_S[:41]}==»="),
    ("azure_client", f"«0-98Q~{_B[:31]}»"), ("azure_client", f"«_.~7Q~{_B[:34]}»"), ("azure_client", f"0A98Q~{_B[:30]}"), ("azure_client", f"«ZzA8Q~{_B[:33]}~»."), ("azure_client", f"«Z-z8Q~{_B[:33]}.»."),
    ("volcengine", f"«AKLT{_B[:41]}==»="), ("fly", f"«fm2_{_S[:101]}===»="), ("fly", f"«fm1_{_S[:100]}»"), ("planetscale", f"«pscale_tkn_{_A[:31]}.»"), ("planetscale", f"«pscale_tkn_{_A[:31]}=»"), ("planetscale", f"«pscale_tkn_{_A[:31]}-»"),
    *(("aiven", f"«AVNS_{_A[:14]}{sign}»") for sign in "_+/-"), ("okta", f"SSWS 00{_B[:39]}"), ("okta", f"ssws%20«00{_B[:40]}»"), ("okta", f"see «00{_B[:40]}»".replace("«", "").replace("»", "")), ("tailscale", f"«tskey-api-{_A[:1]}-{_A[:21]}»"), ("telegram", f"«0909090909:A{_B[:34]}»"), ("telegram", f"«0909090900:A{_B[:34]}»"), ("telegram", f"00909090909:A{_B[:34]}"), ("telegram", f"90909090909:A{_B[:34]}"), ("telegram", f"0909090:A{_B[:34]}"),
    ("facebook", f"«0909090909090909|{_B[:40]}»"), ("facebook", f"00909090909090909|{_B[:40]}"), ("facebook", f"90909090909090909|{_B[:40]}"), ("facebook", f"«090909090909090|{_B[:40]}»-"), ("facebook", f"09090909090909|{_B[:40]}"), ("facebook", f"090909090909090|{_B[:26]}"), ("messagebird", f"AccessKey%20«{_A[:26]}»"),
    ("discord", f"«M{_B[:27]}.{_B[:6]}.{_B[:28]}»"), ("discord", f"M{_B[:22]}.{_B[:6]}.{_B[:28]}"), ("discord_webhook", f"discord.com/api/webhooks/«{made('{d20}')}/{_B[:61]}»"), ("mailchimp", "«" + _H[:32] + "-us0»"), ("mailchimp", "«" + _H[:32] + "-us9»"), *(("mailchimp", f"«{_H[:31]}{last}-us1»") for last in "09af"),
    ("resend", f"«re_{_A[:10]}_{_A[:21]}»"), ("stripe_webhook", f"«whsec_{_A[:15]}+»"), ("stripe_webhook", f"«whsec_{_A[:15]}/»"), ("stripe_webhook", f"«whsec_{_A[:15]}=»"),
    *(("adyen", f"«AQE{_A[:79]}{sign}»") for sign in "=+/-_"), *(("adyen", f"«AQE{sign}{_A[:79]}»") for sign in "=+/-_"), ("flutterwave", f"«FLWSECK-{_A[:13]}-X»"), ("flutterwave", f"FLWSECK-{_A[:11]}"), ("flutterwave", f"«FLWPUBK-{_A[:12]}»"), *(("asana", f"«0/09090909090:{first}{_H[:31]}»") for first in "09af"), ("asana", f"«2/0909090909/09090909090:{_H[:32]}»"),
    ("bitbucket", f"«ATBB{_B[:29]}=0A9F0A9F»"), ("azure_client", f"«0a08Q~{_B[:31]}»"), *(("azure_devops", f"«{_A[:76]}AZDO{end}»") for end in ("09AZ", "abyz")), ("azure_functions", f"«{_B[:44]}AzFu{_A[:6]}--»"),
    ("yandex", f"«t1.0==.{_B[:86]}==»"), ("yandex", f"«t1.{_B[:9]}.{_B[:86]}==»"),
    ("authress", f"«sc_{_L[:30]}.{_L[:6]}.acc-{_L[:32]}.{_A[:30]}»"), ("authress", f"sc_{_L[:31]}.{_L[:6]}.acc-{_L[:32]}.{_A[:30]}"), ("authress", f"sc_{_L[:30]}.{_L[:7]}.acc-{_L[:32]}.{_A[:30]}"), ("authress", f"sc_{_L[:30]}.{_L[:6]}.acc-{_L[:33]}.{_A[:30]}"),
    *(("localstack", f"«ls-{_A[:8]}-{part}-{part}-{part}-{part}-{part}»") for part in ("09AZ", "abyz")), ("teams_webhook", f"-0z9.webhook.office.com/webhookb2/«{_teams}»"), ("teams_webhook", f".webhook.office.com/webhookb2/{_teams}"),
    *(("teams_webhook", f"{end}.webhook.office.com/webhookb2/«{_teams}»") for end in "0z"), ("discord", f"«M{_B[:27]}.0-9_-Z.{_B[:28]}»"),
    ("bitbucket", f"ATBB{_B[:27]}"), ("bitbucket", f"ATCTT3{_B[:27]}"), ("bitbucket", f"ATCTT{_B[:28]}"), ("circleci", f"CCIPAT_{_A[:9]}_{_H[:40]}"), ("grafana", f"glsa_{_A[:31]}_0a9f0A9F"), ("grafana", f"glc_{_S[:31]}"),
    ("docker", f"SWMTKN-1-{_L[:39]}-{_L[:21]}"), ("doppler", f"dp.st..{_A[:40]}"), ("yandex", f"t1..{_B[:86]}"), ("tailscale", f"tskey-auth--{_A[:20]}"), ("azure_storage", f"&sig={_A[:39]}%2"),
    ("mailchimp", f"{_H[:32]}-us"), ("resend", f"re_{_A[:5]}_{_A[:21]}"), ("asana", f"0/090909090:{_H[:32]}"), ("asana", f"2/0909090909/090909090:{_H[:32]}"), ("salesforce", f"00D{_A[:11]}!{_B[:80]}"),
    ("discord_webhook", f"discord.com/api/webhooks/{made('{d16}')}/{_B[:60]}"), ("slack", f"«xoxd-{_A[:9]}-»"), ("openai", f"sk-proj{_A[:20]}"), ("openai", f"sk-proj-{_A[:19]}"), ("openai", f"sk-{_A[:9]}3BlbkFJ{_A[:9]}"), ("sendgrid", f"SG.{_B[:19]}.{_B[:43]}"),
    ("authress", f"sc_{_L[:4]}.{_L[:4]}.acc_{_L[:10]}.{_A[:30]}"), ("authress", f"sc_{_L[:5]}.{_L[:3]}.acc_{_L[:10]}.{_A[:30]}"), ("authress", f"sc_{_L[:5]}.{_L[:4]}.acc_{_L[:9]}.{_A[:30]}"), ("authress", f"sc_{_L[:5]}.{_L[:4]}.acc_{_L[:10]}.{_A[:29]}"),
    ("adyen", f"AQE{_A[:79]}"), ("dropbox", f"sl.{_B[:99]}"), ("typeform", f"tfp_{_A[:42]}"), ("mapbox", f"pk.eyJ{_B[:19]}.{_B[:20]}"),
    ("mapbox", f"«pk.eyJ{_B[:21]}.{_B[:20]}»"), ("fullstory", f"«na1.{_S[:31]}==»="),
]  # fmt: skip
"""What the samples of the table do not show."""

WAKING = [("crates", 11), ("nuget", 11), ("harness", 27), ("octopus", 29), ("pulumi", 12), ("terraform", 23), ("infisical", 28), ("onepassword", 10), ("sonar", 12), ("sourcegraph", 20), ("launchdarkly", 17), ("infracost", 36), ("google_oauth", 12), ("firebase", 18), ("azure_client", 6), ("azure_devops", 80), ("azure_functions", 48), ("yandex", 15), ("yandex", 41), ("yandex", 11), ("cloudflare", 30), ("cloudflare", 45), ("clickhouse", 12), ("databricks", 12), ("databricks", 12), ("authress", 18), ("maxmind", 40), ("localstack", 16), ("openai", 20), ("deepseek", 35), ("elevenlabs", 51), ("cerebras", 12), ("fireworks", 25), ("stability", 51), ("slack", 10), ("teams_webhook", 21), ("discord", 59), ("telegram", 44), ("facebook", 11), ("facebook", 43), ("twilio", 34), ("mailgun", 36), ("mailgun", 50), ("mailchimp", 36), ("resend", 30), ("adyen", 11), ("asana", 25), ("dropbox", 105), ("fullstory", 34), ("ionic", 46), ("canva", 13), ("zoho", 38)]  # fmt: skip
"""How many characters of a token wake the probe of a row that has its own: fewer may be a word."""

WIDER = {
    "messagebird",
    "authress",
    "okta",
    "openai",
    "teams_webhook",
    "asana",
    "discord",
    "mailgun",
    "google_oauth",
}
"""Whose probes look at something else than how a token begins."""
