# Gazette's own words, in English.

## Digests and lists
digest-title = The news
digest-title-of = The news: { $filter }
digest-quiet = A quiet day: nothing new for this digest.
chart-title = Countries by reports
digest-corrected = Withdrawn or changed by its source.
digest-omitted = { $count ->
    [one] { $count } more story
   *[other] { $count } more stories
}
digest-update = Update
digest-sources = { $count ->
    [one] { $count } report
   *[other] { $count } reports
}
digest-footer = Gazette No. { $marker }
catchup-title = Since { $at }
trending-title = Rising now
trending-title-of = Rising now: { $filter }
trending-nothing = Nothing rises just now: no event has more reports than in the time before.
trending-rise = { $count ->
    [one] { $count } report, { $before } before
   *[other] { $count } reports, { $before } before
}
story-truncated = The source breaks off here.
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
news-nothing = Nothing matches. Try fewer conditions or a longer period; /{ command-countries } and /{ command-topics } list what there is.
news-empty = There are no stories yet.
search-title = { $total ->
    [0] Nothing found for “{ $words }”
    [one] { $total } story has “{ $words }”
   *[other] { $total } stories have “{ $words }”
}
search-title-many = The { $total } best stories for “{ $words }”
menu-full = Read a story in full…
menu-country = News about a country…
menu-topic = News about a topic…
button-next = Next
button-previous = Back
button-more = { $count ->
    [one] { $count } more
   *[other] { $count } more
}
button-more-from = More from { $country }
button-full = Full extract
button-original = Source
button-why = Why is this here?
button-mute = Mute for me: { $what }
button-undo = Undo
button-stop = Stop this digest
button-preview = Preview
button-pause = Pause
button-resume = Resume
button-unsubscribe = Unsubscribe

## Filters in words
filter-everything = everything
filter-not = not { $what }
filter-words = “{ $words }”
filter-since = since { $when }
filter-until = until { $when }
filter-newer = at most { $span } old
filter-older = more than { $span } old
filter-several = { $some } and { $count ->
    [one] { $count } more
   *[other] { $count } more
}
since-today = today
since-yesterday = yesterday
days-daily = every day
days-weekdays = Monday to Friday
days-weekend = Saturday and Sunday

## /why
why-title = Why: { $headline }
why-event = { $count ->
    [one] One report tells it.
   *[other] { $count } reports tell it.
}
why-country = { $country }: { $salience } of the story, from { $evidence }
why-topic = { $topic }: { $score } sure
why-sentences = Where each sentence is from
why-sentence = Sentence { $position } of { $path }, story { $story }
why-reasons = What decided its place: { $reasons }
why-nothing = no words of its own
why-reason-rank = place { $value }
why-reason-score = score { $value }
why-reason-sources = sources: { $value }
why-reason-reports = new reports: { $value }
why-reason-length = length: { $value }
why-reason-position = place in the source: { $value }
why-reason-freshness = freshness { $value }
why-reason-filter = fits the filter: { $value }
why-reason-update = update: { $value }
answer-yes = yes

## /about, /countries, /topics
about-title = Gazette
about-text = A newspaper for this community. It posts a digest instead of a flood, and every sentence in it is the source's own.
about-counts = Stories: { $stories } · documents: { $documents } · countries: { $countries } · topics: { $topics }
about-latest = The latest came
about-version = Version { $version }
countries-title = Countries in the news
countries-gaps = No news for seven days: { $regions }
topics-title = Topics in the news
count-line = { $name }: { $count }
count-more = { $count ->
    [one] and { $count } more
   *[other] and { $count } more
}

## /help
help-title = What you can ask
help-reading = News
help-personal = For you alone
help-managing = For this server's managers
help-note = Answers are for your eyes only. Start typing an option to see what there is; /{ command-help } { option-command }:{ command-news } explains one.

## The console
console-hello = Type a command, such as /{ command-news } { option-country }:JP; /{ command-help } lists them. Numbers press buttons, /next turns the page, Tab completes, /language de changes the language, /quit ends.

