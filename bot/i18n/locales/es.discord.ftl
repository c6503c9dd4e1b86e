# Lo que solo muestra Discord, en español: nombres de las órdenes, sus opciones, el formulario de /suscribir, menús.

## Órdenes
command-news = noticias
command-news-about = Noticias sobre un país o un tema
command-digest = resumen
command-digest-about = El resumen de hoy
command-now = ahora
command-now-about = El resumen que recibiría un canal ahora
command-story = noticia
command-story-about = Una noticia completa
command-search = buscar
command-search-about = Noticias con estas palabras
command-trending = tendencias
command-trending-about = Lo que sube en este momento
command-catchup = ponerse-al-día
command-catchup-about = Qué pasó desde tu última visita
command-why = por-qué
command-why-about = Por qué está una noticia y de dónde viene cada frase
command-countries = países
command-countries-about = Países en las noticias
command-topics = temas
command-topics-about = Temas en las noticias
command-about = acerca-de
command-about-about = Qué es este bot
command-help = ayuda
command-help-about = Qué puedes preguntar
command-subscribe = suscribir
command-subscribe-about = Pedir un resumen para un canal; sin opciones se abre un formulario
command-subscriptions = suscripciones
command-subscriptions-about = Las suscripciones de este servidor
command-edit = editar
command-edit-about = Cambiar una suscripción
command-pause = pausar
command-pause-about = Dejar descansar una suscripción
command-resume = reanudar
command-resume-about = Reanudar una suscripción en pausa
command-unsubscribe = cancelar
command-unsubscribe-about = Terminar una suscripción
command-preview = vista-previa
command-preview-about = Ver qué publicaría ahora una suscripción
command-history = historial
command-history-about = Qué fue de los últimos resúmenes de una suscripción
command-follow = seguir
command-follow-about = Un resumen para ti, por mensaje directo
command-following = seguidos
command-following-about = Tus propios resúmenes y lo que silenciaste
command-unfollow = dejar-de-seguir
command-unfollow-about = Terminar tu propio resumen
command-mute = silenciar
command-mute-about = Ocultar un país o un tema en tus respuestas
command-unmute = mostrar
command-unmute-about = Volver a mostrar lo que silenciaste
menu-summarize = Resumir mensaje
menu-why = ¿Por qué está esto aquí?

## Opciones
option-country = país
option-country-about = Un país: nombre, código o gentilicio
option-topic = tema
option-topic-about = Un tema, como política, economía o deporte
option-since = desde
option-since-about = Hasta cuándo atrás: 24h, 7d, today, yesterday o una fecha
option-filter = filtro
option-filter-about = Una condición entera, como: country:jp and not topic:sport
option-page = página
option-page-about = Qué página
option-id = número
option-id-about = Cuál
option-words = palabras
option-words-about = Palabras que buscar; "entre comillas" para exactamente estas
option-time = hora
option-time-about = Hora local, como 08:00, o varias: 08:00,18:30
option-timezone = zona
option-timezone-about = Zona horaria, como Europe/Madrid
option-channel = canal
option-channel-about = Adónde; a este canal si no se dice
option-days = días
option-days-about = Qué días: daily, weekdays, sat,sun
option-language = idioma
option-language-about = Idioma de las palabras propias del resumen
option-sentences = frases
option-sentences-about = Frases por noticia
option-limit = máximo
option-limit-about = Noticias en un resumen, como mucho
option-engine = método
option-engine-about = Cómo se eligen las frases
option-look = aspecto
option-look-about = Cómo se dibuja: components, embeds o plain
option-late = retraso
option-late-about = Cuando un resumen llega tarde: post, merge o skip
option-quiet = calma
option-quiet-about = Cuando no hay nada nuevo: say, skip o widen
option-for = duración
option-for-about = Cuánto tiempo

## El formulario de /suscribir
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
setup-here = este canal
setup-ready = Puedo publicar ahí.
setup-missing = Ahí me falta: { $permissions }. Dámelo en Editar canal > Permisos, o elige otro canal.
setup-plainly = Ahí me falta «Insertar enlaces», así que los resúmenes llegarán como texto simple.
setup-not-there = No veo ese canal. Dame «Ver canal» en Editar canal > Permisos, o elige otro.
setup-first = El primer resumen llegaría { $when }.
setup-form-title = Horas, zona, filtro
setup-form-times = Horas, como 08:00, 18:30
setup-form-zone = Zona horaria, como Europe/Madrid
setup-form-filter = Filtro, como country:jp and not topic:sport
setup-filter = Filtro: { $filter }
setup-preview-title = Lo que llegaría ahora
setup-preview-nothing = Ahora no llegaría nada: todavía no hay noticias para esto.

## Menús contextuales
summarize-title = En breve
summarize-whole = Ya es corto; aquí está entero:
summarize-nothing = Aquí no hay texto que acortar: leo un mensaje, sus incrustados y los archivos .txt adjuntos.
summarize-left-out = Quedó fuera: { $names }
summarize-story = Noticia { $number } de { $count }
why-not-mine = Eso no es un resumen ni una respuesta mía.
why-choose = ¿Qué noticia?

## Pausas y regresos
notice-paused = El resumen n.º { $id } para { $channel } descansa: { $reason }.
notice-returns = Seguirá por sí solo en cuanto eso se arregle.
notice-deleted = Pídelo para otro canal con /editar, o termínalo con /cancelar.
notice-resumed = El resumen n.º { $id } para { $channel } sigue.
