"""The presales of the demo shop: what is made, for whom, and the words they are sold with."""
