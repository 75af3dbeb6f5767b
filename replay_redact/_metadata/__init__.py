"""Metadata, which recorders send beside the page: breadcrumbs, spans, requests, plugins."""
