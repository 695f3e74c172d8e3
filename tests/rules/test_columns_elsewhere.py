"""The same plan runs in PostgreSQL and in Spark, with the same values."""

import os
import shutil
import sys
from pathlib import Path

import psycopg
import pytest

from tests.rules.models import decision, literal, model
from tests.rules.populations import kinds_of, literals_of, population
from tests.rules.test_columns import (
    DECLARED,
    EXPRESSIONS,
    KINDS,
    MEMBERS,
    NEEDS,
    OF_HOUSEHOLDS,
    ON,
    PUBLISHED,
    households,
)
from zhengtong.engines.rules import Group, Model, NotColumns

pytestmark = pytest.mark.filterwarnings(
    "ignore::pytest.PytestUnraisableExceptionWarning"  # PySpark leaves sockets to the collector
)
SQL = {"number": "numeric(12, 2)", "string": "text", "boolean": "boolean", "date": "date"}


@pytest.fixture(scope="module")
def postgres():
    """A session of PostgreSQL, whose tables are temporary."""
    url = os.environ.get("DATABASE_URL", "")
    if not url.startswith("postgres"):
        pytest.skip("no PostgreSQL: DATABASE_URL names none")
    with psycopg.connect(url, autocommit=True) as session:
        yield session


@pytest.fixture(scope="module")
def spark():
    """A local session of Spark."""
    sql = pytest.importorskip("pyspark.sql", reason="no PySpark: pip install -r requirements/spark.txt")
    if not shutil.which("java"):
        pytest.skip("no Java, which Spark needs")
    os.environ["PYSPARK_PYTHON"] = os.environ["PYSPARK_DRIVER_PYTHON"] = sys.executable
    settings = {
        "spark.ui.enabled": "false",
        "spark.sql.shuffle.partitions": "2",
        "spark.driver.host": "127.0.0.1",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.sql.session.timeZone": "UTC",
    }
    builder = sql.SparkSession.builder.master("local[1]")
    for name, value in settings.items():
        builder = builder.config(name, value)
    session = builder.getOrCreate()
    session.sparkContext.setLogLevel("ERROR")
    yield session
    session.stop()


def table_of(session, rows, kinds):
    """The rows as a temporary table, numbered."""
    session.execute("DROP TABLE IF EXISTS people")
    columns = "".join(f', "{name}" {SQL[kind.kind]}' for name, kind in kinds.items())
    session.execute(f"CREATE TEMPORARY TABLE people (place integer{columns})")
    with session.cursor().copy("COPY people FROM STDIN") as copy:
        for place, row in enumerate(rows):
            copy.write_row([place, *row.values()])


def in_postgres(session, asked, name, **how):
    """The values of a decision, in the order of the rows."""
    session.execute("SET search_path TO pg_temp, public")
    sql = asked.statement(name, "people", lambda each: session.execute(each).fetchall(), on=ON, **how)
    return [each for _, each in sorted(session.execute(f'SELECT place, "{name}" FROM ({sql}) AS decided').fetchall())]


@pytest.mark.parametrize(("path", "name"), PUBLISHED, ids=lambda each: getattr(each, "parent", Path(str(each))).name)
def test_postgres_decides_by_every_published_rule_as_we_do(postgres, path, name):
    asked = Model.load(path)
    kinds = kinds_of(asked, name)
    rows = population(kinds, literals_of(asked), 200)
    table_of(postgres, rows, kinds)
    assert in_postgres(postgres, asked, name) == [asked.decide(name, each, on=ON).value for each in rows]


@pytest.mark.parametrize("text", EXPRESSIONS)
def test_postgres_gives_an_expression_the_same_meaning(postgres, text):
    asked = model(*DECLARED, decision("d", literal(text), *NEEDS))
    rows = population(KINDS, literals_of(asked), 100)
    table_of(postgres, rows, KINDS)
    try:
        found = in_postgres(postgres, asked, "d")
    except NotColumns as refusal:
        assert "list" in str(refusal)
        return
    assert found == [asked.decide("d", each, on=ON).value for each in rows]


@pytest.mark.parametrize("text", OF_HOUSEHOLDS)
def test_postgres_sums_the_members_of_a_household(postgres, text):
    asked = households(text)
    postgres.execute("DROP TABLE IF EXISTS people; DROP TABLE IF EXISTS members")
    postgres.execute("CREATE TEMPORARY TABLE people (place integer, home integer)")
    postgres.execute("CREATE TEMPORARY TABLE members (home integer, age integer, income numeric(12, 2), role text)")
    for home, those in enumerate(MEMBERS):
        postgres.execute("INSERT INTO people VALUES (%s, %s)", (home, home))
        for each in those:
            postgres.execute("INSERT INTO members VALUES (%s, %s, %s, %s)", (home, *each.values()))
    found = in_postgres(postgres, asked, "d0", groups={"household": Group("members", "home")})
    assert found == [asked.decide("d0", {"household": each}).value for each in MEMBERS]


SPARK_SQL = {"number": "DECIMAL(12,2)", "string": "STRING", "boolean": "BOOLEAN", "date": "DATE"}


def spark_frame(session, rows, kinds):
    schema = ", ".join(["place INT", *(f"`{name}` {SPARK_SQL[kind.kind]}" for name, kind in kinds.items())])
    return session.createDataFrame([(place, *each.values()) for place, each in enumerate(rows)], schema)


def in_spark(asked, names, frame, **how):
    rows = asked.decide_many(names, frame, on=ON, **how).collect()
    return sorted((each.asDict() for each in rows), key=lambda each: each["place"])


def test_spark_decides_by_every_published_rule_as_we_do(spark):
    for path in sorted({path for path, _ in PUBLISHED}):
        asked = Model.load(path)
        kinds = {name: kind for each in asked.decisions for name, kind in kinds_of(asked, each).items()}
        rows = population(kinds, literals_of(asked), 60)
        found = in_spark(asked, list(asked.decisions), spark_frame(spark, rows, kinds))
        for name in asked.decisions:
            assert [each[name] for each in found] == [asked.decide(name, each, on=ON).value for each in rows], name


def test_spark_gives_expressions_the_same_meaning(spark):
    """Expressions that can be put out in Spark, all in one model, since each statement takes it a while."""
    fitting = [each for each in EXPRESSIONS if not each.startswith(("[round", 'day + duration("P1M")'))]
    asked = model(*DECLARED, *(decision(f"d{place}", literal(each), *NEEDS) for place, each in enumerate(fitting)))
    names = [f"d{place}" for place in range(len(fitting))]
    rows = population(KINDS, literals_of(asked), 60)
    found = in_spark(asked, names, spark_frame(spark, rows, KINDS))
    for name, text in zip(names, fitting, strict=True):
        assert [each[name] for each in found] == [asked.decide(name, each, on=ON).value for each in rows], text


def test_spark_sums_the_members_of_a_household(spark):
    asked = households(*OF_HOUSEHOLDS)
    homes = spark.createDataFrame([(home, home) for home in range(len(MEMBERS))], "place INT, home INT")
    people = [(home, *each.values()) for home, those in enumerate(MEMBERS) for each in those]
    members = spark.createDataFrame(people, "home INT, age INT, income DECIMAL(12,2), role STRING")
    names = [f"d{place}" for place in range(len(OF_HOUSEHOLDS))]
    found = in_spark(asked, names, homes, groups={"household": Group(members, "home")})
    for name in names:
        assert [each[name] for each in found] == [asked.decide(name, {"household": each}).value for each in MEMBERS]
