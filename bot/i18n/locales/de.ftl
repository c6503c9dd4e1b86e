# Meldungen aller Oberflächen auf Deutsch. Begriffe: bot/i18n/glossary/de.toml.

## Digests and lists
digest-title = Die Nachrichten
digest-title-of = Die Nachrichten: { $filter }
digest-title-morning = Die Nachrichten am Morgen
digest-title-evening = Die Nachrichten am Abend
front-issue = Ausgabe { $number }
front-reading = { $minutes } Min. Lesezeit
front-updated = neu seit der letzten Ausgabe
front-brief = Kurz gemeldet
section-politics = Politik und Weltgeschehen
section-business = Wirtschaft und Arbeit
section-justice = Unglücke und Justiz
section-science = Wissen und Umwelt
section-society = Leben und Gesellschaft
section-culture = Kultur
section-sport = Sport
section-world = Welt
digest-quiet = Ein ruhiger Tag: keine neuen Meldungen für diese Ausgabe.
chart-title = Berichte nach Land
sample-news = Beispielmeldungen, erfunden zum Ausprobieren von Gazette
digest-corrected = Von der Quelle zurückgezogen oder geändert.
digest-withheld = Von der Redaktion zurückgehalten.
digest-withheld-title = Zurückgehalten
digest-omitted = { $count ->
    [one] { $count } weitere Meldung
   *[other] { $count } weitere Meldungen
}
digest-other-languages = { $count ->
    [one] { $count } weitere Meldung in einer anderen Sprache
   *[other] { $count } weitere Meldungen in anderen Sprachen
}
alert-title = Eilmeldung
digest-alert = Gepostet um { $at }
digest-week = { $first } – { $last }
digest-developed = Vom { $first } bis { $last }: { $count ->
    [one] { $count } Bericht
   *[other] { $count } Berichte
}
digest-update = Neues
digest-sources = { $count ->
    [one] { $count } Bericht
   *[other] { $count } Berichte
}
mail-unsubscribe = Abmelden
mail-unsubscribe-by-mail = Zum Abmelden schreib an { $address } mit dem Betreff „{ $subject }“.
mail-unsubscribe-question = Möchtest du diese E-Mails nicht mehr bekommen?
mail-unsubscribed = Du bist abgemeldet: Es kommen keine weiteren E-Mails.
mail-unsubscribe-invalid = Dieser Link gehört zu keiner unserer E-Mails.
catchup-title = Neu seit { $at }
trending-title = Im Trend
trending-title-of = Im Trend: { $filter }
trending-nothing = Gerade liegt nichts im Trend.
trending-rise = { $count ->
    [one] { $count } Bericht, zuvor { $before }
   *[other] { $count } Berichte, zuvor { $before }
}
story-truncated = Hier bricht die Quelle die Meldung ab.
story-brief = Die Quelle nennt nur diese Überschrift.
story-about = Länder
story-topics = Themen
story-source = { $path }, Meldung { $position }
news-title = { $total ->
    [0] Keine Meldungen
    [one] { $total } Meldung
   *[other] { $total } Meldungen
}
news-title-of = { $total ->
    [0] Keine Meldungen: { $filter }
    [one] { $total } Meldung: { $filter }
   *[other] { $total } Meldungen: { $filter }
}
news-page = Seite { $page } von { $pages }
news-nothing = Keine Meldung passt. Versuch es mit einem längeren Zeitraum oder weniger Filtern. /{ command-countries } und /{ command-topics } zeigen, was in den Nachrichten ist.
news-none = Es gibt noch keine Meldungen.
search-nothing = Keine Meldung passt zu diesen Wörtern. Versuch es mit anderen oder weniger Wörtern.
news-empty = Es gibt noch keine Meldungen.
search-title = { $total ->
    [0] Keine Meldung zu „{ $words }“
    [one] { $total } Meldung zu „{ $words }“
   *[other] { $total } Meldungen zu „{ $words }“
}
search-title-many = Die { $total } besten Treffer für „{ $words }“
answers-nothing = Dazu habe ich nichts gefunden. Frag mit anderen Worten, oder sieh mit /{ command-news } nach, was in den Nachrichten ist.
menu-full = Meldung ganz lesen …
menu-country = Nachrichten über ein Land …
menu-topic = Nachrichten zu einem Thema …
menu-mute-story = Meldung auswählen …
menu-mute-what = Was und wie lange ausblenden …
button-next = Weiter
button-previous = Zurück
button-more = { $count ->
    [1] Weitere ({ $last } von { $total })
   *[other] Weitere ({ $first }–{ $last } von { $total })
}
button-more-from = Mehr aus: { $country }
button-event = Alle Berichte
button-more-of = Mehr von { $source }
button-full = Ganze Meldung
button-original = Quelle
button-web = Im Web lesen
button-why = Warum steht das hier?
button-whys = Warum diese?
button-mute = Ausblenden …
mute-title = Für dich ausblenden
mute-story = Diese Meldung
mute-day = einen Tag lang
mute-week = eine Woche lang
mute-always = dauerhaft
button-more-like = Mehr davon
button-less-like = Weniger davon
button-taste-reset = Zurücksetzen
button-undo = Rückgängig
button-stop = Diese Ausgabe abbestellen
button-preview = Vorschau
button-pause = Anhalten
button-resume = Fortsetzen
button-unsubscribe = Abbestellen
button-delete = Löschen
button-keep = Behalten
button-stop-all = Abbestellen
button-forget = Meine Daten löschen

