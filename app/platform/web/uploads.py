"""Files of a form, read as pictures one at a time: a decoded one takes the room of many files."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from werkzeug.datastructures import FileStorage

from app.platform.errors import Invalid
from app.platform.i18n import gettext as _
from app.platform.images import Upright, read_upload

LONGEST_NAME = 60
Refused = list[tuple[str, str]]


def pictures(files: Sequence[FileStorage], refused: Refused, *, room: int) -> Iterator[Upright]:
    """At most `room` of them; `refused` gets (file name, sentence) for each of the others."""
    for file in files:
        if not file.filename:
            continue
        name = file.filename[-LONGEST_NAME:]
        if not room:
            refused.append((name, _("There is no room for more photographs.")))
            continue
        try:
            picture = read_upload(file.stream)
        except Invalid as failure:
            refused.append((name, failure.errors["picture"]))
            continue
        room -= 1
        yield picture
