"""The form of a review, read: what is said, and what becomes of its photographs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask import request

from app.platform import numbers
from app.platform.i18n import gettext as _
from app.platform.web.uploads import Refused, pictures
from app.reviews.commands.photographs import Shots
from app.reviews.commands.writing import Opinion
from app.reviews.models import Fit, ReviewPhoto
from app.reviews.rules import LONGEST_ALT, LONGEST_NAME, LONGEST_TEXT, MOST_PHOTOS

MOST_STARS = 5
LONGEST = {
    "stars": 1, "fit": 5, "text": LONGEST_TEXT + 1, "name": LONGEST_NAME + 1,
    "caption": LONGEST_ALT,
}  # fmt: skip

__all__ = ["Read", "Refused", "read", "shots"]


@dataclass
class Read:
    """What was typed, the opinion it comes to, and what is wrong by field."""

    typed: dict[str, str]
    opinion: Opinion | None
    errors: dict[str, str]

    def refuse_files(self, refused: Refused) -> None:
        """Some files were no photographs: nothing is said yet, and why is said beside them."""
        if refused:
            self.opinion = None
            self.errors["photos"] = " ".join(f"{name}: {why}" for name, why in refused)


def read(*, usual_name: str) -> Read:
    typed = {name: request.form.get(name, "").strip()[:most] for name, most in LONGEST.items()}
    stars, errors = numbers.whole(typed["stars"]) or 0, dict[str, str]()
    if not 1 <= stars <= MOST_STARS:
        errors["stars"] = _("Please give one to five stars.")
    for name, most in (("text", LONGEST_TEXT), ("name", LONGEST_NAME)):
        if len(typed[name]) > most:
            errors[name] = _("At most %(most)s characters.", most=most)
    if errors:
        return Read(typed, None, errors)
    fit = Fit(typed["fit"]) if typed["fit"] in set(Fit) else None
    return Read(typed, Opinion(stars, typed["text"], fit, typed["name"] or usual_name), {})


def shots(kept: Sequence[ReviewPhoto], refused: Refused) -> Shots:
    """The files are read when they are wanted; `refused` is told of those that cannot be."""
    typed = {photo.name: request.form.get(f"alt-{photo.name}", photo.alt) for photo in kept}
    dropped = {photo.name for photo in kept} & set(request.form.getlist("drop"))
    room = max(MOST_PHOTOS - len(kept) + len(dropped), 0)
    return Shots(
        words={name: words.strip()[:LONGEST_ALT] for name, words in typed.items()},
        dropped=dropped,
        added=pictures(request.files.getlist("photos"), refused, room=room),
        caption=request.form.get("caption", "").strip()[:LONGEST_ALT],
    )
