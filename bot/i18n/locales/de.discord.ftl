# Was nur Discord zeigt, auf Deutsch: Namen der Befehle, ihre Angaben, das Formular von /abonnieren, Kontextmenüs.

## Befehle
command-news = nachrichten
command-news-about = Nachrichten über ein Land oder ein Thema
command-digest = überblick
command-digest-about = Der heutige Überblick
command-now = jetzt
command-now-about = Der Überblick, den ein Kanal jetzt bekäme
command-story = meldung
command-story-about = Eine Meldung ganz
command-search = suche
command-search-about = Meldungen mit diesen Wörtern
command-trending = gefragt
command-trending-about = Was gerade aufkommt
command-catchup = nachholen
command-catchup-about = Was geschah, seit du zuletzt hier warst
command-why = warum
command-why-about = Warum eine Meldung dabei ist und woher jeder Satz kommt
command-countries = länder
command-countries-about = Länder in den Nachrichten
command-topics = themen
command-topics-about = Themen in den Nachrichten
command-about = über
command-about-about = Was dieser Bot ist
command-help = hilfe
command-help-about = Was du fragen kannst
command-subscribe = abonnieren
command-subscribe-about = Einen Überblick für einen Kanal bestellen; ohne Angaben öffnet sich ein Formular
command-subscriptions = abos
command-subscriptions-about = Die Abos dieses Servers
command-edit = ändern
command-edit-about = Ein Abo ändern
command-pause = anhalten
command-pause-about = Ein Abo ruhen lassen
command-resume = fortsetzen
command-resume-about = Ein ruhendes Abo fortsetzen
command-unsubscribe = abbestellen
command-unsubscribe-about = Ein Abo beenden
command-preview = vorschau
command-preview-about = Sehen, was ein Abo jetzt brächte
command-history = verlauf
command-history-about = Was aus den letzten Ausgaben eines Abos wurde
command-follow = folgen
command-follow-about = Ein eigener Überblick als Direktnachricht
command-following = gefolgt
command-following-about = Deine eigenen Überblicke und was du ausgeblendet hast
command-unfollow = entfolgen
command-unfollow-about = Deinen eigenen Überblick beenden
command-mute = ausblenden
command-mute-about = Ein Land oder Thema in deinen Antworten ausblenden
command-unmute = einblenden
command-unmute-about = Ausgeblendetes wieder zeigen
menu-summarize = Nachricht zusammenfassen
menu-why = Warum steht das hier?

## Angaben
option-country = land
option-country-about = Ein Land: Name, Kürzel oder wie seine Leute heißen
option-topic = thema
option-topic-about = Ein Thema, etwa Politik, Wirtschaft oder Sport
option-since = seit
option-since-about = Wie weit zurück: 24h, 7d, today, yesterday oder ein Datum
option-filter = filter
option-filter-about = Eine ganze Bedingung, etwa: country:jp and not topic:sport
option-page = seite
option-page-about = Welche Seite
option-id = nummer
option-id-about = Welche
option-words = wörter
option-words-about = Gesuchte Wörter; "in Anführungszeichen" für genau diese
option-time = uhrzeit
option-time-about = Uhrzeit dort, etwa 08:00, oder mehrere: 08:00,18:30
option-timezone = zeitzone
option-timezone-about = Zeitzone, etwa Europe/Berlin
option-channel = kanal
option-channel-about = Wohin; ohne Angabe in diesen Kanal
option-days = tage
option-days-about = An welchen Tagen: daily, weekdays, sat,sun
option-language = sprache
option-language-about = Sprache der eigenen Wörter des Überblicks
option-sentences = sätze
option-sentences-about = Sätze je Meldung
option-limit = höchstens
option-limit-about = Meldungen in einem Überblick
option-engine = verfahren
option-engine-about = Wie Sätze ausgewählt werden
option-look = aussehen
option-look-about = Wie er gezeichnet wird: components, embeds oder plain
option-late = verspätet
option-late-about = Wenn eine Ausgabe zu spät kommt: post, merge oder skip
option-quiet = ruhig
option-quiet-about = Wenn es nichts Neues gibt: say, skip oder widen
option-for = dauer
option-for-about = Wie lange

## Das Formular von /abonnieren
setup-title = Ein Überblick für diesen Server
setup-intro = Wähle, was wohin und wann kommt. Alles lässt sich später mit /ändern anpassen.
setup-channel = Welcher Kanal?
setup-topics = Themen: alle
setup-countries = Länder: alle
setup-times = Uhrzeiten
setup-days = Tage
setup-timezone = Zeitzone
setup-language = Sprache
setup-length = Länge
setup-length-choice = { $sentences ->
    [one] { $sentences } Satz je Meldung, bis zu { $limit } Meldungen
   *[other] { $sentences } Sätze je Meldung, bis zu { $limit } Meldungen
}
setup-look = Aussehen
setup-look-components = Karten mit Knöpfen
setup-look-embeds = Embeds
setup-look-plain = Reiner Text
setup-count = { $count ->
    [one] jetzt { $count } Meldung
   *[other] jetzt { $count } Meldungen
}
setup-more = Andere Zeiten, Zone, Filter …
setup-preview = Vorschau
setup-confirm = Abonnieren
setup-cancel = Abbrechen
setup-cancelled = Es wurde nichts bestellt.
setup-too-old = Dieses Formular ist inzwischen zu alt; /abonnieren öffnet ein neues.
setup-here = dieser Kanal
setup-ready = Dort darf ich schreiben.
setup-missing = Mir fehlt dort: { $permissions }. Gib es mir unter Kanal bearbeiten > Berechtigungen, oder wähle einen anderen Kanal.
setup-plainly = Mir fehlt dort „Links einbetten“, daher kommen Überblicke als reiner Text.
setup-not-there = Diesen Kanal sehe ich nicht. Gib mir „Kanal anzeigen“ unter Kanal bearbeiten > Berechtigungen, oder wähle einen anderen.
setup-first = Die erste Ausgabe käme { $when }.
setup-form-title = Zeiten, Zone, Filter
setup-form-times = Uhrzeiten, etwa 08:00, 18:30
setup-form-zone = Zeitzone, etwa Europe/Berlin
setup-form-filter = Filter, etwa country:jp and not topic:sport
setup-filter = Filter: { $filter }
setup-preview-title = Was jetzt käme
setup-preview-nothing = Jetzt käme nichts: Dazu gibt es noch keine Meldung.

## Kontextmenüs
summarize-title = In Kürze
summarize-whole = Das ist schon kurz; hier ist alles:
summarize-nothing = Hier ist kein Text zum Kürzen: Ich lese eine Nachricht, ihre Embeds und angehängte .txt-Dateien.
summarize-left-out = Ausgelassen: { $names }
summarize-story = Meldung { $number } von { $count }
why-not-mine = Das ist kein Überblick und keine Antwort von mir.
why-choose = Welche Meldung?

## Ruhen und Weitergehen
notice-paused = Überblick Nr. { $id } für { $channel } ruht: { $reason }.
notice-returns = Er geht von selbst weiter, sobald das behoben ist.
notice-deleted = Bestelle ihn mit /ändern für einen anderen Kanal oder beende ihn mit /abbestellen.
notice-resumed = Überblick Nr. { $id } für { $channel } geht weiter.
