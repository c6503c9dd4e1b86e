# As palavras próprias da Gazette, em português do Brasil.

## Digests and lists
digest-title = As notícias
digest-title-of = As notícias: { $filter }
digest-quiet = Um dia calmo: nada de novo para esta edição.
chart-title = Países por notícias
digest-corrected = Retirada ou alterada pela fonte.
digest-omitted = { $count ->
    [one] mais { $count } notícia
   *[other] mais { $count } notícias
}
digest-update = Novidade
digest-sources = { $count ->
    [one] { $count } relato
   *[other] { $count } relatos
}
digest-footer = Gazette nº { $marker }
catchup-title = Desde { $at }
trending-title = Em alta
trending-title-of = Em alta: { $filter }
trending-nothing = Nada está subindo agora: nenhum acontecimento tem mais relatos do que antes.
trending-rise = { $count ->
    [one] { $count } relato, { $before } antes
   *[other] { $count } relatos, { $before } antes
}
story-truncated = A fonte é interrompida aqui.
story-about = Países
story-topics = Assuntos
story-source = { $path }, notícia { $position }
news-title = { $total ->
    [0] Nenhuma notícia
    [one] { $total } notícia
   *[other] { $total } notícias
}
news-title-of = { $total ->
    [0] Nenhuma notícia: { $filter }
    [one] { $total } notícia: { $filter }
   *[other] { $total } notícias: { $filter }
}
news-page = Página { $page } de { $pages }
news-nothing = Nada corresponde. Tente menos condições ou um período maior; /{ command-countries } e /{ command-topics } mostram o que existe.
news-empty = Ainda não há notícias.
search-title = { $total ->
    [0] Nada encontrado para “{ $words }”
    [one] { $total } notícia contém “{ $words }”
   *[other] { $total } notícias contêm “{ $words }”
}
search-title-many = As { $total } melhores notícias para “{ $words }”
menu-full = Ler uma notícia inteira…
menu-country = Notícias de um país…
menu-topic = Notícias sobre um assunto…
button-next = Próxima
button-previous = Voltar
button-more = { $count ->
    [one] mais { $count }
   *[other] mais { $count }
}
button-more-from = Mais sobre: { $country }
button-full = Texto completo
button-original = Fonte
button-why = Por que isto está aqui?
button-mute = Silenciar para mim: { $what }
button-undo = Desfazer
button-stop = Encerrar esta edição
button-preview = Prévia
button-pause = Pausar
button-resume = Retomar
button-unsubscribe = Cancelar assinatura

## Filters in words
filter-everything = tudo
filter-not = exceto { $what }
filter-words = “{ $words }”
filter-since = desde { $when }
filter-until = até { $when }
filter-newer = de até { $span } atrás
filter-older = de mais de { $span } atrás
filter-several = { $some } e mais { $count ->
    [one] { $count }
   *[other] { $count }
}
since-today = hoje
since-yesterday = ontem
days-daily = todos os dias
days-weekdays = de segunda a sexta
days-weekend = sábado e domingo
days-range = { $first }–{ $last }

## /why
why-title = Por quê: { $headline }
why-event = { $count ->
    [one] Um relato conta isto.
   *[other] { $count } relatos contam isto.
}
why-rank = Número { $rank } entre as últimas notícias: { $reasons }.
why-reason-sources = { $value ->
    [one] publicada por uma fonte
   *[other] publicada por { $value } fontes
}
why-reason-position = { $value ->
    [1] a primeira notícia da fonte
   *[other] notícia { $value } da fonte
}
why-reason-length = { $value ->
    [one] { $value } caractere
   *[other] { $value } caracteres
}
why-newest = Matéria mais recente:
why-country = { $country }: { $salience } da notícia, por causa de { $evidence }
why-country-implied = { $country }: { $salience } da notícia, sem menção direta
why-topic = { $topic }: { $score } de certeza
why-sentences = De onde vem cada frase
why-sentence = Frase { $position } de { $path }, notícia { $story }

## /about, /countries, /topics
about-title = Gazette
about-text = Um jornal para esta comunidade. Publica uma seleção em vez de uma enxurrada, e cada frase é a da própria fonte, palavra por palavra.
about-counts = Notícias: { $stories } · documentos: { $documents } · países: { $countries } · assuntos: { $topics }
about-latest = A última chegou
about-version = Versão { $version }
countries-title = Países nas notícias
countries-gaps = Sem notícias há sete dias: { $regions }
topics-title = Assuntos nas notícias
count-line = { $name }: { $count }
count-more = { $count ->
    [one] e mais { $count }
   *[other] e mais { $count }
}

## /help
help-title = O que você pode perguntar
help-reading = Notícias
help-personal = Só para você
help-managing = Para quem gerencia este servidor
help-note = Só você vê as respostas. Comece a digitar uma opção para ver o que existe; /{ command-help } { option-command }:{ command-news } explica um comando.

