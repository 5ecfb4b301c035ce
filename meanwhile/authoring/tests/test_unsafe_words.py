"""Nothing that is typed into the editor can act, on any page that shows it."""

from html.parser import HTMLParser

import pytest

from meanwhile.courses.tests.test_unsafe_words import ADDRESSES, MARKUP, TEX

PAYLOADS = [*MARKUP, *(f"[x]({each})" for each in ADDRESSES), *(f"${each}$" for each in TEX)]
PAYLOADS = [" ".join(each.replace("\x00", "").split()) for each in PAYLOADS]
BAD = ("javascript:", "vbscript:", "data:text", "data:image/svg", "file:", "blob:", "view-source:")


class Looker(HTMLParser):
    """Goes through a page as a browser would and notes what could act and is not ours."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.wrong: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: (value or "").strip().lower() for name, value in attrs}
        if tag in ("iframe", "object", "embed", "base", "style"):
            self.wrong.append(tag)
        if tag == "script" and not values.get("src", "").startswith("/static/"):
            self.wrong.append(f"script {values}")
        self.wrong += [
            f"{tag} {name}" for name in values if name.startswith("on") or name == "style"
        ]
        for name in ("href", "src", "action", "formaction", "hx-get", "hx-post", "url"):
            if values.get(name, "").startswith(BAD):
                self.wrong.append(f"{tag} {name}={values[name]}")
        if tag == "form" and values.get("action", "/").startswith("http"):
            self.wrong.append(f"form {values}")


def faults(page) -> list[str]:
    looker = Looker()
    looker.feed(page.content.decode())
    return looker.wrong


@pytest.fixture
def hostile(writer):
    """Every trick in every sink: text, question, answers, hints, film, titles, files' names."""
    writer.write("text-0", "\n\n".join(PAYLOADS))
    options = "\n".join(f"* [ ] {each} :: {each}" for each in PAYLOADS)
    hints = "\n".join(f"? {each}" for each in PAYLOADS)
    writer.write("fish-0", f"{PAYLOADS[0]}\n\n* [x] a\n{options}\n{hints}\n! {PAYLOADS[1]}")
    writer.write("fish-1", "\n".join(PAYLOADS))
    for each in PAYLOADS[::8]:
        writer.order("add unit", title=each)
        writer.arrange("add", kind="text", uid="", text=each)
    writer.order("rename lesson", uid="lesson-0-0", title=PAYLOADS[2])
    return writer


def test_nothing_of_it_acts_where_it_is_written(hostile, figure):
    wrong = []
    pages = [("lesson", ""), ("lesson", "?part=text-0"), ("lesson", "?part=fish-0"),
             ("lesson", "?front"), ("versions", "")]  # fmt: skip
    for name, query in pages:
        wrong += faults(hostile.get(name, query, lesson="lesson-0-0"))
    for name in ("outline", "publishing"):
        wrong += faults(hostile.get(name))
    preview = f"/courses/{hostile.course.pk}/writing/lessons/lesson-0-0/view/"
    wrong += faults(hostile.client.get(preview))
    figure(f"{len(PAYLOADS)} payloads x 6 sinks x {len(pages) + 3} pages: {len(wrong)} act")
    assert len(PAYLOADS) * 6 >= 200
    assert not wrong


def test_a_planted_fault_is_seen():
    looker = Looker()
    looker.feed("<p onclick='x'><a href=' JavaScript:x'></a><script>x</script>")
    assert len(looker.wrong) == 3
