"""What every test can use."""

from __future__ import annotations

from hypothesis import HealthCheck, settings

pytest_plugins = ["tests.databases"]

# An example's time says how busy the machine is, not whether the program is right: time is measured in benchmarks/.
settings.register_profile("gazette", deadline=None, max_examples=40, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("thorough", settings.get_profile("gazette"), max_examples=500)  # make test-thorough
settings.load_profile("gazette")
