# Mensajes de todas las superficies, en español. Términos: bot/i18n/glossary/es.toml.

## Digests and lists
digest-title = Las noticias
digest-title-of = Las noticias: { $filter }
digest-title-morning = Las noticias de la mañana
digest-title-evening = Las noticias de la noche
front-issue = N.º { $number }
front-reading = { $minutes } min de lectura
front-updated = con novedades desde el número anterior
front-brief = En breve
section-politics = Política y mundo
section-business = Economía y trabajo
section-justice = Sucesos y tribunales
section-science = Ciencia y medio ambiente
section-society = Vida y sociedad
section-culture = Cultura
section-sport = Deportes
section-world = Mundo
digest-quiet = Un día tranquilo: no hay noticias nuevas para este resumen.
chart-title = Artículos por país
sample-news = Noticias de ejemplo, inventadas para probar Gazette
digest-corrected = Retirada o modificada por la fuente.
digest-withheld = Retenida por la redacción.
digest-withheld-title = Retenida
digest-omitted = { $count ->
    [one] { $count } noticia más
   *[other] { $count } noticias más
}
digest-other-languages = { $count ->
    [one] { $count } noticia más en otro idioma
   *[other] { $count } noticias más en otros idiomas
}
alert-title = Última hora
digest-alert = Publicado a las { $at }
digest-week = { $first } – { $last }
digest-developed = Del { $first } al { $last }: { $count ->
    [one] { $count } artículo
   *[other] { $count } artículos
}
digest-update = Novedad
digest-sources = { $count ->
    [one] { $count } artículo
   *[other] { $count } artículos
}
mail-unsubscribe = Cancelar la suscripción
mail-unsubscribe-by-mail = Para cancelar la suscripción, escribe a { $address } con el título «{ $subject }».
mail-unsubscribe-question = ¿Quieres dejar de recibir estos correos?
mail-unsubscribed = Suscripción cancelada: no recibirás más correos.
mail-unsubscribe-invalid = Este enlace no es de ninguno de nuestros correos.
catchup-title = Novedades desde { $at }
trending-title = Tendencias
trending-title-of = Tendencias: { $filter }
trending-nothing = Ahora mismo no hay tendencias.
trending-rise = { $count ->
    [one] { $count } artículo, antes { $before }
   *[other] { $count } artículos, antes { $before }
}
story-truncated = La fuente corta la noticia aquí.
story-brief = La fuente solo da este titular.
story-about = Países
story-topics = Temas
story-source = { $path }, noticia { $position }
news-title = { $total ->
    [0] Ninguna noticia
    [one] { $total } noticia
   *[other] { $total } noticias
}
news-title-of = { $total ->
    [0] Ninguna noticia: { $filter }
    [one] { $total } noticia: { $filter }
   *[other] { $total } noticias: { $filter }
}
news-page = Página { $page } de { $pages }
news-nothing = Ninguna noticia coincide. Prueba con un periodo más largo o menos filtros. /{ command-countries } y /{ command-topics } muestran lo que está en las noticias.
news-none = Todavía no hay noticias.
search-nothing = Ninguna noticia coincide con estas palabras. Prueba con otras palabras o con menos.
news-empty = Todavía no hay noticias.
search-title = { $total ->
    [0] Ninguna noticia para «{ $words }»
    [one] { $total } noticia para «{ $words }»
   *[other] { $total } noticias para «{ $words }»
}
search-title-many = Los { $total } mejores resultados para «{ $words }»
answers-nothing = No he encontrado nada sobre eso. Pregunta con otras palabras o mira lo que está en las noticias con /{ command-news }.
menu-full = Leer una noticia completa…
menu-country = Noticias sobre un país…
menu-topic = Noticias sobre un tema…
menu-mute-story = Elige una noticia…
menu-mute-what = Qué silenciar y hasta cuándo…
button-next = Siguiente
button-previous = Atrás
button-more = { $count ->
    [1] Más ({ $last } de { $total })
   *[other] Más ({ $first }–{ $last } de { $total })
}
button-more-from = Más de { $country }
button-event = Todos los artículos
button-more-of = Más de { $source }
button-full = Noticia completa
button-original = Fuente
button-web = Leer en la web
button-why = ¿Por qué está aquí?
button-whys = ¿Por qué estas?
button-mute = Silenciar…
mute-title = Silenciar para ti
mute-story = Esta noticia
mute-day = durante un día
mute-week = durante una semana
mute-always = para siempre
button-more-like = Más como esta
button-less-like = Menos como esta
button-taste-reset = Restablecer
button-undo = Deshacer
button-stop = Dejar este resumen
button-preview = Vista previa
button-pause = Pausar
button-resume = Reanudar
button-unsubscribe = Cancelar suscripción
button-delete = Eliminar
button-keep = Conservar
button-stop-all = Dejarlos
button-forget = Borrar mis datos

