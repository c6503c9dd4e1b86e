# Lo que solo muestra Discord, en español: menús, el formulario de /suscribir, avisos.

menu-summarize = Resumir mensaje
menu-why = ¿Por qué está esto aquí?

## The /subscribe form
setup-title = Un resumen para este servidor
setup-intro = Elige qué llega, adónde y cuándo. Todo se puede cambiar después con /editar.
setup-channel = ¿Qué canal?
setup-topics = Temas: todos
setup-countries = Países: todos
setup-times = Horas
setup-days = Días
setup-timezone = Zona horaria
setup-language = Idioma
setup-length = Extensión
setup-length-choice = { $sentences ->
    [one] { $sentences } frase por noticia, hasta { $limit } noticias
   *[other] { $sentences } frases por noticia, hasta { $limit } noticias
}
setup-look = Aspecto
setup-look-components = Tarjetas, con botones
setup-look-chart = Tarjetas, con un gráfico de países
setup-look-embeds = Incrustados
setup-look-plain = Texto simple
setup-count = { $count ->
    [one] { $count } noticia ahora
   *[other] { $count } noticias ahora
}
setup-more = Otras horas, zona, filtro …
setup-preview = Vista previa
setup-confirm = Suscribir
setup-cancel = Cancelar
setup-cancelled = No se pidió nada.
setup-too-old = Este formulario ya es demasiado viejo; /suscribir abre uno nuevo.
setup-ready = Puedo publicar ahí.
setup-missing = Ahí me falta: { $permissions }. Dámelo en Editar canal > Permisos, o elige otro canal.
setup-plain-text = Ahí me falta «Insertar enlaces», así que los resúmenes llegarán como texto simple.
setup-no-chart = Ahí me falta { $permissions }, así que los resúmenes llegarán sin el gráfico.
setup-not-there = No veo ese canal. Dame «Ver canal» en Editar canal > Permisos, o elige otro.
setup-first = Primer resumen: { $when } ({ $timezone })
setup-form-title = Horas, zona, filtro
setup-form-times = Horas, como 08:00, 18:30
setup-form-zone = Zona horaria, como Europe/Madrid
setup-form-filter = Filtro, como country:jp and not topic:sport
setup-filter = Filtro: { $filter }
setup-sender = Nombre, imagen, resúmenes perdidos …
setup-sender-title = Nombre, imagen, resúmenes perdidos
setup-sender-name = Nombre para publicar; vacío: el mío
setup-sender-avatar = Dirección de la imagen; vacío: la mía
setup-sender-posts = Publicaciones
setup-sender-late = Cuando se perdió un resumen
setup-sender-quiet = Cuando no hay nada nuevo
setup-posted-as = Publicado como { $name }.
setup-own-name = Ahí me falta { $permissions }, así que los resúmenes llegarán con mi nombre y mi imagen.
setup-preview-title = Lo que llegaría ahora
setup-preview-nothing = Ahora no llegaría nada: todavía no hay noticias para esto.

## Context menus
summarize-title = En breve
summarize-whole = Ya es corto; aquí está entero:
summarize-nothing = Aquí no hay texto que acortar: leo un mensaje, sus incrustados y los archivos .txt adjuntos.
summarize-left-out = Quedó fuera: { $names }
summarize-story = Noticia { $number } de { $count }
why-not-mine = Eso no es un resumen ni una respuesta mía.
why-choose = ¿Qué noticia?

## Notices of paused and resumed subscriptions, for the member who created them
notice-paused = El resumen n.º { $id } para { $channel } descansa: { $reason }.
notice-paused-channel-gone = He pausado la suscripción { $id }: { reason-channel-gone }.
notice-resumes-itself = En cuanto se arregle, se reanuda sola.
notice-channel-gone = Elige otro canal con /{ command-edit } o elimina la suscripción con /{ command-unsubscribe }.
notice-resumed = El resumen n.º { $id } para { $channel } sigue.
