# Messages de toutes les surfaces, en français. Termes : bot/i18n/glossary/fr.toml.

## Digests and lists
digest-title = L’actualité
digest-title-of = L’actualité : { $filter }
digest-title-morning = L’actualité du matin
digest-title-evening = L’actualité du soir
front-issue = N° { $number }
front-reading = { $minutes } min de lecture
front-updated = mis à jour depuis le dernier numéro
front-brief = En bref
section-politics = Politique et monde
section-business = Économie et travail
section-justice = Faits divers et justice
section-science = Sciences et environnement
section-society = Vie et société
section-culture = Culture
section-sport = Sport
section-world = Monde
digest-quiet = Journée calme : aucun nouvel article pour cette édition.
chart-title = Articles par pays
sample-news = Actualités fictives, pour essayer Gazette
digest-corrected = Retiré ou modifié par la source.
digest-withheld = Retenu par la rédaction.
digest-withheld-title = Retenu
digest-omitted = { $count ->
    [one] { $count } article de plus
   *[other] { $count } articles de plus
}
digest-other-languages = { $count ->
    [one] { $count } article de plus dans une autre langue
   *[other] { $count } articles de plus dans d’autres langues
}
alert-title = Alerte info
digest-alert = Publié à { $at }
digest-week = { $first } – { $last }
digest-developed = Du { $first } au { $last } : { $count ->
    [one] { $count } article
   *[other] { $count } articles
}
digest-update = Mise à jour
digest-sources = { $count ->
    [one] { $count } article
   *[other] { $count } articles
}
mail-unsubscribe = Se désabonner
mail-unsubscribe-by-mail = Pour vous désabonner, écrivez à { $address } avec l’objet « { $subject } ».
mail-unsubscribe-question = Voulez-vous ne plus recevoir ces e-mails ?
mail-unsubscribed = Vous êtes désabonné : vous ne recevrez plus d’e-mails.
mail-unsubscribe-invalid = Ce lien ne vient d’aucun de nos e-mails.
catchup-title = Nouveau depuis { $at }
trending-title = Tendances
trending-title-of = Tendances : { $filter }
trending-nothing = Rien n’est en tendance pour l’instant.
trending-rise = { $count ->
    [one] { $count } article, contre { $before } auparavant
   *[other] { $count } articles, contre { $before } auparavant
}
story-truncated = La source coupe l’article ici.
story-brief = La source ne donne que ce titre.
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
news-nothing = Aucun article ne correspond. Essaie une période plus longue ou moins de filtres. /{ command-countries } et /{ command-topics } montrent ce qui fait l’actualité.
news-none = Il n’y a pas encore d’articles.
search-nothing = Aucun article ne correspond à ces mots. Essaie d’autres mots, ou moins de mots.
news-empty = Il n’y a pas encore d’articles.
search-title = { $total ->
    [0] Aucun article pour « { $words } »
    [one] { $total } article pour « { $words } »
   *[other] { $total } articles pour « { $words } »
}
search-title-many = Les { $total } meilleurs résultats pour « { $words } »
answers-nothing = Je n’ai rien trouvé à ce sujet. Pose la question autrement, ou regarde ce qui fait l’actualité avec /{ command-news }.
menu-full = Lire un article en entier…
menu-country = L’actualité d’un pays…
menu-topic = L’actualité d’un sujet…
menu-mute-story = Choisis un article…
menu-mute-what = Que masquer, jusqu’à quand…
button-next = Suivant
button-previous = Retour
button-more = { $count ->
    [1] Suite ({ $last } sur { $total })
   *[other] Suite ({ $first }–{ $last } sur { $total })
}
button-more-from = Plus sur : { $country }
button-event = Tous les articles
button-more-of = Plus d’articles de { $source }
button-full = Article complet
button-original = Source
button-web = Lire sur le web
button-why = Pourquoi est-ce ici ?
button-whys = Pourquoi ceux-ci ?
button-mute = Masquer…
mute-title = Masquer pour toi
mute-story = Cet article
mute-day = pendant un jour
mute-week = pendant une semaine
mute-always = définitivement
button-more-like = Plus comme ça
button-less-like = Moins comme ça
button-taste-reset = Réinitialiser
button-undo = Annuler
button-stop = Arrêter cette édition
button-preview = Aperçu
button-pause = Mettre en pause
button-resume = Reprendre
button-unsubscribe = Se désabonner
button-delete = Supprimer
button-keep = Conserver
button-stop-all = Les arrêter
button-forget = Effacer mes données

