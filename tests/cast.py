"""The standing cast: the people of charters/qingshan/sample, by the names that tests call them."""

from functools import cached_property

from zhengtong.people.actor import Actor
from zhengtong.people.models import Enterprise, Person


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
        return Actor(Person.objects.get(name=name))
