"""Pages that come close together share one transaction."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Generic, TypeVar

T = TypeVar("T")
R = TypeVar("R")


class Batch(Generic[T, R]):
    """Hands items on together, once there are `size` of them or `seconds` after the first.

    `act` takes the items and returns a result for each, in order. What it raises, all of them get.
    """

    def __init__(self, act: Callable[[list[T]], list[R]], size: int, seconds: float) -> None:
        self.act = act
        self.size = size
        self.seconds = seconds
        self._waiting: list[tuple[T, asyncio.Future[R]]] = []
        self._timer: asyncio.TimerHandle | None = None

    async def add(self, item: T) -> R:
        """What `act` made of the item."""
        loop = asyncio.get_running_loop()
        future: asyncio.Future[R] = loop.create_future()
        self._waiting.append((item, future))
        if len(self._waiting) >= self.size:
            self.flush()
        elif self._timer is None:
            self._timer = loop.call_later(self.seconds, self.flush)
        return await future

    def flush(self) -> None:
        """Hand on what waits."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        waiting, self._waiting = self._waiting, []
        if not waiting:
            return
        try:
            results = self.act([item for item, _ in waiting])
        except Exception as error:  # noqa: BLE001 - it is raised again where each item is awaited
            for _, future in waiting:
                if not future.done():
                    future.set_exception(error)
            return
        for (_, future), result in zip(waiting, results, strict=True):
            if not future.done():
                future.set_result(result)
