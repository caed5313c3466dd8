"""Reads of presales as a merchant sees them: only the actor's own."""
