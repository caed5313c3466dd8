"""Five dresses from five decades."""

from app.demo.copy.types import Evidence, Fault, Piece, Text
from app.demo.drawing.garment import Cut, Garment

DRESSES: tuple[Piece, ...] = (
    Piece(
        sku="brick-corduroy-pinafore-1970s",
        title=Text("1970s corduroy pinafore dress in brick", "70年代灯芯绒背带裙 砖红"),
        story=Text(
            (
                "Wide-wale corduroy, cut high at the waist and then let go into an A. The colour "
                "is the brick of old school buildings at four in the afternoon. A teacher in "
                "Toulouse wore it over striped tops and let her pupils believe she had seven of "
                "them."
            ),
            (
                "宽条灯芯绒，腰线收得高，往下放成A字。颜色是老校舍在下午四点的那种砖红。图卢兹一"
                "位老师拿它套条纹衫穿，学生一直以为她有七条一样的。"
            ),
        ),
        garment="dress",
        era="1970s",
        origin="FR",
        brand="Maison Clairvoy",
        material=Text("Cotton corduroy, six wales to the inch", "纯棉灯芯绒，每英寸6条"),
        colour="red",
        grade="A",
        evidence=Evidence(
            Text("Pile full; slight wear at the hem edge", "绒条饱满，下摆边缘略有磨损"),
            Text("Zip stamped with a maker’s mark dropped in 1977", "拉链上的厂标1977年后不再使用"),
            Text("“Fabriqué en France” on the label", "织标写着「Fabriqué en France」"),
        ),
        measurements={"shoulder": 350, "chest": 900, "waist": 740, "hip": 1040, "length": 960},
        price=68000,
        weight=720,
        tags=("natural_fibre", "hand_washed", "made_to_last"),
        collections=("autumn-in-brick",),
        look=Garment(
            "dress",
            "corduroy",
            "brick",
            "oat",
            4241,
            Cut(style="pinafore", collar="square", sleeve="none", pockets="patch"),
            wear=0.15,
            focus="waist",
        ),
        noun=Text("brick corduroy pinafore", "砖红灯芯绒背带裙"),
        close_up=Text("High waist seam, wales meeting at an angle", "高腰接缝，绒条在此相交"),
        faults=(
            Fault(
                Text("hem", "下摆"),
                Text("pile worn along the fold, 5 cm", "折边绒毛磨损，约5厘米"),
                5,
                "fray",
                "hem",
            ),
        ),
    ),
    Piece(
        sku="ditsy-tea-dress-1940s",
        title=Text("1940s tea dress in a small floral", "40年代茶歇裙 小碎花"),
        story=Text(
            (
                "Made at home from a printed paper pattern and three coupons’ worth of rayon. "
                "The flowers are violet and straw on dark green, the sleeves are gathered once "
                "at the top. It fastens at the side with hooks that somebody sewed on by "
                "lamplight, a little crooked."
            ),
            (
                "照着纸样在家裁的，用掉三张布票的人造丝。深绿底上开着紫与草黄的小花，袖山抽一道碎"
                "褶。侧边用风纪扣，像是灯下缝的，有一点歪。"
            ),
        ),
        garment="dress",
        era="1940s",
        origin="GB",
        brand="Hollin & Daughter",
        material=Text("Viscose crêpe", "人造丝绉"),
        colour="green",
        grade="B",
        evidence=Evidence(
            Text("One mended tear and a mark near the hem", "一处补过的裂口，下摆附近有印"),
            Text("Pattern envelope of 1944 came with it", "随附1944年的纸样信封"),
            Text(
                "Bought from the maker’s daughter in Derbyshire", "购自德比郡，卖家是缝制者的女儿"
            ),
        ),
        measurements={"shoulder": 370, "chest": 920, "waist": 720, "hip": 980, "length": 1080},
        price=88000,
        weight=340,
        tags=("repaired_by_hand", "handed_down", "hand_washed"),
        collections=("drawer-by-the-window",),
        look=Garment(
            "dress",
            "floral",
            "bottle",
            "rose",
            4242,
            Cut(
                style="tea",
                collar="vee",
                sleeve="short",
                pockets="none",
                closure="buttons",
                trim="mustard",
                length=1.08,
            ),
            wear=0.1,
            focus="collar",
        ),
        noun=Text("ditsy floral tea dress", "小碎花茶歇裙"),
        close_up=Text("Crossed neckline, small flowers on dark green", "交叉领口，深绿底上的小花"),
        faults=(
            Fault(
                Text("left side seam", "左侧缝"),
                Text("tear of 2 cm, backed and sewn flat", "裂口2厘米，衬布后缝平"),
                5,
                "darn",
                "waist",
                repaired=True,
            ),
            Fault(
                Text("near the hem", "近下摆处"),
                Text("water mark, faint", "浅水渍"),
                6,
                "stain",
                "hem",
            ),
        ),
        year=1944,
        merchant="consignor",
    ),
    Piece(
        sku="linen-nightdress-1910s",
        title=Text("1910s linen nightdress, now a dress", "1910年代亚麻睡裙 可作连衣裙"),
        story=Text(
            (
                "White linen from a trousseau, hardly slept in, with a monogram that reads L.V. "
                "from one side and A.V. from the other. People wear these now with a belt and "
                "sandals. We have reinforced the yoke from inside and left the outside alone."
            ),
            (
                "嫁妆里的白亚麻，几乎没穿着睡过，绣字从一面看是L.V.，从另一面看像A.V.。如今大家系"
                "根腰带、配凉鞋当裙子穿。我们从里面加固了育克，外面没有动。"
            ),
        ),
        garment="dress",
        era="1910s",
        origin="FR",
        brand="L.V.",
        material=Text("Linen", "亚麻"),
        colour="white",
        grade="D",
        evidence=Evidence(
            Text(
                "Yoke reinforced by us, two old darns; for careful wear",
                "育克由我们加固，两处旧织补，宜小心穿着",
            ),
            Text(
                "Trousseau list with the dress on it, dated 1912",
                "附1912年的嫁妆清单，上面列有此裙",
            ),
            Text("Bought at a house sale in the Jura", "购自汝拉山区一处老宅的清仓"),
        ),
        measurements={"shoulder": 410, "chest": 1120, "waist": 1120, "hip": 1200, "length": 1180},
        price=74000,
        weight=460,
        tags=("natural_fibre", "undyed", "repaired_by_hand", "handed_down"),
        collections=("drawer-by-the-window",),
        look=Garment(
            "dress",
            "linen",
            "cream",
            "slate",
            4243,
            Cut(style="nightdress", collar="round", sleeve="long", pockets="none", length=1.12),
            wear=0.05,
            focus="collar",
        ),
        noun=Text("white linen nightdress", "白亚麻睡裙"),
        close_up=Text("Yoke with tucks and a whitework monogram", "打褶的育克与白绣字母"),
        faults=(
            Fault(
                Text("yoke", "育克"),
                Text("thin linen, backed by us with fine lawn", "布料偏薄，由我们衬了细纱"),
                5,
                "patch",
                "shoulder",
                repaired=True,
            ),
            Fault(
                Text("right cuff", "右袖口"),
                Text("two old darns, 5 mm each", "两处旧织补，各5毫米"),
                6,
                "darn",
                "cuff",
                repaired=True,
            ),
        ),
        year=1912,
    ),
    Piece(
        sku="gingham-summer-dress-1950s",
        title=Text("1950s gingham summer dress", "50年代格纹夏裙 天蓝"),
        story=Text(
            (
                "Sky-blue gingham, a full skirt and wide straps that button at the front. "
                "Deadstock from a department store in Maine that closed in 1961 with the summer "
                "window still dressed; the paper tag is on it."
            ),
            (
                "天蓝格纹，大裙摆，宽肩带在胸前扣住。缅因州一家百货店1961年关门时，橱窗里的夏装还"
                "没撤，这条裙子就是那批库存，纸吊牌仍在。"
            ),
        ),
        garment="dress",
        era="1950s",
        origin="US",
        brand="Peg Larsen",
        material=Text("Cotton gingham", "纯棉格布"),
        colour="blue",
        grade="S",
        evidence=Evidence(
            Text("Unworn, with its paper tag and spare button", "未穿过，纸吊牌与备扣俱在"),
            Text("Price tag in the store’s 1959 type", "价签是该店1959年的字体"),
            Text("“Sewn in New York” on the label", "织标写着「Sewn in New York」"),
        ),
        measurements={"shoulder": 330, "chest": 880, "waist": 680, "hip": 1200, "length": 1020},
        price=79000,
        weight=410,
        tags=("deadstock", "natural_fibre"),
        collections=("drawer-by-the-window",),
        look=Garment(
            "dress",
            "gingham",
            "sky",
            "butter",
            4244,
            Cut(
                style="summer",
                collar="sweetheart",
                sleeve="none",
                pockets="none",
                closure="buttons",
                trim="cream",
                flare=1.25,
            ),
            wear=0.0,
            focus="button",
        ),
        noun=Text("sky-blue gingham dress", "天蓝格纹裙"),
        close_up=Text("Wide strap buttoned at the bodice", "宽肩带扣在胸前"),
        store="shanghai",
    ),
    Piece(
        sku="midnight-crepe-dress-1940s",
        title=Text("1940s crêpe dress in midnight blue", "40年代绉呢连衣裙 深夜蓝"),
        story=Text(
            (
                "Straight, quiet and very well cut: darts instead of decoration, and three "
                "covered buttons at each wrist. It was the good dress of a radio announcer in "
                "Copenhagen, whom nobody ever saw at work."
            ),
            (
                "直身，安静，裁得很好：用省道代替装饰，手腕各三颗包扣。它是哥本哈根一位电台播音员"
                "的体面衣裳，而她上班时从来没有人看见。"
            ),
        ),
        garment="dress",
        era="1940s",
        origin="DK",
        brand="Salon Ravn",
        material=Text("Wool crêpe", "羊毛绉"),
        colour="blue",
        grade="B",
        evidence=Evidence(
            Text("Two tiny moth holes rewoven, lining frayed", "两个细小虫洞已织补，里衬有磨损"),
            Text(
                "Side zip of metal and pinked seams, usual before 1950",
                "侧开金属拉链，缝份剪锯齿边，1950年前常见",
            ),
            Text("Salon label with a Copenhagen address", "织标有哥本哈根的地址"),
        ),
        measurements={"shoulder": 380, "chest": 940, "waist": 740, "hip": 980, "length": 1060},
        price=92000,
        weight=560,
        tags=("natural_fibre", "repaired_by_hand", "made_to_last"),
        collections=("drawer-by-the-window", "autumn-in-brick"),
        look=Garment(
            "dress",
            "wool",
            "midnight",
            "mist",
            4245,
            Cut(
                style="crepe", collar="round", sleeve="long", pockets="none", flare=0.8, length=1.05
            ),
            wear=0.05,
            focus="cuff",
        ),
        noun=Text("midnight crêpe dress", "深夜蓝绉呢裙"),
        close_up=Text("Three covered buttons at the wrist", "手腕处三颗包扣"),
        faults=(
            Fault(
                Text("left front", "左前身"),
                Text("two moth holes of 2 mm, rewoven", "两个2毫米的虫洞，已织补"),
                5,
                "darn",
                "front",
                repaired=True,
            ),
        ),
    ),
)
