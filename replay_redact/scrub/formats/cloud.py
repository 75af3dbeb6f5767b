"""Tokens of clouds, hosts, databases, and whoever signs people in."""

from __future__ import annotations

from replay_redact.scrub.formats.row import GITHUB, bordered, labelled, token

_GOOGLE = "cloud.google.com/docs/authentication/api-keys"
_OAUTH = "developers.google.com/identity/protocols/oauth2"
_AZURE = "learn.microsoft.com/purview/sit-defn-azure-storage-account-key"
_YANDEX = "yandex.cloud/docs/security/operations/search-secrets"

# fmt: off
CLOUD = (
    token("aws_key_id", "(?:AKIA|ASIA|ABIA|ACCA|AGPA|AIDA|AROA|AIPA|ANPA|ANVA)", "[A-Z0-9]{16}", "AKIA{U16}", "AKIAsomething", "docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-prefixes", seen="gitleaks aws-access-token"),
    token("aws_bedrock", "ABSK", "[0-9A-Za-z+/]{100,}={0,2}", "ABSK{S100}=", "ABSKx", "docs.aws.amazon.com/bedrock/latest/userguide/api-keys.html", seen="gitleaks aws-amazon-bedrock-api-key-long-lived"),
    token("aws_bedrock", "bedrock-api-key-", "[0-9A-Za-z+/]{32,}={0,2}", "bedrock-api-key-{S32}=", "bedrock-api-key-x", "docs.aws.amazon.com/bedrock/latest/userguide/api-keys.html"),
    token("aws_mws", r"amzn\.mws\.", "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", "amzn.mws.{h8}-{h4}-{h4}-{h4}-{h12}", "amzn.mws.x", GITHUB, seen="code"),
    token("google_api_key", "AIza", r"[\w-]{35}", "AIza{B35}", "AIzaShort", _GOOGLE, seen="gitleaks gcp-api-key"),
    token("google_oauth", r"ya29\.", r"[\w-]{20,}", "ya29.{B20}", "ya29.x", _OAUTH),
    bordered("google_oauth", "[1-4]//0", r"[\w-]{40,}", "1//0{B40}", "1//0x", _OAUTH, probe=r"//0[\w-]{8}"),
    token("google_client_secret", "GOCSPX-", r"[\w-]{20,}", "GOCSPX-{B20}", "GOCSPX-x", _OAUTH, seen="code"),
    token("gemini", r"AQ\.Ab8", r"[\w-]{20,}", "AQ.Ab8{B20}", "AQ.Ab8", _GOOGLE, seen="betterleaks gcp-gemini-api"),
    token("firebase", r"[\w-]{7,}:APA91b", r"[\w-]{120,}", "AAAA{B7}:APA91b{B120}", "x:APA91b", "firebase.google.com/docs/cloud-messaging/server", probe=":APA91b"),
    labelled("azure_storage", "AccountKey=", "[0-9A-Za-z+/]{86}==", "AccountKey={S86}==", "AccountKey=x", _AZURE, seen="detect-secrets azure_storage_key"),
    labelled("azure_storage", r"[?&;]sig=", r"(?:[0-9A-Za-z]|%[0-9A-Fa-f]{2}|[+/-]){40,}={0,2}", "&sig={A38}%2B-%2f+/%2F%3D%af%0f=", "&sig=x", "learn.microsoft.com/rest/api/storageservices/create-service-sas"),
    labelled("azure_bus", "SharedAccessKey=", "[0-9A-Za-z+/]{40,}={0,2}", "SharedAccessKey={S40}=", "SharedAccessKey=x", "learn.microsoft.com/azure/service-bus-messaging/service-bus-sas", seen="betterleaks azure-servicebus-connection-string"),
    token("azure_client", r"[0-9A-Za-z_.~-]{3}[78]Q~", r"[\w.~-]{31,34}", "{A3}8Q~{B31}.~", "abc8Q~x", "learn.microsoft.com/purview/sit-defn-azure-ad-client-secret", probe="Q~", seen="gitleaks azure-ad-client-secret"),
    token("azure_devops", "[0-9A-Za-z]{76}AZDO", "[0-9A-Za-z]{4}", "{A76}AZDO{A4}", "AZDO", "learn.microsoft.com/purview/sit-defn-azure-devops-personal-access-token", probe="AZDO"),
    token("azure_functions", "[0-9A-Za-z_-]{44}AzFu", r"[\w=-]{8}", "{B44}AzFu{B6}==", "AzFu", "learn.microsoft.com/purview/sit-defn-azure-function-master-api-key", probe="AzFu"),
    bordered("alibaba", "LTAI", "[0-9A-Za-z]{12,}", "LTAI{A12}", "LTAI", "alibabacloud.com/help/en/ram/user-guide/create-an-accesskey-pair", seen="gitleaks alibaba-access-key-id"),
    bordered("tencent", "AKID", "[0-9A-Za-z]{32}", "AKID{A32}", "AKID", "cloud.tencent.com/document/product/598/40488"),
    bordered("volcengine", "AKLT", r"[\w-]{40,}={0,2}", "AKLT{B40}=", "AKLT", "volcengine.com/docs/6291/65568"),
    bordered("yandex", "AQVN", r"[\w-]{35,}", "AQVN{B35}", "AQVN", _YANDEX, seen="gitleaks yandex-api-key"),
    bordered("yandex", r"t1\.", r"[A-Z0-9a-z_-]+={0,2}\.[0-9A-Za-z_-]{86}={0,2}", "t1.{B9}==.{B86}==", "t1.x", _YANDEX, probe=r"t1\.[\w-]+={0,2}\.", seen="gitleaks yandex-access-token"),
    bordered("yandex", "YC[A-Z]", r"[\w-]{38}", "YCA{B37}-", "YCA", _YANDEX, probe=r"YC[A-Z][\w-]{38}", seen="betterleaks yandex-aws-access-token"),
    bordered("yandex", "y[0-6]_", r"[\w-]{55,}", "y0_{B55}", "y0_x", _YANDEX, probe=r"y[0-6]_[\w-]{8}"),
    token("digitalocean", "do[opr]_v1_", "[0-9a-f]{40,}", "dop_v1_{h40}", "dop_v1_x", "docs.digitalocean.com/reference/api/create-personal-access-token", seen="gitleaks digitalocean-access-token"),
    token("heroku", "HRKU-AA", r"[\w-]{58,}", "HRKU-AA{B58}", "HRKU-AAx", "devcenter.heroku.com/articles/authentication", seen="gitleaks heroku-api-key-v2"),
    token("fly", "fo1_", r"[\w-]{43,}", "fo1_{B43}", "fo1_x", "fly.io/docs/security/tokens", seen="gitleaks flyio-access-token"),
    token("fly", "fm[12][ar]?_", "[0-9A-Za-z+/]{100,}={0,3}", "fm2_{S100}=", "fm2_x", "fly.io/docs/security/tokens", seen="gitleaks flyio-access-token"),
    token("cloudflare", r"v1\.0-", "[0-9a-f]{24}-[0-9a-f]{146}", "v1.0-{h24}-{h146}", "v1.0-x", "developers.cloudflare.com/api/operations/origin-ca-create-certificate", probe=r"v1\.0-[0-9a-f]{24}-", seen="gitleaks cloudflare-origin-ca-key"),
    token("cloudflare", "cf(?:k|ut|at)_", r"[\w-]{40,}", "cfut_{B40}", "cfut_x", "developers.cloudflare.com/fundamentals/api/get-started/token-formats", probe=r"cf(?:k|ut|at)_[\w-]{40}", seen="gitleaks cloudflare-api-key"),
    token("vercel", "vc[apikr]_", r"[\w-]{24,}", "vcp_{B24}", "vcp_x", "vercel.com/docs/sign-in-with-vercel/tokens", seen="betterleaks vercel-ai-gateway-key"),
    token("netlify", "nf[pco]_", "[0-9A-Za-z]{36,}", "nfp_{A36}", "nfp_x", "docs.netlify.com/api/get-started"),
    token("render", "rnd_", "[0-9A-Za-z]{28,}", "rnd_{A28}", "rnd_x", "render.com/docs/api#1-create-an-api-key", seen="betterleaks render-api-key"),
    token("scalingo", "tk-us-", r"[\w-]{48,}", "tk-us-{B48}", "tk-us-x", "developers.scalingo.com/#authentication", seen="gitleaks scalingo-api-token"),
    token("supabase", "sb(?:p|_secret)_", r"[\w-]{20,}", "sbp_{B20}", "sbp_x", "supabase.com/docs/guides/api/api-keys", seen="betterleaks supabase-management-token"),
    token("planetscale", "pscale_(?:tkn|oauth|pw)_", r"[\w.=-]{32,}", "pscale_tkn_{B32}", "pscale_tkn_x", "planetscale.com/docs/api/planetscale-api-oauth-applications", seen="gitleaks planetscale-api-token"),
    token("neon", "napi_", "[0-9A-Za-z]{40,}", "napi_{A40}", "napi_x", "neon.com/docs/manage/api-keys", seen="betterleaks neon-api-key"),
    token("aiven", "AVNS_", r"[\w+/-]{15,}", "AVNS_{B15}", "AVNS_x", GITHUB, seen="code"),
    token("cockroach", "CCDB1_", "[0-9A-Za-z]{22}_[0-9A-Za-z]{40}", "CCDB1_{A22}_{A40}", "CCDB1_x", GITHUB, seen="betterleaks cockroachlabs-cloud-api-key"),
    bordered("clickhouse", "4b1d", "[0-9A-Za-z]{38}", "4b1d{A38}", "4b1d", "clickhouse.com/docs/cloud/manage/openapi", probe="(?:^|[^0-9A-Za-z]|%[^\x00]{2})4b1d[0-9A-Za-z]{8}", seen="gitleaks clickhouse-cloud-api-secret-key"),
    token("databricks", "dapi", "[0-9a-f]{32}", "dapi{h32}", "dapi0", "docs.databricks.com/dev-tools/auth/pat", probe="dapi[0-9a-f]{8}", seen="gitleaks databricks-api-token"),
    token("databricks", "dose", "[0-9a-f]{32}", "dose{h32}", "doses", "docs.databricks.com/dev-tools/auth/oauth-m2m", probe="dose[0-9a-f]{8}"),
    token("datastax", "AstraCS:", "[0-9A-Za-z:]{20,}", "AstraCS:{A19}:", "AstraCS:x", "docs.datastax.com/en/astra-db-serverless/administration/manage-application-tokens.html", seen="betterleaks datastax-astra-application-token"),
    token("elastic", "essu_", r"[\w-]{40,}={0,2}", "essu_{B40}=", "essu_x", "elastic.co/docs/deploy-manage/api-keys/elastic-cloud-api-keys", seen="betterleaks elastic-cloud-api-key"),
    token("mongodb", "mdb_sa_sk_", r"[\w-]{40,}", "mdb_sa_sk_{B40}", "mdb_sa_sk_x", "mongodb.com/docs/atlas/api/service-accounts-overview", seen="betterleaks mongodb-atlas-service-account-secret"),
    token("pinecone", "pcsk_", r"[\w-]{50,}", "pcsk_{B50}", "pcsk_x", "docs.pinecone.io/reference/api/authentication", seen="betterleaks pinecone-api-key"),
    token("tailscale", "tskey-(?:api|auth|client|scim|webhook)-", "[0-9A-Za-z]+-[0-9A-Za-z]{20,}", "tskey-auth-0{A9}-{A20}", "tskey-auth-x", "tailscale.com/kb/1252/key-secret-management", seen="code"),
    token("defined", "dnkey-", r"[\w=-]{26}-[\w=-]{52}", "dnkey-{B24}=0-{B50}=0", "dnkey-x", "docs.defined.net/guides/automating-host-creation", seen="gitleaks defined-networking-api-token"),
    token("authress", r"(?:sc|ext|scauth|authress)_", r"[0-9a-z]{5,30}\.[0-9a-z]{4,6}\.acc[_-][0-9a-z-]{10,32}\.[0-9A-Za-z+/_=-]{30,}", "sc_{l5}.{l4}.acc_{l9}-.{B29}+/=", "sc_x.y", "authress.io/knowledge-base/docs/authorization/service-clients", probe=r"\.acc[_-]", seen="gitleaks authress-service-client-access-key"),
    labelled("okta", "(?i:ssws)(?: |%20)", r"00[\w-]{40}", "SSWS 00{B40}", "SSWS 00x", "developer.okta.com/docs/guides/create-an-api-token"),
    token("unkey", "unkey_", "[0-9A-Za-z]{20,}", "unkey_{A20}", "unkey_x", "unkey.com/docs/security/root-keys", seen="betterleaks unkey-root-key"),
    token("zuplo", "zpka_", "[0-9a-f]{32}_[0-9a-f]{8}", "zpka_{h32}_{h8}", "zpka_x", "zuplo.com/docs/articles/api-key-management", seen="betterleaks zuplo-consumer-api-key"),
    token("adobe", "p8e-", "(?i:[0-9a-z-]{32})", "p8e-{l31}-", "p8e-x", GITHUB, seen="gitleaks adobe-client-secret"),
    token("maxmind", "[0-9A-Za-z]{6}_", "[0-9A-Za-z]{29}_mmk", "{A6}_{A29}_mmk", "a_mmk", "dev.maxmind.com/license-key-specification", probe="_mmk", seen="gitleaks maxmind-license-key"),
    token("localstack", "ls-", r"[0-9A-Za-z]{8}(?:-[0-9A-Za-z]{4}){4}-[0-9A-Za-z]{4}", "ls-{A8}-{A4}-{A4}-{A4}-{A4}-{A4}", "ls-x", GITHUB, probe="ls-[0-9A-Za-z]{8}-[0-9A-Za-z]{4}"),
)
# fmt: on