## Filters in words
filter-everything = alles
filter-not = ohne { $what }
filter-words = „{ $words }“
filter-key-source = Quelle
filter-key-path = Datei
filter-key-kicker = Dachzeile
filter-key-event = Ereignis
filter-keyed = { $key }: { $values }
filter-since = seit { $when }
filter-until = bis { $when }
filter-newer = höchstens { $span } alt
filter-older = älter als { $span }
filter-several = { $some } und { $count ->
    [one] { $count } weiteres
   *[other] { $count } weitere
}
since-today = heute
since-yesterday = gestern
since-day-before-yesterday = vorgestern
days-daily = jeden Tag
days-weekdays = Montag bis Freitag
days-weekend = Samstag und Sonntag
days-range = { $first }–{ $last }

## /why
whys-title = Warum diese Meldungen
why-title = Warum: { $headline }
why-event = { $count ->
    [one] Dazu gibt es einen Bericht.
   *[other] Dazu gibt es { $count } Berichte.
}
why-rank = Platz { $rank } der neuesten Nachrichten: { $reasons }.
why-reason-sources = { $value ->
    [one] eine Quelle berichtet
   *[other] { $value } Quellen berichten
}
why-reason-position = { $value ->
    [1] die erste Meldung ihrer Quelle
   *[other] Meldung { $value } ihrer Quelle
}
why-against = Dagegen spricht: { $reasons }.
why-factor-dead = { $value ->
    [0] Tote
    [one] { $value } Toter
   *[other] { $value } Tote
}
why-factor-injured = { $value ->
    [0] Verletzte
    [one] { $value } Verletzter
   *[other] { $value } Verletzte
}
why-factor-missing = { $value ->
    [0] Vermisste oder Vertriebene
    [one] { $value } Mensch vermisst oder vertrieben
   *[other] { $value } Menschen vermisst oder vertrieben
}
why-factor-arrested = { $value ->
    [0] Festnahmen
    [one] { $value } Festnahme
   *[other] { $value } Festnahmen
}
why-factor-magnitude = Stärke { $value }
why-factor-money = eine Summe von { $amount }
why-factor-attack = ein Angriff
why-factor-war = Krieg oder Streitkräfte
why-factor-disaster = eine Naturkatastrophe
why-factor-accident = ein Unglück
why-factor-emergency = eine Notlage
why-factor-epidemic = eine Epidemie
why-factor-death = ein Todesfall
why-factor-leader = ein Staats- oder Regierungschef
why-factor-former = jemand, der früher im Amt war
why-factor-minister = Minister oder hohe Beamte
why-factor-government = Parlament oder Regierung
why-factor-world-body = eine internationale Organisation
why-factor-top-court = ein oberstes Gericht
why-factor-election = eine Wahl oder Abstimmung
why-factor-power-change = ein Machtwechsel
why-factor-law = ein Gesetz oder Verbot
why-factor-treaty = ein Vertrag, Verhandlungen oder Sanktionen
why-factor-protest = Proteste
why-factor-crime = ein Kriminalfall
why-factor-economy = die Wirtschaft
why-factor-first = etwas Erstmaliges oder ein Rekord
why-factor-wide = landesweit oder weltweit
why-factor-interview = ein Interview
why-factor-culture = Kultur oder Unterhaltung
why-factor-study = eine Studie
why-factor-sport = Sport
why-factor-opinion = ein Meinungsbeitrag
why-factor-service = Tipps oder eine Liste
why-factor-history = ein Rückblick
why-factor-local = Lokales
why-factor-animal = Tiere
why-factor-obituary = ein Nachruf
why-factor-celebrity = Prominente
why-factor-product = ein Produkt
why-factor-lifestyle = Freizeit
why-factor-curious = etwas Kurioses
why-factor-question = eine Frage als Überschrift
why-factor-prominent = Mächtige sind beteiligt
why-factor-told = nacherzählt in Film, Studie oder Rückblick
why-factor-countries = mehrere Länder
why-factor-topic = Thema: { $topic }
why-newest = Neuester Bericht: { $at }
why-country = { $country }: { $salience } der Meldung, erkannt an { $evidence }
why-country-implied = { $country }: { $salience } der Meldung, nicht wörtlich genannt
why-topic = { $topic }: zu { $score } sicher
why-sentences = Woher jeder Satz stammt
why-sentence = Satz { $position } aus { $path }, Meldung { $story }

## /about, /countries, /topics
about-title = Gazette
about-text = Eine Zeitung für diesen Server. Sie postet Ausgaben statt einer Flut von Links, und jeder Satz stammt wörtlich aus seiner Quelle.
about-counts = Meldungen: { $stories } · Dokumente: { $documents } · Länder: { $countries } · Themen: { $topics }
about-latest = Neueste Meldung: { $at }
about-version = Version { $version }
about-invitation = Zu einem Server hinzufügen
about-code = Quellcode
about-help = Hilfe
about-privacy = Datenschutz
countries-title = Länder in den Nachrichten
countries-gaps = Keine Nachrichten in den letzten sieben Tagen: { $regions }
topics-title = Themen in den Nachrichten
count-line = { $name }: { $count }
count-more = { $count ->
    [one] und { $count } weiteres
   *[other] und { $count } weitere
}

