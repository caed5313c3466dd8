"""What the code of before can live with, and what it cannot."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.operations.upgrade.schema import Column, Schema, differences, doubts, obstacles

PLAIN = Column("VARCHAR", is_nullable=False, fills_itself=False)
BEFORE = Schema({"piece": {"grade": PLAIN, "note": replace(PLAIN, is_nullable=True)}})


def after(**columns: Column) -> Schema:
    return Schema({"piece": {**BEFORE.columns["piece"], **columns}})


@pytest.mark.parametrize(
    "schema",
    [
        BEFORE,
        Schema({**BEFORE.columns, "label": {"text": PLAIN}}),
        after(colour=replace(PLAIN, is_nullable=True)),
        after(colour=replace(PLAIN, fills_itself=True)),
        after(grade=replace(PLAIN, is_nullable=True)),
        after(grade=replace(PLAIN, fills_itself=True)),
    ],
    ids=["nothing", "a table", "may be empty", "fills itself", "looser", "a default"],
)
def test_additions_trouble_nobody(schema: Schema) -> None:
    assert obstacles(BEFORE, schema) == []


@pytest.mark.parametrize(
    ("schema", "sentence"),
    [
        (Schema({}), "table piece is gone"),
        (Schema({"piece": {"grade": PLAIN}}), "piece.note is gone"),
        (after(grade=replace(PLAIN, type="INTEGER")), "piece.grade is INTEGER and was VARCHAR"),
        (after(note=PLAIN), "piece.note may not be empty any more"),
        (after(colour=PLAIN), "piece.colour must be given, which the code of before does not know"),
    ],
    ids=["table", "column", "type", "empty", "must be given"],
)
def test_what_is_gone_or_stricter_is_named(schema: Schema, sentence: str) -> None:
    assert obstacles(BEFORE, schema) == [sentence]
    assert differences(BEFORE, schema) != []


def test_a_default_that_went_is_named() -> None:
    filled = Schema({"piece": {"grade": replace(PLAIN, fills_itself=True)}})
    bare = Schema({"piece": {"grade": PLAIN}})

    assert obstacles(filled, bare) == ["piece.grade does not fill itself any more"]


def test_new_rules_of_old_tables_are_doubted() -> None:
    unique = frozenset({"unique (grade)"})
    new = Schema({**BEFORE.columns, "label": {}}, {"piece": unique, "label": unique})

    assert doubts(BEFORE, new) == ["piece: unique (grade)"]
    assert differences(BEFORE, new) == ["table label: new", "piece: new unique (grade)"]
    assert differences(new, BEFORE) == ["table label: gone", "piece: no unique (grade)"]