## The console
console-hello = Digite um comando, como /{ command-news } { option-country }:JP; /{ command-help } mostra todos. Números apertam botões, /next vira a página, Tab completa, /language en muda o idioma, /quit encerra.

## Subscriptions
subscribed = Assinatura { $id } criada
subscription-number = Nº { $id }
subscription-changed = Nº { $id }: alterada
paused = Nº { $id }: em pausa
resumed = Nº { $id }: retomada
unsubscribed = A nº { $id } foi encerrada; não virão mais edições dela.
subscription-paused = em pausa: { $reason }
subscription-paused-by-manager = Pausada por um gerente do servidor
subscription-sender = publicado como { $name }, enquanto eu tiver a permissão { $permission }
subscription-avatar = publicado com esta imagem
subscription-next = próxima edição
subscription-size = { $sentences ->
    [one] { $sentences } frase por notícia
   *[other] { $sentences } frases por notícia
}, no máximo { $limit } notícias
subscriptions-title = Assinaturas deste servidor
subscriptions-none = Ainda não há nenhuma. /{ command-subscribe } cria uma.
preview-nothing = Se a nº { $id } vencesse agora, não publicaria nada: não há nada de novo para ela.
times-daily = todo dia às { $times } ({ $timezone })
times-on-days = { $days } às { $times } ({ $timezone })
history-title = As últimas edições da nº { $id }
history-nothing = Nenhuma venceu ainda.
history-open = abrir
delivery-planned = espera a sua vez
delivery-composed = escrita, ainda não enviada
delivery-sending = sendo enviada
delivery-sent = enviada
delivery-failed = falhou
delivery-expired = tarde demais para enviar
delivery-skipped = nada foi enviado
reason-quiet = não havia nada de novo
reason-late = era tarde demais
reason-late-skipped = estava atrasada, e edições atrasadas são omitidas
reason-late-merged = estava atrasada; a próxima conta
reason-paused = em pausa
reason-unsubscribed = a assinatura tinha terminado
reason-channel-gone = o canal não existe mais, ou não estou mais no servidor
reason-permission-missing = falta-me uma permissão no canal
reason-permission-needed = preciso da permissão “{ $permission }” nesse canal
reason-refused = o Discord não aceitou a mensagem
reason-unsure = não há como saber se chegou, então não é enviada de novo
reason-gave-up = tentativas demais falharam

## Personal digests and mutes
followed = Você segue isto
following-title = O que você segue
following-none = Nada ainda. /{ command-follow } pede uma edição por mensagem direta.
unfollowed = { $count ->
    [0] Você não segue nada.
    [one] Encerrado: { $count } edição não virá mais.
   *[other] Encerrado: { $count } edições não virão mais.
}
muted-title = O que você silenciou
muted = Silenciado para você: { $what }. Edições, /{ command-catchup } e /{ command-trending } o deixam de fora; /{ command-news } e /{ command-search } ainda o encontram.
muted-for = { $days ->
    [one] Silenciado para você por { $days } dia: { $what }.
   *[other] Silenciado para você por { $days } dias: { $what }.
}
unmuted = { $count ->
    [one] { $count } silêncio terminou.
   *[other] { $count } silêncios terminaram.
}
forgotten = Tudo o que estava guardado sobre você foi apagado: suas edições, seus silêncios e quando você se atualizou pela última vez.

## Commands: names and descriptions
command-news = notícias
command-news-about = As notícias mais recentes sobre um país ou assunto
command-digest = edição
command-digest-about = A edição que um canal receberia agora
command-now = agora
command-now-about = A edição que um canal receberia agora
command-trending = em-alta
command-trending-about = O que cada vez mais fontes relatam
command-catchup = atualizar-se
command-catchup-about = O que chegou desde que você perguntou isto pela última vez
command-search = buscar
command-search-about = Notícias que contêm certas palavras
command-story = notícia
command-story-about = Uma notícia inteira
command-why = por-quê
command-why-about = Por que uma notícia está ali e de onde vem cada frase
command-countries = países
command-countries-about = Os países que estão nas notícias
command-topics = assuntos
command-topics-about = Os assuntos que estão nas notícias
command-about = sobre
command-about-about = O que é este bot e quanto ele guarda
command-help = ajuda
command-help-about = O que você pode perguntar
command-follow = seguir
command-follow-about = Receber uma edição própria por mensagem direta
command-following = seguindo
command-following-about = O que você segue e o que silenciou
command-unfollow = deixar-de-seguir
command-unfollow-about = Encerrar uma edição própria, ou todas
command-mute = silenciar
command-mute-about = Não ver mais um assunto ou país nas edições
command-unmute = reexibir
command-unmute-about = Ver de novo o que você silenciou
command-forget = esquecer
command-forget-about = Apagar tudo o que está guardado sobre você
command-subscribe = assinar
command-subscribe-about = Levar uma edição a um canal em horários fixos
command-subscriptions = assinaturas
command-subscriptions-about = As edições que este servidor recebe
command-edit = editar
command-edit-about = Alterar uma assinatura
command-pause = pausar
command-pause-about = Deixar uma assinatura em pausa
command-resume = retomar
command-resume-about = Fazer uma assinatura em pausa continuar
command-unsubscribe = cancelar-assinatura
command-unsubscribe-about = Encerrar uma assinatura
command-preview = prévia
command-preview-about = O que uma assinatura publicaria agora
command-history = histórico
command-history-about = As últimas edições de uma assinatura e o que foi feito delas

