"""How far the worker has come in finding what has run its time."""

from django.db import models


class Sweep(models.Model):
    """There is one row: the day for which all is erased that had to be: a search a day is enough."""

    on = models.DateField()

    def __str__(self) -> str:
        return str(self.on)
