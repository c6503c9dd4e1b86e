"""Sentences in nineteen languages with the countries that they are about.

A line is "codes | text" or "codes, no codes | text": the second are countries that the text gives no evidence for. They
have cases, demonyms and adjectives, regions and cities, joined particles, newspapers and other names inside names.
"""

from __future__ import annotations

from collections.abc import Iterator

from tests.summarizers.labels.country_cases import CountryCase

__all__ = ["language_cases"]

_CASES = {
    "de": """
        US | In Kalifornien brennen die Wälder, die Feuerwehr in Sacramento bat um Hilfe.
        US | Der Gouverneur von North Carolina und sein Kollege in South Carolina sprachen über Straßen.
        DE | Sachsens Winzer klagen über den Frost, auch in Dresden froren die Reben.
        IN | Der Ministerpräsident von Tamil Nadu eröffnete in Chennai eine Brücke.
        JP | Die Japanerin gewann, und der japanische Verband feierte.
        AU | In Melbourne und Tasmanien sank die Zahl der Einbrüche.
        CN, no US | Chinas Häfen sind voll, schreibt die Washington Post.
        KE | Kenianische Läufer trainierten in Nairobi.
        TR | Die türkische Lira fiel, in Ankara tagte die Regierung.
        , no HK CN | Die South China Morning Post stellte drei Redakteure ein.
        CA | In British Columbia und Ontario wurde gewählt.
        , no FR | Das Rezept: Pommes, Salz, ein Löffel Öl.
        , no IN | Die Köchin stellte den Topf auf den Herd.
    """,
    "fr": """
        US | En Californie, les pompiers de Sacramento luttent contre le feu.
        DE | La Bavière et la Basse-Saxe veulent un train plus rapide.
        IN | Au Tamil Nadu, une banque a fermé après trois cas.
        GB | Les Londoniens ont voté ; l'Angleterre attend le résultat.
        MA | Le gouvernement marocain a reçu la presse à Rabat.
        JP | Les Japonais ont élu un nouveau parlement.
        , no US | Selon le New York Times, la marée monte partout.
        CA | L'Ontario et la Colombie-Britannique partagent leurs vaccins.
        US, no MX | Au Nouveau-Mexique, une mine a rouvert près d'Albuquerque.
        PL | Varsovie a rappelé son ambassadeur, dit le ministre polonais.
        SN | Les pêcheurs sénégalais attendent la saison à Dakar.
        , no CN | Le South China Morning Post change de directeur.
    """,
    "es": """
        US | En California y en Oregón arden los bosques.
        US, no MX | Nuevo México abrirá dos escuelas cerca de Albuquerque.
        DE | Baviera y Baja Sajonia firmaron un acuerdo.
        IN | El gobierno de Tamil Nadu cerró una sucursal bancaria.
        AR | Los argentinos votan el domingo; en Buenos Aires hay colas.
        JP | La selección japonesa ganó en Tokio.
        , no US | El Washington Post publicó una encuesta sobre el sueño.
        CA | La Columbia Británica cerró los bares.
        CL | El ministro chileno habló en Santiago de Chile.
        GB | Escocia y Gales subieron el salario mínimo.
        KE | La policía keniana detuvo a dos agentes en Nairobi.
        EG | En El Cairo, un tribunal egipcio aplazó el juicio.
    """,
    "pt": """
        US | Na Califórnia, os bombeiros de Sacramento pediram ajuda.
        US, no MX | O Novo México abriu duas escolas perto de Albuquerque.
        BR | O governo paulista e o de Minas Gerais pediram vacinas a Brasília.
        IN | Em Tamil Nadu, um banco fechou.
        AO | O presidente angolano falou em Luanda.
        JP | Os japoneses elegeram um novo parlamento.
        DE | A Baviera e a Baixa Saxônia assinaram um acordo.
        , no US | Segundo o Washington Post, dormimos menos.
        CA | A Colúmbia Britânica fechou os bares.
        MZ | A ministra moçambicana visitou Maputo.
        GB | A Escócia e o País de Gales subiram o salário.
        PT | Os portugueses votam no domingo, diz Lisboa.
    """,
    "it": """
        US | In California i vigili del fuoco di Sacramento chiedono aiuto.
        US, no MX | Il Nuovo Messico riapre due scuole vicino ad Albuquerque.
        DE | La Baviera e la Bassa Sassonia firmano un accordo.
        IN | Nel Tamil Nadu una banca ha chiuso.
        IT | I siciliani votano domenica, dice Palermo.
        JP | I giapponesi hanno eletto un nuovo parlamento.
        FR | I francesi scioperano a Parigi.
        , no US | Secondo il Washington Post dormiamo meno.
        CA | La Columbia Britannica chiude i bar.
        EG | Un tribunale egiziano al Cairo ha rinviato il processo.
        GB | La Scozia e il Galles alzano i salari.
        KE | La polizia keniana ha arrestato due agenti a Nairobi.
    """,
    "nl": """
        US | In Californië vraagt de brandweer van Sacramento om hulp.
        DE | Beieren en Nedersaksen tekenden een akkoord.
        IN | In Tamil Nadu sloot een bank.
        US, no MX | In New Mexico ging een mijn open bij Albuquerque.
        NL | De Friese boeren protesteren in Den Haag.
        JP | De Japanse ploeg won in Tokio.
        BE | Vlaanderen en Brussel verlagen de belasting.
        , no US | Volgens The Washington Post slapen we minder.
        GB | Schotland en Wales verhogen het loon.
        PL | De Poolse regering riep in Warschau haar gezant terug.
        KE | De Keniaanse politie hield in Nairobi twee agenten aan.
        CA | In British Columbia sloten de cafés.
    """,
    "sv": """
        US | I Kalifornien ber brandkåren i Sacramento om hjälp.
        DE | Bayern och Niedersachsen skrev under ett avtal.
        IN | I Tamil Nadu stängde en bank.
        US, no MX | I New Mexico öppnade en gruva nära Albuquerque.
        SE | Stockholms politiker vill bygga fler broar, säger svenska staten.
        JP | Japanska laget vann i Tokyo.
        NO | Norges regering mötte pressen i Oslo.
        , no US | Enligt Washington Post sover vi mindre.
        GB | Skottlands och Englands fiskare är oense.
        FI | Finlands riksdag röstade i Helsingfors.
        KE | Kenyanska polisen grep två män i Nairobi.
        CA | I British Columbia stängde krogarna.
        , no ID | Medan han väntade föll snön.
    """,
    "pl": """
        US | W Kalifornii strażacy z Sacramento proszą o pomoc.
        US | W Karolinie Południowej zamknięto szkoły.
        US, no MX | W Nowym Meksyku otwarto kopalnię.
        DE | Rząd Bawarii i Dolnej Saksonii podpisał umowę.
        IN | W Tamilnadu zamknięto bank.
        JP | Japończycy wybrali nowy parlament w Tokio.
        GB | Szkoccy rybacy protestują w Londynie.
        US | Prawnicy Trumpa złożyli pozew w Chicago.
        , no US | Jak pisze Washington Post, śpimy krócej.
        CZ | Czeski rząd zebrał się w Pradze.
        KE | Kenijska policja zatrzymała dwóch ludzi w Nairobi.
        UA | Ukraińcy odbudowują mosty, podał Kijów.
    """,
    "cs": """
        US | V Kalifornii žádají hasiči ze Sacramenta o pomoc.
        US | V Jižní Karolíně zavřeli školy.
        US, no MX | V Novém Mexiku otevřeli důl.
        DE | Vláda Bavorska a Dolního Saska podepsala dohodu.
        IN | V Tamilnádu zavřeli banku.
        US | Policie v Portlandu zatkla tři lidi.
        JP | Japonci zvolili nový parlament.
        GB | Skotští rybáři protestují v Londýně.
        , no BR | Téměř všechny rostliny přežily mráz.
        , no US | Jak píše Washington Post, spíme méně.
        US | Trumpovi právníci podali žalobu v Chicagu.
        CN | Vláda v Pekingu zavřela konzulát ve městě Čcheng-tu, řekli čínští diplomaté.
    """,
    "ru": """
        US | В Калифорнии пожарные Сакраменто просят о помощи.
        US | В Южной Каролине закрыли школы.
        US, no MX | В Нью-Мексико открыли рудник.
        US, no CO | Власти округа Колумбия ввели новый налог.
        US | Суд в Джорджии отклонил иск.
        GE | Парламент Грузии собрался в Тбилиси.
        IN | В Тамилнаде закрыли банк.
        GB | Полиция Лестера задержала троих.
        AU | В Мельбурне нашли редкую птицу.
        , no US | Как пишет Вашингтон пост, люди спят меньше.
        JP | Японцы выбрали новый парламент в Токио.
        DE | Правительство Баварии и Нижней Саксонии подписало договор.
        , no ME | Который час, спросил он у соседа.
        , no RU | Северный ветер усилился, центральные улицы опустели.
    """,
    "uk": """
        US | У Каліфорнії пожежники Сакраменто просять про допомогу.
        US | У Південній Кароліні закрили школи.
        US, no MX | У Нью-Мексико відкрили копальню.
        US | На Алясці впав літак.
        US, no CO | Влада округу Колумбія запровадила податок.
        IN | У Тамілнаду закрили банк.
        GB | Поліція Лестера затримала трьох.
        AU | У Мельбурні знайшли рідкісного птаха.
        , no US | Як пише Вашингтон пост, люди сплять менше.
        JP | Японці обрали новий парламент у Токіо.
        DE | Уряд Баварії та Нижньої Саксонії підписав угоду.
        UA | У Миколаєві та Харкові полагодили мости.
        , no NO | Будь ласка, зачекайте, поки двері зачинено.
    """,
    "el": """
        US | Στην Καλιφόρνια οι πυροσβέστες του Σακραμέντο ζητούν βοήθεια.
        US | Οι αρχές της Καλιφόρνιας έκλεισαν τα σχολεία.
        DE | Η Βαυαρία και η Κάτω Σαξονία υπέγραψαν συμφωνία.
        IN | Στο Ταμίλ Ναντού έκλεισε μια τράπεζα.
        JP | Οι Ιάπωνες ψήφισαν στο Τόκιο.
        GR | Οι Έλληνες ψηφίζουν την Κυριακή, είπε η Αθήνα.
        GB | Η Σκωτία και η Αγγλία διαφωνούν.
        , no US | Σύμφωνα με την Ουάσινγκτον Ποστ κοιμόμαστε λιγότερο.
        FR | Η γαλλική κυβέρνηση συνεδρίασε στο Παρίσι.
        TR | Η τουρκική λίρα έπεσε, είπε η Άγκυρα.
        EG | Αιγυπτιακό δικαστήριο στο Κάιρο ανέβαλε τη δίκη.
        AU | Στη Μελβούρνη βρήκαν σπάνιο πουλί.
        , no FI | Η βόλτα στην άκρα της πόλης κράτησε μία ώρα.
    """,
    "tr": """
        US | Kaliforniya'da itfaiye yardım istiyor.
        DE | Bavyera ve Aşağı Saksonya anlaşma imzaladı.
        IN | Tamil Nadu'da bir banka kapandı.
        JP | Japonlar Tokyo'da yeni meclisi seçti.
        TR | Ankara'da toplanan Türk hükümeti karar aldı.
        GB | İskoçya'nın balıkçıları Londra'da yürüdü.
        US, no MX | New Mexico'da bir maden açıldı.
        , no US | Washington Post'a göre daha az uyuyoruz.
        FR | Fransız hükümeti Paris'te toplandı.
        EG | Mısır'da mahkeme davayı erteledi, dedi Kahire.
        AU | Melbourne'de nadir bir kuş bulundu.
        NG, no NE | Nijerya'nın başkentinde pazar açıldı.
    """,
    "ar": """
        US | طلب رجال الإطفاء في كاليفورنيا المساعدة.
        US | وقالت شرطة أوريغون إنها أوقفت ثلاثة.
        IN | أغلق مصرف في تاميل نادو أبوابه.
        JP | انتخب اليابانيون برلمانا جديدا في طوكيو.
        FR | وبفرنسا أضرب العمال، وقالت باريس إنها ستتحاور.
        EG | أرجأت محكمة مصرية في القاهرة النظر في القضية.
        DE | وقعت بافاريا وألمانيا اتفاقا مع الشركة.
        GB | وفي لندن احتج الصيادون الاسكتلنديون.
        US, no MX | فتح منجم في ولاية نيومكسيكو.
        , no US | وكتبت واشنطن بوست أن الناس ينامون أقل.
        KE | أوقفت الشرطة الكينية رجلين في نيروبي.
        AU | عثر في ملبورن على طائر نادر.
        , no SA NG | قال سكان المدينة إنهم كانوا نياما.
        , no TR | ارتفعت أسهم البورصة، وقالت بورصة الأسهم إن التداول كان قويا.
    """,
    "he": """
        US | הכבאים בקליפורניה מבקשים עזרה.
        US | במשטרת אורגון עצרו שלושה.
        IN | בטאמיל נאדו נסגר בנק.
        JP | היפנים בחרו פרלמנט חדש בטוקיו.
        FR | ובצרפת שבתו העובדים, אמרו בפריז.
        EG | בית משפט מצרי בקהיר דחה את הדיון.
        DE | ממשלת בוואריה שבגרמניה חתמה על הסכם.
        GB | הדייגים מסקוטלנד הפגינו בלונדון.
        AU | במלבורן נמצאה ציפור נדירה.
        , no US | לפי וושינגטון פוסט אנשים ישנים פחות.
        KE | המשטרה בקניה עצרה שני גברים בניירובי.
        IL | הכנסת בירושלים אישרה את התקציב של ישראל.
        , no FR SD | הם מסרו את המכתב ופונו מן הבית.
        , no TR | המניות בבורסה עלו, אמר מנהל הבורסה.
    """,
    "hi": """
        US | कैलिफ़ोर्निया में दमकल कर्मियों ने मदद माँगी।
        US | ओरेगॉन की पुलिस ने तीन लोगों को पकड़ा, अमेरिकी अख़बार ने बताया।
        IN | तमिलनाडु में एक बैंक बंद हुआ।
        IN | उत्तर प्रदेश के नोएडा में सड़क बनी।
        JP | जापानी लोगों ने टोक्यो में नई संसद चुनी।
        FR | फ्रांस में मज़दूर हड़ताल पर हैं, पेरिस ने कहा।
        EG | मिस्र की अदालत ने काहिरा में सुनवाई टाली।
        DE | जर्मनी के बवेरिया ने समझौता किया।
        GB | स्कॉटलैंड के मछुआरों ने लंदन में प्रदर्शन किया।
        AU | मेलबर्न में एक दुर्लभ पक्षी मिला।
        , no US | वॉशिंगटन पोस्ट के अनुसार लोग कम सोते हैं।
        KE | केन्या की पुलिस ने नैरोबी में दो लोगों को पकड़ा।
    """,
    "zh": """
        US | 加利福尼亚州的消防员请求援助。
        US | 俄勒冈州警方逮捕了三人。
        US, no MX | 新墨西哥州一座矿山重新开放。
        US, no CO | 哥伦比亚特区开征新税。
        IN | 泰米尔纳德邦一家银行关门。
        JP | 日本人在东京选出新议会。
        GB | 莱斯特警方拘留了三人。
        AU | 墨尔本发现一种罕见的鸟。
        , no US | 《华盛顿邮报》说人们睡得更少。
        DE | 巴伐利亚州政府签署协议，德国媒体报道。
        , no TW | 电视台美食节目今晚播出。
        FR | 法國政府在巴黎開會。
    """,
    "ja": """
        US | カリフォルニア州の消防士が支援を求めた。
        US, no GE | ジョージア州オーガスタで車が見つかった。
        US, no CO | コロンビア特別区が新しい税を導入した。
        US, no MX | ニューメキシコ州で鉱山が再開した。
        IN | タミル・ナドゥ州の銀行が閉鎖された。
        JP, no CN | 広島市の図書館が開館したと中国新聞が伝えた。
        , no YE | アデン・アブディさんは教師だった。
        , no CN | 日中の気温は三十度を超える見込み。
        GB | レスターの警察が三人を拘束した。
        AU | メルボルンで珍しい鳥が見つかった。
        JP | 国会は予算を可決した。
        KE | ケニヤの警察がナイロビで二人を逮捕した。
        , no IN | ランチの後、デルタ型の橋を渡った。
    """,
    "ko": """
        US | 캘리포니아주의 소방관들이 도움을 요청했다.
        US | 오리건주 경찰이 세 명을 체포했다.
        US, no MX | 뉴멕시코주에서 광산이 다시 열렸다.
        IN | 타밀나두에서 은행이 문을 닫았다.
        JP | 일본인들이 도쿄에서 새 의회를 뽑았다.
        GB | 레스터 경찰이 세 명을 구금했다.
        AU | 멜버른에서 희귀한 새가 발견됐다.
        , no US | 워싱턴포스트에 따르면 사람들은 덜 잔다.
        FR | 프랑스 정부가 파리에서 회의를 열었다.
        DE | 독일 바이에른주가 협정에 서명했다.
        EG | 이집트 법원이 카이로에서 재판을 미뤘다.
        KE | 케냐 경찰이 나이로비에서 두 명을 체포했다.
    """,
}


def language_cases() -> Iterator[tuple[str, CountryCase]]:
    """Yield each case with its language."""
    for language, lines in _CASES.items():
        for line in filter(None, map(str.strip, lines.splitlines())):
            codes, _, text = line.partition("|")
            about, _, never = codes.partition(", no ")
            yield language, CountryCase(text.strip(), about.strip(" ,"), never.strip())
