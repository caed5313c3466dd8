"""What leaders type, read into values or into sentences beside the fields."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from app.admin import frame
from app.community.commands.groups import LONGEST_NAME, LONGEST_NOTE, GroupWords
from app.community.models import ChatGroup
from app.platform import numbers
from app.platform.i18n import gettext as _

MOST_UNITS = 100_000


@dataclass
class GroupForm:
    """A group as it was typed; `leader` is the colleague it is for, where one may choose."""

    name: str = ""
    app: str = ""
    note: str = ""
    leader: str = ""
    errors: dict[str, str] = field(default_factory=dict)

    @classmethod
    def read(cls) -> GroupForm:
        return cls(
            frame.typed("name", LONGEST_NAME),
            frame.typed("app", LONGEST_NAME),
            frame.typed("note", LONGEST_NOTE),
            frame.typed("leader", 20),
        )

    @classmethod
    def of(cls, group: ChatGroup) -> GroupForm:
        return cls(group.name, group.app, group.note, str(group.leader_id))

    @property
    def words(self) -> GroupWords:
        return GroupWords(self.name, self.app, self.note)

    @property
    def leader_id(self) -> int | None:
        return numbers.whole(self.leader)


@dataclass
class ShareForm:
    """Which presale is shared in which group."""

    campaign: str = ""
    group: str = ""
    errors: dict[str, str] = field(default_factory=dict)

    @classmethod
    def read(cls) -> ShareForm:
        form = cls(frame.typed("campaign", 20), frame.typed("group", 20))
        if form.campaign_id is None:
            form.errors["campaign"] = _("Please choose a presale.")
        if form.group_id is None:
            form.errors["group"] = _("Please choose a group.")
        return form

    @property
    def campaign_id(self) -> int | None:
        return numbers.whole(self.campaign)

    @property
    def group_id(self) -> int | None:
        return numbers.whole(self.group)


@dataclass
class QuotaForm:
    """How many units of each SKU are kept for a link."""

    typed: dict[str, str]
    quotas: dict[int, int] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)

    @classmethod
    def read(cls, typed: Mapping[str, str], sku_ids: Sequence[int]) -> QuotaForm:
        form = cls({f"quota-{sku}": typed.get(f"quota-{sku}", "").strip()[:10] for sku in sku_ids})
        for sku_id in sku_ids:
            form._read(sku_id)
        return form

    def _read(self, sku_id: int) -> None:
        name = f"quota-{sku_id}"
        text = self.typed[name]
        units = numbers.whole(text) if text else None
        if text and (units is None or units > MOST_UNITS):
            self.errors[name] = _("A whole number, such as 3.")
        elif units is not None:
            self.quotas[sku_id] = units
