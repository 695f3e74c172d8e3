"""Invented people and companies in any number; check digits are right, and no place in China begins with 99."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from stdnum.cn import ric, uscc

from zhengtong.charter.charter import Charter
from zhengtong.people.models import Enterprise, Person
from zhengtong.registry.acts import keep_many
from zhengtong.registry.subjects import index_of
from zhengtong.vault import ring

REGIONS = (("990102", "和平区"), ("990103", "滨河区"), ("990121", "云岭县"))
_SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜"
_GIVEN = "文明志远春华秋实晓东海燕玉兰国庆建平丽娟子涵雨桐浩然欣怡思源嘉宁德厚若水知行景行"
_STREETS = ("样例路", "范例街", "示意巷", "试用大道")
_TRADES = ("餐饮", "商贸", "食品", "文具", "宾馆", "洗浴")
_BORN_FROM, _DAYS = date(1930, 1, 1), 24_989  # a prime, so that no two of the first millions share day and number
_BATCH = 500
_FIRST_SERIAL = 500  # the standing cast has smaller ones


@dataclass(frozen=True)
class Citizen:
    """One invented person, and the company that they represent."""

    index: int

    @property
    def born_on(self) -> date:
        return _BORN_FROM + timedelta(days=self.index * 7919 % _DAYS)

    @property
    def region(self) -> tuple[str, str]:
        return REGIONS[self.index % len(REGIONS)]

    @property
    def id_number(self) -> str:
        serial = _FIRST_SERIAL + 2 * (self.index // _DAYS) + self.index % 2
        body = f"{self.region[0]}{self.born_on:%Y%m%d}{serial}"
        return body + ric.calc_check_digit(body + "0")

    @property
    def name(self) -> str:
        given = self.index // len(_SURNAMES)
        first, second = _GIVEN[given % len(_GIVEN)], _GIVEN[given * 7 % len(_GIVEN)]
        return _SURNAMES[self.index % len(_SURNAMES)] + (first if first == second else first + second)

    @property
    def address(self) -> str:
        return f"青山市{self.region[1]}{_STREETS[self.index % len(_STREETS)]}{self.index % 900 + 100}号"

    @property
    def uscc(self) -> str:
        body = f"91{self.region[0]}MB{self.index % 1_000_000:06d}0"
        return body + uscc.calc_check_digit(body)

    @property
    def company(self) -> str:
        return f"青山市{self.name}{_TRADES[self.index % len(_TRADES)]}{self.index}号店有限公司"

    def population(self) -> dict[str, str]:
        """What the population register says."""
        return {
            "id_number": self.id_number,
            "name": self.name,
            "sex": "男" if self.index % 2 else "女",
            "birth_on": self.born_on.isoformat(),
            "residence_region": self.region[0],
            "residence_address": self.address,
            "residence_since": date(2008 + self.index % 16, 1 + self.index % 12, 1).isoformat(),
            "household_region": REGIONS[self.index // 3 % len(REGIONS)][0],
            "household_address": self.address,
            "household_number": f"{self.region[0]}{self.index:08d}",
            "household_head": self.name,
            "household_relation": "本人",
        }

    def enterprise(self) -> dict[str, str]:
        """What the enterprise register says of the company."""
        return {
            "uscc": self.uscc,
            "name": self.company,
            "kind": "有限责任公司",
            "legal_representative_name": self.name,
            "legal_representative_id": self.id_number,
            "address": self.address,
            "region": self.region[0],
            "established_on": date(2015 + self.index % 9, 1 + self.index % 12, 1).isoformat(),
            "business_scope": "餐饮服务；食品销售",
            "status": "active",
        }


def settle(citizens: Iterable[Citizen], *, charter: Charter, now: datetime) -> None:
    """Enter people, companies and their records; who is there already stays as they are. They have no mailbox."""
    every = list(citizens)
    numbers = [index_of(each.id_number) for each in every]
    there = set(Person.objects.filter(id_index__in=numbers).values_list("id_index", flat=True))
    new = [each for each, number in zip(every, numbers, strict=True) if number not in there]
    people = [Person(id_number=each.id_number, name=each.name) for each in new]
    companies = [Enterprise(uscc=each.uscc, name=each.company) for each in new]
    ring.make(each.sealed_for for each in people)
    Person.objects.bulk_create(people, batch_size=_BATCH)
    Enterprise.objects.bulk_create(companies, ignore_conflicts=True, batch_size=_BATCH)
    keep_many(charter=charter, register="population", many=[each.population() for each in new], now=now)
    keep_many(charter=charter, register="enterprise", many=[each.enterprise() for each in new], now=now)