## Subscriptions
subscribed = Subscribed
subscription-number = No. { $id }
subscription-changed = No. { $id } is changed
subscription-rests = No. { $id } rests
subscription-goes-on = No. { $id } goes on
subscription-paused = paused: { $reason }
subscription-sender = posted as { $name }, as long as I have the permission { $permission }
subscription-avatar = posted with this picture
subscription-next = next digest
subscription-size = { $sentences ->
    [one] { $sentences } sentence a story
   *[other] { $sentences } sentences a story
}, at most { $limit } stories
subscriptions-title = Subscriptions of this server
subscriptions-none = There is none yet. /{ command-subscribe } makes one.
unsubscribed = No. { $id } is gone; no more digests come from it.
preview-nothing = If No. { $id } were due now, it would post nothing: there is nothing new for it.
paused-by-hand = by a manager
times-daily = every day at { $times } ({ $timezone })
times-on-days = { $days } at { $times } ({ $timezone })
history-title = The last digests of No. { $id }
history-nothing = None has been due yet.
history-open = open
delivery-planned = waits for its turn
delivery-composed = is written, not yet sent
delivery-sending = is being sent
delivery-sent = sent
delivery-failed = failed
delivery-expired = too late to be sent
delivery-skipped = nothing was sent

reason-quiet = there was nothing new
reason-late = it was too late
reason-late-skipped = it was late, and late digests are left out
reason-late-merged = it was late; the next one tells it
reason-paused = paused
reason-unsubscribed = the subscription had ended
reason-channel-gone = the channel is gone, or I am no longer in the server
reason-permission-missing = I lack a permission in the channel
reason-refused = Discord didn't take the message
reason-unsure = it can't be found out whether it arrived, so it isn't sent again
reason-gave-up = too many tries failed

## Personal digests and mutes
followed = You follow this
following-title = What you follow
following-none = Nothing yet. /{ command-follow } orders a digest by direct message.
unfollowed = { $count ->
    [0] You follow nothing.
    [one] Stopped: { $count } digest won't come any more.
   *[other] Stopped: { $count } digests won't come any more.
}
muted-title = What you have muted
muted = Muted for you: { $what }. Digests, /{ command-catchup } and /{ command-trending } leave it out; /{ command-news } and /{ command-search } still find it.
muted-for = { $days ->
    [one] Muted for you for { $days } day: { $what }.
   *[other] Muted for you for { $days } days: { $what }.
}
unmuted = { $count ->
    [one] { $count } mute has ended.
   *[other] { $count } mutes have ended.
}
forgotten = Everything that was kept about you is deleted: your digests, your mutes, when you last caught up.

## Commands: names and descriptions
command-news = news
command-news-about = The newest stories about a country or a topic
command-digest = digest
command-digest-about = The digest that a channel would get now
command-now = now
command-now-about = The digest that a channel would get now
command-trending = trending
command-trending-about = What more and more sources report
command-catchup = catchup
command-catchup-about = What came since you last asked this
command-search = search
command-search-about = Stories that hold certain words
command-story = story
command-story-about = A story in full
command-why = why
command-why-about = Why a story is there, and where each sentence is from
command-countries = countries
command-countries-about = The countries that are in the news
command-topics = topics
command-topics-about = The topics that are in the news
command-about = about
command-about-about = What this bot is, and how much it holds
command-help = help
command-help-about = What you can ask
command-follow = follow
command-follow-about = Get a digest of your own by direct message
command-following = following
command-following-about = What you follow and what you have muted
command-unfollow = unfollow
command-unfollow-about = Stop a digest of your own, or all of them
command-mute = mute
command-mute-about = See no more of a topic or country in digests
command-unmute = unmute
command-unmute-about = See again what you have muted
command-forget = forget
command-forget-about = Delete everything that is kept about you
command-subscribe = subscribe
command-subscribe-about = Let a channel get a digest at set times
command-subscriptions = subscriptions
command-subscriptions-about = The digests that this server gets
command-edit = edit
command-edit-about = Change a subscription
command-pause = pause
command-pause-about = Let a subscription rest
command-resume = resume
command-resume-about = Let a paused subscription go on
command-unsubscribe = unsubscribe
command-unsubscribe-about = End a subscription
command-preview = preview
command-preview-about = What a subscription would post now
command-history = history
command-history-about = A subscription's last digests and what became of them

