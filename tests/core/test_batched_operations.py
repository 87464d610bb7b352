"""Steps of a migration taken together."""

from __future__ import annotations

import pytest
from django.db import connection, migrations, models
from django.db.migrations.state import ProjectState
from django.db.utils import ProgrammingError

from core.db.operations import BatchedOperations

pytestmark = pytest.mark.django_db

CREATED = BatchedOperations(
    [
        migrations.CreateModel("Case", [("id", models.BigAutoField(primary_key=True))]),
        migrations.CreateModel(
            "Note",
            [
                ("id", models.BigAutoField(primary_key=True)),
                ("case", models.ForeignKey("accounts.Case", models.CASCADE)),
            ],
        ),
    ]
)
CHANGED = BatchedOperations(
    [
        migrations.AddField("Case", "pillar", models.CharField(max_length=9, default="")),
        migrations.AddIndex("Case", models.Index(fields=["pillar"], name="case_by_pillar")),
        migrations.AddConstraint(
            "Note", models.UniqueConstraint(fields=["case"], name="note_once_a_case")
        ),
    ]
)


def apply(steps: list[BatchedOperations], state: ProjectState) -> list[ProjectState]:
    """The states after each of the steps, taken."""
    states = [state]
    for each in steps:
        after = states[-1].clone()
        each.state_forwards("accounts", after)
        with connection.schema_editor(atomic=False) as editor:
            each.database_forwards("accounts", editor, states[-1], after)
        states.append(after)
    return states


def found(table: str) -> set[str]:
    """Names of a table's columns, indexes and constraints."""
    with connection.cursor() as cursor:
        return set(connection.introspection.get_constraints(cursor, table)) | {
            each.name for each in connection.introspection.get_table_description(cursor, table)
        }


def test_what_is_done_together_is_done_and_undone() -> None:
    start, created, changed = apply([CREATED, CHANGED], ProjectState())
    assert {"id", "pillar", "case_by_pillar"} <= found("accounts_case")
    assert {"case_id", "note_once_a_case"} <= found("accounts_note")
    with connection.schema_editor(atomic=False) as editor:
        CHANGED.database_backwards("accounts", editor, changed, created)
    assert "pillar" not in found("accounts_case")
    with connection.schema_editor(atomic=False) as editor:
        CREATED.database_backwards("accounts", editor, created, start)
    assert not {"accounts_case", "accounts_note"} & set(connection.introspection.table_names())


def test_what_is_added_to_a_model_in_the_group_that_makes_it_is_refused() -> None:
    with pytest.raises(ProgrammingError, match="already exists"):
        apply([BatchedOperations([*CREATED.operations, CHANGED.operations[-1]])], ProjectState())
