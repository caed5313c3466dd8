"""Anything with a body and, mostly, sleeves: how its pieces are laid down in order."""

from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from app.demo.drawing.parts import Drawing, Item, Part, Sewn
from app.demo.drawing.wardrobe.collars import inside_back
from app.demo.drawing.wardrobe.torso import AXIS, Sleeve, Torso, cuff_band, sleeve_part

Items = list[Item]
Layer = Callable[[Torso], Items]


def nothing(_torso: Torso) -> Items:
    """A layer that is not there."""
    return []


@dataclass(frozen=True)
class Plan:
    """How a top is made; `under` lies on the body, then the neckline, then `over`."""

    torso: Torso
    sleeve: Sleeve | None = None
    cuff: float = 58
    cuff_cloth: str = ""
    cuff_high: float = 64
    hem: float = 26
    under: Layer = nothing
    neckline: Layer = nothing
    over: Layer = nothing
    behind: Layer = nothing
    nape: Layer = nothing
    armholes: bool = True
    seams: tuple[Sewn, ...] = ()
    back_seams: tuple[Sewn, ...] = ()
    inside: str = "inside"


def lay_top(plan: Plan, dice: Random, *, back: bool) -> Drawing:
    """The whole top, seen from the front or the back."""
    drawing = Drawing()
    torso = plan.torso
    _sleeves(drawing, plan, dice)
    if not back and plan.inside:
        drawing.add(inside_back(torso, plan.inside))
    drawing.add(_body(plan, dice, back=back))
    layers = (plan.behind, plan.nape) if back else (plan.under, plan.neckline, plan.over)
    for layer in layers:
        drawing.add(*layer(torso))
    _name_places(drawing, plan)
    return drawing


def _sleeves(drawing: Drawing, plan: Plan, dice: Random) -> None:
    sleeve = plan.sleeve
    if sleeve is None:
        return
    for side in (-1, 1):
        sewn = (Sewn(sleeve.cuff_line(side, plan.cuff), "double"),) if plan.cuff else ()
        drawing.add(sleeve_part(plan.torso, sleeve, side, dice, sewn))
        if plan.cuff_cloth:
            drawing.add(cuff_band(sleeve, side, plan.cuff_high, plan.cuff_cloth))


def _body(plan: Plan, dice: Random, *, back: bool) -> Part:
    torso = plan.torso
    sewn = list(plan.back_seams if back else plan.seams)
    if plan.armholes:
        sewn += [Sewn(torso.armhole(-1), "seam"), Sewn(torso.armhole(1), "seam")]
    if plan.hem:
        sewn.append(Sewn(torso.hemline(plan.hem), "thread"))
    body = torso if not back else torso.raised()
    return Part(body.outline(), puff=13, lift=0.5, folds=torso.folds(dice), sewn=tuple(sewn))


def _name_places(drawing: Drawing, plan: Plan) -> None:
    torso = plan.torso
    neck = torso.neck_y + torso.dip
    drawing.place("collar", (AXIS - 40, neck + 30))
    drawing.place("hem", (AXIS - torso.hem * 0.5, torso.hem_y + 4))
    drawing.place("front", (AXIS - torso.under * 0.5, torso.under_y + 110))
    drawing.place("button", (AXIS, torso.under_y + 40), 90)
    drawing.place("back", (AXIS - 30, torso.under_y + 60))
    drawing.place("inside", (AXIS - 30, torso.neck_y + 40))
    drawing.place("shoulder", (AXIS - torso.shoulder * 0.62, torso.shoulder_y + 64))
    drawing.place("waist", (AXIS - torso.waist * 0.7, torso.waist_y))
    drawing.place("pocket", (AXIS - torso.waist * 0.5, torso.waist_y + 60))
    if plan.sleeve:
        drawing.place("cuff", (plan.sleeve.cuff[0], plan.sleeve.cuff[1] - 4), 6)
        drawing.place("elbow", plan.sleeve.elbow)
    else:
        middle = (torso.shoulder_y + torso.under_y) / 2
        drawing.place("shoulder", (AXIS - torso.shoulder + 14, middle), 88)
        drawing.place("cuff", (AXIS - torso.under + 10, torso.under_y - 40), 80)
        drawing.place("elbow", (AXIS - torso.under + 64, torso.under_y + 70))
