"""What is being written can be taken out as files, also before it is published."""

import io

from meanwhile.courses.files import read_zip
from meanwhile.courses.models import Block


def taken_out(writer):
    answer = writer.get("export")
    assert answer.headers["Content-Disposition"].endswith('-being-written.zip"')
    return read_zip(io.BytesIO(b"".join(answer.streaming_content)))


def test_it_holds_what_is_written_and_not_published(writer, cast):
    writer.write("text-0", "A glowworm glows.")
    writer.order("add unit", title="All new")
    made = taken_out(writer)
    lesson = made.units[0].lessons[0]
    assert lesson.blocks[0].body == "A glowworm glows."
    assert made.units[-1].title == "All new"
    assert not Block.objects.filter(body__contains="glowworm").exists()


def test_where_nothing_was_written_it_is_the_course_as_published(writer, as_):
    published = as_("okafor").get(f"/courses/{writer.course.pk}/export/")
    before = read_zip(io.BytesIO(b"".join(published.streaming_content)))
    assert taken_out(writer).units == before.units


def test_taking_it_out_writes_nothing(writer):
    writer.write("text-0", "A glowworm glows.")
    on = writer.lesson().document.token
    taken_out(writer)
    assert writer.lesson().document.token == on
