"""Closes the platforms' clients on the loop on which the duties sent with them."""

from __future__ import annotations

from collections.abc import Mapping

from dramatiq import Broker, Worker
from dramatiq.asyncio import get_event_loop_thread
from dramatiq.middleware import Middleware

from chat.platforms import Client


class ClientsMiddleware(Middleware):
    """Connections belong to a loop, and the duties' own ends before the process does.

    A client opens its connections when it first sends, so that nothing is to be done at the start.
    """

    def __init__(self, clients: Mapping[str, Client]) -> None:
        self._clients = clients

    def after_worker_shutdown(self, broker: Broker, worker: Worker) -> None:
        """Close on the same loop; hooks run in reverse order here, so the loop still turns."""
        del broker, worker
        loop = get_event_loop_thread()
        if loop is not None:
            for client in self._clients.values():
                loop.run_coroutine(client.close())
