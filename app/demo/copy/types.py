"""The shapes the demo shop's copy is written in.

Amounts are fen, lengths millimetres, weights grams. Garments are measured flat: chest, waist, hip,
thigh, cuff and hem are twice the flat width. A 0 means that the piece has no such part (a sleeve of
a vest, a strap of a clutch).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

from app.demo.drawing.garment import Flaw, Garment, Mark, Place, View

GarmentType = Literal["top", "trousers", "dress", "skirt", "shoes", "bag", "other"]
Grade = Literal["S", "A", "B", "C", "D"]
Location = Literal["hangzhou", "shanghai"]
MerchantKey = Literal["house", "consignor"]
CollectionSlug = Literal["autumn-in-brick", "indigo-at-work", "drawer-by-the-window"]
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

ColourKey = Literal[
    "white", "beige", "brown", "red", "pink", "yellow", "green", "blue", "purple", "grey", "black"
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


def front(look: Garment, noun: Text) -> Picture:
    """The picture of the front, described."""
    return Picture(look, "front", Text(f"{_capital(noun.en)}, the front", f"{noun.zh}，正面"))


def back(look: Garment, noun: Text) -> Picture:
    """The picture of the back, described."""
    return Picture(look, "back", Text(f"{_capital(noun.en)}, the back", f"{noun.zh}，背面"))


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


@dataclass(frozen=True)
class Fault:
    """Something wrong with a piece: said in words, and shown in picture `image` counted from 1."""

    place: Text
    description: Text
    image: int
    flaw: Flaw
    where: Place
    repaired: bool = False


@dataclass(frozen=True)
class Evidence:
    """Why we say this grade, this decade and this country."""

    grade: Text
    era: Text
    origin: Text


@dataclass(frozen=True)
class Piece:
    """A one-of-a-kind garment; `measurements` has the keys `MEASURED[garment]`.

    `look` is what is drawn, `noun` what it is called in the words for its pictures, and `close_up`
    what its detail picture shows. The pictures are front, back, detail, label, then the faults.
    """

    sku: str
    title: Text
    story: Text
    garment: GarmentType
    era: str
    origin: str
    brand: str
    material: Text
    colour: ColourKey
    grade: Grade
    evidence: Evidence
    measurements: Mapping[str, int]
    price: int
    weight: int
    tags: tuple[TagKey, ...]
    collections: tuple[CollectionSlug, ...]
    look: Garment
    noun: Text
    close_up: Text
    faults: tuple[Fault, ...] = ()
    year: int | None = None
    compare_at: int | None = None
    merchant: MerchantKey = "house"
    store: Location = "hangzhou"

    @property
    def pictures(self) -> tuple[Picture, ...]:
        """Front, back, detail and label, then one picture of each fault."""
        look = replace(self.look, label=self.brand, care=self.era >= "1970s")
        return (
            front(look, self.noun),
            back(look, self.noun),
            Picture(look, "detail", self.close_up),
            Picture(
                look,
                "label",
                Text(
                    f"The sewn label inside the {self.noun.en}, woven “{self.brand}”",
                    f"{self.noun.zh}内侧的织标，织有「{self.brand}」字样",
                ),
            ),
            *(self._fault_picture(look, number) for number in range(1, len(self.faults) + 1)),
        )

    def _fault_picture(self, look: Garment, number: int) -> Picture:
        fault = self.faults[number - 1]
        marked = replace(look, mark=Mark(fault.flaw, fault.where, number))
        return Picture(
            marked,
            "fault",
            Text(
                f"Fault {number}, {fault.place.en}: {fault.description.en}",
                f"瑕疵{number}，{fault.place.zh}：{fault.description.zh}",
            ),
        )


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
    colour: ColourKey
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
