# Ce que seul Discord montre, en français : noms des commandes, leurs options, le formulaire de /abonner, menus.

## Commandes
command-news = actualités
command-news-about = Les nouvelles d'un pays ou d'un sujet
command-digest = revue
command-digest-about = La revue du jour
command-now = maintenant
command-now-about = La revue qu'un salon recevrait maintenant
command-story = article
command-story-about = Un article en entier
command-search = chercher
command-search-about = Les articles qui contiennent ces mots
command-trending = tendances
command-trending-about = Ce qui monte en ce moment
command-catchup = rattraper
command-catchup-about = Ce qui s'est passé depuis ta dernière visite
command-why = pourquoi
command-why-about = Pourquoi un article est là et d'où vient chaque phrase
command-countries = pays
command-countries-about = Les pays dans l'actualité
command-topics = sujets
command-topics-about = Les sujets dans l'actualité
command-about = à-propos
command-about-about = Ce qu'est ce bot
command-help = aide
command-help-about = Ce que tu peux demander
command-subscribe = abonner
command-subscribe-about = Commander une revue pour un salon ; sans options, un formulaire s'ouvre
command-subscriptions = abonnements
command-subscriptions-about = Les abonnements de ce serveur
command-edit = modifier
command-edit-about = Modifier un abonnement
command-pause = suspendre
command-pause-about = Mettre un abonnement en pause
command-resume = reprendre
command-resume-about = Reprendre un abonnement en pause
command-unsubscribe = désabonner
command-unsubscribe-about = Mettre fin à un abonnement
command-preview = aperçu
command-preview-about = Voir ce qu'un abonnement publierait maintenant
command-history = historique
command-history-about = Ce que sont devenues les dernières revues d'un abonnement
command-follow = suivre
command-follow-about = Une revue pour toi, en message privé
command-following = suivis
command-following-about = Tes propres revues et ce que tu as masqué
command-unfollow = ne-plus-suivre
command-unfollow-about = Mettre fin à ta revue personnelle
command-mute = masquer
command-mute-about = Masquer un pays ou un sujet dans tes réponses
command-unmute = démasquer
command-unmute-about = Montrer de nouveau ce que tu as masqué
menu-summarize = Résumer le message
menu-why = Pourquoi est-ce ici ?

## Options
option-country = pays
option-country-about = Un pays : nom, code ou nom de ses habitants
option-topic = sujet
option-topic-about = Un sujet, comme politique, économie ou sport
option-since = depuis
option-since-about = Jusqu'où remonter : 24h, 7d, today, yesterday ou une date
option-filter = filtre
option-filter-about = Une condition entière, comme : country:jp and not topic:sport
option-page = page
option-page-about = Quelle page
option-id = numéro
option-id-about = Lequel
option-words = mots
option-words-about = Mots à chercher ; "entre guillemets" pour exactement ceux-ci
option-time = heure
option-time-about = Heure locale, comme 08:00, ou plusieurs : 08:00,18:30
option-timezone = fuseau
option-timezone-about = Fuseau horaire, comme Europe/Paris
option-channel = salon
option-channel-about = Où ; dans ce salon si rien n'est dit
option-days = jours
option-days-about = Quels jours : daily, weekdays, sat,sun
option-language = langue
option-language-about = Langue des mots propres à la revue
option-sentences = phrases
option-sentences-about = Phrases par article
option-limit = maximum
option-limit-about = Articles dans une revue, au plus
option-engine = méthode
option-engine-about = Comment les phrases sont choisies
option-look = aspect
option-look-about = Comment elle est dessinée : components, embeds ou plain
option-late = retard
option-late-about = Quand une revue est en retard : post, merge ou skip
option-quiet = calme
option-quiet-about = Quand il n'y a rien de nouveau : say, skip ou widen
option-for = durée
option-for-about = Combien de temps

## Le formulaire de /abonner
setup-title = Une revue pour ce serveur
setup-intro = Choisis quoi, où et quand. Tout peut être changé plus tard avec /modifier.
setup-channel = Quel salon ?
setup-topics = Sujets : tous
setup-countries = Pays : tous
setup-times = Heures
setup-days = Jours
setup-timezone = Fuseau horaire
setup-language = Langue
setup-length = Longueur
setup-length-choice = { $sentences ->
    [one] { $sentences } phrase par article, jusqu'à { $limit } articles
   *[other] { $sentences } phrases par article, jusqu'à { $limit } articles
}
setup-look = Aspect
setup-look-components = Cartes, avec des boutons
setup-look-embeds = Encarts
setup-look-plain = Texte simple
setup-count = { $count ->
    [one] { $count } article à présent
   *[other] { $count } articles à présent
}
setup-more = Autres heures, fuseau, filtre …
setup-preview = Aperçu
setup-confirm = S'abonner
setup-cancel = Annuler
setup-cancelled = Rien n'a été commandé.
setup-too-old = Ce formulaire est trop ancien ; /abonner en ouvre un nouveau.
setup-here = ce salon
setup-ready = Je peux y publier.
setup-missing = Il m'y manque : { $permissions }. Accorde-le-moi dans Modifier le salon > Permissions, ou choisis un autre salon.
setup-plainly = Il m'y manque « Intégrer des liens » ; les revues viendront en texte simple.
setup-not-there = Je ne vois pas ce salon. Accorde-moi « Voir le salon » dans Modifier le salon > Permissions, ou choisis-en un autre.
setup-first = La première revue viendrait { $when }.
setup-form-title = Heures, fuseau, filtre
setup-form-times = Heures, comme 08:00, 18:30
setup-form-zone = Fuseau horaire, comme Europe/Paris
setup-form-filter = Filtre, comme country:jp and not topic:sport
setup-filter = Filtre : { $filter }
setup-preview-title = Ce qui viendrait maintenant
setup-preview-nothing = Rien ne viendrait maintenant : il n'y a encore aucun article.

## Menus contextuels
summarize-title = En bref
summarize-whole = C'est déjà court ; en entier :
summarize-nothing = Il n'y a pas de texte à abréger ici : je lis un message, ses encarts et les fichiers .txt joints.
summarize-left-out = Laissé de côté : { $names }
summarize-story = Article { $number } sur { $count }
why-not-mine = Ce n'est ni une revue ni une réponse de moi.
why-choose = Quel article ?

## Pauses et reprises
notice-paused = La revue nº { $id } pour { $channel } est en pause : { $reason }.
notice-returns = Elle reprendra d'elle-même dès que ce sera réparé.
notice-deleted = Commande-la pour un autre salon avec /modifier, ou mets-y fin avec /désabonner.
notice-resumed = La revue nº { $id } pour { $channel } reprend.
