"""`Policy.sentry()`, held to Sentry's browser SDK itself.

``python -m tests.parity`` records pages with the SDK in Chromium, twice each: once with everything
masked that the options ask for, and once with nothing masked. It redacts the second recording by
the policy of the same options, compares it with the first, and prints the counts. It needs
Chromium, the Python package playwright, and ``npm ci`` in this folder.
"""
