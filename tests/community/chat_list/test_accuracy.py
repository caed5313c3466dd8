"""How often a chat list is read right: the figures of docs/chat-lists.md, measured again."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.community.chat_list.corpus import lists, score

DOCUMENT = Path(__file__).parents[3] / "docs" / "chat-lists.md"
ROW = re.compile(
    r"^\| (?P<measure>[a-z ]+) \| (?P<tuned>\d[^|]+) \| (?P<held_out>\d[^|]+) \|$", re.MULTILINE
)
PARTS = ("tuned", "held_out")
MOST_WRONG_AND_UNMARKED = 0.01
AT_LEAST = {
    "tuned": {
        "read right": 0.99,
        "quantities right": 0.99,
        "doors and phone tails right": 0.99,
        "read right and not marked": 0.98,
        "unclear entries marked": 0.99,
        "other lines ignored": 0.98,
    },
    "held_out": {
        "read right": 0.97,
        "quantities right": 0.97,
        "doors and phone tails right": 0.98,
        "read right and not marked": 0.96,
        "unclear entries marked": 0.97,
        "other lines ignored": 0.97,
    },
}


@pytest.mark.parametrize("part", PARTS)
def test_lists_are_read_as_well_as_is_said(part):
    measured = score(part)

    fallen = {
        row: measured.share(row)
        for row, least in AT_LEAST[part].items()
        if measured.share(row) < least
    }
    assert not fallen, "\n".join([str(fallen), *measured.misread])


@pytest.mark.parametrize("part", PARTS)
def test_hardly_any_entry_is_wrong_without_a_mark(part):
    measured = score(part)

    share = measured.share("wrong and not marked")
    assert share <= MOST_WRONG_AND_UNMARKED, "\n".join(measured.wrong_unmarked)


def test_the_document_states_what_is_measured():
    stated = {
        row["measure"]: (row["tuned"].strip(), row["held_out"].strip())
        for row in ROW.finditer(DOCUMENT.read_text("utf-8"))
    }

    measured = {row: tuple(_shown(part, row) for part in PARTS) for row in score("tuned").rows()}
    assert stated == measured


def _shown(part, row):
    some, all_ = score(part).rows()[row]
    return f"{some} of {all_} ({some / all_:.1%})"


def test_there_are_lists_enough_to_say_so():
    names = [listed.name for part in PARTS for listed in lists(part)]

    assert len(names) == len(set(names)) >= 220
    assert len(lists("held_out")) >= 60
