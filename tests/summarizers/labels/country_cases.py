"""Short stories of our own, with the countries that they are about and countries that they give no evidence for."""

from __future__ import annotations

from typing import NamedTuple


class CountryCase(NamedTuple):
    """A story with the codes it is `about`, and those that must `never` be found in it."""

    text: str
    about: str
    never: str = ""


ENGLISH = [
    # One word, a state or a country
    CountryCase(
        "Georgia's governor signed the peach growers' relief bill in Atlanta on Monday. The law helps farms near Savannah.",
        "US",
        "GE",
    ),
    CountryCase(
        "Georgia's parliament voted in Tbilisi to reopen the railway along the Black Sea. Georgian officials welcomed it.",
        "GE",
        "US",
    ),
    CountryCase("Georgia Tech beat its rivals in overtime on Saturday, its coach said in Atlanta.", "US", "GE"),
    CountryCase("Protesters filled the streets of Tbilisi as Georgia awaited the court's ruling.", "GE"),
    CountryCase(
        "Washington state's apple growers expect a record harvest. Orchards near Spokane hired more pickers this year.",
        "US",
    ),
    CountryCase("Washington and Hanoi agreed to lower duties on shrimp, Vietnam's trade ministry said.", "VN US"),
    # Persons
    CountryCase(
        "Michael Jordan bought a larger share of the racing team. Jordan said he had loved cars since childhood.",
        "",
        "JO",
    ),
    CountryCase("Amman hosted water talks as Jordan, short of rain, asked its neighbours for help.", "JO"),
    CountryCase(
        "Chad Whitfield, 34, pleaded guilty to stealing a church bell. Chad will be sentenced in May.", "", "TD"
    ),
    CountryCase(
        "Chad closed its eastern border after raiders from Sudan burned two villages, the government in N'Djamena said.",
        "TD SD",
    ),
    CountryCase("Paris Hilton opened a bakery on Sunset Boulevard with a pink oven and a long queue.", "", "FR"),
    CountryCase("Denzel Washington will play a lighthouse keeper in the film, the studio said.", "", ""),
    CountryCase("Mr. Ireland, a baker, said the flood had ruined his oven.", "", "IE"),
    CountryCase("Holland beat Denmark on penalties, and Dutch fans danced along the canals of Amsterdam.", "NL DK"),
    CountryCase("Tom Holland hurt his ankle while filming a stunt, his agent said.", "", "NL"),
    # Things
    CountryCase("Roast turkey recipes for a small oven: brush the bird with butter and rest it for an hour.", "", "TR"),
    CountryCase(
        "Turkey raised its key rate by two points, and the lira climbed. Ankara said inflation would fall.", "TR"
    ),
    CountryCase(
        "THANKSGIVING TURKEY PRICES RISE\nFarmers say the birds cost more to feed, so the roast will be dearer.",
        "",
        "TR",
    ),
    CountryCase(
        "The museum shows a tea set of fine china from the governor's house, each cup painted by hand.", "", "CN"
    ),
    CountryCase("China opened two more ports to foreign grain ships, the ministry in Beijing said.", "CN"),
    CountryCase(
        "The recipe asks for lima beans, Brazil nuts and a Danish pastry, with French fries on the side.",
        "",
        "PE BR DK FR",
    ),
    CountryCase("He needed Dutch courage before the speech, he said, and ate Swiss cheese after it.", "", "NL CH"),
    CountryCase("The children's guinea pig escaped from the classroom during an Indian summer afternoon.", "", "GN IN"),
    CountryCase("A German shepherd found the lost hiker beside the reservoir after two cold nights.", "", "DE"),
    CountryCase("The American football season starts with two night games.", "", "US"),
    # Seas and papers
    CountryCase(
        "A storm over the South China Sea sank a cable ship. The Philippines sent two boats from Manila.", "PH", "CN"
    ),
    CountryCase("Fishermen from Japan met the coast guard in the East China Sea, Tokyo said.", "JP", "CN"),
    CountryCase(
        "A rig in the Gulf of Mexico caught fire. The Louisiana coast guard rescued forty workers.", "US", "MX"
    ),
    CountryCase("The Indian Ocean warmed faster than forecast, and Kenya expects heavier rains.", "KE", "IN"),
    CountryCase(
        "Peru will sell its state airline, the Washington Post reported, citing two ministers in Lima.", "PE", "US"
    ),
    CountryCase("Malaysia plans a second port, the Jakarta Post and the China Daily reported.", "MY", "ID CN"),
    # Names within names
    CountryCase("Guinea-Bissau held a quiet election. Voters in Bissau queued from dawn.", "GW", "GN"),
    CountryCase("Equatorial Guinea cut its oil forecast after a well near Malabo ran dry.", "GQ", "GN"),
    CountryCase("Papua New Guinea's coffee growers asked Port Moresby for a road.", "PG", "GN"),
    CountryCase("Guinea named a new mining minister, state radio in Conakry said.", "GN", "GW GQ PG"),
    CountryCase("Nigeria moved its census to spring, officials in Abuja said.", "NG", "NE"),
    CountryCase("Niger expelled two diplomats, and the junta in Niamey gave no reason.", "NE", "NG"),
    CountryCase("Rebels in Congo took a town north of Goma, the government in Kinshasa said.", "CD", "CG"),
    CountryCase("Congo's parliament in Brazzaville passed a forestry law.", "CG", "CD"),
    CountryCase("South Sudan's president flew home to Juba for talks on the oil pipeline.", "SS", "SD"),
    CountryCase("Korean shipbuilders won orders for nine tankers, the industry ministry in Seoul said.", "KR", "KP"),
    CountryCase("Pyongyang fired a missile eastward, and North Korean radio praised the gunners.", "KP", "KR"),
    CountryCase("New Mexico's chile growers lost a third of the crop to hail near Albuquerque.", "US", "MX CL"),
    CountryCase("New England fishermen asked for a longer scallop season, a Boston paper said.", "US", "GB"),
    CountryCase(
        "Taiwan's air force counted nine planes near the island, Taipei said. The Republic of China was founded in 1912.",
        "TW",
        "CN",
    ),
    # Towns with a namesake
    CountryCase(
        "LEBANON, Ohio (AP) - A tornado tore the roof off the school in Lebanon, Ohio, and no one was hurt.", "US", "LB"
    ),
    CountryCase("The rodeo in Paris, Texas, drew a record crowd.", "US", "FR"),
    CountryCase("A steel mill in Birmingham, Alabama, will close in June.", "US", "GB"),
    CountryCase("MOSCOW, Idaho - The university in Moscow, Idaho, found a rare fern on campus.", "US", "RU"),
    # Who acts and who is merely named
    CountryCase(
        "TOKYO (Reuters) - Japan will lend trains to its islands for free, the transport ministry said on Friday.\n"
        "Japanese islands have lost half of their people. The plan follows one that Norway tried in the nineties.",
        "JP",
    ),
    CountryCase(
        "Brazil and Argentina agreed to link their power grids.\nThe deal lets Brazilian dams feed Argentine cities in "
        "winter. Engineers from a firm in Zurich will draw the plans.",
        "BR AR",
    ),
    # Capitals of headlines
    CountryCase(
        "JOIN US FOR A NIGHT OF SONG\nThe choir of Aarhus invites all of Denmark to sing in the harbour.", "DK", "US"
    ),
    CountryCase(
        "US AND JAPAN AGREE ON BEEF\nThe two sides met in Tokyo for three days, Japanese officials said.", "US JP"
    ),
    CountryCase("EGYPT SEES RECORD WHEAT CROP\nCairo will import less, the Egyptian supply ministry said.", "EG"),
    # Without capitals
    CountryCase(
        "japan and south korea will share a satellite, officials in tokyo said. they told us more in may.",
        "JP KR",
        "US",
    ),
    CountryCase("cold turkey sandwiches again, says my aunt, who will not polish the pans.", "", "TR PL"),
    # States that are no more
    CountryCase("The Soviet Union ordered ten icebreakers, Tass said.", "RU"),
    CountryCase("Zaire raised its copper price, a minister in Kinshasa said.", "CD"),
    CountryCase("Burma freed forty fishermen held since spring. Rangoon gave no reason.", "MM"),
    # Metonyms and money
    CountryCase("The Kremlin said it would answer within days. Russia has not named an envoy.", "RU"),
    CountryCase("Downing Street refused to comment on the leak. British ministers meet on Thursday.", "GB"),
    CountryCase("Sweden sold a bond of 40 million Swiss francs, the debt office in Stockholm said.", "SE", ""),
    CountryCase("Native American tribes in Oregon won fishing rights on the river.", "US", "IN"),
    CountryCase("Rohingya families crossed into Bangladesh after soldiers burned homes in Myanmar.", "BD MM"),
]

