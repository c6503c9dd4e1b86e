# Messages of every surface, in English: the reference for all other catalogues.

## Digests and lists
digest-title = The news
digest-title-of = The news: { $filter }
digest-title-morning = The morning news
digest-title-evening = The evening news
front-issue = No. { $number }
front-reading = { $minutes }-minute read
front-updated = updated since the last issue
front-brief = In brief
section-politics = Politics and world affairs
section-business = Business and work
section-justice = Disasters and crime
section-science = Science and environment
section-society = Life and society
section-culture = Culture
section-sport = Sport
section-world = World
digest-quiet = A quiet day: there are no new stories for this digest.
chart-title = Reports by country
sample-news = Sample news, invented to try Gazette out
digest-corrected = Withdrawn or changed by the source.
digest-withheld = Withheld by the editor.
digest-withheld-title = Withheld
digest-omitted = { $count ->
    [one] { $count } more story
   *[other] { $count } more stories
}
digest-other-languages = { $count ->
    [one] { $count } more story in another language
   *[other] { $count } more stories in other languages
}
alert-title = Breaking news
digest-alert = Posted at { $at }
digest-week = { $first } – { $last }
digest-developed = From { $first } to { $last }: { $count ->
    [one] { $count } report
   *[other] { $count } reports
}
digest-update = Update
digest-sources = { $count ->
    [one] { $count } report
   *[other] { $count } reports
}
mail-unsubscribe = Unsubscribe
mail-unsubscribe-by-mail = To unsubscribe, write to { $address } with the subject “{ $subject }”.
mail-unsubscribe-question = Do you want to stop receiving these mails?
mail-unsubscribed = You are unsubscribed: no more mails will come.
mail-unsubscribe-invalid = This link doesn’t belong to one of our mails.
catchup-title = New since { $at }
trending-title = Trending
trending-title-of = Trending: { $filter }
trending-nothing = Nothing is trending right now.
trending-rise = { $count ->
    [one] { $count } report, up from { $before }
   *[other] { $count } reports, up from { $before }
}
story-truncated = The source cuts the story off here.
story-brief = The source gives only this headline.
story-about = Countries
story-topics = Topics
story-source = { $path }, story { $position }
news-title = { $total ->
    [0] No stories
    [one] { $total } story
   *[other] { $total } stories
}
news-title-of = { $total ->
    [0] No stories: { $filter }
    [one] { $total } story: { $filter }
   *[other] { $total } stories: { $filter }
}
news-page = Page { $page } of { $pages }
news-nothing = No stories match. Try a longer period or fewer filters. /{ command-countries } and /{ command-topics } show what is in the news.
news-none = There are no stories yet.
search-nothing = No stories match these words. Try other words, or fewer of them.
news-empty = There are no stories yet.
search-title = { $total ->
    [0] No stories for “{ $words }”
    [one] { $total } story for “{ $words }”
   *[other] { $total } stories for “{ $words }”
}
search-title-many = The { $total } best matches for “{ $words }”
answers-nothing = I found nothing about that. Ask in other words, or see what is in the news with /{ command-news }.
menu-full = Read a full story…
menu-country = News about a country…
menu-topic = News about a topic…
menu-mute-story = Choose a story…
menu-mute-what = What to mute, and for how long…
button-next = Next
button-previous = Back
button-more = { $count ->
    [1] More ({ $last } of { $total })
   *[other] More ({ $first }–{ $last } of { $total })
}
button-more-from = More from { $country }
button-event = All reports
button-more-of = More from { $source }
button-full = Full story
button-original = Source
button-web = Read on the web
button-why = Why is this here?
button-whys = Why these?
button-mute = Mute…
mute-title = Mute something for yourself
mute-story = This story
mute-day = for a day
mute-week = for a week
mute-always = for good
button-more-like = More like this
button-less-like = Less like this
button-taste-reset = Reset
button-undo = Undo
button-stop = Stop this digest
button-preview = Preview
button-pause = Pause
button-resume = Resume
button-unsubscribe = Unsubscribe
button-delete = Delete
button-keep = Keep
button-stop-all = Stop them
button-forget = Delete my data

