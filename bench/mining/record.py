"""`DATABASE_URL=… python -m bench.mining.record SERVICE`: the acts of a service in that database become a log."""

import json
import os
import sys
import time

import django


def main(service: str) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zhengtong.project.settings")
    django.setup()
    from django.db import connection
    from django.test.utils import CaptureQueriesContext
    from django.utils import timezone

    from zhengtong.observatory.processes import record_of

    began = time.process_time()
    asked = record_of(procedure=service, language="en", now=timezone.now())
    with CaptureQueriesContext(connection) as queries, asked as log:
        taken = time.process_time() - began
        events, cases = log.rows("SELECT count(*), count(DISTINCT case_no) FROM event")[0]
    told = {"bench": "record", "service": service, "cases": cases, "events": events, "own_s": round(taken, 2)}
    print(json.dumps(told | {"queries": len(queries)}))


if __name__ == "__main__":
    main(*sys.argv[1:])
