"""Rules: from the facts of an element to the decision about it, for both rule sets."""