## /help
help-title = Befehle
help-reading = Nachrichten
help-personal = Nur für dich
help-managing = Für die Serververwaltung
help-note = Antworten siehst nur du. Sobald du eine Option eintippst, erscheinen Vorschläge. /{ command-help } { option-command }:{ command-news } erklärt einen Befehl.
help-command-title = So verwendest du { $command }
help-options = Optionen
help-required = { $about } (erforderlich)
help-values = { $about }: { $values }

## The console
console-hello = Gib einen Befehl ein, zum Beispiel /{ command-news } { option-country }:JP. /{ command-help } zeigt alle. Eine Zahl drückt eine Schaltfläche, /next zeigt die nächste Seite, Tab ergänzt, /language en wechselt die Sprache, /quit beendet.

## Subscriptions
subscribed = Abonnement { $id } angelegt
subscription-number = Abonnement { $id }
subscription-changed = Abonnement { $id } geändert
paused = Abonnement { $id } angehalten
resumed = Abonnement { $id } fortgesetzt
unsubscribe-question = Abonnement { $id } löschen? Es würde keine Ausgaben mehr posten.
unsubscribed = Abonnement { $id } gelöscht. Es postet keine Ausgaben mehr. Bis morgen kannst du das rückgängig machen.
subscription-kept = Abonnement { $id } bleibt
subscription-restored = Abonnement { $id } ist wieder da
subscription-same = Abonnement { $id } postet in diesem Kanal schon dasselbe.
copies-title = Kopien von Abonnement { $id }
copy-made = kopiert als Abonnement { $id }.
copy-failed = nicht kopiert. { $reason }
subscription-paused = Angehalten: { $reason }
subscription-paused-by-manager = Von der Serververwaltung angehalten
subscription-sender = Gepostet als { $name } (braucht „{ $permission }“)
subscription-avatar = Gepostet mit diesem Avatar
subscription-role = Erwähnt { $role }
subscription-silent = Postet ohne Benachrichtigung
subscription-talk-digest = Öffnet unter jeder Ausgabe einen Thread zum Reden
subscription-talk-story = Öffnet unter jeder Meldung einen Thread zum Reden
subscription-weekly = Wöchentlich: die Ereignisse der letzten sieben Tage nach Gewicht
subscription-next = Nächste Ausgabe: { $at }
subscription-languages = Meldungen: { $stories } · Überschriften: { $headings }
subscription-engine = Zusammenfasser: { $engine }
subscription-late = Verpasst: { $policy }
subscription-late-hours = Verpasst: { $policy }, höchstens { $hours } Std. später
subscription-quiet = Nichts Neues: { $policy }
subscription-size = { $sentences ->
    [one] { $sentences } Satz je Meldung
   *[other] { $sentences } Sätze je Meldung
}, bis zu { $limit } Meldungen
alert-sources = { $count ->
    [one] Eilmeldung zu einem Ereignis ab { $count } Quelle in einer Stunde
   *[other] Eilmeldung zu einem Ereignis ab { $count } Quellen in einer Stunde
}
alert-quiet = Ruhe { $from }–{ $to }
alert-limit = { $count ->
    [one] höchstens { $count } am Tag
   *[other] höchstens { $count } am Tag
}
alert-none = Keine Eilmeldungen
subscriptions-title = Abonnements auf diesem Server
subscriptions-none = Es gibt noch keine Abonnements. Mit /{ command-subscribe } legst du eins an.
preview-nothing = Abonnement { $id } würde gerade nichts posten: Es gibt keine neuen Meldungen dafür.
times-daily = Täglich um { $times } ({ $timezone })
times-on-days = { $days } um { $times } ({ $timezone })
history-title = Letzte Ausgaben von Abonnement { $id }
history-nothing = Noch war keine Ausgabe fällig.
history-open = öffnen
delivery-planned = wird noch gepostet
delivery-composed = fertig, noch nicht gepostet
delivery-sending = wird gerade gepostet
delivery-sent = gepostet
delivery-failed = fehlgeschlagen
delivery-expired = zu spät zum Posten
delivery-skipped = nicht gepostet
reason-quiet = es gab keine neuen Meldungen
reason-late = es war zu spät
reason-late-skipped = es war spät, und dieses Abonnement lässt verspätete Ausgaben aus
reason-late-merged = es war spät; die nächste Ausgabe enthält es
reason-quiet-hours = es kam in der Ruhezeit auf; die nächste Ausgabe enthält es
reason-alert-limit = die Höchstzahl der Eilmeldungen für den Tag war erreicht; die nächste Ausgabe enthält es
reason-already-told = dieser Kanal hatte es schon
reason-not-breaking = zu wenige Quellen berichten noch davon, oder Eilmeldungen sind aus
reason-paused = das Abonnement war angehalten
reason-unsubscribed = das Abonnement war gelöscht
reason-channel-gone = der Kanal wurde gelöscht, oder ich bin nicht mehr auf dem Server
reason-permission-missing = mir fehlt eine Berechtigung in diesem Kanal
reason-permission-needed = ich brauche „{ $permission }“ in diesem Kanal
reason-refused = Discord hat die Nachricht abgelehnt
reason-unsure = ich weiß nicht, ob sie angekommen ist, und poste sie deshalb nicht noch einmal
reason-gave-up = das Posten ist zu oft fehlgeschlagen

