"""An office reaches the papers, and what was asked of third parties, of the cases that it reaches."""

from django.db import migrations

from zhengtong.common.policies import NOT_AN_OFFICE, OF_CASE, reached


class Migration(migrations.Migration):
    dependencies = [("openness", "0001_initial"), ("cases", "0002_rows_of_offices")]

    operations = [
        reached(
            {
                "openness_paper": OF_CASE,
                "openness_mark": f"{NOT_AN_OFFICE} OR EXISTS (SELECT 1 FROM openness_paper p WHERE p.id = paper_id)",
                "openness_thirdparty": OF_CASE,
            }
        )
    ]
