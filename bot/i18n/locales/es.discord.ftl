# Mensajes que solo muestra Discord, en español: menús contextuales, formulario de /suscribir, avisos.

menu-summarize = Resumir mensaje
menu-why = ¿Por qué está aquí?
menu-add = Añadir al periódico

## The /subscribe form
setup-title-where = Configurar un resumen · 1 de 2: qué y dónde
setup-title-when = Configurar un resumen · 2 de 2: cuándo y cómo
setup-intro = Elige qué publico, dónde y cuándo. Puedes cambiarlo todo más tarde con /{ command-edit }.
setup-label-channel = Canal
setup-label-topics = Temas
setup-label-countries = Países
setup-label-stories = Idiomas de las noticias
setup-label-timezone = Zona horaria
setup-zone-unset = aún sin elegir. Mi propuesta: { $zone }
setup-channel = Elige un canal
setup-topics = Todos los temas
setup-countries = Todos los países
setup-times = Horas
setup-days = Días
setup-timezone = Elige una zona horaria
setup-language = Idioma de títulos y botones
setup-length = Longitud
setup-length-choice = { $sentences ->
    [one] { $sentences } frase por noticia, hasta { $limit } noticias
   *[other] { $sentences } frases por noticia, hasta { $limit } noticias
}
setup-look = Aspecto
setup-look-front = Portada
setup-look-cards = Tarjetas con botones
setup-look-chart = Tarjetas con un gráfico de países
setup-look-embeds = Embeds
setup-look-plain = Texto sin formato
setup-count = { $count ->
    [one] { $count } noticia ahora mismo
   *[other] { $count } noticias ahora mismo
}
setup-next = Siguiente
setup-back = Atrás
setup-find-country = Buscar un país…
setup-typed-filter = Filtro…
setup-test = Publicar una prueba
setup-test-title = Resumen de prueba
setup-test-note = { $member } está probando este resumen. No queda registrado: sus noticias pueden volver a aparecer en el primero de verdad.
setup-test-posted = He publicado una prueba.
setup-test-forum = No puedo publicar una prueba en un foro. La vista previa muestra lo mismo.
setup-more = Otras horas, zona horaria…
setup-preview = Vista previa
setup-confirm = Suscribir
setup-cancel = Cancelar
setup-cancelled = Cancelado. No he creado ninguna suscripción.
setup-too-old = Este formulario ha caducado. /{ command-subscribe } abre uno nuevo.
setup-ready = Puedo publicar allí.
setup-missing = No puedo publicar allí: necesito { $permissions }. Permítelo en Editar canal > Permisos, o elige otro canal.
setup-plain-text = No tengo el permiso «{ permission-embed-links }» allí, así que publicaré los resúmenes como texto sin formato.
setup-no-chart = No tengo el permiso «{ $permissions }» allí, así que publicaré los resúmenes sin el gráfico.
setup-no-threads = No tengo el permiso «{ permission-create-public-threads }» allí, así que no abriré hilos.
setup-no-mention = No tengo el permiso «{ permission-mention-everyone }» allí, así que mencionar ese rol no notificará a nadie.
setup-not-there = No veo ese canal. Permite «{ permission-view-channel }» en Editar canal > Permisos, o elige otro canal.
setup-no-zone = Elige una zona horaria y te diré cuándo llega el primer resumen.
setup-no-channel = Vuelve atrás y elige un canal.
setup-first = Primer resumen: { $when } ({ $timezone })
setup-form-title-filter = Filtro
setup-form-title-found = Buscar un país
setup-form-title-clock = Horas y zona horaria
setup-form-country = Países, por ejemplo Ghana, Corea del Sur
setup-form-times = Horas, por ejemplo 08:00, 18:30
setup-form-zone = Zona horaria: una ciudad, por ejemplo Madrid
setup-form-filter = Filtro, ej.: country:jp and not topic:sport
setup-filter = Filtro: { $filter }
setup-sender = Nombre, avatar, resúmenes atrasados…
setup-sender-title = Nombre, avatar, resúmenes atrasados
setup-sender-name = Nombre al publicar (vacío: el mío)
setup-sender-avatar = Enlace al avatar (vacío: el mío)
setup-sender-posts = Publicaciones
setup-sender-late = Si un resumen no sale a su hora
setup-sender-quiet = Si no hay noticias nuevas
setup-posted-as = Publicado como { $name }
setup-own-name = No tengo el permiso «{ $permissions }» allí, así que publicaré los resúmenes con mi propio nombre y avatar.
setup-preview-title = Lo que publicaría ahora mismo
setup-preview-nothing = Ahora mismo no publicaría nada: todavía no hay noticias.

## Context menus
summarize-title = En síntesis
summarize-whole = Ya es corto. Aquí está completo:
summarize-nothing = No hay texto que resumir. Leo el mensaje, sus embeds y los archivos .txt y .md adjuntos.
summarize-too-long = La síntesis de este mensaje tarda demasiado. Prueba con un texto más corto.
summarize-left-out = Sin leer: { $names }
summarize-story = Noticia { $number } de { $count }
why-not-mine = Ese mensaje no es mío, o no muestra noticias.
why-choose = ¿Qué noticia?

## Servidores que invitan al bot
welcome-title = Gracias por invitarme
welcome-text = Hago un periódico para este servidor: un resumen en vuestros canales, a las horas que elijáis.
welcome-subscribe = Para empezar, ve al canal que debe recibir el resumen y escribe /{ command-subscribe }. Necesitas el permiso «{ permission-manage-guild }» para esto.
welcome-help = Cualquiera puede pedir las noticias con /{ command-news }. /{ command-help } muestra todos los comandos.

## Notices of paused and resumed subscriptions, for the member who created them
notice-paused = He puesto en pausa la suscripción { $id } en { $channel }: { $reason }.
notice-paused-channel-gone = He puesto en pausa la suscripción { $id }: { reason-channel-gone }.
notice-resumes-itself = En cuanto se arregle, se reanuda sola.
notice-channel-gone = Elige otro canal con /{ command-edit }, o elimina la suscripción con /{ command-unsubscribe }.
notice-resumed = He reanudado la suscripción { $id } en { $channel }.
