"""A rating is not shown to those whom it rates, nor handled by them."""

import pytest

from tests.cases.test_petition_clocks import answered, filed
from tests.restaurant import apply, do
from zhengtong.cases import acts
from zhengtong.cases.authority import may
from zhengtong.cases.errors import NoSuchCase
from zhengtong.cases.queries import case_for, desk
from zhengtong.people.decide import Against


@pytest.fixture
def rated(cast, monday):
    petition = answered(filed(cast, monday), cast, monday)
    acts.rate(case=petition, level=1, comment="敷衍了事", by=cast.lin_yue, channel="web", now=monday)
    return petition


def test_the_office_that_was_rated_sees_neither_the_rating_nor_that_there_is_one(rated, cast, monday):
    own, theirs = (
        case_for(who, rated.number, now=monday) for who in (cast.lin_yue, cast.officer("petition-office/reception"))
    )
    assert own.rating.level == 1
    assert theirs.rating is None
    assert "case.rated" in {each.kind for each in own.history}
    assert "case.rated" not in {each.kind for each in theirs.history}


def test_whoever_served_takes_no_part_in_what_follows_a_bad_rating(cast, monday):
    """The clerk of the window took the application in, and would be the one to put it right."""
    case = apply(cast, now=monday)
    do(case, "accept", "accepted", by=cast.window, now=monday)
    acts.withdraw(case=case, reason="", by=cast.lin_yue, now=monday)
    case.refresh_from_db()
    follow_up = acts.rate(case=case, level=1, by=cast.lin_yue, channel="web", now=monday).follow_up
    do(follow_up, "verify", "founded", by=cast.supervisor, now=monday)
    put_right = follow_up.tasks.get(node="put_right")
    assert put_right.post != cast.window.post
    with pytest.raises(NoSuchCase):
        case_for(cast.window, follow_up.number, now=monday)
    assert all(row.party == "" for row in desk(cast.officer(put_right.post), now=monday) if row.id == put_right.pk)
    assert Against.RATED in may(follow_up, by=cast.window, act="examine", now=monday).against
