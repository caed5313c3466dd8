"""Socks, hats and scarves."""

from app.demo.copy.goods.grid import colours, grid, sizes
from app.demo.copy.types import Picture, Product, Text, back, front
from app.demo.drawing.garment import Cut, Garment

_WOOL_SOCKS_RUST = Garment(
    "socks", "rib", "rust", "oat", 4311, Cut(trim="cream"), wear=0.0, focus="toe", label="Vitrine"
)
_WOOL_SOCKS_MOSS = Garment(
    "socks", "rib", "moss", "clay", 4312, Cut(trim="cream"), wear=0.0, focus="toe", label="Vitrine"
)
_WOOL_SOCKS_OAT = Garment(
    "socks",
    "rib",
    "oat",
    "sage",
    4313,
    Cut(trim="chestnut"),
    wear=0.0,
    focus="toe",
    label="Vitrine",
)
_COTTON_SOCKS = Garment(
    "socks",
    "breton",
    "cream",
    "mist",
    4314,
    Cut(style="stripe", trim="navy"),
    wear=0.0,
    focus="cuff",
    label="Vitrine",
)
_COTTON_SOCKS_BRICK = Garment(
    "socks",
    "breton",
    "cream",
    "rose",
    4315,
    Cut(style="stripe", trim="brick"),
    wear=0.0,
    focus="cuff",
    label="Vitrine",
)
_BEANIE = Garment(
    "hat",
    "rib",
    "mustard",
    "slate",
    4316,
    Cut(style="beanie"),
    wear=0.0,
    focus="edge",
    label="Vitrine",
)
_BEANIE_NAVY = Garment(
    "hat",
    "rib",
    "navy",
    "clay",
    4317,
    Cut(style="beanie"),
    wear=0.0,
    focus="edge",
    label="Vitrine",
)
_SCARF = Garment(
    "scarf",
    "wool",
    "brick",
    "stone",
    4318,
    Cut(style="long"),
    wear=0.0,
    focus="edge",
    label="Vitrine",
)
_SCARF_SAGE = Garment(
    "scarf",
    "wool",
    "sage",
    "butter",
    4319,
    Cut(style="long"),
    wear=0.0,
    focus="edge",
    label="Vitrine",
)
_BANDANA = Garment(
    "scarf",
    "paisley",
    "brick",
    "oat",
    4320,
    Cut(style="bandana", trim="cream"),
    wear=0.0,
    focus="corner",
    label="Vitrine",
)
_BANDANA_MOSS = Garment(
    "scarf",
    "paisley",
    "bottle",
    "clay",
    4321,
    Cut(style="bandana", trim="cream"),
    wear=0.0,
    focus="corner",
    label="Vitrine",
)

_SOCK_SIZES = sizes("36–40", "41–45")
_WOOL_COLOURS = colours(
    rust=Text("Rust", "铁锈"), moss=Text("Moss", "苔绿"), oat=Text("Oat", "燕麦")
)
_STRIPES = colours(navy=Text("Navy stripe", "藏青条"), brick=Text("Brick stripe", "砖红条"))
_BEANIE_COLOURS = colours(mustard=Text("Mustard", "芥末黄"), navy=Text("Navy", "藏青"))
_SCARF_COLOURS = colours(brick=Text("Brick", "砖红"), sage=Text("Sage", "鼠尾草绿"))
_BANDANA_COLOURS = colours(brick=Text("Brick", "砖红"), bottle=Text("Bottle green", "瓶绿"))

