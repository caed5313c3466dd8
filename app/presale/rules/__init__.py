"""Pure rules of presales: no database, no clock, no settings. docs/presale.md says them in words."""
