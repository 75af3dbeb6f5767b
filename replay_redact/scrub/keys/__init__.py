"""Values that are secret for the key beside them: which keys, where a value begins and ends."""
