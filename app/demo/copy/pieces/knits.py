"""Five things knitted, by machine and by hand."""

from app.demo.copy.types import Evidence, Fault, Piece, Text
from app.demo.drawing.garment import Cut, Garment

KNITS: tuple[Piece, ...] = (
    Piece(
        sku="aran-sweater-1960s",
        title=Text("1960s hand-knitted Aran sweater", "60年代手织阿兰毛衣 本白"),
        story=Text(
            (
                "Cables, honeycomb and a narrow column of moss stitch, knitted in unscoured wool "
                "that still keeps off a drizzle. The knitter ran out of yarn at the second cuff "
                "and finished it from another sheep, half a shade greyer. We think it is the "
                "nicest part."
            ),
            (
                "绞花、蜂巢纹，夹一道窄窄的桂花针，毛线没有脱脂，至今挡得住毛毛雨。织到第二只袖口"
                "时线不够了，换了另一只羊的毛，灰了半度。我们偏爱的正是这里。"
            ),
        ),
        garment="top",
        era="1960s",
        origin="IE",
        brand="Inishcarra Knitters",
        material=Text("Undyed wool in the grease", "未染色、未脱脂的羊毛"),
        colour="white",
        grade="A",
        evidence=Evidence(
            Text(
                "No holes; one cuff of a different wool, as knitted",
                "没有破洞；一只袖口用了不同的毛线，织时如此",
            ),
            Text(
                "Letter from the knitter’s niece, and seams sewn by hand",
                "有织者侄女的来信为证，接缝全是手缝",
            ),
            Text("Cooperative label from County Galway", "戈尔韦郡合作社的织标"),
        ),
        measurements={"shoulder": 450, "chest": 1080, "length": 660, "sleeve": 590, "hem": 960},
        price=98000,
        weight=1120,
        tags=("hand_knitted", "undyed", "natural_fibre", "made_to_last"),
        collections=("autumn-in-brick",),
        look=Garment(
            "knit", "cable", "cream", "sage", 4221, Cut(collar="crew"), wear=0.1, focus="front"
        ),
        noun=Text("cream Aran sweater", "本白阿兰毛衣"),
        close_up=Text("Cables crossing beside a column of moss stitch", "绞花交错，旁边一道桂花针"),
        faults=(
            Fault(
                Text("left cuff", "左袖口"),
                Text("knitted from a greyer wool", "所用毛线偏灰半度"),
                5,
                "fade",
                "cuff",
            ),
        ),
        merchant="consignor",
    ),
    Piece(
        sku="fair-isle-vest-1980s",
        title=Text("1980s Fair Isle vest", "80年代费尔岛提花背心"),
        story=Text(
            (
                "Seven colours, never more than two in a row, as the rule goes. The yarn is "
                "Shetland and the waist is short, made for trousers that sat higher than ours do "
                "now. Worn over a white shirt it does all the talking."
            ),
            (
                "七种颜色，每一行不超过两色，这是老规矩。用的是设得兰羊毛，腰身偏短，配的是那时候"
                "更高的裤腰。套在白衬衫外面，话就都让它说了。"
            ),
        ),
        garment="top",
        era="1980s",
        origin="GB",
        brand="Ardnish Woollens",
        material=Text("Shetland wool", "设得兰羊毛"),
        colour="brown",
        grade="B",
        evidence=Evidence(
            Text("One mend and light pilling, both shown", "一处织补，轻微起球，均有照片"),
            Text(
                "Woven label with the mill’s telephone number, changed in 1988",
                "织标上的工坊电话1988年后换过号",
            ),
            Text("“Hand framed in Shetland” on the label", "织标写着「Hand framed in Shetland」"),
        ),
        measurements={"shoulder": 380, "chest": 960, "length": 540, "sleeve": 0, "hem": 840},
        price=46000,
        weight=320,
        tags=("natural_fibre", "repaired_by_hand"),
        collections=("autumn-in-brick",),
        look=Garment(
            "vest",
            "fairisle",
            "chestnut",
            "oat",
            4222,
            Cut(style="knit", collar="vee"),
            wear=0.15,
            focus="front",
        ),
        noun=Text("Fair Isle vest", "费尔岛提花背心"),
        close_up=Text("Bands of small diamonds in seven colours", "七色小菱形，一带接一带"),
        faults=(
            Fault(
                Text("front, left", "左前身"),
                Text("moth hole re-knitted in matching wool", "虫洞，已用同色毛线补织"),
                5,
                "darn",
                "front",
                repaired=True,
            ),
            Fault(
                Text("under the arms", "腋下"),
                Text("light pilling", "轻微起球"),
                6,
                "pilling",
                "elbow",
            ),
        ),
        merchant="consignor",
        store="shanghai",
    ),
    Piece(
        sku="rust-rollneck-1970s",
        title=Text("1970s ribbed rollneck in rust", "70年代罗纹高领毛衣 铁锈红"),
        story=Text(
            (
                "A long, close rib that stretches a size in each direction and returns. The "
                "collar folds twice and sits where a scarf would. It was a winter-sports "
                "souvenir from Nagano and has hardly seen snow."
            ),
            (
                "细长的罗纹，能往两头各撑一个尺码，再缩回来。领子折两折，正好是围巾的位置。它是从"
                "长野带回来的冬季纪念品，却没怎么见过雪。"
            ),
        ),
        garment="top",
        era="1970s",
        origin="JP",
        brand="Orime Knit",
        material=Text("Lambswool with nylon", "羊羔毛混尼龙"),
        colour="red",
        grade="A",
        evidence=Evidence(
            Text("Rib firm, colour even, one pulled loop", "罗纹有弹性，颜色均匀，一处抽线"),
            Text("Quality mark of the type used in the mid 1970s", "品质标的样式属70年代中期"),
            Text("Japanese care label, Nagano retailer", "日文洗标，长野的商店标"),
        ),
        measurements={"shoulder": 380, "chest": 880, "length": 640, "sleeve": 620, "hem": 820},
        price=38000,
        weight=430,
        tags=("hand_washed", "natural_fibre"),
        collections=("autumn-in-brick",),
        look=Garment(
            "knit", "rib", "rust", "mist", 4223, Cut(collar="turtle"), wear=0.05, focus="collar"
        ),
        noun=Text("rust rollneck", "铁锈红高领毛衣"),
        close_up=Text(
            "The collar folded twice, ribs opening over the fold",
            "领子折了两折，罗纹在折边处微微撑开",
        ),
        faults=(
            Fault(
                Text("right side", "右侧"),
                Text("one pulled loop, worked back in", "一处抽线，已理回"),
                5,
                "pull",
                "front",
                repaired=True,
            ),
        ),
    ),
    Piece(
        sku="sage-cashmere-cardigan-1980s",
        title=Text("1980s Scottish cashmere cardigan in sage", "80年代苏格兰羊绒开衫 鼠尾草绿"),
        story=Text(
            (
                "Two-ply cashmere knitted before everything was made lighter. Eight shell "
                "buttons, a ribbed front band and pockets deep enough for hands. Its owner wore "
                "it to teach botany for twenty years and it has kept its shape better than most "
                "of us."
            ),
            (
                "双股羊绒，那时候还没有什么都往轻里做。八颗贝母扣，罗纹门襟，口袋深得放得下手。原"
                "主穿着它教了二十年植物学，身形保持得比我们多数人都好。"
            ),
        ),
        garment="top",
        era="1980s",
        origin="GB",
        brand="Ardnish Woollens",
        material=Text("Two-ply cashmere", "双股羊绒"),
        colour="green",
        grade="B",
        evidence=Evidence(
            Text("Soft pilling and one mended elbow", "轻微起球，一侧手肘补过"),
            Text("Label layout of 1983 to 1989", "织标版式属1983至1989年"),
            Text("“Made in Scotland” on the label", "织标写着「Made in Scotland」"),
        ),
        measurements={"shoulder": 410, "chest": 1000, "length": 640, "sleeve": 580, "hem": 920},
        price=78000,
        weight=420,
        tags=("natural_fibre", "repaired_by_hand", "hand_washed"),
        collections=("drawer-by-the-window", "autumn-in-brick"),
        look=Garment(
            "knit",
            "jersey",
            "sage",
            "rose",
            4224,
            Cut(collar="vee", closure="buttons", pockets="patch", trim="cream"),
            wear=0.1,
            focus="button",
        ),
        noun=Text("sage cashmere cardigan", "鼠尾草绿羊绒开衫"),
        close_up=Text("Shell buttons on the ribbed front band", "罗纹门襟上的贝母扣"),
        faults=(
            Fault(
                Text("left elbow", "左肘"),
                Text("thin patch darned in cashmere of the same green", "薄处用同色羊绒线织补"),
                5,
                "darn",
                "elbow",
                repaired=True,
            ),
            Fault(
                Text("right pocket", "右口袋"),
                Text("pilling where the hand goes in", "手进出处起球"),
                6,
                "pilling",
                "pocket",
            ),
        ),
        merchant="consignor",
    ),
    Piece(
        sku="navy-guernsey-1970s",
        title=Text("1970s fisherman’s guernsey in navy", "70年代渔夫根西毛衣 藏青"),
        story=Text(
            (
                "Front and back are the same, so that the elbows wear evenly and you can dress "
                "in the dark. Knitted tight, square at the shoulder, with a short slit at each "
                "side of the hem for bending over nets, or a bicycle."
            ),
            (
                "前后一样，这样两只手肘磨得均匀，摸黑也能穿对。织得紧，肩线平直，下摆两侧各开一道"
                "短衩，方便弯腰收网，骑车也合适。"
            ),
        ),
        garment="top",
        era="1970s",
        origin="GB",
        brand="Harbour Row",
        material=Text("Worsted wool, five-ply", "五股精纺羊毛"),
        colour="blue",
        grade="B",
        evidence=Evidence(
            Text("Cuffs re-knitted, one thin spot", "袖口重织过，一处偏薄"),
            Text("Seller’s own photograph in it, dated 1977", "有卖家本人穿着它的照片，摄于1977年"),
            Text("Cloth label from the island", "布标来自根西岛"),
        ),
        measurements={"shoulder": 440, "chest": 1020, "length": 650, "sleeve": 580, "hem": 1000},
        price=49000,
        weight=780,
        tags=("made_to_last", "repaired_by_hand", "natural_fibre"),
        collections=("indigo-at-work",),
        look=Garment(
            "knit",
            "jersey",
            "navy",
            "stone",
            4225,
            Cut(collar="crew", style="guernsey"),
            wear=0.25,
            focus="shoulder",
        ),
        noun=Text("navy guernsey", "藏青根西毛衣"),
        close_up=Text("Rope pattern along the shoulder of the guernsey", "根西毛衣肩部的绳纹"),
        faults=(
            Fault(
                Text("both cuffs", "两只袖口"),
                Text("re-knitted in newer, darker wool", "用较新的深色毛线重新织过"),
                5,
                "darn",
                "cuff",
                repaired=True,
            ),
        ),
        year=1977,
        store="shanghai",
    ),
)
