"""The faces that pictures and printed sheets are lettered with; they lie in `faces/`.

None of the machine's own is ever used, so a poster looks the same wherever it is drawn.
"""
