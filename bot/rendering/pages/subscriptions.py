"""Pages of subscriptions: one, a list of them, and what was delivered."""

from __future__ import annotations

from collections.abc import Sequence

from bot.i18n import Words
from bot.newsroom.models import (
    Delivery,
    DeliveryState,
    DigestStyle,
    LatePolicy,
    Notification,
    PostMode,
    Rhythm,
    Slot,
    Subscription,
    TalkMode,
)
from bot.rendering.layout import (
    ActionRow,
    Block,
    Button,
    Group,
    Page,
    Paragraph,
    Rule,
    Span,
    bold,
    link,
    paragraph,
    timestamp,
)
from bot.rendering.pages.parts import MOST_ROWS, language_words, permission_words, reason_words, story_language_words
from bot.rendering.pages.time_words import message_with_time, time_words, times_words
from bot.services.filter_words import filter_words
from bot.services.value_choices import alert_words

__all__ = ["copies_page", "history_page", "subscription_page", "subscriptions_page"]


def subscription_page(
    subscription: Subscription,
    slot: Slot | None,
    words: Words,
    *,
    title: str,
    notes: Sequence[str] = (),
    buttons: Sequence[Button] = (),
) -> Page:
    """One subscription, with when the next digest comes, and notes below it."""
    blocks: list[Block] = [
        paragraph(title, size="title"),
        *_subscription_lines(subscription, slot, words),
        *(paragraph(note) for note in notes),
    ]
    if buttons:
        blocks.append(ActionRow(tuple(buttons[:5])))
    return Page(tuple(blocks), locale=words.locale)


def copies_page(original: Subscription, results: Sequence[tuple[int, Subscription | str]], words: Words) -> Page:
    """The result of copying a subscription: each channel with its copy, or why it has none."""
    blocks: list[Block] = [paragraph(words("copies-title", id=str(original.id)), size="title")]
    for channel_id, result in results:
        outcome = (
            words("copy-failed", reason=result) if isinstance(result, str) else words("copy-made", id=str(result.id))
        )
        blocks.append(paragraph(Span(f"<#{channel_id}>", trusted=True), " · ", outcome))
    return Page(tuple(blocks), locale=words.locale)


def subscriptions_page(
    rows: Sequence[tuple[Subscription, Slot | None]], words: Words, *, title: str, nothing: str
) -> Page:
    """Subscriptions, each with its next digest or why it is paused."""
    blocks: list[Block] = [paragraph(title, size="title")]
    if not rows:
        blocks.append(paragraph(nothing))
    for subscription, slot in rows[:MOST_ROWS]:
        lines = tuple(_subscription_lines(subscription, slot, words))
        blocks += [Rule(), Group(lines)]
    if len(rows) > MOST_ROWS:
        blocks.append(paragraph(words("count-more", count=len(rows) - MOST_ROWS), size="small"))
    return Page(tuple(blocks), locale=words.locale)


def history_page(subscription: Subscription, sent: Sequence[Delivery], words: Words) -> Page:
    """A subscription's last deliveries and what became of them."""
    blocks: list[Block] = [paragraph(words("history-title", id=str(subscription.id)), size="title")]
    if not sent:
        blocks.append(paragraph(words("history-nothing")))
    for delivery in sent:
        when = time_words(delivery.slot_at, words, subscription.timezone)
        spans = [timestamp(delivery.slot_at, when), Span(": "), Span(words(f"delivery-{delivery.state.value}"))]
        if delivery.state is DeliveryState.SENT and subscription.guild_id is not None:
            numbers = [message.message_id for message in delivery.messages if message.message_id is not None]
            if numbers:
                address = f"https://discord.com/channels/{subscription.guild_id}/{delivery.channel_id}/{numbers[0]}"
                spans += [Span(" "), link(words("history-open"), address)]
        if delivery.reason:
            spans += [Span(" · "), Span(reason_words(delivery.reason, words))]
        blocks.append(Paragraph(tuple(spans)))
    return Page(tuple(blocks), locale=words.locale)


