"""CSS of which a kernel once made something else than Python, as small as it became."""

RECORDS = [
    "{\u3000}",
    "{\v;",
    '{"";\x0b}',
    "\xa0",
]
