"""Who acts: a member of staff, a shopper, a guest, or the system itself."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Actor:
    """`id` is the row of the staff member or customer; staff carry their merchant and
    permissions.
    """

    kind: str
    id: int | None = None
    merchant_id: int | None = None
    permissions: frozenset[str] = field(default=frozenset())
    name: str = ""

    def may(self, permission: str) -> bool:
        return self.kind == "system" or permission in self.permissions

    @property
    def is_staff(self) -> bool:
        return self.kind == "staff"


SYSTEM = Actor("system", name="system")
GUEST = Actor("guest")
