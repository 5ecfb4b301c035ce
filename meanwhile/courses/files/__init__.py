"""Courses as files: read from a folder or a zip, and written to one (docs/course-files.md).

`read_folder` and `read_zip` also take the other formats there are (courses/formats.py).
"""

from pathlib import Path
from typing import BinaryIO

from meanwhile.courses.files.folders import list_folder, write_files
from meanwhile.courses.files.listing import Listing
from meanwhile.courses.files.reading import read_files
from meanwhile.courses.files.writing import files_of
from meanwhile.courses.files.zips import list_zip, write_package
from meanwhile.courses.source import CourseSource


def read_folder(path: str | Path) -> CourseSource:
    """A course from a folder.

    Raises:
        Refused: with everything that is wrong.
    """
    from meanwhile.courses.formats import read_listing

    return read_listing(list_folder(Path(path)))


def read_zip(file: BinaryIO) -> CourseSource:
    """A course from a zip. Keep `file` open as long as the course's files are read.

    Raises:
        Refused: with everything that is wrong.
    """
    from meanwhile.courses.formats import read_listing

    return read_listing(list_zip(file))


def write_folder(source: CourseSource, path: str | Path) -> None:
    """Write a course to a folder that is empty or not there yet.

    Raises:
        FileExistsError: there is something in it already.
    """
    write_files(files_of(source), Path(path))


def write_zip(source: CourseSource, target: BinaryIO) -> None:
    """Write a course as a zip: the same course, the same bytes."""
    write_package(files_of(source), target, source.uid)


def normal(source: CourseSource) -> CourseSource:
    """The course as it would be read back from its files: every rule checked, one way to say each
    thing. What another format or an editor made goes through here.

    Raises:
        Refused: with everything that is wrong.
    """
    again = read_files(Listing(files_of(source)))
    again.remarks = [*source.remarks]
    return again


__all__ = ["normal", "read_folder", "read_zip", "write_folder", "write_zip"]
