"""Every check keeps the contract: it speaks of its bad sample, is silent on its good one, says why,
and what it mends is mended."""

import re
from pathlib import Path

import pytest
from django.utils.translation import override

from meanwhile.courses.files import normal
from meanwhile.courses.source import CourseSource
from meanwhile.insights.check import SUBJECTS, Check
from meanwhile.insights.checks import CHECKS
from meanwhile.insights.evidence import Status
from meanwhile.insights.study import Study

ALL = pytest.mark.parametrize("check", CHECKS.values(), ids=lambda check: check.name)
FILES = {
    path.stem.replace("_", "-") for path in (Path(__file__).parents[1] / "checks").glob("*.py")
}


def study_of(sample: CourseSource | Study) -> Study:
    return sample if isinstance(sample, Study) else Study(sample)


def test_there_are_at_least_thirty_and_each_file_is_one():
    assert len(CHECKS) >= 30
    assert FILES - {"--init--"} == set(CHECKS)


@ALL
def test_it_remarks_on_its_bad_sample_in_a_sentence(check: Check):
    found = list(check.findings(study_of(check.bad())))
    assert found, "it has nothing to say about its bad sample"
    for each in found:
        assert each.check == check.name
        assert each.says.strip().endswith((".", "”", "?")), each.says
        assert "%(" not in each.says


@ALL
def test_it_has_nothing_to_say_about_its_good_sample(check: Check):
    assert [each.says for each in check.findings(study_of(check.good()))] == []


@ALL
def test_it_says_where_with_file_and_line(check: Check):
    for each in check.findings(study_of(check.bad())):
        if check.about == "class":
            assert each.place.title
        elif each.place.path.endswith(".md"):
            assert each.place.line > 0
        else:
            assert each.place.path.startswith("media/")


@ALL
def test_it_says_what_why_how_and_on_what_grounds(check: Check):
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*", check.name)
    assert check.subject in SUBJECTS
    for words in (check.what, check.why, check.how, check.evidence.says):
        assert str(words).strip()
    assert len(re.findall(r"[.!?](?:\s|$)", str(check.why))) == 1, "why is one sentence"
    assert bool(check.evidence.source) != (check.evidence.status is Status.SENSE)
    if check.evidence.status in (Status.LINKED, Status.LINKED_UNREAD):
        assert re.search("associated with|fell off", str(check.evidence.says))


@ALL
def test_what_it_mends_is_mended_and_is_still_a_course(check: Check):
    if not check.fix:
        assert not check.mend(
            study_of(check.bad()).source, next(iter(check.look(study_of(check.bad()))))[0]
        )
        return
    source = check.bad()
    for _round in range(20):
        found = list(check.findings(Study(source)))
        if not found:
            break
        assert check.mend(source, found[0].place), "the button does nothing"
        source = normal(source)
    assert list(check.findings(Study(source))) == []


@ALL
def test_its_words_are_for_translation(check: Check):
    """The words of a class are lazy: they are looked up in the reader's language, not at start."""
    with override("en-gb"):
        for words in (check.what, check.why, check.how, check.evidence.says):
            assert type(words).__name__ == "__proxy__"
