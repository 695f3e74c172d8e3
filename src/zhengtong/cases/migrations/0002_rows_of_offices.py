"""PostgreSQL keeps an office's session to its own cases, even where a query forgets to (see common/session.py).

An office has part in a case once a step of it, its responsibility or an offer comes to one of its posts; then also in
the joint case around it, and in the case that it is about. Triggers keep that; the policies read it.
"""

from typing import Any

from django.db import migrations

from zhengtong.common.policies import NOT_AN_OFFICE, OF_CASE, reached, said

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
"""

UNDO = """
DROP TRIGGER involve ON cases_case; DROP TRIGGER involve ON cases_task; DROP TRIGGER involve ON cases_handover;
DROP FUNCTION cases_involve_case(); DROP FUNCTION cases_involve_task(); DROP FUNCTION cases_involve_offer();
DROP FUNCTION cases_involve(bigint, text);
"""

CASE = f"""{NOT_AN_OFFICE} OR {said("kind")} = 'office' AND (
    EXISTS (SELECT 1 FROM cases_involvement i WHERE i.office = {said("office")} AND i.case_id IN (cases_case.id, parent_id))
    OR region = ANY (string_to_array({said("regions")}, ','))
       AND ({said("matters")} = '*' OR procedure = ANY (string_to_array({said("matters")}, ',')))
)"""
OF_DOCUMENT = f"{OF_CASE} OR case_id IS NULL"  # a draft's
OF_TASK = f"{NOT_AN_OFFICE} OR EXISTS (SELECT 1 FROM cases_task t WHERE t.id = task_id)"

BY_CASE = (
    "task", "stop", "timer", "decision", "certificate", "letter", "handover", "extension", "recusal", "recusalrequest",
    "proposal", "reliance", "hearing", "interest", "word",
)
BY_TASK = ("inspection", "reminder")
POLICIES = {"case": CASE, "document": OF_DOCUMENT, "rating": NOT_AN_OFFICE}
POLICIES |= dict.fromkeys(BY_CASE, OF_CASE) | dict.fromkeys(BY_TASK, OF_TASK)


def involve(_apps: Any, editor: Any) -> None:
    if editor.connection.vendor == "postgresql":
        editor.execute(INVOLVE, params=None)  # several statements


def undo(_apps: Any, editor: Any) -> None:
    if editor.connection.vendor == "postgresql":
        editor.execute(UNDO, params=None)


class Migration(migrations.Migration):
    dependencies = [("cases", "0001_initial")]

    operations = [
        migrations.RunPython(involve, undo),
        reached({f"cases_{table}": condition for table, condition in POLICIES.items()}),
    ]