FOREIGN: dict[str, list[CountryCase]] = {
    "de": [
        CountryCase(
            "Deutschland und Frankreich bauen gemeinsam eine Brücke. Die Bundesregierung lobte die französischen Ingenieure.",
            "DE FR",
        ),
        CountryCase("Polens Parlament hat in Warschau ein neues Wassergesetz verabschiedet.", "PL"),
        CountryCase("Im Südchinesischen Meer kenterte ein Frachter, teilten die Philippinen mit.", "PH", "CN"),
        CountryCase("Das Essen war kalt, der Zug voll, und niemand wusste, wann er ankommt.", ""),
    ],
    "fr": [
        CountryCase("Le Japon et la Corée du Sud ont signé un accord de pêche, a annoncé Tokyo.", "JP KR"),
        CountryCase("Les agriculteurs français ont bloqué une route près de Lyon.", "FR"),
        CountryCase("La Côte d'Ivoire a relevé le prix du cacao, selon le ministère à Abidjan.", "CI"),
    ],
    "es": [
        CountryCase("México y Guatemala abrirán un puente nuevo, dijo el gobierno mexicano.", "MX GT"),
        CountryCase("El parlamento español aprobó la ley del agua en Madrid.", "ES"),
        CountryCase("Los Países Bajos prestarán bombas a Perú tras las lluvias.", "NL PE"),
    ],
    "pt": [
        CountryCase("O Brasil vai exportar mais milho, disse o ministro em Brasília.", "BR"),
        CountryCase("A Alemanha e Moçambique assinaram um acordo sobre o porto.", "DE MZ"),
    ],
    "it": [
        CountryCase("La Germania compra arance italiane: l'Italia ne vende il doppio.", "DE IT"),
        CountryCase("La Svizzera chiude un valico alpino per la neve.", "CH"),
    ],
    "nl": [
        CountryCase("Nederland en België verdiepen samen een kanaal, aldus de Nederlandse minister.", "NL BE"),
        CountryCase("Zweden verkoopt twee schepen aan Finland.", "SE FI"),
    ],
    "sv": [
        CountryCase("Sveriges regering vill bygga en tunnel till Danmark.", "SE DK"),
        CountryCase("Norska fiskare fick nya kvoter, meddelade Norge.", "NO"),
    ],
    "pl": [
        CountryCase("Polska i Niemcy zbudują wspólny most, ogłosił rząd w Warszawie.", "PL DE"),
        CountryCase("Władze Japonii zamknęły port po sztormie.", "JP"),
        CountryCase("W Stanach Zjednoczonych spadł śnieg, podały amerykańskie służby.", "US"),
    ],
    "cs": [
        CountryCase("Česká vláda koupí vlaky z Rakouska.", "CZ AT"),
        CountryCase("V Japonsku otevřeli nový tunel pod mořem.", "JP"),
    ],
    "ru": [
        CountryCase("Россия и Китай договорились о новом мосте. В Кремле назвали сделку важной.", "RU CN"),
        CountryCase("Японские учёные нашли редкий мох, сообщили в Токио.", "JP"),
        CountryCase("В Южно-Китайском море затонуло судно, сообщили власти Филиппин.", "PH", "CN"),
        CountryCase("Власти Южной Кореи закрыли порт.", "KR", "KP"),
    ],
    "uk": [
        CountryCase("Україна та Польща домовилися про нову залізницю, повідомили в Києві.", "UA PL"),
        CountryCase("Уряд Німеччини підтримав фермерів.", "DE"),
    ],
    "tr": [
        CountryCase("Türkiye ile Yunanistan ortak bir fener yapacak, Ankara açıkladı.", "TR GR"),
        CountryCase("Japonya'nın kuzeyinde kar yağdı.", "JP"),
    ],
    "el": [
        CountryCase("Η Ελλάδα και η Ιταλία θα χτίσουν κοινό φάρο.", "GR IT"),
        CountryCase("Η κυβέρνηση της Ιαπωνίας έκλεισε το λιμάνι.", "JP"),
    ],
    "ar": [
        CountryCase("أعلنت مصر والسعودية بناء جسر جديد فوق البحر.", "EG SA"),
        CountryCase("قالت الحكومة اليابانية إن الميناء سيغلق في طوكيو.", "JP"),
        CountryCase("وصل الوفد إلى باريس للقاء وزير فرنسي، وقالت فرنسا إنها راضية.", "FR"),
    ],
    "he": [
        CountryCase("ישראל וירדן יבנו צינור מים משותף.", "IL JO"),
        CountryCase("ממשלת יפן סגרה את הנמל בטוקיו.", "JP"),
    ],
    "hi": [
        CountryCase("भारत और नेपाल मिलकर नया पुल बनाएंगे।", "IN NP"),
        CountryCase("जापान की सरकार ने बंदरगाह बंद किया।", "JP"),
    ],
    "zh": [
        CountryCase("日本政府周一宣布关闭北部一座港口。东京表示风暴将持续三天。", "JP"),
        CountryCase("中美两国代表在日内瓦会谈，讨论关税问题。", "CN US"),
        CountryCase("台灣與菲律賓簽署漁業協議，台北表示歡迎。", "TW PH"),
        CountryCase("印度洋水温升高，肯尼亚预计降雨增多。", "KE", "IN"),
    ],
    "ja": [
        CountryCase("日本とオーストラリアは新しい航路で合意した。東京で署名式があった。", "JP AU"),
        CountryCase("スタイルとタイトルを変えた雑誌が、書店で人気を集めている。", "", "TH"),
        CountryCase("東シナ海で貨物船が沈没したと韓国の海洋警察が発表した。", "KR", "CN"),
    ],
    "ko": [
        CountryCase("한국과 일본은 새 여객선 항로에 합의했다고 서울에서 밝혔다.", "KR JP"),
        CountryCase("정부는 인도적 지원을 늘리기로 했다.", "", "IN"),
        CountryCase("독일은 새 철도를 개통했다.", "DE"),
    ],
}