## Personal digests and mutes
followed = Du folgst jetzt:
following-title = Deine Abos
following-none = Du folgst noch nichts. Mit /{ command-follow } bekommst du eine Ausgabe als Direktnachricht.
unfollow-question = { $count ->
    [one] Diese Ausgabe abbestellen?
   *[other] Alle { $count } Ausgaben abbestellen?
}
unfollowed = { $count ->
    [0] Du folgst nichts.
    [one] Abbestellt. Du bekommst diese Ausgabe nicht mehr.
   *[other] Abbestellt. Du bekommst diese { $count } Ausgaben nicht mehr.
}
muted-title = Das hast du ausgeblendet
mute-until = { $what } · bis { $at }
mute-for-good = { $what } · für immer
muted = Für dich ausgeblendet: { $what }. In Ausgaben, /{ command-catchup } und /{ command-trending } siehst du das nicht mehr. /{ command-news } und /{ command-search } zeigen es weiterhin.
muted-for = { $days ->
    [one] Für dich { $days } Tag ausgeblendet: { $what }.
   *[other] Für dich { $days } Tage ausgeblendet: { $what }.
}
unmuted = { $count ->
    [one] { $count } Ausblendung aufgehoben.
   *[other] { $count } Ausblendungen aufgehoben.
}
taste-title = In deinen eigenen Ausgaben
taste-more = Du wolltest mehr zu { $topic }.
taste-less = Du wolltest weniger zu { $topic }.
taste-even = { $topic } zählt wieder wie üblich.
taste-note = Solche Meldungen rücken in deinen eigenen Ausgaben nach oben oder unten, keine verschwindet. /{ command-following } zeigt es und setzt es zurück.
taste-reset = Zurückgesetzt. Deine eigenen Ausgaben sind wieder wie üblich geordnet.
languages-chosen = Ab jetzt suche ich dir Meldungen in diesen Sprachen aus: { $languages }.
languages-shown = Ich suche dir Meldungen in diesen Sprachen aus: { $languages }. Mit /{ command-languages } { option-stories }: änderst du das.
forget-question = Alles löschen, was ich über dich speichere: deine Ausgaben, Ausgeblendetes, Sprachen und wann du zuletzt /{ command-catchup } benutzt hast? Das lässt sich nicht rückgängig machen.
forgotten = Ich habe alles gelöscht, was ich über dich gespeichert hatte: deine Ausgaben, deine Ausblendungen und wann du zuletzt /{ command-catchup } benutzt hast.

## Commands: names and descriptions
command-news = nachrichten
command-news-about = Zeigt die neuesten Meldungen über ein Land oder zu einem Thema
command-digest = ausgabe
command-digest-about = Zeigt die Ausgabe, die ein Kanal gerade bekäme
command-now = jetzt
command-now-about = Zeigt die Ausgabe, die ein Kanal gerade bekäme
command-trending = trends
command-trending-about = Zeigt, worüber immer mehr Quellen berichten
command-catchup = nachlesen
command-catchup-about = Zeigt, was neu ist, seit du diesen Befehl zuletzt benutzt hast
command-search = suchen
command-search-about = Findet Meldungen nach Wörtern und Bedeutung
command-ask = fragen
command-ask-about = Beantwortet eine Frage mit Sätzen aus den Nachrichten
command-story = meldung
command-story-about = Zeigt eine Meldung in voller Länge
command-why = warum
command-why-about = Erklärt, warum eine Meldung hier steht und woher jeder Satz stammt
command-countries = länder
command-countries-about = Listet die Länder in den Nachrichten auf
command-topics = themen
command-topics-about = Listet die Themen in den Nachrichten auf
command-sources = quellen
command-sources-about = Zeigt, was diese Zeitung liest und wann zuletzt etwas kam
command-list = liste
command-list-about = Zeigt, was diese Zeitung liest und wann zuletzt etwas kam
command-add = hinzufügen
command-add-about = Fügt einen Feed oder den Feed einer Website für diesen Server hinzu
command-remove = entfernen
command-remove-about = Liest eine Quelle dieses Servers nicht mehr
command-drop = einwerfen
command-drop-about = Nimmt eine Datei oder einen Link in die Zeitung dieses Servers auf
command-about = über
command-about-about = Zeigt, was dieser Bot ist und wie viele Meldungen er hat
command-help = hilfe
command-help-about = Listet die Befehle auf oder erklärt einen
command-follow = folgen
command-follow-about = Schickt dir eine eigene Ausgabe als Direktnachricht
command-following = abonniert
command-following-about = Zeigt, welchen Ausgaben du folgst und was du ausgeblendet hast
command-unfollow = entfolgen
command-unfollow-about = Bestellt eine deiner eigenen Ausgaben ab oder alle
command-mute = ausblenden
command-mute-about = Lässt ein Thema oder Land aus deinen Ausgaben weg
command-unmute = einblenden
command-unmute-about = Zeigt dir wieder, was du ausgeblendet hast
command-languages = sprachen
command-languages-about = Legt fest, in welchen Sprachen ich Meldungen für dich aussuche
command-forget = vergessen
command-forget-about = Löscht alles, was ich über dich gespeichert habe
command-subscribe = abonnieren
command-subscribe-about = Postet zu festen Zeiten eine Ausgabe in einen Kanal
command-subscriptions = abonnements
command-subscriptions-about = Listet die Abonnements auf diesem Server auf
command-edit = ändern
command-edit-about = Ändert ein Abonnement
command-copy = kopieren
command-copy-about = Dieselbe Ausgabe auch in anderen Kanälen posten
command-pause = anhalten
command-pause-about = Hält ein Abonnement an
command-resume = fortsetzen
command-resume-about = Setzt ein angehaltenes Abonnement fort
command-unsubscribe = abbestellen
command-unsubscribe-about = Löscht ein Abonnement
command-preview = vorschau
command-preview-about = Zeigt, was ein Abonnement gerade posten würde
command-history = verlauf
command-history-about = Zeigt die letzten Ausgaben eines Abonnements und was aus ihnen wurde

