"""What was done, in words for the record."""

from __future__ import annotations

from app.platform.i18n import LazyText, lazy_gettext

_VERBS: dict[str, LazyText] = {
    "orders.cancel": lazy_gettext("Cancelled an order"),
    "orders.refund": lazy_gettext("Decided a refund"),
    "orders.ready": lazy_gettext("Laid goods out for collection"),
    "orders.hand_over": lazy_gettext("Handed goods over"),
    "orders.note": lazy_gettext("Wrote a note for the team"),
    "orders.tell": lazy_gettext("Wrote to the buyer"),
    "orders.send_link": lazy_gettext("Sent the link to an order again"),
    "orders.clear_attention": lazy_gettext("Looked at an order in trouble"),
    "parcels.ship": lazy_gettext("Shipped a parcel"),
    "payments.confirm_transfer": lazy_gettext("Confirmed a transfer"),
    "payments.confirm_refund": lazy_gettext("Confirmed a refund by transfer"),
    "payments.accept_questioned": lazy_gettext("Took a payment in question"),
    "payments.return_questioned": lazy_gettext("Sent a payment in question back"),
    "payments.send_again": lazy_gettext("Sent a refund again"),
    "money.examine": lazy_gettext("Compared the books with the providers"),
    "product.create": lazy_gettext("Created an item"),
    "product.change": lazy_gettext("Changed an item"),
    "product.publish": lazy_gettext("Put an item on sale"),
    "product.draft": lazy_gettext("Took an item off sale"),
    "product.archived": lazy_gettext("Archived an item"),
    "stock.count": lazy_gettext("Counted stock"),
    "collection.create": lazy_gettext("Created a collection"),
    "collection.save": lazy_gettext("Saved a collection"),
    "collection.change": lazy_gettext("Changed a collection"),
    "collection.move": lazy_gettext("Moved a collection"),
    "collection.add": lazy_gettext("Put an item into a collection"),
    "collection.remove": lazy_gettext("Took an item out of a collection"),
    "presale.create": lazy_gettext("Began a presale"),
    "presale.change": lazy_gettext("Changed a presale"),
    "presale.change_words": lazy_gettext("Changed the words of a presale"),
    "presale.set_cap": lazy_gettext("Changed how many there are in a presale"),
    "presale.preview": lazy_gettext("Showed a presale to the team"),
    "presale.scheduled": lazy_gettext("Published a presale that opens later"),
    "presale.open": lazy_gettext("Published a presale"),
    "presale.closing": lazy_gettext("Closed a presale early"),
    "presale.extended": lazy_gettext("Extended a presale"),
    "presale.succeeded": lazy_gettext("Let a presale take place"),
    "presale.failed": lazy_gettext("Ended a presale below its threshold"),
    "presale.cancelled": lazy_gettext("Gave a presale up"),
    "presale.in_production": lazy_gettext("Started production"),
    "presale.production": lazy_gettext("Counted what production brought"),
    "presale.arriving": lazy_gettext("Noted that the goods arrive"),
    "presale.split": lazy_gettext("Shared out too few goods"),
    "presale.balance_open": lazy_gettext("Asked for the balances"),
    "presale.more_time": lazy_gettext("Gave more time for a balance"),
    "presale.fulfilling": lazy_gettext("Handed the goods of a presale on"),
    "presale.completed": lazy_gettext("Completed a presale"),
    "presale.visible_note": lazy_gettext("Wrote a note the buyer reads"),
    "presale.private_note": lazy_gettext("Wrote a note for the team"),
    "orders.waive_balance": lazy_gettext("Waived a balance"),
    "campaign.disclose": lazy_gettext("Looked at the names in a presale"),
    "callbacks.replay": lazy_gettext("Played a callback again"),
    "outbox.replay": lazy_gettext("Gave a task to the worker again"),
    "notifications.retry": lazy_gettext("Sent a mail again"),
    "order.disclose": lazy_gettext("Looked at a buyer's name and address"),
    "message.disclose": lazy_gettext("Read a mail"),
    "inbound_event.disclose": lazy_gettext("Read a callback"),
    "staff.sign_in": lazy_gettext("Signed in"),
    "staff.create": lazy_gettext("Added a member of the team"),
    "staff.change_role": lazy_gettext("Changed a role"),
    "staff.dismiss": lazy_gettext("Dismissed a member of the team"),
    "staff.take_back": lazy_gettext("Took a member of the team back"),
    "staff.set_password": lazy_gettext("Set a password"),
    "staff.set_language": lazy_gettext("Chose a language"),
    "staff.end_sessions": lazy_gettext("Signed out everywhere"),
    "community.create_group": lazy_gettext("Created a group"),
    "community.change_group": lazy_gettext("Changed a group"),
    "community.archive_group": lazy_gettext("Archived a group"),
    "community.restore_group": lazy_gettext("Took a group back"),
    "community.share": lazy_gettext("Shared a presale in a group"),
    "community.share_again": lazy_gettext("Took up a revoked link again"),
    "community.revoke": lazy_gettext("Revoked a link"),
    "customers.change_profile": lazy_gettext("Changed their profile"),
    "customers.set_password": lazy_gettext("Set their password"),
    "customers.sign_out_everywhere": lazy_gettext("Signed out everywhere"),
    "customers.erase": lazy_gettext("Erased their account"),
    "merchant.create": lazy_gettext("Created a merchant"),
    "location.create": lazy_gettext("Created a place for goods"),
    "shipping_rates.replace": lazy_gettext("Changed the shipping rates"),
    "setting.set": lazy_gettext("Changed a setting"),
}
_ACTORS: dict[str, LazyText] = {
    "staff": lazy_gettext("Staff"),
    "customer": lazy_gettext("A shopper"),
    "guest": lazy_gettext("A guest"),
    "system": lazy_gettext("The shop itself"),
}


def deed(verb: str) -> str:
    """What was done; an unknown verb by its own name."""
    return str(_VERBS.get(verb, verb))


def actor_name(name: str | None, kind: str) -> str:
    """Who did it: a person by name, everybody else by what they are."""
    return name or str(_ACTORS.get(kind, kind))
