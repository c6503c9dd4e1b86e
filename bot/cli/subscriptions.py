"""`gazette subscribe`, `subscriptions`, `unsubscribe`, `history`: subscriptions, for an operator."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import Annotated, Any

import typer
from rich.table import Table

from bot.cli import json_output
from bot.cli.common import emit, in_newsroom, screen
from bot.cli.query import Json
from bot.newsroom.subscription_input import Setting, SubscriptionInput, settings_of

__all__ = ["history", "subscribe", "subscriptions", "takes_subscription_input", "unsubscribe"]


def takes_subscription_input(
    model: type[SubscriptionInput] = SubscriptionInput,
) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Give a command an option for each of the model's settings, in place of its parameter `given`."""

    def decorate(command: Callable[..., None]) -> Callable[..., None]:
        options = {name: spec for name, spec in settings_of(model) if spec.in_cli}
        defaults = {name: parameter.default for name, parameter in inspect.signature(model).parameters.items()}

        def run(**values: Any) -> None:
            given = {name: values.pop(name) for name in options}
            for name, spec in options.items():
                if spec.repeatable and given[name]:
                    given[name] = ",".join(given[name])
            command(given=model(**given), **values)

        parameters = [
            inspect.Parameter(
                name,
                inspect.Parameter.KEYWORD_ONLY,
                default=defaults[name],
                annotation=Annotated[_cli_type(spec), typer.Option(_flag(spec), help=spec.help)],
            )
            for name, spec in options.items()
        ]
        own = inspect.signature(command, eval_str=True).parameters
        parameters += [parameter for name, parameter in own.items() if name != "given"]
        run.__doc__ = command.__doc__
        run.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined] # typer reads it
        run.__annotations__ = {parameter.name: parameter.annotation for parameter in parameters}
        return run

    return decorate


def _cli_type(spec: Setting) -> Any:
    kind = str if spec.kind == "text" else int
    return list[str] | None if spec.repeatable else kind | None


def _flag(spec: Setting) -> str:
    return f"--{spec.name.replace('_', '-')}"


@takes_subscription_input()
def subscribe(*, given: SubscriptionInput, as_json: Json = False) -> None:
    """Subscribe a channel to a digest."""

    async def work(newsroom: Any) -> Any:
        return await newsroom.services.subscriptions.create(given)

    created, slot = in_newsroom(work)
    shape = json_output.subscription_shape(created, slot)
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
