"""Pure rules of groups and their links, without database, clock or settings."""
