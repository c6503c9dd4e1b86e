"""A new setting of a subscription is one field: options, console, form and command line have it without further lists."""

from __future__ import annotations

import inspect
from dataclasses import fields, replace

import typer
from typer.testing import CliRunner

from bot.cli.subscriptions import takes_subscription_input
from bot.cogs.subscribe_draft import SubscribeFormPages, apply_choice
from bot.commands.subscriptions import setting_values, subscription_options
from bot.newsroom.subscription_input import SubscriptionInput, settings_of
from bot.services import Services
from tests.clock import ManualClock
from tests.newsroom.test_subscription_input import InputWithBell
from tests.services.conftest import clock, quick_services

__all__ = ["clock", "quick_services"]


def test_a_new_field_is_an_option_of_the_commands() -> None:
    (option,) = set(subscription_options(InputWithBell)) - set(subscription_options())
    assert (option.name, option.kind, option.least, option.most) == ("bell", "number", 1, 9)
    assert setting_values({"bell": 3, "time": "08:00", "topic": None}, InputWithBell) == {"bell": 3, "times": "08:00"}


def test_a_new_field_is_an_option_of_the_command_line() -> None:
    received: list[SubscriptionInput] = []
    app = typer.Typer()

    @app.command()
    @takes_subscription_input(InputWithBell)
    def subscribe(*, given: SubscriptionInput, quietly: bool = False) -> None:
        received.append(given)

    runner = CliRunner()
    needed = ["--channel", "42", "--at", "08:00", "--timezone", "UTC"]
    assert "Loudness, 1 to 9." in runner.invoke(app, ["--help"]).output
    assert runner.invoke(app, [*needed, "--bell", "7", "--country", "jp", "--country", "kr"]).exit_code == 0
    assert received == [InputWithBell(channel_id=42, times="08:00", timezone="UTC", bell=7, country="jp,kr")]
    assert runner.invoke(app, needed[:4]).exit_code == 2


async def test_a_new_field_is_kept_by_the_form(quick_services: Services, clock: ManualClock) -> None:
    pages = SubscribeFormPages(quick_services, clock, InputWithBell)
    draft = InputWithBell(channel_id=42, times="08:00", timezone="UTC", bell=7)
    assert await pages.recall(await pages.remember(draft)) == draft
    assert await pages.recall(await pages.remember(apply_choice(draft, "look", ["plain"]))) == replace(
        draft, look="plain"
    )


def test_each_surface_offers_the_settings_that_the_model_says() -> None:
    settings = dict(settings_of())
    assert {option.name for option in subscription_options()} == {
        spec.option for spec in settings.values() if spec.in_commands
    }
    command = takes_subscription_input()(lambda *, given: None)
    assert set(inspect.signature(command).parameters) == {name for name, spec in settings.items() if spec.in_cli}
    assert {each.name for each in fields(SubscriptionInput)} - set(settings) == {"created_by"}
