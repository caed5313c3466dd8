"""Three skirts."""

from app.demo.copy.types import Evidence, Fault, Piece, Text
from app.demo.drawing.garment import Cut, Garment

SKIRTS: tuple[Piece, ...] = (
    Piece(
        sku="houndstooth-skirt-1960s",
        title=Text("1960s A-line skirt in houndstooth", "60年代A字裙 千鸟格"),
        story=Text(
            (
                "Small brown-and-cream checks, a plain waistband and a line as clear as a pencil "
                "stroke. Fully lined, with a kick pleat that nobody sees until you walk "
                "upstairs. From a translator in Brussels who kept a skirt per language."
            ),
            (
                "棕与奶油的小格，素净的腰头，线条像一笔铅笔画。全里衬，后面一道暗褶，上楼时才看得"
                "见。来自布鲁塞尔一位译者，她每种语言配一条裙子。"
            ),
        ),
        garment="skirt",
        era="1960s",
        origin="BE",
        brand="Studio Verhaegen",
        material=Text("Wool, acetate lining", "羊毛，醋酸里衬"),
        colour="brown",
        grade="A",
        evidence=Evidence(
            Text("Cloth firm, lining whole, hook re-sewn", "面料挺括，里衬完整，搭扣重钉过"),
            Text("Metal side zip and a label used until 1969", "金属侧拉链，织标用到1969年"),
            Text("Brussels address on the label", "织标有布鲁塞尔的地址"),
        ),
        measurements={"waist": 680, "hip": 960, "length": 580},
        price=36000,
        weight=420,
        tags=("natural_fibre", "made_to_last"),
        collections=("autumn-in-brick",),
        look=Garment(
            "skirt",
            "houndstooth",
            "espresso",
            "butter",
            4256,
            Cut(style="aline", trim="cream"),
            wear=0.05,
            focus="waist",
        ),
        noun=Text("houndstooth A-line skirt", "千鸟格A字裙"),
        close_up=Text("Waistband and dart, checks kept in line", "腰头与省道，格子对得整齐"),
        faults=(
            Fault(
                Text("waistband", "腰头"),
                Text("hook re-sewn by us", "搭扣由我们重新钉牢"),
                5,
                "darn",
                "waist",
                repaired=True,
            ),
        ),
        store="shanghai",
    ),
    Piece(
        sku="tartan-kilt-1960s",
        title=Text("1960s wool kilt in a red tartan", "60年代苏格兰格裙 红格"),
        story=Text(
            (
                "Knife pleats set to the sett, two leather straps and a pin that has always been "
                "a little too heavy for it. Someone’s school kilt, grown out of by spring. The "
                "pleats are sharp because they were basted for the move and we have only now "
                "taken the thread out."
            ),
            (
                "顺风褶按格子的节奏排布，两条皮扣带，一枚略嫌沉的别针。是谁的校裙，开春就穿不下"
                "了。褶子这样挺，是因为搬家时粗缝固定过，我们刚刚才把线拆掉。"
            ),
        ),
        garment="skirt",
        era="1960s",
        origin="GB",
        brand="Ardnish Woollens",
        material=Text("Worsted wool", "精纺羊毛"),
        colour="red",
        grade="B",
        evidence=Evidence(
            Text("One strap worn, needle marks along the pleats", "一条皮带磨旧，褶上有粗缝的针眼"),
            Text(
                "School outfitter’s name tape and a 1966 laundry mark",
                "有校服商的名带与1966年的洗衣标记",
            ),
            Text("“Woven in Scotland” on the label", "织标写着「Woven in Scotland」"),
        ),
        measurements={"waist": 660, "hip": 940, "length": 540},
        price=45000,
        compare_at=52000,
        weight=640,
        tags=("natural_fibre", "handed_down"),
        collections=("autumn-in-brick",),
        look=Garment(
            "skirt",
            "tartan",
            "brick",
            "stone",
            4257,
            Cut(style="kilt", trim="espresso"),
            wear=0.1,
            focus="waist",
        ),
        noun=Text("red tartan kilt", "红格苏格兰裙"),
        close_up=Text("Leather strap and buckle at the waist of the kilt", "格裙腰侧的皮带与扣"),
        faults=(
            Fault(
                Text("waist strap", "腰侧皮带"),
                Text("leather cracked at the second hole", "第二个扣眼处皮面开裂"),
                5,
                "crack",
                "waist",
            ),
        ),
        year=1966,
    ),
    Piece(
        sku="denim-button-skirt-1970s",
        title=Text("1970s denim skirt, buttoned through", "70年代前排扣牛仔裙"),
        story=Text(
            (
                "Made from what had been jeans, by someone who knew how: the old side seams are "
                "now the front, and they show as two dark lines. Seven brass buttons, the bottom "
                "one always left open by its owner and therefore still bright."
            ),
            (
                "由牛仔裤改成，改的人手上有功夫：原来的侧缝成了前片，留下两道深线。七颗铜扣，底下"
                "那颗前主人总不扣，所以还亮着。"
            ),
        ),
        garment="skirt",
        era="1970s",
        origin="US",
        brand="Pinyon Supply Co.",
        material=Text("Cotton denim", "纯棉丹宁"),
        colour="blue",
        grade="C",
        evidence=Evidence(
            Text(
                "Remade by hand, raw hem, fading; priced for it", "手工改制，毛边，褪色，价格已体现"
            ),
            Text("Parent jeans carry a label of 1971", "原裤的织标属1971年"),
            Text("“Made in U.S.A.” on the remaining tab", "残留的标签写着「Made in U.S.A.」"),
        ),
        measurements={"waist": 720, "hip": 980, "length": 620},
        price=28000,
        weight=520,
        tags=("repaired_by_hand", "natural_fibre"),
        collections=("indigo-at-work",),
        look=Garment(
            "skirt",
            "denim",
            "washed",
            "rose",
            4258,
            Cut(style="denim", closure="buttons", trim="camel", pockets="patch"),
            wear=0.6,
            focus="button",
        ),
        noun=Text("buttoned denim skirt", "前排扣牛仔裙"),
        close_up=Text("Brass button and topstitching on washed denim", "水洗丹宁上的铜扣与明线"),
        faults=(
            Fault(
                Text("hem", "裙摆"),
                Text("left raw, frayed about 1 cm", "毛边，散开约1厘米"),
                5,
                "fray",
                "hem",
            ),
            Fault(
                Text("right pocket", "右口袋"),
                Text("bleach spot of 5 mm", "5毫米漂白点"),
                6,
                "fade",
                "pocket",
            ),
        ),
    ),
)
