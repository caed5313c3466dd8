"""What shared pages show: which parts of the shop's content a page has read and a command has
written, and the stamps that tell whether they are still the same.
"""
