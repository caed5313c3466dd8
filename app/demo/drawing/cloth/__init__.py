"""Cloth as seamless tiles: woven thread by thread, printed, knitted, tanned."""
