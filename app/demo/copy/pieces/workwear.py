"""Two jackets made for the workshop and the railway."""

from app.demo.copy.types import Evidence, Fault, Piece, Text
from app.demo.drawing.garment import Cut, Garment

WORKWEAR: tuple[Piece, ...] = (
    Piece(
        sku="shanghai-work-jacket-1970s",
        title=Text("1970s Shanghai denim work jacket", "70年代上海劳动布工作服"),
        story=Text(
            (
                "The jacket a generation of fathers wore to the workshop: stand-and-fall collar, "
                "two breast pockets, plain buttons, cloth woven stiff and worn soft. A retired "
                "fitter from Yangpu kept it in camphor wood for his son, who took up the piano "
                "instead."
            ),
            (
                "一代父亲穿着进车间的那件衣服：翻领，两个胸袋，素面扣子，布织得硬，穿到后来才软。"
                "杨浦一位退休钳工把它收在樟木箱里留给儿子，儿子后来学了钢琴。"
            ),
        ),
        garment="top",
        era="1970s",
        origin="CN",
        brand="Shenpu Garment Works",
        material=Text("Cotton work denim", "纯棉劳动布"),
        colour="blue",
        grade="C",
        evidence=Evidence(
            Text(
                "A patch, a stain and fading throughout; priced for it",
                "有补丁、有油渍、整体褪色，价格已体现",
            ),
            Text("Stamped “1972.10” inside the placket", "门襟内侧盖有「1972.10」的蓝印"),
            Text("Ink stamp of a Shanghai garment works", "衣内有上海一家被服厂的墨印"),
        ),
        measurements={"shoulder": 450, "chest": 1100, "length": 700, "sleeve": 590, "hem": 1090},
        price=52000,
        weight=780,
        tags=("repaired_by_hand", "natural_fibre", "handed_down"),
        collections=("indigo-at-work",),
        look=Garment(
            "jacket",
            "denim",
            "washed",
            "stone",
            4205,
            Cut(style="work", collar="shirt", pockets="chest"),
            wear=0.8,
            focus="button",
        ),
        noun=Text("Shanghai work jacket", "劳动布工作服"),
        close_up=Text(
            "Plain dark button on the washed placket of the work jacket",
            "洗白的门襟上一颗素面深色扣",
        ),
        faults=(
            Fault(
                Text("right elbow", "右肘"),
                Text(
                    "patched with cloth from another jacket, sewn in running stitch",
                    "用另一件衣服的布打的补丁，平针缝住",
                ),
                5,
                "patch",
                "elbow",
                repaired=True,
            ),
            Fault(
                Text("below the left pocket", "左胸袋下方"),
                Text("machine oil, pale brown, about 3 cm", "机油渍，浅褐色，约3厘米"),
                6,
                "stain",
                "front",
            ),
        ),
        year=1972,
        store="shanghai",
    ),
    Piece(
        sku="hickory-stripe-railway-jacket-1950s",
        title=Text("1950s railway jacket in hickory stripe", "50年代铁路工装外套 细条纹"),
        story=Text(
            (
                "Narrow white stripes were meant to hide coal dust, and they still do. Four "
                "pockets, one of them slotted for a pencil and a watch chain, and cuffs that "
                "button close so that nothing catches. It came out of a depot locker in Ohio "
                "with the key still tied to the collar."
            ),
            (
                "细白条纹当年是为了不显煤灰，如今依然管用。四个口袋，其中一个开了槽，插铅笔、挂表"
                "链；袖口能扣紧，免得被机器带住。它出自俄亥俄一处机务段的储物柜，钥匙还系在领子"
                "上。"
            ),
        ),
        garment="top",
        era="1950s",
        origin="US",
        brand="Tallow Creek",
        material=Text("Cotton hickory denim", "纯棉条纹丹宁"),
        colour="blue",
        grade="B",
        evidence=Evidence(
            Text(
                "Wear at collar and hem, listed below; no open seams",
                "领口与下摆有磨损，已列出；没有开线",
            ),
            Text(
                "Union label of the type used from 1949 to 1962",
                "工会织标，是1949至1962年间使用的样式",
            ),
            Text(
                "“Preshrunk, made in U.S.A.” woven in the label",
                "织标织有「Preshrunk, made in U.S.A.」",
            ),
        ),
        measurements={"shoulder": 470, "chest": 1160, "length": 740, "sleeve": 600, "hem": 1150},
        price=139000,
        weight=860,
        tags=("union_made", "made_to_last", "natural_fibre"),
        collections=("indigo-at-work",),
        look=Garment(
            "jacket",
            "stripe",
            "navy",
            "clay",
            4206,
            Cut(style="chore", collar="round", pockets="four", trim="cream"),
            wear=0.4,
            focus="button",
        ),
        noun=Text("hickory-stripe railway jacket", "细条纹铁路工装"),
        close_up=Text(
            "Button and placket, stripes meeting across the opening",
            "门襟与扣子，条纹在开口两侧对齐",
        ),
        faults=(
            Fault(
                Text("collar fold", "领口翻折处"),
                Text("worn thin along the fold, one thread broken", "翻折线磨薄，断了一根纱"),
                5,
                "fray",
                "collar",
            ),
            Fault(
                Text("back hem", "后下摆"),
                Text("two pinholes left by a number tag", "号码牌留下的两个针眼"),
                6,
                "hole",
                "hem",
            ),
        ),
    ),
)
