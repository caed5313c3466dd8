"""Reads of groups, links and what came of them, shaped for their readers."""
