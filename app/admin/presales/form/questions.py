"""What everybody who joins is asked: presets with known keys, and questions of one's own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from app.admin.presales.form.reading import CampaignFields
from app.platform.i18n import LazyText, lazy_gettext
from app.platform.i18n import gettext as _
from app.presale.drafts import Question

MOST = 8
LONGEST_LABEL = 60
PRESETS: Mapping[str, tuple[LazyText, Mapping[str, str]]] = {
    "building": (lazy_gettext("Building"), {"en": "Building", "zh-Hans": "楼号"}),
    "room": (lazy_gettext("Room"), {"en": "Room", "zh-Hans": "房号"}),
    "engraving": (lazy_gettext("Engraving"), {"en": "Engraving", "zh-Hans": "刻字内容"}),
    "chat_name": (
        lazy_gettext("Name in the chat"),
        {"en": "Name in the chat", "zh-Hans": "群昵称"},
    ),
}
"""Sheets know `building` and `room` by these keys."""


def read(fields: CampaignFields, keys: Sequence[str]) -> tuple[Question, ...]:
    found = []
    for key in keys:
        label = fields.by_language(f"q-{key}-label", LONGEST_LABEL)
        if not label:
            fields.errors[f"q-{key}-label-en"] = _("Please write the question, or take it out.")
        found.append(Question(key, label, required=bool(fields.text(f"q-{key}-required"))))
    return tuple(found)


def typed(questions: Sequence[Question]) -> tuple[dict[str, str], list[str]]:
    """Fields and keys of the questions there are."""
    texts: dict[str, str] = {}
    for question in questions:
        texts |= _labelled(question.key, question.label)
        texts[f"q-{question.key}-required"] = "1" if question.required else ""
    return texts, [question.key for question in questions]


def added(preset: str, keys: list[str], texts: dict[str, str]) -> None:
    """Ask one more: a preset once, anything else as an empty question of one's own."""
    if len(keys) >= MOST:
        return
    if preset in PRESETS:
        if preset not in keys:
            keys.append(preset)
            texts |= _labelled(preset, PRESETS[preset][1])
        return
    taken = {key for key in keys if key.startswith("own")}
    keys.append(next(f"own{n}" for n in range(1, MOST + 2) if f"own{n}" not in taken))


def _labelled(key: str, label: Mapping[str, str]) -> dict[str, str]:
    return {
        f"q-{key}-label-en": label.get("en", ""),
        f"q-{key}-label-zh": label.get("zh-Hans", ""),
    }
