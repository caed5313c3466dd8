"""Measured figures: `make bench` prints them beside what this machine can do at all.

Run it alone on the machine. Nothing here is asserted; a bar that is missed is printed as missed.
"""
