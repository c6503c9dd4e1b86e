# Mensagens que só o Discord mostra, em português do Brasil: menus de contexto, formulário de /assinar, avisos.

menu-summarize = Resumir mensagem
menu-why = Por que isto está aqui?
menu-add = Adicionar ao jornal

## The /subscribe form
setup-title-where = Configurar uma edição · 1 de 2: o quê e onde
setup-title-when = Configurar uma edição · 2 de 2: quando e como
setup-intro = Escolha o que eu publico, onde e quando. Você pode mudar tudo depois com /{ command-edit }.
setup-label-channel = Canal
setup-label-topics = Assuntos
setup-label-countries = Países
setup-label-stories = Idiomas das notícias
setup-label-timezone = Fuso horário
setup-zone-unset = ainda não escolhido. Minha sugestão: { $zone }
setup-channel = Escolha um canal
setup-topics = Todos os assuntos
setup-countries = Todos os países
setup-times = Horários
setup-days = Dias
setup-timezone = Escolha um fuso horário
setup-language = Idioma dos títulos e botões
setup-length = Tamanho
setup-length-choice = { $sentences ->
    [one] { $sentences } frase por notícia, até { $limit } notícias
   *[other] { $sentences } frases por notícia, até { $limit } notícias
}
setup-look = Aparência
setup-look-front = Primeira página
setup-look-cards = Cartões com botões
setup-look-chart = Cartões com um gráfico de países
setup-look-embeds = Embeds
setup-look-plain = Texto simples
setup-count = { $count ->
    [one] { $count } notícia no momento
   *[other] { $count } notícias no momento
}
setup-next = Avançar
setup-back = Voltar
setup-find-country = Buscar um país…
setup-typed-filter = Filtro…
setup-test = Publicar um teste
setup-test-title = Edição de teste
setup-test-note = { $member } está testando esta edição. Ela não fica registrada: as notícias podem voltar na primeira edição de verdade.
setup-test-posted = O teste foi publicado.
setup-test-forum = Não consigo publicar um teste em um fórum. A prévia mostra a mesma coisa.
setup-more = Outros horários, fuso horário…
setup-preview = Prévia
setup-confirm = Assinar
setup-cancel = Cancelar
setup-cancelled = Cancelado. Não criei nenhuma assinatura.
setup-too-old = Este formulário expirou. /{ command-subscribe } abre um novo.
setup-ready = Posso publicar nesse canal.
setup-missing = Não posso publicar nesse canal: preciso de { $permissions }. Permita em Editar canal > Permissões, ou escolha outro canal.
setup-plain-text = Não tenho a permissão “{ permission-embed-links }” nesse canal, então vou publicar as edições como texto simples.
setup-no-chart = Não tenho a permissão “{ $permissions }” nesse canal, então vou publicar as edições sem o gráfico.
setup-no-threads = Não tenho a permissão “{ permission-create-public-threads }” nesse canal, então não vou abrir tópicos.
setup-no-mention = Não tenho a permissão “{ permission-mention-everyone }” nesse canal, então mencionar esse cargo não vai notificar ninguém.
setup-not-there = Não vejo esse canal. Permita “{ permission-view-channel }” em Editar canal > Permissões, ou escolha outro canal.
setup-no-zone = Escolha um fuso horário e eu digo quando sai a primeira edição.
setup-no-channel = Volte e escolha um canal.
setup-first = Primeira edição: { $when } ({ $timezone })
setup-form-title-filter = Filtro
setup-form-title-found = Buscar um país
setup-form-title-clock = Horários e fuso horário
setup-form-country = Países, por exemplo Gana, Coreia do Sul
setup-form-times = Horários, por exemplo 08:00, 18:30
setup-form-zone = Fuso horário: uma cidade, ex.: São Paulo
setup-form-filter = Filtro, ex.: country:jp and not topic:sport
setup-filter = Filtro: { $filter }
setup-sender = Nome, avatar, edições atrasadas…
setup-sender-title = Nome, avatar, edições atrasadas
setup-sender-name = Nome para publicar (vazio: o meu)
setup-sender-avatar = Link do avatar (vazio: o meu)
setup-sender-posts = Publicações
setup-sender-late = Quando uma edição não sai na hora
setup-sender-quiet = Quando não há notícias novas
setup-posted-as = Publicado como { $name }
setup-own-name = Não tenho a permissão “{ $permissions }” nesse canal, então vou publicar as edições com o meu nome e avatar.
setup-preview-title = O que eu publicaria agora
setup-preview-nothing = Eu não publicaria nada agora: ainda não há notícias.

## Context menus
summarize-title = Resumo
summarize-whole = Já é curto. Aqui está tudo:
summarize-nothing = Não há texto para resumir. Leio a mensagem, seus embeds e os arquivos .txt e .md anexados.
summarize-too-long = Resumir esta mensagem demora demais. Tente com um texto mais curto.
summarize-left-out = Não lidos: { $names }
summarize-story = Notícia { $number } de { $count }
why-not-mine = Essa mensagem não é minha, ou não mostra notícias.
why-choose = Qual notícia?

## Servidores que convidam o bot
welcome-title = Obrigado pelo convite
welcome-text = Eu faço um jornal para este servidor: uma edição nos seus canais, nos horários que você escolher.
welcome-subscribe = Para começar, vá ao canal que deve receber a edição e digite /{ command-subscribe }. Você precisa da permissão “{ permission-manage-guild }” para isso.
welcome-help = Todos podem pedir as notícias com /{ command-news }. /{ command-help } mostra todos os comandos.

## Notices of paused and resumed subscriptions, for the member who created them
notice-paused = Pausei a assinatura { $id } em { $channel }: { $reason }.
notice-paused-channel-gone = Pausei a assinatura { $id }: { reason-channel-gone }.
notice-resumes-itself = Assim que isso for resolvido, ela é retomada sozinha.
notice-channel-gone = Escolha outro canal com /{ command-edit }, ou exclua a assinatura com /{ command-unsubscribe }.
notice-resumed = Retomei a assinatura { $id } em { $channel }.
