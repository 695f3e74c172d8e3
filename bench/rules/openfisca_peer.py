"""The same six decisions in openfisca-core 46, run by the interpreter of the peers; prints CPU seconds as JSON."""

import json
import sys
from time import process_time

import duckdb
import numpy
from openfisca_core.entities import build_entity
from openfisca_core.periods import MONTH
from openfisca_core.simulations import SimulationBuilder
from openfisca_core.taxbenefitsystems import TaxBenefitSystem
from openfisca_core.variables import Variable

PERIOD = "2026-03"
Household = build_entity(key="household", plural="households", label="", roles=[{"key": "member", "plural": "members"}])
Person = build_entity(key="person", plural="persons", label="", is_person=True)


def _input(name, kind, default):
    return type(
        name, (Variable,), {"value_type": kind, "entity": Person, "definition_period": MONTH, "default_value": default}
    )


class household_income(Variable):
    value_type = float
    entity = Household
    definition_period = MONTH

    def formula(household, period):
        return household.sum(household.members("income", period))


class children(Variable):
    value_type = float
    entity = Household
    definition_period = MONTH

    def formula(household, period):
        return household.sum(household.members("age", period) < 18)


class income_limit(Variable):
    value_type = float
    entity = Household
    definition_period = MONTH

    def formula(household, period):
        return 2000.50 + household("children", period) * 350.25


class base_amount(Variable):
    value_type = float
    entity = Person
    definition_period = MONTH

    def formula(person, period):
        age, disabled = person("age", period), person("disabled", period)
        return numpy.select(
            [age < 18, (age < 65) & ~disabled, (age < 65) & disabled, age < 80], [120.0, 0.0, 310.4, 150.75], 260.1
        )


class rent_part(Variable):
    value_type = float
    entity = Person
    definition_period = MONTH

    def formula(person, period):
        income = person.household("household_income", period)
        return numpy.maximum(0, numpy.minimum(person("rent", period), 900) * 0.4 - income * 0.05)


class benefit(Variable):
    value_type = float
    entity = Person
    definition_period = MONTH

    def formula(person, period):
        income = person.household("household_income", period)
        limit = person.household("income_limit", period)
        amount = numpy.round(person("base_amount", period) * 1.025 + person("rent_part", period), 2)
        return numpy.where(income > limit, 0, amount)


def build(system, columns):
    builder = SimulationBuilder()
    builder.create_entities(system)
    builder.declare_person_entity("person", columns["person"])
    homes = numpy.unique(columns["home"])
    households = builder.declare_entity("household", homes)
    builder.join_with_persons(households, columns["home"], ["member"] * len(columns["person"]))
    simulation = builder.build(system)
    for name in ("age", "income", "rent", "disabled"):
        simulation.set_input(name, PERIOD, columns[name])
    return simulation


def main(path):
    system = TaxBenefitSystem([Person, Household])
    for each in (
        _input("age", int, 0),
        _input("income", float, 0),
        _input("rent", float, 0),
        _input("disabled", bool, False),
    ):
        system.add_variable(each)
    for each in (household_income, children, income_limit, base_amount, rent_part, benefit):
        system.add_variable(each)
    columns = duckdb.sql(
        f"SELECT person, home, age, income::DOUBLE AS income, rent::DOUBLE AS rent, disabled FROM '{path}'"
    ).fetchnumpy()
    columns = {name: numpy.asarray(each) for name, each in columns.items()}
    building, running = [], []
    for _ in range(3):
        begun = process_time()
        simulation = build(system, columns)
        built = process_time()
        names = ("household_income", "children", "income_limit", "base_amount", "rent_part", "benefit")
        results = {name: simulation.calculate(name, PERIOD) for name in names}
        running.append(process_time() - built)
        building.append(built - begun)
    print(float(results["benefit"].sum()), file=sys.stderr)
    print(json.dumps({"openfisca": min(running), "openfisca, building": min(building)}))


if __name__ == "__main__":
    main(sys.argv[1])
