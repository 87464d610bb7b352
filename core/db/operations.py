"""Steps of a migration taken together: Django draws up all models anew once for all of them, not
after each.

With the triggers of the history there are hundreds of steps, and drawing up a hundred models for
each of them took nine tenths of the time of a first start.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations import CreateModel, RunPython, RunSQL
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState


class BatchedOperations(Operation):
    """Takes its steps in their order, each between the state before all of them and the state after
    all of them.

    So a model that is created stands alone with others that are created: what is added to it
    (fields, indexes, constraints, triggers) belongs into the next group, since a table is made with
    everything that the state after the group knows of it. The mistake does not pass: what is there
    already cannot be added.
    """

    serialization_expand_args = ["operations"]

    def __init__(self, operations: list[Operation]) -> None:
        self.operations = operations

    def deconstruct(self) -> tuple[str, Sequence[object], dict[str, object]]:
        """As Django writes it down."""
        return (self.__class__.__name__, [self.operations], {})

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """All changes of the state; models are drawn up when they are next asked for."""
        state.__dict__.pop("apps", None)
        for each in self.operations:
            each.state_forwards(app_label, state)

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        """All changes of the database, in their order."""
        for each in self.operations:
            each.database_forwards(app_label, schema_editor, from_state, to_state)

    def database_backwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        """All of them undone, the last first."""
        for each in reversed(self.operations):
            each.database_backwards(app_label, schema_editor, from_state, to_state)

    def describe(self) -> str:
        """Each step in a word."""
        return "; ".join(each.describe() for each in self.operations)


def batched(operations: Iterable[Operation]) -> list[Operation]:
    """The same steps in the same order, in as few groups as `BatchedOperations` can take them.

    A group ends before a step that adds to a model which the group itself creates, and before and
    after Python and SQL, which ask for the models or the tables as they then are.
    """
    steps: list[Operation] = []
    group: list[Operation] = []
    created: set[str] = set()
    for each in operations:
        alone = isinstance(each, (RunPython, RunSQL, BatchedOperations))
        if group and (alone or str(getattr(each, "model_name", "")).lower() in created):
            steps.append(BatchedOperations(group))
            group, created = [], set()
        if alone:
            steps.append(each)
            continue
        group.append(each)
        if isinstance(each, CreateModel):
            created.add(each.name.lower())
    return [*steps, BatchedOperations(group)] if group else steps
