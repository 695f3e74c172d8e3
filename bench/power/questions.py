"""One question with 1,000 grants: the decision alone, and whole, with the seat of the officer asked of the database.

django-guardian is asked cold (as a request asks: nothing of the user is known yet) and warm (the same user and object
again, answered from its cache). What is nearest to its cold question is ours with the database.
"""

from collections.abc import Callable, Sequence
from datetime import date
from itertools import cycle
from time import perf_counter

from bench.house import NOW, house
from bench.rules.peers import ask_python

GRANTS, POSTS, ROUNDS = 1000, 200, 3
TODAY = date(2026, 3, 2)


def measure() -> dict[str, object]:
    """Microseconds a question, the best of three rounds; ratios to what the peer takes, where it is installed."""
    with house() as database:
        spread, single, whole = _decided(POSTS), _decided(1), _asked()
    took = {"decided_us": spread, "one_post_has_all_us": single, "with_its_seat_us": whole}
    told: dict[str, object] = {"database": database, **{name: round(value, 2) for name, value in took.items()}}
    peer = ask_python("../power/guardian_peer.py", str(GRANTS))
    if not peer or not peer["guardian"]:
        return told | {"guardian": "SKIPPED: not installed"}
    ratios = {
        f"{mine}_{theirs}": round(peer[f"{theirs}_us"] / took[f"{mine}_us"], 1)
        for mine in ("decided", "one_post_has_all", "with_its_seat")
        for theirs in ("cold", "warm")
    }
    return told | {"guardian": peer, "times_faster": ratios}


def _decided(posts: int) -> float:
    """A thousand grants over so many posts, in memory, each post asked for each of its matters in turn."""
    from zhengtong.charter.grants import Grant
    from zhengtong.people.decide import Question, may_act

    grants: dict[str, list[Grant]] = {f"office/{n}": [] for n in range(posts)}
    for n in range(GRANTS):
        post = f"office/{n % posts}"
        grants[post].append(_grant(Grant, post, n))
    asked = [
        (Question(post=post, act="decide", matter=matter, region="990102", on=TODAY), held)
        for post, held in grants.items()
        for grant in held
        for matter in grant.matters
    ]
    if not all(may_act(*each).allowed for each in asked):
        raise SystemExit("a post may not do what it was granted")
    return _best([lambda each=each: may_act(*each) for each in asked], 20_000)  # type: ignore[misc]


def _grant(kind: Callable[..., object], post: str, number: int) -> object:
    return kind(
        post=post,
        power=f"power-{number}",
        acts=frozenset({"accept", "decide"}),
        matters=frozenset({f"matter-{number}"}),
        region="990102",
        within=frozenset({"990102"}),
    )


def _asked() -> float:
    """The question as an act asks it, in the sample city: who sits in the post today is one query."""
    from zhengtong.charter.queries import in_force
    from zhengtong.people.actor import Actor
    from zhengtong.people.models import Holding
    from zhengtong.people.permissions import ask

    charter = in_force(NOW.date()).charter
    held = Holding.objects.on(NOW.date()).get(post="heping-market/licensing")
    by = Actor(held.person, held.post)
    given = {"act": "examine", "procedure": "food-licence", "region": "990102", "on": NOW.date()}
    if not ask(charter, by=by, **given).allowed:  # type: ignore[arg-type]
        raise SystemExit("the officer may not examine")
    return _best([lambda: ask(charter, by=by, **given)], 2_000)  # type: ignore[arg-type]


def _best(questions: Sequence[Callable[[], object]], count: int) -> float:
    """Microseconds a question."""
    rounds = []
    for _ in range(ROUNDS):
        began = perf_counter()
        for _n, question in zip(range(count), cycle(questions), strict=False):
            question()
        rounds.append(perf_counter() - began)
    return 1_000_000 * min(rounds) / count
