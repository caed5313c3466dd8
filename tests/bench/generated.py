"""A shop of any size, the same each time: pieces, stocked goods, words in both languages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from random import Random

from app.catalog.drafts import FaultDraft, PieceDraft, ProductDraft, VariantDraft
from app.catalog.own_file.whole import Picture, Units, WholeProduct
from app.catalog.rules import MEASUREMENTS, TAGS

PLACE = "store-house"
THINGS = {
    "top": ("jacket", "夹克"), "trousers": ("trousers", "长裤"), "dress": ("dress", "连衣裙"),
    "skirt": ("skirt", "半身裙"), "shoes": ("boots", "短靴"), "bag": ("satchel", "书包"),
}  # fmt: skip
CLOTHS = (
    ("denim", "牛仔"),
    ("wool", "羊毛"),
    ("linen", "亚麻"),
    ("silk", "真丝"),
    ("tweed", "粗花呢"),
)
COLOURS = ("navy", "rust", "olive", "ecru", "plum", "black", "indigo", "sand")
BRANDS = tuple(
    f"{name} {kind}"
    for name in ("Alder", "Brook", "Corrie", "Dunmore", "Ebbe", "Fell", "Garth", "Holm")
    for kind in ("Works", "& Sons", "Mills", "Knit", "Outfitters")
)
SHELVES = ("autumn", "workwear", "evening", "new-in", "travel", "under-500")
SIZES = ("S", "M", "L")
STORY = "Worn on Sundays only and kept in a drawer with lavender; the lining is whole. " * 4
CHINESE_STORY = "只在星期天穿过，一直和薰衣草放在抽屉里，里衬完好。" * 5
STOCKED_EVERY = 5
"""Every fifth product is stocked in three sizes; the others exist once."""


def products(
    many: int, photographs: Sequence[str], *, place: str = PLACE
) -> Iterator[WholeProduct]:
    """Products 1 to `many`, on sale, each with one of the photographs and in stock at the place."""
    for number in range(1, many + 1):
        yield _product(number, Random(number), photographs, place)


def _product(number: int, pick: Random, photographs: Sequence[str], place: str) -> WholeProduct:
    garment = pick.choice(tuple(THINGS))
    is_piece = number % STOCKED_EVERY != 0
    (thing, chinese_thing), (cloth, chinese_cloth) = THINGS[garment], pick.choice(CLOTHS)
    brand, year = pick.choice(BRANDS), pick.randrange(1920, 2000)
    variants = _variants(number, pick, SIZES if not is_piece else ())
    draft = ProductDraft(
        title={
            "en": f"{brand} {cloth} {thing} {number}",
            "zh-Hans": f"{brand}{chinese_cloth}{chinese_thing}{number}",
        },
        story={"en": STORY, "zh-Hans": CHINESE_STORY},
        garment=garment,
        brand=brand,
        material={"en": cloth, "zh-Hans": chinese_cloth},
        colour=pick.choice(COLOURS),
        option_names=() if is_piece else ("Size",),
        variants=variants,
        tags=(pick.choice(tuple(TAGS)),),
        collections=tuple(sorted(pick.sample(SHELVES, 2))),
        piece=_piece(garment, year, pick) if is_piece else None,
    )
    return WholeProduct(
        key=f"bench:{number}",
        draft=draft,
        kind="piece" if is_piece else "stocked",
        state="live",
        number=number,
        pictures=(Picture(pick.choice(photographs), {"en": thing, "zh-Hans": chinese_thing}),),
        stock={each.sku: {place: Units(1 if is_piece else 4)} for each in variants},
    )


def _variants(number: int, pick: Random, sizes: Sequence[str]) -> tuple[VariantDraft, ...]:
    price = pick.randrange(80, 4000) * 100
    before = price * 5 // 4 if number % 7 == 0 else None
    if not sizes:
        return (VariantDraft(f"B-{number}", price, before, 700),)
    return tuple(VariantDraft(f"B-{number}-{size}", price, before, 700, (size,)) for size in sizes)


def _piece(garment: str, year: int, pick: Random) -> PieceDraft:
    grade = pick.choice("AABBBC")
    fault = FaultDraft(
        {"en": "left cuff", "zh-Hans": "左袖口"},
        {"en": "A thin spot.", "zh-Hans": "有一处变薄。"},
        0,
    )
    return PieceDraft(
        grade=grade,
        era=f"{year // 10 * 10}s",
        year=year,
        origin=pick.choice(("FR", "JP", "GB", "US")),
        era_evidence={"en": "The label's lettering."},
        measurements={key: pick.randrange(300, 1200) for key in MEASUREMENTS[garment]},
        faults=(fault,),
    )
