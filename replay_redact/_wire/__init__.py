"""From bytes to events and back: containers, compression, unusual forms of events."""