## Options: names and descriptions
option-country = land
option-country-about = Ein Land oder mehrere, mit Komma getrennt
option-topic = thema
option-topic-about = Ein Thema oder mehrere, mit Komma getrennt
option-url = url
option-url-about = Adresse eines Feeds oder einer Website
option-source = quelle
option-source-about = Nummer oder Titel einer Quelle
option-file = datei
option-file-about = Eine Textdatei, Seite oder ein Dokument
option-link = link
option-link-about = Adresse einer Seite
option-since = seit
option-since-about = Wie weit zurück: 12 Stunden, gestern, letzte Woche oder ein Datum
option-filter = filter
option-filter-about = Weitere Bedingungen, zum Beispiel: lang:de -topic:sport "hohe See"
option-unmute-filter-about = Was du wieder sehen willst; ohne Angabe alles
option-page = seite
option-page-about = Nummer der Seite
option-words = wörter
option-words-about = Wörter oder eine "Wortfolge in Anführungszeichen"
option-question = frage
option-question-about = Deine Frage, in beliebiger Sprache
option-id = nummer
option-id-about = Nummer des Abonnements
option-story-id-about = ID der Meldung, zum Beispiel s12
option-why-id-about = ID der Meldung oder des Ereignisses, zum Beispiel e34
option-unfollow-id-about = Nummer der Ausgabe; ohne Angabe alle
option-command = befehl
option-command-about = Befehl, der erklärt werden soll
option-time = zeit
option-time-about = Uhrzeit oder mehrere: 08:00,18:30
option-timezone = zeitzone
option-timezone-about = Zeitzone: Gib eine Stadt ein oder wie spät es dort ist
option-channel = kanal
option-channel-about = Kanal, in dem ich poste; ohne Angabe dieser
option-channel2 = kanal2
option-channel2-about = Ein weiterer Kanal für die Kopie
option-channel3 = kanal3
option-channel3-about = Ein weiterer Kanal für die Kopie
option-channel4 = kanal4
option-channel4-about = Ein weiterer Kanal für die Kopie
option-channel5 = kanal5
option-channel5-about = Ein weiterer Kanal für die Kopie
option-days = tage
option-days-about = Wochentage: Montag bis Freitag oder Sa, So
option-mute-days-about = Anzahl der Tage; ohne Angabe für immer
option-language = sprache
option-language-about = Sprache der Überschriften und Schaltflächen (Meldungen behalten ihre)
option-stories = meldungen
option-stories-about = Sprachen der Meldungen, zum Beispiel Deutsch, Englisch; oder alle
stories-all = alle Sprachen
option-sentences = sätze
option-sentences-about = Sätze je Meldung, 1 bis 10
option-limit = höchstzahl
option-limit-about = Höchstzahl der Meldungen, 1 bis 25
option-look = aussehen
option-look-about = Wie Ausgaben aussehen
option-sections = ressorts
option-sections-about = Ressorts der Titelseite: nach Thema oder nach Land
option-size = umfang
option-size-about = Wie lang die Titelseite ist
option-late = verspätung
option-late-about = Was mit einer verpassten Ausgabe geschieht
option-quiet = ruhetag
option-quiet-about = Was geschieht, wenn es keine neuen Meldungen gibt
option-name = name
option-name-about = Name, unter dem ich poste; - für meinen eigenen
option-avatar = bild
option-avatar-about = Link zum Avatar, mit dem ich poste; - für meinen eigenen
option-posts = beiträge
option-posts-about = Ein Beitrag für die ganze Ausgabe oder einer je Meldung
option-alerts = eilmeldungen
option-alerts-about = Ein Ereignis sofort posten, wenn so viele Quellen berichten: 3 oder 3 22:00-07:00 5
option-role = rolle
option-role-about = Rolle, die erwähnt wird; @everyone für keine
option-notify = benachrichtigen
option-notify-about = Wie üblich benachrichtigen oder lautlos posten
option-talk = gespräch
option-talk-about = Threads zum Reden unter dem, was ich poste
option-every = rhythmus
option-every-about = Was eine Ausgabe umfasst: das Neue seit der letzten oder die Woche