## Options: names and descriptions
option-country = país
option-country-about = Um país, ou vários separados por vírgulas
option-topic = assunto
option-topic-about = Um assunto, ou vários separados por vírgulas
option-since = desde
option-since-about = Até quando voltar: 12h, 2d, 1w, today ou uma data
option-filter = filtro
option-filter-about = Qualquer outra coisa, como: lang:pt -topic:sport "alto mar"
option-unmute-filter-about = O que ver de novo; tudo, se omitido
option-page = página
option-page-about = Qual página
option-words = palavras
option-words-about = Palavras ou uma "expressão"
option-id = número
option-id-about = O número da assinatura
option-story-id-about = A notícia, como s12
option-why-id-about = A notícia ou o acontecimento, como e34
option-unfollow-id-about = Qual edição; todas, se omitido
option-command = comando
option-command-about = O comando a explicar
option-time = hora
option-time-about = Hora do dia, ou várias separadas por vírgulas: 08:00,18:30
option-timezone = fuso-horário
option-timezone-about = Fuso horário: digite uma cidade ou que horas são lá agora
option-channel = canal
option-channel-about = Para onde vão as edições; aqui, se omitido
option-days = dias
option-days-about = Dias da semana: mon-fri, ou sat,sun
option-mute-days-about = Por quantos dias; para sempre, se omitido
option-language = idioma
option-language-about = Idioma das palavras próprias da edição
option-sentences = frases
option-sentences-about = Frases por notícia, de 1 a 10
option-limit = limite
option-limit-about = Notícias no máximo, de 1 a 25
option-look = aparência
option-look-about = Como as edições são desenhadas
option-late = atraso
option-late-about = O que acontece com uma edição perdida
option-quiet = calmaria
option-quiet-about = O que acontece quando não há nada de novo
option-name = nome
option-name-about = Nome com que se publica, no lugar do meu; - para o meu
option-avatar = avatar
option-avatar-about = Endereço da imagem com que se publica; - para a minha
option-posts = publicações
option-posts-about = Uma publicação para tudo, ou uma para cada notícia

## Choices
choice-look-components = cartões
choice-look-chart = cartões com gráfico
choice-look-embeds = incorporações
choice-look-plain = texto simples
choice-posts-digest = uma publicação para tudo
choice-posts-event = uma publicação para cada notícia
choice-late-post = publicar com atraso
choice-late-merge = contar com a próxima
choice-late-skip = omitir
choice-quiet-say = dizer isso em uma linha
choice-quiet-skip = não publicar nada
choice-quiet-widen = contar notícias mais antigas ainda não contadas

