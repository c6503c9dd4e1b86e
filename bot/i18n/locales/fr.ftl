# Les mots propres à Gazette, en français.

## Digests and lists
digest-title = Les nouvelles
digest-title-of = Les nouvelles : { $filter }
digest-quiet = Une journée calme : rien de neuf pour cette édition.
chart-title = Pays par nombre d'articles
digest-corrected = Retiré ou modifié par sa source.
digest-omitted = { $count ->
    [one] { $count } article de plus
   *[other] { $count } articles de plus
}
digest-update = Du nouveau
digest-sources = { $count ->
    [one] { $count } compte rendu
   *[other] { $count } comptes rendus
}
digest-footer = Gazette nº { $marker }
catchup-title = Depuis le { $at }
trending-title = En hausse
trending-title-of = En hausse : { $filter }
trending-nothing = Rien ne monte en ce moment : aucun événement n'a plus de comptes rendus qu'auparavant.
trending-rise = { $count ->
    [one] { $count } compte rendu, { $before } auparavant
   *[other] { $count } comptes rendus, { $before } auparavant
}
story-truncated = La source s'interrompt ici.
story-about = Pays
story-topics = Sujets
story-source = { $path }, article { $position }
news-title = { $total ->
    [0] Aucun article
    [one] { $total } article
   *[other] { $total } articles
}
news-title-of = { $total ->
    [0] Aucun article : { $filter }
    [one] { $total } article : { $filter }
   *[other] { $total } articles : { $filter }
}
news-page = Page { $page } sur { $pages }
news-nothing = Rien ne correspond. Essaie moins de conditions ou une période plus longue ; /{ command-countries } et /{ command-topics } montrent ce qu'il y a.
news-empty = Il n'y a pas encore d'articles.
search-title = { $total ->
    [0] Rien trouvé pour « { $words } »
    [one] { $total } article contient « { $words } »
   *[other] { $total } articles contiennent « { $words } »
}
search-title-many = Les { $total } meilleurs articles pour « { $words } »
menu-full = Lire un article en entier…
menu-country = Nouvelles d'un pays…
menu-topic = Nouvelles sur un sujet…
button-next = Suivant
button-previous = Retour
button-more = { $count ->
    [one] { $count } de plus
   *[other] { $count } de plus
}
button-more-from = Plus sur : { $country }
button-full = Texte complet
button-original = Source
button-why = Pourquoi est-ce ici ?
button-mute = Masquer pour moi : { $what }
button-undo = Annuler
button-stop = Arrêter cette édition
button-preview = Aperçu
button-pause = Suspendre
button-resume = Reprendre
button-unsubscribe = Se désabonner

## Filters in words
filter-everything = tout
filter-not = sauf { $what }
filter-words = « { $words } »
filter-since = depuis { $when }
filter-until = jusqu'à { $when }
filter-newer = depuis { $span }
filter-older = de plus de { $span }
filter-several = { $some } et { $count ->
    [one] { $count } autre
   *[other] { $count } autres
}
since-today = aujourd'hui
since-yesterday = hier
days-daily = tous les jours
days-weekdays = du lundi au vendredi
days-weekend = samedi et dimanche
days-range = { $first }–{ $last }

## /why
why-title = Pourquoi : { $headline }
why-event = { $count ->
    [one] Un compte rendu en parle.
   *[other] { $count } comptes rendus en parlent.
}
why-rank = Numéro { $rank } de l’actualité : { $reasons }.
why-reason-sources = { $value ->
    [one] publié par une source
   *[other] publié par { $value } sources
}
why-reason-position = { $value ->
    [1] premier article de sa source
   *[other] article { $value } de sa source
}
why-reason-length = { $value ->
    [one] { $value } caractère
   *[other] { $value } caractères
}
why-newest = Source la plus récente :
why-country = { $country } : { $salience } de l'article, d'après { $evidence }
why-country-implied = { $country } : { $salience } de l’article, sans mention directe
why-topic = { $topic } : sûr à { $score }
why-sentences = D'où vient chaque phrase
why-sentence = Phrase { $position } de { $path }, article { $story }

