"""Get hold of the pictures a file names, beside it or on the web; a missing one stops nothing."""

from __future__ import annotations

import hashlib
import re
import time
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from io import BytesIO
from urllib.parse import urlsplit

from app.catalog.commands import media
from app.catalog.commands.importing.beside import Beside
from app.catalog.commands.importing.memory import Memory, Said
from app.catalog.gateways.pictures import PictureSource, PictureUnreachable, Unfetched
from app.catalog.rules import MAX_IMAGES
from app.platform.errors import Invalid
from app.platform.i18n import LazyText, lazy_gettext
from app.platform.images import read_original, read_upload

NO_FILE = "no_file"
NOT_A_PICTURE = "not_a_picture"
LATER = "later"
PATIENCE = 2
"""After so many silences in a row a host is not asked again in the same run."""

_OURS = re.compile(r"([0-9a-f]{64})\.jpg")

REASONS: dict[str, LazyText] = {
    NO_FILE: lazy_gettext("there is no such file beside the table"),
    NOT_A_PICTURE: lazy_gettext("it cannot be read as a picture of up to 50 megapixels"),
    LATER: lazy_gettext("it has not been fetched yet"),
    Unfetched.BAD_ADDRESS: lazy_gettext("the address cannot be used"),
    Unfetched.NOT_PUBLIC: lazy_gettext("the address is not a public one"),
    Unfetched.NO_ANSWER: lazy_gettext("nobody answers there"),
    Unfetched.NOT_THERE: lazy_gettext("there is no picture at this address"),
    Unfetched.TOO_SLOW: lazy_gettext("it took longer than ten seconds"),
    Unfetched.TOO_LARGE: lazy_gettext("it is larger than 30 MB"),
    Unfetched.TOO_MANY_REDIRECTS: lazy_gettext("the address leads on and on"),
}


class Pictures:
    """Finds pictures for one run; without `beside` files are missing, without `web` addresses wait.

    After `seconds` addresses wait as well.
    """

    def __init__(
        self,
        beside: Beside | None,
        web: PictureSource | None,
        *,
        now: datetime,
        seconds: float | None = None,
    ) -> None:
        self._beside = beside
        self._web = web
        self._now = now
        self._until = time.monotonic() + seconds if seconds is not None else None
        self._silent: Counter[str] = Counter()
        self._kept_as: dict[str, int] = {}

    def recognise(self, wanted: Iterable[Said]) -> None:
        """Look up at once which of these are named by the hash of what is kept here."""
        names = (said.source for said in wanted if said.is_local)
        hashes = {named[1] for named in map(_OURS.fullmatch, names) if named}
        self._kept_as = media.kept_as(hashes)

    def of(self, wanted: Iterable[Said], memory: Memory) -> tuple[Said, ...]:
        """Every picture of a product, in order: known ones as they are, the others tried now."""
        return tuple(self._one(said, memory.picture(said.source)) for said in _first(wanted))

    def foreseen(self, wanted: Iterable[Said], memory: Memory) -> tuple[Said, ...]:
        """The same without trying: whatever is not known is fetched LATER, or there is NO_FILE."""
        return tuple(self._seen(said, memory.picture(said.source)) for said in _first(wanted))

    def again(self, memory: Memory) -> tuple[Said, ...]:
        """The remembered pictures, missing ones tried once more."""
        self.recognise(memory.pictures)
        return tuple(self._one(said, said) for said in memory.pictures)

    def _one(self, wanted: Said, known: Said | None) -> Said:
        if wanted.is_local:
            return self._local(wanted, known)
        if known is not None and known.media_id is not None:
            return replace(wanted, media_id=known.media_id, reason="")
        return self._remote(wanted, known)

    def _seen(self, wanted: Said, known: Said | None) -> Said:
        ours = self._ours(wanted)
        if ours:
            return ours
        content = self._read(wanted.source) if wanted.is_local else None
        digest = hashlib.sha256(content).hexdigest() if content is not None else ""
        if known is not None and known.media_id is not None and digest in {"", known.digest}:
            return replace(known, alt=wanted.alt)
        is_missing = wanted.is_local and content is None
        return replace(wanted, reason=NO_FILE if is_missing else LATER)

    def _local(self, wanted: Said, known: Said | None) -> Said:
        ours = self._ours(wanted)
        if ours:
            return ours
        content = self._read(wanted.source)
        kept = known if known is not None and known.media_id is not None else None
        if content is None:
            # The file may be gone by now; what it was is still here.
            return replace(kept, alt=wanted.alt) if kept else replace(wanted, reason=NO_FILE)
        digest = hashlib.sha256(content).hexdigest()
        if kept is not None and kept.digest == digest:
            return replace(kept, alt=wanted.alt)
        return self._kept(replace(wanted, digest=digest), content)

    def _read(self, name: str) -> bytes | None:
        return self._beside.read(name) if self._beside is not None else None

    def _remote(self, wanted: Said, known: Said | None) -> Said:
        if self._web is None or (self._until is not None and time.monotonic() > self._until):
            return replace(wanted, reason=known.reason if known else LATER)
        host = urlsplit(wanted.source).netloc
        if self._silent[host] >= PATIENCE:
            return replace(wanted, reason=Unfetched.NO_ANSWER)
        try:
            content = self._web.fetch(wanted.source)
        except PictureUnreachable as error:
            if error.reason in {Unfetched.NO_ANSWER, Unfetched.TOO_SLOW}:
                self._silent[host] += 1
            return replace(wanted, reason=error.reason.value)
        self._silent[host] = 0
        return self._kept(wanted, content)

    def _kept(self, wanted: Said, content: bytes) -> Said:
        try:
            named = _OURS.fullmatch(wanted.source)
            is_original = bool(named and named[1] == wanted.digest)
            picture = read_original(content) if is_original else read_upload(BytesIO(content))
        except Invalid:
            return replace(wanted, media_id=None, reason=NOT_A_PICTURE)
        media_id = media.keep(picture, now=self._now)
        if is_original:
            self._kept_as[picture.sha256] = media_id
        return replace(wanted, media_id=media_id, reason="")

    def _ours(self, wanted: Said) -> Said | None:
        """A picture that is named by the hash of what is kept here already."""
        named = _OURS.fullmatch(wanted.source) if wanted.is_local else None
        media_id = self._kept_as.get(named[1]) if named else None
        return replace(wanted, media_id=media_id, digest=named[1]) if named and media_id else None


def _first(wanted: Iterable[Said]) -> list[Said]:
    return list(wanted)[:MAX_IMAGES]


def reason_of(said: Said) -> str:
    """Why a picture is missing, in words."""
    return str(REASONS.get(said.reason, said.reason))
