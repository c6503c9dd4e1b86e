"""`gazette subscribe`, `subscriptions`, `unsubscribe`, `history`."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import Annotated, Any

import typer
from rich.table import Table

from bot.cli import json_output
from bot.cli.common import as_called, print_json, run_in_newsroom, stdout_console
from bot.cli.options import JsonFlag
from bot.newsroom.models import Slot, Subscription
from bot.newsroom.subscription_input import Setting, SubscriptionInput, settings_of
from bot.newsroom.timezones import zone
from bot.newsroom.typed_values import format_days, format_times

__all__ = ["history", "subscribe", "subscriptions", "takes_subscription_input", "unsubscribe"]


def takes_subscription_input(
    model: type[SubscriptionInput] = SubscriptionInput,
) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Give a command the model's settings as options, in place of its parameter `given`."""

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
                annotation=Annotated[
                    _cli_type(spec),
                    typer.Option(_flag(spec), metavar=spec.name.upper() if spec.repeatable else None, help=spec.help),
                ],
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
def subscribe(*, given: SubscriptionInput, as_json: JsonFlag = False) -> None:
    """Subscribe a channel to a digest."""
    created, slot = run_in_newsroom(lambda newsroom: newsroom.services.subscriptions.create(given))
    shape = _subscription_shape(created, slot)
    if as_json:
        print_json(shape)
    else:
        stdout_console().print(
            f"Subscription {shape['id']} created. Channel {shape['channel']} gets its first digest at "
            f"{shape['next']} ({shape['timezone']}).",
            markup=False,
        )


def subscriptions(*, as_json: JsonFlag = False) -> None:
    """List all subscriptions and when each posts next."""
    listed = run_in_newsroom(lambda newsroom: newsroom.services.subscriptions.list_subscriptions())
    shapes = [_subscription_shape(subscription, slot) for subscription, slot in listed]
    if as_json:
        print_json({"subscriptions": shapes})
        return
    if not shapes:
        stdout_console().print(
            as_called(
                "There are no subscriptions yet: gazette subscribe --channel ID --at 08:00 --timezone Asia/Taipei"
            ),
            markup=False,
            soft_wrap=True,
        )
        return
    # Two lines each: a channel's id and a time with its zone don't fit beside each other in 80 columns.
    for subscription, slot in listed:
        stdout_console().print(_subscription_lines(subscription, slot), markup=False, highlight=False, soft_wrap=True)


def _subscription_lines(subscription: Subscription, slot: Slot | None) -> str:
    """Return a subscription in a few lines of at most 80 columns, but for long filters."""
    from bot.newsroom.reader_languages import format_languages  # loads the filters

    where = f"channel {subscription.channel_id}" if subscription.channel_id else "direct messages"
    days = format_days(subscription.days)
    if slot is None:
        reason = subscription.pause_reason or "by a manager"
        following = f"paused: {reason}"
    else:
        local = slot.at.astimezone(zone(subscription.timezone))
        following = f"next {local:%a %Y-%m-%d %H:%M}"
    lines = [
        f"{subscription.id}  {where} · {following}",
        f"{format_times(subscription.times)} {days} · {subscription.timezone}",
        subscription.filter or "everything",
        f"stories in {format_languages(subscription.stories)} · headings in {subscription.language} · "
        f"{subscription.look.value}",
        f"late: {subscription.late.value} · quiet: {subscription.quiet.value}",
    ]
    indent = "\n" + " " * (len(str(subscription.id)) + 2)
    return indent.join(lines)


def unsubscribe(
    identity: Annotated[int, typer.Argument(metavar="ID", help="Subscription number.")], *, as_json: JsonFlag = False
) -> None:
    """Delete a subscription."""
    deleted = run_in_newsroom(lambda newsroom: newsroom.services.subscriptions.delete(identity))
    if as_json:
        print_json({"id": deleted.id, "channel": str(deleted.channel_id)})
    else:
        stdout_console().print(
            f"Subscription {deleted.id} deleted. Channel {deleted.channel_id} gets no more digests from it."
        )


def history(
    identity: Annotated[int, typer.Argument(metavar="ID", help="Subscription number.")],
    *,
    limit: Annotated[int, typer.Option(min=1, max=1000, help="Maximum number of deliveries, newest first.")] = 20,
    as_json: JsonFlag = False,
) -> None:
    """Show a subscription's recent deliveries and their outcomes."""
    _, deliveries = run_in_newsroom(lambda newsroom: newsroom.services.subscriptions.history(identity, limit=limit))
    shapes = [json_output.delivery_shape(delivery) for delivery in deliveries]
    if as_json:
        print_json({"deliveries": shapes})
        return
    if not shapes:
        stdout_console().print(f"Subscription {identity} has had no digest yet.")
        return
    table = Table("slot", "state", "attempts", "messages", "reason")
    for shape in shapes:
        sent = sum(each is not None for each in shape["messages"])
        messages = f"{sent}/{len(shape['messages'])}"
        table.add_row(shape["slot"], shape["state"], str(shape["attempts"]), messages, shape["reason"] or "")
    stdout_console().print(table)


def _subscription_shape(subscription: Subscription, slot: Slot | None) -> json_output.Shape:
    """Return a subscription; `next` is local time with its offset, None while it is paused."""
    return {
        "id": subscription.id,
        **SubscriptionInput.of(subscription).to_row(),
        "at": [f"{moment:%H:%M}" for moment in subscription.times],
        "days": list(subscription.days),
        "paused": None if subscription.paused_at is None else json_output.moment_shape(subscription.paused_at),
        "reason": str(subscription.pause_reason) if subscription.pause_reason else None,
        "next": None if slot is None else slot.at.astimezone(zone(subscription.timezone)).isoformat(),
    }
