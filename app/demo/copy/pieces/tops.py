"""Four tops to pull on or button."""

from app.demo.copy.types import Evidence, Fault, Piece, Text
from app.demo.drawing.garment import Cut, Garment

TOPS: tuple[Piece, ...] = (
    Piece(
        sku="breton-top-1980s",
        title=Text("1980s Breton top with a boat neck", "80年代布列塔尼条纹衫 一字领"),
        story=Text(
            (
                "Knitted thick, as it was for sailors, with white stripes twice as wide as the "
                "blue. The neck was cut to come off quickly in the water. Ours has spent its "
                "life on a balcony in Quimper instead."
            ),
            (
                "像给水手穿的那样织得厚，白条的宽度是蓝条的两倍。领口开得阔，落水时好脱。这一件却"
                "一直待在坎佩尔的阳台上。"
            ),
        ),
        garment="top",
        era="1980s",
        origin="FR",
        brand="Marée Basse",
        material=Text("Cotton interlock", "纯棉双面布"),
        colour="white",
        grade="B",
        evidence=Evidence(
            Text("White gone ivory, one stain at the hem", "白条泛象牙色，下摆一处印渍"),
            Text("Label with a five-digit post code and no website", "织标有五位邮编，没有网址"),
            Text("“Tricoté en Bretagne” on the label", "织标写着「Tricoté en Bretagne」"),
        ),
        measurements={"shoulder": 430, "chest": 980, "length": 640, "sleeve": 560, "hem": 980},
        price=29000,
        weight=360,
        tags=("natural_fibre", "made_to_last"),
        collections=("indigo-at-work",),
        look=Garment(
            "tshirt",
            "breton",
            "cream",
            "mist",
            4234,
            Cut(style="breton", collar="boat", sleeve="long", trim="navy"),
            wear=0.2,
            focus="collar",
        ),
        noun=Text("Breton top", "布列塔尼条纹衫"),
        close_up=Text(
            "Boat neck and the plain band above the stripes", "一字领，条纹上方留白的一段"
        ),
        faults=(
            Fault(
                Text("front hem", "前下摆"),
                Text("faint tea-coloured mark, 2 cm", "淡茶色印，约2厘米"),
                5,
                "stain",
                "hem",
            ),
        ),
    ),
    Piece(
        sku="ringer-tshirt-1978",
        title=Text("1978 ringer T-shirt, mustard and brown", "1978年撞色领T恤 芥末黄与棕"),
        story=Text(
            (
                "From the staff box of a summer camp in Vermont, which is why there are three "
                "names inked in the neck. The cotton has gone thin in the way that cannot be "
                "bought new. No print, no slogan, two colours."
            ),
            (
                "出自佛蒙特一处夏令营的员工箱，所以领口里写着三个人的名字。棉布薄成了新货买不到的"
                "样子。没有印花，没有口号，只有两个颜色。"
            ),
        ),
        garment="top",
        era="1970s",
        year=1978,
        origin="US",
        brand="Camp Wendell",
        material=Text("Cotton jersey", "纯棉针织"),
        colour="yellow",
        grade="C",
        evidence=Evidence(
            Text(
                "Thin cloth, small holes, ink in the neck; priced for it",
                "布薄，有小洞，领内有墨迹，价格已体现",
            ),
            Text(
                "Camp roster of 1978 with two of the three names", "1978年营地名册上有其中两个名字"
            ),
            Text("“Made in U.S.A.” printed on the tape", "领条印着「Made in U.S.A.」"),
        ),
        measurements={"shoulder": 420, "chest": 940, "length": 650, "sleeve": 180, "hem": 920},
        price=18000,
        weight=150,
        tags=("natural_fibre", "handed_down"),
        collections=("autumn-in-brick",),
        look=Garment(
            "tshirt",
            "jersey",
            "mustard",
            "clay",
            4235,
            Cut(style="ringer", collar="crew", sleeve="short", trim="espresso"),
            wear=0.5,
            focus="collar",
        ),
        noun=Text("mustard ringer T-shirt", "芥末黄撞色领T恤"),
        close_up=Text("Brown rib at the neck, stretched a little", "棕色罗纹领，略有松弛"),
        faults=(
            Fault(
                Text("right shoulder", "右肩"),
                Text("three pinholes, the largest 2 mm", "三个小洞，大的约2毫米"),
                5,
                "hole",
                "shoulder",
            ),
            Fault(
                Text("hem", "下摆"), Text("seam open over 1 cm", "开线约1厘米"), 6, "tear", "hem"
            ),
        ),
    ),
    Piece(
        sku="linen-work-smock-1930s",
        title=Text("1930s linen work smock", "30年代亚麻工作罩衫"),
        story=Text(
            (
                "Heavy linen, woven and sewn on the same farm, with a band collar and a bib of "
                "tucks to give the arms room. It has been boiled with the sheets for ninety "
                "years and has the hand of very good paper. A collector’s piece, still wearable."
            ),
            (
                "厚亚麻，织与缝都在同一座农庄，立领，胸前打褶，给手臂留出余地。它跟床单一起煮洗了"
                "九十年，手感像一张很好的纸。适合收藏，也还能穿。"
            ),
        ),
        garment="top",
        era="1930s",
        origin="FR",
        brand="Ferme des Aulnes",
        material=Text("Hand-woven linen", "手织亚麻"),
        colour="beige",
        grade="D",
        evidence=Evidence(
            Text("Repaired in many places by at least two hands", "多处修补，出自至少两个人的手"),
            Text(
                "Initials and “1934” in red cross-stitch at the neck",
                "领口用红线十字绣着缩写与「1934」",
            ),
            Text(
                "Sold by the grandson, from the farm in the Perche", "由孙辈出让，来自佩尔什的农庄"
            ),
        ),
        measurements={"shoulder": 480, "chest": 1240, "length": 880, "sleeve": 560, "hem": 1280},
        price=96000,
        weight=690,
        tags=("repaired_by_hand", "undyed", "natural_fibre", "handed_down"),
        collections=("indigo-at-work", "drawer-by-the-window"),
        look=Garment(
            "shirt",
            "linen",
            "ecru",
            "wood",
            4236,
            Cut(style="smock", collar="band", pockets="none", length=1.12),
            wear=0.2,
            focus="collar",
        ),
        noun=Text("linen work smock", "亚麻工作罩衫"),
        close_up=Text("Band collar and hand-sewn tucks", "立领与手缝的褶"),
        faults=(
            Fault(
                Text("right shoulder", "右肩"),
                Text("linen patch, sewn with tiny overcast stitches", "亚麻补丁，针脚细密"),
                5,
                "patch",
                "shoulder",
                repaired=True,
            ),
            Fault(
                Text("front hem", "前下摆"),
                Text("rust spots from a nail, four of them", "钉子留下的四点锈迹"),
                6,
                "stain",
                "hem",
            ),
        ),
        year=1934,
    ),
    Piece(
        sku="silk-bow-blouse-1970s",
        title=Text("1970s silk blouse with a bow", "70年代真丝蝴蝶结衬衫 奶油白"),
        story=Text(
            (
                "Washed silk with the weight of cream. The bow ties or hangs, the cuffs take "
                "three covered buttons each. It was a Kyoto department-store purchase, worn to "
                "two weddings and folded into tissue between them."
            ),
            (
                "水洗真丝，垂坠得像奶油。领带可以系成蝴蝶结，也可以垂着，每只袖口三颗包扣。它购自"
                "京都的百货店，穿去过两场婚礼，中间一直包在薄纸里。"
            ),
        ),
        garment="top",
        era="1970s",
        origin="JP",
        brand="Orime",
        material=Text("Silk crêpe de Chine", "真丝双绉"),
        colour="white",
        grade="A",
        evidence=Evidence(
            Text("No pulls; one faint line at the fold", "没有勾丝，折叠处有一道浅线"),
            Text("Kyoto store box with a 1975 receipt", "随附京都百货店的盒子与1975年的收据"),
            Text("Silk mark in Japanese on the side seam", "侧缝有日文真丝标"),
        ),
        measurements={"shoulder": 400, "chest": 1000, "length": 640, "sleeve": 570, "hem": 980},
        price=56000,
        weight=160,
        tags=("natural_fibre", "hand_washed"),
        collections=("drawer-by-the-window",),
        look=Garment(
            "shirt",
            "silk",
            "cream",
            "clay",
            4237,
            Cut(style="blouse", collar="bow", pockets="none", trim="cream"),
            wear=0.0,
            focus="cuff",
        ),
        noun=Text("silk bow blouse", "真丝蝴蝶结衬衫"),
        close_up=Text("Cuff with three covered buttons", "袖口与三颗包扣"),
        faults=(
            Fault(
                Text("front", "前身"),
                Text("faint ivory line where it lay folded", "折叠处一道浅象牙色的线"),
                5,
                "fade",
                "front",
            ),
        ),
        year=1975,
        merchant="consignor",
        store="shanghai",
    ),
)