## Choices
choice-look-front = Titelseite
choice-look-cards = Karten
choice-look-chart = Karten mit Diagramm
choice-look-embeds = Embeds
choice-look-plain = nur Text
choice-sections-topic = nach Thema
choice-sections-country = nach Land
choice-size-short = kurz
choice-size-normal = normal
choice-size-long = lang
choice-posts-digest = ein Beitrag für die ganze Ausgabe
choice-posts-event = ein Beitrag je Meldung
choice-notify-normal = wie üblich benachrichtigen
choice-notify-silent = lautlos posten
choice-talk-none = keine Threads
choice-talk-digest = einer unter der Ausgabe
choice-talk-story = einer unter jeder Meldung
choice-every-day = das Neue seit der letzten Ausgabe
choice-every-week = die Ereignisse der Woche, einmal pro Woche
choice-late-post = verspätet posten
choice-late-merge = in die nächste Ausgabe aufnehmen
choice-late-skip = auslassen
choice-quiet-say = in einer Zeile sagen
choice-quiet-skip = nichts posten
choice-quiet-widen = mit älteren, noch nicht geposteten Meldungen auffüllen

## Quellen
sources-title = Quellen dieser Zeitung
sources-none = Es werden noch keine Feeds gelesen.
source-new = noch nicht abgerufen
source-last = zuletzt gekommen { $at }
source-failing = gerade nicht lesbar
source-paused = angehalten
source-own = nur dieser Server
source-daily = { $count ->
    [one] { $count } Meldung am Tag
   *[other] { $count } Meldungen am Tag
}
source-added = Als Quelle { $id } hinzugefügt: { $title }
source-entries = { $count ->
    [0] Sie hat gerade keine Einträge.
    [one] Sie hat { $count } Eintrag. Was sie bringt, sieht nur dieser Server.
   *[other] Sie hat { $count } Einträge. Was sie bringt, sieht nur dieser Server.
}
source-odd-empty = Sie hat gerade keine Einträge.
source-odd-titles = { $count } von { $total } Einträgen haben nur eine Überschrift.
source-odd-dates = { $count } von { $total } Einträgen haben kein Datum.
source-odd-old = Der neueste Eintrag ist { $days } Tage alt.
source-odd-shared = Mehrere Einträge haben dieselbe ID.
source-odd-left-out = { $note }
source-odd-slow = Die Antwort dauerte { $seconds } Sekunden.
source-removed = Quelle entfernt: { $title }. Ihre Meldungen bleiben.
dropped = { $count ->
    [0] Das stand schon in der Zeitung.
    [one] Gelesen: { $count } Meldung. Nur dieser Server sieht sie.
   *[other] Gelesen: { $count } Meldungen. Nur dieser Server sieht sie.
}
drop-refused = Nicht gelesen: { $name } { $reason }

## Die Zeitung im Web
web-skip = Zu den Nachrichten springen
web-nav = Bereiche
web-today = Heute
web-archive = Archiv
web-countries = Länder
web-topics = Themen
web-languages = Sprachen
web-sources = Quellen
web-search = Suche
web-language = Sprache dieser Seite
web-footer = Jeder Satz steht wörtlich so in der Quelle, die daneben genannt ist.
web-coverage = { $reports ->
    [one] { $reports } Bericht
   *[other] { $reports } Berichte
} aus { $sources ->
    [one] { $sources } Quelle
   *[other] { $sources } Quellen
} in { $languages ->
    [one] { $languages } Sprache
   *[other] { $languages } Sprachen
}
web-briefs = Kurz gemeldet
web-all-news = Alle Meldungen
web-all-reports = Alle Berichte zu diesem Ereignis
web-newer = Neuere
web-older = Ältere
web-timeline = Wie die Berichte eintrafen
web-first-report = Der erste Bericht
web-added = Neu:
web-added-nothing = Nichts, was nicht schon in früheren Berichten stand
web-read-original = Lesen bei { $source }
web-week = { $week }. Woche { $year }
web-nothing = Keine Meldung passt.
web-search-label = Wörter oder ein Filter
web-search-button = Suchen
web-search-hint = Zum Beispiel: Fähre country:jp -topic:sport since:1w
web-not-found = Seite nicht gefunden
web-not-found-text = Unter dieser Adresse ist nichts.
web-gone = Nicht mehr da
web-gone-text = Das wurde aus der Zeitung genommen.
web-invalid = Das geht nicht
web-invalid-text = Diese Adresse lässt sich nicht lesen.
web-broken = Etwas ist schiefgegangen
web-broken-text = Versuche es in einer Minute noch einmal.
web-login = Anmelden
web-login-label = Passwort dieser Zeitung
web-login-button = Anmelden
web-login-wrong = Das ist nicht das Passwort.
web-login-wait = Zu viele Versuche. Warte eine Minute und versuche es dann noch einmal.

