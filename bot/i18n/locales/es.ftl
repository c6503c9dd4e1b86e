# Las palabras propias de Gazette, en español.

## Digests and lists
digest-title = Las noticias
digest-title-of = Las noticias: { $filter }
digest-quiet = Un día tranquilo: nada nuevo para este resumen.
chart-title = Países por noticias
digest-corrected = Retirada o modificada por su fuente.
digest-omitted = { $count ->
    [one] { $count } noticia más
   *[other] { $count } noticias más
}
digest-update = Novedad
digest-sources = { $count ->
    [one] { $count } crónica
   *[other] { $count } crónicas
}
digest-footer = Gazette n.º { $marker }
catchup-title = Desde { $at }
trending-title = En alza
trending-title-of = En alza: { $filter }
trending-nothing = Ahora no sube nada: ningún suceso tiene más crónicas que antes.
trending-rise = { $count ->
    [one] { $count } crónica, { $before } antes
   *[other] { $count } crónicas, { $before } antes
}
story-truncated = La fuente se corta aquí.
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
news-nothing = Nada coincide. Prueba con menos condiciones o un periodo más largo; /{ command-countries } y /{ command-topics } muestran lo que hay.
news-empty = Todavía no hay noticias.
search-title = { $total ->
    [0] Nada encontrado para «{ $words }»
    [one] { $total } noticia contiene «{ $words }»
   *[other] { $total } noticias contienen «{ $words }»
}
search-title-many = Las { $total } mejores noticias para «{ $words }»
menu-full = Leer una noticia entera…
menu-country = Noticias sobre un país…
menu-topic = Noticias sobre un tema…
button-next = Siguiente
button-previous = Atrás
button-more = { $count ->
    [one] { $count } más
   *[other] { $count } más
}
button-more-from = Más de { $country }
button-full = Texto completo
button-original = Fuente
button-why = ¿Por qué está aquí?
button-mute = Silenciar para mí: { $what }
button-undo = Deshacer
button-stop = Terminar este resumen
button-preview = Vista previa
button-pause = Pausar
button-resume = Reanudar
button-unsubscribe = Cancelar

## Filters in words
filter-everything = todo
filter-not = no { $what }
filter-words = «{ $words }»
filter-since = desde { $when }
filter-until = hasta { $when }
filter-newer = de hace { $span } o menos
filter-older = de hace más de { $span }
filter-several = { $some } y { $count ->
    [one] { $count } más
   *[other] { $count } más
}
since-today = hoy
since-yesterday = ayer
days-daily = todos los días
days-weekdays = de lunes a viernes
days-weekend = sábado y domingo
days-range = { $first }–{ $last }

## /why
why-title = Por qué: { $headline }
why-event = { $count ->
    [one] Una crónica lo cuenta.
   *[other] { $count } crónicas lo cuentan.
}
why-rank = Número { $rank } de las últimas noticias: { $reasons }.
why-reason-sources = { $value ->
    [one] publicada por una fuente
   *[other] publicada por { $value } fuentes
}
why-reason-position = { $value ->
    [1] la primera noticia de su fuente
   *[other] noticia { $value } de su fuente
}
why-reason-length = { $value ->
    [one] { $value } carácter
   *[other] { $value } caracteres
}
why-newest = Artículo más reciente:
why-country = { $country }: { $salience } de la noticia, por { $evidence }
why-country-implied = { $country }: { $salience } de la noticia, sin mención directa
why-topic = { $topic }: { $score } de certeza
why-sentences = De dónde viene cada frase
why-sentence = Frase { $position } de { $path }, noticia { $story }

## /about, /countries, /topics
about-title = Gazette
about-text = Un periódico para esta comunidad. Publica un resumen en lugar de una avalancha, y cada frase es literalmente de la fuente.
about-counts = Noticias: { $stories } · documentos: { $documents } · países: { $countries } · temas: { $topics }
about-latest = La última llegó
about-version = Versión { $version }
countries-title = Países en las noticias
countries-gaps = Sin noticias desde hace siete días: { $regions }
topics-title = Temas en las noticias
count-line = { $name }: { $count }
count-more = { $count ->
    [one] y { $count } más
   *[other] y { $count } más
}

## /help
help-title = Lo que puedes preguntar
help-reading = Noticias
help-personal = Solo para ti
help-managing = Para quienes gestionan este servidor
help-note = Las respuestas solo las ves tú. Empieza a escribir una opción para ver qué hay; /{ command-help } { option-command }:{ command-news } explica una orden.

## The console
console-hello = Escribe una orden, como /{ command-news } { option-country }:JP; /{ command-help } las enumera. Los números pulsan botones, /next pasa la página, Tab completa, /language en cambia el idioma, /quit termina.

