"""Every index is explained, and every one that is explained exists."""

from __future__ import annotations

import re
from pathlib import Path

from app.config import load_settings
from app.factory import create_app
from app.platform.db import db

DOCUMENT = Path(__file__).parents[2] / "docs" / "indexes.md"
_ROW = re.compile(r"^\| `(ix_\w+)` \| ([^|]+) \| (.+) \|$", re.MULTILINE)


def test_the_document_names_every_index_with_its_columns(tmp_path):
    create_app(load_settings({"DATA_DIR": str(tmp_path)}))
    schema = {
        str(index.name): ", ".join(column.name for column in index.columns)
        for table in db.metadata.tables.values()
        for index in table.indexes
    }

    said = _ROW.findall(DOCUMENT.read_text("utf-8"))

    assert {name: columns.partition(", where")[0] for name, columns, _why in said} == schema
    assert len(said) == len(schema)