## Filters in words
filter-everything = tout
filter-not = sauf { $what }
filter-words = « { $words } »
filter-key-source = source
filter-key-path = fichier
filter-key-kicker = surtitre
filter-key-event = événement
filter-keyed = { $key } : { $values }
filter-since = depuis { $when }
filter-until = jusqu’à { $when }
filter-newer = depuis { $span }
filter-older = datant de plus de { $span }
filter-several = { $some } et { $count ->
    [one] { $count } de plus
   *[other] { $count } de plus
}
since-today = aujourd’hui
since-yesterday = hier
since-day-before-yesterday = avant-hier
days-daily = tous les jours
days-weekdays = du lundi au vendredi
days-weekend = samedi et dimanche
days-range = { $first }–{ $last }

## /why
whys-title = Pourquoi ces articles
why-title = Pourquoi : { $headline }
why-event = { $count ->
    [one] Un article en parle.
   *[other] { $count } articles en parlent.
}
why-rank = Numéro { $rank } de l’actualité récente : { $reasons }.
why-reason-sources = { $value ->
    [one] publié par une source
   *[other] publié par { $value } sources
}
why-reason-position = { $value ->
    [1] premier article de sa source
   *[other] article { $value } de sa source
}
why-against = En sa défaveur : { $reasons }.
why-factor-dead = { $value ->
    [0] des morts
    [one] { $value } mort
   *[other] { $value } morts
}
why-factor-injured = { $value ->
    [0] des blessés
    [one] { $value } blessé
   *[other] { $value } blessés
}
why-factor-missing = { $value ->
    [0] des disparus ou déplacés
    [one] { $value } disparu ou déplacé
   *[other] { $value } disparus ou déplacés
}
why-factor-arrested = { $value ->
    [0] des arrestations
    [one] { $value } arrestation
   *[other] { $value } arrestations
}
why-factor-magnitude = intensité { $value }
why-factor-money = une somme de { $amount }
why-factor-attack = une attaque
why-factor-war = guerre ou forces armées
why-factor-disaster = une catastrophe naturelle
why-factor-accident = un accident
why-factor-emergency = une urgence
why-factor-epidemic = une épidémie
why-factor-death = un décès
why-factor-leader = un chef d’État ou de gouvernement
why-factor-former = un ancien responsable
why-factor-minister = un ministre ou haut responsable
why-factor-government = parlement ou gouvernement
why-factor-world-body = une organisation internationale
why-factor-top-court = une cour suprême
why-factor-election = une élection ou un vote
why-factor-power-change = un changement de pouvoir
why-factor-law = une loi ou une interdiction
why-factor-treaty = un traité, des négociations ou des sanctions
why-factor-protest = des manifestations
why-factor-crime = une affaire pénale
why-factor-economy = l’économie
why-factor-first = une première ou un record
why-factor-wide = portée nationale ou mondiale
why-factor-interview = un entretien
why-factor-culture = culture ou divertissement
why-factor-study = une étude
why-factor-sport = sport
why-factor-opinion = une tribune
why-factor-service = des conseils ou une liste
why-factor-history = une rétrospective
why-factor-local = vie locale
why-factor-animal = des animaux
why-factor-obituary = une nécrologie
why-factor-celebrity = célébrités
why-factor-product = un produit
why-factor-lifestyle = loisirs
why-factor-curious = une curiosité
why-factor-question = une question en titre
why-factor-prominent = des dirigeants en cause
why-factor-told = évoqué dans un film, une étude ou une rétrospective
why-factor-countries = plusieurs pays
why-factor-topic = sujet : { $topic }
why-newest = Article le plus récent : { $at }
why-country = { $country } : { $salience } de l’article, d’après { $evidence }
why-country-implied = { $country } : { $salience } de l’article, sans mention directe
why-topic = { $topic } : sûr à { $score }
why-sentences = D’où vient chaque phrase
why-sentence = Phrase { $position } de { $path }, article { $story }

## /about, /countries, /topics
about-title = Gazette
about-text = Un journal pour ce serveur. Il publie des éditions au lieu d’un flot de liens, et chaque phrase est reprise mot pour mot de sa source.
about-counts = Articles : { $stories } · documents : { $documents } · pays : { $countries } · sujets : { $topics }
about-latest = Dernier article : { $at }
about-version = Version { $version }
about-invitation = Ajouter à un serveur
about-code = Code source
about-help = Aide
about-privacy = Confidentialité
countries-title = Pays dans l’actualité
countries-gaps = Aucune actualité ces sept derniers jours : { $regions }
topics-title = Sujets dans l’actualité
count-line = { $name } : { $count }
count-more = { $count ->
    [one] et { $count } de plus
   *[other] et { $count } de plus
}

