# Gazettes eigene Worte auf Deutsch.

## Digests and lists
digest-title = Die Nachrichten
digest-title-of = Die Nachrichten: { $filter }
digest-quiet = Ein ruhiger Tag: nichts Neues für diese Ausgabe.
chart-title = Länder nach Meldungen
digest-corrected = Von der Quelle zurückgezogen oder geändert.
digest-omitted = { $count ->
    [one] { $count } weitere Meldung
   *[other] { $count } weitere Meldungen
}
digest-update = Neues
digest-sources = { $count ->
    [one] { $count } Bericht
   *[other] { $count } Berichte
}
digest-footer = Gazette Nr. { $marker }
catchup-title = Seit { $at }
trending-title = Gerade im Kommen
trending-title-of = Gerade im Kommen: { $filter }
trending-nothing = Gerade steigt nichts: Über kein Ereignis wird mehr berichtet als in der Zeit davor.
trending-rise = { $count ->
    [one] { $count } Bericht, davor { $before }
   *[other] { $count } Berichte, davor { $before }
}
story-truncated = Hier bricht die Quelle ab.
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
news-nothing = Nichts passt. Versuche es mit weniger Bedingungen oder einem längeren Zeitraum; /{ command-countries } und /{ command-topics } zeigen, was es gibt.
news-empty = Noch gibt es keine Meldungen.
search-title = { $total ->
    [0] Nichts gefunden zu „{ $words }“
    [one] { $total } Meldung enthält „{ $words }“
   *[other] { $total } Meldungen enthalten „{ $words }“
}
search-title-many = Die { $total } besten Meldungen zu „{ $words }“
menu-full = Eine Meldung ganz lesen …
menu-country = Nachrichten über ein Land …
menu-topic = Nachrichten zu einem Thema …
button-next = Weiter
button-previous = Zurück
button-more = { $count ->
    [one] { $count } weitere
   *[other] { $count } weitere
}
button-more-from = Mehr aus: { $country }
button-full = Ganzer Text
button-original = Quelle
button-why = Warum steht das hier?
button-mute = Für mich ausblenden: { $what }
button-undo = Rückgängig
button-stop = Diese Ausgabe beenden
button-preview = Vorschau
button-pause = Anhalten
button-resume = Fortsetzen
button-unsubscribe = Abbestellen

## Filters in words
filter-everything = alles
filter-not = nicht { $what }
filter-words = „{ $words }“
filter-since = seit { $when }
filter-until = bis { $when }
filter-newer = höchstens { $span } alt
filter-older = mehr als { $span } alt
filter-several = { $some } und { $count ->
    [one] { $count } weiteres
   *[other] { $count } weitere
}
since-today = heute
since-yesterday = gestern
days-daily = jeden Tag
days-weekdays = Montag bis Freitag
days-weekend = Samstag und Sonntag
days-range = { $first }–{ $last }

## /why
why-title = Warum: { $headline }
why-event = { $count ->
    [one] Ein Bericht erzählt davon.
   *[other] { $count } Berichte erzählen davon.
}
why-rank = Nummer { $rank } der neuesten Nachrichten: { $reasons }.
why-reason-sources = { $value ->
    [one] aus einer Quelle
   *[other] aus { $value } Quellen
}
why-reason-position = { $value ->
    [1] die erste Meldung in ihrer Quelle
   *[other] Meldung { $value } in ihrer Quelle
}
why-reason-length = { $value ->
    [one] { $value } Zeichen lang
   *[other] { $value } Zeichen lang
}
why-newest = Neuester Bericht:
why-country = { $country }: { $salience } der Meldung, wegen { $evidence }
why-country-implied = { $country }: { $salience } der Meldung, ohne direkt genannt zu sein
why-topic = { $topic }: zu { $score } sicher
why-sentences = Woher jeder Satz stammt
why-sentence = Satz { $position } aus { $path }, Meldung { $story }

## /about, /countries, /topics
about-title = Gazette
about-text = Eine Zeitung für diese Gemeinschaft. Sie bringt eine Auswahl statt einer Flut, und jeder Satz darin stammt wörtlich aus der Quelle.
about-counts = Meldungen: { $stories } · Dokumente: { $documents } · Länder: { $countries } · Themen: { $topics }
about-latest = Die neueste kam
about-version = Version { $version }
countries-title = Länder in den Nachrichten
countries-gaps = Seit sieben Tagen keine Nachrichten: { $regions }
topics-title = Themen in den Nachrichten
count-line = { $name }: { $count }
count-more = { $count ->
    [one] und { $count } weiteres
   *[other] und { $count } weitere
}

