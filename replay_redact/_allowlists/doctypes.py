"""Doctypes by which browsers choose how to render a page."""

from __future__ import annotations

DOCTYPES = frozenset(
    {
        ("", ""),
        ("", "about:legacy-compat"),
        ("-//W3C//DTD HTML 3.2 Final//EN", ""),
        ("-//W3C//DTD HTML 4.0 Transitional//EN", ""),
        ("-//W3C//DTD HTML 4.0 Transitional//EN", "http://www.w3.org/TR/REC-html40/loose.dtd"),
        ("-//W3C//DTD HTML 4.01//EN", ""),
        ("-//W3C//DTD HTML 4.01//EN", "http://www.w3.org/TR/html4/strict.dtd"),
        ("-//W3C//DTD HTML 4.01 Frameset//EN", "http://www.w3.org/TR/html4/frameset.dtd"),
        ("-//W3C//DTD HTML 4.01 Transitional//EN", ""),
        ("-//W3C//DTD HTML 4.01 Transitional//EN", "http://www.w3.org/TR/html4/loose.dtd"),
        ("-//W3C//DTD XHTML 1.0 Strict//EN", "http://www.w3.org/TR/xhtml1/DTD/xhtml1-strict.dtd"),
        (
            "-//W3C//DTD XHTML 1.0 Transitional//EN",
            "http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd",
        ),
        (
            "-//W3C//DTD XHTML 1.0 Frameset//EN",
            "http://www.w3.org/TR/xhtml1/DTD/xhtml1-frameset.dtd",
        ),
        ("-//W3C//DTD XHTML 1.1//EN", "http://www.w3.org/TR/xhtml11/DTD/xhtml11.dtd"),
        (
            "-//W3C//DTD XHTML Basic 1.1//EN",
            "http://www.w3.org/TR/xhtml-basic/xhtml-basic11.dtd",
        ),
    }
)
"""Pairs of public and system identifiers by which a browser chooses its rendering mode."""
