# Was nur Discord zeigt, auf Deutsch: Kontextmenüs, das Formular von /abonnieren, Hinweise.

menu-summarize = Nachricht zusammenfassen
menu-why = Warum steht das hier?

## The /subscribe form
setup-title = Eine Ausgabe für diesen Server
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
setup-look-chart = Karten mit Diagramm der Länder
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
setup-ready = Dort darf ich schreiben.
setup-missing = Mir fehlt dort: { $permissions }. Gib es mir unter Kanal bearbeiten > Berechtigungen, oder wähle einen anderen Kanal.
setup-plain-text = Mir fehlt dort „Links einbetten“, daher kommen Ausgaben als reiner Text.
setup-no-chart = Mir fehlt dort { $permissions }, daher kommen Ausgaben ohne Diagramm.
setup-not-there = Diesen Kanal sehe ich nicht. Gib mir „Kanal anzeigen“ unter Kanal bearbeiten > Berechtigungen, oder wähle einen anderen.
setup-first = Erste Ausgabe: { $when } ({ $timezone })
setup-form-title = Zeiten, Zone, Filter
setup-form-times = Uhrzeiten, etwa 08:00, 18:30
setup-form-zone = Zeitzone, etwa Europe/Berlin
setup-form-filter = Filter, etwa country:jp and not topic:sport
setup-filter = Filter: { $filter }
setup-sender = Name, Bild, verpasste Ausgaben …
setup-sender-title = Name, Bild, verpasste Ausgaben
setup-sender-name = Name, unter dem gepostet wird; leer: meiner
setup-sender-avatar = Adresse des Bildes; leer: meines
setup-sender-posts = Beiträge
setup-sender-late = Wenn eine Ausgabe verpasst wurde
setup-sender-quiet = Wenn es nichts Neues gibt
setup-posted-as = Gepostet als { $name }.
setup-own-name = Mir fehlt dort { $permissions }, daher kommen Ausgaben unter meinem eigenen Namen und Bild.
setup-preview-title = Was jetzt käme
setup-preview-nothing = Jetzt käme nichts: Dazu gibt es noch keine Meldung.

## Context menus
summarize-title = In Kürze
summarize-whole = Das ist schon kurz; hier ist alles:
summarize-nothing = Hier ist kein Text zum Kürzen: Ich lese eine Nachricht, ihre Embeds und angehängte .txt-Dateien.
summarize-left-out = Ausgelassen: { $names }
summarize-story = Meldung { $number } von { $count }
why-not-mine = Das ist keine Ausgabe und keine Antwort von mir.
why-choose = Welche Meldung?

## Notices of paused and resumed subscriptions, for the member who created them
notice-paused = Ausgabe Nr. { $id } für { $channel } ruht: { $reason }.
notice-paused-channel-gone = Ich habe Abonnement { $id } angehalten: { reason-channel-gone }.
notice-resumes-itself = Sobald das behoben ist, läuft es von selbst weiter.
notice-channel-gone = Wähle mit /{ command-edit } einen anderen Kanal oder lösche das Abonnement mit /{ command-unsubscribe }.
notice-resumed = Ausgabe Nr. { $id } für { $channel } geht weiter.
