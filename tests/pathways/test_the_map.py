"""The drawing: lanes, stacking, labels that do not run into each other."""

from itertools import pairwise

import pytest

from pathways import drawing
from pathways.drawing import Mark, stacked, text_width, wrap
from pathways.models import Pathway
from pathways.words import drawn
from tests.pathways.conftest import lay
from wbl.tenancy.models import District


def texts(marks: list[Mark]) -> list[str]:
    return [mark.text for mark in marks if mark.kind == "text"]


def test_credentials_that_stack_are_carried_along_and_others_are_not(in_cedar: District) -> None:
    lay()
    steps = list(Pathway.objects.drawn().get().steps.all())
    boxes = [[(" ".join(box.lines), box.earned) for box in stack] for stack in stacked(steps, 200, "%(count)s before")]
    assert boxes == [
        [("OSHA 10", True)],
        [("OSHA 10", False), ("First aid card", True)],
        [("OSHA 10", False), ("NIMS Measurement", True)],
    ]


def test_more_than_two_carried_ones_are_counted(in_cedar: District) -> None:
    made = lay()
    first = made.steps.first()
    for name in ("A", "B"):
        first.credentials.create(name=name)
    steps = list(Pathway.objects.drawn().get().steps.all())
    assert stacked(steps, 200, "%(count)s before")[2][0].lines == ["3 before"]


@pytest.mark.parametrize("count", [1, 2, 6, 12])
def test_labels_of_neighbors_never_meet(in_cedar: District, count: int) -> None:
    made = Pathway.objects.create(name="Long", cluster="health")
    for n in range(count):
        made.append_step(grade=f"Stillhouse Creek Tech Center, year {n}", name="Advanced Cardiovascular Care Practicum")
    picture = drawn(Pathway.objects.drawn().get(pk=made.pk))
    assert picture is not None
    lines: dict[float, list[Mark]] = {}
    for mark in picture.marks:
        if mark.kind == "text" and mark.css.startswith("t-mid"):
            lines.setdefault(mark.y, []).append(mark)
    for row in lines.values():
        spans = sorted((m.x - text_width(m.text, bold=True) / 2, m.x + text_width(m.text, bold=True) / 2) for m in row)
        assert all(left[1] <= right[0] for left, right in pairwise(spans))
        assert spans[-1][1] <= picture.width


def test_a_pathway_without_steps_has_no_map(in_cedar: District) -> None:
    made = Pathway.objects.create(name="Empty", cluster="health")
    assert drawn(Pathway.objects.drawn().get(pk=made.pk)) is None


def test_a_word_too_long_for_its_column_is_left_whole() -> None:
    assert wrap("Donaudampfschifffahrt Care", 60) == ["Donaudampfschifffahrt", "Care"]
    assert wrap("", 60) == []
    assert wrap("one two three four five six", 30, most=2)[1].endswith("six")


def test_every_way_in_and_out_stands_on_the_map(in_cedar: District) -> None:
    lay()
    picture = drawn(Pathway.objects.drawn().get())
    assert picture is not None
    said = texts(picture.marks)
    for words in ("Any 8th grader", "no test, no fee", "Transfers", "Machine operator", "$18.40 an hour", "Tool fund"):
        assert words in said
    assert len([m for m in picture.marks if m.css == "stop"]) == 3
    assert drawing.SIX == 6