## Filters in words
filter-everything = everything
filter-not = without { $what }
filter-words = “{ $words }”
filter-key-source = source
filter-key-path = path
filter-key-kicker = kicker
filter-key-event = event
filter-keyed = { $key }: { $values }
filter-since = since { $when }
filter-until = until { $when }
filter-newer = last { $span }
filter-older = older than { $span }
filter-several = { $some } and { $count ->
    [one] { $count } more
   *[other] { $count } more
}
since-today = today
since-yesterday = yesterday
since-day-before-yesterday = the day before yesterday
days-daily = every day
days-weekdays = Monday to Friday
days-weekend = Saturday and Sunday
days-range = { $first }–{ $last }

## /why
whys-title = Why these stories
why-title = Why: { $headline }
why-event = { $count ->
    [one] One report covers this.
   *[other] { $count } reports cover this.
}
why-rank = Number { $rank } in the latest news: { $reasons }.
why-reason-sources = { $value ->
    [one] reported by one source
   *[other] reported by { $value } sources
}
why-reason-position = { $value ->
    [1] the first story in its source
   *[other] story { $value } in its source
}
why-against = Counting against it: { $reasons }.
why-factor-dead = { $value ->
    [0] deaths
    [one] { $value } dead
   *[other] { $value } dead
}
why-factor-injured = { $value ->
    [0] injuries
    [one] { $value } injured
   *[other] { $value } injured
}
why-factor-missing = { $value ->
    [0] people missing or displaced
    [one] { $value } missing or displaced
   *[other] { $value } missing or displaced
}
why-factor-arrested = { $value ->
    [0] arrests
    [one] { $value } arrest
   *[other] { $value } arrests
}
why-factor-magnitude = strength { $value }
why-factor-money = a sum of { $amount }
why-factor-attack = an attack
why-factor-war = war or armed forces
why-factor-disaster = a natural disaster
why-factor-accident = an accident
why-factor-emergency = an emergency
why-factor-epidemic = an epidemic
why-factor-death = a death
why-factor-leader = a head of state or government
why-factor-former = a former office holder
why-factor-minister = a minister or senior official
why-factor-government = parliament or government
why-factor-world-body = an international organization
why-factor-top-court = a top court
why-factor-election = an election or vote
why-factor-power-change = a change of power
why-factor-law = a law or ban
why-factor-treaty = a treaty, talks or sanctions
why-factor-protest = protests
why-factor-crime = a criminal case
why-factor-economy = the economy
why-factor-first = a first or a record
why-factor-wide = nationwide or worldwide
why-factor-interview = an interview
why-factor-culture = arts or entertainment
why-factor-study = a study
why-factor-sport = sport
why-factor-opinion = an opinion piece
why-factor-service = tips or a list
why-factor-history = a look back
why-factor-local = local news
why-factor-animal = animals
why-factor-obituary = an obituary
why-factor-celebrity = show business
why-factor-product = a product
why-factor-lifestyle = leisure
why-factor-curious = a curiosity
why-factor-question = a question as headline
why-factor-prominent = people in power involved
why-factor-told = told by a film, a study or a look back
why-factor-countries = several countries
why-factor-topic = topic: { $topic }
why-newest = Newest report: { $at }
why-country = { $country }: { $salience } of the story, based on { $evidence }
why-country-implied = { $country }: { $salience } of the story, without a direct mention
why-topic = { $topic }: { $score } confidence
why-sentences = Where each sentence comes from
why-sentence = Sentence { $position } of { $path }, story { $story }

## /about, /countries, /topics
about-title = Gazette
about-text = A newspaper for this server. It posts digests instead of a flood of links, and every sentence comes word for word from its source.
about-counts = Stories: { $stories } · documents: { $documents } · countries: { $countries } · topics: { $topics }
about-latest = Latest story: { $at }
about-version = Version { $version }
about-invitation = Add to a server
about-code = Code
about-help = Help
about-privacy = Privacy
countries-title = Countries in the news
countries-gaps = No news in the last seven days: { $regions }
topics-title = Topics in the news
count-line = { $name }: { $count }
count-more = { $count ->
    [one] and { $count } more
   *[other] and { $count } more
}

## /help
help-title = Commands
help-reading = News
help-personal = Just for you
help-managing = For server managers
help-note = Only you can see the answers. Start typing an option to get suggestions. /{ command-help } { option-command }:{ command-news } explains one command.
help-command-title = How to use { $command }
help-options = Options
help-required = { $about } (required)
help-values = { $about }: { $values }

