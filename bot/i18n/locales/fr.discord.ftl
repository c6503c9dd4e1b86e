# Ce que seul Discord montre, en français : menus, le formulaire de /abonner, avis.

menu-summarize = Résumer le message
menu-why = Pourquoi est-ce ici ?

## The /subscribe form
setup-title = Une édition pour ce serveur
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
setup-look-chart = Cartes, avec un graphique des pays
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
setup-ready = Je peux y publier.
setup-missing = Il m'y manque : { $permissions }. Accorde-le-moi dans Modifier le salon > Permissions, ou choisis un autre salon.
setup-plain-text = Il m'y manque « Intégrer des liens » ; les éditions viendront en texte simple.
setup-no-chart = Il m'y manque { $permissions } ; les éditions viendront sans le graphique.
setup-not-there = Je ne vois pas ce salon. Accorde-moi « Voir le salon » dans Modifier le salon > Permissions, ou choisis-en un autre.
setup-first = Première édition : { $when } ({ $timezone })
setup-form-title = Heures, fuseau, filtre
setup-form-times = Heures, comme 08:00, 18:30
setup-form-zone = Fuseau horaire, comme Europe/Paris
setup-form-filter = Filtre, comme country:jp and not topic:sport
setup-filter = Filtre : { $filter }
setup-sender = Nom, image, éditions manquées …
setup-sender-title = Nom, image, éditions manquées
setup-sender-name = Nom de publication ; vide : le mien
setup-sender-avatar = Adresse de l'image ; vide : la mienne
setup-sender-posts = Publications
setup-sender-late = Quand une édition a été manquée
setup-sender-quiet = Quand il n'y a rien de neuf
setup-posted-as = Publié sous le nom de { $name }.
setup-own-name = Il m'y manque { $permissions } ; les éditions viendront sous mon nom et avec mon image.
setup-preview-title = Ce qui viendrait maintenant
setup-preview-nothing = Rien ne viendrait maintenant : il n'y a encore aucun article.

## Context menus
summarize-title = En bref
summarize-whole = C'est déjà court ; en entier :
summarize-nothing = Il n'y a pas de texte à abréger ici : je lis un message, ses encarts et les fichiers .txt joints.
summarize-left-out = Laissé de côté : { $names }
summarize-story = Article { $number } sur { $count }
why-not-mine = Ce n'est ni une édition ni une réponse de moi.
why-choose = Quel article ?

## Notices of paused and resumed subscriptions, for the member who created them
notice-paused = L'édition nº { $id } pour { $channel } est en pause : { $reason }.
notice-paused-channel-gone = J’ai mis en pause l’abonnement { $id } : { reason-channel-gone }.
notice-resumes-itself = Dès que c’est réglé, il reprend tout seul.
notice-channel-gone = Choisis un autre salon avec /{ command-edit } ou supprime l’abonnement avec /{ command-unsubscribe }.
notice-resumed = L'édition nº { $id } pour { $channel } reprend.
