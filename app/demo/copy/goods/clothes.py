"""Clothes made in small runs."""

from app.demo.copy.goods.grid import colours, grid, sizes
from app.demo.copy.types import Picture, Product, Text, back, front
from app.demo.drawing.garment import Cut, Garment

_NEEDLE_TEE = Garment(
    "tshirt",
    "jersey",
    "ecru",
    "clay",
    4301,
    Cut(style="print", collar="crew", sleeve="short", trim="brick"),
    wear=0.0,
    label="Vitrine",
)
_NEEDLE_TEE_INK = Garment(
    "tshirt",
    "jersey",
    "charcoal",
    "oat",
    4302,
    Cut(style="print", collar="crew", sleeve="short", trim="cream"),
    wear=0.0,
    label="Vitrine",
)
_SHIRT_OAT = Garment(
    "shirt",
    "linen",
    "oat",
    "sage",
    4303,
    Cut(collar="band", pockets="chest", trim="tobacco"),
    wear=0.0,
    focus="button",
    label="Vitrine",
)
_SHIRT_INDIGO = Garment(
    "shirt",
    "linen",
    "indigo",
    "butter",
    4304,
    Cut(collar="band", pockets="chest", trim="espresso"),
    wear=0.05,
    focus="button",
    label="Vitrine",
)
_CHORE = Garment(
    "jacket",
    "twill",
    "navy",
    "stone",
    4305,
    Cut(style="chore", collar="round", pockets="patch", trim="tobacco"),
    wear=0.0,
    focus="pocket",
    label="Vitrine",
)
_TROUSERS = Garment(
    "trousers",
    "linen",
    "moss",
    "rose",
    4306,
    Cut(style="drawstring", pockets="slant", trim="cream"),
    wear=0.0,
    focus="waist",
    label="Vitrine",
)

_TEE_SIZES, _TEE_COLOURS = (
    sizes("S", "M", "L", "XL"),
    colours(ecru=Text("Ecru", "本白"), charcoal=Text("Charcoal", "炭黑")),
)
_SHIRT_SIZES, _SHIRT_COLOURS = (
    sizes("S", "M", "L"),
    colours(oat=Text("Oat", "燕麦"), indigo=Text("Indigo", "靛蓝")),
)
_CHORE_SIZES = sizes("S", "M", "L", "XL")
_TROUSER_SIZES = sizes("S", "M", "L")

