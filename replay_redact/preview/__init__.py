"""A recording as one static HTML page for a reviewer: what is masked, why, and what is in clear."""

from __future__ import annotations

from replay_redact.preview.page import preview_page, snapshot_documents

__all__ = ["preview_page", "snapshot_documents"]
