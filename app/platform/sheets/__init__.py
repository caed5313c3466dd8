"""Tables for people who work from paper or in a spreadsheet: rows in, bytes out.

    sheet = Sheet(title=…, columns=…, sections=…, …)
    to_csv(sheet), to_xlsx(sheet), to_pdf(sheet)

Knows no shop and asks nobody: what stands in a cell was decided by who made the row. Words of its
own (sums, page numbers) are in the language being spoken.
"""

from app.platform.sheets.paper import Item, Label, to_label_pdf, to_pdf
from app.platform.sheets.separated import to_csv
from app.platform.sheets.table import Block, Column, Kind, Part, Place, Row, Section, Sheet
from app.platform.sheets.workbook import to_xlsx

__all__ = [
    "Block",
    "Column",
    "Item",
    "Kind",
    "Label",
    "Part",
    "Place",
    "Row",
    "Section",
    "Sheet",
    "to_csv",
    "to_label_pdf",
    "to_pdf",
    "to_xlsx",
]