## The console
console-hello = Type a command, for example /{ command-news } { option-country }:JP. /{ command-help } lists them all. A number presses a button, /next shows the next page, Tab completes, /language de switches the language, /quit exits.

## Subscriptions
subscribed = Subscription { $id } created
subscription-number = Subscription { $id }
subscription-changed = Subscription { $id } updated
paused = Subscription { $id } paused
resumed = Subscription { $id } resumed
unsubscribe-question = Delete subscription { $id }? It would post no more digests.
unsubscribed = Subscription { $id } deleted. It will post no more digests. You can undo this until tomorrow.
subscription-kept = Subscription { $id } stays
subscription-restored = Subscription { $id } is back
subscription-same = Subscription { $id } already posts the same in this channel.
copies-title = Copies of subscription { $id }
copy-made = copied as subscription { $id }.
copy-failed = not copied. { $reason }
subscription-paused = Paused: { $reason }
subscription-paused-by-manager = Paused by a manager
subscription-sender = Posted as { $name } (needs { $permission })
subscription-avatar = Posted with this avatar
subscription-role = Mentions { $role }
subscription-silent = Posts silently
subscription-talk-digest = Opens a thread for talk below each digest
subscription-talk-story = Opens a thread for talk below each story
subscription-weekly = Weekly: the events of the last seven days by weight
subscription-next = Next digest: { $at }
subscription-languages = Stories: { $stories } · Headings: { $headings }
subscription-engine = summarizer: { $engine }
subscription-late = Missed: { $policy }
subscription-late-hours = Missed: { $policy }, at most { $hours } h late
subscription-quiet = No news: { $policy }
subscription-size = { $sentences ->
    [one] { $sentences } sentence per story
   *[other] { $sentences } sentences per story
}, up to { $limit } stories
alert-sources = { $count ->
    [one] Alert when { $count } source has an event within an hour
   *[other] Alert when { $count } sources have an event within an hour
}
alert-quiet = quiet { $from }–{ $to }
alert-limit = { $count ->
    [one] at most { $count } a day
   *[other] at most { $count } a day
}
alert-none = No alerts
subscriptions-title = Subscriptions in this server
subscriptions-none = There are no subscriptions yet. Create one with /{ command-subscribe }.
preview-nothing = Subscription { $id } would post nothing right now: there are no new stories for it.
times-daily = Every day at { $times } ({ $timezone })
times-on-days = { $days } at { $times } ({ $timezone })
history-title = Recent digests of subscription { $id }
history-nothing = No digest has been due yet.
history-open = open
delivery-planned = waiting to be posted
delivery-composed = written, not posted yet
delivery-sending = being posted
delivery-sent = posted
delivery-failed = failed
delivery-expired = too late to post
delivery-skipped = not posted
reason-quiet = there were no new stories
reason-late = it was too late
reason-late-skipped = it was late, and this subscription skips late digests
reason-late-merged = it was late; the next digest includes it
reason-quiet-hours = it broke during quiet hours; the next digest includes it
reason-alert-limit = the day’s limit of alerts was reached; the next digest includes it
reason-already-told = this channel had it already
reason-not-breaking = too few sources have it now, or alerts are off
reason-paused = the subscription was paused
reason-unsubscribed = the subscription was deleted
reason-channel-gone = the channel was deleted, or I’m no longer in the server
reason-permission-missing = I’m missing a permission in that channel
reason-permission-needed = I need { $permission } in that channel
reason-refused = Discord rejected the message
reason-unsure = I can’t tell whether it arrived, so I won’t post it again
reason-gave-up = posting failed too many times

## Personal digests and mutes
followed = You’re now following:
following-title = You’re following
following-none = You aren’t following anything yet. /{ command-follow } sends you a digest by direct message.
unfollow-question = { $count ->
    [one] Stop this digest?
   *[other] Stop all { $count } digests?
}
unfollowed = { $count ->
    [0] You aren’t following anything.
    [one] Stopped. You won’t get this digest any more.
   *[other] Stopped. You won’t get these { $count } digests any more.
}
muted-title = You’ve muted
mute-until = { $what } · until { $at }
mute-for-good = { $what } · for good
muted = Muted for you: { $what }. Digests, /{ command-catchup } and /{ command-trending } leave it out. /{ command-news } and /{ command-search } still show it.
muted-for = { $days ->
    [one] Muted for you for { $days } day: { $what }.
   *[other] Muted for you for { $days } days: { $what }.
}
unmuted = { $count ->
    [one] { $count } mute removed.
   *[other] { $count } mutes removed.
}
taste-title = In your own digests
taste-more = You asked for more of { $topic }.
taste-less = You asked for less of { $topic }.
taste-even = { $topic } counts as usual again.
taste-note = It moves these stories up or down in your own digests and hides none. /{ command-following } lists and resets it.
taste-reset = Reset. Your own digests are ordered as usual again.
languages-chosen = From now on I pick stories in these languages for you: { $languages }.
languages-shown = I pick stories in these languages for you: { $languages }. /{ command-languages } { option-stories }: changes that.
forget-question = Delete everything I store about you: your digests, mutes, languages and when you last used /{ command-catchup }? This can’t be undone.
forgotten = I deleted everything I stored about you: your digests, your mutes and when you last used /{ command-catchup }.

