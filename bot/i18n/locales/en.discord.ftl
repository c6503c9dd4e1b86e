# What only Discord shows, in English: context menus, the /subscribe form, notices.

menu-summarize = Summarize message
menu-why = Why is this here?

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
setup-look-chart = Cards, with a chart of countries
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
setup-bare = I lack { $permissions } there, so digests will come without the chart.
setup-not-there = I can't see that channel. Give me View Channel under Edit Channel > Permissions, or choose another.
setup-first = The first digest would come { $when }.
setup-form-title = Times, zone, filter
setup-form-times = Times of day, as 08:00, 18:30
setup-form-zone = Time zone, as Europe/Berlin
setup-form-filter = Filter, as country:jp and not topic:sport
setup-filter = Filter: { $filter }
setup-sender = Name, picture, missed digests …
setup-sender-title = Name, picture, missed digests
setup-sender-name = Name to post under; empty for mine
setup-sender-avatar = Address of the picture; empty for mine
setup-sender-posts = Posts
setup-sender-late = When a digest was missed
setup-sender-quiet = When there is nothing new
setup-signed = Posted as { $name }.
setup-nameless = I lack { $permissions } there, so digests will come under my own name and picture.
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
