"""Items that come together are handed on together, each with its own result."""

from __future__ import annotations

import asyncio

import pytest

from pipelines.batch import Batch


def test_a_full_batch_goes_at_once_and_the_rest_after_a_moment() -> None:
    taken: list[list[int]] = []

    def double(items: list[int]) -> list[int]:
        taken.append(items)
        return [item * 2 for item in items]

    async def run() -> list[int]:
        batch: Batch[int, int] = Batch(double, size=3, seconds=0.01)
        return await asyncio.gather(*(batch.add(number) for number in range(7)))

    assert asyncio.run(run()) == [0, 2, 4, 6, 8, 10, 12]
    assert taken == [[0, 1, 2], [3, 4, 5], [6]]


def test_what_fails_is_told_to_everyone_and_the_next_batch_goes_on() -> None:
    def act(items: list[str]) -> list[str]:
        if "bad" in items:
            raise OSError("disk full")
        return items

    async def run() -> None:
        batch: Batch[str, str] = Batch(act, size=2, seconds=0.01)
        results = await asyncio.gather(batch.add("good"), batch.add("bad"), return_exceptions=True)
        assert [str(result) for result in results] == ["disk full", "disk full"]
        assert await batch.add("later") == "later"

    asyncio.run(run())


def test_nothing_waiting_is_nothing_done() -> None:
    Batch(lambda items: pytest.fail("called"), size=1, seconds=1).flush()
