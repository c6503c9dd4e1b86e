# Mensagens de todas as interfaces, em português do Brasil. Termos: bot/i18n/glossary/pt-BR.toml.

## Digests and lists
digest-title = As notícias
digest-title-of = As notícias: { $filter }
digest-title-morning = As notícias da manhã
digest-title-evening = As notícias da noite
front-issue = N.º { $number }
front-reading = { $minutes } min de leitura
front-updated = atualizada desde a última edição
front-brief = Em resumo
section-politics = Política e mundo
section-business = Economia e trabalho
section-justice = Polícia e desastres
section-science = Ciência e meio ambiente
section-society = Vida e sociedade
section-culture = Cultura
section-sport = Esportes
section-world = Mundo
digest-quiet = Um dia calmo: não há notícias novas para esta edição.
chart-title = Matérias por país
sample-news = Notícias de exemplo, inventadas para testar o Gazette
digest-corrected = Retirada ou alterada pela fonte.
digest-withheld = Retida pela redação.
digest-withheld-title = Retida
digest-omitted = { $count ->
    [one] mais { $count } notícia
   *[other] mais { $count } notícias
}
digest-other-languages = { $count ->
    [one] mais { $count } notícia em outro idioma
   *[other] mais { $count } notícias em outros idiomas
}
alert-title = Urgente
digest-alert = Publicado às { $at }
digest-week = { $first } – { $last }
digest-developed = De { $first } a { $last }: { $count ->
    [one] { $count } matéria
   *[other] { $count } matérias
}
digest-update = Atualização
digest-sources = { $count ->
    [one] { $count } matéria
   *[other] { $count } matérias
}
mail-unsubscribe = Parar de receber
mail-unsubscribe-by-mail = Para parar de receber, escreva para { $address } com o título “{ $subject }”.
mail-unsubscribe-question = Quer parar de receber estes e-mails?
mail-unsubscribed = Pronto: você não receberá mais e-mails.
mail-unsubscribe-invalid = Este link não é de nenhum dos nossos e-mails.
catchup-title = Novidades desde { $at }
trending-title = Em alta
trending-title-of = Em alta: { $filter }
trending-nothing = Nada está em alta no momento.
trending-rise = { $count ->
    [one] { $count } matéria, antes { $before }
   *[other] { $count } matérias, antes { $before }
}
story-truncated = A fonte corta a notícia aqui.
story-brief = A fonte traz apenas este título.
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
news-nothing = Nenhuma notícia corresponde. Tente um período maior ou menos filtros. /{ command-countries } e /{ command-topics } mostram o que está nas notícias.
news-none = Ainda não há notícias.
search-nothing = Nenhuma notícia corresponde a essas palavras. Tente outras palavras ou menos palavras.
news-empty = Ainda não há notícias.
search-title = { $total ->
    [0] Nenhuma notícia para “{ $words }”
    [one] { $total } notícia para “{ $words }”
   *[other] { $total } notícias para “{ $words }”
}
search-title-many = Os { $total } melhores resultados para “{ $words }”
answers-nothing = Não encontrei nada sobre isso. Pergunte com outras palavras ou veja o que está nas notícias com /{ command-news }.
menu-full = Ler uma notícia completa…
menu-country = Notícias sobre um país…
menu-topic = Notícias sobre um assunto…
menu-mute-story = Escolha uma notícia…
menu-mute-what = O que silenciar e até quando…
button-next = Próxima
button-previous = Voltar
button-more = { $count ->
    [1] Mais ({ $last } de { $total })
   *[other] Mais ({ $first }–{ $last } de { $total })
}
button-more-from = Mais sobre: { $country }
button-event = Todas as matérias
button-more-of = Mais de { $source }
button-full = Notícia completa
button-original = Fonte
button-web = Ler na web
button-why = Por que isto está aqui?
button-whys = Por que estas?
button-mute = Silenciar…
mute-title = Silenciar para você
mute-story = Esta notícia
mute-day = por um dia
mute-week = por uma semana
mute-always = para sempre
button-more-like = Mais como esta
button-less-like = Menos como esta
button-taste-reset = Redefinir
button-undo = Desfazer
button-stop = Parar esta edição
button-preview = Prévia
button-pause = Pausar
button-resume = Retomar
button-unsubscribe = Cancelar assinatura
button-delete = Excluir
button-keep = Manter
button-stop-all = Parar
button-forget = Apagar meus dados