## /help
help-title = Commandes
help-reading = Actualité
help-personal = Rien que pour toi
help-managing = Pour la gestion du serveur
help-note = Les réponses ne sont visibles que par toi. Commence à taper une option pour avoir des suggestions. /{ command-help } { option-command }:{ command-news } explique une commande.
help-command-title = Utiliser { $command }
help-options = Options
help-required = { $about } (obligatoire)
help-values = { $about } : { $values }

## The console
console-hello = Tape une commande, par exemple /{ command-news } { option-country }:JP. /{ command-help } les affiche toutes. Un nombre active un bouton, /next affiche la page suivante, Tab complète, /language en change la langue, /quit quitte.

## Subscriptions
subscribed = Abonnement { $id } créé
subscription-number = Abonnement { $id }
subscription-changed = Abonnement { $id } modifié
paused = Abonnement { $id } mis en pause
resumed = Abonnement { $id } repris
unsubscribe-question = Supprimer l’abonnement { $id } ? Il ne publierait plus d’éditions.
unsubscribed = Abonnement { $id } supprimé. Il ne publiera plus d’éditions. Tu peux annuler jusqu’à demain.
subscription-kept = L’abonnement { $id } est conservé
subscription-restored = L’abonnement { $id } est rétabli
subscription-same = L’abonnement { $id } publie déjà la même chose dans ce salon.
copies-title = Copies de l’abonnement { $id }
copy-made = copié : abonnement { $id }.
copy-failed = pas copié. { $reason }
subscription-paused = En pause : { $reason }
subscription-paused-by-manager = Mis en pause par la gestion du serveur
subscription-sender = Publié sous le nom de { $name } (nécessite « { $permission } »)
subscription-avatar = Publié avec cet avatar
subscription-role = Mentionne { $role }
subscription-silent = Publie sans notification
subscription-talk-digest = Ouvre un fil de discussion sous chaque édition
subscription-talk-story = Ouvre un fil de discussion sous chaque article
subscription-weekly = Hebdomadaire : les événements des sept derniers jours par importance
subscription-next = Prochaine édition : { $at }
subscription-languages = Articles : { $stories } · Titres : { $headings }
subscription-engine = résumeur : { $engine }
subscription-late = En cas de retard : { $policy }
subscription-late-hours = En cas de retard : { $policy }, { $hours } h au plus
subscription-quiet = Sans nouveauté : { $policy }
subscription-size = { $sentences ->
    [one] { $sentences } phrase par article
   *[other] { $sentences } phrases par article
}, { $limit } articles au maximum
alert-sources = { $count ->
    [one] Alerte quand { $count } source publie un événement en une heure
   *[other] Alerte quand { $count } sources publient un événement en une heure
}
alert-quiet = calme { $from }–{ $to }
alert-limit = { $count ->
    [one] { $count } par jour au plus
   *[other] { $count } par jour au plus
}
alert-none = Pas d’alertes
subscriptions-title = Abonnements de ce serveur
subscriptions-none = Il n’y a pas encore d’abonnements. Crées-en un avec /{ command-subscribe }.
preview-nothing = L’abonnement { $id } ne publierait rien pour l’instant : il n’y a pas de nouveaux articles pour lui.
times-daily = Tous les jours à { $times } ({ $timezone })
times-on-days = { $days } à { $times } ({ $timezone })
history-title = Dernières éditions de l’abonnement { $id }
history-nothing = Aucune édition n’était encore prévue.
history-open = ouvrir
delivery-planned = bientôt publiée
delivery-composed = prête, pas encore publiée
delivery-sending = en cours de publication
delivery-sent = publiée
delivery-failed = échec
delivery-expired = trop tard pour la publier
delivery-skipped = non publiée
reason-quiet = il n’y avait pas de nouveaux articles
reason-late = il était trop tard
reason-late-skipped = il était tard, et cet abonnement saute les éditions en retard
reason-late-merged = il était tard ; l’édition suivante les inclut
reason-quiet-hours = c’est tombé pendant les heures calmes ; l’édition suivante l’inclut
reason-alert-limit = la limite d’alertes du jour était atteinte ; l’édition suivante l’inclut
reason-already-told = ce salon l’avait déjà
reason-not-breaking = trop peu de sources en parlent encore, ou les alertes sont désactivées
reason-paused = l’abonnement était en pause
reason-unsubscribed = l’abonnement était supprimé
reason-channel-gone = le salon a été supprimé, ou je ne suis plus sur le serveur
reason-permission-missing = il me manque une permission dans ce salon
reason-permission-needed = il me faut « { $permission } » dans ce salon
reason-refused = Discord a refusé le message
reason-unsure = je ne sais pas s’il est arrivé, donc je ne le publie pas une deuxième fois
reason-gave-up = la publication a échoué trop de fois

