"""The editor's form: what was typed survives whatever happens; `check` makes an Edit of it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from werkzeug.datastructures import MultiDict

from app.catalog.commands.editing import Edit
from app.catalog.drafts import ImageDraft, ProductDraft
from app.catalog.forms import piece, variants
from app.catalog.forms.reading import LANGUAGES, Fields, cleaned
from app.catalog.forms.surroundings import Surroundings
from app.catalog.queries.admin import Photo
from app.catalog.rules import GARMENT_NAMES, MAX_IMAGES, MAX_TAGS, TAGS
from app.platform.i18n import gettext as _

LONGEST = {"title": 120, "story": 5000, "material": 120, "alt": 200}
MOST_ROWS = 100
MOST_DIGITS = 18
_NAME = re.compile(r"[a-z][a-z0-9_-]{0,80}\Z")
_ROW = re.compile(r"[0-9]{1,4}\Z")
_HASH = re.compile(r"[0-9a-f]{64}\Z")


@dataclass
class ItemForm:
    """`typed` by field name; `photos` are hashes in order; `faults` and `variants` name rows."""

    typed: dict[str, str]
    photos: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    variants: list[str] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    collections: list[str] = field(default_factory=list)
    errors: dict[str, str] = field(default_factory=dict)
    refused_files: list[tuple[str, str]] = field(default_factory=list)

    @classmethod
    def read(cls, source: MultiDict[str, str]) -> ItemForm:
        typed = {name: cleaned(text) for name, text in source.items() if _NAME.match(name)}
        return cls(
            typed=typed,
            photos=_fitting(source.getlist("photo"), _HASH)[:MAX_IMAGES],
            faults=_fitting(source.getlist("fault"), _ROW)[:MOST_ROWS],
            variants=_fitting(source.getlist("variant"), _ROW)[:MOST_ROWS],
            tags=[tag for tag in TAGS if tag in source.getlist("tag")],
            collections=[cleaned(slug) for slug in source.getlist("collection")][:MOST_ROWS],
        )

    @property
    def version(self) -> int:
        text = self.typed.get("version", "")
        return int(text) if text.isascii() and text.isdecimal() and len(text) < MOST_DIGITS else 0

    def alt_name(self, sha256: str, ending: str) -> str:
        return f"alt-{sha256[:16]}-{ending}"

    def add_photos(self, hashes: Sequence[str]) -> None:
        """Append pictures; one that hangs there already stays where it is."""
        for sha256 in hashes:
            if sha256 not in self.photos and len(self.photos) < MAX_IMAGES:
                self.photos.append(sha256)

    def images(self, photos: Sequence[Photo]) -> tuple[ImageDraft, ...]:
        """The pictures with their words, in the form's order."""
        fields = Fields(self.typed)
        by_hash = {photo.sha256: photo for photo in photos}
        images = tuple(
            ImageDraft(
                by_hash[sha256].media_id, fields.by_language(f"alt-{sha256[:16]}", LONGEST["alt"])
            )
            for sha256 in self.photos
            if sha256 in by_hash
        )
        self.errors.update(fields.errors)
        return images

    def check(self, around: Surroundings) -> Edit | None:
        """What is to be saved, or None with `errors` filled."""
        fields = Fields(self.typed)
        images = self.images(around.photos)
        kept = {photo.sha256 for photo in around.photos}
        hashes = [sha256 for sha256 in self.photos if sha256 in kept]
        is_piece = around.sheet.is_piece
        rows = variants.read(fields, self.variants, around)
        draft = ProductDraft(
            title=fields.by_language("title", LONGEST["title"]),
            story=fields.by_language("story", LONGEST["story"], lines=True),
            garment=self._one_of(fields, "garment", GARMENT_NAMES),
            brand=fields.line("brand"),
            material=fields.by_language("material", LONGEST["material"]),
            colour=fields.line("colour"),
            tax_class=self._tax_class(around),
            option_names=rows.option_names,
            variants=rows.drafts,
            tags=self._chosen_tags(around.sheet.draft.tags),
            collections=tuple(slug for slug in around.collections if slug in self.collections),
            images=images,
            piece=piece.read(fields, self.faults, hashes) if is_piece else None,
            source_key=around.sheet.draft.source_key,
        )
        self.errors.update(fields.errors)
        if len(self.tags) > MAX_TAGS:
            self.errors["tags"] = _("At most four selling points.")
        if self.errors:
            return None
        return Edit(draft, self.version, rows.renamed, rows.counts)

    def _one_of(self, fields: Fields, name: str, choices: Mapping[str, object]) -> str:
        value = fields.text(name)
        if value not in choices:
            self.errors[name] = _("Please choose one of these.")
        return value

    def _tax_class(self, around: Surroundings) -> str:
        """The one chosen; what it is where there is nothing to choose from."""
        chosen = self.typed.get("tax_class")
        is_known = chosen == "" or chosen in around.tax_classes
        return chosen if chosen is not None and is_known else around.sheet.draft.tax_class

    def _chosen_tags(self, before: Sequence[str]) -> tuple[str, ...]:
        """Those that stay keep their order; new ones come after them."""
        stay = [tag for tag in before if tag in self.tags]
        return tuple(stay + [tag for tag in self.tags if tag not in stay])


def texts_typed(name: str, texts: Mapping[str, str]) -> dict[str, str]:
    """Field names and values of a text in both languages."""
    return {f"{name}-{ending}": texts.get(language, "") for ending, language in LANGUAGES}


def _fitting(values: Sequence[str], pattern: re.Pattern[str]) -> list[str]:
    return list(dict.fromkeys(value for value in values if pattern.match(value)))
