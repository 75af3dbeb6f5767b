"""How private text, addresses, media and JSON values look when they are masked."""
