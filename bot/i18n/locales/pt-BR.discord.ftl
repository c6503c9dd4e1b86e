# O que só o Discord mostra, em português do Brasil: menus, o formulário de /assinar, avisos.

menu-summarize = Resumir mensagem
menu-why = Por que isto está aqui?

## The /subscribe form
setup-title = Uma edição para este servidor
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
setup-look-chart = Cartões, com um gráfico de países
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
setup-ready = Posso publicar lá.
setup-missing = Lá me falta: { $permissions }. Dê-me isso em Editar canal > Permissões, ou escolha outro canal.
setup-plain-text = Lá me falta “Inserir links”, então as edições virão como texto simples.
setup-no-chart = Lá me falta { $permissions }, então as edições virão sem o gráfico.
setup-not-there = Não vejo esse canal. Dê-me “Ver canal” em Editar canal > Permissões, ou escolha outro.
setup-first = Primeira edição: { $when } ({ $timezone })
setup-form-title = Horários, fuso, filtro
setup-form-times = Horários, como 08:00, 18:30
setup-form-zone = Fuso horário, como America/Sao_Paulo
setup-form-filter = Filtro, como country:jp and not topic:sport
setup-filter = Filtro: { $filter }
setup-sender = Nome, imagem, edições perdidas …
setup-sender-title = Nome, imagem, edições perdidas
setup-sender-name = Nome para publicar; vazio: o meu
setup-sender-avatar = Endereço da imagem; vazio: a minha
setup-sender-posts = Publicações
setup-sender-late = Quando uma edição se perdeu
setup-sender-quiet = Quando não há nada de novo
setup-posted-as = Publicado como { $name }.
setup-own-name = Lá me falta { $permissions }, então as edições virão com o meu nome e a minha imagem.
setup-preview-title = O que viria agora
setup-preview-nothing = Nada viria agora: ainda não há notícias para isso.

## Context menus
summarize-title = Em resumo
summarize-whole = Já é curto; aqui está inteiro:
summarize-nothing = Não há texto para encurtar aqui: leio uma mensagem, seus incorporados e arquivos .txt anexados.
summarize-left-out = Ficou de fora: { $names }
summarize-story = Notícia { $number } de { $count }
why-not-mine = Isso não é uma edição nem uma resposta minha.
why-choose = Qual notícia?

## Notices of paused and resumed subscriptions, for the member who created them
notice-paused = A edição nº { $id } para { $channel } está parada: { $reason }.
notice-paused-channel-gone = Pausei a assinatura { $id }: { reason-channel-gone }.
notice-resumes-itself = Assim que isso for resolvido, ela volta sozinha.
notice-channel-gone = Escolha outro canal com /{ command-edit } ou exclua a assinatura com /{ command-unsubscribe }.
notice-resumed = A edição nº { $id } para { $channel } continua.
