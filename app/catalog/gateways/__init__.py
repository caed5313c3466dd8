"""Other people's machines that the catalogue talks to."""
