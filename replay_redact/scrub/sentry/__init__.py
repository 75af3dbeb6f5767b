"""What Sentry's SDKs send: which field says what, and how each is scrubbed."""
