"""The ``archive`` commands."""
