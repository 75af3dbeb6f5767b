"""Tokens of code hosts, package registries, and what builds, tests and watches code."""

from __future__ import annotations

from replay_redact.scrub.formats.row import GITHUB, bordered, labelled, token

_GITHUB_OWN = "github.blog/engineering/behind-githubs-new-authentication-token-formats"
_GITLAB = "docs.gitlab.com/security/tokens/#token-prefixes"
_GRAFANA = "grafana.com/docs/grafana/latest/administration/service-accounts"

# fmt: off
CODE = (
    token("github", "gh[pousr]_", r"[\w.-]{36,}", "%3Dghp_{W36}", "ghp_short", _GITHUB_OWN),
    token("github", "github_pat_", r"\w{22,}", "github_pat_{W22}", "github_pat_x", _GITHUB_OWN),
    token("gitlab", "gl(?:pat|ptt|rt|rtr|dt|soat|ft|cbt|imt|agent|oas|ffct|wt)-", r"[\w.-]{20,}", "glpat-{B20}", "glpat-x", _GITLAB),
    token("gitlab", "GR1348941", r"[\w-]{20,}", "GR1348941{B20}", "GR1348941-x", _GITLAB),
    labelled("gitlab", "_gitlab_session=", "[0-9a-z]{32,}", "_gitlab_session={l32}", "_gitlab_session=x", _GITLAB),
    bordered("bitbucket", "AT(?:BB|CTT3)", r"[\w-]{28,}(?:=[0-9A-F]{8})?", "ATBB{A28}=0A9F0A9F", "ATBBx", "support.atlassian.com/bitbucket-cloud/docs/using-app-passwords"),
    token("atlassian", "ATATT3", r"[\w=-]{60,}", "ATATT3{B60}=", "ATATT3x", "support.atlassian.com/atlassian-account/docs/manage-api-tokens-for-your-atlassian-account"),
    token("npm", "npm_", "[0-9A-Za-z]{36,}", "npm_{A36}", "npm_config_registry", "github.blog/changelog/2021-09-23-npm-has-a-new-access-token-format"),
    token("pypi", "pypi-AgE", r"[\w-]{30,}", "pypi-AgE{B30}", "pypi-AgE", "pypi.org/help/#apitoken"),
    token("rubygems", "rubygems_", "[0-9a-f]{48,}", "rubygems_{h48}", "rubygems_mirror", "guides.rubygems.org/api-key-scopes"),
    token("clojars", "CLOJARS_", "(?i:[0-9a-z]{60,})", "CLOJARS_{l60}", "CLOJARS_USERNAME", "github.com/clojars/clojars-web/wiki/Deploy-Tokens"),
    bordered("crates", "cio", "[0-9A-Za-z]{32}", "cio{A32}", "cio", GITHUB, probe="cio[0-9A-Za-z]{8}"),
    bordered("nuget", "oy2", "[0-9a-z]{43}", "oy2{l43}", "oy2", GITHUB, probe="oy2[0-9a-z]{8}"),
    token("docker", "dckr_(?:pat|oat)_", r"[\w-]{20,}", "dckr_pat_{B20}", "dckr_pat_x", "docs.docker.com/security/for-developers/access-tokens"),
    token("jfrog", "AKCp", "[0-9A-Za-z]{69,}", "AKCp{A69}", "AKCpx", "jfrog.com/help/r/jfrog-platform-administration-documentation/api-key"),
    token("jfrog", "cmVmdGtu", "[0-9A-Za-z]{50,}", "cmVmdGtu{A50}", "cmVmdGtu", "jfrog.com/help/r/jfrog-platform-administration-documentation/reference-token"),
    token("circleci", "CCI(?:PAT|PRJ)_", r"[0-9A-Za-z]{10,}_[0-9a-f]{40,}", "CCIPAT_{A10}_{h40}", "CCIPAT_x", "circleci.com/docs/managing-api-tokens"),
    token("buildkite", "bk[uar]a_", "[0-9a-f]{40,}", "bkua_{h40}", "bkua_x", "buildkite.com/docs/apis/managing-api-tokens"),
    bordered("harness", r"(?:pat|sat)\.", r"[\w-]{22}\.[0-9a-f]{24}\.[0-9A-Za-z]{20}", "pat.{B22}.{h24}.{A20}", "pat.x", "developer.harness.io/docs/platform/automation/api/add-and-manage-api-keys", probe=r"(?:pat|sat)\.[\w-]{22}\."),
    bordered("octopus", "API-", "[0-9A-Z]{25,}", "API-{U25}", "API-KEY", "octopus.com/docs/octopus-rest-api/how-to-create-an-api-key", probe="API-[0-9A-Z]{25}"),
    token("pulumi", "pul-", "[0-9a-f]{40,}", "pul-{h40}", "pul-x", "pulumi.com/docs/pulumi-cloud/access-management/access-tokens", probe="pul-[0-9a-f]{8}"),
    token("terraform", r"[0-9A-Za-z]{14}\.atlasv1\.", r"[\w=-]{60,}", "{A14}.atlasv1.{B60}=", "a.atlasv1.x", "developer.hashicorp.com/terraform/cloud-docs/users-teams-organizations/api-tokens", probe=r"\.atlasv1\."),
    token("vault", r"hv[sbr]\.", r"[\w-]{20,}", "hvs.{B20}", "hvs.x", "developer.hashicorp.com/vault/docs/concepts/tokens#token-prefixes"),
    bordered("doppler", r"dp\.(?:pt|st|ct|sa|said|scim|audit)\.", r"(?:[0-9A-Za-z_-]+\.)?[0-9A-Za-z]{40,}", "dp.pt.{A40}", "dp.pt.x", "docs.doppler.com/reference/auth-token-formats"),
    bordered("infisical", r"st\.", r"[0-9a-f]{24}\.[0-9a-f]{32}\.[0-9a-f]{32}", "st.{h24}.{h32}.{h32}", "st.x", "infisical.com/docs/documentation/platform/token", probe=r"st\.[0-9a-f]{24}\."),
    token("onepassword", "ops_eyJ", r"[\w=/+-]{80,}", "ops_eyJ{B80}", "ops_eyJ", "developer.1password.com/docs/service-accounts/security"),
    bordered("onepassword", "A3-", r"[0-9A-Z]{6}-(?:[0-9A-Z]{11}|[0-9A-Z]{6}-[0-9A-Z]{5})(?:-[0-9A-Z]{5}){3}", "A3-{U6}-{U11}-{U5}-{U5}-{U5}", "A3-X", "support.1password.com/secret-key-security", probe="A3-[0-9A-Z]{6}-"),
    token("age", "AGE-SECRET-KEY-1", "[A-Z0-9]{20,}", "AGE-SECRET-KEY-1{U20}", "AGE", "age-encryption.org/v1"),
    token("sentry", "sntr(?:ys|yu|ya|yi)_", r"[\w+/=-]{20,}", "sntryu_{B20}", "sntrys_x", "docs.sentry.io/account/auth-tokens"),
    token("grafana", "glsa_", "[0-9A-Za-z]{32,}_[0-9A-Fa-f]{8}", "glsa_{A32}_{h4}{H4}", "glsa_x", _GRAFANA),
    token("grafana", "glc_", "[0-9A-Za-z+/]{32,}={0,2}", "glc_{S32}=", "glc_x", "grafana.com/docs/grafana-cloud/account-management/authentication-and-permissions/access-policies"),
    token("grafana", "eyJrIjoi", "[0-9A-Za-z+/]{60,}={0,2}", "eyJrIjoi{S60}=", "eyJrIjoi", _GRAFANA),
    token("new_relic", "NRAK-", "[0-9A-Z]{27,}", "NRAK-{U27}", "NRAK-x", "docs.newrelic.com/docs/apis/intro-apis/new-relic-api-keys"),
    token("new_relic", "NRII-", r"[\w-]{32,}", "NRII-{B32}", "NRII-x", "docs.newrelic.com/docs/apis/intro-apis/new-relic-api-keys"),
    token("new_relic", "NRJS-", "[0-9a-f]{19,}", "NRJS-{h19}", "NRJS-x", "docs.newrelic.com/docs/apis/intro-apis/new-relic-api-keys"),
    token("new_relic", "NRRA-", "[0-9a-f]{42,}", "NRRA-{h42}", "NRRA-x", "docs.newrelic.com/docs/apis/intro-apis/new-relic-api-keys"),
    token("dynatrace", r"dt0[a-z][0-9]{2}\.", r"[0-9A-Z]{24}\.[0-9A-Z]{64}", "dt0a09.{U24}.{U64}", "dt0c01.x", "docs.dynatrace.com/docs/manage/identity-access-management/access-tokens-and-oauth-clients/access-tokens#token-format"),
    token("honeycomb", "hc(?:a|b)ik_", "[0-9a-z]{58,}", "hcaik_{l58}", "hcaik_x", "docs.honeycomb.io/configure/environments/manage-api-keys"),
    token("posthog", "ph[acrsx]_", "[0-9A-Za-z]{32,}", "phx_{A32}", "phx_x", "posthog.com/docs/api"),
    token("snyk", r"snyk_(?:u|s)at\.", r"[0-9a-f]{8}\.[\w.-]{40,}", "snyk_uat.{h8}.{B40}.", "snyk_uat.x", "docs.snyk.io/snyk-api/authentication-for-api"),
    bordered("sonar", "sq[apu]_", "[0-9a-f]{40,}", "squ_{h40}", "squ_x", "docs.sonarsource.com/sonarqube-server/latest/user-guide/managing-tokens", probe="sq[apu]_[0-9a-f]{8}"),
    token("sourcegraph", "sgp_(?:local_|[0-9a-fA-F]{16}_)?", "[0-9a-fA-F]{40,}", "sgp_{h8}{H8}_{h20}{H20}", "sgp_x", "sourcegraph.com/docs/cli/how-tos/creating_an_access_token", probe="sgp_(?:local_|[0-9a-fA-F]{16})"),
    token("launchdarkly", "(?:api|sdk|mob|rel)-", "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", "api-{h8}-{h4}-{h4}-{h4}-{h12}", "api-0a9f", "launchdarkly.com/docs/home/account/api", probe="(?:api|sdk|mob|rel)-[0-9a-f]{8}-[0-9a-f]{4}"),
    bordered("devcycle", "dvc_(?:client|server|mobile)_", r"[0-9a-f-]{36}_[0-9a-f]{7}", "dvc_server_{h8}-{h4}-{h4}-{h4}-{h12}_{h7}", "dvc_server_x", GITHUB),
    token("prefect", "pn[ub]_", "[0-9A-Za-z]{36,}", "pnu_{A36}", "pnu_x", "docs.prefect.io/v3/manage/cloud/manage-users/api-keys"),
    token("readme", "rdme_", "[0-9a-z]{70,}", "rdme_{l70}", "rdme_x", "docs.readme.com/main/docs/api-keys"),
    token("postman", "PMAK-", "[0-9a-f]{24}-[0-9a-f]{30,}", "PMAK-{h24}-{h30}", "PMAK-x", "learning.postman.com/docs/developer/postman-api/authentication"),
    bordered("infracost", "ico-", "[0-9A-Za-z]{32,}", "ico-{A32}", "ico-x", "infracost.io/docs/features/environment_variables", probe="ico-[0-9A-Za-z]{32}"),
    token("mergify", "mka_", "[0-9A-Za-z]{32,}", "mka_{A32}", "mka_x", GITHUB),
    token("wakatime", "waka_", "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", "waka_{h8}-{h4}-{h4}-{h4}-{h12}", "waka_x", GITHUB),
    token("valtown", "vtwn_", "[0-9A-Za-z]{30,}", "vtwn_{A30}", "vtwn_x", GITHUB),
    token("linear", "lin_(?:api|oauth)_", "[0-9A-Za-z]{30,}", "lin_api_{A30}", "lin_api_x", "linear.app/developers/oauth-2-0-authentication"),
    token("rootly", "rootly_", "[0-9a-f]{64}", "rootly_{h64}", "rootly_x", GITHUB),
    token("openshift", "sha256~", r"[\w-]{43}", "sha256~{B43}", "sha256~x", "docs.openshift.com/container-platform/4.6/authentication/managing-oauth-access-tokens"),
    token("inngest", "signkey-(?:prod|test|branch)-", "[0-9a-f]{32,}", "signkey-prod-{h32}", "signkey-prod-x", "inngest.com/docs/platform/signing-keys"),
    token("trigger", "tr_(?:dev|prod|stg|pat)_", "[0-9A-Za-z]{20,}", "tr_dev_{A20}", "tr_dev_x", "trigger.dev/docs/apikeys"),
)
# fmt: on