## Filters in words
filter-everything = todo
filter-not = sin { $what }
filter-words = «{ $words }»
filter-key-source = fuente
filter-key-path = archivo
filter-key-kicker = antetítulo
filter-key-event = suceso
filter-keyed = { $key }: { $values }
filter-since = desde { $when }
filter-until = hasta { $when }
filter-newer = desde hace { $span }
filter-older = de hace más de { $span }
filter-several = { $some } y { $count ->
    [one] { $count } más
   *[other] { $count } más
}
since-today = hoy
since-yesterday = ayer
since-day-before-yesterday = anteayer
days-daily = todos los días
days-weekdays = de lunes a viernes
days-weekend = sábado y domingo
days-range = { $first }–{ $last }

## /why
whys-title = Por qué estas noticias
why-title = Por qué: { $headline }
why-event = { $count ->
    [one] Un artículo trata de esto.
   *[other] { $count } artículos tratan de esto.
}
why-rank = Número { $rank } en las últimas noticias: { $reasons }.
why-reason-sources = { $value ->
    [one] publicada por una fuente
   *[other] publicada por { $value } fuentes
}
why-reason-position = { $value ->
    [1] la primera noticia de su fuente
   *[other] noticia { $value } de su fuente
}
why-against = En contra: { $reasons }.
why-factor-dead = { $value ->
    [0] muertes
    [one] { $value } muerto
   *[other] { $value } muertos
}
why-factor-injured = { $value ->
    [0] heridos
    [one] { $value } herido
   *[other] { $value } heridos
}
why-factor-missing = { $value ->
    [0] desaparecidos o desplazados
    [one] { $value } desaparecido o desplazado
   *[other] { $value } desaparecidos o desplazados
}
why-factor-arrested = { $value ->
    [0] detenciones
    [one] { $value } detención
   *[other] { $value } detenciones
}
why-factor-magnitude = intensidad { $value }
why-factor-money = una suma de { $amount }
why-factor-attack = un ataque
why-factor-war = guerra o fuerzas armadas
why-factor-disaster = un desastre natural
why-factor-accident = un accidente
why-factor-emergency = una emergencia
why-factor-epidemic = una epidemia
why-factor-death = una muerte
why-factor-leader = jefes de Estado o de Gobierno
why-factor-former = alguien que tuvo un cargo
why-factor-minister = ministros o altos cargos
why-factor-government = parlamento o gobierno
why-factor-world-body = un organismo internacional
why-factor-top-court = un tribunal supremo
why-factor-election = una elección o votación
why-factor-power-change = un cambio de poder
why-factor-law = una ley o prohibición
why-factor-treaty = un tratado, negociaciones o sanciones
why-factor-protest = protestas
why-factor-crime = un caso penal
why-factor-economy = la economía
why-factor-first = algo inédito o un récord
why-factor-wide = en todo el país o el mundo
why-factor-interview = una entrevista
why-factor-culture = cultura o espectáculos
why-factor-study = un estudio
why-factor-sport = deporte
why-factor-opinion = un texto de opinión
why-factor-service = consejos o una lista
why-factor-history = una mirada atrás
why-factor-local = de ámbito local
why-factor-animal = animales
why-factor-obituary = un obituario
why-factor-celebrity = famosos
why-factor-product = un producto
why-factor-lifestyle = ocio
why-factor-curious = una curiosidad
why-factor-question = una pregunta como titular
why-factor-prominent = personas con poder implicadas
why-factor-told = contado en una película, un estudio o una mirada atrás
why-factor-countries = varios países
why-factor-topic = tema: { $topic }
why-newest = Artículo más reciente: { $at }
why-country = { $country }: { $salience } de la noticia, según { $evidence }
why-country-implied = { $country }: { $salience } de la noticia, sin mención directa
why-topic = { $topic }: { $score } de confianza
why-sentences = De dónde viene cada frase
why-sentence = Frase { $position } de { $path }, noticia { $story }

## /about, /countries, /topics
about-title = Gazette
about-text = Un periódico para este servidor. Publica resúmenes en lugar de una avalancha de enlaces, y cada frase está tomada palabra por palabra de su fuente.
about-counts = Noticias: { $stories } · documentos: { $documents } · países: { $countries } · temas: { $topics }
about-latest = Última noticia: { $at }
about-version = Versión { $version }
about-invitation = Añadir a un servidor
about-code = Código fuente
about-help = Ayuda
about-privacy = Privacidad
countries-title = Países en las noticias
countries-gaps = Sin noticias en los últimos siete días: { $regions }
topics-title = Temas en las noticias
count-line = { $name }: { $count }
count-more = { $count ->
    [one] y { $count } más
   *[other] y { $count } más
}