## Personal digests and mutes
followed = Tu suis maintenant :
following-title = Tu suis
following-none = Tu ne suis rien pour l’instant. /{ command-follow } t’envoie une édition par message privé.
unfollow-question = { $count ->
    [one] Arrêter cette édition ?
   *[other] Arrêter les { $count } éditions ?
}
unfollowed = { $count ->
    [0] Tu ne suis rien.
    [one] C’est arrêté. Tu ne recevras plus cette édition.
   *[other] C’est arrêté. Tu ne recevras plus ces { $count } éditions.
}
muted-title = Tu as masqué
mute-until = { $what } · jusqu’au { $at }
mute-for-good = { $what } · pour toujours
muted = Masqué pour toi : { $what }. Les éditions, /{ command-catchup } et /{ command-trending } ne le montrent plus. /{ command-news } et /{ command-search } le montrent encore.
muted-for = { $days ->
    [one] Masqué pour toi pendant { $days } jour : { $what }.
   *[other] Masqué pour toi pendant { $days } jours : { $what }.
}
unmuted = { $count ->
    [one] { $count } masquage retiré.
   *[other] { $count } masquages retirés.
}
taste-title = Dans tes propres éditions
taste-more = Tu as demandé plus de { $topic }.
taste-less = Tu as demandé moins de { $topic }.
taste-even = { $topic } compte à nouveau comme d’habitude.
taste-note = Ces articles montent ou descendent dans tes propres éditions et aucun ne disparaît. /{ command-following } l’affiche et le réinitialise.
taste-reset = Réinitialisé. Tes propres éditions sont à nouveau classées comme d’habitude.
languages-chosen = Désormais, je choisis pour toi des articles dans ces langues : { $languages }.
languages-shown = Je choisis pour toi des articles dans ces langues : { $languages }. Pour changer : /{ command-languages } { option-stories }:
forget-question = Effacer tout ce que je conserve sur toi : tes éditions, ce que tu as masqué, tes langues et la dernière fois que tu as utilisé /{ command-catchup } ? C’est irréversible.
forgotten = J’ai supprimé tout ce que j’avais enregistré sur toi : tes éditions, tes masquages et ta dernière utilisation de /{ command-catchup }.

## Commands: names and descriptions
command-news = nouvelles
command-news-about = Affiche les derniers articles sur un pays ou un sujet
command-digest = édition
command-digest-about = Affiche l’édition qu’un salon recevrait maintenant
command-now = maintenant
command-now-about = Affiche l’édition qu’un salon recevrait maintenant
command-trending = tendances
command-trending-about = Affiche ce dont parlent de plus en plus de sources
command-catchup = rattrapage
command-catchup-about = Affiche les nouveautés depuis ta dernière utilisation de cette commande
command-search = chercher
command-search-about = Trouve des articles par les mots et par le sens
command-ask = demander
command-ask-about = Répond à une question par des phrases de l’actualité
command-story = article
command-story-about = Affiche un article en entier
command-why = pourquoi
command-why-about = Explique pourquoi un article est ici et d’où vient chaque phrase
command-countries = pays
command-countries-about = Liste les pays dans l’actualité
command-topics = sujets
command-topics-about = Liste les sujets dans l’actualité
command-sources = sources
command-sources-about = Affiche ce que lit ce journal et la date du dernier arrivage
command-list = liste
command-list-about = Affiche ce que lit ce journal et la date du dernier arrivage
command-add = ajouter
command-add-about = Ajoute un flux, ou celui d’un site, pour ce serveur
command-remove = retirer
command-remove-about = Arrête de lire une source de ce serveur
command-drop = déposer
command-drop-about = Ajoute un fichier ou un lien au journal de ce serveur
command-about = à-propos
command-about-about = Présente ce bot et son nombre d’articles
command-help = aide
command-help-about = Liste les commandes ou en explique une
command-follow = suivre
command-follow-about = T’envoie ta propre édition par message privé
command-following = suivis
command-following-about = Liste ce que tu suis et ce que tu as masqué
command-unfollow = ne-plus-suivre
command-unfollow-about = Arrête une de tes propres éditions, ou toutes
command-mute = masquer
command-mute-about = Retire un sujet ou un pays de tes éditions
command-unmute = démasquer
command-unmute-about = Affiche de nouveau ce que tu as masqué
command-languages = langues
command-languages-about = Définit les langues des articles que je choisis pour toi
command-forget = oublier
command-forget-about = Supprime tout ce que j’ai enregistré sur toi
command-subscribe = abonner
command-subscribe-about = Publie une édition dans un salon à heures fixes
command-subscriptions = abonnements
command-subscriptions-about = Liste les abonnements de ce serveur
command-edit = modifier
command-edit-about = Modifie un abonnement
command-copy = copier
command-copy-about = Publier la même édition dans d’autres salons aussi
command-pause = suspendre
command-pause-about = Met un abonnement en pause
command-resume = reprendre
command-resume-about = Reprend un abonnement en pause
command-unsubscribe = désabonner
command-unsubscribe-about = Supprime un abonnement
command-preview = aperçu
command-preview-about = Affiche ce qu’un abonnement publierait maintenant
command-history = historique
command-history-about = Affiche les dernières éditions d’un abonnement et leur résultat