## Errors
error = Etwas ist schiefgelaufen. Im Protokoll steht mehr dazu unter { $reference }.
error-settings = Die Konfiguration ist ungültig.
error-seed-rejected = { $path }: { $reason }
error-source-address = { $address } kann keine Adresse sein. Sie muss mit https:// oder http:// beginnen.
error-source-known = „{ $title }“ wird schon gelesen.
error-source-ambiguous = Mehrere Quellen heißen so. Wähle eine nach ihrer Nummer: { $ids }
error-source-unreadable = { $address } { $reason }
error-sources-off = Nur der Betreiber dieses Bots kann Quellen hinzufügen.
error-drop-empty = Füge eine Datei oder einen Link hinzu.
error-store = Die Datenbank antwortet nicht. Versuch es in einer Minute noch einmal.
error-store-unavailable = Die Datenbank antwortet nicht. Versuch es in einer Minute noch einmal.
error-store-outdated = Die Datenbank wird gerade aktualisiert. Versuch es in ein paar Minuten noch einmal.
error-filter = Ich verstehe diesen Filter ab Zeichen { $at } nicht. { $problem }
error-unknown-name = „{ $name }“ kenne ich nicht ({ $what }).{ $hint ->
    [none] {""}
   *[other] {" "}Meinst du { $hint }?
}
error-not-found = { $what } { $id } gibt es nicht.
error-not-allowed = Dafür brauchst du die Berechtigung „{ $permission }“.
error-input = { $problem }
error-delivery = Ich kann die Ausgabe gerade nicht posten.
error-channel-gone = Dieser Kanal wurde gelöscht, oder ich bin nicht mehr auf seinem Server.
error-permission-missing = Ich kann in <#{ $channel }> nicht posten: Ich brauche dort „{ $permission }“.
error-discord-unavailable = Discord antwortet nicht. Versuch es in einer Minute noch einmal.
error-token = Discord hat das Token abgelehnt.
carried-out = Erledigt. Ein Neustart kam mir vor der Bestätigung dazwischen. /{ command-subscriptions } und /{ command-following } zeigen, was eingerichtet ist.
error-command-changed = Dieser Befehl hat sich geändert. Versuch es in einer Minute noch einmal.
error-id = „{ $given }“ ist keine ID. Gib s12 für eine Meldung oder e34 für ein Ereignis ein.
error-words-missing = Gib die Wörter ein, nach denen ich suchen soll.
error-words-nothing = In „{ $given }“ steht kein Wort, nach dem ich suchen kann. Gib ein Wort oder eine „Wendung in Anführungszeichen“ ein.
error-question-empty = Frag nach etwas aus den Nachrichten.
error-limit-range = Eine Ausgabe kann 1 bis 25 Meldungen haben.
error-languages-most = Wähle höchstens { $most } Sprachen oder alle.
error-sentences-range = Eine Zusammenfassung kann 1 bis 10 Sätze haben.
error-late-range = Eine Ausgabe kann bis zu 48 Stunden verspätet sein.
error-alerts = „{ $given }“ ist keine Einstellung für Eilmeldungen. Gib 3 ein oder 3 22:00-07:00 5. Mit 0 gibt es keine.
error-alert-sources = Eilmeldungen brauchen { $least } bis { $most } Quellen.
error-alerts-a-day = Möglich sind 1 bis { $most } Eilmeldungen am Tag.
error-talk-story = Ein Thread je Meldung braucht einen Beitrag je Meldung: Wähle dazu { option-posts }: „{ choice-posts-event }“.
error-weekly = Eine wöchentliche Ausgabe kommt an einem Tag zu einer Uhrzeit, zum Beispiel { option-days }:Montag { option-time }:08:00.
error-sender-name = Namen dürfen höchstens 80 Zeichen lang sein und weder @ noch „discord“ oder „clyde“ enthalten.
error-sender-avatar = Der Avatar muss ein Link sein, der mit https:// oder http:// beginnt.
error-channel-id = Das ist keine Kanal-ID. Klick den Kanal in Discord mit der rechten Maustaste an und wähle „Kanal-ID kopieren“.
error-channel-missing = In welchem Kanal soll ich posten? Ergänze { option-channel }:
error-time-missing = Wann soll ich posten? Ergänze { option-time }:08:00 oder { option-time }:08:00,18:30 für zwei Zeiten.
error-timezone-missing = Welche Zeitzone? Ergänze { option-timezone }: und gib eine Stadt ein.
error-timezone-several = „{ $given }“ hat mehrere Zeitzonen. Wähle eine: { $zones }.
error-time-of-day = „{ $given }“ ist keine Uhrzeit. { example-times }
error-times-count = Ein Abonnement braucht 1 bis 24 Uhrzeiten, zum Beispiel 08:00,18:30.
error-day = „{ $given }“ ist kein Wochentag. { example-days }
error-period = „{ $given }“ ist keine Zeitangabe. { example-period }
error-typed-partly = „{ $understood }“ habe ich verstanden, „{ $rest }“ nicht. { $example }
error-typed-ambiguous = „{ $given }“ kann { $readings } heißen. { $example }
example-days = Zum Beispiel: Montag bis Freitag oder Sa, So.
example-times = Zum Beispiel: 8:30 Uhr oder 08:00, 18:30 für zwei Zeiten.
example-period = Zum Beispiel: 12 Stunden, gestern, letzte Woche oder 01.11.2026.
error-too-long = Das ist zu lang.
error-nothing-to-change = Was soll sich ändern? Zum Beispiel /{ command-edit } { option-id }:1 { option-time }:08:00
error-follow-most = Du folgst schon { $most } Ausgaben. Bestell zuerst eine mit /{ command-unfollow } ab.
error-server-most = Dieser Server hat schon { $most } Abonnements, mehr sind nicht erlaubt. Lösch zuerst eines mit /{ command-unsubscribe }.
error-channel-most = Dieser Kanal hat schon { $most } Abonnements, mehr sind nicht erlaubt. Wähle einen anderen Kanal oder lösch eines mit /{ command-unsubscribe }.
error-undo-expired = Das lässt sich nicht mehr rückgängig machen.
error-mute-everything = Was soll ich ausblenden? Gib ein Thema, ein Land oder einen Filter an.
error-mute-long = Eine Ausblendung kann höchstens { $most } Zeichen haben.
error-nothing-muted = Du hast nichts ausgeblendet.
error-mutes-most = Du hast schon { $most } Dinge ausgeblendet. Blende zuerst mit /{ command-unmute } etwas wieder ein.
error-burst = Das waren viele Anfragen auf einmal. Warte auf die Antworten, die unterwegs sind, und versuch es dann noch einmal.
error-not-muted = „{ $what }“ hast du nicht ausgeblendet.
error-button-old = Diese Schaltfläche ist abgelaufen. Benutz den Befehl noch einmal.
error-members-only = Das geht nur in Discord, für Mitglieder eines Servers.
error-no-button = Es gibt keine Schaltfläche { $number }.
error-which-choice = Wähle eine Zeile des Menüs: { $example } bis { $last }.
error-no-page = Es gibt keine weiteren Seiten.
error-quote = Ein Anführungszeichen fehlt.
error-no-command = Gib einen Befehl ein, zum Beispiel /{ command-news }. /{ command-help } zeigt alle.
error-option-unknown = { $command } versteht „{ $given }“ nicht. Die Optionen sind { $options }
error-option-missing = { $command } braucht { $option }
error-number = „{ $given }“ ist keine Zahl. Gib eine Zahl ein nach { $option }
error-number-subscription = „{ $given }“ ist nicht die Nummer eines Abonnements. Gib zum Beispiel { $option }3 ein. /{ command-subscriptions } zeigt alle.
error-option-empty = Gib einen Wert an nach { $option }
permission-manage-guild = Server verwalten
permission-view-channel = Kanal anzeigen
permission-send-messages = Nachrichten senden
permission-send-messages-in-threads = Nachrichten in Threads senden
permission-create-public-threads = Öffentliche Threads erstellen
permission-mention-everyone = @everyone, @here und alle Rollen erwähnen
permission-embed-links = Links einbetten
permission-attach-files = Dateien anhängen
permission-read-message-history = Nachrichtenverlauf anzeigen
permission-manage-messages = Nachrichten verwalten
permission-manage-webhooks = WebHooks verwalten
filter-wrong-long = Ein Filter kann höchstens { $most } Zeichen haben.
filter-wrong-deep = Klammern und „not“ können höchstens { $most } Ebenen tief verschachtelt sein.
filter-wrong-many-words = Ein Filter kann höchstens { $most } Wörter und Wortfolgen haben.
filter-wrong-many-values = Ein Filter kann höchstens { $most } Werte haben.
filter-wrong-long-phrase = Eine Wortfolge kann höchstens { $most } Wörter haben.
filter-wrong-bracket-closes = Zu dieser schließenden Klammer fehlt die öffnende.
filter-wrong-bracket-open = Diese Klammer wird nicht geschlossen.
filter-wrong-bracket-before = Vor dieser Klammer steht nichts.
filter-wrong-end = Am Ende fehlt etwas.
filter-wrong-before = Vor „{ $given }“ fehlt etwas.
filter-wrong-no-word = „{ $given }“ enthält kein Wort, nach dem ich suchen kann.
filter-wrong-key = Den Schlüssel „{ $given }:“ gibt es nicht. Meinst du „{ $hint }“? Setz Text mit Doppelpunkt in Anführungszeichen.
filter-wrong-event = „{ $given }“ ist nicht die ID eines Ereignisses, zum Beispiel e34.
filter-wrong-pattern = „{ $key_name }“ braucht einen Buchstaben oder eine Ziffer und kann höchstens { $most } Sternchen haben.
filter-wrong-value = Gib nach „{ $given }:“ einen Wert an.
what-country = Land
what-topic = Thema
what-time-zone = Zeitzone
what-engine = Verfahren
what-command = Befehl
what-option = Option
what-look = Aussehen
what-sections = Ressorts
what-order-of-sections = Ordnung der Ressorts
what-size = Umfang
what-late-policy = Regel für verspätete Ausgaben
what-quiet-policy = Regel für ruhige Tage
what-late = Regel für verspätete Ausgaben
what-posts = Art zu posten
what-way-of-posting = Art zu posten
what-notification = Benachrichtigung
what-kind-of-thread = Art von Thread
what-rhythm = Rhythmus
what-notify = Benachrichtigung
what-talk = Art von Thread
what-every = Rhythmus
what-quiet = Regel für ruhige Tage
what-language = Sprache
what-region = Region
what-story = Meldung
what-event = Ereignis
what-subscription = Abonnement
what-source = Quelle
what-mute = Ausblendung