## /help
help-title = Comandos
help-reading = Noticias
help-personal = Solo para ti
help-managing = Para quienes gestionan el servidor
help-note = Solo tú ves las respuestas. Empieza a escribir una opción para ver sugerencias. /{ command-help } { option-command }:{ command-news } explica un comando.
help-command-title = Cómo usar { $command }
help-options = Opciones
help-required = { $about } (obligatorio)
help-values = { $about }: { $values }

## The console
console-hello = Escribe un comando, por ejemplo /{ command-news } { option-country }:JP. /{ command-help } los muestra todos. Un número pulsa un botón, /next muestra la página siguiente, Tab completa, /language en cambia el idioma, /quit sale.

## Subscriptions
subscribed = Suscripción { $id } creada
subscription-number = Suscripción { $id }
subscription-changed = Suscripción { $id } actualizada
paused = Suscripción { $id } en pausa
resumed = Suscripción { $id } reanudada
unsubscribe-question = ¿Eliminar la suscripción { $id }? Dejaría de publicar resúmenes.
unsubscribed = Suscripción { $id } eliminada. No publicará más resúmenes. Puedes deshacerlo hasta mañana.
subscription-kept = La suscripción { $id } sigue activa
subscription-restored = La suscripción { $id } ha vuelto
subscription-same = La suscripción { $id } ya publica lo mismo en este canal.
copies-title = Copias de la suscripción { $id }
copy-made = copiada como suscripción { $id }.
copy-failed = no copiada. { $reason }
subscription-paused = En pausa: { $reason }
subscription-paused-by-manager = Pausada por quien gestiona el servidor
subscription-sender = Publicado como { $name } (necesita «{ $permission }»)
subscription-avatar = Publicado con este avatar
subscription-role = Menciona a { $role }
subscription-silent = Publica sin notificación
subscription-talk-digest = Abre un hilo para comentar debajo de cada resumen
subscription-talk-story = Abre un hilo para comentar debajo de cada noticia
subscription-weekly = Semanal: los sucesos de los últimos siete días por importancia
subscription-next = Próximo resumen: { $at }
subscription-languages = Noticias: { $stories } · Títulos: { $headings }
subscription-engine = resumidor: { $engine }
subscription-late = Si se retrasa: { $policy }
subscription-late-hours = Si se retrasa: { $policy }, { $hours } h como máximo
subscription-quiet = Sin novedades: { $policy }
subscription-size = { $sentences ->
    [one] { $sentences } frase por noticia
   *[other] { $sentences } frases por noticia
}, hasta { $limit } noticias
alert-sources = { $count ->
    [one] Alerta de un suceso con { $count } fuente en una hora
   *[other] Alerta de un suceso con { $count } fuentes en una hora
}
alert-quiet = ninguna de { $from } a { $to }
alert-limit = { $count ->
    [one] { $count } al día como máximo
   *[other] { $count } al día como máximo
}
alert-none = Sin alertas
subscriptions-title = Suscripciones de este servidor
subscriptions-none = Todavía no hay suscripciones. Crea una con /{ command-subscribe }.
preview-nothing = La suscripción { $id } no publicaría nada ahora mismo: no hay noticias nuevas para ella.
times-daily = Todos los días a las { $times } ({ $timezone })
times-on-days = { $days } a las { $times } ({ $timezone })
history-title = Últimos resúmenes de la suscripción { $id }
history-nothing = Todavía no ha llegado la hora de ningún resumen.
history-open = abrir
delivery-planned = pendiente de publicar
delivery-composed = listo, aún sin publicar
delivery-sending = publicándose
delivery-sent = publicado
delivery-failed = fallido
delivery-expired = demasiado tarde para publicarlo
delivery-skipped = no publicado
reason-quiet = no había noticias nuevas
reason-late = era demasiado tarde
reason-late-skipped = era tarde, y esta suscripción omite los resúmenes atrasados
reason-late-merged = era tarde; el próximo resumen lo incluye
reason-quiet-hours = surgió fuera del horario de alertas; el próximo resumen lo incluye
reason-alert-limit = se alcanzó el límite de alertas del día; el próximo resumen lo incluye
reason-already-told = este canal ya lo tenía
reason-not-breaking = ya no lo publican suficientes fuentes, o las alertas están desactivadas
reason-paused = la suscripción estaba en pausa
reason-unsubscribed = la suscripción estaba eliminada
reason-channel-gone = el canal se eliminó, o ya no estoy en el servidor
reason-permission-missing = me falta un permiso en ese canal
reason-permission-needed = necesito «{ $permission }» en ese canal
reason-refused = Discord rechazó el mensaje
reason-unsure = no sé si llegó, así que no lo publico otra vez
reason-gave-up = la publicación falló demasiadas veces

