"""simpy plays the permit with the arrivals and durations that stand in standard input; CPU seconds as JSON."""

import json
import sys
from time import process_time

import simpy

given = json.load(sys.stdin)
times, arrived = given["times"], given["arrived"]
BEFORE, BRANCHES = ("accept", "examine"), ("fire", "health", "planning", "water")
AFTER = ("collect", "review", "decide", "sign", "archive")
took = []


def step(env, staff, name, case):
    with staff[name].request() as asked:
        yield asked
        yield env.timeout(times[name][case])


def branch(env, staff, department, case):
    yield from step(env, staff, f"{department}_visit", case)
    yield from step(env, staff, f"{department}_answer", case)


def permit(env, staff, case):
    for name in BEFORE:
        yield from step(env, staff, name, case)
    yield env.all_of([env.process(branch(env, staff, department, case)) for department in BRANCHES])
    for name in AFTER:
        yield from step(env, staff, name, case)
    took.append(env.now - arrived[case])


def arriving(env, staff):
    for case, moment in enumerate(arrived):
        yield env.timeout(moment - env.now)
        env.process(permit(env, staff, case))


began = process_time()
env = simpy.Environment()
env.process(arriving(env, {name: simpy.Resource(env, given["staff"]) for name in times}))
env.run()
seconds = process_time() - began
print(json.dumps({"seconds": seconds, "mean": sum(took) / len(took)}))
