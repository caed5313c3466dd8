"""The inbox: every inbound callback, stored raw and once before it is answered, applied later by
its module.
"""
