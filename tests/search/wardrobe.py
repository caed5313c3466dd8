"""The pieces the search tests look for, and plain builders of more."""

from __future__ import annotations

from typing import Protocol

from app.search.backend import SearchBackend, SearchDocument, SearchFilters


class Connect(Protocol):
    """Opens the index under test once more; its writers wait `patience` seconds for their turn."""

    def __call__(self, patience: float = 30.0) -> SearchBackend: ...


JACKET = SearchDocument(
    product_id=1,
    number="0427",
    title_en="Type III denim jacket",
    title_zh="三代牛仔外套",
    brand="Levi's 李维斯",
    era="1974",
    material="cotton 棉",
    origin="USA 美国",
    tags=("one owner", "一手"),
    skus=("LV-70505-38",),
    description_en="Worn soft by its first owner; copper buttons, two jackets' worth of fading.",
    description_zh="第一任主人穿软的，铜扣，褪色自然。",
    measurements=("胸围 104", "chest 104", "衣长 62"),
    collections=("new-in", "denim"),
)
SKIRT = SearchDocument(
    product_id=2,
    number="0428",
    title_en="Pleated wool skirt",
    title_zh="百褶羊毛裙",
    brand="Burberrys",
    era="七十年代",
    material="wool 羊毛",
    origin="England 英国",
    tags=("autumn", "秋"),
    skus=("BB-11",),
    description_en="A heavy skirt in camel.",
    description_zh="驼色，厚实。",
    measurements=("腰围 74", "裙长 70"),
    collections=("new-in",),
)
DRESS = SearchDocument(
    product_id=3,
    number="0104",
    title_en="Polka dot dress",
    title_zh="复古波点连衣裙",
    era="1960s",
    material="silk 真丝",
    origin="France 法国",
    tags=("one owner", "一手"),
    description_en="Cut like the couture dresses of its day.",
    description_zh="像当年的高级定制那样裁剪。",
    measurements=("胸围 88", "腰围 70"),
    collections=("occasion",),
)
PARKA = SearchDocument(
    product_id=4,
    number="1040",
    title_en="M-65 field parka",
    title_zh="M-65 风衣",
    brand="Alpha",
    era="1980s",
    description_en="US Army pattern with its liner. Sleeves 62 cm.",
    description_zh="美军版型，带内胆。",
    measurements=("胸围 118",),
)
WARDROBE = (JACKET, SKIRT, DRESS, PARKA)


def coat(
    product_id: int, *, title_en: str = "Loden coat", description_en: str = ""
) -> SearchDocument:
    """One more coat, unlike the others only in its number."""
    return SearchDocument(
        product_id=product_id,
        number=f"{9000 + product_id}",
        title_en=title_en,
        title_zh="罗登大衣",
        description_en=description_en,
    )


def found(backend: SearchBackend, text: str, filters: SearchFilters | None = None) -> set[int]:
    """The products that have every word of the text; loosened results do not count."""
    result = backend.query(text, filters=filters)
    return set() if result.loosened else set(result.ids)