## Personal digests and mutes
followed = Ahora sigues:
following-title = Sigues
following-none = Todavía no sigues nada. Con /{ command-follow } recibes un resumen por mensaje directo.
unfollow-question = { $count ->
    [one] ¿Dejar este resumen?
   *[other] ¿Dejar los { $count } resúmenes?
}
unfollowed = { $count ->
    [0] No sigues nada.
    [one] Listo. Ya no recibirás este resumen.
   *[other] Listo. Ya no recibirás estos { $count } resúmenes.
}
muted-title = Has silenciado
mute-until = { $what } · hasta el { $at }
mute-for-good = { $what } · para siempre
muted = Silenciado para ti: { $what }. Los resúmenes, /{ command-catchup } y /{ command-trending } lo omiten. /{ command-news } y /{ command-search } lo siguen mostrando.
muted-for = { $days ->
    [one] Silenciado para ti durante { $days } día: { $what }.
   *[other] Silenciado para ti durante { $days } días: { $what }.
}
unmuted = { $count ->
    [one] Ya no está silenciado.
   *[other] Ya no están silenciados: { $count }.
}
taste-title = En tus propios resúmenes
taste-more = Pediste más de { $topic }.
taste-less = Pediste menos de { $topic }.
taste-even = { $topic } vuelve a pesar como siempre.
taste-note = Estas noticias suben o bajan en tus propios resúmenes y ninguna desaparece. /{ command-following } lo muestra y lo restablece.
taste-reset = Restablecido. Tus propios resúmenes vuelven a ordenarse como siempre.
languages-chosen = A partir de ahora elijo para ti noticias en estos idiomas: { $languages }.
languages-shown = Elijo para ti noticias en estos idiomas: { $languages }. Cámbialo con /{ command-languages } { option-stories }:
forget-question = ¿Borrar todo lo que guardo sobre ti: tus resúmenes, lo que has silenciado, tus idiomas y cuándo usaste /{ command-catchup } por última vez? No se puede deshacer.
forgotten = He borrado todo lo que guardaba sobre ti: tus resúmenes, lo que habías silenciado y cuándo usaste /{ command-catchup } por última vez.

## Commands: names and descriptions
command-news = noticias
command-news-about = Muestra las últimas noticias sobre un país o un tema
command-digest = resumen
command-digest-about = Muestra el resumen que un canal recibiría ahora mismo
command-now = ahora
command-now-about = Muestra el resumen que un canal recibiría ahora mismo
command-trending = tendencias
command-trending-about = Muestra de qué informan cada vez más fuentes
command-catchup = ponerse-al-día
command-catchup-about = Muestra las novedades desde la última vez que usaste este comando
command-search = buscar
command-search-about = Busca noticias por palabras y por significado
command-ask = preguntar
command-ask-about = Responde a una pregunta con frases de las noticias
command-story = leer
command-story-about = Muestra una noticia completa
command-why = por-qué
command-why-about = Explica por qué una noticia está aquí y de dónde viene cada frase
command-countries = países
command-countries-about = Lista los países que están en las noticias
command-topics = temas
command-topics-about = Lista los temas que están en las noticias
command-sources = fuentes
command-sources-about = Muestra qué lee este periódico y cuándo llegó algo por última vez
command-list = lista
command-list-about = Muestra qué lee este periódico y cuándo llegó algo por última vez
command-add = añadir
command-add-about = Añade un feed, o el de un sitio, para este servidor
command-remove = quitar
command-remove-about = Deja de leer una fuente de este servidor
command-drop = aportar
command-drop-about = Añade un archivo o un enlace al periódico de este servidor
command-about = acerca-de
command-about-about = Muestra qué es este bot y cuántas noticias tiene
command-help = ayuda
command-help-about = Lista los comandos o explica uno
command-follow = seguir
command-follow-about = Te envía tu propio resumen por mensaje directo
command-following = siguiendo
command-following-about = Lista lo que sigues y lo que has silenciado
command-unfollow = dejar-de-seguir
command-unfollow-about = Detiene uno de tus propios resúmenes, o todos
command-mute = silenciar
command-mute-about = Quita un tema o un país de tus resúmenes
command-unmute = dejar-de-silenciar
command-unmute-about = Vuelve a mostrar algo que has silenciado
command-languages = idiomas
command-languages-about = Elige los idiomas de las noticias que selecciono para ti
command-forget = olvidar
command-forget-about = Borra todo lo que guardo sobre ti
command-subscribe = suscribir
command-subscribe-about = Publica un resumen en un canal a horas fijas
command-subscriptions = suscripciones
command-subscriptions-about = Lista las suscripciones de este servidor
command-edit = editar
command-edit-about = Cambia una suscripción
command-copy = copiar
command-copy-about = Publica el mismo resumen también en otros canales
command-pause = pausar
command-pause-about = Pausa una suscripción
command-resume = reanudar
command-resume-about = Reanuda una suscripción en pausa
command-unsubscribe = cancelar-suscripción
command-unsubscribe-about = Elimina una suscripción
command-preview = vista-previa
command-preview-about = Muestra lo que una suscripción publicaría ahora mismo
command-history = historial
command-history-about = Muestra los últimos resúmenes de una suscripción y qué pasó con ellos

