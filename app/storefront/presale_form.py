"""What somebody asks to join with: untrusted text in, a wish or a sentence per field out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from app.cart.commands import MAX_QUANTITY, Wish
from app.customers.addresses.email import UnusableEmail, check_email
from app.platform import numbers
from app.platform.i18n import gettext as _
from app.platform.i18n import ngettext
from app.presale.queries.pages import CampaignView, SkuView

FIELDS = ("sku", "quantity", "tolerance", "name", "email", "anonymous")
LONGEST = {"name": 40, "email": 254}


@dataclass
class JoinForm:
    """`typed` is kept whatever happens; `errors` has a sentence for each field that is wrong."""

    typed: dict[str, str]
    errors: dict[str, str] = field(default_factory=dict)

    @classmethod
    def read(cls, source: Mapping[str, str]) -> JoinForm:
        return cls({name: source.get(name, "")[: LONGEST.get(name, 20)].strip() for name in FIELDS})

    @property
    def quantity(self) -> int:
        return min(numbers.whole(self.typed["quantity"]) or 1, MAX_QUANTITY)

    @property
    def is_anonymous(self) -> bool:
        return bool(self.typed["anonymous"])

    def wish(
        self, view: CampaignView, *, link_id: int | None = None, listed_id: int | None = None
    ) -> Wish | None:
        """What goes into the bag, or None with `errors` filled."""
        sku = self._sku(view)
        self._units(view)
        if sku is None or self.errors:
            return None
        extra = numbers.whole(self.typed["tolerance"]) or 0 if sku.pack_size > 1 else 0
        extra = min(extra, sku.pack_size - 1)
        return Wish(sku.id, link_id=link_id, tolerance=extra, listed_id=listed_id)

    def person(self, view: CampaignView) -> SkuView | None:
        """Who registers or waits, and for what; None with `errors` filled."""
        sku = self._sku(view)
        self._units(view)
        if not self.typed["name"]:
            self.errors["name"] = _("Please enter your name.")
        try:
            self.typed["email"] = check_email(self.typed["email"])
        except UnusableEmail as error:
            self.errors["email"] = error.message
        return None if self.errors else sku

    def _sku(self, view: CampaignView) -> SkuView | None:
        if len(view.skus) == 1:
            return view.skus[0]
        wanted = numbers.whole(self.typed["sku"])
        for sku in view.skus:
            if sku.id == wanted:
                return sku
        self.errors["sku"] = _("Please choose one first.")
        return None

    def _units(self, view: CampaignView) -> None:
        limit = view.campaign.per_person_limit
        if limit is not None and self.quantity > limit:
            self.errors["quantity"] = ngettext(
                "One person may have %(num)d.", "One person may have %(num)d at most.", limit
            )
