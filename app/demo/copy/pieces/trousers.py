"""Five pairs of trousers."""

from app.demo.copy.types import Evidence, Fault, Piece, Text
from app.demo.drawing.garment import Cut, Garment

TROUSERS: tuple[Piece, ...] = (
    Piece(
        sku="bottle-cord-flares-1970s",
        title=Text("1970s flared corduroys in bottle green", "70年代喇叭灯芯绒长裤 瓶绿"),
        story=Text(
            (
                "Narrow to the knee, then generous. The corduroy has kept its pile except where "
                "a hand goes into a pocket, and the hem was let down by a former owner, so there "
                "is length to play with. Turin, by way of a bookshop owner who wore them every "
                "Saturday."
            ),
            (
                "膝上收窄，膝下放开。绒条还饱满，只有常插手的袋口磨短了些；前主人把裤脚放长过，长"
                "度有余量。来自都灵一位书店老板，他每个星期六都穿。"
            ),
        ),
        garment="trousers",
        era="1970s",
        origin="IT",
        brand="Sartoria Velluti",
        material=Text("Cotton corduroy", "纯棉灯芯绒"),
        colour="green",
        grade="A",
        evidence=Evidence(
            Text("Pile good, old hem line faintly visible", "绒面良好，旧裤脚线隐约可见"),
            Text("Zip with a round pull, sold until 1978", "圆拉头拉链，售至1978年"),
            Text("“Confezionato in Italia” on the waistband", "腰头写着「Confezionato in Italia」"),
        ),
        measurements={
            "waist": 740,
            "hip": 940,
            "rise": 270,
            "inseam": 800,
            "cuff": 520,
            "thigh": 560,
        },
        price=42000,
        weight=620,
        tags=("natural_fibre", "hand_washed"),
        collections=("autumn-in-brick",),
        look=Garment(
            "trousers",
            "corduroy",
            "bottle",
            "sage",
            4251,
            Cut(style="flare", pockets="slant"),
            wear=0.2,
            focus="waist",
        ),
        noun=Text("bottle-green flares", "瓶绿喇叭长裤"),
        close_up=Text(
            "Waistband and slanted pocket, the wales running in two directions",
            "腰头与斜插袋，绒条走向相错",
        ),
        faults=(
            Fault(
                Text("both hems", "两侧裤脚"),
                Text("line of the old hem, 3 cm up", "旧折边线，距裤脚3厘米"),
                5,
                "fade",
                "hem",
            ),
        ),
    ),
    Piece(
        sku="herringbone-trousers-1940s",
        title=Text("1940s herringbone wool trousers", "40年代人字呢长裤 炭灰"),
        story=Text(
            (
                "Pleated, high, with a fishtail back and buttons for braces. Demob cloth, they "
                "called it, and then they wore it for thirty years. We took the waist in by "
                "nothing and the story at its word."
            ),
            (
                "高腰，打褶，鱼尾后腰，留着背带扣。这种料子当年叫复员呢，结果一穿就是三十年。腰身"
                "我们一点没改，故事也照单全收。"
            ),
        ),
        garment="trousers",
        era="1940s",
        origin="GB",
        brand="Corrie & Lund",
        material=Text("Wool herringbone", "羊毛人字呢"),
        colour="grey",
        grade="B",
        evidence=Evidence(
            Text("Seat slightly shiny, one brace button new", "臀部略有磨光，一颗背带扣是新的"),
            Text(
                "Utility mark inside the waistband, 1942 to 1952",
                "腰头内有配给时期的标记，1942至1952年",
            ),
            Text("Tailor’s ticket from Leeds in the pocket", "口袋里有利兹裁缝铺的票签"),
        ),
        measurements={
            "waist": 780,
            "hip": 1040,
            "rise": 340,
            "inseam": 760,
            "cuff": 460,
            "thigh": 640,
        },
        price=72000,
        weight=740,
        tags=("natural_fibre", "made_to_last"),
        collections=("autumn-in-brick",),
        look=Garment(
            "trousers",
            "herringbone",
            "charcoal",
            "clay",
            4252,
            Cut(style="wide", pockets="slant", trim="ink"),
            wear=0.15,
            focus="waist",
        ),
        noun=Text("herringbone trousers", "人字呢长裤"),
        close_up=Text("Double pleats under the waistband", "腰头下的双褶"),
        faults=(
            Fault(
                Text("waistband", "腰头"),
                Text("one brace button replaced in horn", "一颗背带扣换成了牛角扣"),
                5,
                "missing",
                "waist",
                repaired=True,
            ),
            Fault(
                Text("right knee", "右膝"),
                Text("small reweave, 4 mm", "4毫米织补"),
                6,
                "darn",
                "knee",
                repaired=True,
            ),
        ),
        store="shanghai",
    ),
    Piece(
        sku="selvedge-jeans-1990s",
        title=Text("1990s selvedge jeans, Okayama", "90年代赤耳牛仔裤 冈山"),
        story=Text(
            (
                "Shuttle-loom denim from the years when Okayama taught itself to weave it again. "
                "One owner, a potter, so the thighs are pale and the knees have kiln dust in "
                "their memory. Chain-stitched hem, roped as it should be."
            ),
            (
                "梭织机丹宁，正是冈山人把这门手艺重新学回来的那几年。前主人只有一位，是陶艺师，所"
                "以大腿处发白，膝盖记得窑灰。裤脚是链式缝，起了漂亮的绳纹。"
            ),
        ),
        garment="trousers",
        era="1990s",
        origin="JP",
        brand="Kogane Denim Works",
        material=Text("Selvedge cotton denim, 15 oz", "15盎司纯棉赤耳丹宁"),
        colour="blue",
        grade="B",
        evidence=Evidence(
            Text("Strong fading, one repaired pocket corner", "褪色明显，一处袋角补过"),
            Text("Lot stamp on the pocket bag, 1996", "袋布盖有1996年的批次印"),
            Text("Leather patch of an Okayama mill", "皮牌出自冈山一家织厂"),
        ),
        measurements={
            "waist": 800,
            "hip": 1020,
            "rise": 300,
            "inseam": 780,
            "cuff": 400,
            "thigh": 600,
        },
        price=69000,
        weight=880,
        tags=("natural_fibre", "made_to_last", "repaired_by_hand"),
        collections=("indigo-at-work",),
        look=Garment(
            "jeans",
            "denim",
            "indigo",
            "oat",
            4253,
            Cut(style="straight", trim="camel"),
            wear=0.6,
            focus="pocket",
        ),
        noun=Text("selvedge jeans", "赤耳牛仔裤"),
        close_up=Text("Coin pocket, copper rivets and fade lines", "表袋、铜铆钉与褪色的猫须"),
        faults=(
            Fault(
                Text("right back pocket", "右后袋"),
                Text("corner reinforced with a bar of indigo thread", "袋角用靛蓝线打枣加固"),
                5,
                "darn",
                "back",
                repaired=True,
            ),
            Fault(
                Text("left knee", "左膝"),
                Text("threads thin, not open", "经线变薄，未破"),
                6,
                "fade",
                "knee",
            ),
        ),
        year=1996,
    ),
    Piece(
        sku="painter-trousers-1970s",
        title=Text("1970s painter’s trousers in ecru", "70年代油漆工长裤 本色"),
        story=Text(
            (
                "Double knees, a hammer loop, and a rule pocket on the right leg. Somebody "
                "painted a whole staircase blue in these and then, by the look of it, a small "
                "fence in white. The cloth underneath is thick and clean."
            ),
            (
                "双层膝，锤环，右腿一个尺袋。看样子有人穿着它漆过一整道蓝楼梯，后来又漆了一小段白"
                "篱笆。漆点下面的布厚实干净。"
            ),
        ),
        garment="trousers",
        era="1970s",
        origin="US",
        brand="Brightwater Mills",
        material=Text("Cotton drill, undyed", "本色纯棉斜纹厚布"),
        colour="beige",
        grade="C",
        evidence=Evidence(
            Text(
                "Paint throughout, one open stitch line; part of the look",
                "布满漆点，一处断线；正是它的样子",
            ),
            Text("Union ticket of 1972 to 1976 in the pocket", "口袋里的工会票签属1972至1976年"),
            Text("“Made in U.S.A.” on the band", "腰头写着「Made in U.S.A.」"),
        ),
        measurements={
            "waist": 840,
            "hip": 1080,
            "rise": 310,
            "inseam": 760,
            "cuff": 440,
            "thigh": 640,
        },
        price=34000,
        weight=760,
        tags=("union_made", "undyed", "natural_fibre", "made_to_last"),
        collections=("indigo-at-work",),
        look=Garment(
            "trousers",
            "canvas",
            "ecru",
            "slate",
            4254,
            Cut(style="painter", pockets="work", trim="sand"),
            wear=0.35,
            focus="pocket",
        ),
        noun=Text("ecru painter’s trousers", "本色油漆工长裤"),
        close_up=Text("Rule pocket and hammer loop in heavy drill", "厚斜纹布上的尺袋与锤环"),
        faults=(
            Fault(
                Text("left thigh", "左大腿"),
                Text("blue paint, a dozen spots", "蓝漆十余点"),
                5,
                "stain",
                "knee",
            ),
            Fault(
                Text("hammer loop", "锤环"),
                Text("stitching open at one end", "一端开线"),
                6,
                "tear",
                "pocket",
            ),
        ),
    ),
    Piece(
        sku="oat-linen-trousers-1980s",
        title=Text("1980s wide linen trousers in oat", "80年代阔腿亚麻长裤 燕麦色"),
        story=Text(
            (
                "Two pleats, a deep hem and a linen that creases once in the morning and then "
                "stays as it is. They came from an architect’s summer house on Lake Orta and "
                "were worn with rope-soled shoes, as far as the photographs show."
            ),
            (
                "双褶，宽折边，亚麻早上起一次皱，之后就那样了。它来自奥尔塔湖边一位建筑师的夏屋，"
                "从照片看，配的是麻底鞋。"
            ),
        ),
        garment="trousers",
        era="1980s",
        origin="IT",
        brand="Casa Albera",
        material=Text("Linen", "亚麻"),
        colour="beige",
        grade="A",
        evidence=Evidence(
            Text("Clean, hems even, one faint mark", "干净，裤脚齐整，一处浅印"),
            Text("Care label with five symbols, in use from 1982", "洗标有五个符号，1982年起采用"),
            Text("“Tessuto italiano” on the label", "织标写着「Tessuto italiano」"),
        ),
        measurements={
            "waist": 720,
            "hip": 1020,
            "rise": 310,
            "inseam": 740,
            "cuff": 500,
            "thigh": 660,
        },
        price=46000,
        weight=420,
        tags=("natural_fibre", "hand_washed", "undyed"),
        collections=("drawer-by-the-window",),
        look=Garment(
            "trousers",
            "linen",
            "oat",
            "rose",
            4255,
            Cut(style="wide", pockets="slant"),
            wear=0.1,
            focus="waist",
        ),
        noun=Text("oat linen trousers", "燕麦色亚麻长裤"),
        close_up=Text("Pleats and a self-covered button in creased linen", "亚麻褶裥与一颗包扣"),
        faults=(
            Fault(
                Text("right hem", "右裤脚"),
                Text("faint grass mark, 1 cm", "浅草渍，约1厘米"),
                5,
                "stain",
                "hem",
            ),
        ),
        store="shanghai",
    ),
)