## Options: names and descriptions
option-country = país
option-country-about = Un país, o varios separados por comas
option-topic = tema
option-topic-about = Un tema, o varios separados por comas
option-url = url
option-url-about = Dirección de un feed o de un sitio
option-source = fuente
option-source-about = Número o título de una fuente
option-file = archivo
option-file-about = Un archivo de texto, una página o un documento
option-link = enlace
option-link-about = Dirección de una página
option-since = desde
option-since-about = Desde cuándo: 12 horas, ayer, la semana pasada o una fecha
option-filter = filtro
option-filter-about = Más condiciones, por ejemplo: lang:es -topic:sport "alta mar"
option-unmute-filter-about = Qué quieres volver a ver; todo si no pones nada
option-page = página
option-page-about = Número de página
option-words = palabras
option-words-about = Palabras o una "frase entre comillas"
option-question = pregunta
option-question-about = Tu pregunta, en cualquier idioma
option-id = número
option-id-about = Número de la suscripción
option-story-id-about = ID de la noticia, por ejemplo s12
option-why-id-about = ID de la noticia o del suceso, por ejemplo e34
option-unfollow-id-about = Número del resumen; todos si no pones nada
option-command = comando
option-command-about = Comando que quieres que explique
option-time = hora
option-time-about = Hora, o varias: 08:00,18:30
option-timezone = zona-horaria
option-timezone-about = Zona horaria: escribe una ciudad, o qué hora es allí
option-channel = canal
option-channel-about = Canal en el que publico; este si no pones nada
option-channel2 = canal2
option-channel2-about = Otro canal al que copiarla
option-channel3 = canal3
option-channel3-about = Otro canal al que copiarla
option-channel4 = canal4
option-channel4-about = Otro canal al que copiarla
option-channel5 = canal5
option-channel5-about = Otro canal al que copiarla
option-days = días
option-days-about = Días de la semana: lunes a viernes, o sáb, dom
option-mute-days-about = Número de días; para siempre si no pones nada
option-language = idioma
option-language-about = Idioma de títulos y botones (las noticias conservan el suyo)
option-stories = noticias
option-stories-about = Idiomas de las noticias, por ejemplo español, inglés; o todos
stories-all = todos los idiomas
option-sentences = frases
option-sentences-about = Frases por noticia, de 1 a 10
option-limit = límite
option-limit-about = Número máximo de noticias, de 1 a 25
option-look = aspecto
option-look-about = Aspecto de los resúmenes
option-sections = secciones
option-sections-about = Secciones de la portada: por tema o por país
option-size = extensión
option-size-about = Extensión de la portada
option-late = retraso
option-late-about = Qué hacer con un resumen que no salió a su hora
option-quiet = calma
option-quiet-about = Qué hacer cuando no hay noticias nuevas
option-name = nombre
option-name-about = Nombre con el que publico; - para usar el mío
option-avatar = avatar
option-avatar-about = Enlace al avatar con el que publico; - para usar el mío
option-posts = publicaciones
option-posts-about = Una publicación para todo el resumen, o una por noticia
option-alerts = alertas
option-alerts-about = Publicar al momento un suceso que dan tantas fuentes: 3, o 3 22:00-07:00 5
option-role = rol
option-role-about = Rol que se menciona; @everyone para ninguno
option-notify = notificar
option-notify-about = Notificar como siempre o publicar sin notificación
option-talk = hilos
option-talk-about = Hilos para comentar debajo de lo que publico
option-every = cada
option-every-about = Qué abarca un resumen: lo nuevo desde el anterior, o la semana

