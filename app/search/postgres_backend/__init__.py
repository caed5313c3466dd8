"""Search in the shop's PostgreSQL: for several machines, or where the index needs no folder."""

from app.search.postgres_backend.backend import PostgresBackend

__all__ = ["PostgresBackend"]
