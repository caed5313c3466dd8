"""What is written to the author of a review: the question for one, and what became of it."""

from __future__ import annotations

from app.notifications import commands as notifications
from app.orders.mail_words import Words
from app.orders.queries import OrderView, for_mail
from app.platform import clock
from app.platform.i18n import gettext as _
from app.platform.i18n import pick, speaking
from app.platform.rendering import public_url, render
from app.reviews import queries
from app.reviews.events import InvitationDue, ReviewAnswered, ReviewRejected
from app.reviews.models import Reason, Review
from app.reviews.words import REASONS


def write_invitation(fact: InvitationDue) -> None:
    """Once per order; not to who has said everything already."""
    view = for_mail(fact.order_id)
    open_lines = [one for one in queries.of_lines(view.lines, now=fact.at) if one.review is None]
    if not open_lines:
        return
    with speaking(view.order.locale):
        titles = _(", ").join(one.title for one in open_lines[:3])
        words = Words(
            _("How is it? %(titles)s", titles=titles),
            _("How is it?"),
            (
                _("You have had %(titles)s for a week. A few stars and a word on how it fits help "
                  "whoever looks for their size.", titles=titles),
                _("This is the only mail in which we ask. On the same page you can tell us never "
                  "to ask again."),
            ),
            _("Write a review"),
        )  # fmt: skip
        _send(view, words, kind="invitation", event=f"reviews.invitation:{fact.order_id}")


def write_rejected(fact: ReviewRejected) -> None:
    review = queries.by_id(fact.review_id)
    view = for_mail(review.order_id)
    if review.reason is None:
        return
    with speaking(view.order.locale):
        words = Words(
            _("Your review of %(title)s is not shown", title=_title(view, review)),
            _("Your review is not shown"),
            (
                _("The reason: %(reason)s.", reason=str(REASONS[Reason(review.reason)])),
                _("We keep it, and that it was unfavourable would be no reason. You may change it "
                  "within fourteen days of writing it; answer this mail if you think we are "
                  "wrong."),
            ),
            _("See the review"),
        )  # fmt: skip
        event = f"reviews.rejected:{review.id}:{fact.at.isoformat()}"
        _send(view, words, kind="rejected", event=event)


def write_answered(fact: ReviewAnswered) -> None:
    review = queries.by_id(fact.review_id)
    view = for_mail(review.order_id)
    with speaking(view.order.locale):
        words = Words(
            _("The shop has answered your review of %(title)s", title=_title(view, review)),
            _("The shop has answered your review"),
            (review.reply,),
            _("See the review"),
        )
        _send(view, words, kind="answered", event=f"reviews.answered:{review.id}")


def _title(view: OrderView, review: Review) -> str:
    return next(pick(line.title) for line in view.lines if line.id == review.line_id)


def _send(view: OrderView, words: Words, *, kind: str, event: str) -> None:
    context = {
        "words": words,
        "subject": words.subject,
        "link": public_url(f"/o/{view.token}/reviews"),
        "why": _("This mail belongs to your order %(code)s.", code=view.order.code),
    }
    notifications.queue(
        kind=f"reviews.{kind}", event=event, recipient=view.order.email,
        locale=view.order.locale, subject=words.subject, reference=f"order:{view.order.id}",
        text=render("presale/mail/letter.txt", **context),
        html=render("presale/mail/letter.html", **context), now=clock.now(),
    )  # fmt: skip
