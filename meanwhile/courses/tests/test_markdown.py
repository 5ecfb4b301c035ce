"""Markdown as lessons use it."""

import re

import pytest

from meanwhile.courses.markdown import render, render_block, render_phrase, words
from meanwhile.courses.rendering import heading_of


def asset_url(path: str) -> str:
    return f"/files/{path}"


def html(source: str, **more) -> str:
    return render_block(source, "b", asset_url=asset_url, **more)


def test_parts_at_the_top_carry_their_place():
    made = html("One\n\nTwo\n\n- a\n\n  b\n\n> c\n\n```\nd\n```")
    assert re.findall(r'id="b-(p\d)"', made) == ["p1", "p2", "p3", "p4", "p5"]


def test_headings_begin_below_the_page_s_own_and_never_share_an_id():
    made = html("# A\n\n## A\n\n### Ombre é\n\n##### tiny")
    assert '<h2 id="b--a">' in made
    assert '<h2 id="b--a-2">' in made
    assert '<h3 id="b--ombre-é">' in made
    assert "<h1" not in made


@pytest.mark.parametrize(
    ("source", "question", "levels"),
    [
        ("# a\n\n## b\n\n### c", False, "223"),
        ("## a\n\n#### b\n\n#### c", False, "233"),
        ("### a\n\n##### b", False, "34"),
        ("### a\n\n##### b\n\n### c", True, "232"),
        ("###### a", True, "2"),
    ],
)
def test_no_level_of_headings_is_skipped(source, question, levels):
    made = render_block(source, "b", question=question)
    assert "".join(re.findall(r"<h(\d)", made)) == levels


def test_a_text_of_its_own_has_no_ids():
    assert " id=" not in render("# A\n\nb\n\n$$x$$")


def test_ids_of_two_blocks_never_meet():
    source = "## A\n\nb[^1]\n\n[^1]: c"
    ids = [
        found
        for uid, key in [("x", "body"), ("x", "why"), ("x", "hint-0"), ("y", "body")]
        for found in re.findall(r'id="([^"]+)"', render_block(source, uid, key=key))
    ]
    assert len(ids) == len(set(ids)) > 8


def test_footnotes_lead_there_and_back():
    made = html("a[^x] b[^x]\n\n[^x]: note")
    for target in re.findall(r'href="#([^"]+)"', made):
        assert f'id="{target}"' in made


def test_a_picture_has_its_words_and_waits_until_it_is_seen():
    made = html("![A *prism*](media/prism.svg)")
    assert 'src="/files/media/prism.svg" alt="A prism"' in made
    assert 'loading="lazy" decoding="async"' in made


def test_a_picture_with_a_title_is_a_figure_with_a_caption():
    made = html('![A prism](media/prism.svg "White light comes apart")')
    assert re.search(r"<figure.*<figcaption>White light comes apart</figcaption></figure>", made)
    assert "<p" not in made


def test_a_decoration_says_nothing():
    made = html('![](media/line.svg "decorative")')
    assert 'alt=""' in made
    assert "figcaption" not in made
    assert "title=" not in made


def test_a_picture_knows_its_size_where_the_course_does():
    class Files:
        def __call__(self, path):
            return path

        def pixels(self, path):
            return (640, 480)

    assert 'width="640" height="480"' in render("![x](media/a.png)", asset_url=Files())


def test_a_picture_elsewhere_is_a_link_never_fetched():
    made = html("![A cat](https://example.org/cat.png)")
    assert "<img" not in made
    assert '<a href="https://example.org/cat.png" rel="noopener noreferrer">A cat</a>' in made


def test_a_picture_that_is_not_there_leaves_its_words():
    assert render("![A prism](media/gone.svg)", asset_url=lambda path: "") == (
        '<p><span class="no-picture">A prism</span></p>'
    )


@pytest.mark.parametrize(
    ("source", "href"),
    [
        ("[x](lesson:shadows)", "../shadows/"),
        ("[x](lesson:shadows#edge)", "../shadows/#edge"),
        ("[x](media/data.csv)", "/files/media/data.csv"),
        ("[x](<media/my data.csv>)", "/files/media/my data.csv"),
        ("[x](mailto:a@example.org)", "mailto:a@example.org"),
        ("[x](https://example.org/?a=b&c)", "https://example.org/?a=b&amp;c"),
        ("[x](#look)", "#look"),
        ("## A b\n\n[x](#a-b)", "#b--a-b"),
    ],
)
def test_links_lead_where_they_say(source, href):
    assert f'href="{href}"' in html(source)


def test_links_outwards_give_nothing_away():
    assert 'rel="noopener noreferrer"' in html("<https://example.org>")
    assert "rel=" not in html("[x](lesson:shadows)")


