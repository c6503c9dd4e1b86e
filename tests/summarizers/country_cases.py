"""Short stories of our own, with the countries that they are about and words that must not speak for a country."""

from __future__ import annotations

from typing import NamedTuple


class Case(NamedTuple):
    """`about` are the countries that the story is about, `never` those that it gives no sign of at all."""

    text: str
    about: str
    never: str = ""


ENGLISH = [
    # One word, a state or a country
    Case(
        "Georgia's governor signed the peach growers' relief bill in Atlanta on Monday. The law helps farms near Savannah.",
        "US",
        "GE",
    ),
    Case(
        "Georgia's parliament voted in Tbilisi to reopen the railway along the Black Sea. Georgian officials welcomed it.",
        "GE",
        "US",
    ),
    Case("Georgia Tech beat its rivals in overtime on Saturday, its coach said in Atlanta.", "US", "GE"),
    Case("Protesters filled the streets of Tbilisi as Georgia awaited the court's ruling.", "GE"),
    Case(
        "Washington state's apple growers expect a record harvest. Orchards near Spokane hired more pickers this year.",
        "US",
    ),
    Case("Washington and Hanoi agreed to lower duties on shrimp, Vietnam's trade ministry said.", "VN US"),
    # Persons
    Case(
        "Michael Jordan bought a larger share of the racing team. Jordan said he had loved cars since childhood.",
        "",
        "JO",
    ),
    Case("Amman hosted water talks as Jordan, short of rain, asked its neighbours for help.", "JO"),
    Case("Chad Whitfield, 34, pleaded guilty to stealing a church bell. Chad will be sentenced in May.", "", "TD"),
    Case(
        "Chad closed its eastern border after raiders from Sudan burned two villages, the government in N'Djamena said.",
        "TD SD",
    ),
    Case("Paris Hilton opened a bakery on Sunset Boulevard with a pink oven and a long queue.", "", "FR"),
    Case("Denzel Washington will play a lighthouse keeper in the film, the studio said.", "", ""),
    Case("Mr. Ireland, a baker, said the flood had ruined his oven.", "", "IE"),
    Case("Holland beat Denmark on penalties, and Dutch fans danced along the canals of Amsterdam.", "NL DK"),
    Case("Tom Holland hurt his ankle while filming a stunt, his agent said.", "", "NL"),
    # Things
    Case("Roast turkey recipes for a small oven: brush the bird with butter and rest it for an hour.", "", "TR"),
    Case("Turkey raised its key rate by two points, and the lira climbed. Ankara said inflation would fall.", "TR"),
    Case(
        "THANKSGIVING TURKEY PRICES RISE\nFarmers say the birds cost more to feed, so the roast will be dearer.",
        "",
        "TR",
    ),
    Case("The museum shows a tea set of fine china from the governor's house, each cup painted by hand.", "", "CN"),
    Case("China opened two more ports to foreign grain ships, the ministry in Beijing said.", "CN"),
    Case(
        "The recipe asks for lima beans, Brazil nuts and a Danish pastry, with French fries on the side.",
        "",
        "PE BR DK FR",
    ),
    Case("He needed Dutch courage before the speech, he said, and ate Swiss cheese after it.", "", "NL CH"),
    Case("The children's guinea pig escaped from the classroom during an Indian summer afternoon.", "", "GN IN"),
    Case("A German shepherd found the lost hiker beside the reservoir after two cold nights.", "", "DE"),
    Case("The American football season starts with two night games.", "", "US"),
    # Seas and papers
    Case("A storm over the South China Sea sank a cable ship. The Philippines sent two boats from Manila.", "PH", "CN"),
    Case("Fishermen from Japan met the coast guard in the East China Sea, Tokyo said.", "JP", "CN"),
    Case("A rig in the Gulf of Mexico caught fire. The Louisiana coast guard rescued forty workers.", "US", "MX"),
    Case("The Indian Ocean warmed faster than forecast, and Kenya expects heavier rains.", "KE", "IN"),
    Case("Peru will sell its state airline, the Washington Post reported, citing two ministers in Lima.", "PE", "US"),
    Case("Malaysia plans a second port, the Jakarta Post and the China Daily reported.", "MY", "ID CN"),
    # Names within names
    Case("Guinea-Bissau held a quiet election. Voters in Bissau queued from dawn.", "GW", "GN"),
    Case("Equatorial Guinea cut its oil forecast after a well near Malabo ran dry.", "GQ", "GN"),
    Case("Papua New Guinea's coffee growers asked Port Moresby for a road.", "PG", "GN"),
    Case("Guinea named a new mining minister, state radio in Conakry said.", "GN", "GW GQ PG"),
    Case("Nigeria moved its census to spring, officials in Abuja said.", "NG", "NE"),
    Case("Niger expelled two diplomats, and the junta in Niamey gave no reason.", "NE", "NG"),
    Case("Rebels in Congo took a town north of Goma, the government in Kinshasa said.", "CD", "CG"),
    Case("Congo's parliament in Brazzaville passed a forestry law.", "CG", "CD"),
    Case("South Sudan's president flew home to Juba for talks on the oil pipeline.", "SS", "SD"),
    Case("Korean shipbuilders won orders for nine tankers, the industry ministry in Seoul said.", "KR", "KP"),
    Case("Pyongyang fired a missile eastward, and North Korean radio praised the gunners.", "KP", "KR"),
    Case("New Mexico's chile growers lost a third of the crop to hail near Albuquerque.", "US", "MX CL"),
    Case("New England fishermen asked for a longer scallop season, a Boston paper said.", "US", "GB"),
    Case(
        "Taiwan's air force counted nine planes near the island, Taipei said. The Republic of China was founded in 1912.",
        "TW",
        "CN",
    ),
    # Towns with a namesake
    Case(
        "LEBANON, Ohio (AP) - A tornado tore the roof off the school in Lebanon, Ohio, and no one was hurt.", "US", "LB"
    ),
    Case("The rodeo in Paris, Texas, drew a record crowd.", "US", "FR"),
    Case("A steel mill in Birmingham, Alabama, will close in June.", "US", "GB"),
    Case("MOSCOW, Idaho - The university in Moscow, Idaho, found a rare fern on campus.", "US", "RU"),
    # Who acts and who is merely named
    Case(
        "TOKYO (Reuters) - Japan will lend trains to its islands for free, the transport ministry said on Friday.\n"
        "Japanese islands have lost half of their people. The plan follows one that Norway tried in the nineties.",
        "JP",
    ),
    Case(
        "Brazil and Argentina agreed to link their power grids.\nThe deal lets Brazilian dams feed Argentine cities in "
        "winter. Engineers from a firm in Zurich will draw the plans.",
        "BR AR",
    ),
    # Capitals of headlines
    Case("JOIN US FOR A NIGHT OF SONG\nThe choir of Aarhus invites all of Denmark to sing in the harbour.", "DK", "US"),
    Case("US AND JAPAN AGREE ON BEEF\nThe two sides met in Tokyo for three days, Japanese officials said.", "US JP"),
    Case("EGYPT SEES RECORD WHEAT CROP\nCairo will import less, the Egyptian supply ministry said.", "EG"),
    # Without capitals
    Case(
        "japan and south korea will share a satellite, officials in tokyo said. they told us more in may.",
        "JP KR",
        "US",
    ),
    Case("cold turkey sandwiches again, says my aunt, who will not polish the pans.", "", "TR PL"),
    # States that are no more
    Case("The Soviet Union ordered ten icebreakers, Tass said.", "RU"),
    Case("Zaire raised its copper price, a minister in Kinshasa said.", "CD"),
    Case("Burma freed forty fishermen held since spring. Rangoon gave no reason.", "MM"),
    # Metonyms and money
    Case("The Kremlin said it would answer within days. Russia has not named an envoy.", "RU"),
    Case("Downing Street refused to comment on the leak. British ministers meet on Thursday.", "GB"),
    Case("Sweden sold a bond of 40 million Swiss francs, the debt office in Stockholm said.", "SE", ""),
    Case("Native American tribes in Oregon won fishing rights on the river.", "US", "IN"),
    Case("Rohingya families crossed into Bangladesh after soldiers burned homes in Myanmar.", "BD MM"),
]

