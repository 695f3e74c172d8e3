"""The standing cast: the people of charters/qingshan/sample, by the names that tests call them."""

from functools import cached_property

from django.conf import settings
from django.test import Client
from django.utils import timezone

from zhengtong.people.actor import Actor
from zhengtong.people.models import Account, Enterprise, Person
from zhengtong.people.sign_in.codes import code_at, secret_of, step_at
from zhengtong.people.sign_in.models import CodeApp
from zhengtong.project.sample.people import read_sample

PASSWORD = "qingshan-demo-2026"


def signed_in(who: Actor, **client: object) -> Client:
    """A browser of somebody who has signed in just now, with two factors."""
    return signed_in_as(Account.objects.get(person=who.person), **client)


def signed_in_as(account: Account, **client: object) -> Client:
    """The same by account: the one place where tests sign in without the page for it."""
    browser = Client(**client)
    browser.force_login(account)
    session, now = browser.session, timezone.now().timestamp()
    session["sign_in"] = {"strong": True, "started": now, "seen": now, "proved": now}
    session.save()
    return browser


def next_code(username: str) -> str:
    """A code of the officer's app that is good now and was not used: the database knows the last one."""
    app, step = CodeApp.objects.get(account__username=username), step_at(timezone.now())
    return code_at(secret_of(read_sample(settings.ZHENGTONG_CHARTER)["code_app"]), max(step, app.last_step + 1))


class Cast:
    """Each is an `Actor`: a party, or an officer in the post that the tests need."""

    @cached_property
    def lin_yue(self) -> Actor:
        """Wants to open a restaurant; legal representative of Linjiang."""
        return self._party("林悦")

    @cached_property
    def lin_qiang(self) -> Actor:
        """Her brother, whom nobody gave a mandate."""
        return self._party("林强")

    @cached_property
    def wang_defu(self) -> Actor:
        """Aged 82."""
        return self._party("王德福")

    @cached_property
    def chen_xiaoyu(self) -> Actor:
        """Rents a flat in Heping."""
        return self._party("陈晓宇")

    @cached_property
    def linjiang(self) -> Enterprise:
        """Lin Yue's company."""
        return Enterprise.objects.get(name="青山市临江小馆餐饮有限公司")

    @cached_property
    def window(self) -> Actor:
        """Zhou Min, who accepts applications in Heping."""
        return self.officer("heping-services/window")

    @cached_property
    def registration(self) -> Actor:
        return self.officer("heping-market/registration")

    @cached_property
    def licensing(self) -> Actor:
        return self.officer("heping-market/licensing")

    @cached_property
    def fire(self) -> Actor:
        return self.officer("fire-brigade/inspection")

    @cached_property
    def signs(self) -> Actor:
        return self.officer("urban-management/signs")

    @cached_property
    def supervisor(self) -> Actor:
        return self.officer("supervision-office/duty")

    @cached_property
    def reconsideration(self) -> Actor:
        return self.officer("justice-bureau/reconsideration")

    def officer(self, post: str) -> Actor:
        """Whoever holds a post of the city."""
        return Actor(Person.objects.get(holdings__post=post), post)

    def _party(self, name: str) -> Actor:
        return Actor(person_called(name))


def person_called(name: str) -> Person:
    """The one person of the city with this name; names are sealed, so that no query finds them."""
    (found,) = (each for each in Person.objects.all() if each.name == name)
    return found
