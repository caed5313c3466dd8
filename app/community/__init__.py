"""Groups, leaders, share links, posters, standings, chat lists, sheets.

Owns chat groups, the links shared in them, what was counted on each and the commission they
earned. What is sold and on what promise belongs to presale.
"""
