"""Things for the house, the street and the mending basket."""

from dataclasses import replace

from app.demo.copy.goods.grid import colours, grid, sizes
from app.demo.copy.types import Choice, Option, Picture, Product, Text, back, front
from app.demo.drawing.garment import Cut, Garment

_TOTE = Garment(
    "bag",
    "canvas",
    "ecru",
    "clay",
    4331,
    Cut(style="tote", trim="brick"),
    wear=0.0,
    focus="handle",
    label="Vitrine",
)
_TOTE_INDIGO = Garment(
    "bag",
    "canvas",
    "indigo",
    "oat",
    4332,
    Cut(style="tote", trim="cream"),
    wear=0.0,
    focus="handle",
    label="Vitrine",
)
_INCENSE_CEDAR = Garment(
    "incense", "poplin", "bottle", "stone", 4333, Cut(style="box", trim="cream"), label="Cedar"
)
_INCENSE_OSMANTHUS = Garment(
    "incense", "poplin", "ochre", "sage", 4334, Cut(style="box", trim="cream"), label="Osmanthus"
)
_INCENSE_PAPER = Garment(
    "incense", "poplin", "slate", "butter", 4335, Cut(style="box", trim="cream"), label="Old paper"
)
_KIT = Garment(
    "kit", "canvas", "olive", "wood", 4336, Cut(style="roll", trim="tobacco"), label="Vitrine"
)
_SLIPPERS = Garment(
    "shoes",
    "canvas",
    "slate",
    "rose",
    4337,
    Cut(style="slipper", trim="sand"),
    wear=0.0,
    focus="toe",
    label="Vitrine",
)
_HANGER = Garment(
    "kit", "poplin", "camel", "mist", 4338, Cut(style="hangers", trim="ochre"), label="Vitrine"
)

_TOTE_COLOURS = colours(ecru=Text("Natural", "本色"), indigo=Text("Indigo", "靛蓝"))
_SCENTS = Option(
    Text("Scent", "香味"),
    (
        Choice("cedar", Text("Cedar chest", "雪松")),
        Choice("osmanthus", Text("Osmanthus", "桂花")),
        Choice("paper", Text("Old paper", "旧书")),
    ),
)
_SLIPPER_SIZES = sizes("37", "39", "41", "43")
_SETS = Option(
    Text("Set", "数量"),
    (Choice("three", Text("Three", "三只")), Choice("six", Text("Six", "六只"))),
)