## /help
help-title = Was du fragen kannst
help-reading = Nachrichten
help-personal = Nur für dich
help-managing = Für alle, die diesen Server verwalten
help-note = Antworten siehst nur du. Fang bei einer Option zu tippen an, um zu sehen, was es gibt; /{ command-help } { option-command }:{ command-news } erklärt einen Befehl.

## The console
console-hello = Tippe einen Befehl wie /{ command-news } { option-country }:JP; /{ command-help } zählt sie auf. Zahlen drücken Knöpfe, /next blättert um, Tab ergänzt, /language en wechselt die Sprache, /quit beendet.

## Subscriptions
subscribed = Abonnement { $id } angelegt
subscription-number = Nr. { $id }
subscription-changed = Nr. { $id } ist geändert
paused = Nr. { $id } ruht
resumed = Nr. { $id } geht weiter
unsubscribed = Nr. { $id } ist abbestellt; davon kommen keine Ausgaben mehr.
subscription-paused = angehalten: { $reason }
subscription-paused-by-manager = Angehalten von der Serververwaltung
subscription-sender = gepostet als { $name }, solange ich das Recht { $permission } habe
subscription-avatar = gepostet mit diesem Bild
subscription-next = nächste Ausgabe
subscription-size = { $sentences ->
    [one] { $sentences } Satz je Meldung
   *[other] { $sentences } Sätze je Meldung
}, höchstens { $limit } Meldungen
subscriptions-title = Abonnements dieses Servers
subscriptions-none = Noch gibt es keins. /{ command-subscribe } legt eins an.
preview-nothing = Wäre Nr. { $id } jetzt fällig, käme nichts: Es gibt nichts Neues dafür.
times-daily = täglich um { $times } ({ $timezone })
times-on-days = { $days } um { $times } ({ $timezone })
history-title = Die letzten Ausgaben von Nr. { $id }
history-nothing = Noch war keine fällig.
history-open = öffnen
delivery-planned = wartet, bis sie an der Reihe ist
delivery-composed = ist geschrieben, noch nicht verschickt
delivery-sending = wird gerade verschickt
delivery-sent = verschickt
delivery-failed = fehlgeschlagen
delivery-expired = zu spät zum Verschicken
delivery-skipped = nichts wurde verschickt
reason-quiet = es gab nichts Neues
reason-late = es war zu spät
reason-late-skipped = es war spät, und verspätete Ausgaben fallen aus
reason-late-merged = es war spät; die nächste holt es nach
reason-paused = angehalten
reason-unsubscribed = das Abonnement war beendet
reason-channel-gone = der Kanal ist weg, oder ich bin nicht mehr auf dem Server
reason-permission-missing = mir fehlt eine Berechtigung im Kanal
reason-permission-needed = mir fehlt im Kanal die Berechtigung „{ $permission }“
reason-refused = Discord hat die Nachricht nicht angenommen
reason-unsure = es lässt sich nicht feststellen, ob sie ankam; sie wird nicht noch einmal verschickt
reason-gave-up = zu viele Versuche schlugen fehl

## Personal digests and mutes
followed = Du folgst diesem
following-title = Was du verfolgst
following-none = Noch nichts. /{ command-follow } bestellt eine Ausgabe als Direktnachricht.
unfollowed = { $count ->
    [0] Du verfolgst nichts.
    [one] Beendet: { $count } Ausgabe kommt nicht mehr.
   *[other] Beendet: { $count } Ausgaben kommen nicht mehr.
}
muted-title = Was du ausgeblendet hast
muted = Für dich ausgeblendet: { $what }. Ausgaben, /{ command-catchup } und /{ command-trending } lassen es weg; /{ command-news } und /{ command-search } finden es weiterhin.
muted-for = { $days ->
    [one] Für dich { $days } Tag ausgeblendet: { $what }.
   *[other] Für dich { $days } Tage ausgeblendet: { $what }.
}
unmuted = { $count ->
    [one] { $count } Ausblendung ist aufgehoben.
   *[other] { $count } Ausblendungen sind aufgehoben.
}
forgotten = Alles, was über dich gespeichert war, ist gelöscht: deine Ausgaben, deine Ausblendungen, wann du zuletzt nachgelesen hast.

