"""Many writers on one SQLite file: nobody sees "locked", nothing is lost, and they take turns."""

import multiprocessing
import os
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import OperationalError, transaction
from pytest_django import DjangoDbBlocker

from zhengtong.common.durability import NotDurable, check_durability
from zhengtong.common.sqlite.base import DatabaseWrapper
from zhengtong.common.sqlite.queue import AlreadyWriting, Turn

SETTINGS: dict[str, Any] = {
    "ENGINE": "zhengtong.common.sqlite",
    "OPTIONS": {},
    "TIME_ZONE": None,
    "AUTOCOMMIT": True,
    "ATOMIC_REQUESTS": False,
    "CONN_MAX_AGE": None,
    "CONN_HEALTH_CHECKS": False,
    "TEST": {},
}
PROCESSES, WRITES = 6, 40


def connect(path: Path, **options: Any) -> DatabaseWrapper:
    return DatabaseWrapper(SETTINGS | {"NAME": path, "OPTIONS": options}, alias="writer")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "city.sqlite3"


@pytest.fixture
def connection(path: Path, django_db_blocker: DjangoDbBlocker) -> Iterator[DatabaseWrapper]:
    with django_db_blocker.unblock():
        opened = connect(path)
        with opened.cursor() as cursor:
            cursor.execute("CREATE TABLE acts (number INTEGER PRIMARY KEY, writer INTEGER)")
            cursor.execute("CREATE TABLE counter (value INTEGER)")
            cursor.execute("INSERT INTO counter VALUES (0)")
        yield opened
        opened.close()


def rows(connection: DatabaseWrapper, query: str) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        found: list[tuple[Any, ...]] = cursor.execute(query).fetchall()
        return found


def begin(connection: DatabaseWrapper) -> None:
    connection.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)


def commit(connection: DatabaseWrapper) -> None:
    connection.commit()
    connection.set_autocommit(True)


def write_much(path: Path, writer: int) -> None:
    """Read, then write what was read plus one, as a process of its own; every third write has no transaction."""
    connection = connect(path, timeout=0)  # without the queue the first collision would be an error
    for n in range(WRITES):
        if n % 3 == 0:
            with connection.cursor() as cursor:
                cursor.execute("UPDATE counter SET value = value + 1")
                cursor.execute("INSERT INTO acts (writer) VALUES (%s)", [writer])
        else:
            begin(connection)
            (value,) = rows(connection, "SELECT value FROM counter")[0]
            with connection.cursor() as cursor:
                cursor.execute("UPDATE counter SET value = %s", [value + 1])
                cursor.execute("INSERT INTO acts (writer) VALUES (%s)", [writer])
            commit(connection)
    connection.close()


def test_six_processes_write_without_an_error(connection: DatabaseWrapper, path: Path) -> None:
    context = multiprocessing.get_context("fork")
    writers = [context.Process(target=write_much, args=(path, n)) for n in range(PROCESSES)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join(300)
    assert [writer.exitcode for writer in writers] == [0] * PROCESSES
    assert rows(connection, "SELECT value FROM counter") == [(PROCESSES * WRITES,)]
    assert rows(connection, "SELECT count(*) FROM acts") == [(PROCESSES * WRITES,)]


def test_waiters_are_served_in_order(path: Path) -> None:
    queue, served = f"{path}-queue", []

    def wait(number: int) -> None:
        with Turn(queue):
            served.append(number)

    threads = [threading.Thread(target=wait, args=(n,)) for n in range(8)]
    with Turn(queue):
        for taken, thread in enumerate(threads, start=2):
            thread.start()
            until(lambda taken=taken: int.from_bytes(Path(queue).read_bytes(), "big") == taken)
    for thread in threads:
        thread.join(300)
    assert served == list(range(8))


def until(happens: Any) -> None:
    end = time.monotonic() + 300
    while not happens():
        assert time.monotonic() < end
        time.sleep(0.001)


def test_a_process_that_dies_in_its_turn_lets_the_next_in(connection: DatabaseWrapper, path: Path) -> None:
    ready, wrote = os.pipe()
    child = os.fork()
    if child == 0:
        os.set_inheritable(wrote, True)
        dying = connect(path)
        begin(dying)
        rows(dying, "INSERT INTO acts (writer) VALUES (99) RETURNING number")
        os.write(wrote, b".")
        time.sleep(60)
        os._exit(1)
    os.read(ready, 1)
    os.kill(child, 9)
    os.waitpid(child, 0)
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO acts (writer) VALUES (1)")
    assert rows(connection, "SELECT writer FROM acts") == [(1,)]


def test_reading_waits_for_nobody(connection: DatabaseWrapper, path: Path) -> None:
    other = connect(path)
    begin(connection)
    rows(connection, "INSERT INTO acts (writer) VALUES (1) RETURNING number")
    assert rows(other, "SELECT count(*) FROM acts") == [(0,)]
    connection.rollback()
    connection.set_autocommit(True)
    with other.cursor() as cursor:
        cursor.execute("INSERT INTO acts (writer) VALUES (2)")
    other.close()


def test_a_failed_statement_gives_the_turn_back(connection: DatabaseWrapper, path: Path) -> None:
    with pytest.raises(OperationalError), connection.cursor() as cursor:
        cursor.execute("INSERT INTO nowhere VALUES (1)")
    with Turn(f"{path}-queue"):
        pass


def test_a_connection_closed_in_a_transaction_gives_the_turn_back(connection: DatabaseWrapper, path: Path) -> None:
    other = connect(path)
    begin(other)
    other.close()
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO acts (writer) VALUES (1)")


def test_a_thread_cannot_wait_for_itself(connection: DatabaseWrapper, path: Path) -> None:
    begin(connection)
    other = connect(path)
    with pytest.raises(AlreadyWriting), other.cursor() as cursor:
        cursor.execute("INSERT INTO acts (writer) VALUES (1)")
    other.close()
    connection.rollback()
    connection.set_autocommit(True)


def test_it_is_durable_as_it_comes(connection: DatabaseWrapper) -> None:
    check_durability(connection)
    assert rows(connection, "PRAGMA foreign_keys") == [(1,)]


@pytest.mark.parametrize(
    ("weakened", "told"),
    [
        ("PRAGMA synchronous=NORMAL", "synchronous is NORMAL, set it to FULL"),
        ("PRAGMA synchronous=OFF", "synchronous is OFF"),
        ("PRAGMA journal_mode=DELETE", "journal_mode is delete, set it to WAL"),
    ],
)
def test_a_weakened_database_is_refused(connection: DatabaseWrapper, weakened: str, told: str) -> None:
    rows(connection, weakened)
    with pytest.raises(NotDurable, match=told):
        check_durability(connection)


@pytest.mark.django_db
def test_the_database_of_the_tests_is_durable() -> None:
    from django.db import connection

    check_durability(connection)
    if connection.vendor == "postgresql":
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET LOCAL synchronous_commit = off")
            with pytest.raises(NotDurable, match="synchronous_commit is off"):
                check_durability(connection)