WARM_THINGS: tuple[Product, ...] = (
    Product(
        sku="ribbed-wool-socks",
        title=Text("Ribbed wool socks", "罗纹羊毛袜"),
        story=Text(
            (
                "Knitted on old circular machines in Zhuji from undyed and plant-dyed wool. Heel "
                "and toe are reinforced in a second colour, which is where the darning will go "
                "one day, so you know what to expect."
            ),
            (
                "诸暨的老圆机织的，羊毛有本色也有草木染。脚跟和脚尖用另一种颜色加固，哪天要补，也"
                "补在那里，心里有数。"
            ),
        ),
        garment="other",
        origin="CN",
        brand="Vitrine",
        material=Text("Wool 80, nylon 20", "羊毛80，锦纶20"),
        colour="red",
        options=(_SOCK_SIZES, _WOOL_COLOURS),
        variants=grid(
            "ribbed-wool-socks",
            (_SOCK_SIZES, _WOOL_COLOURS),
            price=12000,
            weight=95,
            stock=((14, 8), (10, 6), (12, 6), (9, 4), (11, 0), (7, 3)),
        ),
        tags=("small_batch", "natural_fibre", "made_to_last"),
        pictures=(
            front(_WOOL_SOCKS_RUST, Text("rust wool socks", "铁锈色羊毛袜")),
            front(_WOOL_SOCKS_MOSS, Text("moss wool socks", "苔绿羊毛袜")),
            front(_WOOL_SOCKS_OAT, Text("oat wool socks", "燕麦色羊毛袜")),
            Picture(
                _WOOL_SOCKS_RUST,
                "detail",
                Text("Toe reinforced in cream wool", "脚尖以奶油色羊毛加固"),
            ),
        ),
        collections=("autumn-in-brick",),
    ),
    Product(
        sku="striped-cotton-socks",
        title=Text("Striped cotton socks", "条纹棉袜"),
        story=Text(
            (
                "The Breton top, for feet. Thick cotton with a terry sole and stripes counted so "
                "that left meets right. They shrink by a hair in the first wash and then stay "
                "put."
            ),
            (
                "给脚穿的布列塔尼条纹衫。厚棉，毛圈底，条纹数好了根数，左右脚对得上。头一次洗会缩"
                "一点点，之后就不变了。"
            ),
        ),
        garment="other",
        origin="CN",
        brand="Vitrine",
        material=Text("Cotton 85, nylon 15", "棉85，锦纶15"),
        colour="blue",
        options=(_SOCK_SIZES, _STRIPES),
        variants=grid(
            "striped-cotton-socks",
            (_SOCK_SIZES, _STRIPES),
            price=12000,
            weight=70,
            stock=((16, 10), (12, 4), (15, 7), (0, 5)),
        ),
        tags=("natural_fibre", "small_batch"),
        pictures=(
            front(_COTTON_SOCKS, Text("navy striped socks", "藏青条纹袜")),
            front(_COTTON_SOCKS_BRICK, Text("brick striped socks", "砖红条纹袜")),
            Picture(
                _COTTON_SOCKS, "detail", Text("Ribbed top of the striped sock", "条纹袜的罗口")
            ),
        ),
        collections=("indigo-at-work",),
    ),
    Product(
        sku="rib-beanie",
        title=Text("Ribbed lambswool beanie", "罗纹羊羔毛帽"),
        story=Text(
            (
                "Knitted from one ball each, with four seams at the crown closed by hand by two "
                "sisters in Tongxiang. Wear the brim turned once in the wind, twice in town."
            ),
            (
                "一团线织一顶，顶上四道缝由桐乡的一对姐妹手工收口。起风时帽边翻一折，进城翻两折，"
                "摘下来塞口袋里也不占地方。"
            ),
        ),
        garment="other",
        origin="CN",
        brand="Vitrine",
        material=Text("Lambswool", "羊羔毛"),
        colour="yellow",
        options=(_BEANIE_COLOURS,),
        variants=grid(
            "rib-beanie", (_BEANIE_COLOURS,), price=18800, weight=90, stock=((8, 5), (6, 2))
        ),
        tags=("hand_knitted", "natural_fibre", "small_batch"),
        pictures=(
            front(_BEANIE, Text("mustard beanie", "芥末黄毛线帽")),
            front(_BEANIE_NAVY, Text("navy beanie", "藏青毛线帽")),
            Picture(_BEANIE, "detail", Text("Rib of the folded brim", "翻起的罗纹帽边")),
        ),
        collections=("autumn-in-brick",),
    ),
    Product(
        sku="brushed-wool-scarf",
        title=Text("Brushed wool scarf", "拉绒羊毛围巾"),
        story=Text(
            (
                "Woven in Inner Mongolia, brushed with teasel and fringed by hand. Wide enough "
                "to be a shawl on a train with open windows, soft enough to be lent and not come "
                "back."
            ),
            (
                "内蒙古织造，用起绒草拉绒，流苏是手工打的。够宽，坐开窗的火车时能当披肩；够软，借"
                "出去多半要不回来。"
            ),
        ),
        garment="other",
        origin="CN",
        brand="Vitrine",
        material=Text("Wool", "羊毛"),
        colour="red",
        options=(_SCARF_COLOURS,),
        variants=grid(
            "brushed-wool-scarf", (_SCARF_COLOURS,), price=32000, weight=280, stock=((5, 4), (7, 3))
        ),
        tags=("natural_fibre", "small_batch"),
        pictures=(
            front(_SCARF, Text("brick wool scarf", "砖红羊毛围巾")),
            front(_SCARF_SAGE, Text("sage wool scarf", "鼠尾草绿羊毛围巾")),
            Picture(_SCARF, "detail", Text("Hand-tied fringe", "手打的流苏")),
        ),
        collections=("autumn-in-brick",),
    ),
    Product(
        sku="paisley-bandana",
        title=Text("Paisley bandana, discharge printed", "佩斯利头巾 拔染"),
        story=Text(
            (
                "Printed like the one from the fifties that hangs in our Hangzhou shop: the "
                "pattern is taken out of the cloth, not laid on it. It starts soft and goes on "
                "from there."
            ),
            (
                "印法照着杭州店里挂着的那条50年代头巾：花是从布里拔出来的，不是盖上去的。一上手就"
                "软，往后更软。"
            ),
        ),
        garment="other",
        origin="CN",
        brand="Vitrine",
        material=Text("Cotton lawn", "细棉布"),
        colour="red",
        options=(_BANDANA_COLOURS,),
        variants=grid(
            "paisley-bandana", (_BANDANA_COLOURS,), price=12800, weight=45, stock=((18, 9), (11, 7))
        ),
        tags=("small_batch", "natural_fibre"),
        pictures=(
            front(_BANDANA, Text("brick bandana", "砖红头巾")),
            front(_BANDANA_MOSS, Text("bottle-green bandana", "瓶绿头巾")),
            back(_BANDANA, Text("brick bandana", "砖红头巾")),
            Picture(
                _BANDANA, "detail", Text("Paisley and border at one corner", "一角的佩斯利与边框")
            ),
        ),
        collections=("indigo-at-work",),
    ),
)
