"""django-guardian's object permission check, one user with so many grants on as many objects, in SQLite's memory."""

import json
import sys
from time import perf_counter

try:
    import django
    import guardian  # noqa: F401 - only whether it is there
    from django.conf import settings
except ImportError:
    print(json.dumps({"guardian": False}))
    sys.exit()

settings.configure(
    INSTALLED_APPS=["django.contrib.auth", "django.contrib.contenttypes", "guardian"],
    DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}},
    AUTHENTICATION_BACKENDS=["guardian.backends.ObjectPermissionBackend"],
    DEFAULT_AUTO_FIELD="django.db.models.AutoField",
)
django.setup()

from django.contrib.auth.models import Group, User  # noqa: E402 - models come after the set-up
from django.core.management import call_command  # noqa: E402
from guardian.core import ObjectPermissionChecker  # noqa: E402
from guardian.shortcuts import assign_perm  # noqa: E402

call_command("migrate", verbosity=0)
count = int(sys.argv[1])
user = User.objects.create_user("officer")
objects = [Group.objects.create(name=f"case {number}") for number in range(count)]
for each in objects:
    assign_perm("auth.change_group", user, each)


def cold(number: int) -> bool:
    """As a request asks: the user was just fetched, and nothing is known of their permissions."""
    return bool(User(pk=user.pk, username="officer", is_active=True).has_perm("auth.change_group", objects[number]))


checker = ObjectPermissionChecker(user)
checker.has_perm("change_group", objects[0])


def warm(_number: int) -> bool:
    return checker.has_perm("change_group", objects[0])


def best(question, times: int) -> float:
    rounds = []
    for _ in range(3):
        began = perf_counter()
        if not all(question(number % count) for number in range(times)):
            raise SystemExit("a granted permission was denied")
        rounds.append(perf_counter() - began)
    return round(1_000_000 * min(rounds) / times, 2)


print(json.dumps({"guardian": True, "cold_us": best(cold, 1000), "warm_us": best(warm, 20_000)}))
