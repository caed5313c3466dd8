"""The back office: screens over everything below, a file for each kind of them. No rules."""
