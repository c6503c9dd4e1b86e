# Gazette's own words, in English.

## Digests and lists
digest-title = The news
digest-title-of = The news: { $filter }
digest-period = { $since } to { $until }
digest-empty = No new stories in this period.
digest-quiet = A quiet day: nothing new for this digest.
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
story-truncated = The source breaks off here.
story-about = Countries
story-topics = Topics
story-source = Source: { $path }, story { $position }
story-original = Original
news-title = { $total ->
    [0] No stories
    [one] { $total } story
   *[other] { $total } stories
}
news-title-of = { $total ->
    [0] No stories for { $filter }
    [one] { $total } story for { $filter }
   *[other] { $total } stories for { $filter }
}
news-page = Page { $page } of { $pages }
news-nothing = Nothing matches. Try fewer conditions or a longer period; /countries and /topics list what there is.
search-title = Found for { $words }: { $total }
button-next = Next
button-previous = Back
button-more = { $count ->
    [one] { $count } more
   *[other] { $count } more
}
button-full = Full extract
button-original = Source
button-why = Why is this here?

## /why
why-title = Why: { $headline }
why-event = { $count ->
    [one] One report tells it.
   *[other] { $count } reports tell it.
}
why-country = { $country }: salience { $salience }, from { $evidence }
why-topic = { $topic }: { $score }
why-sentence = Sentence { $position } of { $path }, story { $story }
why-reasons = What decided the rank: { $reasons }
why-nothing = no words, only the writer's place

## /about
about-title = Gazette
about-text = A newspaper for this community. It posts a digest instead of a flood, and every sentence in it is the source's own.
about-counts = { $stories } stories from { $documents } documents, { $countries } countries, { $topics } topics.
about-version = Version { $version }
countries-title = Countries in the news
topics-title = Topics in the news
count-line = { $name }: { $count }

## Subscriptions
subscribed = Done. The first digest comes
subscription-line = No. { $id } at { $times } ({ $timezone }): { $filter }
subscription-paused = paused: { $reason }
subscription-next = next { $when }
subscriptions-title = Subscriptions of this server
subscriptions-none = There is none yet. /subscribe makes one.
unsubscribed = No. { $id } is gone; no more digests come from it.
paused-by-hand = by a manager
filter-everything = everything

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
permission-manage-guild = Manage Server
error-command-changed = this command has changed; type it again in a minute
