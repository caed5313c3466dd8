"""Addresses and contacts as people write them: regions, the one-line parser, phone and e-mail.

Pure: text in, values or named errors out. Nothing here is stored or sent.
"""
