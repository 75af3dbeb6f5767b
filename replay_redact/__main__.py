"""``python -m replay_redact`` is the ``replay-redact`` command."""

import sys

from replay_redact.cli import main

if __name__ == "__main__":
    sys.exit(main())
