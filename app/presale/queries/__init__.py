"""Reads of presales, shaped for their readers."""