CLOTHES: tuple[Product, ...] = (
    Product(
        sku="needle-tee",
        title=Text("Needle T-shirt, printed by hand", "针线T恤 手工丝网印"),
        story=Text(
            (
                "A heavy cotton T-shirt with a small threaded needle on the chest, "
                "screen-printed in our back room on Tuesdays. We trace the cut from a 1978 "
                "ringer that has come through the shop twice."
            ),
            (
                "厚实的棉T恤，胸口印一枚穿了线的针，每周二在店后面的小间里手工印。版型描自一件"
                "1978年的撞色领T恤，那件在我们店里进出过两回。"
            ),
        ),
        garment="top",
        origin="CN",
        brand="Vitrine",
        material=Text("Cotton jersey, 240 g", "240克纯棉针织"),
        colour="white",
        options=(_TEE_SIZES, _TEE_COLOURS),
        variants=grid(
            "needle-tee",
            (_TEE_SIZES, _TEE_COLOURS),
            price=16800,
            weight=230,
            stock=((6, 3), (4, 2), (9, 5), (7, 4), (8, 4), (0, 2), (3, 0), (0, 0)),
            measurements={
                "s": {"shoulder": 430, "chest": 980, "length": 660, "sleeve": 200, "hem": 980},
                "m": {"shoulder": 450, "chest": 1040, "length": 690, "sleeve": 210, "hem": 1040},
                "l": {"shoulder": 470, "chest": 1100, "length": 720, "sleeve": 220, "hem": 1100},
                "xl": {"shoulder": 490, "chest": 1160, "length": 745, "sleeve": 230, "hem": 1160},
            },
        ),
        tags=("small_batch", "natural_fibre"),
        pictures=(
            front(_NEEDLE_TEE, Text("ecru needle T-shirt", "本白针线T恤")),
            front(_NEEDLE_TEE_INK, Text("charcoal needle T-shirt", "炭黑针线T恤")),
            Picture(
                _NEEDLE_TEE, "detail", Text("Ribbed neck of the ecru T-shirt", "本白T恤的罗纹领口")
            ),
            Picture(
                _NEEDLE_TEE,
                "label",
                Text("The house label sewn into the neck", "领内缝着的本店织标"),
            ),
        ),
        collections=("indigo-at-work",),
    ),
    Product(
        sku="band-collar-linen-shirt",
        title=Text("Band-collar linen shirt, small batch", "立领亚麻衬衫 小批量"),
        story=Text(
            (
                "Cut after the 1930s smock, shorter and without the bib. Eighty metres of linen "
                "make about forty shirts, and then we wait for the next bolt. Washed once before "
                "sewing, so it will not surprise you."
            ),
            (
                "照着30年代那件罩衫裁的，短一些，去掉了胸前的褶。八十米亚麻大约出四十件，做完就等"
                "下一匹布。裁前先洗过一遍，不会再给你惊喜。"
            ),
        ),
        garment="top",
        origin="CN",
        brand="Vitrine",
        material=Text("Linen, 190 g, pre-washed", "190克亚麻，预洗"),
        colour="beige",
        options=(_SHIRT_SIZES, _SHIRT_COLOURS),
        variants=grid(
            "band-collar-linen-shirt",
            (_SHIRT_SIZES, _SHIRT_COLOURS),
            price=42000,
            weight=300,
            stock=((5, 2), (3, 3), (6, 4), (2, 2), (4, 1), (0, 1)),
            measurements={
                "s": {"shoulder": 440, "chest": 1060, "length": 720, "sleeve": 580, "hem": 1080},
                "m": {"shoulder": 460, "chest": 1120, "length": 745, "sleeve": 595, "hem": 1140},
                "l": {"shoulder": 480, "chest": 1180, "length": 770, "sleeve": 610, "hem": 1200},
            },
        ),
        tags=("small_batch", "natural_fibre", "made_to_last"),
        pictures=(
            front(_SHIRT_OAT, Text("oat linen shirt", "燕麦色亚麻衬衫")),
            front(_SHIRT_INDIGO, Text("indigo linen shirt", "靛蓝亚麻衬衫")),
            back(_SHIRT_OAT, Text("oat linen shirt", "燕麦色亚麻衬衫")),
            Picture(
                _SHIRT_OAT, "detail", Text("Corozo button on washed linen", "水洗亚麻上的果实扣")
            ),
            Picture(
                _SHIRT_OAT, "label", Text("The house label inside the collar", "领内的本店织标")
            ),
        ),
        collections=("indigo-at-work", "drawer-by-the-window"),
    ),
    Product(
        sku="house-chore-jacket",
        title=Text("House chore jacket in navy twill", "店铺工装外套 藏青斜纹"),
        story=Text(
            (
                "We unpicked a jacket from 1962, drew its pattern and moved one pocket by a "
                "centimetre. Sewn by a workshop of six in Shaoxing who sign the run sheet. It "
                "fades slowly; bring it back in ten years and we will buy it from you."
            ),
            (
                "我们拆了一件1962年的外套，描下纸样，只把一个口袋挪了一厘米。绍兴一间六个人的小工"
                "坊缝制，每批都在生产单上签名。它褪色很慢，十年后拿回来，我们向你回购。"
            ),
        ),
        garment="top",
        origin="CN",
        brand="Vitrine",
        material=Text("Cotton twill, 330 g", "330克纯棉斜纹"),
        colour="blue",
        options=(_CHORE_SIZES,),
        variants=grid(
            "house-chore-jacket",
            (_CHORE_SIZES,),
            price=72000,
            weight=840,
            stock=((3, 2), (5, 3), (4, 0), (1, 1)),
            measurements={
                "s": {"shoulder": 440, "chest": 1080, "length": 690, "sleeve": 600, "hem": 1070},
                "m": {"shoulder": 455, "chest": 1130, "length": 715, "sleeve": 615, "hem": 1120},
                "l": {"shoulder": 470, "chest": 1180, "length": 740, "sleeve": 630, "hem": 1170},
                "xl": {"shoulder": 485, "chest": 1240, "length": 760, "sleeve": 640, "hem": 1230},
            },
        ),
        tags=("small_batch", "made_to_last", "natural_fibre"),
        pictures=(
            front(_CHORE, Text("navy house chore jacket", "藏青店铺工装外套")),
            back(_CHORE, Text("navy house chore jacket", "藏青店铺工装外套")),
            Picture(
                _CHORE, "detail", Text("Patch pocket with a double row of stitching", "双明线贴袋")
            ),
            Picture(
                _CHORE,
                "label",
                Text("The house label, with room for a name", "本店织标，留了写名字的地方"),
            ),
        ),
        collections=("indigo-at-work",),
    ),
    Product(
        sku="drawstring-linen-trousers",
        title=Text("Drawstring linen trousers in moss", "抽绳亚麻长裤 苔绿"),
        story=Text(
            (
                "Wide, cropped a little above the ankle, with a cotton cord that does not slip. "
                "Made for washing up, reading, and going out for scallions without changing. The "
                "linen is the same bolt as the shirt, dyed in the piece, so no two runs are "
                "quite alike."
            ),
            (
                "宽腿，裤脚略高于脚踝，棉绳不打滑。洗碗、看书、下楼买把葱，都不用换。麻布和衬衫同"
                "一批坯布，成匹染色，所以每一批的绿都略有出入。"
            ),
        ),
        garment="trousers",
        origin="CN",
        brand="Vitrine",
        material=Text("Linen, 200 g", "200克亚麻"),
        colour="green",
        options=(_TROUSER_SIZES,),
        variants=grid(
            "drawstring-linen-trousers",
            (_TROUSER_SIZES,),
            price=36000,
            weight=360,
            stock=((4, 2), (6, 3), (2, 0)),
            measurements={
                "s": {
                    "waist": 700,
                    "hip": 1040,
                    "rise": 310,
                    "inseam": 660,
                    "cuff": 480,
                    "thigh": 640,
                },
                "m": {
                    "waist": 740,
                    "hip": 1080,
                    "rise": 320,
                    "inseam": 675,
                    "cuff": 500,
                    "thigh": 660,
                },
                "l": {
                    "waist": 790,
                    "hip": 1130,
                    "rise": 330,
                    "inseam": 690,
                    "cuff": 520,
                    "thigh": 690,
                },
            },
        ),
        tags=("small_batch", "natural_fibre"),
        pictures=(
            front(_TROUSERS, Text("moss linen trousers", "苔绿亚麻长裤")),
            back(_TROUSERS, Text("moss linen trousers", "苔绿亚麻长裤")),
            Picture(
                _TROUSERS, "detail", Text("Cotton cord drawn through the waist", "腰间穿过的棉绳")
            ),
        ),
        collections=("drawer-by-the-window",),
    ),
)