## Filters in words
filter-everything = tudo
filter-not = exceto { $what }
filter-words = “{ $words }”
filter-key-source = fonte
filter-key-path = arquivo
filter-key-kicker = chapéu
filter-key-event = acontecimento
filter-keyed = { $key }: { $values }
filter-since = desde { $when }
filter-until = até { $when }
filter-newer = de { $span } para cá
filter-older = de mais de { $span } atrás
filter-several = { $some } e mais { $count ->
    [one] { $count }
   *[other] { $count }
}
since-today = hoje
since-yesterday = ontem
since-day-before-yesterday = anteontem
days-daily = todos os dias
days-weekdays = de segunda a sexta
days-weekend = sábado e domingo
days-range = { $first }–{ $last }

## /why
whys-title = Por que estas notícias
why-title = Por que: { $headline }
why-event = { $count ->
    [one] Uma matéria trata disto.
   *[other] { $count } matérias tratam disto.
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
why-against = Pesa contra: { $reasons }.
why-factor-dead = { $value ->
    [0] mortes
    [one] { $value } morto
   *[other] { $value } mortos
}
why-factor-injured = { $value ->
    [0] feridos
    [one] { $value } ferido
   *[other] { $value } feridos
}
why-factor-missing = { $value ->
    [0] desaparecidos ou desabrigados
    [one] { $value } desaparecido ou desabrigado
   *[other] { $value } desaparecidos ou desabrigados
}
why-factor-arrested = { $value ->
    [0] prisões
    [one] { $value } prisão
   *[other] { $value } prisões
}
why-factor-magnitude = intensidade { $value }
why-factor-money = uma quantia de { $amount }
why-factor-attack = um ataque
why-factor-war = guerra ou forças armadas
why-factor-disaster = um desastre natural
why-factor-accident = um acidente
why-factor-emergency = uma emergência
why-factor-epidemic = uma epidemia
why-factor-death = uma morte
why-factor-leader = chefe de Estado ou de governo
why-factor-former = alguém que já teve cargo público
why-factor-minister = ministro ou alto funcionário
why-factor-government = parlamento ou governo
why-factor-world-body = uma organização internacional
why-factor-top-court = um tribunal superior
why-factor-election = uma eleição ou votação
why-factor-power-change = uma mudança de poder
why-factor-law = uma lei ou proibição
why-factor-treaty = um tratado, negociações ou sanções
why-factor-protest = protestos
why-factor-crime = um caso criminal
why-factor-economy = a economia
why-factor-first = algo inédito ou um recorde
why-factor-wide = alcance nacional ou mundial
why-factor-interview = uma entrevista
why-factor-culture = cultura ou entretenimento
why-factor-study = um estudo
why-factor-sport = uma cobertura esportiva
why-factor-opinion = um texto de opinião
why-factor-service = dicas ou uma lista
why-factor-history = uma retrospectiva
why-factor-local = notícias locais
why-factor-animal = animais
why-factor-obituary = um obituário
why-factor-celebrity = celebridades
why-factor-product = um produto
why-factor-lifestyle = lazer
why-factor-curious = uma curiosidade
why-factor-question = uma pergunta como título
why-factor-prominent = pessoas no poder envolvidas
why-factor-told = contado em filme, estudo ou retrospectiva
why-factor-countries = vários países
why-factor-topic = assunto: { $topic }
why-newest = Matéria mais recente: { $at }
why-country = { $country }: { $salience } da notícia, com base em { $evidence }
why-country-implied = { $country }: { $salience } da notícia, sem menção direta
why-topic = { $topic }: { $score } de confiança
why-sentences = De onde vem cada frase
why-sentence = Frase { $position } de { $path }, notícia { $story }

## /about, /countries, /topics
about-title = Gazette
about-text = Um jornal para este servidor. Ele publica edições em vez de uma enxurrada de links, e cada frase é copiada palavra por palavra da fonte.
about-counts = Notícias: { $stories } · documentos: { $documents } · países: { $countries } · assuntos: { $topics }
about-latest = Última notícia: { $at }
about-version = Versão { $version }
about-invitation = Adicionar a um servidor
about-code = Código-fonte
about-help = Ajuda
about-privacy = Privacidade
countries-title = Países nas notícias
countries-gaps = Sem notícias nos últimos sete dias: { $regions }
topics-title = Assuntos nas notícias
count-line = { $name }: { $count }
count-more = { $count ->
    [one] e mais { $count }
   *[other] e mais { $count }
}

## /help
help-title = Comandos
help-reading = Notícias
help-personal = Só para você
help-managing = Para quem gerencia o servidor
help-note = Só você vê as respostas. Comece a digitar uma opção para ver sugestões. /{ command-help } { option-command }:{ command-news } explica um comando.
help-command-title = Como usar { $command }
help-options = Opções
help-required = { $about } (obrigatório)
help-values = { $about }: { $values }

## The console
console-hello = Digite um comando, por exemplo /{ command-news } { option-country }:JP. /{ command-help } mostra todos. Um número aperta um botão, /next mostra a próxima página, Tab completa, /language en muda o idioma, /quit sai.

## Subscriptions
subscribed = Assinatura { $id } criada
subscription-number = Assinatura { $id }
subscription-changed = Assinatura { $id } atualizada
paused = Assinatura { $id } pausada
resumed = Assinatura { $id } retomada
unsubscribe-question = Excluir a assinatura { $id }? Ela deixaria de publicar edições.
unsubscribed = Assinatura { $id } excluída. Ela não vai mais publicar edições. Você pode desfazer isso até amanhã.
subscription-kept = A assinatura { $id } continua
subscription-restored = A assinatura { $id } voltou
subscription-same = A assinatura { $id } já publica a mesma coisa neste canal.
copies-title = Cópias da assinatura { $id }
copy-made = copiada como assinatura { $id }.
copy-failed = não copiada. { $reason }
subscription-paused = Pausada: { $reason }
subscription-paused-by-manager = Pausada por quem gerencia o servidor
subscription-sender = Publicado como { $name } (precisa de “{ $permission }”)
subscription-avatar = Publicado com este avatar
subscription-role = Menciona { $role }
subscription-silent = Publica sem notificação
subscription-talk-digest = Abre um tópico de conversa abaixo de cada edição
subscription-talk-story = Abre um tópico de conversa abaixo de cada notícia
subscription-weekly = Semanal: os acontecimentos dos últimos sete dias por importância
subscription-next = Próxima edição: { $at }
subscription-languages = Notícias: { $stories } · Títulos: { $headings }
subscription-engine = resumidor: { $engine }
subscription-late = Se atrasar: { $policy }
subscription-late-hours = Se atrasar: { $policy }, no máximo { $hours } h
subscription-quiet = Sem novidades: { $policy }
subscription-size = { $sentences ->
    [one] { $sentences } frase por notícia
   *[other] { $sentences } frases por notícia
}, até { $limit } notícias
alert-sources = { $count ->
    [one] Alerta de um acontecimento com { $count } fonte em uma hora
   *[other] Alerta de um acontecimento com { $count } fontes em uma hora
}
alert-quiet = nenhum das { $from } às { $to }
alert-limit = { $count ->
    [one] no máximo { $count } por dia
   *[other] no máximo { $count } por dia
}
alert-none = Sem alertas
subscriptions-title = Assinaturas deste servidor
subscriptions-none = Ainda não há assinaturas. Crie uma com /{ command-subscribe }.
preview-nothing = A assinatura { $id } não publicaria nada agora: não há notícias novas para ela.
times-daily = Todos os dias às { $times } ({ $timezone })
times-on-days = { $days } às { $times } ({ $timezone })
history-title = Últimas edições da assinatura { $id }
history-nothing = Ainda não chegou a hora de nenhuma edição.
history-open = abrir
delivery-planned = aguardando publicação
delivery-composed = pronta, ainda não publicada
delivery-sending = sendo publicada
delivery-sent = publicada
delivery-failed = falhou
delivery-expired = tarde demais para publicar
delivery-skipped = não publicada
reason-quiet = não havia notícias novas
reason-late = era tarde demais
reason-late-skipped = estava atrasada, e esta assinatura pula edições atrasadas
reason-late-merged = estava atrasada; a próxima edição a inclui
reason-quiet-hours = surgiu no horário de descanso; a próxima edição o inclui
reason-alert-limit = o limite de alertas do dia foi atingido; a próxima edição o inclui
reason-already-told = este canal já o recebeu
reason-not-breaking = poucas fontes ainda o noticiam, ou os alertas estão desativados
reason-paused = a assinatura estava pausada
reason-unsubscribed = a assinatura tinha sido excluída
reason-channel-gone = o canal foi excluído, ou não estou mais no servidor
reason-permission-missing = não tenho uma permissão nesse canal
reason-permission-needed = preciso de “{ $permission }” nesse canal
reason-refused = o Discord recusou a mensagem
reason-unsure = não sei se ela chegou, então não vou publicá-la de novo
reason-gave-up = a publicação falhou vezes demais

## Personal digests and mutes
followed = Agora você segue:
following-title = Você segue
following-none = Você ainda não segue nada. Com /{ command-follow } você recebe uma edição por mensagem direta.
unfollow-question = { $count ->
    [one] Parar esta edição?
   *[other] Parar as { $count } edições?
}
unfollowed = { $count ->
    [0] Você não segue nada.
    [one] Pronto. Você não vai mais receber esta edição.
   *[other] Pronto. Você não vai mais receber estas { $count } edições.
}
muted-title = Você silenciou
mute-until = { $what } · até { $at }
mute-for-good = { $what } · para sempre
muted = Silenciado para você: { $what }. As edições, /{ command-catchup } e /{ command-trending } não mostram mais isso. /{ command-news } e /{ command-search } ainda mostram.
muted-for = { $days ->
    [one] Silenciado para você por { $days } dia: { $what }.
   *[other] Silenciado para você por { $days } dias: { $what }.
}
unmuted = { $count ->
    [one] Não está mais silenciado.
   *[other] Não estão mais silenciados: { $count }.
}
taste-title = Nas suas próprias edições
taste-more = Você pediu mais de { $topic }.
taste-less = Você pediu menos de { $topic }.
taste-even = { $topic } volta a pesar como sempre.
taste-note = Essas notícias sobem ou descem nas suas próprias edições, e nenhuma some. /{ command-following } mostra e redefine isso.
taste-reset = Redefinido. Suas próprias edições voltam à ordem de sempre.
languages-chosen = A partir de agora, escolho para você notícias nestes idiomas: { $languages }.
languages-shown = Escolho para você notícias nestes idiomas: { $languages }. Para mudar, use /{ command-languages } { option-stories }:
forget-question = Apagar tudo o que guardo sobre você: suas edições, o que você silenciou, seus idiomas e quando usou /{ command-catchup } pela última vez? Não dá para desfazer.
forgotten = Apaguei tudo o que guardava sobre você: suas edições, o que você silenciou e quando usou /{ command-catchup } pela última vez.

## Commands: names and descriptions
command-news = notícias
command-news-about = Mostra as últimas notícias sobre um país ou assunto
command-digest = edição
command-digest-about = Mostra a edição que um canal receberia agora
command-now = agora
command-now-about = Mostra a edição que um canal receberia agora
command-trending = em-alta
command-trending-about = Mostra o que cada vez mais fontes noticiam
command-catchup = atualizar-se
command-catchup-about = Mostra as novidades desde a última vez que você usou este comando
command-search = buscar
command-search-about = Busca notícias por palavras e pelo sentido
command-ask = perguntar
command-ask-about = Responde a uma pergunta com frases das notícias
command-story = ler
command-story-about = Mostra uma notícia completa
command-why = por-que
command-why-about = Explica por que uma notícia está aqui e de onde vem cada frase
command-countries = países
command-countries-about = Lista os países que estão nas notícias
command-topics = assuntos
command-topics-about = Lista os assuntos que estão nas notícias
command-sources = fontes
command-sources-about = Mostra o que este jornal lê e quando chegou algo pela última vez
command-list = lista
command-list-about = Mostra o que este jornal lê e quando chegou algo pela última vez
command-add = adicionar
command-add-about = Adiciona um feed, ou o de um site, para este servidor
command-remove = remover
command-remove-about = Para de ler uma fonte deste servidor
command-drop = enviar
command-drop-about = Adiciona um arquivo ou um link ao jornal deste servidor
command-about = sobre
command-about-about = Mostra o que é este bot e quantas notícias ele tem
command-help = ajuda
command-help-about = Lista os comandos ou explica um deles
command-follow = seguir
command-follow-about = Envia a você sua própria edição por mensagem direta
command-following = seguindo
command-following-about = Lista o que você segue e o que silenciou
command-unfollow = deixar-de-seguir
command-unfollow-about = Para uma das suas próprias edições, ou todas
command-mute = silenciar
command-mute-about = Tira um assunto ou país das suas edições
command-unmute = reexibir
command-unmute-about = Volta a mostrar algo que você silenciou
command-languages = idiomas
command-languages-about = Define os idiomas das notícias que seleciono para você
command-forget = esquecer
command-forget-about = Apaga tudo o que guardo sobre você
command-subscribe = assinar
command-subscribe-about = Publica uma edição em um canal em horários fixos
command-subscriptions = assinaturas
command-subscriptions-about = Lista as assinaturas deste servidor
command-edit = editar
command-edit-about = Altera uma assinatura
command-copy = copiar
command-copy-about = Publicar a mesma edição também em outros canais
command-pause = pausar
command-pause-about = Pausa uma assinatura
command-resume = retomar
command-resume-about = Retoma uma assinatura pausada
command-unsubscribe = cancelar-assinatura
command-unsubscribe-about = Exclui uma assinatura
command-preview = prévia
command-preview-about = Mostra o que uma assinatura publicaria agora
command-history = histórico
command-history-about = Mostra as últimas edições de uma assinatura e o que aconteceu com elas

## Options: names and descriptions
option-country = país
option-country-about = Um país, ou vários separados por vírgulas
option-topic = assunto
option-topic-about = Um assunto, ou vários separados por vírgulas
option-url = url
option-url-about = Endereço de um feed ou de um site
option-source = fonte
option-source-about = Número ou título de uma fonte
option-file = arquivo
option-file-about = Um arquivo de texto, página ou documento
option-link = link
option-link-about = Endereço de uma página
option-since = desde
option-since-about = Desde quando: 12 horas, ontem, semana passada ou uma data
option-filter = filtro
option-filter-about = Mais condições, por exemplo: lang:pt -topic:sport "alto mar"
option-unmute-filter-about = O que você quer ver de novo; tudo, se ficar vazio
option-page = página
option-page-about = Número da página
option-words = palavras
option-words-about = Palavras ou uma "expressão entre aspas"
option-question = pergunta
option-question-about = Sua pergunta, em qualquer idioma
option-id = número
option-id-about = Número da assinatura
option-story-id-about = ID da notícia, por exemplo s12
option-why-id-about = ID da notícia ou do acontecimento, por exemplo e34
option-unfollow-id-about = Número da edição; todas, se ficar vazio
option-command = comando
option-command-about = Comando a explicar
option-time = hora
option-time-about = Horário, ou vários: 08:00,18:30
option-timezone = fuso-horário
option-timezone-about = Fuso horário: digite uma cidade, ou que horas são lá
option-channel = canal
option-channel-about = Canal em que publico; este, se ficar vazio
option-channel2 = canal2
option-channel2-about = Mais um canal para a cópia
option-channel3 = canal3
option-channel3-about = Mais um canal para a cópia
option-channel4 = canal4
option-channel4-about = Mais um canal para a cópia
option-channel5 = canal5
option-channel5-about = Mais um canal para a cópia
option-days = dias
option-days-about = Dias da semana: segunda a sexta, ou sáb, dom
option-mute-days-about = Número de dias; para sempre, se ficar vazio
option-language = idioma
option-language-about = Idioma dos títulos e botões (as notícias mantêm o delas)
option-stories = notícias
option-stories-about = Idiomas das notícias, por exemplo português, inglês; ou todos
stories-all = todos os idiomas
option-sentences = frases
option-sentences-about = Frases por notícia, de 1 a 10
option-limit = limite
option-limit-about = Número máximo de notícias, de 1 a 25
option-look = aparência
option-look-about = Aparência das edições
option-sections = seções
option-sections-about = Seções da primeira página: por assunto ou por país
option-size = tamanho
option-size-about = Tamanho da primeira página
option-late = atraso
option-late-about = O que fazer com uma edição que não saiu na hora
option-quiet = calmaria
option-quiet-about = O que fazer quando não há notícias novas
option-name = nome
option-name-about = Nome com que publico; - para usar o meu
option-avatar = avatar
option-avatar-about = Link do avatar com que publico; - para usar o meu
option-posts = publicações
option-posts-about = Uma publicação para a edição inteira, ou uma por notícia
option-alerts = alertas
option-alerts-about = Publicar na hora um acontecimento que tantas fontes noticiam: 3, ou 3 22:00-07:00 5
option-role = cargo
option-role-about = Cargo a mencionar; @everyone para nenhum
option-notify = notificar
option-notify-about = Notificar como sempre ou publicar sem notificação
option-talk = conversa
option-talk-about = Tópicos de conversa abaixo do que publico
option-every = ritmo
option-every-about = O que a edição cobre: as novidades desde a anterior, ou a semana

## Choices
choice-look-front = primeira página
choice-look-cards = cartões
choice-look-chart = cartões com gráfico
choice-look-embeds = embeds
choice-look-plain = texto simples
choice-sections-topic = por assunto
choice-sections-country = por país
choice-size-short = curta
choice-size-normal = normal
choice-size-long = longa
choice-posts-digest = uma publicação para a edição inteira
choice-posts-event = uma publicação por notícia
choice-notify-normal = notificar como sempre
choice-notify-silent = publicar sem notificação
choice-talk-none = sem tópicos
choice-talk-digest = um abaixo da edição
choice-talk-story = um abaixo de cada notícia
choice-every-day = as novidades desde a última edição
choice-every-week = os acontecimentos da semana, uma vez por semana
choice-late-post = publicar com atraso
choice-late-merge = incluir na próxima edição
choice-late-skip = pular
choice-quiet-say = avisar em uma linha
choice-quiet-skip = não publicar nada
choice-quiet-widen = completar com notícias antigas ainda não publicadas

## Fontes
sources-title = Fontes deste jornal
sources-none = Nenhum feed é lido ainda.
source-new = ainda não consultada
source-last = última chegada: { $at }
source-failing = não pode ser lida agora
source-paused = pausada
source-own = só este servidor
source-daily = { $count ->
    [one] { $count } notícia por dia
   *[other] { $count } notícias por dia
}
source-added = Adicionada como fonte { $id }: { $title }
source-entries = { $count ->
    [0] Ela não tem itens agora.
    [one] Ela tem { $count } item. Só este servidor vê o que ela traz.
   *[other] Ela tem { $count } itens. Só este servidor vê o que ela traz.
}
source-odd-empty = Ela não tem itens agora.
source-odd-titles = { $count } de { $total } itens têm só o título.
source-odd-dates = { $count } de { $total } itens não têm data.
source-odd-old = O item mais recente tem { $days } dias.
source-odd-shared = Vários itens têm o mesmo ID.
source-odd-left-out = { $note }
source-odd-slow = Levou { $seconds } segundos para responder.
source-removed = Fonte removida: { $title }. As notícias dela ficam.
dropped = { $count ->
    [0] Isso já estava no jornal.
    [one] Lido: { $count } notícia. Só este servidor a vê.
   *[other] Lido: { $count } notícias. Só este servidor as vê.
}
drop-refused = Não lido: { $name } { $reason }

## A edição na web
web-skip = Ir para as notícias
web-nav = Seções
web-today = Hoje
web-archive = Arquivo
web-countries = Países
web-topics = Assuntos
web-languages = Idiomas
web-sources = Fontes
web-search = Busca
web-language = Idioma desta página
web-footer = Cada frase vem palavra por palavra da fonte indicada ao lado.
web-coverage = { $reports ->
    [one] { $reports } matéria
   *[other] { $reports } matérias
} de { $sources ->
    [one] { $sources } fonte
   *[other] { $sources } fontes
} em { $languages ->
    [one] { $languages } idioma
   *[other] { $languages } idiomas
}
web-briefs = Em resumo
web-all-news = Todas as notícias
web-all-reports = Todas as matérias sobre este acontecimento
web-newer = Mais recentes
web-older = Mais antigas
web-timeline = Como as matérias chegaram
web-first-report = A primeira matéria
web-added = Novo:
web-added-nothing = Nada que as matérias anteriores não dissessem
web-read-original = Ler em { $source }
web-week = Semana { $week } de { $year }
web-nothing = Nenhuma notícia corresponde.
web-search-label = Palavras ou um filtro
web-search-button = Buscar
web-search-hint = Por exemplo: balsa country:jp -topic:sport since:1w
web-not-found = Página não encontrada
web-not-found-text = Não há nada neste endereço.
web-gone = Não está mais aqui
web-gone-text = Isto foi retirado do jornal.
web-invalid = Isso não funciona
web-invalid-text = Não dá para ler este endereço.
web-broken = Algo deu errado
web-broken-text = Tente de novo em um minuto.
web-login = Entrar
web-login-label = Senha deste jornal
web-login-button = Entrar
web-login-wrong = Essa não é a senha.
web-login-wait = Tentativas demais. Espere um minuto e tente de novo.

## Errors
error = Algo deu errado. O registro tem os detalhes com a referência { $reference }.
error-settings = A configuração não é válida.
error-seed-rejected = { $path }: { $reason }
error-source-address = { $address } não pode ser um endereço. Ele precisa começar com https:// ou http://.
error-source-known = “{ $title }” já é lida.
error-source-ambiguous = Várias fontes têm esse nome. Escolha uma pelo número: { $ids }
error-source-unreadable = { $address } { $reason }
error-sources-off = Só quem opera este bot pode adicionar fontes.
error-drop-empty = Adicione um arquivo ou um link.
error-store = O banco de dados não responde. Tente de novo em um minuto.
error-store-unavailable = O banco de dados não responde. Tente de novo em um minuto.
error-store-outdated = O banco de dados está sendo atualizado. Tente de novo em alguns minutos.
error-filter = Não entendo este filtro no caractere { $at }. { $problem }
error-unknown-name = Não conheço “{ $name }” ({ $what }).{ $hint ->
    [none] {""}
   *[other] {" "}Você quis dizer { $hint }?
}
error-not-found = Não encontrei isto: { $what } { $id }.
error-not-allowed = Você precisa da permissão “{ $permission }” para isso.
error-input = { $problem }
error-delivery = Não posso publicar a edição agora.
error-channel-gone = Esse canal foi excluído, ou não estou mais no servidor dele.
error-permission-missing = Não posso publicar em <#{ $channel }>: preciso de “{ $permission }” nesse canal.
error-discord-unavailable = O Discord não responde. Tente de novo em um minuto.
error-token = O Discord recusou o token.
carried-out = Pronto. Reiniciei antes de conseguir confirmar. /{ command-subscriptions } e /{ command-following } mostram o que está configurado.
error-command-changed = Este comando mudou. Tente de novo em um minuto.
error-id = “{ $given }” não é um ID. Digite s12 para uma notícia ou e34 para um acontecimento.
error-words-missing = Adicione as palavras que devo buscar.
error-words-nothing = “{ $given }” não tem nenhuma palavra para buscar. Digite uma palavra ou uma “frase entre aspas”.
error-question-empty = Pergunte sobre algo que esteja nas notícias.
error-limit-range = Uma edição pode ter de 1 a 25 notícias.
error-languages-most = Escolha no máximo { $most } idiomas, ou todos.
error-sentences-range = Um resumo pode ter de 1 a 10 frases.
error-late-range = Uma edição pode atrasar até 48 horas.
error-alerts = “{ $given }” não é um ajuste de alertas. Digite 3, ou 3 22:00-07:00 5. Com 0 não há nenhum.
error-alert-sources = Os alertas precisam de { $least } a { $most } fontes.
error-alerts-a-day = Pode haver de 1 a { $most } alertas por dia.
error-talk-story = Um tópico por notícia precisa de uma publicação por notícia: escolha também { option-posts }: “{ choice-posts-event }”.
error-weekly = Uma edição semanal sai em um dia, em um horário, por exemplo { option-days }:segunda { option-time }:08:00.
error-sender-name = Nomes podem ter até 80 caracteres e não podem conter @, “discord” nem “clyde”.
error-sender-avatar = O avatar tem que ser um link que começa com https:// ou http://.
error-channel-id = Isso não é o ID de um canal. No Discord, clique com o botão direito no canal e escolha “Copiar ID do canal”.
error-channel-missing = Em que canal devo publicar? Adicione { option-channel }:
error-time-missing = Quando devo publicar? Adicione { option-time }:08:00, ou { option-time }:08:00,18:30 para dois horários.
error-timezone-missing = Qual fuso horário? Adicione { option-timezone }: e digite uma cidade.
error-timezone-several = “{ $given }” tem vários fusos horários. Escolha um: { $zones }.
error-time-of-day = “{ $given }” não é um horário. { example-times }
error-times-count = Uma assinatura precisa de 1 a 24 horários, por exemplo 08:00,18:30.
error-day = “{ $given }” não é um dia. { example-days }
error-period = “{ $given }” não é um período nem uma data. { example-period }
error-typed-partly = Entendi “{ $understood }”, mas não “{ $rest }”. { $example }
error-typed-ambiguous = “{ $given }” pode significar { $readings }. { $example }
example-days = Por exemplo: segunda a sexta, ou sáb, dom.
example-times = Por exemplo: 8h30, ou 8h e 18h30 para dois horários.
example-period = Por exemplo: 12 horas, ontem, semana passada ou 01/11/2026.
error-too-long = Isso é longo demais.
error-nothing-to-change = O que devo mudar? Por exemplo /{ command-edit } { option-id }:1 { option-time }:08:00
error-follow-most = Você já segue { $most } edições. Pare uma antes com /{ command-unfollow }.
error-server-most = Este servidor já tem { $most } assinaturas, o máximo permitido. Exclua uma antes com /{ command-unsubscribe }.
error-channel-most = Este canal já tem { $most } assinaturas, o máximo permitido. Escolha outro canal ou exclua uma com /{ command-unsubscribe }.
error-undo-expired = Não dá mais para desfazer.
error-mute-everything = O que devo silenciar? Adicione um assunto, um país ou um filtro.
error-mute-long = O que você silencia pode ter até { $most } caracteres.
error-nothing-muted = Você não silenciou nada.
error-mutes-most = Você já silenciou { $most } coisas. Remova uma antes com /{ command-unmute }.
error-burst = Você fez muitos pedidos de uma vez. Espere as respostas que estão a caminho e tente de novo.
error-not-muted = Você não silenciou “{ $what }”.
error-button-old = Este botão expirou. Use o comando de novo.
error-members-only = Isso só funciona no Discord, para membros de um servidor.
error-no-button = Não há um botão { $number }.
error-which-choice = Escolha uma linha do menu: de { $example } a { $last }.
error-no-page = Não há mais páginas.
error-quote = Falta uma aspa.
error-no-command = Digite um comando, por exemplo /{ command-news }. /{ command-help } mostra todos.
error-option-unknown = { $command } não entende “{ $given }”. As opções são { $options }
error-option-missing = { $command } precisa de { $option }
error-number = “{ $given }” não é um número. Digite um número depois de { $option }
error-number-subscription = “{ $given }” não é o número de uma assinatura. Digite por exemplo { $option }3. /{ command-subscriptions } mostra todas.
error-option-empty = Adicione um valor depois de { $option }
permission-manage-guild = Gerenciar servidor
permission-view-channel = Ver canal
permission-send-messages = Enviar mensagens
permission-send-messages-in-threads = Enviar mensagens em tópicos
permission-create-public-threads = Criar tópicos públicos
permission-mention-everyone = Mencionar @everyone, @here e todos os cargos
permission-embed-links = Inserir links
permission-attach-files = Anexar arquivos
permission-read-message-history = Ver histórico de mensagens
permission-manage-messages = Gerenciar mensagens
permission-manage-webhooks = Gerenciar webhooks
filter-wrong-long = Um filtro pode ter até { $most } caracteres.
filter-wrong-deep = Parênteses e “not” podem ter até { $most } níveis.
filter-wrong-many-words = Um filtro pode ter até { $most } palavras e expressões.
filter-wrong-many-values = Um filtro pode ter até { $most } valores.
filter-wrong-long-phrase = Uma expressão pode ter até { $most } palavras.
filter-wrong-bracket-closes = Este parêntese não foi aberto.
filter-wrong-bracket-open = Este parêntese não foi fechado.
filter-wrong-bracket-before = Não há nada antes deste parêntese.
filter-wrong-end = Falta algo no fim.
filter-wrong-before = Falta algo antes de “{ $given }”.
filter-wrong-no-word = “{ $given }” não tem nenhuma palavra para buscar.
filter-wrong-key = A chave “{ $given }:” não existe. Você quis dizer “{ $hint }”? Coloque entre aspas um texto que tenha dois-pontos.
filter-wrong-event = “{ $given }” não é o ID de um acontecimento, por exemplo e34.
filter-wrong-pattern = “{ $key_name }” precisa de uma letra ou um dígito, e pode ter até { $most } asteriscos.
filter-wrong-value = Adicione um valor depois de “{ $given }:”.
what-country = país
what-topic = assunto
what-time-zone = fuso horário
what-engine = método de resumo
what-command = comando
what-option = opção
what-look = aparência
what-sections = seções
what-order-of-sections = ordem das seções
what-size = tamanho
what-late-policy = regra para edições atrasadas
what-quiet-policy = regra para dias calmos
what-late = regra para edições atrasadas
what-posts = forma de publicar
what-way-of-posting = forma de publicar
what-notification = ajuste de notificação
what-kind-of-thread = tipo de tópico
what-rhythm = ritmo
what-notify = ajuste de notificação
what-talk = tipo de tópico
what-every = ritmo
what-quiet = regra para dias calmos
what-language = idioma
what-region = região
what-story = notícia
what-event = acontecimento
what-subscription = assinatura
what-source = fonte
what-mute = item silenciado
