"""Words that make a key's value secret, in the languages of the people who write code.

Words are compared without accents and in small letters, so ``contraseña`` is ``contrasena``.
"""

from __future__ import annotations

_ENGLISH = """
password passwords passwd pwd pass passphrase passcode pin pincode cvv cvc cvn csc cvv2 cvc2
ssn secret secrets token tokens jwt bearer auth authorization authentication credential
credentials creds cookie cookies session sessionid sessid phpsessid jsessionid sid csrf xsrf
csrftoken xsrftoken csrfmiddlewaretoken otp totp mfa apikey apikeys appkey accesskey secretkey
privatekey signingkey encryptionkey accesstoken refreshtoken idtoken authtoken apitoken
usertoken clientsecret appsecret cardnumber cardnum creditcard ccnumber ccnum cccvc pan iban
passport nonce hmac sentrysid dob birthdate dateofbirth pgpassword dbpassword sshpass
sessiontoken mnemonic samlresponse codeverifier signature sig dsn connectionstring connstr
licensekey licencekey
"""

_OTHERS = """
passwort passwörter kennwort kennwörter passphrase geheimzahl geheimnis zugangsdaten zugangscode
kartennummer kreditkartennummer kontonummer prüfziffer geburtsdatum sozialversicherungsnummer
contraseña contraseñas clave claves secreto secretos
senha senhas segredo segredos cpf
motdepasse motsdepasse mdp jeton
segreto parola password codicefiscale
wachtwoord wachtwoorden geheim wachtzin toegangscode bsn rekeningnummer geboortedatum
hasło hasła sekret pesel
heslo hesla lösenord personnummer adgangskode kodeord passord salasana tunnusluku henkilötunnus
şifre şifreler jelszó parolă
пароль пароли пароля секрет токен пин пинкод паспорт снилс
паролі пін
密码 密碼 口令 密钥 密鑰 令牌 卡号 卡號 身份证 身份證 验证码 驗證碼 安全码
パスワード 暗証番号 秘密鍵 トークン カード番号 セキュリティコード 認証コード 合言葉
비밀번호 암호 토큰 카드번호
"""

WORDS = frozenset([*_ENGLISH.split(), *_OTHERS.split()])
"""Words that make a key's value secret."""

_ENGLISH_PHRASES = """
api_key app_key access_key secret_key private_key signing_key encryption_key master_key
account_key shared_key storage_key card_number card_num credit_card debit_card cc_number cc_num
security_code one_time two_factor social_security account_number routing_number tax_id
national_id passport_number driver_license license_number birth_date set_cookie
recovery_code backup_code verification_code seed_phrase code_verifier saml_response
amz_signature pin_code connection_string conn_str conn_string license_key licence_key
security_answer
secret_answer activation_code activation_key serial_key recovery_phrase recovery_key deploy_key
webhook_secret date_of_birth auth_key auth_code service_key host_key
"""

_OTHER_PHRASES = """
mot_de_passe mots_de_passe code_secret clé_api clé_secrète clé_privée numéro_de_carte
numéro_de_compte
code_de_sécurité date_de_naissance
api_schlüssel geheimer_schlüssel privater_schlüssel
clave_secreta clave_privada clave_api código_de_seguridad número_de_tarjeta número_de_cuenta
fecha_de_nacimiento código_secreto
palavra_passe chave_secreta chave_privada chave_api código_de_segurança número_do_cartão
data_de_nascimento
parola_chiave parola_d_ordine chiave_segreta chiave_privata chiave_api numero_di_carta numero_carta
codice_fiscale codice_di_sicurezza data_di_nascita codice_segreto
geheime_sleutel api_sleutel kaart_nummer
klucz_api klucz_prywatny numer_karty numer_konta kod_pin data_urodzenia
rodné_číslo číslo_karty
пин_код секретный_ключ ключ_доступа номер_карты номер_счета код_безопасности дата_рождения
секретний_ключ ключ_доступу номер_картки дата_народження
"""

PHRASES = frozenset(
    tuple(phrase.split("_")) for phrase in [*_ENGLISH_PHRASES.split(), *_OTHER_PHRASES.split()]
)
"""Words in a row that do."""

ENDINGS = tuple(
    """
    password passwd passwort kennwort passphrase passcode pwd secret token apikey secretkey
    accesskey privatekey credentials sessionid contrasena wachtwoord losenord
    """.split()
)
"""What a word that is run together ends with, as ``dbpassword`` does, if its value is secret."""

VENDORS = tuple(
    """
    adafruit adobe airtable algolia alibaba anthropic apify artifactory asana atlassian aws
    azure beamer bitbucket bitrise bittrex braintree bugsnag cloudflare cloudinary codecov coinbase
    confluent contentful datadog deepl digitalocean discord docusign doppler droneci dropbox
    dynatrace easypost elastic etsy facebook fastly figma finicity finnhub firebase flickr
    flutterwave freshbooks github gitlab gitter gocardless google heroku hubspot huggingface
    instagram intercom jenkins jfrog jira kraken kucoin launchdarkly line linkedin lob logdna looker
    mailchimp mailgun mailjet mapbox mattermost messagebird messenger mixpanel mongodb netlify
    newrelic notion nytimes okta openai openweather pagerduty paypal pinecone plaid planetscale
    postman postmark privateai pusher rapidapi readme sauce scaleway segment sendbird sendgrid
    sendinblue sentry shippo shopify slack snyk sonar sourcegraph spotify squarespace stripe
    sumologic supabase telegram tencent travis trello twilio twitch twitter typeform vercel vonage
    wordpress yandex zendesk zoom
    """.split()
)
"""Vendors whose tokens have no form of their own: they are known by the name beside them."""