## Subscriptions
subscribed = Suscripción { $id } creada
subscription-number = N.º { $id }
subscription-changed = N.º { $id }: cambiada
paused = N.º { $id }: en pausa
resumed = N.º { $id }: sigue adelante
unsubscribed = La n.º { $id } ha terminado; ya no llegarán resúmenes de ella.
subscription-paused = en pausa: { $reason }
subscription-paused-by-manager = En pausa por decisión de un gestor
subscription-sender = publicado como { $name }, mientras yo tenga el permiso { $permission }
subscription-avatar = publicado con esta imagen
subscription-next = próximo resumen
subscription-size = { $sentences ->
    [one] { $sentences } frase por noticia
   *[other] { $sentences } frases por noticia
}, { $limit } noticias como máximo
subscriptions-title = Suscripciones de este servidor
subscriptions-none = Todavía no hay ninguna. /{ command-subscribe } crea una.
preview-nothing = Si la n.º { $id } tocara ahora, no publicaría nada: no hay nada nuevo para ella.
times-daily = cada día a las { $times } ({ $timezone })
times-on-days = { $days } a las { $times } ({ $timezone })
history-title = Los últimos resúmenes de la n.º { $id }
history-nothing = Todavía no ha tocado ninguno.
history-open = abrir
delivery-planned = espera su turno
delivery-composed = escrito, aún no enviado
delivery-sending = se está enviando
delivery-sent = enviado
delivery-failed = fallido
delivery-expired = demasiado tarde para enviarlo
delivery-skipped = no se envió nada
reason-quiet = no había nada nuevo
reason-late = era demasiado tarde
reason-late-skipped = era tarde, y los resúmenes atrasados se omiten
reason-late-merged = era tarde; el próximo lo cuenta
reason-paused = en pausa
reason-unsubscribed = la suscripción había terminado
reason-channel-gone = el canal ya no existe, o ya no estoy en el servidor
reason-permission-missing = me falta un permiso en el canal
reason-permission-needed = necesito el permiso «{ $permission }» en ese canal
reason-refused = Discord no aceptó el mensaje
reason-unsure = no se puede saber si llegó, así que no se envía otra vez
reason-gave-up = fallaron demasiados intentos

## Personal digests and mutes
followed = Ahora sigues esto
following-title = Lo que sigues
following-none = Nada todavía. /{ command-follow } pide un resumen por mensaje directo.
unfollowed = { $count ->
    [0] No sigues nada.
    [one] Terminado: { $count } resumen ya no llegará.
   *[other] Terminado: { $count } resúmenes ya no llegarán.
}
muted-title = Lo que has silenciado
muted = Silenciado para ti: { $what }. Los resúmenes, /{ command-catchup } y /{ command-trending } lo omiten; /{ command-news } y /{ command-search } lo siguen encontrando.
muted-for = { $days ->
    [one] Silenciado para ti durante { $days } día: { $what }.
   *[other] Silenciado para ti durante { $days } días: { $what }.
}
unmuted = { $count ->
    [one] { $count } silencio ha terminado.
   *[other] { $count } silencios han terminado.
}
forgotten = Todo lo guardado sobre ti está borrado: tus resúmenes, tus silencios y cuándo te pusiste al día por última vez.

## Commands: names and descriptions
command-news = noticias
command-news-about = Las noticias más recientes sobre un país o un tema
command-digest = resumen
command-digest-about = El resumen que un canal recibiría ahora
command-now = ahora
command-now-about = El resumen que un canal recibiría ahora
command-trending = en-alza
command-trending-about = De lo que informan cada vez más fuentes
command-catchup = ponerse-al-día
command-catchup-about = Lo que llegó desde la última vez que preguntaste esto
command-search = buscar
command-search-about = Noticias que contienen ciertas palabras
command-story = noticia
command-story-about = Una noticia entera
command-why = por-qué
command-why-about = Por qué está una noticia y de dónde viene cada frase
command-countries = países
command-countries-about = Los países que están en las noticias
command-topics = temas
command-topics-about = Los temas que están en las noticias
command-about = acerca-de
command-about-about = Qué es este bot y cuánto guarda
command-help = ayuda
command-help-about = Lo que puedes preguntar
command-follow = seguir
command-follow-about = Recibir un resumen propio por mensaje directo
command-following = siguiendo
command-following-about = Lo que sigues y lo que has silenciado
command-unfollow = dejar-de-seguir
command-unfollow-about = Terminar un resumen propio, o todos
command-mute = silenciar
command-mute-about = No ver más un tema o un país en los resúmenes
command-unmute = dejar-de-silenciar
command-unmute-about = Ver otra vez lo que has silenciado
command-forget = olvidar
command-forget-about = Borrar todo lo guardado sobre ti
command-subscribe = suscribir
command-subscribe-about = Llevar un resumen a un canal a horas fijas
command-subscriptions = suscripciones
command-subscriptions-about = Los resúmenes que recibe este servidor
command-edit = editar
command-edit-about = Cambiar una suscripción
command-pause = pausar
command-pause-about = Dejar una suscripción en pausa
command-resume = reanudar
command-resume-about = Hacer seguir una suscripción en pausa
command-unsubscribe = cancelar
command-unsubscribe-about = Terminar una suscripción
command-preview = vista-previa
command-preview-about = Lo que una suscripción publicaría ahora
command-history = historial
command-history-about = Los últimos resúmenes de una suscripción y qué fue de ellos

