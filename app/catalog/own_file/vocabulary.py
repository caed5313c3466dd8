"""How the shop's own file, and a table that somebody keeps themselves, name their columns."""

from __future__ import annotations

from app.catalog.importing.rows import Vocabulary
from app.catalog.own_file import columns as c
from app.catalog.own_file import headings
from app.platform.i18n import lazy_gettext as _

OWN = Vocabulary(
    c.SYSTEM, c.column_of, c.meaning_of, (c.SKU,), headings.column_of,
    _("This table has no column “SKU”, and without one nothing in it can be told apart. It needs "
      "a column SKU; new products need Title and Price as well."),
)  # fmt: skip