HOUSE: tuple[Product, ...] = (
    Product(
        sku="heavy-canvas-tote",
        title=Text("Heavy canvas tote", "厚帆布托特包"),
        story=Text(
            (
                "Eighteen-ounce canvas, handles long enough for a winter coat, one pocket for "
                "keys. It comes flat and stiff and takes about a month of vegetables to learn "
                "your shape."
            ),
            (
                "18盎司帆布，提手长得能套过冬大衣，一个放钥匙的袋。刚到手时又平又硬，大约装一个月"
                "的菜，就认得你了。"
            ),
        ),
        garment="bag",
        origin="CN",
        brand="Vitrine",
        material=Text("Cotton canvas, 18 oz", "18盎司纯棉帆布"),
        colour="beige",
        options=(_TOTE_COLOURS,),
        variants=grid(
            "heavy-canvas-tote",
            (_TOTE_COLOURS,),
            price=15800,
            weight=420,
            stock=((20, 12), (9, 6)),
            measurements={
                "ecru": {"length": 400, "height": 380, "width": 120, "strap": 600},
                "indigo": {"length": 400, "height": 380, "width": 120, "strap": 600},
            },
        ),
        tags=("made_to_last", "natural_fibre", "small_batch"),
        pictures=(
            front(_TOTE, Text("natural canvas tote", "本色帆布托特包")),
            front(_TOTE_INDIGO, Text("indigo canvas tote", "靛蓝帆布托特包")),
            back(_TOTE, Text("natural canvas tote", "本色帆布托特包")),
            Picture(
                _TOTE,
                "detail",
                Text("Handle crossed and sewn through four layers", "提手交叉缝，穿过四层布"),
            ),
        ),
        collections=("indigo-at-work",),
    ),
    Product(
        sku="wardrobe-incense",
        title=Text("Wardrobe incense, forty sticks", "衣橱线香 四十支"),
        story=Text(
            (
                "Short sticks that burn for twelve minutes, about the time it takes to air a "
                "coat. Rolled by a temple-street maker in Ningbo to our three recipes: cedar "
                "chest, osmanthus, old paper."
            ),
            (
                "短香，一支燃十二分钟，差不多是晾一件大衣的工夫。宁波一家老香铺按我们的三张方子"
                "做：雪松、桂花、旧书。"
            ),
        ),
        garment="other",
        origin="CN",
        brand="Vitrine",
        material=Text("Wood powder, resin, no synthetic scent", "木粉与树脂，不加合成香精"),
        colour="green",
        options=(_SCENTS,),
        variants=grid(
            "wardrobe-incense",
            (_SCENTS,),
            price=12000,
            weight=90,
            stock=((15, 10), (12, 0), (18, 9)),
        ),
        tags=("small_batch", "natural_fibre"),
        pictures=(
            front(_INCENSE_CEDAR, Text("box of cedar incense", "雪松线香盒")),
            front(_INCENSE_OSMANTHUS, Text("box of osmanthus incense", "桂花线香盒")),
            front(_INCENSE_PAPER, Text("box of old-paper incense", "旧书线香盒")),
            Picture(
                _INCENSE_CEDAR,
                "detail",
                Text("Incense sticks laid beside their paper band", "线香与纸腰封"),
            ),
        ),
        collections=("drawer-by-the-window",),
    ),
    Product(
        sku="mending-roll",
        title=Text("Mending and care roll", "修补与养护工具卷"),
        story=Text(
            (
                "What we use at the counter, rolled into canvas: two needles, four colours of "
                "thread, a wool comb, small scissors, a bar of soap for stains and a card that "
                "tells you when to leave a hole alone."
            ),
            (
                "我们柜台上用的那一套，卷进一块帆布：两根针、四色线、一把毛梳、一把小剪刀、一块去"
                "渍皂，还有一张卡片，告诉你什么样的洞不用补。"
            ),
        ),
        garment="other",
        origin="CN",
        brand="Vitrine",
        material=Text("Canvas, steel, wood, soap", "帆布、钢、木、皂"),
        colour="green",
        options=(),
        variants=grid("mending-roll", (), price=19800, weight=380, stock=((11, 6),)),
        tags=("small_batch", "made_to_last"),
        pictures=(
            front(_KIT, Text("mending roll, opened", "展开的修补工具卷")),
            back(_KIT, Text("mending roll, tied", "系好的修补工具卷")),
            Picture(
                _KIT,
                "detail",
                Text("Needles, thread and scissors in their loops", "插在布环里的针、线与剪刀"),
            ),
        ),
        collections=("autumn-in-brick", "drawer-by-the-window"),
    ),
    Product(
        sku="cedar-hangers",
        title=Text("Cedar hangers, broad shoulder", "雪松木衣架 宽肩"),
        story=Text(
            (
                "Broad enough for a coat that weighs two kilos. Unvarnished cedar, so that moths "
                "look elsewhere; sand it lightly each spring and the scent returns."
            ),
            (
                "够宽，撑得住两公斤的大衣。雪松木不上漆，让虫子另找去处；每年春天轻轻打磨一遍，香"
                "气就回来了。"
            ),
        ),
        garment="other",
        origin="CN",
        brand="Vitrine",
        material=Text("Cedar, brass hook", "雪松木，黄铜钩"),
        colour="brown",
        options=(_SETS,),
        variants=tuple(
            variant
            if variant.choices == ("three",)
            else replace(variant, price=23800, compare_at=25600, weight=960)
            for variant in grid(
                "cedar-hangers", (_SETS,), price=12800, weight=480, stock=((9, 5), (6, 3))
            )
        ),
        tags=("made_to_last", "undyed"),
        pictures=(
            front(_HANGER, Text("cedar hangers", "雪松木衣架")),
            Picture(
                _HANGER,
                "detail",
                Text("Brass hook set into unvarnished cedar", "黄铜钩嵌在未上漆的雪松木里"),
            ),
        ),
        collections=("drawer-by-the-window", "autumn-in-brick"),
    ),
    Product(
        sku="canvas-house-slippers",
        title=Text("Canvas house slippers", "帆布居家鞋"),
        story=Text(
            (
                "Offcuts from the tote, folded over a cork footbed and sewn by hand along the "
                "edge. Quiet on wooden floors, washable in a basin. The cork takes the print of "
                "a foot in about a week."
            ),
            (
                "用托特包的余料折在软木鞋床上，沿边手缝一圈。走木地板没声音，放盆里就能洗。穿上一"
                "周左右，软木就记住脚的形状了。"
            ),
        ),
        garment="shoes",
        origin="CN",
        brand="Vitrine",
        material=Text("Cotton canvas, cork", "纯棉帆布，软木"),
        colour="grey",
        options=(_SLIPPER_SIZES,),
        variants=grid(
            "canvas-house-slippers",
            (_SLIPPER_SIZES,),
            price=16800,
            weight=340,
            stock=((5, 3), (6, 4), (4, 2), (0, 1)),
            measurements={
                "37": {"insole": 235, "outsole": 248, "width": 88},
                "39": {"insole": 248, "outsole": 261, "width": 91},
                "41": {"insole": 261, "outsole": 274, "width": 95},
                "43": {"insole": 274, "outsole": 288, "width": 99},
            },
        ),
        tags=("small_batch", "natural_fibre"),
        pictures=(
            front(_SLIPPERS, Text("slate canvas slippers", "石板灰帆布居家鞋")),
            back(_SLIPPERS, Text("slate canvas slippers", "石板灰帆布居家鞋")),
            Picture(
                _SLIPPERS,
                "detail",
                Text("Hand-sewn edge over the cork footbed", "软木鞋床上的手缝包边"),
            ),
        ),
        collections=("drawer-by-the-window",),
    ),
)
