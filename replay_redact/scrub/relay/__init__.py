"""Rules of Sentry's Relay: its defaults, and the language of people's own."""
