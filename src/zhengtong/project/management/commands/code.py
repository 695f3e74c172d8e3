"""`zhengtong code`: the code of this moment that the officers of the sample city are asked for."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils import timezone

from zhengtong.people.sign_in.codes import code_at, secret_of, step_at
from zhengtong.project.sample.people import read_sample


class Command(BaseCommand):
    help = "Show the present code of the sample city's officers; each of them can use it once."

    def handle(self, **options: Any) -> None:
        secret = secret_of(read_sample(settings.ZHENGTONG_CHARTER)["code_app"])
        self.stdout.write(code_at(secret, step_at(timezone.now())))
