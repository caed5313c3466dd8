"""Coats, and two things worn over everything else."""

from app.demo.copy.types import Evidence, Fault, Piece, Text
from app.demo.drawing.garment import Cut, Garment

COATS: tuple[Piece, ...] = (
    Piece(
        sku="tweed-chesterfield-1950s",
        title=Text("1950s Chesterfield coat in brown tweed", "50年代切斯特大衣 棕色粗花呢"),
        story=Text(
            (
                "Heavy Scottish tweed with flecks of rust and moss, a velvet collar and a lining "
                "that was replaced once, neatly. It belonged to a country doctor who did his "
                "rounds by bicycle; there is a faint line across the back where the satchel sat."
            ),
            (
                "厚实的苏格兰粗花呢，夹着锈色和苔色的纱点，丝绒领，里衬换过一次，手工利落。原主是"
                "乡间医生，骑车出诊，后背还留着一道挎包带压出的浅痕。"
            ),
        ),
        garment="top",
        era="1950s",
        origin="GB",
        brand="Corrie & Lund",
        material=Text("Wool tweed, cotton velvet collar", "羊毛粗花呢，棉丝绒领"),
        colour="brown",
        grade="B",
        evidence=Evidence(
            Text("Strap line and one moth hole, both shown", "有背带压痕和一个虫洞，均有照片"),
            Text(
                "Utility-era tailoring and a label dropped after 1958",
                "剪裁尚有配给时代的影子，织标样式1958年后停用",
            ),
            Text("“Woven in the Borders” on the label", "织标写着「Woven in the Borders」"),
        ),
        measurements={"shoulder": 460, "chest": 1140, "length": 1090, "sleeve": 630, "hem": 1320},
        price=236000,
        weight=2350,
        tags=("natural_fibre", "made_to_last", "handed_down"),
        collections=("autumn-in-brick",),
        look=Garment(
            "coat",
            "tweed",
            "chestnut",
            "stone",
            4211,
            Cut(style="chesterfield", collar="notch", pockets="flap", trim="espresso"),
            wear=0.25,
            focus="collar",
        ),
        noun=Text("tweed Chesterfield coat", "粗花呢切斯特大衣"),
        close_up=Text("Velvet collar against the flecked tweed", "丝绒领贴着带纱点的粗花呢"),
        faults=(
            Fault(
                Text("across the back", "后背"),
                Text("faint line pressed by a bag strap", "背带压出的浅痕"),
                5,
                "fade",
                "back",
            ),
            Fault(
                Text("left front", "左前身"),
                Text(
                    "moth hole of 3 mm, rewoven with yarn from the hem",
                    "3毫米虫洞，已用下摆的纱线织补",
                ),
                6,
                "darn",
                "pocket",
                repaired=True,
            ),
        ),
        merchant="consignor",
    ),
    Piece(
        sku="camel-wrap-coat-1980s",
        title=Text("1980s Italian wrap coat in camel wool", "80年代意大利系带大衣 驼色羊毛"),
        story=Text(
            (
                "A coat to disappear into: raglan shoulders, a shawl collar wide enough to stand "
                "up against the wind, and a belt long enough to knot twice. The seamstress who "
                "lined it signed her work in pencil under the left pocket, as she did on every "
                "coat."
            ),
            (
                "可以整个人裹进去的大衣：插肩，青果领宽到能立起来挡风，腰带长得够系两圈。缝里衬的"
                "女工在左口袋下面用铅笔签了名，她做的每一件都这样。"
            ),
        ),
        garment="top",
        era="1980s",
        origin="IT",
        brand="Casa Albera",
        material=Text("Wool with cashmere, cupro lining", "羊毛羊绒混纺，铜氨里衬"),
        colour="beige",
        grade="A",
        evidence=Evidence(
            Text(
                "Worn few winters; light pilling under one arm", "没穿过几个冬天，一侧腋下轻微起球"
            ),
            Text("Care label with five symbols, in use from 1982", "洗标有五个符号，1982年起采用"),
            Text("“Confezionato a Biella” on the label", "织标写着「Confezionato a Biella」"),
        ),
        measurements={"shoulder": 480, "chest": 1220, "length": 1150, "sleeve": 600, "hem": 1400},
        price=268000,
        compare_at=298000,
        weight=1900,
        tags=("natural_fibre", "made_to_last"),
        collections=("autumn-in-brick", "drawer-by-the-window"),
        look=Garment(
            "coat",
            "wool",
            "camel",
            "clay",
            4212,
            Cut(style="wrap", collar="shawl", pockets="welt"),
            wear=0.1,
            focus="collar",
        ),
        noun=Text("camel wrap coat", "驼色系带大衣"),
        close_up=Text(
            "Shawl collar folding over, brushed wool on both faces", "青果领翻折处，两面都是顺毛呢"
        ),
        faults=(
            Fault(
                Text("under the right arm", "右腋下"),
                Text("light pilling, combs off", "轻微起球，可梳去"),
                5,
                "pilling",
                "elbow",
            ),
        ),
        merchant="consignor",
        store="shanghai",
    ),
    Piece(
        sku="navy-peacoat-1960s",
        title=Text("1960s naval peacoat in midnight wool", "60年代海军双排扣短大衣 深夜蓝"),
        story=Text(
            (
                "Melton so dense that rain sits on it. Ten anchor buttons, handwarmer pockets "
                "lined in corduroy, and a name stencilled inside that the sea air has nearly "
                "taken back. The sleeves were let down once for someone taller; the old crease "
                "is still there if you look for it."
            ),
            (
                "麦尔登呢织得极密，雨水会停在表面。十颗锚扣，暖手袋里衬着灯芯绒，衣内用模板喷的名"
                "字几乎被海风收了回去。袖子曾为个子更高的人放长，仔细看还能找到旧折痕。"
            ),
        ),
        garment="top",
        era="1960s",
        origin="GB",
        brand="Fell & Harrow",
        material=Text("Wool melton", "羊毛麦尔登呢"),
        colour="blue",
        grade="B",
        evidence=Evidence(
            Text("One button replaced, sleeve crease visible", "换过一颗扣子，袖口旧折痕可见"),
            Text(
                "Contract number on the lining, series of 1964 to 1967",
                "里衬上的合同号属1964至1967年序列",
            ),
            Text("Naval outfitter’s stamp from Portsmouth", "朴次茅斯一家军需商的印章"),
        ),
        measurements={"shoulder": 450, "chest": 1080, "length": 760, "sleeve": 640, "hem": 1120},
        price=168000,
        weight=1980,
        tags=("made_to_last", "natural_fibre"),
        collections=("indigo-at-work", "autumn-in-brick"),
        look=Garment(
            "coat",
            "wool",
            "midnight",
            "slate",
            4213,
            Cut(style="pea", collar="notch", pockets="welt", closure="double", trim="ink"),
            wear=0.15,
            focus="button",
        ),
        noun=Text("midnight peacoat", "深夜蓝双排扣短大衣"),
        close_up=Text("Anchor buttons on dense melton", "厚密呢料上的锚扣"),
        faults=(
            Fault(
                Text("both cuffs", "两侧袖口"),
                Text("old hem crease, 3 cm above the edge", "旧的折边痕，距边缘3厘米"),
                5,
                "fade",
                "cuff",
            ),
        ),
        merchant="consignor",
    ),
    Piece(
        sku="olive-deck-jacket-1960s",
        title=Text("1960s deck jacket in olive canvas", "60年代甲板夹克 橄榄绿帆布"),
        story=Text(
            (
                "Grosgrain canvas that stands up by itself, a corduroy collar and a pile lining "
                "for standing still in the cold. Somebody painted their initials on the back and "
                "somebody else scrubbed them off; only the ghost of a K is left."
            ),
            (
                "罗缎纹帆布，自己就能立住；灯芯绒领，长毛绒里，适合在冷风里站着不动。有人在背后漆"
                "过姓名缩写，又有人把它刷掉了，只剩一个K的影子。"
            ),
        ),
        garment="top",
        era="1960s",
        origin="US",
        brand="Brightwater Mills",
        material=Text("Cotton canvas, wool pile lining", "纯棉帆布，羊毛长绒里"),
        colour="green",
        grade="C",
        evidence=Evidence(
            Text(
                "Paint ghost on the back, worn pocket edges, priced for it",
                "背后有漆痕，袋口磨损，价格已体现",
            ),
            Text(
                "Zip with a bell-shaped pull, fitted until about 1968",
                "钟形拉头的拉链，大约用到1968年",
            ),
            Text("Mill mark of Brightwater, Massachusetts", "马萨诸塞布莱特沃特织厂的标记"),
        ),
        measurements={"shoulder": 465, "chest": 1150, "length": 690, "sleeve": 620, "hem": 1080},
        price=112000,
        weight=1750,
        tags=("made_to_last", "natural_fibre"),
        collections=("indigo-at-work",),
        look=Garment(
            "jacket",
            "canvas",
            "olive",
            "sage",
            4214,
            Cut(style="deck", collar="point", closure="zip", pockets="welt", trim="chestnut"),
            wear=0.6,
            focus="collar",
        ),
        noun=Text("olive deck jacket", "橄榄绿甲板夹克"),
        close_up=Text(
            "Corduroy collar above the zip, brass gone dull", "灯芯绒领与拉链，黄铜已经发暗"
        ),
        faults=(
            Fault(
                Text("back", "后背"),
                Text("the ghost of a painted letter, 8 cm high", "一个漆字的残影，高约8厘米"),
                5,
                "stain",
                "back",
            ),
            Fault(
                Text("right pocket", "右口袋"),
                Text("edge worn to the white, still firm", "袋口磨到发白，仍然结实"),
                6,
                "fray",
                "pocket",
            ),
        ),
    ),
    Piece(
        sku="quilted-liner-vest-1970s",
        title=Text("1970s quilted liner vest in moss", "70年代绗缝内胆背心 苔绿"),
        story=Text(
            (
                "Made as the lining of something heavier, worn ever since on its own. Diamond "
                "quilting, four snaps and a weight of almost nothing. Good under a coat in "
                "November and over a shirt in March."
            ),
            (
                "原本是厚外套的内胆，后来一直单穿。菱格绗线，四粒按扣，轻得像没有。十一月穿在大衣"
                "里，三月罩在衬衫外，都合适。"
            ),
        ),
        garment="top",
        era="1970s",
        origin="KR",
        brand="Pinyon Supply Co.",
        material=Text("Nylon shell, polyester fill", "尼龙面，涤纶填充"),
        colour="green",
        grade="A",
        evidence=Evidence(
            Text("Clean, even loft; one snap stiff", "干净，蓬松均匀，一粒按扣略紧"),
            Text("Size tape printed in the style of 1975 to 1980", "尺码带的印法属1975至1980年"),
            Text("“Made in Korea” on the side tape", "侧标写着「Made in Korea」"),
        ),
        measurements={"shoulder": 400, "chest": 1060, "length": 640, "sleeve": 0, "hem": 1060},
        price=36000,
        weight=310,
        tags=("hand_washed",),
        collections=("indigo-at-work",),
        look=Garment(
            "vest",
            "quilted",
            "moss",
            "butter",
            4215,
            Cut(style="quilted", collar="none", closure="snaps", pockets="patch"),
            wear=0.15,
            focus="front",
        ),
        noun=Text("quilted moss vest", "苔绿绗缝背心"),
        close_up=Text("Diamond quilting and a blackened snap", "菱格绗线与一粒发黑的按扣"),
        faults=(
            Fault(
                Text("right armhole", "右袖窿"),
                Text("binding frayed over 1 cm", "滚边磨毛约1厘米"),
                5,
                "fray",
                "shoulder",
            ),
        ),
        store="shanghai",
    ),
)
