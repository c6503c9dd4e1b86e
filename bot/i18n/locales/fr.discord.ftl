# Messages que seul Discord affiche, en français : menus contextuels, formulaire de /abonner, notifications.

menu-summarize = Résumer le message
menu-why = Pourquoi est-ce ici ?
menu-add = Ajouter au journal

## The /subscribe form
setup-title-where = Configurer une édition · 1 sur 2 : quoi et où
setup-title-when = Configurer une édition · 2 sur 2 : quand et comment
setup-intro = Choisis ce que je publie, où et quand. Tu pourras tout changer plus tard avec /{ command-edit }.
setup-label-channel = Salon
setup-label-topics = Sujets
setup-label-countries = Pays
setup-label-stories = Langues des articles
setup-label-timezone = Fuseau horaire
setup-zone-unset = pas encore choisi. Ma suggestion : { $zone }
setup-channel = Choisis un salon
setup-topics = Tous les sujets
setup-countries = Tous les pays
setup-times = Heures
setup-days = Jours
setup-timezone = Choisis un fuseau horaire
setup-language = Langue des titres et des boutons
setup-length = Longueur
setup-length-choice = { $sentences ->
    [one] { $sentences } phrase par article, { $limit } articles au maximum
   *[other] { $sentences } phrases par article, { $limit } articles au maximum
}
setup-look = Apparence
setup-look-front = La une
setup-look-cards = Cartes avec des boutons
setup-look-chart = Cartes avec un graphique des pays
setup-look-embeds = Embeds
setup-look-plain = Texte brut
setup-count = { $count ->
    [one] { $count } article en ce moment
   *[other] { $count } articles en ce moment
}
setup-next = Suivant
setup-back = Retour
setup-find-country = Chercher un pays…
setup-typed-filter = Filtre…
setup-test = Publier un test
setup-test-title = Édition de test
setup-test-note = { $member } essaie cette édition. Elle ne compte pas : ses articles pourront revenir dans la première vraie édition.
setup-test-posted = J’ai publié un test.
setup-test-forum = Je ne peux pas publier de test dans un forum. L’aperçu montre la même chose.
setup-more = Autres heures, fuseau horaire…
setup-preview = Aperçu
setup-confirm = S’abonner
setup-cancel = Annuler
setup-cancelled = Annulé. Je n’ai pas créé d’abonnement.
setup-too-old = Ce formulaire a expiré. /{ command-subscribe } en ouvre un nouveau.
setup-ready = Je peux y publier.
setup-missing = Je ne peux pas y publier : il me faut { $permissions }. Autorise-le dans Modifier le salon > Permissions, ou choisis un autre salon.
setup-plain-text = Je n’ai pas la permission « { permission-embed-links } » ici, donc je publierai les éditions en texte brut.
setup-no-chart = Je n’ai pas la permission « { $permissions } » ici, donc je publierai les éditions sans le graphique.
setup-no-threads = Je n’ai pas la permission « { permission-create-public-threads } » ici, donc je n’ouvrirai pas de fils.
setup-no-mention = Je n’ai pas la permission « { permission-mention-everyone } » ici, donc la mention de ce rôle ne notifiera personne.
setup-not-there = Je ne vois pas ce salon. Autorise « { permission-view-channel } » dans Modifier le salon > Permissions, ou choisis un autre salon.
setup-no-zone = Choisis un fuseau horaire et je te dirai quand arrive la première édition.
setup-no-channel = Reviens en arrière et choisis un salon.
setup-first = Première édition : { $when } ({ $timezone })
setup-form-title-filter = Filtre
setup-form-title-found = Chercher un pays
setup-form-title-clock = Heures et fuseau horaire
setup-form-country = Pays, par exemple Ghana, Corée du Sud
setup-form-times = Heures, par exemple 08:00, 18:30
setup-form-zone = Fuseau horaire : une ville, ex. : Paris
setup-form-filter = Filtre, ex. : country:jp and not topic:sport
setup-filter = Filtre : { $filter }
setup-sender = Nom, avatar, éditions manquées…
setup-sender-title = Nom, avatar, éditions manquées
setup-sender-name = Nom sous lequel publier (vide : le mien)
setup-sender-avatar = Lien vers l’avatar (vide : le mien)
setup-sender-posts = Publications
setup-sender-late = Quand une édition est manquée
setup-sender-quiet = Quand il n’y a pas de nouveaux articles
setup-posted-as = Publié sous le nom de { $name }
setup-own-name = Je n’ai pas la permission « { $permissions } » ici, donc je publierai les éditions sous mon propre nom et avec mon avatar.
setup-preview-title = Ce que je publierais maintenant
setup-preview-nothing = Je ne publierais rien pour l’instant : il n’y a pas encore d’articles.

## Context menus
summarize-title = Résumé
summarize-whole = C’est déjà court. Le voici en entier :
summarize-nothing = Il n’y a pas de texte à résumer. Je lis le message, ses embeds et les fichiers .txt et .md joints.
summarize-too-long = Ce message est trop long à résumer. Essaie avec un texte plus court.
summarize-left-out = Non lus : { $names }
summarize-story = Article { $number } sur { $count }
why-not-mine = Ce n’est pas un de mes messages, ou il ne montre aucun article.
why-choose = Quel article ?

## Serveurs qui ont invité le bot
welcome-title = Merci pour l’invitation
welcome-text = Je fais un journal pour ce serveur : une édition dans vos salons, aux heures que vous choisissez.
welcome-subscribe = Pour commencer, va dans le salon qui doit recevoir l’édition et tape /{ command-subscribe }. Il te faut la permission « { permission-manage-guild } » pour cela.
welcome-help = Tout le monde peut demander les nouvelles avec /{ command-news }. /{ command-help } affiche toutes les commandes.

## Notices of paused and resumed subscriptions, for the member who created them
notice-paused = J’ai mis en pause l’abonnement { $id } dans { $channel } : { $reason }.
notice-paused-channel-gone = J’ai mis en pause l’abonnement { $id } : { reason-channel-gone }.
notice-resumes-itself = Dès que c’est réglé, il reprend tout seul.
notice-channel-gone = Choisis un autre salon avec /{ command-edit }, ou supprime l’abonnement avec /{ command-unsubscribe }.
notice-resumed = J’ai repris l’abonnement { $id } dans { $channel }.
