"""PostgreSQL keeps an office's session to its own cases, even where a query forgets to (see common/session.py).

An office has part in a case once a step of it, its responsibility or an offer comes to one of its posts; then also in
the joint case around it, and in the case that it is about. Triggers keep that; the policies read it.
"""

import django.db.models.deletion
from django.db import migrations, models

BY_CASE = ["task", "stop", "timer", "decision", "certificate", "letter", "handover", "extension", "rating", "recusal", "proposal"]
BY_TASK = ["inspection", "reminder"]

INVOLVE = """
CREATE FUNCTION cases_involve(which bigint, post text) RETURNS void LANGUAGE sql AS $$
    INSERT INTO cases_involvement (case_id, office)
    WITH RECURSIVE up(id) AS (
        SELECT which
        UNION
        SELECT above.id FROM up JOIN cases_case c ON c.id = up.id,
        LATERAL unnest(ARRAY[c.parent_id, c.about_id]) AS above(id) WHERE above.id IS NOT NULL
    )
    SELECT id, split_part(post, '/', 1) FROM up WHERE strpos(post, '/') > 0
    ON CONFLICT DO NOTHING
$$;
CREATE FUNCTION cases_involve_case() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN PERFORM cases_involve(NEW.id, NEW.post); RETURN NULL; END $$;
CREATE FUNCTION cases_involve_task() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN PERFORM cases_involve(NEW.case_id, NEW.post); RETURN NULL; END $$;
CREATE FUNCTION cases_involve_offer() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN PERFORM cases_involve(NEW.case_id, NEW.to_post); RETURN NULL; END $$;
CREATE TRIGGER involve AFTER INSERT OR UPDATE OF post ON cases_case
    FOR EACH ROW EXECUTE FUNCTION cases_involve_case();
CREATE TRIGGER involve AFTER INSERT OR UPDATE OF post ON cases_task
    FOR EACH ROW EXECUTE FUNCTION cases_involve_task();
CREATE TRIGGER involve AFTER INSERT OR UPDATE OF to_post ON cases_handover
    FOR EACH ROW EXECUTE FUNCTION cases_involve_offer();
SELECT cases_involve(id, post) FROM cases_case;
SELECT cases_involve(case_id, post) FROM cases_task;
SELECT cases_involve(case_id, to_post) FROM cases_handover;
"""

UNDO = """
DROP TRIGGER involve ON cases_case; DROP TRIGGER involve ON cases_task; DROP TRIGGER involve ON cases_handover;
DROP FUNCTION cases_involve_case(); DROP FUNCTION cases_involve_task(); DROP FUNCTION cases_involve_offer();
DROP FUNCTION cases_involve(bigint, text);
"""


def said(name: str) -> str:
    """A setting of the session, read once for a statement."""
    return f"(SELECT coalesce(current_setting('zhengtong.{name}', true), ''))"


NOT_AN_OFFICE = f"{said('kind')} IN ('program', 'party')"
CASE = f"""{NOT_AN_OFFICE} OR {said("kind")} = 'office' AND (
    EXISTS (SELECT 1 FROM cases_involvement i WHERE i.office = {said("office")} AND i.case_id IN (cases_case.id, parent_id))
    OR region = ANY (string_to_array({said("regions")}, ','))
       AND ({said("matters")} = '*' OR procedure = ANY (string_to_array({said("matters")}, ',')))
)"""
OF_CASE = f"{NOT_AN_OFFICE} OR EXISTS (SELECT 1 FROM cases_case c WHERE c.id = case_id)"
OF_TASK = f"{NOT_AN_OFFICE} OR EXISTS (SELECT 1 FROM cases_task t WHERE t.id = task_id)"
OF_DOCUMENT = f"{OF_CASE} OR case_id IS NULL"  # a draft's

POLICIES = (
    {"case": CASE, "document": OF_DOCUMENT} | dict.fromkeys(BY_CASE, OF_CASE) | dict.fromkeys(BY_TASK, OF_TASK)
)


def protect(apps, schema_editor):
    if schema_editor.connection.vendor != "postgresql":
        return
    schema_editor.execute(INVOLVE, params=None)  # several statements
    for table, reached in POLICIES.items():
        schema_editor.execute(f"CREATE POLICY reach ON cases_{table} USING ({reached})")
        schema_editor.execute(f"ALTER TABLE cases_{table} ENABLE ROW LEVEL SECURITY")
        schema_editor.execute(f"ALTER TABLE cases_{table} FORCE ROW LEVEL SECURITY")


def unprotect(apps, schema_editor):
    if schema_editor.connection.vendor != "postgresql":
        return
    for table in POLICIES:
        schema_editor.execute(f"ALTER TABLE cases_{table} NO FORCE ROW LEVEL SECURITY")
        schema_editor.execute(f"ALTER TABLE cases_{table} DISABLE ROW LEVEL SECURITY")
        schema_editor.execute(f"DROP POLICY reach ON cases_{table}")
    schema_editor.execute(UNDO, params=None)


class Migration(migrations.Migration):
    dependencies = [("cases", "0007_proposals")]

    operations = [
        migrations.CreateModel(
            name="Involvement",
            fields=[
                (
                    "id",
                    models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                ),
                ("office", models.CharField(max_length=60)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="involved", to="cases.case"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("case", "office"), name="one_involvement_an_office")]
            },
        ),
        migrations.RunPython(protect, unprotect),
    ]