## Options: names and descriptions
option-country = pays
option-country-about = Un pays, ou plusieurs séparés par des virgules
option-topic = sujet
option-topic-about = Un sujet, ou plusieurs séparés par des virgules
option-url = url
option-url-about = Adresse d’un flux ou d’un site
option-source = source
option-source-about = Numéro ou titre d’une source
option-file = fichier
option-file-about = Un fichier texte, une page ou un document
option-link = lien
option-link-about = Adresse d’une page
option-since = depuis
option-since-about = Depuis quand : 12 heures, hier, la semaine dernière ou une date
option-filter = filtre
option-filter-about = D’autres conditions, par exemple : lang:fr -topic:sport "haute mer"
option-unmute-filter-about = Ce que tu veux revoir ; tout si tu ne mets rien
option-page = page
option-page-about = Numéro de la page
option-words = mots
option-words-about = Des mots ou une "expression entre guillemets"
option-question = question
option-question-about = Ta question, dans n’importe quelle langue
option-id = numéro
option-id-about = Numéro de l’abonnement
option-story-id-about = Identifiant de l’article, par exemple s12
option-why-id-about = Identifiant de l’article ou de l’événement, par exemple e34
option-unfollow-id-about = Numéro de l’édition ; toutes si tu ne mets rien
option-command = commande
option-command-about = Commande à expliquer
option-time = heure
option-time-about = Heure, ou plusieurs : 08:00,18:30
option-timezone = fuseau-horaire
option-timezone-about = Fuseau horaire : tape une ville, ou l’heure qu’il y est
option-channel = salon
option-channel-about = Salon où publier ; celui-ci si tu ne mets rien
option-channel2 = salon2
option-channel2-about = Un autre salon où le copier
option-channel3 = salon3
option-channel3-about = Un autre salon où le copier
option-channel4 = salon4
option-channel4-about = Un autre salon où le copier
option-channel5 = salon5
option-channel5-about = Un autre salon où le copier
option-days = jours
option-days-about = Jours de la semaine : du lundi au vendredi, ou sam., dim.
option-mute-days-about = Nombre de jours ; pour toujours si tu ne mets rien
option-language = langue
option-language-about = Langue des titres et des boutons (les articles gardent la leur)
option-stories = articles
option-stories-about = Langues des articles, par exemple français, anglais ; ou toutes
stories-all = toutes les langues
option-sentences = phrases
option-sentences-about = Phrases par article, de 1 à 10
option-limit = limite
option-limit-about = Nombre maximal d’articles, de 1 à 25
option-look = apparence
option-look-about = Apparence des éditions
option-sections = sections
option-sections-about = Sections de la une : par sujet ou par pays
option-size = longueur
option-size-about = Longueur de la une
option-late = retard
option-late-about = Que faire d’une édition manquée
option-quiet = calme
option-quiet-about = Que faire quand il n’y a pas de nouveaux articles
option-name = nom
option-name-about = Nom sous lequel publier ; - pour le mien
option-avatar = avatar
option-avatar-about = Lien vers l’avatar avec lequel publier ; - pour le mien
option-posts = publications
option-posts-about = Une publication pour toute l’édition, ou une par article
option-alerts = alertes
option-alerts-about = Publier aussitôt un événement donné par autant de sources : 3, ou 3 22:00-07:00 5
option-role = rôle
option-role-about = Rôle à mentionner ; @everyone pour aucun
option-notify = notifier
option-notify-about = Notifier comme d’habitude ou publier sans notification
option-talk = fils
option-talk-about = Fils de discussion sous ce que je publie
option-every = rythme
option-every-about = Ce que couvre une édition : le nouveau depuis la précédente, ou la semaine

