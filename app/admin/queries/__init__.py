"""Reads made for screens of the counter that no single module below could answer."""
