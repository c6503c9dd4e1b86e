# Messages that only Discord shows, in English: context menus, the /subscribe form, notices.

menu-summarize = Summarize message
menu-why = Why is this here?
menu-add = Add to the paper

## The /subscribe form
setup-title-where = Set up a digest · 1 of 2: what and where
setup-title-when = Set up a digest · 2 of 2: when and how
setup-intro = Choose what I post, where and when. You can change everything later with /{ command-edit }.
setup-label-channel = Channel
setup-label-topics = Topics
setup-label-countries = Countries
setup-label-stories = Languages of the stories
setup-label-timezone = Time zone
setup-zone-unset = not chosen yet. My guess: { $zone }
setup-channel = Choose a channel
setup-topics = All topics
setup-countries = All countries
setup-times = Times of day
setup-days = Days
setup-timezone = Choose a time zone
setup-language = Language of headings and buttons
setup-length = Length
setup-length-choice = { $sentences ->
    [one] { $sentences } sentence per story, up to { $limit } stories
   *[other] { $sentences } sentences per story, up to { $limit } stories
}
setup-look = Look
setup-look-front = Front page
setup-look-cards = Cards with buttons
setup-look-chart = Cards with a chart of countries
setup-look-embeds = Embeds
setup-look-plain = Plain text
setup-count = { $count ->
    [one] { $count } story right now
   *[other] { $count } stories right now
}
setup-next = Next
setup-back = Back
setup-find-country = Find a country…
setup-typed-filter = Filter…
setup-test = Post a test now
setup-test-title = Test digest
setup-test-note = { $member } is trying out this digest. It doesn’t count: its stories can appear in the first real one.
setup-test-posted = I posted a test.
setup-test-forum = I can’t post a test in a forum. The preview shows the same.
setup-more = Other times, time zone…
setup-preview = Preview
setup-confirm = Subscribe
setup-cancel = Cancel
setup-cancelled = Cancelled. I didn’t create a subscription.
setup-too-old = This form has expired. /{ command-subscribe } opens a new one.
setup-ready = I can post there.
setup-missing = I can’t post there: I need { $permissions }. Allow it under Edit Channel > Permissions, or choose another channel.
setup-plain-text = I don’t have { permission-embed-links } there, so I’ll post digests as plain text.
setup-no-chart = I don’t have { $permissions } there, so I’ll post digests without the chart.
setup-no-threads = I don’t have { permission-create-public-threads } there, so I won’t open threads.
setup-no-mention = I don’t have { permission-mention-everyone } there, so mentioning that role will notify nobody.
setup-not-there = I can’t see that channel. Allow { permission-view-channel } under Edit Channel > Permissions, or choose another channel.
setup-no-zone = Choose a time zone, and I can tell you when the first digest comes.
setup-no-channel = Go back and choose a channel.
setup-first = First digest: { $when } ({ $timezone })
setup-form-title-filter = Filter
setup-form-title-found = Find a country
setup-form-title-clock = Times and time zone
setup-form-country = Countries, for example Ghana, South Korea
setup-form-times = Times of day, for example 08:00, 18:30
setup-form-zone = Time zone: a city, for example Berlin
setup-form-filter = Filter, e.g. country:jp and not topic:sport
setup-filter = Filter: { $filter }
setup-sender = Name, avatar, missed digests…
setup-sender-title = Name, avatar, missed digests
setup-sender-name = Name to post under (empty for my own)
setup-sender-avatar = Link to the avatar (empty for my own)
setup-sender-posts = Posts
setup-sender-late = When a digest is missed
setup-sender-quiet = When there are no new stories
setup-posted-as = Posted as { $name }
setup-own-name = I don’t have { $permissions } there, so I’ll post digests under my own name and avatar.
setup-preview-title = What I would post right now
setup-preview-nothing = I would post nothing right now: there are no stories for it yet.

## Context menus
summarize-title = Summary
summarize-whole = This is already short. Here is all of it:
summarize-nothing = There is no text to summarize. I read the message, its embeds and attached .txt and .md files.
summarize-too-long = This message takes too long to summarize. Try a shorter text.
summarize-left-out = Not read: { $names }
summarize-story = Story { $number } of { $count }
why-not-mine = That isn’t one of my messages, or it shows no stories.
why-choose = Which story?

## Servers that invite the bot
welcome-title = Thanks for inviting me
welcome-text = I make a newspaper for this server: a digest in your channels at the times you choose.
welcome-subscribe = To start, go to the channel that should get the digest and type /{ command-subscribe }. You need the { permission-manage-guild } permission for this.
welcome-help = Everyone can ask for the news with /{ command-news }. /{ command-help } lists all commands.

## Notices of paused and resumed subscriptions, for the member who created them
notice-paused = I paused subscription { $id } in { $channel }: { $reason }.
notice-paused-channel-gone = I paused subscription { $id }: { reason-channel-gone }.
notice-resumes-itself = Once that is fixed, it resumes by itself.
notice-channel-gone = Choose another channel with /{ command-edit }, or delete the subscription with /{ command-unsubscribe }.
notice-resumed = I resumed subscription { $id } in { $channel }.