@pytest.mark.parametrize("target", ["/admin/", "../x", "x.md", "//example.org", "ftp://a/b", "?a"])
def test_links_that_lead_nowhere_we_know_are_words(target):
    assert "<a" not in html(f"[x]({target})")


def test_a_table_can_be_scrolled_and_lines_up_by_class():
    made = html("| a | b |\n|--|--:|\n| 1 | 2 |")
    assert 'tabindex="0"' in made
    assert '<td class="align-end">2</td>' in made
    assert '<th scope="col">a</th>' in made
    assert "style=" not in made


@pytest.mark.parametrize("info", ["python", "{.python}", "language-python", "Python", "python x"])
def test_code_is_marked_by_class(info):
    made = html(f"```{info}\nprint(1)\n```")
    assert '<span class="hl-nb">print</span>' in made
    assert "style=" not in made


def test_code_in_an_unknown_language_is_shown_as_it_is():
    assert "<code>a &lt; b\n</code>" in html("```klingon\na < b\n```")


def test_a_formula_is_mathml():
    assert '<math display="inline"><mrow><msup><mi>x</mi><mn>2</mn></msup></mrow></math>' in html(
        "so $x^2$ is"
    )
    assert '<math display="block">' in html("$$\n\\frac{a}{b}\n$$")


def test_money_is_not_a_formula():
    assert "<math" not in html("It costs $5 and $6, or $ 7 $.")


@pytest.mark.parametrize(
    "tex",
    [r"\foo{x}", r"\frac{a", "{" * 500, "x" * 5000, r"\href{x}{y}", r"\def\a{b}\a", r"\left(", "^"],
)
def test_a_formula_that_fails_shows_its_source_and_says_why(tex):
    made = html(f"a ${tex}$ b")
    if "<math" not in made:
        assert f"<code>{tex}</code> <small>" in made
    assert made.startswith("<p")


def test_callouts_hold_each_other():
    made = html("::: note Two *things*\na\n\n::: tip\nb\n:::\n\nc\n:::\n\nd")
    assert made.count('<div class="note-box') == 2
    assert "<b>Note: </b>Two <em>things</em></p>" in made
    assert made.index("<p>c</p>") < made.rindex("</div>") < made.index("d</p>")


def test_callouts_with_more_colons_hold_those_with_fewer():
    made = html(":::: key\n::: warning\na\n:::\nb\n::::\nc")
    inner, outer = made.index("</div>"), made.rindex("</div>")
    assert inner < made.index("<p>b</p>") < outer < made.index(">c</p>")


def test_colons_in_code_close_nothing():
    made = html("::: note\n```\n:::\n```\nstill\n:::\nout")
    assert made.index("still") < made.index("</div>") < made.index("out")


def test_a_callout_that_nobody_closes_ends_with_its_text():
    assert html("::: note\na").endswith("</div>")


def test_unknown_colons_are_words():
    assert "note-box" not in html("::: spoiler\na\n:::")


def test_lists_to_tick_say_what_is_done():
    made = html("- [ ] plan\n- [x] draw")
    assert 'aria-label="not done yet"></span> plan' in made
    assert 'aria-label="done"></span> draw' in made
    assert "<input" not in made


def test_html_is_words():
    assert html("<b>x</b> <!-- y -->").endswith("&lt;b&gt;x&lt;/b&gt; &lt;!-- y --&gt;</p>")


def test_a_phrase_fits_in_a_label():
    made = render_phrase("## *a*\n\n- [b](https://example.org)\n\n$x$ ![c](media/c.svg)")
    assert not re.search(r"<(p|h2|ul|li|a|div|figure)\b", made)
    assert "<em>a</em>" in made
    assert "<math" in made


def test_words_are_left_of_marks():
    assert words("## A *b* `c`\n\n[d](https://e) ![f](g)") == "A b c d f"


@pytest.mark.parametrize(
    ("body", "heading"),
    [
        ("## What the *water* does\n\ntext", "What the water does"),
        ("text\n\n## later", ""),
        ("#no heading", ""),
        ("", ""),
    ],
)
def test_a_block_s_line_in_the_outline_is_the_heading_it_begins_with(body, heading):
    assert heading_of("text", {}, body) == heading


@pytest.mark.parametrize(
    "source",
    [
        "[" * 20_000,
        "*a_" * 10_000,
        "$" * 20_000,
        "> " * 5_000 + "x",
        "::: note\n" * 3_000,
        "`" * 20_000,
        "![" * 10_000,
        "- " * 3_000 + "x",
        "[^a]: x\n" * 3_000 + "[^a]" * 3_000,
        "|a" * 3_000 + "\n" + "|-" * 3_000,
    ],
)
def test_nasty_texts_are_read_in_time(source):
    import time

    start = time.perf_counter()
    html(source)
    assert time.perf_counter() - start < 5