## /about, /countries, /topics
about-title = Gazette
about-text = Un journal pour cette communauté. Il publie une sélection plutôt qu'un flot, et chaque phrase y est celle de la source, mot pour mot.
about-counts = Articles : { $stories } · documents : { $documents } · pays : { $countries } · sujets : { $topics }
about-latest = Le dernier est arrivé
about-version = Version { $version }
countries-title = Les pays dans les nouvelles
countries-gaps = Aucune nouvelle depuis sept jours : { $regions }
topics-title = Les sujets dans les nouvelles
count-line = { $name } : { $count }
count-more = { $count ->
    [one] et { $count } de plus
   *[other] et { $count } de plus
}

## /help
help-title = Ce que tu peux demander
help-reading = Nouvelles
help-personal = Pour toi seul
help-managing = Pour celles et ceux qui gèrent ce serveur
help-note = Les réponses ne sont visibles que par toi. Commence à écrire une option pour voir ce qu'il y a ; /{ command-help } { option-command }:{ command-news } explique une commande.

## The console
console-hello = Écris une commande, comme /{ command-news } { option-country }:JP ; /{ command-help } les énumère. Les nombres appuient sur les boutons, /next tourne la page, Tab complète, /language en change la langue, /quit termine.

## Subscriptions
subscribed = Abonnement { $id } créé
subscription-number = Nº { $id }
subscription-changed = Nº { $id } : modifié
paused = Nº { $id } : suspendu
resumed = Nº { $id } : repris
unsubscribed = Le nº { $id } est terminé ; plus aucune édition n'en viendra.
subscription-paused = suspendu : { $reason }
subscription-paused-by-manager = En pause : décision de la gestion du serveur
subscription-sender = publié sous le nom de { $name }, tant que j'ai la permission { $permission }
subscription-avatar = publié avec cette image
subscription-next = prochaine édition
subscription-size = { $sentences ->
    [one] { $sentences } phrase par article
   *[other] { $sentences } phrases par article
}, { $limit } articles au plus
subscriptions-title = Abonnements de ce serveur
subscriptions-none = Il n'y en a pas encore. /{ command-subscribe } en crée un.
preview-nothing = Si le nº { $id } était dû maintenant, il ne publierait rien : il n'y a rien de neuf pour lui.
times-daily = chaque jour à { $times } ({ $timezone })
times-on-days = { $days } à { $times } ({ $timezone })
history-title = Les dernières éditions du nº { $id }
history-nothing = Aucune n'a encore été due.
history-open = ouvrir
delivery-planned = attend son tour
delivery-composed = écrite, pas encore envoyée
delivery-sending = en cours d'envoi
delivery-sent = envoyée
delivery-failed = échouée
delivery-expired = trop tard pour l'envoyer
delivery-skipped = rien n'a été envoyé
reason-quiet = il n'y avait rien de neuf
reason-late = il était trop tard
reason-late-skipped = il était tard, et les éditions en retard sont omises
reason-late-merged = il était tard ; la suivante le raconte
reason-paused = suspendu
reason-unsubscribed = l'abonnement était terminé
reason-channel-gone = le salon n'existe plus, ou je ne suis plus sur le serveur
reason-permission-missing = il me manque une permission dans le salon
reason-permission-needed = il me manque la permission « { $permission } » dans ce salon
reason-refused = Discord n'a pas accepté le message
reason-unsure = on ne peut pas savoir s'il est arrivé, il n'est donc pas renvoyé
reason-gave-up = trop d'essais ont échoué

