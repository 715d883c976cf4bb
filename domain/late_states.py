"""Spares a migration the models that nobody looks at: those of the schema before each step.

Tortoise makes all of them before each step, for the steps that need the old ones; those that add
something, as nearly all of ours do, don't. For a fresh database that was more than half the time.
"""

from __future__ import annotations

from typing import Any

from tortoise.migrations.schema_generator.state import State


class LateState(State):
    """Tortoise's own state; a copy of it makes its models when they are first asked for."""

    _made: Any = None
    _copied_from: Any = None

    def clone(self) -> LateState:
        """As it is now, whatever is done to this one later."""
        models = {key: model.clone() for key, model in self.models.items()}
        copy = LateState(models=models, apps=None)  # type: ignore[arg-type]
        copy._copied_from = self.apps
        return copy

    @property
    def apps(self) -> Any:
        """The models, by name."""
        if self._made is None:
            self._made = self._copied_from.clone(model_states=self.models)
        return self._made

    @apps.setter
    def apps(self, apps: Any) -> None:
        self._made = apps
