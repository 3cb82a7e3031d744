"""A law that holds for whatever is chosen: tried many times, and with the least choices where it breaks."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from random_schemas.choice import Choice

if TYPE_CHECKING:
    from collections.abc import Callable

SEED = int(os.environ.get("OKRA_PROPERTY_SEED", "20240120"))


def hold(law: Callable[[Choice], None], part: int, times: int) -> None:
    """Try `law` so many times; each `part` makes other choices."""

    @seed(SEED + part)
    @settings(
        max_examples=times,
        deadline=None,
        database=None,
        phases=[Phase.generate, Phase.shrink],
        print_blob=True,
        suppress_health_check=list(HealthCheck),
    )
    @given(st.data())
    def run_all(data: st.DataObject) -> None:
        law(Choice(data.draw))

    try:
        run_all()
    except Exception as error:
        error.add_note(f"OKRA_PROPERTY_SEED={SEED}, part {part}")
        raise
