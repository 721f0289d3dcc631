from iceshop.infra.draw.groups import LadderCell, ladder, range_cells, states_from_counts

STEPS = [(6, "125 ₺"), (10, "118 ₺"), (18, "110 ₺")]


def parts(cells: tuple[LadderCell, ...]) -> list[str]:
    return [cell.part for cell in cells]


def test_ladder_marks_reader_among_the_people_and_the_reached_step() -> None:
    cells = ladder(people=10, room=18, steps=STEPS, you=1)
    assert [cell.state for cell in cells] == ["taken"] * 9 + ["you"] + ["empty"] * 8
    assert parts(cells) == ["done"] * 6 + ["current"] * 4 + ["ahead"] * 8


def test_ladder_before_the_first_step_leads_to_it() -> None:
    cells = ladder(people=4, room=18, steps=STEPS)
    assert parts(cells) == ["current"] * 6 + ["ahead"] * 12


def test_ladder_places_each_step_under_its_cube() -> None:
    cells = ladder(people=4, room=18, steps=STEPS)
    placed = {index: cell.tick.text for index, cell in enumerate(cells, 1) if cell.tick}
    assert placed == {6: "125 ₺", 10: "118 ₺", 18: "110 ₺"}


def test_ladder_leaves_out_a_step_beyond_the_room() -> None:
    cells = ladder(people=4, room=12, steps=STEPS)
    assert [cell.tick.people for cell in cells if cell.tick] == [6, 10]


def test_ladder_moves_a_crowded_label_to_the_second_row() -> None:
    cells = ladder(people=3, room=20, steps=[(2, "%10"), (3, "%15"), (12, "%20")])
    ticks = [cell.tick for cell in cells if cell.tick]
    assert [(tick.second_row, tick.from_start) for tick in ticks] == [
        (False, True),
        (True, True),
        (False, False),
    ]


def test_ladder_without_steps_is_a_row_of_cubes() -> None:
    assert parts(ladder(people=2, room=3, steps=[])) == ["ahead"] * 3


def test_range_fills_to_low_and_pales_to_high() -> None:
    cells = range_cells(low=11, expected=14, high=16, room=18)
    assert [cell.kind for cell in cells] == ["low"] * 11 + ["high"] * 5 + ["open"] * 2
    assert [index for index, cell in enumerate(cells, 1) if cell.expected] == [14]
    assert {index: cell.label for index, cell in enumerate(cells, 1) if cell.label} == {
        11: "11",
        14: "14",
        16: "16",
    }


def test_range_drops_the_label_beside_the_expected_number() -> None:
    cells = range_cells(low=13, expected=14, high=16, room=18)
    assert [cell.label for cell in cells if cell.label] == ["14", "16"]


def test_range_grows_beyond_a_room_that_is_too_small() -> None:
    assert len(range_cells(low=2, expected=3, high=5, room=0)) == 5


def test_states_come_in_order_of_nearness_and_fill_up_with_empty() -> None:
    assert states_from_counts(room=6, redeemed=1, arrived=1, coming=1, unanswered=1) == (
        "redeemed",
        "arrived",
        "coming",
        "unanswered",
        "empty",
        "empty",
    )