## Errors
error = Algo deu errado aqui. Ficou anotado com a referência { $reference }.
error-settings = A configuração não pode ser usada.
error-seed-rejected = { $path }: { $reason }
error-store = O banco de dados não pode responder agora. Tente de novo em um minuto.
error-store-unavailable = O banco de dados não pode responder agora. Tente de novo em um minuto.
error-store-outdated = O banco de dados está sendo atualizado. Tente de novo em alguns minutos.
error-filter = Não entendo este filtro: { $problem } (no caractere { $at }).
error-unknown-name = Desconhecido ({ $what }): { $name }.{ $hint ->
    [none] {""}
   *[other] {" "}Seria { $hint }?
}
error-not-found = Não encontrado ({ $what }): { $id }.
error-not-allowed = Para isto você precisa da permissão “{ $permission }”.
error-input = { $problem }
error-delivery = A edição não pode sair agora.
error-channel-gone = Esse canal não existe mais, ou não estou mais no servidor dele.
error-permission-missing = Não posso publicar lá: dê-me a permissão “{ $permission }” em <#{ $channel }>.
error-discord-unavailable = O Discord não responde agora. Tente de novo em um minuto.
error-token = O Discord recusa o token.
error-command-changed = este comando mudou; digite-o de novo em um minuto
error-id = { $given } não é um identificador; escreva s12 para uma notícia ou e34 para um acontecimento.
error-words-missing = Diga o que buscar.
error-limit-range = Uma edição tem entre 1 e 25 notícias.
error-sentences-range = Um resumo tem entre 1 e 10 frases.
error-late-range = Uma edição pode atrasar no máximo 48 horas.
error-sender-name = Um nome tem no máximo 80 caracteres, sem @, e não contém "discord" nem "clyde".
error-sender-avatar = Uma imagem é um endereço que começa com https:// ou http://.
error-channel-id = Isso não é o ID de um canal; copie-o no Discord com “Copiar ID do canal”.
error-channel-missing = Diga qual canal.
error-time-missing = Diga a que horas: 08:00, ou 08:00,18:30 para duas.
error-timezone-missing = Diga em que fuso horário; digite uma cidade para encontrá-lo.
error-time-of-day = { $given } não é uma hora; escreva 08:00, ou 08:00,18:30 para duas.
error-times-count = Uma assinatura precisa de 1 a 24 horários, como 08:00,18:30.
error-day = { $given } não é um dia; escreva mon-fri, sat,sun ou daily.
error-period = { $given } não é um momento; escreva 12h, 2d, 1w, today, yesterday ou uma data como 2026-11-01.
error-too-long = Isso é longo demais.
error-nothing-to-change = Diga o que alterar.
error-follow-most = Você já segue { $most }; encerre uma antes com /{ command-unfollow }.
error-mute-everything = Diga o que silenciar: um assunto, um país ou um filtro.
error-mute-long = Um silêncio tem no máximo { $most } caracteres.
error-nothing-muted = Você não silenciou nada.
error-button-old = Este botão é antigo demais; pergunte de novo.
error-members-only = Isso é para membros no Discord: chega por mensagem direta.
error-no-button = Não há botão { $number } para apertar.
error-which-choice = Diga qual linha do menu: de { $example } a { $last }.
error-no-page = Não há outra página.
error-quote = Falta uma aspa.
error-no-command = Digite um comando, como /{ command-news }; /{ command-help } mostra todos.
error-option-unknown = { $command } não entende { $given }; as opções são { $options }
error-option-missing = { $command } precisa de { $option }
error-number = { $option } tem de ser um número, não { $given }.
error-number-subscription = { $option } precisa do número de uma assinatura, como { $option }3, não { $given }. /{ command-subscriptions } as lista.
error-option-empty = Não há nada depois de { $option }
permission-manage-guild = Gerenciar servidor
permission-view-channel = Ver canal
permission-send-messages = Enviar mensagens
permission-send-messages-in-threads = Enviar mensagens em tópicos
permission-create-public-threads = Criar tópicos públicos
permission-embed-links = Inserir links
permission-attach-files = Anexar arquivos
permission-read-message-history = Ver histórico de mensagens
permission-manage-messages = Gerenciar mensagens
permission-manage-webhooks = Gerenciar webhooks
filter-wrong-long = um filtro tem no máximo { $most } caracteres
filter-wrong-deep = parênteses e “not” têm no máximo { $most } níveis
filter-wrong-many-words = um filtro tem no máximo { $most } palavras e expressões
filter-wrong-many-values = um filtro tem no máximo { $most } valores
filter-wrong-long-phrase = uma expressão tem no máximo { $most } palavras
filter-wrong-bracket-closes = este parêntese não fecha nada
filter-wrong-bracket-open = este parêntese não está fechado
filter-wrong-bracket-before = não há nada antes deste parêntese
filter-wrong-end = falta algo no fim
filter-wrong-before = falta algo antes de { $given }
filter-wrong-no-word = { $given } não tem palavra a buscar
filter-wrong-key = não existe a chave { $given }: — seria { $hint }? Texto com dois-pontos precisa de aspas
filter-wrong-time = { $given } não é um momento; escreva 12h, 2d, 1w, today, yesterday ou uma data como 2026-11-01
filter-wrong-event = { $given } não é o identificador de um acontecimento, como e34
filter-wrong-pattern = { $key_name } precisa de uma letra ou um número, e de no máximo { $most } asteriscos
filter-wrong-name = desconhecido ({ $what }): { $given }{ $hint ->
    [none] {""}
   *[other] ; seria { $hint }?
}
filter-wrong-value = falta um valor depois de { $given }:
filter-wrong-quote-open = esta aspa não está fechada
filter-wrong-quote-closes = esta aspa não abre nada
what-country = país
what-topic = assunto
what-time-zone = fuso horário
what-engine = método
what-command = comando
what-option = opção
what-look = aparência
what-late-policy = tratamento de atrasos
what-quiet-policy = tratamento de dias calmos
what-late = tratamento de atrasos
what-posts = forma de publicar
what-way-of-posting = forma de publicar
what-quiet = tratamento de dias calmos
what-language = idioma
what-region = região
what-story = notícia
what-event = acontecimento
what-subscription = assinatura
what-mute = silêncio
