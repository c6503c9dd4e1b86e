"""Who gets a digest? `gazette subscribe`, `subscriptions`, `unsubscribe`, `history`: for an operator."""

from __future__ import annotations

from typing import Annotated, Any

import typer
from rich.table import Table

from bot.cli import json_output
from bot.cli.common import emit, in_newsroom, screen
from bot.cli.query import Countries, FilterText, Json, Topics

__all__ = ["history", "subscribe", "subscriptions", "unsubscribe"]


def subscribe(
    *,
    channel: Annotated[int, typer.Option(help="The channel's id: in Discord, right-click and Copy Channel ID.")],
    at: Annotated[str, typer.Option(help="Local times: 08:00 or 08:00,18:30.")],
    timezone: Annotated[str, typer.Option(help="An IANA time zone, as Asia/Taipei.")],
    country: Countries = None,
    topic: Topics = None,
    filter_text: FilterText = None,
    days: Annotated[str, typer.Option(help="mon-fri, sat,sun, daily …")] = "daily",
    language: Annotated[
        str, typer.Option(help="Language of the digest's own words: en, de, es, fr, ja, pt-BR, zh-TW.")
    ] = "en",
    sentences: Annotated[int, typer.Option(help="Sentences in a summary, 1 to 10.")] = 3,
    limit: Annotated[int, typer.Option(help="Events in a digest, 1 to 25.")] = 10,
    engine: Annotated[str | None, typer.Option(help="Who chooses the sentences.")] = None,
    look: Annotated[str, typer.Option(help="components, chart, embeds or plain.")] = "components",
    late: Annotated[str, typer.Option(help="A missed digest: post (late), merge (into the next) or skip.")] = "post",
    late_hours: Annotated[int, typer.Option(help="How late a digest may be posted.")] = 2,
    quiet: Annotated[str, typer.Option(help="Nothing new: say (so), skip, or widen (to older news).")] = "say",
    name: Annotated[
        str | None, typer.Option(help="The name to post under, in place of the bot's (needs Manage Webhooks).")
    ] = None,
    avatar: Annotated[str | None, typer.Option(help="The address of the picture to post with.")] = None,
    posts: Annotated[
        str, typer.Option(help="digest (one post for all) or event (a forum post or message for each).")
    ] = "digest",
    guild: Annotated[int | None, typer.Option(help="The server's id, if it should see the subscription.")] = None,
    as_json: Json = False,
) -> None:
    """Order a daily digest for a channel."""
    from bot.services.subscription_input import Order

    order = Order(
        channel_id=channel,
        guild_id=guild,
        times=at,
        timezone=timezone,
        country=",".join(country) if country else None,
        topic=",".join(topic) if topic else None,
        filter=filter_text,
        days=days,
        language=language,
        sentences=sentences,
        limit=limit,
        engine=engine,
        look=look,
        late=late,
        late_hours=late_hours,
        quiet=quiet,
        name=name,
        avatar=avatar,
        posts=posts,
    )

    async def work(newsroom: Any) -> Any:
        return await newsroom.services.subscriptions.create(order)

    made, slot = in_newsroom(work)
    shape = json_output.subscription_shape(made, slot)
    if as_json:
        emit(shape)
    else:
        screen().print(
            f"Subscription {shape['id']}: channel {shape['channel']} gets its first digest {shape['next']} "
            f"({shape['timezone']}).",
            markup=False,
        )


def subscriptions(*, as_json: Json = False) -> None:
    """All subscriptions, with what comes next."""

    async def work(newsroom: Any) -> Any:
        return await newsroom.services.subscriptions.list_subscriptions()

    rows = [json_output.subscription_shape(subscription, slot) for subscription, slot in in_newsroom(work)]
    if as_json:
        emit({"subscriptions": rows})
        return
    if not rows:
        screen().print("There is no subscription yet: gazette subscribe --channel ID --at 08:00 --timezone Asia/Taipei")
        return
    table = Table("id", "channel", "at", "time zone", "filter", "next")
    for row in rows:
        following = row["next"] or f"paused: {row['reason'] or 'by a manager'}"
        cells = (str(row["id"]), row["channel"], ", ".join(row["at"]), row["timezone"], row["filter"] or "everything")
        table.add_row(*cells, following)
    screen().print(table)


def unsubscribe(
    identity: Annotated[int, typer.Argument(metavar="ID", help="The subscription's number.")], *, as_json: Json = False
) -> None:
    """End a subscription."""

    async def work(newsroom: Any) -> Any:
        return await newsroom.services.subscriptions.delete(identity)

    gone = in_newsroom(work)
    if as_json:
        emit({"id": gone.id, "channel": str(gone.channel_id)})
    else:
        screen().print(f"Subscription {gone.id} is gone; channel {gone.channel_id} gets no more digests from it.")


def history(
    identity: Annotated[int, typer.Argument(metavar="ID", help="The subscription's number.")],
    *,
    limit: Annotated[int, typer.Option(min=1, max=1000, help="Deliveries at most, the newest first.")] = 20,
    as_json: Json = False,
) -> None:
    """The last deliveries of a subscription and their fate."""

    async def work(newsroom: Any) -> Any:
        return await newsroom.services.subscriptions.history(identity, limit=limit)

    _, found = in_newsroom(work)
    rows = [json_output.delivery_shape(delivery) for delivery in found]
    if as_json:
        emit({"deliveries": rows})
        return
    if not rows:
        screen().print(f"Subscription {identity} has had no digest yet.")
        return
    table = Table("slot", "state", "attempts", "messages", "reason")
    for row in rows:
        count = f"{sum(each is not None for each in row['messages'])}/{len(row['messages'])}"
        table.add_row(row["slot"], row["state"], str(row["attempts"]), count, row["reason"] or "")
    screen().print(table)