def _subscription_lines(
    subscription: Subscription, slot: Slot | None, words: Words
) -> list[Paragraph | Rule | ActionRow]:
    what = filter_words(subscription.filter, words) or words("filter-everything")
    head = [bold(words("subscription-number", id=str(subscription.id))), Span(" · "), Span(what)]
    if subscription.guild_id is not None or subscription.member_id is None:
        head = [Span(f"<#{subscription.channel_id}>", trusted=True), Span(" · "), *head]
    lines: list[Paragraph | Rule | ActionRow] = [Paragraph(tuple(head)), paragraph(times_words(subscription, words))]
    languages = words(
        "subscription-languages",
        stories=story_language_words(subscription.stories, words),
        headings=language_words(subscription.language, words),
    )
    lines += [
        paragraph(" · ".join(_shape_words(subscription, words)), size="small"),
        paragraph(languages, size="small"),
        paragraph(" · ".join(_policy_words(subscription, words)), size="small"),
        *_posting_lines(subscription, words),
    ]
    if subscription.paused_at is not None:
        if subscription.pause_reason:
            paused = words("subscription-paused", reason=reason_words(subscription.pause_reason, words))
        else:
            paused = words("subscription-paused-by-manager")
        lines.append(paragraph(paused, size="small"))
    elif slot is not None:
        spans = message_with_time("subscription-next", slot.at, words, subscription.timezone)
        lines.append(paragraph(*spans, size="small"))
    return lines


def _shape_words(subscription: Subscription, words: Words) -> list[str]:
    """Return how long a subscription's digests are, and how they look."""
    shape = [words(f"choice-look-{subscription.look.value}")]
    if subscription.look is DigestStyle.FRONT:
        for name, value in (("sections", subscription.sections), ("size", subscription.size)):
            shape.append(f"{words(f'what-{name}')}: {words(f'choice-{name}-{value}')}")
    else:
        shape.append(words("subscription-size", sentences=subscription.sentences, limit=subscription.limit))
    if subscription.posts is PostMode.EVENT:
        shape.append(words("choice-posts-event"))
    if subscription.engine is not None:
        shape.append(words("subscription-engine", engine=subscription.engine))
    return shape


def _policy_words(subscription: Subscription, words: Words) -> list[str]:
    """Return what happens to missed digests and on days without news."""
    late = words(f"choice-late-{subscription.late.value}")
    policies = [words("subscription-late", policy=late)]
    if subscription.late is LatePolicy.POST:
        policies = [words("subscription-late-hours", policy=late, hours=subscription.late_hours)]
    return [*policies, words("subscription-quiet", policy=words(f"choice-quiet-{subscription.quiet.value}"))]


def _posting_lines(subscription: Subscription, words: Words) -> list[Paragraph]:
    """Return what is unusual about how often, as whom and to whom it posts."""
    lines = []
    if subscription.every is Rhythm.WEEK:
        lines.append(paragraph(words("subscription-weekly"), size="small"))
    if subscription.mention_role is not None:
        mention = f"<@&{subscription.mention_role}>"
        before, _, after = words.plain("subscription-role", role=mention).partition(mention)
        lines.append(Paragraph((Span(before), Span(mention, trusted=True), Span(after)), "small"))
    if subscription.notify is Notification.SILENT:
        lines.append(paragraph(words("subscription-silent"), size="small"))
    if subscription.talk is not TalkMode.NONE:
        lines.append(paragraph(words(f"subscription-talk-{subscription.talk.value}"), size="small"))
    if subscription.alerts is not None:
        lines.append(paragraph(alert_words(subscription.alerts, words), size="small"))
    if subscription.sender_name is not None:
        needed = permission_words("Manage Webhooks", words)
        sender = words("subscription-sender", name=subscription.sender_name, permission=needed)
        lines.append(paragraph(sender, size="small"))
    if subscription.sender_avatar is not None:
        lines.append(Paragraph((link(words("subscription-avatar"), subscription.sender_avatar),), "small"))
    return lines