## Commands: names and descriptions
command-news = nachrichten
command-news-about = Die neuesten Meldungen über ein Land oder Thema
command-digest = ausgabe
command-digest-about = Die Ausgabe, die ein Kanal jetzt bekäme
command-now = jetzt
command-now-about = Die Ausgabe, die ein Kanal jetzt bekäme
command-trending = aufsteigend
command-trending-about = Worüber immer mehr Quellen berichten
command-catchup = nachlesen
command-catchup-about = Was kam, seit du das zuletzt gefragt hast
command-search = suchen
command-search-about = Meldungen, die bestimmte Wörter enthalten
command-story = meldung
command-story-about = Eine Meldung in voller Länge
command-why = warum
command-why-about = Warum eine Meldung dasteht und woher jeder Satz stammt
command-countries = länder
command-countries-about = Die Länder, die in den Nachrichten sind
command-topics = themen
command-topics-about = Die Themen, die in den Nachrichten sind
command-about = über
command-about-about = Was dieser Bot ist und wie viel er weiß
command-help = hilfe
command-help-about = Was du fragen kannst
command-follow = folgen
command-follow-about = Eine eigene Ausgabe als Direktnachricht bekommen
command-following = verfolgt
command-following-about = Was du verfolgst und was du ausgeblendet hast
command-unfollow = entfolgen
command-unfollow-about = Eine eigene Ausgabe beenden oder alle
command-mute = ausblenden
command-mute-about = Ein Thema oder Land in Ausgaben nicht mehr sehen
command-unmute = einblenden
command-unmute-about = Wieder sehen, was du ausgeblendet hast
command-forget = vergessen
command-forget-about = Alles löschen, was über dich gespeichert ist
command-subscribe = abonnieren
command-subscribe-about = Einem Kanal zu festen Zeiten eine Ausgabe bringen
command-subscriptions = abonnements
command-subscriptions-about = Die Ausgaben, die dieser Server bekommt
command-edit = ändern
command-edit-about = Ein Abonnement ändern
command-pause = anhalten
command-pause-about = Ein Abonnement ruhen lassen
command-resume = fortsetzen
command-resume-about = Ein angehaltenes Abonnement weiterlaufen lassen
command-unsubscribe = abbestellen
command-unsubscribe-about = Ein Abonnement beenden
command-preview = vorschau
command-preview-about = Was ein Abonnement jetzt brächte
command-history = verlauf
command-history-about = Die letzten Ausgaben eines Abonnements und was aus ihnen wurde

## Options: names and descriptions
option-country = land
option-country-about = Ein Land, oder mehrere mit Kommas
option-topic = thema
option-topic-about = Ein Thema, oder mehrere mit Kommas
option-since = seit
option-since-about = Wie weit zurück: 12h, 2d, 1w, today oder ein Datum
option-filter = filter
option-filter-about = Alles andere, etwa: lang:de -topic:sport "hohe See"
option-unmute-filter-about = Was wieder zu sehen sein soll; ohne Angabe alles
option-page = seite
option-page-about = Welche Seite
option-words = wörter
option-words-about = Wörter oder eine "Wortfolge"
option-id = nummer
option-id-about = Die Nummer des Abonnements
option-story-id-about = Die Meldung, etwa s12
option-why-id-about = Die Meldung oder das Ereignis, etwa e34
option-unfollow-id-about = Welche Ausgabe; ohne Angabe alle
option-command = befehl
option-command-about = Der Befehl, der erklärt werden soll
option-time = zeit
option-time-about = Uhrzeit, oder mehrere mit Kommas: 08:00,18:30
option-timezone = zeitzone
option-timezone-about = Zeitzone: tippe eine Stadt oder wie spät es dort gerade ist
option-channel = kanal
option-channel-about = Wohin die Ausgaben gehen; ohne Angabe hierher
option-days = tage
option-days-about = Wochentage: mon-fri oder sat,sun
option-mute-days-about = Für wie viele Tage; ohne Angabe für immer
option-language = sprache
option-language-about = Sprache der eigenen Worte der Ausgabe
option-sentences = sätze
option-sentences-about = Sätze je Meldung, 1 bis 10
option-limit = höchstzahl
option-limit-about = Meldungen höchstens, 1 bis 25
option-look = aussehen
option-look-about = Wie Ausgaben gezeichnet werden
option-late = verspätung
option-late-about = Was mit einer verpassten Ausgabe geschieht
option-quiet = ruhetag
option-quiet-about = Was geschieht, wenn es nichts Neues gibt
option-name = name
option-name-about = Name, unter dem gepostet wird, statt meines; - für meinen
option-avatar = bild
option-avatar-about = Adresse des Bildes, mit dem gepostet wird; - für meines
option-posts = beiträge
option-posts-about = Ein Beitrag für alles oder einer für jede Meldung