## Choices
choice-look-front = portada
choice-look-cards = tarjetas
choice-look-chart = tarjetas con gráfico
choice-look-embeds = embeds
choice-look-plain = texto sin formato
choice-sections-topic = por tema
choice-sections-country = por país
choice-size-short = corta
choice-size-normal = normal
choice-size-long = larga
choice-posts-digest = una publicación para todo el resumen
choice-posts-event = una publicación por noticia
choice-notify-normal = notificar como siempre
choice-notify-silent = publicar sin notificación
choice-talk-none = sin hilos
choice-talk-digest = uno debajo del resumen
choice-talk-story = uno debajo de cada noticia
choice-every-day = lo nuevo desde el último resumen
choice-every-week = los sucesos de la semana, una vez por semana
choice-late-post = publicarlo tarde
choice-late-merge = incluirlo en el próximo resumen
choice-late-skip = omitirlo
choice-quiet-say = decirlo en una línea
choice-quiet-skip = no publicar nada
choice-quiet-widen = completar con noticias anteriores sin publicar

## Fuentes
sources-title = Fuentes de este periódico
sources-none = Todavía no se lee ningún feed.
source-new = aún sin consultar
source-last = última llegada: { $at }
source-failing = ahora no se puede leer
source-paused = en pausa
source-own = solo este servidor
source-daily = { $count ->
    [one] { $count } noticia al día
   *[other] { $count } noticias al día
}
source-added = Añadida como fuente { $id }: { $title }
source-entries = { $count ->
    [0] Ahora no tiene entradas.
    [one] Tiene { $count } entrada. Solo este servidor ve lo que trae.
   *[other] Tiene { $count } entradas. Solo este servidor ve lo que trae.
}
source-odd-empty = Ahora no tiene entradas.
source-odd-titles = { $count } de { $total } entradas tienen solo titular.
source-odd-dates = { $count } de { $total } entradas no tienen fecha.
source-odd-old = Su última entrada tiene { $days } días.
source-odd-shared = Varias entradas comparten el mismo ID.
source-odd-left-out = { $note }
source-odd-slow = Tardó { $seconds } segundos en responder.
source-removed = Fuente eliminada: { $title }. Sus noticias se quedan.
dropped = { $count ->
    [0] Eso ya estaba en el periódico.
    [one] Leído: { $count } noticia. Solo la ve este servidor.
   *[other] Leído: { $count } noticias. Solo las ve este servidor.
}
drop-refused = No se ha leído: { $name } { $reason }

## La edición web
web-skip = Ir a las noticias
web-nav = Secciones
web-today = Hoy
web-archive = Hemeroteca
web-countries = Países
web-topics = Temas
web-languages = Idiomas
web-sources = Fuentes
web-search = Buscar
web-language = Idioma de esta página
web-footer = Cada frase procede palabra por palabra de la fuente que se indica al lado.
web-coverage = { $reports ->
    [one] { $reports } artículo
   *[other] { $reports } artículos
} de { $sources ->
    [one] { $sources } fuente
   *[other] { $sources } fuentes
} en { $languages ->
    [one] { $languages } idioma
   *[other] { $languages } idiomas
}
web-briefs = En breve
web-all-news = Todas las noticias
web-all-reports = Todos los artículos sobre este suceso
web-newer = Más recientes
web-older = Anteriores
web-timeline = Cómo fueron llegando los artículos
web-first-report = El primer artículo
web-added = Nuevo:
web-added-nothing = Nada que no dijeran los artículos anteriores
web-read-original = Leer en { $source }
web-week = Semana { $week } de { $year }
web-nothing = No hay noticias que coincidan.
web-search-label = Palabras o un filtro
web-search-button = Buscar
web-search-hint = Por ejemplo: ferri country:jp -topic:sport since:1w
web-not-found = Página no encontrada
web-not-found-text = No hay nada en esta dirección.
web-gone = Ya no está aquí
web-gone-text = Esto se retiró del periódico.
web-invalid = Eso no funciona
web-invalid-text = Esta dirección no se puede leer.
web-broken = Algo ha fallado
web-broken-text = Vuelve a intentarlo en un minuto.
web-login = Iniciar sesión
web-login-label = Contraseña de este periódico
web-login-button = Iniciar sesión
web-login-wrong = Esa no es la contraseña.
web-login-wait = Demasiados intentos. Espera un minuto y vuelve a intentarlo.

