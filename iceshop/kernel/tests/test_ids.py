from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from uuid import RFC_4122, UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iceshop.kernel.ids import CODE_ALPHABET, new_id, normal_code, repeatable, short_code


def test_ids_sort_as_they_were_made() -> None:
    made = [new_id() for _ in range(5000)]
    assert made == sorted(made)
    assert len(set(made)) == 5000


def test_ids_of_many_threads_are_all_different() -> None:
    with ThreadPoolExecutor(8) as pool:
        made = list(pool.map(lambda _: new_id(), range(4000)))
    assert len(set(made)) == 4000
    assert len({one.int >> 80 for one in made}) == 4000


def test_id_has_the_layout_of_version_seven() -> None:
    one = new_id()
    assert (one.version, one.variant) == (7, RFC_4122)
    assert one.int >> 80 >= datetime(2024, 1, 1, tzinfo=UTC).timestamp() * 1000
    assert UUID(str(one)) == one


@pytest.mark.parametrize("length", [1, 6, 12])
def test_code_has_the_length_asked_for(length: int) -> None:
    assert len(short_code(length)) == length


def test_codes_use_the_whole_alphabet_and_nothing_else() -> None:
    assert set(short_code(5000)) == set(CODE_ALPHABET)


def test_alphabet_has_no_signs_that_look_alike() -> None:
    assert set(CODE_ALPHABET) & set("01OILU") == set()
    assert len(set(CODE_ALPHABET)) == len(CODE_ALPHABET) == 30


@given(st.lists(st.sampled_from(CODE_ALPHABET), min_size=4, max_size=8).map("".join))
def test_code_is_found_however_it_is_typed(code: str) -> None:
    spaced = f" {code[:3]} {code[3:]} ".lower()
    assert normal_code(code) == normal_code(spaced) == normal_code("-".join(code)) == code


def test_seed_repeats_keys_and_codes() -> None:
    def made(seed: int) -> list[object]:
        with repeatable(seed):
            return [new_id(), short_code(), new_id()]

    assert made(1) == made(1)
    assert made(1) != made(2)
    assert new_id() != made(1)[0]


def test_seed_ends_with_its_block_also_after_an_error() -> None:
    with pytest.raises(ZeroDivisionError), repeatable(1):
        _ = 1 // 0
    assert new_id().int >> 80 > 1_000_000_000_000
