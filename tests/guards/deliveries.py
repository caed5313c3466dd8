"""Guards of outbox, mails, carriers and of what is shared (I16, I17, I18, I28)."""

from __future__ import annotations

from tests.guards.guard import Guard, Rewritten

OUTBOX, MAILS = "app.platform.outbox.commands", "app.notifications.commands"
QUEUE, LETTERS = "tests/platform/test_outbox.py", "tests/notifications/test_commands.py"
TRACKING, FOLDED = "app.fulfilment.tracking", "tests/fulfilment/test_tracking.py"
TESTS = "tests/faults/test_invariants.py"
GUARDS = (
    Guard(
        "one mail for an event and recipient", "I16", f"{MAILS}:queue",
        Rewritten(".on_conflict_do_nothing()", ""),
        f"{LETTERS}::test_the_same_event_queues_one_mail_per_recipient",
    ),
    Guard(
        "a mail has a name of its own", "I16", "app.notifications.rules:message_id",
        Rewritten("digest[:40]", "len(digest)"),
        "tests/notifications/test_rules.py::test_a_message_id_differs_for_another_message",
    ),
    Guard(
        "only who holds the lease ends a mail", "I16", f"{MAILS}:_end_lease",
        Rewritten(", Message.lease_token == claimed.lease_token", ""),
        f"{TESTS}::test_who_lost_the_lease_of_a_mail_ends_nothing",
    ),
    Guard(
        "a mail being sent is nobody else's", "I16", f"{MAILS}:_is_due",
        Rewritten(", _unleased(now)", ""),
        f"{TESTS}::test_a_mail_being_sent_is_nobody_elses",
    ),
    Guard(
        "a delivery that is leased is nobody else's", "I17", f"{OUTBOX}:_lease",
        Rewritten("or_(rows.lease_until.is_(None), rows.lease_until < now),",
                  ""),
        f"{QUEUE}::test_a_leased_delivery_is_nobody_elses",
    ),
    Guard(
        "a lease runs out", "I17", f"{OUTBOX}:_lease",
        Rewritten("rows.lease_until < now", "rows.id < 0"),
        f"{QUEUE}::test_a_lease_that_ran_out_is_due_again",
    ),
    Guard(
        "only who holds the lease ends a delivery", "I17", f"{OUTBOX}:_finish",
        Rewritten(", _DELIVERIES.c.lease_token == lease_token", ""),
        f"{QUEUE}::test_a_worker_that_lost_its_lease_ends_nothing",
    ),
    Guard(
        "a failure is tried again", "I17", f"{OUTBOX}:_put_off",
        Rewritten("claimed.attempts >= MAX_ATTEMPTS", "True"),
        f"{QUEUE}::test_a_failure_is_tried_again_ever_later",
    ),
    Guard(
        "a fact is told in its command", "I17", "app.platform.facts:publish",
        Rewritten("if not in_transaction():", "if False:"),
        "tests/platform/test_facts.py::test_a_fact_is_told_only_inside_a_command",
    ),
    Guard(
        "what is undone tells nothing", "I17", "app.platform.transaction:transaction",
        Rewritten("except BaseException:\n            db.session.rollback()\n            raise",
                  "except BaseException:\n            _write_gathered()\n"
                  "            db.session.commit()\n            raise"),
        "tests/platform/test_facts.py::test_an_undone_command_tells_nothing",
    ),
    Guard(
        "a callback is stored once", "I18", "app.platform.inbox.commands:_insert",
        Rewritten('.on_conflict_do_nothing(index_elements=["source", "event_id"])', ""),
        "tests/platform/test_inbox.py::test_the_same_event_is_stored_once_and_counted",
    ),
    Guard(
        "an ending is not taken back", "I18", f"{TRACKING}:fold",
        Rewritten("position is None or event.status in FOLLOWS[position]", "True"),
        f"{FOLDED}::test_stray_moves_never_take_back_an_ending",
    ),
    Guard(
        "the carrier's time orders events", "I18", f"{TRACKING}:distinct",
        Rewritten("sorted(events, key=_order)", "list(events)"),
        f"{FOLDED}::test_every_order_of_arrival_gives_the_same",
    ),
    Guard(
        "an event counts once", "I18", f"{TRACKING}:distinct",
        Rewritten("once.setdefault(digest(event), event)", "once[str(len(once))] = event"),
        f"{FOLDED}::test_repeats_and_merges_change_nothing",
    ),
    Guard(
        "an answer with a cookie is kept by nobody", "I28", "app.platform.web.security:add_headers",
        Rewritten('if "Set-Cookie" in headers:', "if False:"),
        "tests/platform/web/test_security.py"
        "::test_an_answer_that_sets_a_cookie_is_kept_by_nobody",
    ),
    Guard(
        "the counter is kept by nobody", "I28", "app.admin.frame:_keep_private",
        Rewritten("if _concerns_us():", "if False:"),
        "tests/admin/test_session.py::test_pages_of_the_counter_are_kept_by_nobody",
    ),
)  # fmt: skip
