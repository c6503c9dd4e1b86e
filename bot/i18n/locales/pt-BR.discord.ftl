# O que só o Discord mostra, em português do Brasil: nomes dos comandos, suas opções, o formulário de /assinar, menus.

## Comandos
command-news = notícias
command-news-about = Notícias sobre um país ou um assunto
command-digest = resumo
command-digest-about = O resumo de hoje
command-now = agora
command-now-about = O resumo que um canal receberia agora
command-story = notícia
command-story-about = Uma notícia inteira
command-search = buscar
command-search-about = Notícias com estas palavras
command-trending = em-alta
command-trending-about = O que está subindo agora
command-catchup = atualizar-me
command-catchup-about = O que aconteceu desde a sua última visita
command-why = por-quê
command-why-about = Por que uma notícia está aqui e de onde vem cada frase
command-countries = países
command-countries-about = Países nas notícias
command-topics = assuntos
command-topics-about = Assuntos nas notícias
command-about = sobre
command-about-about = O que é este bot
command-help = ajuda
command-help-about = O que você pode perguntar
command-subscribe = assinar
command-subscribe-about = Pedir um resumo para um canal; sem opções, abre-se um formulário
command-subscriptions = assinaturas
command-subscriptions-about = As assinaturas deste servidor
command-edit = editar
command-edit-about = Mudar uma assinatura
command-pause = pausar
command-pause-about = Deixar uma assinatura descansar
command-resume = retomar
command-resume-about = Retomar uma assinatura pausada
command-unsubscribe = cancelar
command-unsubscribe-about = Encerrar uma assinatura
command-preview = prévia
command-preview-about = Ver o que uma assinatura publicaria agora
command-history = histórico
command-history-about = O que foi feito dos últimos resumos de uma assinatura
command-follow = seguir
command-follow-about = Um resumo só seu, por mensagem direta
command-following = seguidos
command-following-about = Seus próprios resumos e o que você silenciou
command-unfollow = deixar-de-seguir
command-unfollow-about = Encerrar o seu próprio resumo
command-mute = silenciar
command-mute-about = Ocultar um país ou um assunto nas suas respostas
command-unmute = mostrar
command-unmute-about = Mostrar de novo o que você silenciou
menu-summarize = Resumir mensagem
menu-why = Por que isto está aqui?

## Opções
option-country = país
option-country-about = Um país: nome, código ou gentílico
option-topic = assunto
option-topic-about = Um assunto, como política, economia ou esporte
option-since = desde
option-since-about = Até quando atrás: 24h, 7d, today, yesterday ou uma data
option-filter = filtro
option-filter-about = Uma condição inteira, como: country:jp and not topic:sport
option-page = página
option-page-about = Qual página
option-id = número
option-id-about = Qual
option-words = palavras
option-words-about = Palavras a procurar; "entre aspas" para exatamente estas
option-time = horário
option-time-about = Horário local, como 08:00, ou vários: 08:00,18:30
option-timezone = fuso
option-timezone-about = Fuso horário, como America/Sao_Paulo
option-channel = canal
option-channel-about = Onde; neste canal se nada for dito
option-days = dias
option-days-about = Quais dias: daily, weekdays, sat,sun
option-language = idioma
option-language-about = Idioma das palavras próprias do resumo
option-sentences = frases
option-sentences-about = Frases por notícia
option-limit = máximo
option-limit-about = Notícias em um resumo, no máximo
option-engine = método
option-engine-about = Como as frases são escolhidas
option-look = aparência
option-look-about = Como é desenhado: components, embeds ou plain
option-late = atraso
option-late-about = Quando um resumo se atrasa: post, merge ou skip
option-quiet = calma
option-quiet-about = Quando não há nada de novo: say, skip ou widen
option-for = duração
option-for-about = Por quanto tempo

## O formulário de /assinar
setup-title = Um resumo para este servidor
setup-intro = Escolha o que vem, onde e quando. Tudo pode ser mudado depois com /editar.
setup-channel = Qual canal?
setup-topics = Assuntos: todos
setup-countries = Países: todos
setup-times = Horários
setup-days = Dias
setup-timezone = Fuso horário
setup-language = Idioma
setup-length = Tamanho
setup-length-choice = { $sentences ->
    [one] { $sentences } frase por notícia, até { $limit } notícias
   *[other] { $sentences } frases por notícia, até { $limit } notícias
}
setup-look = Aparência
setup-look-components = Cartões, com botões
setup-look-embeds = Incorporados
setup-look-plain = Texto simples
setup-count = { $count ->
    [one] { $count } notícia agora
   *[other] { $count } notícias agora
}
setup-more = Outros horários, fuso, filtro …
setup-preview = Prévia
setup-confirm = Assinar
setup-cancel = Cancelar
setup-cancelled = Nada foi pedido.
setup-too-old = Este formulário já é antigo demais; /assinar abre um novo.
setup-here = este canal
setup-ready = Posso publicar lá.
setup-missing = Lá me falta: { $permissions }. Dê-me isso em Editar canal > Permissões, ou escolha outro canal.
setup-plainly = Lá me falta “Inserir links”, então os resumos virão como texto simples.
setup-not-there = Não vejo esse canal. Dê-me “Ver canal” em Editar canal > Permissões, ou escolha outro.
setup-first = O primeiro resumo viria { $when }.
setup-form-title = Horários, fuso, filtro
setup-form-times = Horários, como 08:00, 18:30
setup-form-zone = Fuso horário, como America/Sao_Paulo
setup-form-filter = Filtro, como country:jp and not topic:sport
setup-filter = Filtro: { $filter }
setup-preview-title = O que viria agora
setup-preview-nothing = Nada viria agora: ainda não há notícias para isso.

## Menus de contexto
summarize-title = Em resumo
summarize-whole = Já é curto; aqui está inteiro:
summarize-nothing = Não há texto para encurtar aqui: leio uma mensagem, seus incorporados e arquivos .txt anexados.
summarize-left-out = Ficou de fora: { $names }
summarize-story = Notícia { $number } de { $count }
why-not-mine = Isso não é um resumo nem uma resposta minha.
why-choose = Qual notícia?

## Pausas e retornos
notice-paused = O resumo nº { $id } para { $channel } está parado: { $reason }.
notice-returns = Ele volta sozinho assim que isso for resolvido.
notice-deleted = Peça-o para outro canal com /editar, ou encerre-o com /cancelar.
notice-resumed = O resumo nº { $id } para { $channel } continua.
