"""Addresses of pages that have moved: what is at an old one leads to the present one."""