## Options: names and descriptions
option-country = country
option-country-about = One country, or several with commas
option-topic = topic
option-topic-about = One topic, or several with commas
option-since = since
option-since-about = How far back: 12h, 2d, 1w, today or a date
option-filter = filter
option-filter-about = Anything else, such as: lang:en -topic:sport "sea drills"
option-unmute-filter-about = What to see again; all of it when left out
option-page = page
option-page-about = Which page
option-words = words
option-words-about = Words or a "phrase"
option-id = id
option-id-about = The subscription's number
option-story-id-about = The story, such as s12
option-why-id-about = The story or event, such as e34
option-unfollow-id-about = Which digest; all of them when left out
option-command = command
option-command-about = The command to explain
option-time = time
option-time-about = Time of day, or several with commas: 08:00,18:30
option-timezone = timezone
option-timezone-about = Time zone: type a city, or what time it is there now
option-channel = channel
option-channel-about = Where digests go; here when left out
option-days = days
option-days-about = Days of the week: mon-fri, or sat,sun
option-mute-days-about = For how many days; for good when left out
option-language = language
option-language-about = Language of the digest's own words
option-sentences = sentences
option-sentences-about = Sentences a story, 1 to 10
option-limit = limit
option-limit-about = Stories at most, 1 to 25
option-look = look
option-look-about = How digests are drawn
option-late = late
option-late-about = What happens to a digest that was missed
option-quiet = quiet
option-quiet-about = What happens when there is nothing new
option-name = name
option-name-about = The name to post under, in place of mine; - for mine
option-avatar = avatar
option-avatar-about = Address of the picture to post with; - for mine
option-posts = posts
option-posts-about = One post for all, or one for each story

## Choices
choice-look-components = cards
choice-look-chart = cards with a chart
choice-look-embeds = embeds
choice-look-plain = plain text
choice-posts-digest = one post for all
choice-posts-event = one post for each story
choice-late-post = post it late
choice-late-merge = tell it with the next one
choice-late-skip = leave it out
choice-quiet-say = say so in a line
choice-quiet-skip = post nothing
choice-quiet-widen = tell older stories that weren't told

