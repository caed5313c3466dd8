"""Rows for every combination of options, such as each size in each colour."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import product
from math import prod

from app.catalog.forms.item import MOST_ROWS, ItemForm, texts_typed
from app.catalog.forms.variants import OPTIONS
from app.platform.i18n import gettext as _

LONGEST_VALUE = 60
_BETWEEN = re.compile(r"[,，、;；\n]")
_LANGUAGES = re.compile(r"[/／]")
Value = tuple[str, str]
"""What an option is called in English and in Chinese; the same twice where one word does."""


def combine(form: ItemForm) -> None:
    """Add a row for each combination that has none, at the price and weight of the first row.

    What each option can be stands in `option-N-all`. Refused with a sentence in `errors`, and
    nothing changed, where there is nothing to combine or too much.
    """
    lists = [_values(form.typed.get(f"option-{place}-all", "")) for place in OPTIONS]
    used = [place for place, values in zip(OPTIONS, lists, strict=True) if values]
    if not used or used != list(OPTIONS[: len(used)]):
        form.errors["option-1-all"] = _(
            "Write what there is, with commas between, such as S, M, L."
        )
        return
    chosen = [lists[place - 1] for place in used]
    if prod(map(len, chosen)) > MOST_ROWS:
        form.errors["option-1-all"] = _("At most %(most)s rows.", most=MOST_ROWS)
        return
    for place in used:
        if not any(texts for texts in _typed(form, f"option-{place}")):
            form.errors[f"option-{place}-en"] = _("Say what the rows differ in, such as Size.")
            return
    _add_rows(form, used, [tuple(each) for each in product(*chosen)])


def _values(text: str) -> list[Value]:
    """`S, M` or `Ecru/米白, Indigo/靛蓝`, each once and in order."""
    words = (" ".join(word.split())[:LONGEST_VALUE] for word in _BETWEEN.split(text))
    return list(dict.fromkeys(_value(word) for word in words if word))


def _value(word: str) -> Value:
    english, *chinese = (part.strip() for part in _LANGUAGES.split(word, maxsplit=1))
    return (english, chinese[0]) if chinese and english and chinese[0] else (word, word)


def _add_rows(form: ItemForm, used: Sequence[int], wanted: Sequence[tuple[Value, ...]]) -> None:
    there = {row: _known(form, row, used) for row in form.variants}
    first = f"v-{form.variants[0]}" if form.variants else ""
    following = max((int(row) for row in form.variants), default=-1) + 1
    for values in wanted:
        if values in there.values():
            continue
        row = next((row for row, known in there.items() if _leaves_room(known, values)), "")
        if not row:
            row, following = str(following), following + 1
            form.variants.append(row)
        there[row] = values
        for name in ("price", "weight"):
            form.typed.setdefault(f"v-{row}-{name}", form.typed.get(f"{first}-{name}", ""))
        for place, (english, chinese) in zip(used, values, strict=True):
            texts = {"en": english} if english == chinese else {"en": english, "zh-Hans": chinese}
            form.typed |= texts_typed(f"v-{row}-o{place}", texts)
    del form.variants[MOST_ROWS:]


def _leaves_room(known: tuple[Value, ...], values: tuple[Value, ...]) -> bool:
    """Whether a row says less than the combination, and nothing else."""
    pairs = list(zip(known, values, strict=True))
    is_open = any(not any(there) for there, _value in pairs)
    return is_open and all(there == value for there, value in pairs if any(there))


def _known(form: ItemForm, row: str, used: Sequence[int]) -> tuple[Value, ...]:
    return tuple(_same(_typed(form, f"v-{row}-o{place}")) for place in used)


def _typed(form: ItemForm, name: str) -> Value:
    return form.typed.get(f"{name}-en", ""), form.typed.get(f"{name}-zh", "")


def _same(value: Value) -> Value:
    """One word for both where one was left empty."""
    english, chinese = value
    return english or chinese, chinese or english
