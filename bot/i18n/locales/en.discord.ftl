# What only Discord shows, in English: names of commands, their options, the /subscribe form, context menus.

## Commands: the name as people type it (lower case, no blanks), and -about in the list (at most 100 characters)
command-news = news
command-news-about = News about a country or a topic
command-digest = digest
command-digest-about = Today's digest
command-now = now
command-now-about = The digest that a channel would get now
command-story = story
command-story-about = A story in full
command-search = search
command-search-about = Stories with these words
command-trending = trending
command-trending-about = What rises at the moment
command-catchup = catchup
command-catchup-about = What happened since you were last here
command-why = why
command-why-about = Why a story is in the news, and where each sentence comes from
command-countries = countries
command-countries-about = Countries in the news
command-topics = topics
command-topics-about = Topics in the news
command-about = about
command-about-about = What this bot is
command-help = help
command-help-about = What you can ask
command-subscribe = subscribe
command-subscribe-about = Order a digest for a channel; without options a form opens
command-subscriptions = subscriptions
command-subscriptions-about = The subscriptions of this server
command-edit = edit
command-edit-about = Change a subscription
command-pause = pause
command-pause-about = Let a subscription rest
command-resume = resume
command-resume-about = Let a paused subscription go on
command-unsubscribe = unsubscribe
command-unsubscribe-about = End a subscription
command-preview = preview
command-preview-about = See what a subscription would post now
command-history = history
command-history-about = What became of a subscription's last digests
command-follow = follow
command-follow-about = A digest of your own, by direct message
command-following = following
command-following-about = Your own digests and what you muted
command-unfollow = unfollow
command-unfollow-about = End your own digest
command-mute = mute
command-mute-about = Hide a country or a topic from your own answers
command-unmute = unmute
command-unmute-about = Show again what you muted
menu-summarize = Summarize message
menu-why = Why is this here?

## Options
option-country = country
option-country-about = A country: name, code or what its people are called
option-topic = topic
option-topic-about = A topic, such as politics, business or sport
option-since = since
option-since-about = How far back: 24h, 7d, today, yesterday or a date
option-filter = filter
option-filter-about = A whole condition, as: country:jp and not topic:sport
option-page = page
option-page-about = Which page
option-id = id
option-id-about = Which one
option-words = words
option-words-about = Words to look for; "in quotes" for exactly these
option-time = time
option-time-about = Local time of day, as 08:00, or several: 08:00,18:30
option-timezone = timezone
option-timezone-about = Time zone, as Europe/Berlin
option-channel = channel
option-channel-about = Where to; this channel when left out
option-days = days
option-days-about = Which days: daily, weekdays, sat,sun
option-language = language
option-language-about = Language of the digest's own words
option-sentences = sentences
option-sentences-about = Sentences for each story
option-limit = limit
option-limit-about = Stories in a digest at most
option-engine = engine
option-engine-about = How sentences are chosen
option-look = look
option-look-about = How it is drawn: components, embeds or plain
option-late = late
option-late-about = When a digest comes late: post, merge or skip
option-quiet = quiet
option-quiet-about = When there is nothing new: say, skip or widen
option-for = for
option-for-about = How long

## The /subscribe form
setup-title = A digest for this server
setup-intro = Choose what comes where and when. You can change everything later with /edit.
setup-channel = Which channel?
setup-topics = Topics: all of them
setup-countries = Countries: all of them
setup-times = Times of day
setup-days = Days
setup-timezone = Time zone
setup-language = Language
setup-length = Length
setup-length-choice = { $sentences ->
    [one] { $sentences } sentence a story, up to { $limit } stories
   *[other] { $sentences } sentences a story, up to { $limit } stories
}
setup-look = Look
setup-look-components = Cards, with buttons
setup-look-embeds = Embeds
setup-look-plain = Plain text
setup-count = { $count ->
    [one] { $count } story now
   *[other] { $count } stories now
}
setup-more = Other times, zone, filter …
setup-preview = Preview
setup-confirm = Subscribe
setup-cancel = Cancel
setup-cancelled = Nothing was ordered.
setup-too-old = This form is too old by now; /subscribe opens a new one.
setup-here = this channel
setup-ready = I may post there.
setup-missing = I lack { $permissions } there. Give it to me under Edit Channel > Permissions, or choose another channel.
setup-plainly = I lack Embed Links there, so digests will come as plain text.
setup-not-there = I can't see that channel. Give me View Channel under Edit Channel > Permissions, or choose another.
setup-first = The first digest would come { $when }.
setup-form-title = Times, zone, filter
setup-form-times = Times of day, as 08:00, 18:30
setup-form-zone = Time zone, as Europe/Berlin
setup-form-filter = Filter, as country:jp and not topic:sport
setup-filter = Filter: { $filter }
setup-preview-title = What would come now
setup-preview-nothing = Nothing would come now: there is no story for it yet.

## Context menus
summarize-title = In short
summarize-whole = This is short already; all of it:
summarize-nothing = There is no text here to shorten: I read a message, its embeds and attached .txt files.
summarize-left-out = Left out: { $names }
summarize-story = Story { $number } of { $count }
why-not-mine = That is no digest or answer of mine.
why-choose = Which story?

## Rests and returns, told to who ordered a digest
notice-paused = Digest No. { $id } for { $channel } rests: { $reason }.
notice-returns = It goes on by itself as soon as that is mended.
notice-deleted = Order it for another channel with /edit, or end it with /unsubscribe.
notice-resumed = Digest No. { $id } for { $channel } goes on.
