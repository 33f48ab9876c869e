"""How many examples each property is tried on: enough at each run, HYPOTHESIS_PROFILE=thorough for a night's hunt.

The second engine is asked fewer: what it could answer otherwise shows on the first ones.
"""

import os

from hypothesis import HealthCheck, settings
from hypothesis.internal.conjecture import engine

SHRINKING = 30  # seconds: a failure is said before its smallest example is found
BY_DEFAULT = 50
TIMES = {"house": 1.0, "thorough": 20.0}
SECOND_ENGINE = 0.34


def profile() -> str:
    """The profile asked for. Raises KeyError when it is none of ours."""
    asked = os.environ.get("HYPOTHESIS_PROFILE", "house")
    if asked not in TIMES:
        raise KeyError(f"HYPOTHESIS_PROFILE={asked}: expected one of {', '.join(TIMES)}.")
    return asked


def examples(number: int) -> int:
    """`number` of them at a usual run on SQLite, many more in a hunt, fewer on the second engine; at least two."""
    second = SECOND_ENGINE if os.environ.get("ALLERVERS_TESTS_ENGINE") == "postgresql" else 1
    return max(2, round(number * TIMES[profile()] * second))


def choose() -> None:
    """For the tests that do not say how many."""
    engine.MAX_SHRINKING_SECONDS = SHRINKING
    slow = [HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
    settings.register_profile("ours", deadline=None, suppress_health_check=slow, max_examples=examples(BY_DEFAULT))
    settings.load_profile("ours")
