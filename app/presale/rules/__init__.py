"""Pure rules of presales, without database, clock or settings; docs/presale.md has the words."""
