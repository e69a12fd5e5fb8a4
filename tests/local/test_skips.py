"""A skip that nobody listed fails the run of .ci/run."""

from types import SimpleNamespace

from wbl.local import skips


def skipped(test: str, reason: str) -> SimpleNamespace:
    return SimpleNamespace(nodeid=test, longrepr=("tests/x.py", 1, f"Skipped: {reason}"))


def test_only_listed_skips_with_their_reason_pass(tmp_path):
    listed = tmp_path / "expected.txt"
    listed.write_text("# why\n\ntests/x.py::test_a  no data here\n")
    listed.write_text(listed.read_text() + "tests/x.py::test_c[*]  no data here\n")
    known = skipped("tests/x.py::test_a", "no data here: set WBL_TEST_DATA")
    parameter = skipped("tests/x.py::test_c[one]", "no data here")
    assert skips.unexpected([known, parameter], listed) == []
    other_reason = skipped("tests/x.py::test_a", "too slow")
    other_test = skipped("tests/x.py::test_b", "no data here")
    assert skips.unexpected([other_reason, other_test], listed) == [
        "tests/x.py::test_a  too slow",
        "tests/x.py::test_b  no data here",
    ]