## Choices
choice-look-front = une
choice-look-cards = cartes
choice-look-chart = cartes avec graphique
choice-look-embeds = embeds
choice-look-plain = texte brut
choice-sections-topic = par sujet
choice-sections-country = par pays
choice-size-short = courte
choice-size-normal = normale
choice-size-long = longue
choice-posts-digest = une publication pour toute l’édition
choice-posts-event = une publication par article
choice-notify-normal = notifier comme d’habitude
choice-notify-silent = publier sans notification
choice-talk-none = aucun fil
choice-talk-digest = un sous l’édition
choice-talk-story = un sous chaque article
choice-every-day = le nouveau depuis la dernière édition
choice-every-week = les événements de la semaine, une fois par semaine
choice-late-post = la publier en retard
choice-late-merge = l’inclure dans l’édition suivante
choice-late-skip = la sauter
choice-quiet-say = le dire en une ligne
choice-quiet-skip = ne rien publier
choice-quiet-widen = compléter avec d’anciens articles pas encore publiés

## Sources
sources-title = Sources de ce journal
sources-none = Aucun flux n’est encore lu.
source-new = pas encore consultée
source-last = dernière arrivée : { $at }
source-failing = illisible pour le moment
source-paused = en pause
source-own = ce serveur seulement
source-daily = { $count ->
    [one] { $count } article par jour
   *[other] { $count } articles par jour
}
source-added = Ajoutée comme source { $id } : { $title }
source-entries = { $count ->
    [0] Elle n’a pas d’entrées pour le moment.
    [one] Elle a { $count } entrée. Seul ce serveur voit ce qu’elle apporte.
   *[other] Elle a { $count } entrées. Seul ce serveur voit ce qu’elle apporte.
}
source-odd-empty = Elle n’a pas d’entrées pour le moment.
source-odd-titles = { $count } entrées sur { $total } n’ont qu’un titre.
source-odd-dates = { $count } entrées sur { $total } n’ont pas de date.
source-odd-old = Sa dernière entrée date de { $days } jours.
source-odd-shared = Plusieurs entrées ont le même ID.
source-odd-left-out = { $note }
source-odd-slow = Elle a mis { $seconds } secondes à répondre.
source-removed = Source retirée : { $title }. Ses articles restent.
dropped = { $count ->
    [0] C’était déjà dans le journal.
    [one] Lu : { $count } article. Seul ce serveur le voit.
   *[other] Lu : { $count } articles. Seul ce serveur les voit.
}
drop-refused = Pas lu : { $name } { $reason }

## L’édition web
web-skip = Aller aux actualités
web-nav = Parties du journal
web-today = Aujourd’hui
web-archive = Archives
web-countries = Pays
web-topics = Sujets
web-languages = Langues
web-sources = Sources
web-search = Recherche
web-language = Langue de cette page
web-footer = Chaque phrase provient mot pour mot de la source indiquée à côté.
web-coverage = { $reports ->
    [one] { $reports } article
   *[other] { $reports } articles
} de { $sources ->
    [one] { $sources } source
   *[other] { $sources } sources
} en { $languages ->
    [one] { $languages } langue
   *[other] { $languages } langues
}
web-briefs = En bref
web-all-news = Tous les articles
web-all-reports = Tous les articles sur cet événement
web-newer = Plus récents
web-older = Plus anciens
web-timeline = L’arrivée des articles
web-first-report = Le premier article
web-added = Nouveau :
web-added-nothing = Rien que les articles précédents ne disaient déjà
web-read-original = Lire sur { $source }
web-week = Semaine { $week }, { $year }
web-nothing = Aucun article ne correspond.
web-search-label = Des mots ou un filtre
web-search-button = Rechercher
web-search-hint = Par exemple : ferry country:jp -topic:sport since:1w
web-not-found = Page introuvable
web-not-found-text = Il n’y a rien à cette adresse.
web-gone = Ce n’est plus ici
web-gone-text = Ceci a été retiré du journal.
web-invalid = Cela ne fonctionne pas
web-invalid-text = Cette adresse est illisible.
web-broken = Une erreur s’est produite
web-broken-text = Réessayez dans une minute.
web-login = Se connecter
web-login-label = Mot de passe de ce journal
web-login-button = Se connecter
web-login-wrong = Ce n’est pas le bon mot de passe.
web-login-wait = Trop de tentatives. Attendez une minute, puis réessayez.

