"""An upgrade tried on a copy: how long it takes, what it locks, what it changes, who can stay."""
