"""An HTML page for reviewers: it shows what a policy masks and shows at each event, and why."""

from __future__ import annotations

from replay_redact.preview.page import preview_page, snapshot_documents

__all__ = ["preview_page", "snapshot_documents"]