## Errors
error = Une erreur s’est produite. Le journal en donne les détails sous { $reference }.
error-settings = La configuration n’est pas valide.
error-seed-rejected = { $path } : { $reason }
error-source-address = { $address } ne peut pas être une adresse. Elle doit commencer par https:// ou http://.
error-source-known = « { $title } » est déjà lue.
error-source-ambiguous = Plusieurs sources portent ce nom. Choisis-en une par son numéro : { $ids }
error-source-unreadable = { $address } { $reason }
error-sources-off = Seul l’exploitant de ce bot peut ajouter des sources.
error-drop-empty = Ajoute un fichier ou un lien.
error-store = La base de données ne répond pas. Réessaie dans une minute.
error-store-unavailable = La base de données ne répond pas. Réessaie dans une minute.
error-store-outdated = La base de données est en cours de mise à jour. Réessaie dans quelques minutes.
error-filter = Je ne comprends pas ce filtre au caractère { $at }. { $problem }
error-unknown-name = Je ne connais pas « { $name } » ({ $what }).{ $hint ->
    [none] {""}
   *[other] {" "}Tu voulais dire { $hint } ?
}
error-not-found = Introuvable : { $what } { $id }.
error-not-allowed = Il te faut la permission « { $permission } » pour cela.
error-input = { $problem }
error-delivery = Je ne peux pas publier l’édition pour l’instant.
error-channel-gone = Ce salon a été supprimé, ou je ne suis plus sur son serveur.
error-permission-missing = Je ne peux pas publier dans <#{ $channel }> : il m’y faut « { $permission } ».
error-discord-unavailable = Discord ne répond pas. Réessaie dans une minute.
error-token = Discord a refusé le jeton.
carried-out = C’est fait. J’ai redémarré avant de pouvoir le confirmer. /{ command-subscriptions } et /{ command-following } montrent ce qui est en place.
error-command-changed = Cette commande a changé. Réessaie dans une minute.
error-id = « { $given } » n’est pas un identifiant. Tape s12 pour un article ou e34 pour un événement.
error-words-missing = Ajoute les mots à chercher.
error-words-nothing = « { $given } » ne contient aucun mot à chercher. Tape un mot ou une « expression entre guillemets ».
error-question-empty = Pose une question sur l’actualité.
error-limit-range = Une édition peut avoir de 1 à 25 articles.
error-languages-most = Choisis au plus { $most } langues, ou toutes.
error-sentences-range = Un résumé peut avoir de 1 à 10 phrases.
error-late-range = Une édition peut avoir jusqu’à 48 heures de retard.
error-alerts = « { $given } » n’est pas un réglage d’alertes. Tape 3, ou 3 22:00-07:00 5. Avec 0, il n’y en a pas.
error-alert-sources = Les alertes demandent de { $least } à { $most } sources.
error-alerts-a-day = Il peut y avoir de 1 à { $most } alertes par jour.
error-talk-story = Un fil par article demande une publication par article : choisis aussi { option-posts }: « { choice-posts-event } ».
error-weekly = Une édition hebdomadaire paraît un jour à une heure, par exemple { option-days }:lundi { option-time }:08:00.
error-sender-name = Un nom peut avoir 80 caractères au maximum, sans @, « discord » ni « clyde ».
error-sender-avatar = L’avatar doit être un lien qui commence par https:// ou http://.
error-channel-id = Ce n’est pas l’identifiant d’un salon. Dans Discord, fais un clic droit sur le salon et choisis « Copier l’identifiant du salon ».
error-channel-missing = Dans quel salon publier ? Ajoute { option-channel }:
error-time-missing = À quelle heure publier ? Ajoute { option-time }:08:00, ou { option-time }:08:00,18:30 pour deux heures.
error-timezone-missing = Quel fuseau horaire ? Ajoute { option-timezone }: et tape une ville.
error-timezone-several = « { $given } » a plusieurs fuseaux horaires. Choisis-en un : { $zones }.
error-time-of-day = « { $given } » n’est pas une heure. { example-times }
error-times-count = Un abonnement a besoin de 1 à 24 heures, par exemple 08:00,18:30.
error-day = « { $given } » n’est pas un jour. { example-days }
error-period = « { $given } » n’est ni une durée ni une date. { example-period }
error-typed-partly = J’ai compris « { $understood } », mais pas « { $rest } ». { $example }
error-typed-ambiguous = « { $given } » peut vouloir dire { $readings }. { $example }
example-days = Par exemple : du lundi au vendredi, ou sam., dim.
example-times = Par exemple : 8h30, ou 8h et 18h30 pour deux heures.
example-period = Par exemple : 12 heures, hier, la semaine dernière ou 01/11/2026.
error-too-long = C’est trop long.
error-nothing-to-change = Que faut-il modifier ? Par exemple /{ command-edit } { option-id }:1 { option-time }:08:00
error-follow-most = Tu suis déjà { $most } éditions. Arrêtes-en d’abord une avec /{ command-unfollow }.
error-server-most = Ce serveur a déjà { $most } abonnements, le maximum autorisé. Supprimes-en d’abord un avec /{ command-unsubscribe }.
error-channel-most = Ce salon a déjà { $most } abonnements, le maximum autorisé. Choisis un autre salon ou supprimes-en un avec /{ command-unsubscribe }.
error-undo-expired = Il est trop tard pour annuler.
error-mute-everything = Que faut-il masquer ? Ajoute un sujet, un pays ou un filtre.
error-mute-long = Un masquage peut avoir { $most } caractères au maximum.
error-nothing-muted = Tu n’as rien masqué.
error-mutes-most = Tu as déjà masqué { $most } choses. Retires-en d’abord une avec /{ command-unmute }.
error-burst = Tu as posé beaucoup de questions d’un coup. Attends les réponses en cours, puis réessaie.
error-not-muted = Tu n’as pas masqué « { $what } ».
error-button-old = Ce bouton a expiré. Utilise de nouveau la commande.
error-members-only = Cela ne marche que dans Discord, pour les membres d’un serveur.
error-no-button = Il n’y a pas de bouton { $number }.
error-which-choice = Choisis une ligne du menu : de { $example } à { $last }.
error-no-page = Il n’y a pas d’autre page.
error-quote = Il manque un guillemet.
error-no-command = Tape une commande, par exemple /{ command-news }. /{ command-help } les affiche toutes.
error-option-unknown = { $command } ne comprend pas « { $given } ». Ses options sont { $options }
error-option-missing = { $command } a besoin de { $option }
error-number = « { $given } » n’est pas un nombre. Tape un nombre après { $option }
error-number-subscription = « { $given } » n’est pas le numéro d’un abonnement. Tape par exemple { $option }3. /{ command-subscriptions } les affiche.
error-option-empty = Ajoute une valeur après { $option }
permission-manage-guild = Gérer le serveur
permission-view-channel = Voir le salon
permission-send-messages = Envoyer des messages
permission-send-messages-in-threads = Envoyer des messages dans les fils
permission-create-public-threads = Créer des fils publics
permission-mention-everyone = Mentionner @everyone, @here et tous les rôles
permission-embed-links = Intégrer des liens
permission-attach-files = Joindre des fichiers
permission-read-message-history = Voir les anciens messages
permission-manage-messages = Gérer les messages
permission-manage-webhooks = Gérer les webhooks
filter-wrong-long = Un filtre peut avoir { $most } caractères au maximum.
filter-wrong-deep = Les parenthèses et « not » peuvent avoir { $most } niveaux au maximum.
filter-wrong-many-words = Un filtre peut avoir { $most } mots et expressions au maximum.
filter-wrong-many-values = Un filtre peut avoir { $most } valeurs au maximum.
filter-wrong-long-phrase = Une expression peut avoir { $most } mots au maximum.
filter-wrong-bracket-closes = Cette parenthèse fermante n’a pas de parenthèse ouvrante.
filter-wrong-bracket-open = Cette parenthèse n’est pas fermée.
filter-wrong-bracket-before = Il n’y a rien avant cette parenthèse.
filter-wrong-end = Il manque quelque chose à la fin.
filter-wrong-before = Il manque quelque chose avant « { $given } ».
filter-wrong-no-word = « { $given } » ne contient aucun mot à chercher.
filter-wrong-key = La clé « { $given }: » n’existe pas. Tu voulais dire « { $hint } » ? Mets entre guillemets un texte qui contient deux-points.
filter-wrong-event = « { $given } » n’est pas l’identifiant d’un événement, par exemple e34.
filter-wrong-pattern = « { $key_name } » demande une lettre ou un chiffre, et { $most } astérisques au maximum.
filter-wrong-value = Ajoute une valeur après « { $given }: ».
what-country = pays
what-topic = sujet
what-time-zone = fuseau horaire
what-engine = méthode de résumé
what-command = commande
what-option = option
what-look = apparence
what-sections = sections
what-order-of-sections = ordre des sections
what-size = longueur
what-late-policy = règle pour les éditions en retard
what-quiet-policy = règle pour les jours calmes
what-late = règle pour les éditions en retard
what-posts = façon de publier
what-way-of-posting = façon de publier
what-notification = réglage de notification
what-kind-of-thread = type de fil
what-rhythm = rythme
what-notify = réglage de notification
what-talk = type de fil
what-every = rythme
what-quiet = règle pour les jours calmes
what-language = langue
what-region = région
what-story = article
what-event = événement
what-subscription = abonnement
what-source = source
what-mute = masquage
