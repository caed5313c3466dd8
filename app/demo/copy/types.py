"""The shapes the demo shop's copy is written in; amounts are fen, lengths millimetres, weights grams."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from app.demo.drawing.garment import Garment, View

GarmentType = Literal["top", "trousers", "dress", "skirt", "shoes", "bag", "other"]
Grade = Literal["S", "A", "B", "C", "D"]
Location = Literal["hangzhou", "shanghai"]
MerchantKey = Literal["house", "consignor"]
CollectionSlug = Literal["corduroy-and-brick", "blue-collar", "small-batch"]
TagKey = Literal[
    "hand_washed",
    "deadstock",
    "natural_fibre",
    "repaired_by_hand",
    "small_batch",
    "made_to_last",
    "union_made",
    "hand_knitted",
    "undyed",
    "handed_down",
]

MEASURED: Mapping[GarmentType, tuple[str, ...]] = {
    "top": ("shoulder", "chest", "length", "sleeve", "hem"),
    "trousers": ("waist", "hip", "rise", "inseam", "cuff", "thigh"),
    "dress": ("shoulder", "chest", "waist", "hip", "length"),
    "skirt": ("waist", "hip", "length"),
    "shoes": ("insole", "outsole", "width"),
    "bag": ("length", "height", "width", "strap"),
    "other": (),
}


@dataclass(frozen=True)
class Text:
    """The same thing said in English and in Simplified Chinese."""

    en: str
    zh: str

    def bilingual(self) -> dict[str, str]:
        """The two texts keyed the way the database keeps them."""
        return {"en": self.en, "zh-Hans": self.zh}


@dataclass(frozen=True)
class Picture:
    """One photograph: what to draw, from where, and the words for those who cannot see it."""

    garment: Garment
    view: View
    alt: Text


@dataclass(frozen=True)
class Fault:
    """Something wrong with a piece; `image` counts from 1 in the piece's pictures."""

    place: Text
    description: Text
    image: int
    repaired: bool = False


@dataclass(frozen=True)
class Evidence:
    """Why we say this grade, this decade and this country."""

    grade: Text
    era: Text
    origin: Text


@dataclass(frozen=True)
class Piece:
    """A one-of-a-kind garment; `measurements` has the keys `MEASURED[garment]`."""

    sku: str
    title: Text
    story: Text
    garment: GarmentType
    era: str
    origin: str
    brand: str
    material: Text
    colour: str
    grade: Grade
    evidence: Evidence
    measurements: Mapping[str, int]
    price: int
    weight: int
    tags: tuple[TagKey, ...]
    pictures: tuple[Picture, ...]
    collections: tuple[CollectionSlug, ...]
    faults: tuple[Fault, ...] = ()
    year: int | None = None
    compare_at: int | None = None
    merchant: MerchantKey = "house"
    store: Location = "hangzhou"


@dataclass(frozen=True)
class Choice:
    """One value of an option, such as the size M."""

    key: str
    name: Text


@dataclass(frozen=True)
class Option:
    """What a shopper chooses between: size, colour, scent."""

    name: Text
    choices: tuple[Choice, ...]


@dataclass(frozen=True)
class Variant:
    """One sellable combination; `choices` are keys in the order of the product's options."""

    sku: str
    choices: tuple[str, ...]
    price: int
    weight: int
    stock: Mapping[Location, int]
    compare_at: int | None = None
    measurements: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Product:
    """A stocked product with variants."""

    sku: str
    title: Text
    story: Text
    garment: GarmentType
    origin: str
    brand: str
    material: Text
    colour: str
    options: tuple[Option, ...]
    variants: tuple[Variant, ...]
    tags: tuple[TagKey, ...]
    pictures: tuple[Picture, ...]
    collections: tuple[CollectionSlug, ...]
    merchant: MerchantKey = "house"


@dataclass(frozen=True)
class Collection:
    """A chosen group of items with its own page."""

    slug: CollectionSlug
    title: Text
    description: Text


@dataclass(frozen=True)
class Tag:
    """One of the controlled selling points."""

    key: TagKey
    label: Text


@dataclass(frozen=True)
class Merchant:
    """Who owns and ships what is sold."""

    key: MerchantKey
    name: Text
    introduction: Text
    email: str


@dataclass(frozen=True)
class Store:
    """A place to pick up from; `hours` is one line, latitude and longitude are WGS 84 degrees."""

    key: Location
    name: Text
    address: Text
    hours: Text
    phone: str
    latitude: float
    longitude: float


@dataclass(frozen=True)
class Buyer:
    """A plainly invented shopper with one plainly invented address."""

    key: str
    name: str
    phone: str
    email: str
    province: str
    city: str
    district: str
    street: str
    locale: Literal["en", "zh-Hans"]


@dataclass(frozen=True)
class Hero:
    """The first words on the home page; the headline has two lines."""

    eyebrow: Text
    headline: tuple[Text, Text]
    sentence: Text
    action: Text