## Options: names and descriptions
option-country = país
option-country-about = Un país, o varios separados por comas
option-topic = tema
option-topic-about = Un tema, o varios separados por comas
option-since = desde
option-since-about = Hasta cuándo atrás: 12h, 2d, 1w, today o una fecha
option-filter = filtro
option-filter-about = Cualquier otra cosa, como: lang:es -topic:sport "alta mar"
option-unmute-filter-about = Qué ver otra vez; todo si se omite
option-page = página
option-page-about = Qué página
option-words = palabras
option-words-about = Palabras o una "frase"
option-id = número
option-id-about = El número de la suscripción
option-story-id-about = La noticia, como s12
option-why-id-about = La noticia o el suceso, como e34
option-unfollow-id-about = Qué resumen; todos si se omite
option-command = orden
option-command-about = La orden que hay que explicar
option-time = hora
option-time-about = Hora del día, o varias separadas por comas: 08:00,18:30
option-timezone = zona-horaria
option-timezone-about = Zona horaria: escribe una ciudad o qué hora es allí ahora
option-channel = canal
option-channel-about = Adónde van los resúmenes; aquí si se omite
option-days = días
option-days-about = Días de la semana: mon-fri, o sat,sun
option-mute-days-about = Durante cuántos días; para siempre si se omite
option-language = idioma
option-language-about = Idioma de las palabras propias del resumen
option-sentences = frases
option-sentences-about = Frases por noticia, de 1 a 10
option-limit = límite
option-limit-about = Noticias como máximo, de 1 a 25
option-look = aspecto
option-look-about = Cómo se dibujan los resúmenes
option-late = retraso
option-late-about = Qué pasa con un resumen que se perdió
option-quiet = calma
option-quiet-about = Qué pasa cuando no hay nada nuevo
option-name = nombre
option-name-about = Nombre con el que se publica, en lugar del mío; - para el mío
option-avatar = avatar
option-avatar-about = Dirección de la imagen con la que se publica; - para la mía
option-posts = publicaciones
option-posts-about = Una publicación para todo, o una por cada noticia

## Choices
choice-look-components = tarjetas
choice-look-chart = tarjetas con gráfico
choice-look-embeds = inserciones
choice-look-plain = texto simple
choice-posts-digest = una publicación para todo
choice-posts-event = una publicación por cada noticia
choice-late-post = publicarlo tarde
choice-late-merge = contarlo con el siguiente
choice-late-skip = omitirlo
choice-quiet-say = decirlo en una línea
choice-quiet-skip = no publicar nada
choice-quiet-widen = contar noticias anteriores aún no contadas

