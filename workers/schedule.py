"""What is done again and again, as a table a shopkeeper could read.

An entry names a function without arguments as `package.module:function`; it is imported when its
time comes, and listed here only once it exists. `worker` entries are left in the queue, `scheduler`
entries are done at once by the one process that holds the scheduler's lock: keep them short.
The outbox needs no entry, the relay looks at it by itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Every:
    """Do `verb` every so many seconds, beginning when the scheduler begins.

    A worker that is not done with it after `at_most` seconds gives it up.
    """

    seconds: int
    verb: str
    by: Literal["worker", "scheduler"] = "worker"
    at_most: int = 45


SCHEDULE: tuple[Every, ...] = (
    Every(1, "app.platform.audit.commands:seal", by="scheduler"),
    Every(5, "app.notifications.commands:deliver_due"),
    Every(15, "app.orders.commands.pay:ask_silent"),
    Every(30, "app.orders.commands.pay:close_unpaid"),
    Every(5, "app.presale.commands.clockwork:advance", at_most=120),
    Every(60, "app.wishes.commands.alerts:tell_due"),
    Every(900, "app.reviews.commands.inviting:invite_due"),
    Every(3, "workers.rehearsal.running:run_next", at_most=120),
    Every(60, "app.catalog.commands.relisting:mend", at_most=300),
    Every(3, "workers.files:begin_imports"),
    Every(3, "workers.files:begin_exports"),
    Every(900, "app.catalog.commands.gathering:refresh", at_most=300),
    Every(60, "app.search.commands.indexing:ensure", at_most=600),
    Every(900, "app.community.commands.counting:forget_visitors"),
    Every(3600, "app.platform.outbox.retention:forget_told"),
    Every(86400, "app.platform.audit.commands:seal_forgotten", by="scheduler"),
    Every(86400, "app.platform.upkeep:optimize", at_most=600),
    Every(86400, "app.orders.bookkeeping:examine_yesterday", at_most=600),
    Every(86400, "app.community.pictures:forget_old"),
    Every(86400, "app.catalog.commands.exporting.working:forget_old"),
    Every(86400, "app.search.commands.misses:forget_old_misses"),
    Every(86400, "app.community.commands.lists:forget_lists"),
    Every(86400, "app.customers.commands:forget_old_codes"),
    Every(86400, "app.checkout.retention:forget_old", at_most=600),
    Every(86400, "app.platform.inbox.retention:forget_bodies", at_most=600),
    Every(86400, "app.presale.commands.reminding:forget_old"),
    Every(86400, "app.wishes.commands.alerts:forget_old"),
    Every(86400, "app.reviews.commands.photographs:forget_unsent"),
)