## Commands: names and descriptions
command-news = news
command-news-about = Show the latest stories about a country or a topic
command-digest = digest
command-digest-about = Show the digest a channel would get right now
command-now = now
command-now-about = Show the digest a channel would get right now
command-trending = trending
command-trending-about = Show what more and more sources report
command-catchup = catchup
command-catchup-about = Show what is new since you last used this command
command-search = search
command-search-about = Find stories by words and by what they mean
command-ask = ask
command-ask-about = Answer a question with sentences from the news
command-story = story
command-story-about = Read a story in full
command-why = why
command-why-about = Explain why a story is here and where each sentence comes from
command-countries = countries
command-countries-about = List the countries in the news
command-topics = topics
command-topics-about = List the topics in the news
command-sources = sources
command-sources-about = List what this paper reads and when it last came
command-list = list
command-list-about = List what this paper reads and when it last came
command-add = add
command-add-about = Add a feed for this server, or the feed of a site
command-remove = remove
command-remove-about = Stop reading a source of this server
command-drop = drop
command-drop-about = Add a file or a link to this server’s paper
command-about = about
command-about-about = Show what this bot is and how many stories it has
command-help = help
command-help-about = List the commands, or explain one
command-follow = follow
command-follow-about = Get your own digest by direct message
command-following = following
command-following-about = List what you follow and what you’ve muted
command-unfollow = unfollow
command-unfollow-about = Stop one of your own digests, or all of them
command-mute = mute
command-mute-about = Leave a topic or country out of your digests
command-unmute = unmute
command-unmute-about = Unmute something you’ve muted
command-languages = languages
command-languages-about = Choose the languages of the stories I pick for you
command-forget = forget
command-forget-about = Delete everything I store about you
command-subscribe = subscribe
command-subscribe-about = Post a digest in a channel at set times
command-subscriptions = subscriptions
command-subscriptions-about = List the subscriptions in this server
command-edit = edit
command-edit-about = Change a subscription
command-copy = copy
command-copy-about = Post the same digest in other channels, too
command-pause = pause
command-pause-about = Pause a subscription
command-resume = resume
command-resume-about = Resume a paused subscription
command-unsubscribe = unsubscribe
command-unsubscribe-about = Delete a subscription
command-preview = preview
command-preview-about = Show what a subscription would post right now
command-history = history
command-history-about = Show a subscription’s recent digests and how they went

