"""Four jackets."""

from app.demo.copy.types import Evidence, Fault, Piece, Text
from app.demo.drawing.garment import Cut, Garment

JACKETS: tuple[Piece, ...] = (
    Piece(
        sku="indigo-chore-jacket-1960s",
        title=Text("1960s French chore jacket in indigo twill", "60年代法国工装外套 靛蓝斜纹布"),
        story=Text(
            (
                "Three patch pockets, a soft round collar and a blue that only comes from years "
                "of washing. It was bought from the widow of a joiner in the Drôme; the inside "
                "pocket still held a flat pencil, which we send along. The shoulders have faded "
                "a shade lighter than the back."
            ),
            (
                "三个贴袋，小圆领，蓝色是一年年洗出来的。它来自德龙省一位木匠的遗孀，内袋里还插着"
                "一支扁铅笔，我们会一并寄上。肩头褪得比后背浅了一层。"
            ),
        ),
        garment="top",
        era="1960s",
        origin="FR",
        brand="Atelier Mistou",
        material=Text("Cotton twill, indigo dyed", "纯棉斜纹布，靛蓝染色"),
        colour="blue",
        grade="B",
        evidence=Evidence(
            Text(
                "Two visible faults, both listed; seams and pockets are sound",
                "两处可见瑕疵均已列出，缝线与口袋完好",
            ),
            Text(
                "Cream woven label without washing symbols, used before 1970",
                "米色织标，没有洗涤符号，属1970年以前的做法",
            ),
            Text("“Fabriqué en France” on the label", "织标上写着「Fabriqué en France」"),
        ),
        measurements={"shoulder": 455, "chest": 1120, "length": 715, "sleeve": 610, "hem": 1100},
        price=86000,
        weight=820,
        tags=("natural_fibre", "made_to_last", "hand_washed"),
        collections=("indigo-at-work",),
        look=Garment(
            "jacket",
            "twill",
            "indigo",
            "oat",
            4218,
            Cut(style="chore", collar="round", pockets="patch"),
            wear=0.45,
            focus="pocket",
        ),
        noun=Text("indigo chore jacket", "靛蓝工装外套"),
        close_up=Text(
            "Patch pocket of the chore jacket, with a double row of faded stitching",
            "工装外套的贴袋，双行明线已经褪色",
        ),
        faults=(
            Fault(
                Text("left cuff", "左袖口"),
                Text(
                    "edge worn through over 2 cm, white cotton showing",
                    "边缘磨穿约2厘米，露出白色棉芯",
                ),
                5,
                "fray",
                "cuff",
            ),
            Fault(
                Text("right elbow", "右肘"),
                Text("darned by hand in blue thread, flat and firm", "手工织补，蓝线，平整牢固"),
                6,
                "darn",
                "elbow",
                repaired=True,
            ),
        ),
    ),
    Piece(
        sku="pleated-denim-trucker-1974",
        title=Text("1974 denim trucker jacket, pointed flaps", "1974年牛仔夹克 尖角袋盖"),
        story=Text(
            (
                "A short, boxy denim jacket with the V-shaped seams that run from the flaps to "
                "the waistband. The first owner drove a bread van in Oregon and wore it open, so "
                "the front edges are pale and the back is still dark. It has its full set of "
                "copper buttons."
            ),
            (
                "短而方的版型，两道V形缝线从袋盖一直收到腰头。前主人在俄勒冈开面包车，总是敞着"
                "穿，所以门襟发白，后背还深着。铜扣一颗不少。"
            ),
        ),
        garment="top",
        era="1970s",
        year=1974,
        origin="US",
        brand="Pinyon Supply Co.",
        material=Text("Cotton denim, 14 oz", "14盎司纯棉丹宁"),
        colour="blue",
        grade="A",
        evidence=Evidence(
            Text("No fault that shows at arm’s length", "一臂之外看不出瑕疵"),
            Text("The code 7 4 on the back of the care label", "洗标背面印有7 4字样"),
            Text("“Made in U.S.A.” on the leather patch", "皮牌上印着「Made in U.S.A.」"),
        ),
        measurements={"shoulder": 440, "chest": 1040, "length": 590, "sleeve": 605, "hem": 940},
        price=128000,
        weight=900,
        tags=("union_made", "made_to_last", "natural_fibre"),
        collections=("indigo-at-work",),
        look=Garment(
            "jacket",
            "denim",
            "indigo",
            "mist",
            4202,
            Cut(style="trucker", collar="point", pockets="flap", trim="camel"),
            wear=0.55,
            focus="pocket",
        ),
        noun=Text("denim trucker jacket", "牛仔夹克"),
        close_up=Text(
            "Pointed pocket flap with a copper button and orange stitching",
            "尖角袋盖，铜扣配橙色明线",
        ),
        faults=(
            Fault(
                Text("waistband", "腰头"),
                Text(
                    "a thread pulled loose beside the left tab, 1 cm",
                    "左侧调节扣旁有一处抽线，约1厘米",
                ),
                5,
                "pull",
                "hem",
            ),
        ),
        merchant="consignor",
        store="shanghai",
    ),
    Piece(
        sku="tobacco-suede-jacket-1970s",
        title=Text("1970s Spanish suede jacket in tobacco", "70年代西班牙麂皮夹克 烟草棕"),
        story=Text(
            (
                "Goat suede as thin as felt, cut like a shirt, with a long pointed collar that "
                "says 1973 on its own. We brushed it, steamed it and left it to hang for a week "
                "by an open window in Hangzhou. It smells of nothing now but leather."
            ),
            (
                "山羊麂皮，薄如毛毡，像衬衫一样裁剪，那对长尖领一看就是1973年前后的样子。我们刷"
                "过、蒸过，又在杭州的窗边挂了一周，如今只剩皮子本身的气味。"
            ),
        ),
        garment="top",
        era="1970s",
        origin="ES",
        brand="Curtidos Alameda",
        material=Text("Goat suede, viscose lining", "山羊麂皮，粘胶里衬"),
        colour="brown",
        grade="B",
        evidence=Evidence(
            Text(
                "Dark mark on one cuff and a rubbed pocket edge, both shown",
                "一侧袖口有深色印，袋口有磨痕，均有照片",
            ),
            Text(
                "Collar of 11 cm and a metal zip of the early 1970s",
                "领尖长11厘米，金属拉链是70年代初的款式",
            ),
            Text("Tannery stamp of Igualada inside the pocket", "内袋盖着伊瓜拉达一家皮坊的印章"),
        ),
        measurements={"shoulder": 430, "chest": 1020, "length": 680, "sleeve": 615, "hem": 1000},
        price=148000,
        weight=1150,
        tags=("made_to_last", "handed_down"),
        collections=("autumn-in-brick",),
        look=Garment(
            "jacket",
            "suede",
            "tobacco",
            "butter",
            4203,
            Cut(style="suede", collar="long", pockets="patch", closure="buttons", trim="espresso"),
            wear=0.3,
            focus="collar",
        ),
        noun=Text("tobacco suede jacket", "烟草棕麂皮夹克"),
        close_up=Text(
            "Long pointed collar of the suede jacket, the nap brushed both ways",
            "麂皮夹克的长尖领，绒面深浅交错",
        ),
        faults=(
            Fault(
                Text("right cuff", "右袖口"),
                Text(
                    "dark mark the size of a fingertip, does not brush out",
                    "指尖大小的深色印，刷不掉",
                ),
                5,
                "stain",
                "cuff",
            ),
            Fault(
                Text("left pocket", "左口袋"),
                Text("nap rubbed smooth along the opening", "袋口绒面磨平"),
                6,
                "scuff",
                "pocket",
            ),
        ),
    ),
    Piece(
        sku="plum-velvet-blazer-1970s",
        title=Text("1970s velvet blazer in plum", "70年代丝绒西装外套 梅子紫"),
        story=Text(
            (
                "One button, wide lapels and sleeves that stop exactly where a shirt cuff should "
                "begin. A theatre accountant in Lyon had it made for the opening nights he paid "
                "for and rarely saw. The velvet is cotton, so it takes the light softly and does "
                "not glare."
            ),
            (
                "单粒扣，宽驳头，袖长刚好让出衬衫袖口。里昂一位剧院会计定做了它，为的是那些由他付"
                "账、却很少能坐下来看的首演夜。绒是棉绒，反光柔和，不刺眼。"
            ),
        ),
        garment="top",
        era="1970s",
        origin="FR",
        brand="Maison Clairvoy",
        material=Text("Cotton velvet, acetate lining", "棉丝绒，醋酸里衬"),
        colour="purple",
        grade="A",
        evidence=Evidence(
            Text(
                "Nap upright everywhere but one sleeve; lining whole",
                "除一侧袖子外绒毛挺立，里衬完整",
            ),
            Text(
                "Tailor’s slip in the inside pocket, dated autumn 1976",
                "内袋里有裁缝的单据，写着1976年秋",
            ),
            Text("Lyon address on the label", "织标上有里昂的地址"),
        ),
        measurements={"shoulder": 425, "chest": 980, "length": 740, "sleeve": 600, "hem": 1010},
        price=118000,
        weight=980,
        tags=("handed_down", "natural_fibre"),
        collections=("autumn-in-brick", "drawer-by-the-window"),
        look=Garment(
            "jacket",
            "velvet",
            "plum",
            "rose",
            4204,
            Cut(style="blazer", collar="notch", pockets="welt", closure="one"),
            wear=0.1,
            focus="collar",
        ),
        noun=Text("plum velvet blazer", "梅子紫丝绒西装"),
        close_up=Text(
            "Notched lapel of the blazer, light running along the velvet",
            "西装驳头，光顺着丝绒流下来",
        ),
        faults=(
            Fault(
                Text("left elbow", "左肘"),
                Text(
                    "nap pressed flat over a palm’s width, seen only from the side",
                    "掌心大小一片绒毛被压平，侧光才看得见",
                ),
                5,
                "fade",
                "elbow",
            ),
        ),
        year=1976,
        merchant="consignor",
        store="shanghai",
    ),
)
