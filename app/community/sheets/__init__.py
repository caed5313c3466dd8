"""The sheets a campaign is packed, handed out, produced and settled by.

Rows in, sheets out: whoever loads the rows decides whom they may name, nothing here asks the
database. `app.platform.sheets` writes what comes out as PDF, XLSX or CSV.
"""