## Options: names and descriptions
option-country = country
option-country-about = A country, or several separated by commas
option-topic = topic
option-topic-about = A topic, or several separated by commas
option-url = url
option-url-about = Address of a feed or a site
option-source = source
option-source-about = Number or title of a source
option-file = file
option-file-about = A text file, page or document
option-link = link
option-link-about = Address of a page
option-since = since
option-since-about = How far back: 12h, yesterday, last week or a date
option-filter = filter
option-filter-about = More conditions, for example: lang:en -topic:sport "sea drills"
option-unmute-filter-about = What to show again; leave out for everything
option-page = page
option-page-about = Page number
option-words = words
option-words-about = Words or a "quoted phrase"
option-question = question
option-question-about = Your question, in any language
option-id = id
option-id-about = Number of the subscription
option-story-id-about = ID of the story, for example s12
option-why-id-about = ID of the story or event, for example e34
option-unfollow-id-about = Number of the digest; leave out for all
option-command = command
option-command-about = Command to explain
option-time = time
option-time-about = Time of day, or several: 08:00,18:30
option-timezone = timezone
option-timezone-about = Time zone: type a city, or what time it is there
option-channel = channel
option-channel-about = Channel to post in; leave out for this one
option-channel2 = channel2
option-channel2-about = One more channel to copy to
option-channel3 = channel3
option-channel3-about = One more channel to copy to
option-channel4 = channel4
option-channel4-about = One more channel to copy to
option-channel5 = channel5
option-channel5-about = One more channel to copy to
option-days = days
option-days-about = Days of the week: Monday to Friday, or Sat, Sun
option-mute-days-about = Number of days; leave out for good
option-language = language
option-language-about = Language of headings and buttons (stories keep theirs)
option-stories = stories
option-stories-about = Languages of the stories, for example English, German; or all
stories-all = all languages
option-sentences = sentences
option-sentences-about = Sentences per story, 1 to 10
option-limit = limit
option-limit-about = Maximum number of stories, 1 to 25
option-look = look
option-look-about = How digests look
option-sections = sections
option-sections-about = Sections of the front page: by topic or by country
option-size = size
option-size-about = How long the front page is
option-late = late
option-late-about = What to do with a missed digest
option-quiet = quiet
option-quiet-about = What to do when there are no new stories
option-name = name
option-name-about = Name to post under; - for my own
option-avatar = avatar
option-avatar-about = Link to the avatar to post with; - for my own
option-posts = posts
option-posts-about = One post for the whole digest, or one per story
option-alerts = alerts
option-alerts-about = Post an event at once when this many sources have it: 3, or 3 22:00-07:00 5
option-role = role
option-role-about = Role to mention; @everyone for none
option-notify = notify
option-notify-about = Notify as usual, or post silently
option-talk = talk
option-talk-about = Threads for talk below what I post
option-every = every
option-every-about = What a digest covers: the news since the last one, or the week

## Choices
choice-look-front = front page
choice-look-cards = cards
choice-look-chart = cards with a chart
choice-look-embeds = embeds
choice-look-plain = plain text
choice-sections-topic = by topic
choice-sections-country = by country
choice-size-short = short
choice-size-normal = normal
choice-size-long = long
choice-posts-digest = one post for the whole digest
choice-posts-event = one post per story
choice-notify-normal = notify as usual
choice-notify-silent = post silently
choice-talk-none = no threads
choice-talk-digest = one below the digest
choice-talk-story = one below each story
choice-every-day = the news since the last digest
choice-every-week = the week’s events, once a week
choice-late-post = post it late
choice-late-merge = include it in the next digest
choice-late-skip = skip it
choice-quiet-say = say so in one line
choice-quiet-skip = post nothing
choice-quiet-widen = add older stories not posted yet

## Sources
sources-title = Sources of this paper
sources-none = No feeds are read yet.
source-new = not fetched yet
source-last = last came { $at }
source-failing = can’t be read right now
source-paused = paused
source-own = this server only
source-daily = { $count ->
    [one] { $count } story a day
   *[other] { $count } stories a day
}
source-added = Added as source { $id }: { $title }
source-entries = { $count ->
    [0] It has no entries now.
    [one] It has { $count } entry. Only this server sees what it brings.
   *[other] It has { $count } entries. Only this server sees what they bring.
}
source-odd-empty = It has no entries now.
source-odd-titles = { $count } of { $total } entries have a headline only.
source-odd-dates = { $count } of { $total } entries have no date.
source-odd-old = Its latest entry is { $days } days old.
source-odd-shared = Some entries share an ID.
source-odd-left-out = { $note }
source-odd-slow = It took { $seconds } seconds to answer.
source-removed = Source removed: { $title }. Its stories stay.
dropped = { $count ->
    [0] That was in the paper already.
    [one] Read: { $count } story. Only this server sees it.
   *[other] Read: { $count } stories. Only this server sees them.
}
drop-refused = Not read: { $name } { $reason }