## Personal digests and mutes
followed = Tu suis ceci
following-title = Ce que tu suis
following-none = Rien encore. /{ command-follow } commande une édition par message privé.
unfollowed = { $count ->
    [0] Tu ne suis rien.
    [one] Arrêté : { $count } édition ne viendra plus.
   *[other] Arrêté : { $count } éditions ne viendront plus.
}
muted-title = Ce que tu as masqué
muted = Masqué pour toi : { $what }. Les éditions, /{ command-catchup } et /{ command-trending } le laissent de côté ; /{ command-news } et /{ command-search } le trouvent toujours.
muted-for = { $days ->
    [one] Masqué pour toi pendant { $days } jour : { $what }.
   *[other] Masqué pour toi pendant { $days } jours : { $what }.
}
unmuted = { $count ->
    [one] { $count } masquage est levé.
   *[other] { $count } masquages sont levés.
}
forgotten = Tout ce qui était gardé sur toi est effacé : tes éditions, tes masquages, ta dernière mise à jour.

## Commands: names and descriptions
command-news = nouvelles
command-news-about = Les derniers articles sur un pays ou un sujet
command-digest = édition
command-digest-about = L'édition qu'un salon recevrait maintenant
command-now = maintenant
command-now-about = L'édition qu'un salon recevrait maintenant
command-trending = en-hausse
command-trending-about = Ce dont parlent de plus en plus de sources
command-catchup = rattrapage
command-catchup-about = Ce qui est arrivé depuis ta dernière demande
command-search = chercher
command-search-about = Les articles qui contiennent certains mots
command-story = article
command-story-about = Un article en entier
command-why = pourquoi
command-why-about = Pourquoi un article est là, et d'où vient chaque phrase
command-countries = pays
command-countries-about = Les pays dont parlent les nouvelles
command-topics = sujets
command-topics-about = Les sujets dont parlent les nouvelles
command-about = à-propos
command-about-about = Ce qu'est ce bot, et combien il en sait
command-help = aide
command-help-about = Ce que tu peux demander
command-follow = suivre
command-follow-about = Recevoir ta propre édition par message privé
command-following = suivis
command-following-about = Ce que tu suis et ce que tu as masqué
command-unfollow = ne-plus-suivre
command-unfollow-about = Arrêter une de tes éditions, ou toutes
command-mute = masquer
command-mute-about = Ne plus voir un sujet ou un pays dans les éditions
command-unmute = démasquer
command-unmute-about = Revoir ce que tu as masqué
command-forget = oublier
command-forget-about = Effacer tout ce qui est gardé sur toi
command-subscribe = abonner
command-subscribe-about = Apporter une édition à un salon à heures fixes
command-subscriptions = abonnements
command-subscriptions-about = Les éditions que reçoit ce serveur
command-edit = modifier
command-edit-about = Modifier un abonnement
command-pause = suspendre
command-pause-about = Laisser reposer un abonnement
command-resume = reprendre
command-resume-about = Reprendre un abonnement suspendu
command-unsubscribe = désabonner
command-unsubscribe-about = Terminer un abonnement
command-preview = aperçu
command-preview-about = Ce qu'un abonnement publierait maintenant
command-history = historique
command-history-about = Les dernières éditions d'un abonnement et leur sort

## Options: names and descriptions
option-country = pays
option-country-about = Un pays, ou plusieurs séparés par des virgules
option-topic = sujet
option-topic-about = Un sujet, ou plusieurs séparés par des virgules
option-since = depuis
option-since-about = Jusqu'où remonter : 12h, 2d, 1w, today ou une date
option-filter = filtre
option-filter-about = Tout le reste, comme : lang:fr -topic:sport "haute mer"
option-unmute-filter-about = Ce qu'il faut revoir ; tout si rien n'est dit
option-page = page
option-page-about = Quelle page
option-words = mots
option-words-about = Des mots ou une "suite de mots"
option-id = numéro
option-id-about = Le numéro de l'abonnement
option-story-id-about = L'article, comme s12
option-why-id-about = L'article ou l'événement, comme e34
option-unfollow-id-about = Quelle édition ; toutes si rien n'est dit
option-command = commande
option-command-about = La commande à expliquer
option-time = heure
option-time-about = Heure du jour, ou plusieurs séparées par des virgules : 08:00,18:30
option-timezone = fuseau-horaire
option-timezone-about = Fuseau horaire : écris une ville, ou l'heure qu'il y est
option-channel = salon
option-channel-about = Où vont les éditions ; ici si rien n'est dit
option-days = jours
option-days-about = Jours de la semaine : mon-fri, ou sat,sun
option-mute-days-about = Pour combien de jours ; pour toujours si rien n'est dit
option-language = langue
option-language-about = Langue des mots propres à l'édition
option-sentences = phrases
option-sentences-about = Phrases par article, de 1 à 10
option-limit = limite
option-limit-about = Articles au plus, de 1 à 25
option-look = apparence
option-look-about = Comment les éditions sont dessinées
option-late = retard
option-late-about = Ce qu'il advient d'une édition manquée
option-quiet = calme
option-quiet-about = Ce qui se passe quand il n'y a rien de neuf
option-name = nom
option-name-about = Le nom sous lequel publier, à la place du mien ; - pour le mien
option-avatar = avatar
option-avatar-about = Adresse de l'image avec laquelle publier ; - pour la mienne
option-posts = publications
option-posts-about = Une publication pour tout, ou une pour chaque article

