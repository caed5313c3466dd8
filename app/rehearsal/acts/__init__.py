"""The acts of a rehearsed campaign, in the order they are played."""
