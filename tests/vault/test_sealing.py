"""What is personal is sealed under a key of its own, and gone when the key is."""

import json

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from zhengtong.people.models import Person
from zhengtong.vault import ring
from zhengtong.vault.ciphers import InvalidTag
from zhengtong.vault.fields import GONE
from zhengtong.vault.models import Key

NUMBER = "990102198804120248"

pytestmark = pytest.mark.django_db


@pytest.fixture
def mei():
    return Person.objects.create(id_number=NUMBER, name="梅", email="mei@qingshan.example")


def column(person: Person, name: str) -> bytes:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {name} FROM people_person WHERE id = %s", [person.pk])
        return bytes(cursor.fetchone()[0])


def test_the_database_holds_no_word_of_it(mei):
    for name in ("id_number", "name", "email"):
        assert b"mei" not in column(mei, name)
        assert NUMBER.encode() not in column(mei, name)
        assert "梅".encode() not in column(mei, name)


def test_it_comes_out_as_it_went_in(mei):
    found = Person.objects.get(pk=mei.pk)
    assert (found.name, found.id_number, found.email, found.phone) == ("梅", NUMBER, "mei@qingshan.example", "")


def test_a_number_finds_its_person_and_a_name_finds_nobody(mei):
    assert Person.objects.get(id_number=NUMBER) == mei
    assert list(Person.objects.filter(id_number__in=[NUMBER, "x"])) == [mei]
    assert not Person.objects.filter(id_number="990102198804120249").exists()
    with pytest.raises(TypeError, match="sealed"):
        Person.objects.filter(name="梅").first()


def test_a_number_is_held_by_one_person_alone(mei):
    again, new = Person.objects.get_or_create(id_number=NUMBER, defaults={"name": "another"})
    assert (again.pk, new) == (mei.pk, False)


def test_nothing_is_written_past_the_seal(mei):
    with pytest.raises(TypeError, match="sealed"):
        Person.objects.update(name="in the clear")


def test_without_its_key_nothing_can_be_read(mei, monday):
    assert ring.destroy([mei.sealed_for], now=monday) == 1
    found = Person.objects.get(pk=mei.pk)
    assert (found.name, found.id_number) == (GONE, GONE)
    assert not Key.objects.get(pk=ring.id_of(mei.sealed_for)).wrapped


def test_what_was_erased_is_not_sealed_anew(mei, monday):
    ring.destroy([mei.sealed_for], now=monday)
    found = Person.objects.get(pk=mei.pk)
    found.language = "en"
    found.save()
    assert Person.objects.get(pk=mei.pk).name == GONE
    found.name = "back"
    with pytest.raises(ring.Erased):
        found.save()


def test_a_seal_does_not_open_in_another_column(mei):
    with connection.cursor() as cursor:
        cursor.execute("UPDATE people_person SET name = email WHERE id = %s", [mei.pk])
    with pytest.raises(InvalidTag):
        _ = Person.objects.get(pk=mei.pk).name


def test_an_altered_seal_does_not_open(mei):
    sealed = bytearray(column(mei, "name"))
    sealed[-1] ^= 1
    with connection.cursor() as cursor:
        cursor.execute("UPDATE people_person SET name = %s WHERE id = %s", [bytes(sealed), mei.pk])
    with pytest.raises(InvalidTag):
        _ = Person.objects.get(pk=mei.pk).name


def test_the_keys_of_a_list_are_fetched_together(monday):
    for index in range(30):
        Person.objects.create(id_number=str(index), name=f"person {index}")
    ring.forget()
    with CaptureQueriesContext(connection) as asked:
        assert len({each.name for each in Person.objects.all()}) == 30
    assert len(asked) == 2


def test_a_key_that_was_rolled_back_seals_nothing_more():
    with pytest.raises(ValueError, match="stop"), transaction.atomic():
        with transaction.atomic():
            sealed = ring.seal("person:x", b"lost", about=b"here")
        assert ring.open_(sealed, about=b"here") == b"lost"
        raise ValueError("stop")
    sealed = ring.seal("person:x", b"content", about=b"here")
    ring.forget()
    assert ring.open_(sealed, about=b"here") == b"content"


@pytest.mark.django_db(transaction=True)
def test_a_key_is_everybodys_once_it_is_committed():
    with transaction.atomic():
        ring.seal("person:x", b"content", about=b"here")
        assert ring.id_of("person:x") not in ring._KEPT
    assert ring.id_of("person:x") in ring._KEPT


@pytest.mark.parametrize("suite", ["ed25519-sha256", "sm2-sm3"])
def test_each_suite_opens_what_the_other_sealed(settings, suite):
    settings.ZHENGTONG_SUITE = suite
    sealed = ring.seal("person:x", b"content", about=b"here")
    settings.ZHENGTONG_SUITE = "ed25519-sha256"
    assert ring.open_(sealed, about=b"here") == b"content"


def test_sm4_is_that_of_the_standard():
    """GB/T 32907-2016, annex A: example 1."""
    from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

    block = bytes.fromhex("0123456789abcdeffedcba9876543210")
    made = Cipher(algorithms.SM4(block), modes.ECB()).encryptor().update(block)
    assert made.hex() == "681edf34d206965e86b3e94f536e4246"


def test_json_keeps_its_kinds():
    content = {"a": [1, "二", None, True], "b": {}}
    assert json.loads(ring.open_(ring.seal("s", json.dumps(content).encode(), about=b"x"), about=b"x")) == content