## The web edition
web-skip = Skip to the news
web-nav = Sections
web-today = Today
web-archive = Archive
web-countries = Countries
web-topics = Topics
web-languages = Languages
web-sources = Sources
web-search = Search
web-language = Language of this page
web-footer = Every sentence comes word for word from the source named beside it.
web-coverage = { $reports ->
    [one] { $reports } report
   *[other] { $reports } reports
} from { $sources ->
    [one] { $sources } source
   *[other] { $sources } sources
} in { $languages ->
    [one] { $languages } language
   *[other] { $languages } languages
}
web-briefs = In brief
web-all-news = All stories
web-all-reports = All reports of this event
web-newer = Newer
web-older = Older
web-timeline = How the reports came in
web-first-report = The first report
web-added = New:
web-added-nothing = Nothing that earlier reports didn’t have
web-read-original = Read it at { $source }
web-week = Week { $week }, { $year }
web-nothing = No stories match.
web-search-label = Words or a filter
web-search-button = Search
web-search-hint = For example: ferry country:jp -topic:sport since:1w
web-not-found = Page not found
web-not-found-text = There is nothing at this address.
web-gone = No longer here
web-gone-text = This was taken out of the paper.
web-invalid = That doesn’t work
web-invalid-text = This address can’t be read.
web-broken = Something went wrong
web-broken-text = Try again in a minute.
web-login = Sign in
web-login-label = Password of this paper
web-login-button = Sign in
web-login-wrong = That isn’t the password.
web-login-wait = Too many attempts. Wait a minute, then try again.

