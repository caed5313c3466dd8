"""Rehearsals of campaigns: a child process that has a copy and nothing of the shop itself."""
