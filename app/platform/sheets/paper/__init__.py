"""Sheets and labels as PDF. Marks are laid out by plain functions and only then drawn."""

from app.platform.sheets.paper.labels import Item, Label, to_label_pdf
from app.platform.sheets.paper.pages import to_pdf

__all__ = ["Item", "Label", "to_label_pdf", "to_pdf"]
