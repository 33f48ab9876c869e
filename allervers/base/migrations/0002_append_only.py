"""The database itself refuses to change or remove a line of the journal, on both engines."""

from django.db import migrations

POSTGRESQL = [
    """
    CREATE FUNCTION base_entry_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION 'journal: append-only, a line is never changed nor removed'; END $$
    """,
    """
    CREATE TRIGGER base_entry_append_only BEFORE UPDATE OR DELETE ON base_entry
    FOR EACH ROW EXECUTE FUNCTION base_entry_append_only()
    """,
    """
    CREATE TRIGGER base_entry_no_truncate BEFORE TRUNCATE ON base_entry
    FOR EACH STATEMENT EXECUTE FUNCTION base_entry_append_only()
    """,
]
SQLITE = [
    f"""
    CREATE TRIGGER base_entry_no_{verb.lower()} BEFORE {verb} ON base_entry
    BEGIN SELECT RAISE(ABORT, 'journal: append-only, a line is never changed nor removed'); END
    """
    for verb in ("UPDATE", "DELETE")
]
# INSERT OR REPLACE removes the row it replaces without waking the trigger on DELETE.
SQLITE.append(
    """
    CREATE TRIGGER base_entry_no_replace BEFORE INSERT ON base_entry
    WHEN EXISTS (SELECT 1 FROM base_entry WHERE number = NEW.number)
    BEGIN SELECT RAISE(ABORT, 'journal: append-only, a line is never changed nor removed'); END
    """
)
REVERSE = {
    "postgresql": [
        "DROP TRIGGER base_entry_append_only ON base_entry",
        "DROP TRIGGER base_entry_no_truncate ON base_entry",
        "DROP FUNCTION base_entry_append_only()",
    ],
    "sqlite": [f"DROP TRIGGER base_entry_no_{verb}" for verb in ("update", "delete", "replace")],
}


def lock(apps, schema_editor):
    for statement in POSTGRESQL if schema_editor.connection.vendor == "postgresql" else SQLITE:
        schema_editor.execute(statement)


def unlock(apps, schema_editor):
    for statement in REVERSE[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("base", "0001_initial")]
    operations = [migrations.RunPython(lock, unlock)]