FOREIGN: dict[str, list[Case]] = {
    "de": [
        Case(
            "Deutschland und Frankreich bauen gemeinsam eine Brücke. Die Bundesregierung lobte die französischen Ingenieure.",
            "DE FR",
        ),
        Case("Polens Parlament hat in Warschau ein neues Wassergesetz verabschiedet.", "PL"),
        Case("Im Südchinesischen Meer kenterte ein Frachter, teilten die Philippinen mit.", "PH", "CN"),
        Case("Das Essen war kalt, der Zug voll, und niemand wusste, wann er ankommt.", ""),
    ],
    "fr": [
        Case("Le Japon et la Corée du Sud ont signé un accord de pêche, a annoncé Tokyo.", "JP KR"),
        Case("Les agriculteurs français ont bloqué une route près de Lyon.", "FR"),
        Case("La Côte d'Ivoire a relevé le prix du cacao, selon le ministère à Abidjan.", "CI"),
    ],
    "es": [
        Case("México y Guatemala abrirán un puente nuevo, dijo el gobierno mexicano.", "MX GT"),
        Case("El parlamento español aprobó la ley del agua en Madrid.", "ES"),
        Case("Los Países Bajos prestarán bombas a Perú tras las lluvias.", "NL PE"),
    ],
    "pt": [
        Case("O Brasil vai exportar mais milho, disse o ministro em Brasília.", "BR"),
        Case("A Alemanha e Moçambique assinaram um acordo sobre o porto.", "DE MZ"),
    ],
    "it": [
        Case("La Germania compra arance italiane: l'Italia ne vende il doppio.", "DE IT"),
        Case("La Svizzera chiude un valico alpino per la neve.", "CH"),
    ],
    "nl": [
        Case("Nederland en België verdiepen samen een kanaal, aldus de Nederlandse minister.", "NL BE"),
        Case("Zweden verkoopt twee schepen aan Finland.", "SE FI"),
    ],
    "sv": [
        Case("Sveriges regering vill bygga en tunnel till Danmark.", "SE DK"),
        Case("Norska fiskare fick nya kvoter, meddelade Norge.", "NO"),
    ],
    "pl": [
        Case("Polska i Niemcy zbudują wspólny most, ogłosił rząd w Warszawie.", "PL DE"),
        Case("Władze Japonii zamknęły port po sztormie.", "JP"),
        Case("W Stanach Zjednoczonych spadł śnieg, podały amerykańskie służby.", "US"),
    ],
    "cs": [
        Case("Česká vláda koupí vlaky z Rakouska.", "CZ AT"),
        Case("V Japonsku otevřeli nový tunel pod mořem.", "JP"),
    ],
    "ru": [
        Case("Россия и Китай договорились о новом мосте. В Кремле назвали сделку важной.", "RU CN"),
        Case("Японские учёные нашли редкий мох, сообщили в Токио.", "JP"),
        Case("В Южно-Китайском море затонуло судно, сообщили власти Филиппин.", "PH", "CN"),
        Case("Власти Южной Кореи закрыли порт.", "KR", "KP"),
    ],
    "uk": [
        Case("Україна та Польща домовилися про нову залізницю, повідомили в Києві.", "UA PL"),
        Case("Уряд Німеччини підтримав фермерів.", "DE"),
    ],
    "tr": [
        Case("Türkiye ile Yunanistan ortak bir fener yapacak, Ankara açıkladı.", "TR GR"),
        Case("Japonya'nın kuzeyinde kar yağdı.", "JP"),
    ],
    "el": [
        Case("Η Ελλάδα και η Ιταλία θα χτίσουν κοινό φάρο.", "GR IT"),
        Case("Η κυβέρνηση της Ιαπωνίας έκλεισε το λιμάνι.", "JP"),
    ],
    "ar": [
        Case("أعلنت مصر والسعودية بناء جسر جديد فوق البحر.", "EG SA"),
        Case("قالت الحكومة اليابانية إن الميناء سيغلق في طوكيو.", "JP"),
        Case("وصل الوفد إلى باريس للقاء وزير فرنسي، وقالت فرنسا إنها راضية.", "FR"),
    ],
    "he": [
        Case("ישראל וירדן יבנו צינור מים משותף.", "IL JO"),
        Case("ממשלת יפן סגרה את הנמל בטוקיו.", "JP"),
    ],
    "hi": [
        Case("भारत और नेपाल मिलकर नया पुल बनाएंगे।", "IN NP"),
        Case("जापान की सरकार ने बंदरगाह बंद किया।", "JP"),
    ],
    "zh": [
        Case("日本政府周一宣布关闭北部一座港口。东京表示风暴将持续三天。", "JP"),
        Case("中美两国代表在日内瓦会谈，讨论关税问题。", "CN US"),
        Case("台灣與菲律賓簽署漁業協議，台北表示歡迎。", "TW PH"),
        Case("印度洋水温升高，肯尼亚预计降雨增多。", "KE", "IN"),
    ],
    "ja": [
        Case("日本とオーストラリアは新しい航路で合意した。東京で署名式があった。", "JP AU"),
        Case("スタイルとタイトルを変えた雑誌が、書店で人気を集めている。", "", "TH"),
        Case("東シナ海で貨物船が沈没したと韓国の海洋警察が発表した。", "KR", "CN"),
    ],
    "ko": [
        Case("한국과 일본은 새 여객선 항로에 합의했다고 서울에서 밝혔다.", "KR JP"),
        Case("정부는 인도적 지원을 늘리기로 했다.", "", "IN"),
        Case("독일은 새 철도를 개통했다.", "DE"),
    ],
}
