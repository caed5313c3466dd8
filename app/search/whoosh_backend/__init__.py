"""Search in a folder on this machine, by Whoosh: one writing process, any number that read."""

from app.search.whoosh_backend.backend import WhooshBackend

__all__ = ["WhooshBackend"]