## Errors
error = Algo ha ido mal aquí. Queda anotado con la referencia { $reference }.
error-settings = La configuración no se puede usar.
error-seed-rejected = { $path }: { $reason }
error-store = La base de datos no puede responder ahora. Inténtalo de nuevo en un minuto.
error-store-unavailable = La base de datos no puede responder ahora. Inténtalo de nuevo en un minuto.
error-store-outdated = La base de datos se está actualizando. Inténtalo de nuevo en unos minutos.
error-filter = No entiendo este filtro: { $problem } (en el carácter { $at }).
error-unknown-name = No se conoce ({ $what }): { $name }.{ $hint ->
    [none] {""}
   *[other] {" "}¿Quizás { $hint }?
}
error-not-found = No se encuentra ({ $what }): { $id }.
error-not-allowed = Para esto necesitas el permiso «{ $permission }».
error-input = { $problem }
error-delivery = El resumen no puede salir ahora.
error-channel-gone = Ese canal ya no existe, o ya no estoy en su servidor.
error-permission-missing = No puedo publicar allí: dame el permiso «{ $permission }» en <#{ $channel }>.
error-discord-unavailable = Discord no responde ahora. Inténtalo de nuevo en un minuto.
error-token = Discord rechaza el token.
error-command-changed = esta orden ha cambiado; escríbela otra vez en un minuto
error-id = { $given } no es un identificador; escribe s12 para una noticia o e34 para un suceso.
error-words-missing = Di qué hay que buscar.
error-limit-range = Un resumen tiene entre 1 y 25 noticias.
error-sentences-range = Un extracto tiene entre 1 y 10 frases.
error-late-range = Un resumen puede retrasarse 48 horas como máximo.
error-sender-name = Un nombre tiene 80 caracteres como máximo, sin @, y no contiene «discord» ni «clyde».
error-sender-avatar = Una imagen es una dirección que empieza por https:// o http://.
error-channel-id = Eso no es el ID de un canal; cópialo en Discord con «Copiar ID del canal».
error-channel-missing = Di qué canal.
error-time-missing = Di a qué hora: 08:00, o 08:00,18:30 para dos.
error-timezone-missing = Di en qué zona horaria; escribe una ciudad para encontrarla.
error-time-of-day = { $given } no es una hora; escribe 08:00, o 08:00,18:30 para dos.
error-times-count = Una suscripción necesita entre 1 y 24 horas, como 08:00,18:30.
error-day = { $given } no es un día; escribe mon-fri, sat,sun o daily.
error-period = { $given } no es un momento; escribe 12h, 2d, 1w, today, yesterday o una fecha como 2026-11-01.
error-too-long = Eso es demasiado largo.
error-nothing-to-change = Di qué hay que cambiar.
error-follow-most = Ya sigues { $most }; termina antes uno con /{ command-unfollow }.
error-mute-everything = Di qué silenciar: un tema, un país o un filtro.
error-mute-long = Un silencio tiene { $most } caracteres como máximo.
error-nothing-muted = No has silenciado nada.
error-button-old = Este botón es demasiado viejo; pregunta otra vez.
error-members-only = Eso es para miembros en Discord: te llega por mensaje directo.
error-no-button = No hay ningún botón { $number } que pulsar.
error-which-choice = Di qué línea del menú: de { $example } a { $last }.
error-no-page = No hay más páginas.
error-quote = Falta una comilla.
error-no-command = Escribe una orden, como /{ command-news }; /{ command-help } las enumera.
error-option-unknown = { $command } no entiende { $given }; sus opciones son { $options }
error-option-missing = { $command } necesita { $option }
error-number = { $option } tiene que ser un número, no { $given }.
error-number-subscription = { $option } necesita el número de una suscripción, como { $option }3, no { $given }. /{ command-subscriptions } las enumera.
error-option-empty = No hay nada después de { $option }
permission-manage-guild = Gestionar servidor
permission-view-channel = Ver canal
permission-send-messages = Enviar mensajes
permission-send-messages-in-threads = Enviar mensajes en hilos
permission-create-public-threads = Crear hilos públicos
permission-embed-links = Insertar enlaces
permission-attach-files = Adjuntar archivos
permission-read-message-history = Leer el historial de mensajes
permission-manage-messages = Gestionar mensajes
permission-manage-webhooks = Gestionar webhooks
filter-wrong-long = un filtro tiene { $most } caracteres como máximo
filter-wrong-deep = los paréntesis y «not» pueden tener { $most } niveles como máximo
filter-wrong-many-words = un filtro tiene { $most } palabras y frases como máximo
filter-wrong-many-values = un filtro tiene { $most } valores como máximo
filter-wrong-long-phrase = una frase tiene { $most } palabras como máximo
filter-wrong-bracket-closes = este paréntesis no cierra nada
filter-wrong-bracket-open = este paréntesis no está cerrado
filter-wrong-bracket-before = no hay nada antes de este paréntesis
filter-wrong-end = falta algo al final
filter-wrong-before = falta algo antes de { $given }
filter-wrong-no-word = { $given } no tiene ninguna palabra que buscar
filter-wrong-key = no existe la clave { $given }: — ¿quizás { $hint }? Un texto con dos puntos necesita comillas
filter-wrong-time = { $given } no es un momento; escribe 12h, 2d, 1w, today, yesterday o una fecha como 2026-11-01
filter-wrong-event = { $given } no es el identificador de un suceso, como e34
filter-wrong-pattern = { $key_name } necesita una letra o cifra, y { $most } asteriscos como máximo
filter-wrong-name = no se conoce ({ $what }): { $given }{ $hint ->
    [none] {""}
   *[other] ; ¿quizás { $hint }?
}
filter-wrong-value = falta un valor después de { $given }:
filter-wrong-quote-open = esta comilla no está cerrada
filter-wrong-quote-closes = esta comilla no abre nada
what-country = país
what-topic = tema
what-time-zone = zona horaria
what-engine = método
what-command = orden
what-option = opción
what-look = aspecto
what-late-policy = trato de los retrasos
what-quiet-policy = trato de los días tranquilos
what-late = trato de los retrasos
what-posts = forma de publicar
what-way-of-posting = forma de publicar
what-quiet = trato de los días tranquilos
what-language = idioma
what-region = región
what-story = noticia
what-event = suceso
what-subscription = suscripción
what-mute = silencio
