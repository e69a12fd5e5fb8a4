"""Bubbles lie where places lie: north is up, a mile is a mile both ways, and one place alone is no continent."""

import pytest

from wbl.web.maps import EDGE, HIGHEST, WIDE, Dot, bubbles, region_of

ADA, CHANDLER, TULSA = Dot("Ada", 34.76, -96.68, 5), Dot("Chandler", 35.7, -96.88, 3), Dot("Tulsa", 36.15, -95.99, 1)


@pytest.mark.parametrize("dots", [[ADA], [ADA, CHANDLER], [ADA, CHANDLER, TULSA]])
def test_every_near_place_lies_inside(dots: list[Dot]) -> None:
    region = region_of(dots)
    assert region.near == tuple(dots)
    for dot in dots:
        x, y = region.at(dot.lat, dot.lon)
        assert EDGE - 1 <= x <= WIDE - EDGE + 1
        assert EDGE - 1 <= y <= min(region.height, HIGHEST) - EDGE + 1


def test_north_is_up_and_a_mile_is_as_long_both_ways() -> None:
    region = region_of([ADA, CHANDLER, TULSA])
    (x, y), (east, _), (_, north) = (region.at(35.0, -96.5), region.at(35.0, -96.4), region.at(35.1, -96.5))
    assert north < y
    assert (east - x) / (y - north) == pytest.approx(0.82, abs=0.01)  # the cosine of 35 degrees


def test_one_that_moved_away_does_not_shrink_the_rest() -> None:
    newark = Dot("Newark", 40.74, -74.17, 1)
    region = region_of([ADA, CHANDLER, newark])
    assert region.far == (newark,)
    assert "Too far away to be drawn: 1 (Newark)." in bubbles([ADA, CHANDLER, newark], says="", heading="Place").says


def test_nothing_to_draw_is_said() -> None:
    assert "Nothing to draw yet" in bubbles([], says="Partners.", heading="Place").svg
