"""What every module stands on and which knows no shop: database, transaction, clock, facts, audit,
web.
"""
