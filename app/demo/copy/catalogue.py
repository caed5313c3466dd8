"""Everything the demo shop sells, in the order in which it was numbered."""

from itertools import zip_longest

from app.demo.copy.goods.clothes import CLOTHES
from app.demo.copy.goods.house import HOUSE
from app.demo.copy.goods.warm_things import WARM_THINGS
from app.demo.copy.pieces.accessories import ACCESSORIES
from app.demo.copy.pieces.bags import BAGS
from app.demo.copy.pieces.coats import COATS
from app.demo.copy.pieces.dresses import DRESSES
from app.demo.copy.pieces.jackets import JACKETS
from app.demo.copy.pieces.knits import KNITS
from app.demo.copy.pieces.shirts import SHIRTS
from app.demo.copy.pieces.shoes import SHOES
from app.demo.copy.pieces.skirts import SKIRTS
from app.demo.copy.pieces.tops import TOPS
from app.demo.copy.pieces.trousers import TROUSERS
from app.demo.copy.pieces.workwear import WORKWEAR
from app.demo.copy.types import Piece, Product


def _in_turn(*groups: tuple[Piece, ...]) -> tuple[Piece, ...]:
    """One piece of each group after the other, so that neighbours in a listing differ."""
    turns = zip_longest(*groups)
    return tuple(piece for turn in turns for piece in turn if piece is not None)


PIECES: tuple[Piece, ...] = tuple(
    reversed(
        _in_turn(
            DRESSES,
            JACKETS,
            TROUSERS,
            COATS,
            KNITS,
            SKIRTS,
            SHIRTS,
            SHOES,
            TOPS,
            BAGS,
            WORKWEAR,
            ACCESSORIES,
        )
    )
)
PRODUCTS: tuple[Product, ...] = (*CLOTHES, *WARM_THINGS, *HOUSE)