## Errors
error = Algo ha salido mal. El registro tiene los detalles con la referencia { $reference }.
error-settings = La configuración no es válida.
error-seed-rejected = { $path }: { $reason }
error-source-address = { $address } no puede ser una dirección. Tiene que empezar por https:// o http://.
error-source-known = «{ $title }» ya se lee.
error-source-ambiguous = Varias fuentes se llaman así. Elige una por su número: { $ids }
error-source-unreadable = { $address } { $reason }
error-sources-off = Solo quien administra este bot puede añadir fuentes.
error-drop-empty = Añade un archivo o un enlace.
error-store = La base de datos no responde. Inténtalo de nuevo en un minuto.
error-store-unavailable = La base de datos no responde. Inténtalo de nuevo en un minuto.
error-store-outdated = La base de datos se está actualizando. Inténtalo de nuevo en unos minutos.
error-filter = No entiendo este filtro en el carácter { $at }. { $problem }
error-unknown-name = No conozco «{ $name }» ({ $what }).{ $hint ->
    [none] {""}
   *[other] {" "}¿Quieres decir { $hint }?
}
error-not-found = No encuentro esto: { $what } { $id }.
error-not-allowed = Necesitas el permiso «{ $permission }» para esto.
error-input = { $problem }
error-delivery = Ahora mismo no puedo publicar el resumen.
error-channel-gone = Ese canal se eliminó, o ya no estoy en su servidor.
error-permission-missing = No puedo publicar en <#{ $channel }>: necesito «{ $permission }» allí.
error-discord-unavailable = Discord no responde. Inténtalo de nuevo en un minuto.
error-token = Discord rechazó el token.
carried-out = Hecho. Me reinicié antes de poder confirmarlo. /{ command-subscriptions } y /{ command-following } muestran lo que está configurado.
error-command-changed = Este comando ha cambiado. Inténtalo de nuevo en un minuto.
error-id = «{ $given }» no es un ID. Escribe s12 para una noticia o e34 para un suceso.
error-words-missing = Añade las palabras que hay que buscar.
error-words-nothing = «{ $given }» no tiene ninguna palabra que buscar. Escribe una palabra o una «frase entre comillas».
error-question-empty = Pregunta por algo que esté en las noticias.
error-limit-range = Un resumen puede tener de 1 a 25 noticias.
error-languages-most = Elige como máximo { $most } idiomas, o todos.
error-sentences-range = Una síntesis puede tener de 1 a 10 frases.
error-late-range = Un resumen puede retrasarse hasta 48 horas.
error-alerts = «{ $given }» no es un ajuste de alertas. Escribe 3, o 3 22:00-07:00 5. Con 0 no hay ninguna.
error-alert-sources = Las alertas necesitan de { $least } a { $most } fuentes.
error-alerts-a-day = Puede haber de 1 a { $most } alertas al día.
error-talk-story = Un hilo por noticia necesita una publicación por noticia: elige también { option-posts }: «{ choice-posts-event }».
error-weekly = Un resumen semanal sale un día a una hora, por ejemplo { option-days }:lunes { option-time }:08:00.
error-sender-name = Los nombres pueden tener hasta 80 caracteres y no pueden contener @, «discord» ni «clyde».
error-sender-avatar = El avatar tiene que ser un enlace que empiece por https:// o http://.
error-channel-id = Eso no es el ID de un canal. En Discord, haz clic derecho en el canal y elige «Copiar ID del canal».
error-channel-missing = ¿En qué canal publico? Añade { option-channel }:
error-time-missing = ¿Cuándo publico? Añade { option-time }:08:00, o { option-time }:08:00,18:30 para dos horas.
error-timezone-missing = ¿Qué zona horaria? Añade { option-timezone }: y escribe una ciudad.
error-timezone-several = «{ $given }» tiene varias zonas horarias. Elige una: { $zones }.
error-time-of-day = «{ $given }» no es una hora. { example-times }
error-times-count = Una suscripción necesita de 1 a 24 horas, por ejemplo 08:00,18:30.
error-day = «{ $given }» no es un día. { example-days }
error-period = «{ $given }» no es un período ni una fecha. { example-period }
error-typed-partly = He entendido «{ $understood }», pero no «{ $rest }». { $example }
error-typed-ambiguous = «{ $given }» puede significar { $readings }. { $example }
example-days = Por ejemplo: lunes a viernes, o sáb, dom.
example-times = Por ejemplo: 8:30, u 8:00 y 18:30 para dos horas.
example-period = Por ejemplo: 12 horas, ayer, la semana pasada o 01/11/2026.
error-too-long = Es demasiado largo.
error-nothing-to-change = ¿Qué quieres cambiar? Por ejemplo /{ command-edit } { option-id }:1 { option-time }:08:00
error-follow-most = Ya sigues { $most } resúmenes. Deja uno antes con /{ command-unfollow }.
error-server-most = Este servidor ya tiene { $most } suscripciones, el máximo permitido. Elimina una antes con /{ command-unsubscribe }.
error-channel-most = Este canal ya tiene { $most } suscripciones, el máximo permitido. Elige otro canal o elimina una con /{ command-unsubscribe }.
error-undo-expired = Ya no se puede deshacer.
error-mute-everything = ¿Qué quieres silenciar? Añade un tema, un país o un filtro.
error-mute-long = Lo que silencias puede tener hasta { $most } caracteres.
error-nothing-muted = No has silenciado nada.
error-mutes-most = Ya has silenciado { $most } cosas. Quita una antes con /{ command-unmute }.
error-burst = Has preguntado mucho de golpe. Espera las respuestas que están en camino y vuelve a intentarlo.
error-not-muted = No has silenciado «{ $what }».
error-button-old = Este botón ha caducado. Usa el comando otra vez.
error-members-only = Esto solo funciona en Discord, para miembros de un servidor.
error-no-button = No hay un botón { $number }.
error-which-choice = Elige una línea del menú: de { $example } a { $last }.
error-no-page = No hay más páginas.
error-quote = Falta una comilla.
error-no-command = Escribe un comando, por ejemplo /{ command-news }. /{ command-help } los muestra todos.
error-option-unknown = { $command } no entiende «{ $given }». Sus opciones son { $options }
error-option-missing = { $command } necesita { $option }
error-number = «{ $given }» no es un número. Escribe un número después de { $option }
error-number-subscription = «{ $given }» no es el número de una suscripción. Escribe por ejemplo { $option }3. /{ command-subscriptions } las muestra.
error-option-empty = Añade un valor después de { $option }
permission-manage-guild = Gestionar servidor
permission-view-channel = Ver canal
permission-send-messages = Enviar mensajes
permission-send-messages-in-threads = Enviar mensajes en hilos
permission-create-public-threads = Crear hilos públicos
permission-mention-everyone = Mencionar @everyone, @here y todos los roles
permission-embed-links = Insertar enlaces
permission-attach-files = Adjuntar archivos
permission-read-message-history = Leer el historial de mensajes
permission-manage-messages = Gestionar mensajes
permission-manage-webhooks = Gestionar webhooks
filter-wrong-long = Un filtro puede tener hasta { $most } caracteres.
filter-wrong-deep = Los paréntesis y «not» pueden tener hasta { $most } niveles.
filter-wrong-many-words = Un filtro puede tener hasta { $most } palabras y frases.
filter-wrong-many-values = Un filtro puede tener hasta { $most } valores.
filter-wrong-long-phrase = Una frase puede tener hasta { $most } palabras.
filter-wrong-bracket-closes = A este paréntesis de cierre le falta el de apertura.
filter-wrong-bracket-open = Este paréntesis no se cierra.
filter-wrong-bracket-before = No hay nada antes de este paréntesis.
filter-wrong-end = Falta algo al final.
filter-wrong-before = Falta algo antes de «{ $given }».
filter-wrong-no-word = «{ $given }» no tiene ninguna palabra que buscar.
filter-wrong-key = La clave «{ $given }:» no existe. ¿Quieres decir «{ $hint }»? Pon entre comillas un texto que contenga dos puntos.
filter-wrong-event = «{ $given }» no es el ID de un suceso, por ejemplo e34.
filter-wrong-pattern = «{ $key_name }» necesita una letra o un dígito, y puede tener hasta { $most } asteriscos.
filter-wrong-value = Añade un valor después de «{ $given }:».
what-country = país
what-topic = tema
what-time-zone = zona horaria
what-engine = método de síntesis
what-command = comando
what-option = opción
what-look = aspecto
what-sections = secciones
what-order-of-sections = tipo de secciones
what-size = extensión
what-late-policy = regla para resúmenes atrasados
what-quiet-policy = regla para días tranquilos
what-late = regla para resúmenes atrasados
what-posts = forma de publicar
what-way-of-posting = forma de publicar
what-notification = ajuste de notificación
what-kind-of-thread = tipo de hilo
what-rhythm = ritmo
what-notify = ajuste de notificación
what-talk = tipo de hilo
what-every = ritmo
what-quiet = regla para días tranquilos
what-language = idioma
what-region = región
what-story = noticia
what-event = suceso
what-subscription = suscripción
what-source = fuente
what-mute = elemento silenciado
