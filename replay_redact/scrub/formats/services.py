"""Tokens of models, messengers, shops, payment, mail, and other services."""

from __future__ import annotations

from replay_redact.scrub.formats.row import GITHUB, bordered, labelled, token

_SLACK = "docs.slack.dev/authentication/tokens"
_STRIPE = "docs.stripe.com/keys"
_OPENAI = "platform.openai.com/docs/api-reference/authentication"
_UUID = "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"

# fmt: off
SERVICES = (
    # models
    token("openai", "sk-(?:proj|svcacct|admin)-", r"[\w-]{20,}", "sk-proj-{B20}", "sk-proj-x", _OPENAI, seen="gitleaks openai-api-key"),
    token("openai", "sk-", r"[\w-]*T3BlbkFJ[\w-]*", "sk-{B9}T3BlbkFJ{B9}", "sk-T3BlbkF", _OPENAI, probe="T3BlbkFJ", seen="gitleaks openai-api-key"),
    token("anthropic", "sk-ant-", r"[\w-]{20,}", "sk-ant-{B20}", "sk-ant-x", "docs.anthropic.com/en/api/overview#authentication", seen="gitleaks anthropic-admin-api-key"),
    bordered("deepseek", "sk-", "[0-9a-f]{32}", "sk-{h32}", "sk-x", "api-docs.deepseek.com", probe="sk-[0-9a-f]{32}", seen="betterleaks deepseek-api-key"),
    bordered("elevenlabs", "sk_", "[0-9a-f]{48}", "sk_{h48}", "sk_x", "elevenlabs.io/docs/api-reference/authentication", probe="sk_[0-9a-f]{48}", seen="betterleaks elevenlabs-api-key"),
    token("huggingface", "(?:hf_|api_org_)", "[0-9A-Za-z]{34,}", "hf_{A34}", "hf_hub_download", "huggingface.co/docs/hub/security-tokens", seen="gitleaks huggingface-access-token"),
    token("groq", "gsk_", "[0-9A-Za-z]{40,}", "gsk_{A40}", "gsk_x", "console.groq.com/docs/quickstart", seen="betterleaks groq-api-key"),
    token("xai", "xai-", r"[\w-]{40,}", "xai-{B40}", "xai-x", "docs.x.ai/docs/tutorial", seen="betterleaks xai-api-key"),
    token("openrouter", "sk-or-v1-", "[0-9a-f]{40,}", "sk-or-v1-{h40}", "sk-or-v1-x", "openrouter.ai/docs/api-reference/authentication", seen="betterleaks openrouter-api-key"),
    token("perplexity", "pplx-", "[0-9A-Za-z]{40,}", "pplx-{A40}", "pplx-x", "docs.perplexity.ai/guides/getting-started", seen="gitleaks perplexity-api-key"),
    token("replicate", "r8_", "[0-9A-Za-z]{37,}", "r8_{A37}", "r8_x", "replicate.com/docs/topics/security/api-tokens", seen="betterleaks replicate-api-token"),
    token("nvidia", "nvapi-", r"[\w-]{60,}", "nvapi-{B60}", "nvapi-x", "docs.nvidia.com/nim", seen="betterleaks nvidia-api-key"),
    token("cerebras", "csk-", "[0-9a-z]{40,}", "csk-{l40}", "csk-x", "inference-docs.cerebras.ai/quickstart", probe="csk-[0-9a-z]{8}", seen="betterleaks cerebras-api-key"),
    token("fireworks", "fw_", "[0-9A-Za-z]{22,}", "fw_{A22}", "fw_x", "docs.fireworks.ai/api-reference/introduction", probe="fw_[0-9A-Za-z]{22}"),
    token("tavily", "tvly-", r"[\w-]{20,}", "tvly-{B20}", "tvly-x", "docs.tavily.com/documentation/quickstart", seen="code"),
    token("langsmith", "lsv2_(?:pt|sk)_", "[0-9a-fA-F]{32}_[0-9a-fA-F]{10}", "lsv2_pt_{h16}{H16}_{h5}{H5}", "lsv2_pt_x", "docs.smith.langchain.com/administration/how_to_guides/organization_management/create_account_api_key", seen="betterleaks langchain-langsmith-personal-access-token"),
    token("langfuse", "(?:sk|pk)-lf-", _UUID, "sk-lf-{h8}-{h4}-{h4}-{h4}-{h12}", "sk-lf-x", "langfuse.com/faq/all/where-are-langfuse-api-keys", seen="betterleaks langfuse-public-key"),
    token("llama_cloud", "llx-", "[0-9A-Za-z]{40,}", "llx-{A40}", "llx-x", "docs.cloud.llamaindex.ai/api_key", seen="betterleaks llama-cloud-api-key"),
    bordered("stability", "sk-", "[0-9A-Za-z]{48}", "sk-{A48}", "sk-x", "platform.stability.ai/docs/api-reference", seen="betterleaks stability-ai-api-key", probe="sk-[0-9A-Za-z]{48}"),
    token("minimax", "sk-api-", r"[\w-]{80,}", "sk-api-{B80}", "sk-api-x", "platform.minimax.io/docs/api-reference", seen="betterleaks minimax-api-key"),
    # messengers
    token("slack", r"xox[abceoprsd](?:\.xox[bp])?-", r"[\w-]{10,}", "xoxe.xoxb-{B10}", "xoxb-x", _SLACK, probe="xox[abceoprsd]-", seen="gitleaks slack-bot-token"),
    token("slack", "xoxd-", r"[\w/+%=-]{10,}", "xoxd-{B7}/+%", "xoxd-x", _SLACK, seen="betterleaks slack-session-cookie"),
    token("slack_app", "xapp-[0-9]-", r"[\w-]{10,}", "xapp-1-{B10}", "xapp-1-x", _SLACK, seen="veles slackappleveltoken"),
    labelled("slack_webhook", r"hooks\.slack\.com/(?:services|workflows|triggers)/", "[A-Za-z0-9+/]{20,}", "https://hooks.slack.com/services/{S20}", "hooks.slack.com/services/", "docs.slack.dev/messaging/sending-messages-using-incoming-webhooks", seen="detect-secrets slack"),
    labelled("teams_webhook", r"[0-9a-z-]\.webhook\.office\.com/webhookb2/", r"[0-9a-f-]{36}@[0-9a-f-]{36}/IncomingWebhook/[0-9a-f]{32}/[0-9a-f-]{36}", "a.webhook.office.com/webhookb2/{h8}-{h4}-{h4}-{h4}-{h12}@{h8}-{h4}-{h4}-{h4}-{h12}/IncomingWebhook/{h32}/{h8}-{h4}-{h4}-{h4}-{h12}", "webhook.office.com/x", "learn.microsoft.com/microsoftteams/platform/webhooks-and-connectors/how-to/add-incoming-webhook", probe=r"\.webhook\.office\.com/", seen="gitleaks microsoft-teams-webhook"),
    labelled("discord_webhook", r"discord(?:app)?\.com/api/webhooks/", r"[0-9]{17,20}/[\w-]{60,}", "https://discord.com/api/webhooks/{d17}/{B60}", "discord.com/api/webhooks/1", "discord.com/developers/docs/resources/webhook"),
    bordered("discord", r"[MNO][0-9A-Za-z_-]{23,27}\.", r"[\w-]{6}\.[\w-]{27,}", "M{B23}.{B6}.{B27}", "M.a.b", "discord.com/developers/docs/reference#authentication", probe=r"\.[\w-]{6}\.[\w-]{27}"),
    bordered("telegram", "[0-9]{8,10}:A", r"[\w-]{34}", "{d8}:A{B34}", "12345678:A", "core.telegram.org/bots/api#authorizing-your-bot", probe=r"[0-9]:A[\w-]{34}", seen="gitleaks telegram-bot-api-token"),
    token("facebook", "EAA", "[0-9A-Za-z]{60,}", "EAA{A60}", "EAAx", "developers.facebook.com/docs/facebook-login/guides/access-tokens", probe="EAA[0-9A-Za-z]{8}", seen="gitleaks facebook-page-access-token"),
    bordered("facebook", r"[0-9]{15,16}\|", r"[\w-]{27,40}", "{d15}|{B27}", "1|x", "developers.facebook.com/docs/facebook-login/guides/access-tokens", probe=r"[0-9]\|[\w-]{27}", seen="gitleaks facebook-access-token"),
    token("twilio", "SK", "[0-9a-f]{32}", "SK{h32}", "SKU 0123", "twilio.com/docs/iam/api-keys", probe="SK[0-9a-f]{32}", seen="gitleaks twilio-api-key"),
    labelled("messagebird", r"(?:[?&]access_key=|AccessKey(?: |%20))", "(?:live|test)?_?[0-9A-Za-z]{25,}", "AccessKey live_{A25}", "AccessKey x", "developers.messagebird.com/api/#authentication"),
    # mail
    token("sendgrid", r"SG\.", r"[\w-]{20,}\.[\w-]{30,}", "SG.{B20}.{B30}", "SG.1", "docs.sendgrid.com/ui/account-and-settings/api-keys", seen="veles sendgrid"),
    token("sendinblue", "x(?:key|smtp)sib-", "[0-9a-f]{64}-[0-9A-Za-z]{16}", "xkeysib-{h64}-{A16}", "xkeysib-x", "developers.brevo.com/docs/getting-started", seen="gitleaks sendinblue-api-token"),
    bordered("mailgun", "(?:pub)?key-", "[0-9a-f]{32}", "key-{h32}", "key-x", "documentation.mailgun.com/docs/mailgun/api-reference/authentication", probe="key-[0-9a-f]{32}", seen="gitleaks mailgun-private-api-token"),
    bordered("mailgun", "[0-9a-f]{32}-[0-9a-f]{8}-", "[0-9a-f]{8}", "{h32}-{h8}-{h8}", "0a9f-0a9f0a9f-", "documentation.mailgun.com/docs/mailgun/user-manual/get-started", probe="-[0-9a-f]{8}-[0-9a-f]{8}", seen="gitleaks mailgun-signing-key"),
    bordered("mailchimp", "[0-9a-f]{32}-us", "[0-9]{1,2}", "{h32}-us{d2}", "0a9f-us1", "mailchimp.com/developer/marketing/guides/quick-start", probe="[0-9a-f]-us[0-9]", seen="gitleaks mailchimp-api-key"),
    bordered("resend", "re_", r"[0-9A-Za-z]{6,10}_[0-9A-Za-z]{20,}", "re_{A6}_{A20}", "re_a_b", "resend.com/docs/api-reference/introduction", probe="re_[0-9A-Za-z]{6,10}_[0-9A-Za-z]{20}", seen="betterleaks resend-api-key"),
    token("mailersend", r"mlsn\.", "[0-9A-Za-z]{30,}", "mlsn.{A30}", "mlsn.x", "developers.mailersend.com/general.html#authentication", seen="betterleaks mailersend-api-token"),
    token("nylas", "nyk_", "[0-9A-Za-z]{40,}", "nyk_{A40}", "nyk_x", "developer.nylas.com/docs/dev-guide/dashboard", seen="betterleaks nylas-api-key"),
    token("onesignal", "os_v2_(?:app|org)_", "[0-9a-z]{80,}", "os_v2_app_{l80}", "os_v2_app_x", "documentation.onesignal.com/docs/keys-and-ids", seen="betterleaks onesignal-rich-authentication-token"),
    # payment and shops
    token("stripe", "[sr]k_(?:live|test|prod)_", r"\w{10,}", "rk_live_{W10}", "sk_live_x", _STRIPE, seen="gitleaks stripe-access-token"),
    token("stripe_webhook", "whsec_", r"[\w+/=]{16,}", "whsec_{W16}", "whsec_x", _STRIPE, seen="code"),
    token("shopify", "shp(?:at|ca|pa|ss|ua|rt|atkn)_", "[0-9a-fA-F]{32,}", "shpat_{h16}{H16}", "shpat_x", "shopify.dev/changelog/length-of-the-shopify-access-token-is-increasing", seen="gitleaks shopify-access-token"),
    token("square", "(?:sq0(?:atp|csp|idp)-|EAAA)", r"[\w-]{22,}", "sq0atp-{B22}", "sq0atp-x", "developer.squareup.com/docs/build-basics/access-tokens", seen="gitleaks square-access-token"),
    token("paypal", r"access_token\$(?:production|sandbox)\$", r"[0-9a-z]{16}\$[0-9a-f]{32}", "access_token$production${l16}${h32}", "access_token$production$x", "developer.paypal.com/braintree/articles/control-panel/important-gateway-credentials", seen="code"),
    token("razorpay", "rzp_(?:live|test)_", "[0-9A-Za-z]{14,}", "rzp_live_{A14}", "rzp_live_x", "razorpay.com/docs/payments/dashboard/account-settings/api-keys", seen="betterleaks razorpay-key-id"),
    token("adyen", "AQE", r"[\w=+/-]{80,}", "AQE{B79}=", "AQEx", "docs.adyen.com/development-resources/api-credentials", probe=r"AQE[\w=+/-]{8}"),
    token("flutterwave", "FLW(?:SECK|PUBK)(?:_TEST)?-", "[0-9a-zA-Z]{12,}(?:-X)?", "FLWSECK_TEST-{A12}-X", "FLWSECK-x", "developer.flutterwave.com/docs/authentication", seen="gitleaks flutterwave-encryption-key"),
    token("duffel", "duffel_(?:test|live)_", r"[\w=-]{43}", "duffel_test_{B42}=", "duffel_test_x", "duffel.com/docs/api/overview/authentication", seen="gitleaks duffel-api-token"),
    token("easypost", "EZ[AT]K", "(?i:[0-9a-z]{54})", "EZAK{l54}", "EZAKx", "docs.easypost.com/docs/authentication", seen="gitleaks easypost-api-token"),
    token("shippo", "shippo_(?:live|test)_", "[0-9a-fA-F]{40}", "shippo_live_{h20}{H20}", "shippo_live_x", "docs.goshippo.com/docs/guides_general/authentication", seen="gitleaks shippo-api-token"),
    token("midtrans", "Mid-server-", r"[\w-]{16,}", "Mid-server-{B16}", "Mid-server-x", GITHUB, seen="code"),
    token("paddle", "pdl_(?:live|sdbx)_apikey_", r"\w{30,}", "pdl_live_apikey_{W30}", "pdl_live_apikey_x", "developer.paddle.com/api-reference/about/api-keys", seen="betterleaks paddle-live-api-key"),
    token("polar", "polar_(?:at|oat|pat)_", r"[\w-]{20,}", "polar_oat_{B20}", "polar_oat_x", "docs.polar.sh/integrate/oat", seen="betterleaks polar-organization-access-token"),
    token("ramp", "ramp_sec_", "[0-9A-Za-z]{40,}", "ramp_sec_{A40}", "ramp_sec_x", "docs.ramp.com/developer-api/v1/authorization", seen="betterleaks ramp-client-secret"),
    token("samsara", "samsara_api_", "[0-9A-Za-z]{28,}", "samsara_api_{A28}", "samsara_api_x", GITHUB, seen="betterleaks samsara-api-token"),
    # design, writing, tables
    token("figma", "fig[dour]_", r"[\w-]{20,}", "figd_{B20}", "figd_x", "figma.com/developers/api#access-tokens", seen="betterleaks figma-personal-access-token"),
    token("notion", "ntn_", "[0-9A-Za-z]{30,}", "ntn_{A30}", "ntn_x", "developers.notion.com/page/changelog", seen="gitleaks notion-api-token"),
    token("airtable", "pat[0-9A-Za-z]{14}\\.", "[0-9a-f]{64}", "pat{A14}.{h64}", "pat.x", "airtable.com/developers/web/guides/personal-access-tokens", probe="pat[0-9A-Za-z]{14}\\.", seen="gitleaks airtable-personnal-access-token"),
    token("asana", "[0-2]/[0-9]{10,}(?:/[0-9]{10,})?:", "[0-9a-f]{32}", "1/{d10}/{d10}:{h32}", "1/2:x", "developers.asana.com/docs/personal-access-token", probe="/[0-9]{10,}:[0-9a-f]"),
    token("contentful", "CFPAT-", r"[\w-]{43}", "CFPAT-{B43}", "CFPAT-x", "contentful.com/help/token-management/personal-access-tokens", seen="code"),
    token("dropbox", r"sl\.(?:u\.)?", r"[\w=-]{100,}", "sl.u.{B99}=", "sl.x", "dropbox.com/developers/documentation/http/documentation", probe=r"sl\.(?:u\.)?[\w=-]{100}", seen="gitleaks dropbox-short-lived-api-token"),
    token("typeform", "tfp_", r"[\w.=-]{43,}", "tfp_{B41}.=", "tfp_x", "typeform.com/developers/get-started/personal-access-token", seen="gitleaks typeform-api-token"),
    token("mapbox", r"[ps]k\.eyJ", r"[\w-]{20,}\.[\w-]{20,}", "pk.eyJ{B20}.{B20}", "pk.eyJ", "docs.mapbox.com/help/glossary/access-token"),
    token("hubspot", "pat-(?:na|eu|ap)[0-9]-", _UUID, "pat-na1-{h8}-{h4}-{h4}-{h4}-{h12}", "pat-na1-x", "developers.hubspot.com/docs/guides/apps/private-apps/overview", seen="code"),
    token("fullstory", r"(?:na1|eu1)\.", "[0-9A-Za-z+/]{30,}={0,2}", "na1.{S30}=", "na1.x", "developer.fullstory.com/server/authentication", probe=r"(?:na1|eu1)\.[0-9A-Za-z+/]{30}", seen="betterleaks fullstory-api-key"),
    token("frameio", "fio-u-", r"[\w=-]{64}", "fio-u-{B63}=", "fio-u-x", "developer.frame.io/docs/getting-started/authentication", seen="gitleaks frameio-api-token"),
    token("intra42", "s-s4t2(?:ud|af)-", "[0-9a-f]{64}", "s-s4t2ud-{h64}", "s-s4t2ud-x", "api.intra.42.fr/apidoc/guides/getting_started", seen="gitleaks intra42-client-secret"),
    token("settlemint", "sm_[aps]at_", "[0-9A-Za-z]{16}", "sm_aat_{A16}", "sm_aat_x", "console.settlemint.com/documentation", seen="gitleaks settlemint-application-access-token"),
    token("onfido", r"api_(?:live|sandbox)(?:_(?:us|ca))?\.", r"[\w.-]{20,}", "api_live_us.{B19}.", "api_live.x", "documentation.onfido.com/#api-tokens", seen="betterleaks onfido-live-api-token-us"),
    token("adafruit", "aio_", "[0-9A-Za-z]{28}", "aio_{A28}", "aio_x", "io.adafruit.com/api/docs"),
    token("ionic", "ion_", "[0-9A-Za-z]{42}", "ion_{A42}", "ion_x", GITHUB, probe="ion_[0-9A-Za-z]{42}", seen="betterleaks ionic-personal-access-token"),
    token("redirect_pizza", "rpa_", "[0-9A-Za-z]{30,}", "rpa_{A30}", "rpa_x", GITHUB, seen="betterleaks redirect-pizza-api-token"),
    token("canva", "cnvca", r"[\w-]{50,}", "cnvca{B50}", "cnvcax", "canva.dev/docs/connect/authentication", seen="betterleaks canva-client-secret", probe=r"cnvca[\w-]{8}"),
    bordered("salesforce", "00D[0-9A-Za-z]{12,15}!", r"[\w.-]{80,}", "00D{A12}!{B79}.", "00D!x", "developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/quickstart_oauth.htm", seen="betterleaks salesforce-access-token", probe="00D[0-9A-Za-z]{12,15}!"),
    bordered("zoho", r"1000\.", r"[0-9a-f]{32}\.[0-9a-f]{32}", "1000.{h32}.{h32}", "1000.x", "zoho.com/accounts/protocol/oauth/web-apps/access-token.html", seen="betterleaks zoho-oauth-token", probe=r"1000\.[0-9a-f]{32}\."),
    token("workato", "wrka(?:[a-z]{2})?-eyJ", r"[\w.-]{40,}", "wrkaqg-eyJ{B39}.", "wrka-x", "docs.workato.com/en/workato-api.html", seen="betterleaks workato-developer-api-token"),
    token("configcat", "configcat-sdk-1/", r"[\w-]{22}/[\w-]{22}", "configcat-sdk-1/{B22}/{B22}", "configcat-sdk-1/x", "configcat.com/docs/advanced/sdk-keys", seen="betterleaks configcat-sdk-key-extended"),
)
# fmt: on