## Errors
error = Something went wrong. The log has the details under { $reference }.
error-settings = The configuration is invalid.
error-seed-rejected = { $path }: { $reason }
error-source-address = { $address } can’t be an address. It has to start with https:// or http://.
error-source-known = “{ $title }” is read already.
error-source-ambiguous = Several sources have that name. Choose one by its number: { $ids }
error-source-unreadable = { $address } { $reason }
error-sources-off = Only the operator of this bot can add sources.
error-drop-empty = Add a file or a link.
error-store = The database isn’t responding. Try again in a minute.
error-store-unavailable = The database isn’t responding. Try again in a minute.
error-store-outdated = The database is being updated. Try again in a few minutes.
error-filter = I can’t read this filter at character { $at }. { $problem }
error-unknown-name = There is no { $what } called “{ $name }”.{ $hint ->
    [none] {""}
   *[other] {" "}Did you mean { $hint }?
}
error-not-found = There is no { $what } { $id }.
error-not-allowed = You need the { $permission } permission for this.
error-input = { $problem }
error-delivery = I can’t post the digest right now.
error-channel-gone = That channel was deleted, or I’m no longer in its server.
error-permission-missing = I can’t post in <#{ $channel }>: I need { $permission } there.
error-discord-unavailable = Discord isn’t responding. Try again in a minute.
error-token = Discord rejected the token.
carried-out = Done. I restarted before I could confirm it. /{ command-subscriptions } and /{ command-following } show what’s set up.
error-command-changed = This command has changed. Try again in a minute.
error-id = “{ $given }” is not an ID. Type s12 for a story or e34 for an event.
error-words-missing = Add the words to search for.
error-words-nothing = “{ $given }” has no words to search for. Type a word or a "quoted phrase".
error-question-empty = Ask about something in the news.
error-limit-range = A digest can have 1 to 25 stories.
error-languages-most = Choose at most { $most } languages, or all.
error-sentences-range = A summary can have 1 to 10 sentences.
error-late-range = A digest can be up to 48 hours late.
error-alerts = “{ $given }” is not an alert setting. Type 3, or 3 22:00-07:00 5. 0 turns alerts off.
error-alert-sources = Alerts need { $least } to { $most } sources.
error-alerts-a-day = You can have 1 to { $most } alerts a day.
error-talk-story = A thread for each story needs a post for each story: choose { option-posts }: “{ choice-posts-event }”, too.
error-weekly = A weekly digest comes on one day at one time, for example { option-days }:Monday { option-time }:08:00.
error-sender-name = Names can have up to 80 characters and can’t contain @, “discord” or “clyde”.
error-sender-avatar = The avatar has to be a link that starts with https:// or http://.
error-channel-id = That isn’t a channel ID. Right-click the channel in Discord and choose “Copy Channel ID”.
error-channel-missing = Which channel should I post in? Add { option-channel }:
error-time-missing = When should I post? Add { option-time }:08:00, or { option-time }:08:00,18:30 for two times.
error-timezone-missing = Which time zone? Add { option-timezone }: and type a city.
error-timezone-several = “{ $given }” has several time zones. Choose one: { $zones }.
error-time-of-day = “{ $given }” is not a time of day. { example-times }
error-times-count = A subscription needs 1 to 24 times of day, for example 08:00,18:30.
error-day = “{ $given }” is not a day. { example-days }
error-period = “{ $given }” is not a time. { example-period }
error-typed-partly = I understood “{ $understood }”, but not “{ $rest }”. { $example }
error-typed-ambiguous = “{ $given }” can mean { $readings }. { $example }
example-days = For example: Monday to Friday, or Sat, Sun.
example-times = For example: 8:30 AM, or 08:00, 18:30 for two times.
example-period = For example: 12 hours, yesterday, last week, or 2026-11-01.
error-too-long = That is too long.
error-nothing-to-change = What should change? For example /{ command-edit } { option-id }:1 { option-time }:08:00
error-follow-most = You already follow { $most } digests. Stop one with /{ command-unfollow } first.
error-server-most = This server already has { $most } subscriptions, the most allowed. Delete one with /{ command-unsubscribe } first.
error-channel-most = This channel already has { $most } subscriptions, the most allowed. Choose another channel, or delete one with /{ command-unsubscribe }.
error-undo-expired = It’s too late to undo this.
error-mute-everything = What should I mute? Add a topic, a country or a filter.
error-mute-long = A mute can have up to { $most } characters.
error-nothing-muted = You haven’t muted anything.
error-mutes-most = You already have { $most } mutes. Remove one with /{ command-unmute } first.
error-burst = You’ve asked a lot at once. Wait for the answers that are on their way, then try again.
error-not-muted = You haven’t muted “{ $what }”.
error-button-old = This button has expired. Use the command again.
error-members-only = This works only in Discord, for members of a server.
error-no-button = There is no button { $number }.
error-which-choice = Choose a menu item: { $example } to { $last }.
error-no-page = There are no more pages.
error-quote = A quotation mark is missing.
error-no-command = Type a command, for example /{ command-news }. /{ command-help } lists them all.
error-option-unknown = { $command } doesn’t understand “{ $given }”. Its options are { $options }
error-option-missing = { $command } needs { $option }
error-number = “{ $given }” is not a number. Type a number after { $option }
error-number-subscription = “{ $given }” is not the number of a subscription. Type for example { $option }3. /{ command-subscriptions } lists them.
error-option-empty = Add a value after { $option }
permission-manage-guild = Manage Server
permission-view-channel = View Channel
permission-send-messages = Send Messages
permission-send-messages-in-threads = Send Messages in Threads
permission-create-public-threads = Create Public Threads
permission-mention-everyone = Mention @everyone, @here, and All Roles
permission-embed-links = Embed Links
permission-attach-files = Attach Files
permission-read-message-history = Read Message History
permission-manage-messages = Manage Messages
permission-manage-webhooks = Manage Webhooks
filter-wrong-long = A filter can have up to { $most } characters.
filter-wrong-deep = Brackets and “not” can be nested up to { $most } levels deep.
filter-wrong-many-words = A filter can have up to { $most } words and phrases.
filter-wrong-many-values = A filter can have up to { $most } values.
filter-wrong-long-phrase = A phrase can have up to { $most } words.
filter-wrong-bracket-closes = This bracket has no opening bracket.
filter-wrong-bracket-open = This bracket is never closed.
filter-wrong-bracket-before = There is nothing before this bracket.
filter-wrong-end = Something is missing at the end.
filter-wrong-before = Something is missing before “{ $given }”.
filter-wrong-no-word = “{ $given }” has no word to search for.
filter-wrong-key = There is no key “{ $given }:”. Did you mean “{ $hint }”? Put text that contains a colon in quotation marks.
filter-wrong-event = “{ $given }” is not the ID of an event, for example e34.
filter-wrong-pattern = “{ $key_name }” needs a letter or digit, and can have up to { $most } asterisks.
filter-wrong-value = Add a value after “{ $given }:”.
what-country = country
what-topic = topic
what-time-zone = time zone
what-engine = summarizer
what-command = command
what-option = option
what-look = look
what-sections = sections
what-order-of-sections = order of sections
what-size = size
what-late-policy = rule for late digests
what-quiet-policy = rule for quiet days
what-late = rule for late digests
what-posts = posting option
what-way-of-posting = posting option
what-notification = notification setting
what-kind-of-thread = kind of thread
what-rhythm = rhythm
what-notify = notification setting
what-talk = kind of thread
what-every = rhythm
what-quiet = rule for quiet days
what-language = language
what-region = region
what-story = story
what-event = event
what-subscription = subscription
what-source = source
what-mute = mute
