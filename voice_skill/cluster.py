"""Work on the processes of a Dask cluster. Workers may come and go: what is lost is done again.

Nothing of a result may rest on who does it: each item is worked on alone, from files that every
worker sees under the same path.
"""

import asyncio
import logging
from collections.abc import Callable, Iterator, Sequence
from importlib import import_module
from typing import Any, TypeVar

from voice_skill.errors import ClusterError

Item = TypeVar("Item")
Result = TypeVar("Result")
CONNECT_SECONDS = 15
LOSSES = 10
"""So many workers may die over one item: they may be taken away at will, and it be innocent."""


def on_cluster(
    address: str, work: Callable[[Item], Result], items: Sequence[Item]
) -> Iterator[tuple[int, Result]]:
    """Each result with the place of its item, as they are done.

    address: of the scheduler, as `tcp://host:8786`. Raises ClusterError without Dask, without a
    cluster there, or when an item has ended LOSSES workers; and whatever `work` raises.
    """
    try:
        distributed: Any = import_module("distributed")
    except ImportError:
        hint = "pip install '.[dask]'"
        raise ClusterError(f"dask is missing; install it with: {hint}") from None
    logging.getLogger("distributed").setLevel(logging.CRITICAL)
    try:
        client = distributed.Client(address, timeout=CONNECT_SECONDS, set_as_default=False)
    except (OSError, ValueError, TypeError, asyncio.TimeoutError):
        raise ClusterError(
            f"there is no Dask scheduler at '{address}'; start one with: dask scheduler"
        ) from None
    with client:
        if not client.scheduler_info()["workers"]:
            raise ClusterError(f"the cluster at '{address}' has no workers; start one with: "
                               f"dask worker --nthreads 1 {address}")  # fmt: skip
        futures = client.map(work, items, pure=False, retries=LOSSES)
        places = {future.key: place for place, future in enumerate(futures)}
        try:
            for future in distributed.as_completed(futures, loop=client.loop):
                yield places[future.key], future.result()
        except distributed.KilledWorker as error:
            raise ClusterError(f"workers died again and again: {error}") from None
        except distributed.CancelledError:
            raise ClusterError(f"the cluster at '{address}' went away") from None
        finally:
            client.cancel(futures)
