"""The number of a case cannot be guessed, and a slip of the pen shows."""

import math
from itertools import combinations

from zhengtong.cases.numbers import _ALPHABET, as_printed, is_well_formed, new_number


def drawn(many: int) -> list[str]:
    return ["".join(new_number("QS", 2026).split("-")[2:])[:13] for _ in range(many)]


def test_it_holds_sixty_random_bits_and_more():
    assert 13 * math.log2(len(_ALPHABET)) >= 60
    places = list(zip(*drawn(2000), strict=True))
    assert len(places) == 13
    assert all(len(set(signs)) == len(_ALPHABET) for signs in places), "every sign at every place"


def test_none_is_drawn_twice_and_none_follows_from_another():
    numbers = drawn(2000)
    assert len(set(numbers)) == len(numbers) and sorted(numbers) != numbers


def test_every_wrong_sign_and_any_two_that_changed_places_show():
    for number in ["QS-2026-ZZZZ-0000-ZZZZ-09", *(new_number("QS", 2026) for _ in range(20))]:
        assert is_well_formed(number)
        assert not [slip for slip in _slips(number) if is_well_formed(slip)]


def test_letters_that_look_like_digits_are_read_as_digits():
    assert as_printed(" ql-2026-oi2l-pt4d-0m7z-ac ") == "QL-2026-0121-PT4D-0M7Z-AC"
    assert [as_printed(odd) for odd in ("", "ol", "ol-il")] == ["", "OL", "OL-IL"], "what is no number stays what it is"


def _slips(number: str) -> list[str]:
    """Every number with one other sign, and with two signs in each other's place."""
    signs = number.replace("-", "")[6:]
    written = [signs[:at] + other + signs[at + 1 :] for at in range(14) for other in _ALPHABET]
    for one, two in combinations(range(14), 2):
        swapped = list(signs)
        swapped[one], swapped[two] = signs[two], signs[one]
        written.append("".join(swapped))
    return [f"QS-2026-{slip}" for slip in written if slip != signs]
