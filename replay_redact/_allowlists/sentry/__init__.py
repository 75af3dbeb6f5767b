"""What the fields of Sentry's events say, by themselves and beside a recording."""