## Choices
choice-look-components = Karten
choice-look-chart = Karten mit Diagramm
choice-look-embeds = Einbettungen
choice-look-plain = reiner Text
choice-posts-digest = ein Beitrag für alles
choice-posts-event = ein Beitrag für jede Meldung
choice-late-post = verspätet bringen
choice-late-merge = mit der nächsten erzählen
choice-late-skip = ausfallen lassen
choice-quiet-say = in einer Zeile sagen
choice-quiet-skip = nichts bringen
choice-quiet-widen = ältere, noch nicht erzählte Meldungen bringen

## Errors
error = Hier ist etwas schiefgegangen. Es ist unter { $reference } festgehalten.
error-settings = Die Einstellungen lassen sich nicht verwenden.
error-seed-rejected = { $path }: { $reason }
error-store = Die Datenbank kann gerade nicht antworten. Versuche es in einer Minute wieder.
error-store-unavailable = Die Datenbank kann gerade nicht antworten. Versuche es in einer Minute wieder.
error-store-outdated = Die Datenbank wird gerade erneuert. Versuche es in ein paar Minuten wieder.
error-filter = Diesen Filter verstehe ich nicht: { $problem } (bei Zeichen { $at }).
error-unknown-name = Nicht bekannt ({ $what }): { $name }.{ $hint ->
    [none] {""}
   *[other] {" "}Meinst du { $hint }?
}
error-not-found = Nicht gefunden ({ $what }): { $id }.
error-not-allowed = Dafür brauchst du die Berechtigung „{ $permission }“.
error-input = { $problem }
error-delivery = Die Ausgabe kann gerade nicht verschickt werden.
error-channel-gone = Dieser Kanal ist weg, oder ich bin nicht mehr auf seinem Server.
error-permission-missing = Dort darf ich nicht schreiben: Gib mir die Berechtigung „{ $permission }“ in <#{ $channel }>.
error-discord-unavailable = Discord antwortet gerade nicht. Versuche es in einer Minute wieder.
error-token = Discord lehnt das Token ab.
error-command-changed = Dieser Befehl hat sich geändert; tippe ihn in einer Minute noch einmal
error-id = { $given } ist keine Nummer; schreib s12 für eine Meldung oder e34 für ein Ereignis.
error-words-missing = Sag, wonach gesucht werden soll.
error-limit-range = Eine Ausgabe hat zwischen 1 und 25 Meldungen.
error-sentences-range = Eine Zusammenfassung hat zwischen 1 und 10 Sätzen.
error-late-range = Eine Ausgabe kann höchstens 48 Stunden zu spät kommen.
error-sender-name = Ein Name hat höchstens 80 Zeichen, kein @ und weder „discord“ noch „clyde“ darin.
error-sender-avatar = Ein Bild ist eine Adresse, die mit https:// oder http:// beginnt.
error-channel-id = Das ist nicht die ID eines Kanals; kopiere sie in Discord mit „Kanal-ID kopieren“.
error-channel-missing = Sag, welcher Kanal.
error-time-missing = Sag, um wie viel Uhr: 08:00, oder 08:00,18:30 für zwei.
error-timezone-missing = Sag, in welcher Zeitzone; tippe eine Stadt, um sie zu finden.
error-time-of-day = { $given } ist keine Uhrzeit; schreib 08:00, oder 08:00,18:30 für zwei.
error-times-count = Ein Abonnement braucht zwischen 1 und 24 Uhrzeiten, etwa 08:00,18:30.
error-day = { $given } ist kein Tag; schreib mon-fri, sat,sun oder daily.
error-period = { $given } ist keine Zeit; schreib 12h, 2d, 1w, today, yesterday oder ein Datum wie 2026-11-01.
error-too-long = Das ist zu lang.
error-nothing-to-change = Sag, was zu ändern ist.
error-follow-most = Du verfolgst schon { $most }; beende erst eine mit /{ command-unfollow }.
error-mute-everything = Sag, was auszublenden ist: ein Thema, ein Land oder ein Filter.
error-mute-long = Eine Ausblendung hat höchstens { $most } Zeichen.
error-nothing-muted = Du hast nichts ausgeblendet.
error-button-old = Dieser Knopf ist zu alt; frag noch einmal.
error-members-only = Das geht für Mitglieder in Discord: Es kommt als Direktnachricht.
error-no-button = Es gibt keinen Knopf { $number } zum Drücken.
error-which-choice = Sag, welche Zeile des Menüs: { $example } bis { $last }.
error-no-page = Es gibt keine weitere Seite.
error-quote = Ein Anführungszeichen fehlt.
error-no-command = Tippe einen Befehl wie /{ command-news }; /{ command-help } zählt sie auf.
error-option-unknown = { $command } versteht { $given } nicht; die Optionen sind { $options }
error-option-missing = { $command } braucht { $option }
error-number = { $option } muss eine Zahl sein, nicht { $given }.
error-number-subscription = { $option } braucht die Nummer eines Abonnements, etwa { $option }3, nicht { $given }. /{ command-subscriptions } zählt sie auf.
error-option-empty = Nach { $option } steht nichts.
permission-manage-guild = Server verwalten
permission-view-channel = Kanal ansehen
permission-send-messages = Nachrichten senden
permission-send-messages-in-threads = Nachrichten in Threads senden
permission-create-public-threads = Öffentliche Threads erstellen
permission-embed-links = Links einbetten
permission-attach-files = Dateien anhängen
permission-read-message-history = Nachrichtenverlauf anzeigen
permission-manage-messages = Nachrichten verwalten
permission-manage-webhooks = WebHooks verwalten
filter-wrong-long = ein Filter hat höchstens { $most } Zeichen
filter-wrong-deep = Klammern und „not“ dürfen höchstens { $most } tief liegen
filter-wrong-many-words = ein Filter hat höchstens { $most } Wörter und Wortfolgen
filter-wrong-many-values = ein Filter hat höchstens { $most } Werte
filter-wrong-long-phrase = eine Wortfolge hat höchstens { $most } Wörter
filter-wrong-bracket-closes = diese Klammer schließt nichts
filter-wrong-bracket-open = diese Klammer ist nicht geschlossen
filter-wrong-bracket-before = vor dieser Klammer steht nichts
filter-wrong-end = am Ende fehlt etwas
filter-wrong-before = vor { $given } fehlt etwas
filter-wrong-no-word = { $given } enthält kein Wort, das gesucht werden kann
filter-wrong-key = einen Schlüssel { $given }: gibt es nicht — meinst du { $hint } Text mit Doppelpunkt braucht Anführungszeichen
filter-wrong-time = { $given } ist keine Zeit; schreib 12h, 2d, 1w, today, yesterday oder ein Datum wie 2026-11-01
filter-wrong-event = { $given } ist keine Nummer eines Ereignisses wie e34
filter-wrong-pattern = { $key_name } braucht einen Buchstaben oder eine Ziffer und höchstens { $most } Sterne
filter-wrong-name = nicht bekannt ({ $what }): { $given }{ $hint ->
    [none] {""}
   *[other] ; meinst du { $hint }?
}
filter-wrong-value = nach { $given }: fehlt ein Wert
filter-wrong-quote-open = dieses Anführungszeichen ist nicht geschlossen
filter-wrong-quote-closes = dieses Anführungszeichen öffnet nichts
what-country = Land
what-topic = Thema
what-time-zone = Zeitzone
what-engine = Verfahren
what-command = Befehl
what-option = Option
what-look = Aussehen
what-late-policy = Umgang mit Verspätung
what-quiet-policy = Umgang mit ruhigen Tagen
what-late = Umgang mit Verspätung
what-posts = Art zu posten
what-way-of-posting = Art zu posten
what-quiet = Umgang mit ruhigen Tagen
what-language = Sprache
what-region = Region
what-story = Meldung
what-event = Ereignis
what-subscription = Abonnement
what-mute = Ausblendung
