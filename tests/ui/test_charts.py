"""Numbers become positions, never with a comma and never outside the drawing."""

import pytest

from cabi_crm.ui.charts import bar, length, spark


@pytest.mark.parametrize(
    ("part", "whole", "expected"),
    [(1, 3, "33.33%"), (1, 2, "50%"), (5, 4, "100%"), (-1, 4, "0%"), (1, 0, "0%"), (0, 0, "0%")],
)
def test_a_length_stays_inside_the_drawing(part, whole, expected):
    assert length(part, whole) == expected


def test_a_spark_runs_from_edge_to_edge_highest_at_the_top():
    line = spark([0, 5, 10])

    assert (line.path, line.end, line.goal) == ("M0 28 L50 16 L100 4", "4", "")


def test_a_goal_above_all_points_lowers_the_line():
    line = spark([0, 5], goal=10)

    assert (line.path, line.goal) == ("M0 28 L100 16", "M0 4H100")


def test_a_level_line_lies_in_the_middle():
    assert spark([3, 3]).path == "M0 16 L100 16"


@pytest.mark.parametrize("points", [[], [4]])
def test_one_point_is_no_development(points):
    assert spark(points) is None


def test_a_bar_has_a_line_where_it_is_compared():
    drawn = bar("2–9", 43, 100, text="43 %", bench=48)

    assert (drawn.width, drawn.back, drawn.bench) == ("43%", "100%", "48%")


def test_a_bar_may_be_compared_on_another_scale():
    assert bar("2–9", 113, 512, text="22 %", bench=48, bench_whole=100).bench == "48%"


def test_a_bar_may_stand_without_ground_and_line():
    drawn = bar("7", 1, 2, text="1", ground=False)

    assert (drawn.back, drawn.bench) == ("", "")
