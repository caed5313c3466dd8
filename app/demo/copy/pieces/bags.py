"""Three bags."""

from app.demo.copy.types import Evidence, Fault, Piece, Text
from app.demo.drawing.garment import Cut, Garment

BAGS: tuple[Piece, ...] = (
    Piece(
        sku="swiss-mail-satchel-1960s",
        title=Text("1960s postman’s satchel in canvas and leather", "60年代邮差挎包 帆布拼皮"),
        story=Text(
            (
                "Carried up and down one valley in Valais until the road was tarred. The leather "
                "is thick enough for a saddle, and the strap has a dip where a shoulder was. It "
                "holds a laptop now, and a bottle, and the post."
            ),
            (
                "它在瓦莱的一条山谷里上上下下，直到那条路铺上柏油。皮子厚得能做马鞍，背带上有一处"
                "凹，是肩膀的位置。如今装得下电脑、水壶，还有信。"
            ),
        ),
        garment="bag",
        era="1960s",
        origin="CH",
        brand="Sattlerei Brunn",
        material=Text("Cotton canvas, saddle leather", "纯棉帆布，马鞍皮"),
        colour="green",
        grade="B",
        evidence=Evidence(
            Text("Rubbed corners, one seam re-sewn", "包角磨损，一道缝重缝过"),
            Text("Saddler’s stamp with the year 61", "马具匠的钢印带有年份61"),
            Text(
                "“Sattlerei Brunn, Wallis” pressed in the flap",
                "包盖压印「Sattlerei Brunn, Wallis」",
            ),
        ),
        measurements={"length": 360, "height": 290, "width": 110, "strap": 1180},
        price=86000,
        weight=1350,
        tags=("made_to_last", "repaired_by_hand", "natural_fibre"),
        collections=("indigo-at-work",),
        look=Garment(
            "bag",
            "canvas",
            "olive",
            "clay",
            4265,
            Cut(style="satchel", trim="chestnut"),
            wear=0.4,
            focus="edge",
        ),
        noun=Text("postman’s satchel", "邮差挎包"),
        close_up=Text(
            "Brass buckle on saddle leather, stitched by hand", "马鞍皮上的铜扣，手工缝线"
        ),
        faults=(
            Fault(
                Text("left lower corner", "左下包角"),
                Text("canvas rubbed pale, not through", "帆布磨白，未破"),
                5,
                "scuff",
                "corner",
            ),
            Fault(
                Text("strap end", "背带末端"),
                Text("seam re-sewn by us with waxed linen", "由我们用蜡麻线重缝"),
                6,
                "darn",
                "handle",
                repaired=True,
            ),
        ),
        year=1961,
    ),
    Piece(
        sku="frame-handbag-1960s",
        title=Text("1960s frame handbag in chestnut calf", "60年代口金手提包 栗色小牛皮"),
        story=Text(
            (
                "It closes with the click that all frame bags promise. Suede lining, one slip "
                "pocket, a mirror in its sleeve. An opera-goer in Dresden owned it, to judge by "
                "the folded programme for two."
            ),
            (
                "一合上，就是口金包该有的那一声。麂皮里，一个插袋，一面带套的小镜子。从夹着的那张"
                "两人份节目单看，原主在德累斯顿常听歌剧。"
            ),
        ),
        garment="bag",
        era="1960s",
        origin="DE",
        brand="Täschnerei Holm",
        material=Text("Calf leather, suede lining", "小牛皮，麂皮里"),
        colour="brown",
        grade="A",
        evidence=Evidence(
            Text(
                "Frame true, corners sound, a light scratch", "口金闭合端正，包角完好，一道浅划痕"
            ),
            Text("Programme of November 1963 inside", "包内有1963年11月的节目单"),
            Text("Maker’s plate from Offenbach", "奥芬巴赫制作者的金属铭牌"),
        ),
        measurements={"length": 260, "height": 190, "width": 80, "strap": 330},
        price=118000,
        weight=620,
        tags=("made_to_last", "handed_down"),
        collections=("drawer-by-the-window",),
        look=Garment(
            "bag",
            "leather",
            "chestnut",
            "mist",
            4266,
            Cut(style="frame", trim="ochre"),
            wear=0.15,
            focus="edge",
        ),
        noun=Text("chestnut frame handbag", "栗色口金包"),
        close_up=Text("Kiss lock on the brass frame", "黄铜口金的卡扣"),
        faults=(
            Fault(
                Text("back", "背面"),
                Text("scratch of 3 cm, waxed", "3厘米划痕，已上蜡"),
                5,
                "scuff",
                "back",
            ),
        ),
        year=1963,
        merchant="consignor",
        store="shanghai",
    ),
    Piece(
        sku="straw-market-basket-1970s",
        title=Text("1970s straw market basket", "70年代草编菜篮包"),
        story=Text(
            (
                "Palm straw plaited in one long strip and sewn round and round, with leather "
                "handles that were an afterthought and turned out well. It stands by itself, "
                "which is more than most bags can say."
            ),
            (
                "棕榈草编成一条长辫，一圈圈缝起来；皮把手是后来才想到加的，结果很好。它能自己站"
                "住，多数包做不到。"
            ),
        ),
        garment="bag",
        era="1970s",
        origin="ES",
        brand="Cestería Olmo",
        material=Text("Palm straw, leather handles", "棕榈草，皮把手"),
        colour="beige",
        grade="B",
        evidence=Evidence(
            Text("Two broken straws, handles re-stitched", "断了两根草，把手重缝过"),
            Text("Bought new in 1974 by the seller’s mother", "卖家母亲1974年购入时是新的"),
            Text("Workshop card from Alicante", "附阿利坎特作坊的卡片"),
        ),
        measurements={"length": 420, "height": 280, "width": 200, "strap": 420},
        price=22000,
        weight=540,
        tags=("natural_fibre", "repaired_by_hand", "undyed"),
        collections=("drawer-by-the-window",),
        look=Garment(
            "bag",
            "straw",
            "sand",
            "sage",
            4267,
            Cut(style="basket", trim="tobacco"),
            wear=0.2,
            focus="handle",
        ),
        noun=Text("straw market basket", "草编菜篮包"),
        close_up=Text("Leather handle sewn to the plaited straw", "皮把手缝在草辫上"),
        faults=(
            Fault(
                Text("rim, right side", "右侧篮沿"),
                Text("two straws broken, tucked in", "两根草断开，已收进"),
                5,
                "fray",
                "edge",
            ),
        ),
    ),
)
