# Meldungen, die nur Discord zeigt, auf Deutsch: Kontextmenüs, das Formular von /abonnieren, Hinweise.

menu-summarize = Nachricht zusammenfassen
menu-why = Warum steht das hier?
menu-add = In die Zeitung aufnehmen

## The /subscribe form
setup-title-where = Eine Ausgabe einrichten · 1 von 2: was und wo
setup-title-when = Eine Ausgabe einrichten · 2 von 2: wann und wie
setup-intro = Wähle, was ich wo und wann poste. Mit /{ command-edit } kannst du später alles ändern.
setup-label-channel = Kanal
setup-label-topics = Themen
setup-label-countries = Länder
setup-label-stories = Sprachen der Meldungen
setup-label-timezone = Zeitzone
setup-zone-unset = noch nicht gewählt. Mein Vorschlag: { $zone }
setup-channel = Kanal wählen
setup-topics = Alle Themen
setup-countries = Alle Länder
setup-times = Uhrzeiten
setup-days = Tage
setup-timezone = Zeitzone wählen
setup-language = Sprache der Überschriften und Schaltflächen
setup-length = Länge
setup-length-choice = { $sentences ->
    [one] { $sentences } Satz je Meldung, bis zu { $limit } Meldungen
   *[other] { $sentences } Sätze je Meldung, bis zu { $limit } Meldungen
}
setup-look = Aussehen
setup-look-front = Titelseite
setup-look-cards = Karten mit Schaltflächen
setup-look-chart = Karten mit Länderdiagramm
setup-look-embeds = Embeds
setup-look-plain = Nur Text
setup-count = { $count ->
    [one] { $count } Meldung im Moment
   *[other] { $count } Meldungen im Moment
}
setup-next = Weiter
setup-back = Zurück
setup-find-country = Land suchen …
setup-typed-filter = Filter …
setup-test = Jetzt testweise posten
setup-test-title = Test-Ausgabe
setup-test-note = { $member } probiert diese Ausgabe aus. Sie zählt nicht: Ihre Meldungen können in der ersten echten Ausgabe wieder vorkommen.
setup-test-posted = Ich habe eine Test-Ausgabe gepostet.
setup-test-forum = In einem Forum kann ich keine Test-Ausgabe posten. Die Vorschau zeigt dasselbe.
setup-more = Andere Zeiten, Zeitzone …
setup-preview = Vorschau
setup-confirm = Abonnieren
setup-cancel = Abbrechen
setup-cancelled = Abgebrochen. Ich habe kein Abonnement angelegt.
setup-too-old = Dieses Formular ist abgelaufen. /{ command-subscribe } öffnet ein neues.
setup-ready = Dort kann ich posten.
setup-missing = Dort kann ich nicht posten: Ich brauche { $permissions }. Erlaub es unter Kanal bearbeiten > Berechtigungen oder wähle einen anderen Kanal.
setup-plain-text = Ich habe dort nicht die Berechtigung „{ permission-embed-links }“ und poste Ausgaben deshalb als reinen Text.
setup-no-chart = Ich habe dort nicht die Berechtigung „{ $permissions }“ und poste Ausgaben deshalb ohne Diagramm.
setup-no-threads = Ich habe dort nicht die Berechtigung „{ permission-create-public-threads }“ und öffne deshalb keine Threads.
setup-no-mention = Ich habe dort nicht die Berechtigung „{ permission-mention-everyone }“; die Erwähnung der Rolle benachrichtigt deshalb niemanden.
setup-not-there = Ich sehe diesen Kanal nicht. Erlaub „{ permission-view-channel }“ unter Kanal bearbeiten > Berechtigungen oder wähle einen anderen Kanal.
setup-no-zone = Wähle eine Zeitzone, dann sage ich dir, wann die erste Ausgabe kommt.
setup-no-channel = Geh zurück und wähle einen Kanal.
setup-first = Erste Ausgabe: { $when } ({ $timezone })
setup-form-title-filter = Filter
setup-form-title-found = Land suchen
setup-form-title-clock = Uhrzeiten und Zeitzone
setup-form-country = Länder, zum Beispiel Ghana, Südkorea
setup-form-times = Uhrzeiten, zum Beispiel 08:00, 18:30
setup-form-zone = Zeitzone: eine Stadt, zum Beispiel Berlin
setup-form-filter = Filter, z. B. country:jp and not topic:sport
setup-filter = Filter: { $filter }
setup-sender = Name, Avatar, verpasste Ausgaben …
setup-sender-title = Name, Avatar, verpasste Ausgaben
setup-sender-name = Name beim Posten (leer: mein eigener)
setup-sender-avatar = Link zum Avatar (leer: mein eigener)
setup-sender-posts = Beiträge
setup-sender-late = Wenn eine Ausgabe verpasst wurde
setup-sender-quiet = Wenn es keine neuen Meldungen gibt
setup-posted-as = Gepostet als { $name }
setup-own-name = Ich habe dort nicht die Berechtigung „{ $permissions }“ und poste Ausgaben deshalb unter meinem eigenen Namen und Avatar.
setup-preview-title = Das würde ich gerade posten
setup-preview-nothing = Ich würde gerade nichts posten: Es gibt noch keine Meldungen dafür.

## Context menus
summarize-title = Zusammenfassung
summarize-whole = Das ist schon kurz. Hier ist alles:
summarize-nothing = Hier ist kein Text zum Zusammenfassen. Ich lese die Nachricht, ihre Embeds und angehängte .txt- und .md-Dateien.
summarize-too-long = Die Zusammenfassung dieser Nachricht dauert zu lange. Versuch es mit einem kürzeren Text.
summarize-left-out = Nicht gelesen: { $names }
summarize-story = Meldung { $number } von { $count }
why-not-mine = Das ist keine Nachricht von mir, oder sie zeigt keine Meldungen.
why-choose = Welche Meldung?

## Server, die den Bot eingeladen haben
welcome-title = Danke für die Einladung
welcome-text = Ich mache eine Zeitung für diesen Server: eine Ausgabe in euren Kanälen, zu den Zeiten, die ihr wählt.
welcome-subscribe = Öffne zum Start den Kanal, der die Ausgabe bekommen soll, und gib /{ command-subscribe } ein. Dafür brauchst du die Berechtigung „{ permission-manage-guild }“.
welcome-help = Alle können mit /{ command-news } nach Neuigkeiten fragen. /{ command-help } zeigt alle Befehle.

## Notices of paused and resumed subscriptions, for the member who created them
notice-paused = Ich habe Abonnement { $id } in { $channel } angehalten: { $reason }.
notice-paused-channel-gone = Ich habe Abonnement { $id } angehalten: { reason-channel-gone }.
notice-resumes-itself = Sobald das behoben ist, setze ich es von selbst fort.
notice-channel-gone = Wähle mit /{ command-edit } einen anderen Kanal oder lösche das Abonnement mit /{ command-unsubscribe }.
notice-resumed = Ich habe Abonnement { $id } in { $channel } fortgesetzt.