## Errors
error = Something went wrong here. It has been written down under { $reference }.
error-settings = The configuration can't be used.
error-seed-rejected = { $path }: { $reason }
error-store = The database can't answer just now. Try again in a minute.
error-store-unavailable = The database can't answer just now. Try again in a minute.
error-store-outdated = The database is being updated. Try again in a few minutes.
error-filter = I can't read this filter: { $problem } (at character { $at }).
error-unknown-name = There is no { $what } called { $name }.{ $hint ->
    [none] {""}
   *[other] {" "}Did you mean { $hint }?
}
error-not-found = There is no { $what } { $id }.
error-not-allowed = You need the permission { $permission } for this.
error-input = { $problem }
error-delivery = The digest can't go out now.
error-channel-gone = That channel is gone, or I am no longer in its server.
error-permission-missing = I may not post there: give me the permission { $permission } in <#{ $channel }>.
error-discord-unavailable = Discord doesn't answer just now. Try again in a minute.
error-token = Discord refuses the token.
error-command-changed = this command has changed; type it again in a minute
error-id = { $given } is not an id; write s12 for a story or e34 for an event.
error-words-missing = Say what to search for.
error-limit-range = A digest has between 1 and 25 stories.
error-sentences-range = A summary has between 1 and 10 sentences.
error-late-range = A digest can be at most 48 hours late.
error-sender-name = A name has at most 80 characters, none of them @, and neither "discord" nor "clyde" in it.
error-sender-avatar = A picture is an address that begins with https:// or http://.
error-channel-id = That is not a channel's id; copy it in Discord with “Copy Channel ID”.
error-channel-missing = Say which channel.
error-time-missing = Say at what time: 08:00, or 08:00,18:30 for two.
error-timezone-missing = Say in which time zone; type a city to find it.
error-time-of-day = { $given } is not a time of day; write 08:00, or 08:00,18:30 for two.
error-times-count = A subscription needs between 1 and 24 times of day, as 08:00,18:30.
error-day = { $given } is not a day; write mon-fri, or sat,sun, or daily.
error-period = { $given } is not a time; write 12h, 2d, 1w, today, yesterday or a date as 2026-11-01.
error-too-long = That is too long.
error-nothing-to-change = Say what to change.
error-follow-most = You follow { $most } already; end one with /{ command-unfollow } first.
error-mute-everything = Say what to mute: a topic, a country or a filter.
error-mute-long = A mute has at most { $most } characters.
error-nothing-muted = You have muted nothing.
error-button-old = This button is too old; ask again.
error-members-only = That works for members in Discord: it goes to you by direct message.
error-no-button = There is no button { $number } to press.
error-which-choice = Say which line of the menu: { $example } to { $last }.
error-no-page = There is no further page.
error-quote = A quotation mark is missing.
error-no-command = Type a command, such as /{ command-news }; /{ command-help } lists them.
error-option-unknown = { $command } doesn't understand { $given }; its options are { $options }
error-option-missing = { $command } needs { $option }
error-number = { $option } has to be a number, not { $given }.
error-number-subscription = { $option } takes the number of a subscription, as in { $option }3, not { $given }. /{ command-subscriptions } lists them.
error-option-empty = { $option } has nothing after it.
permission-manage-guild = Manage Server
permission-view-channel = View Channel
permission-send-messages = Send Messages
permission-send-messages-in-threads = Send Messages in Threads
permission-create-public-threads = Create Public Threads
permission-embed-links = Embed Links
permission-attach-files = Attach Files
permission-read-message-history = Read Message History
permission-manage-messages = Manage Messages
permission-manage-webhooks = Manage Webhooks
filter-wrong-long = a filter has at most { $most } characters
filter-wrong-deep = brackets and “not” may lie at most { $most } deep
filter-wrong-many-words = a filter has at most { $most } words and phrases
filter-wrong-many-values = a filter has at most { $most } values
filter-wrong-long-phrase = a phrase has at most { $most } words
filter-wrong-bracket-closes = this bracket closes nothing
filter-wrong-bracket-open = this bracket is not closed
filter-wrong-bracket-before = nothing stands before this bracket
filter-wrong-end = something is missing at the end
filter-wrong-before = { $given } needs something before it
filter-wrong-no-word = { $given } has no word to search for
filter-wrong-key = there is no key { $given }: — did you mean { $hint }? Text with a colon needs quotation marks
filter-wrong-time = { $given } is not a time; write 12h, 2d, 1w, today, yesterday or a date as 2026-11-01
filter-wrong-event = { $given } is not an event's id, as e34
filter-wrong-pattern = { $key_name } needs a letter or digit, and at most { $most } stars
filter-wrong-name = there is no { $what } called { $given }{ $hint ->
    [none] {""}
   *[other] ; did you mean { $hint }?
}
filter-wrong-value = a value is missing after { $given }:
filter-wrong-quote-open = this quotation mark is not closed
filter-wrong-quote-closes = this quotation mark opens nothing
what-country = country
what-topic = topic
what-time-zone = time zone
what-engine = engine
what-command = command
what-option = option
what-look = look
what-late-policy = way with late digests
what-quiet-policy = way with quiet days
what-late = way with late digests
what-posts = way of posting
what-way-of-posting = way of posting
what-quiet = way with quiet days
what-language = language
what-region = region
what-story = story
what-event = event
what-subscription = subscription
what-mute = mute