## Choices
choice-look-components = cartes
choice-look-chart = cartes avec graphique
choice-look-embeds = intégrations
choice-look-plain = texte simple
choice-posts-digest = une publication pour tout
choice-posts-event = une publication pour chaque article
choice-late-post = la publier en retard
choice-late-merge = la raconter avec la suivante
choice-late-skip = l'omettre
choice-quiet-say = le dire en une ligne
choice-quiet-skip = ne rien publier
choice-quiet-widen = raconter des articles plus anciens pas encore racontés

## Errors
error = Quelque chose a mal tourné ici. C'est noté sous la référence { $reference }.
error-settings = La configuration est inutilisable.
error-seed-rejected = { $path } : { $reason }
error-store = La base de données ne peut pas répondre. Réessaie dans une minute.
error-store-unavailable = La base de données ne peut pas répondre. Réessaie dans une minute.
error-store-outdated = La base de données est en cours de mise à jour. Réessaie dans quelques minutes.
error-filter = Je ne comprends pas ce filtre : { $problem } (au caractère { $at }).
error-unknown-name = Inconnu ({ $what }) : { $name }.{ $hint ->
    [none] {""}
   *[other] {" "}Peut-être { $hint } ?
}
error-not-found = Introuvable ({ $what }) : { $id }.
error-not-allowed = Il te faut pour cela la permission « { $permission } ».
error-input = { $problem }
error-delivery = L'édition ne peut pas partir maintenant.
error-channel-gone = Ce salon n'existe plus, ou je ne suis plus sur son serveur.
error-permission-missing = Je ne peux pas y publier : donne-moi la permission « { $permission } » dans <#{ $channel }>.
error-discord-unavailable = Discord ne répond pas. Réessaie dans une minute.
error-token = Discord refuse le jeton.
error-command-changed = cette commande a changé ; réécris-la dans une minute
error-id = { $given } n'est pas un identifiant ; écris s12 pour un article ou e34 pour un événement.
error-words-missing = Dis ce qu'il faut chercher.
error-limit-range = Une édition a entre 1 et 25 articles.
error-sentences-range = Un résumé a entre 1 et 10 phrases.
error-late-range = Une édition peut avoir 48 heures de retard au plus.
error-sender-name = Un nom a 80 caractères au plus, sans @, et ne contient ni « discord » ni « clyde ».
error-sender-avatar = Une image est une adresse qui commence par https:// ou http://.
error-channel-id = Ce n'est pas l'identifiant d'un salon ; copie-le dans Discord avec « Copier l'identifiant du salon ».
error-channel-missing = Dis quel salon.
error-time-missing = Dis à quelle heure : 08:00, ou 08:00,18:30 pour deux.
error-timezone-missing = Dis dans quel fuseau horaire ; écris une ville pour le trouver.
error-time-of-day = { $given } n'est pas une heure ; écris 08:00, ou 08:00,18:30 pour deux.
error-times-count = Un abonnement demande entre 1 et 24 heures, comme 08:00,18:30.
error-day = { $given } n'est pas un jour ; écris mon-fri, sat,sun ou daily.
error-period = { $given } n'est pas un moment ; écris 12h, 2d, 1w, today, yesterday ou une date comme 2026-11-01.
error-too-long = C'est trop long.
error-nothing-to-change = Dis ce qu'il faut modifier.
error-follow-most = Tu en suis déjà { $most } ; arrêtes-en d'abord une avec /{ command-unfollow }.
error-mute-everything = Dis ce qu'il faut masquer : un sujet, un pays ou un filtre.
error-mute-long = Un masquage a { $most } caractères au plus.
error-nothing-muted = Tu n'as rien masqué.
error-button-old = Ce bouton est trop vieux ; redemande.
error-members-only = Cela vaut pour les membres dans Discord : cela arrive par message privé.
error-no-button = Il n'y a pas de bouton { $number } sur lequel appuyer.
error-which-choice = Dis quelle ligne du menu : de { $example } à { $last }.
error-no-page = Il n'y a pas d'autre page.
error-quote = Il manque un guillemet.
error-no-command = Écris une commande, comme /{ command-news } ; /{ command-help } les énumère.
error-option-unknown = { $command } ne comprend pas { $given } ; ses options sont { $options }
error-option-missing = { $command } a besoin de { $option }
error-number = { $option } doit être un nombre, pas { $given }.
error-number-subscription = { $option } attend le numéro d'un abonnement, comme { $option }3, pas { $given }. /{ command-subscriptions } les énumère.
error-option-empty = Il n'y a rien après { $option }
permission-manage-guild = Gérer le serveur
permission-view-channel = Voir le salon
permission-send-messages = Envoyer des messages
permission-send-messages-in-threads = Envoyer des messages dans les fils
permission-create-public-threads = Créer des fils publics
permission-embed-links = Intégrer des liens
permission-attach-files = Joindre des fichiers
permission-read-message-history = Voir les anciens messages
permission-manage-messages = Gérer les messages
permission-manage-webhooks = Gérer les webhooks
filter-wrong-long = un filtre a { $most } caractères au plus
filter-wrong-deep = parenthèses et « not » ont { $most } niveaux au plus
filter-wrong-many-words = un filtre a { $most } mots et suites de mots au plus
filter-wrong-many-values = un filtre a { $most } valeurs au plus
filter-wrong-long-phrase = une suite a { $most } mots au plus
filter-wrong-bracket-closes = cette parenthèse ne ferme rien
filter-wrong-bracket-open = cette parenthèse n'est pas fermée
filter-wrong-bracket-before = il n'y a rien avant cette parenthèse
filter-wrong-end = il manque quelque chose à la fin
filter-wrong-before = il manque quelque chose avant { $given }
filter-wrong-no-word = { $given } n'a aucun mot à chercher
filter-wrong-key = il n'y a pas de clé { $given }: — peut-être { $hint } ? Un texte avec deux-points demande des guillemets
filter-wrong-time = { $given } n'est pas un moment ; écris 12h, 2d, 1w, today, yesterday ou une date comme 2026-11-01
filter-wrong-event = { $given } n'est pas l'identifiant d'un événement, comme e34
filter-wrong-pattern = { $key_name } demande une lettre ou un chiffre, et { $most } étoiles au plus
filter-wrong-name = inconnu ({ $what }) : { $given }{ $hint ->
    [none] {""}
   *[other] {" "}; peut-être { $hint } ?
}
filter-wrong-value = il manque une valeur après { $given }:
filter-wrong-quote-open = ce guillemet n'est pas fermé
filter-wrong-quote-closes = ce guillemet n'ouvre rien
what-country = pays
what-topic = sujet
what-time-zone = fuseau horaire
what-engine = méthode
what-command = commande
what-option = option
what-look = apparence
what-late-policy = traitement des retards
what-quiet-policy = traitement des jours calmes
what-late = traitement des retards
what-posts = façon de publier
what-way-of-posting = façon de publier
what-quiet = traitement des jours calmes
what-language = langue
what-region = région
what-story = article
what-event = événement
what-subscription = abonnement
what-mute = masquage
