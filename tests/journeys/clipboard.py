"""What programs put on the clipboard, shape by shape, and the Markdown that it should become.

Each sample was written for these tests in the shape that the named program uses: its wrappers,
its classes and styles, its way with lists. The words are our own.
"""

WORD = "<html xmlns:o='urn:schemas-microsoft-com:office:office'><head><style>p.MsoNormal{margin:0}</style></head><body>"
DOCS = '<meta charset="utf-8"><b style="font-weight:normal;" id="docs-internal-guid-1">{}</b>'
FRAGMENT = "<html><body><!--StartFragment-->{}<!--EndFragment--></body></html>"


def item(level: int, mark: str, words: str) -> str:
    """A list item as Word writes it: a paragraph with its mark in front."""
    return (
        f"<p class=MsoListParagraph style='text-indent:-18.0pt;mso-list:l0 level{level} lfo1'>"
        f"<span style='mso-list:Ignore'>{mark}<span style='font:7.0pt'>&nbsp;&nbsp; </span></span>"
        f"{words}</p>"
    )


SAMPLES: dict[str, tuple[str, str]] = {
    # --- a word processor with office markup
    "word: paragraphs": (
        WORD + "<p class=MsoNormal>Light is <b>slower</b> in water.<o:p></o:p></p>"
        "<p class=MsoNormal><i>Why?</i><o:p></o:p></p></body></html>",
        "Light is **slower** in water.\n\n*Why?*",
    ),
    "word: headings": (
        WORD + "<h1>Light</h1><h2>Shadows</h2><h3>Soft edges</h3><p class=MsoNormal>Words.</p>",
        "## Light\n\n## Shadows\n\n### Soft edges\n\nWords.",
    ),
    "word: title style": (
        WORD + "<p class=MsoTitle>Light and colour</p><p class=MsoNormal>Words.</p>",
        "## Light and colour\n\nWords.",
    ),
    "word: bullets": (
        WORD + item(1, "·", "a lamp") + item(1, "·", "a card"),
        "- a lamp\n- a card",
    ),
    "word: numbers": (
        WORD + item(1, "1.", "Look.") + item(1, "2.", "Draw."),
        "1. Look.\n1. Draw.",
    ),
    "word: list in a list": (
        WORD + item(1, "·", "a lamp") + item(2, "o", "with a bulb") + item(1, "·", "a card"),
        "- a lamp\n  - with a bulb\n- a card",
    ),
    "word: list after words": (
        WORD + "<p class=MsoNormal>You need:</p>" + item(1, "·", "a lamp"),
        "You need:\n\n- a lamp",
    ),
    "word: hidden words": (
        WORD + "<p class=MsoNormal>Seen<span style='mso-hide:all;display:none'>not</span>.</p>",
        "Seen.",
    ),
    "word: comments and sections": (
        WORD + "<!--[if gte mso 9]><xml><w:View/></xml><![endif]-->"
        "<div class=WordSection1><p class=MsoNormal>Words.</p></div>",
        "Words.",
    ),
    "word: table": (
        WORD + "<table class=MsoTableGrid border=1><tr><td><p class=MsoNormal>Angle in</p></td>"
        "<td><p class=MsoNormal>Angle out</p></td></tr><tr><td><p>20</p></td><td><p>20</p></td></tr>"
        "</table>",
        "| Angle in | Angle out |\n| --- | --- |\n| 20 | 20 |",
    ),
    "word: bold by style, run by run": (
        WORD + "<p class=MsoNormal><span style='font-weight:bold'>Bo</span>"
        "<span lang=EN-GB>ld </span>plain</p>",
        "**Bo**ld plain",
    ),
    "word: link": (
        WORD + '<p class=MsoNormal>See <a href="https://example.org/a"><span>there</span></a>.</p>',
        "See [there](https://example.org/a).",
    ),
    "word: footnote mark leads nowhere": (
        WORD + '<p class=MsoNormal>Words<a href="#_ftn1"><sup>[1]</sup></a>.</p>',
        "Words\\[1\\].",
    ),
    # --- documents on the web
    "docs: paragraphs": (
        DOCS.format('<p dir="ltr" style="line-height:1.38;"><span style="font-weight:400;'
                    'font-style:normal;">Light travels.</span></p><br /><p dir="ltr"><span>Far.'
                    "</span></p>"),
        "Light travels.\n\nFar.",
    ),
    "docs: bold and italic by style": (
        DOCS.format('<p><span style="font-weight:700;">bold</span><span style="font-weight:400;"> '
                    'and </span><span style="font-style:italic;">slanted</span></p>'),
        "**bold** and *slanted*",
    ),
    "docs: headings": (
        DOCS.format('<h1 dir="ltr"><span style="font-weight:400;">Light</span></h1>'
                    '<h3 dir="ltr"><span style="font-weight:700;">Shadows</span></h3>'),
        "## Light\n\n### Shadows",
    ),
    "docs: list": (
        DOCS.format('<ul><li dir="ltr" aria-level="1"><p role="presentation"><span>one</span></p>'
                    '</li><li dir="ltr" aria-level="1"><p role="presentation"><span>two</span></p>'
                    "</li></ul>"),
        "- one\n- two",
    ),
    "docs: list in a list beside the item": (
        DOCS.format("<ul><li><p>one</p></li><ul><li><p>inside</p></li></ul><li><p>two</p></li></ul>"),
        "- one\n  - inside\n- two",
    ),
    "docs: table": (
        DOCS.format("<div><table><colgroup><col/></colgroup><tbody><tr><td><p>a</p></td><td><p>b"
                    "</p></td></tr><tr><td><p>1</p></td><td><p>2</p></td></tr></tbody></table></div>"),
        "| a | b |\n| --- | --- |\n| 1 | 2 |",
    ),
    "docs: struck": (
        DOCS.format('<p><span style="text-decoration:line-through;">gone</span> kept</p>'),
        "~~gone~~ kept",
    ),
    "docs: line break": (
        DOCS.format("<p><span>one</span><span><br /></span><span>two</span></p>"),
        "one\\\ntwo",
    ),
    # --- an office suite that is free
    "office: paragraphs": (
        '<html><head><meta name="generator" content="Office"/><style>p{margin:0}</style></head>'
        '<body lang="en-GB"><p style="margin-bottom: 0cm"><b>Bold</b> and <i>slanted</i></p></body>',
        "**Bold** and *slanted*",
    ),
    "office: fonts": (
        '<p><font face="Liberation Serif"><font size="4" style="font-size: 14pt">Words</font></font>'
        "</p>",
        "Words",
    ),
    "office: list": (
        '<ol><li><p style="margin-bottom: 0cm">one</p></li><li><p>two</p></li></ol>',
        "1. one\n2. two",
    ),
    # --- pages
    "page: article": (
        FRAGMENT.format('<h2 style="color: rgb(1,2,3);">Shadows</h2><p>A shadow is where light '
                        'does <em>not</em> come.</p><nav>Menu</nav>'),
        "## Shadows\n\nA shadow is where light does *not* come.\n\nMenu",
    ),
    "page: words in the middle of a paragraph": (
        FRAGMENT.format("<span>only </span><strong>some</strong><span> words</span>"),
        "only **some** words",
    ),
    "page: nested wrappers": (
        FRAGMENT.format("<div><div><section><p>one</p><div>two</div></section></div></div>"),
        "one\n\ntwo",
    ),
    "page: link with brackets": (
        FRAGMENT.format('<p><a href="https://example.org/a_(b)">a page</a></p>'),
        "[a page](<https://example.org/a_(b)>)",
    ),
    "page: bare link": (
        FRAGMENT.format('<p><a href="https://example.org/x">https://example.org/x</a></p>'),
        "<https://example.org/x>",
    ),
    "page: script link": (
        FRAGMENT.format('<p><a href="javascript:alert(1)">press</a></p>'),
        "press",
    ),
    "page: script, style, form": (
        FRAGMENT.format("<script>alert(1)</script><style>p{}</style><p>kept</p><button>no</button>"
                        "<iframe src='https://example.org'></iframe>"),
        "kept",
    ),
    "page: picture with a handler": (
        FRAGMENT.format('<p>before<img src="x" onerror="alert(1)" alt="a cat">after</p>'),
        "beforeafter",
    ),
    "page: quotation": (
        FRAGMENT.format("<blockquote><p>one</p><p>two</p></blockquote>"),
        "> one\n>\n> two",
    ),
    "page: code": (
        FRAGMENT.format('<pre><code class="language-python">for x in y:\n    print(x)\n</code></pre>'),
        "```python\nfor x in y:\n    print(x)\n```",
    ),
    "page: code in words": (
        FRAGMENT.format("<p>Use <code>a*b</code> and <kbd>Ctrl</kbd>.</p>"),
        "Use `a*b` and `Ctrl`.",
    ),
    "page: rule": (FRAGMENT.format("<p>one</p><hr><p>two</p>"), "one\n\n***\n\ntwo"),
    "page: ordered from five": (
        FRAGMENT.format('<ol start="5"><li>five</li><li>six</li></ol>'),
        "5. five\n6. six",
    ),
    "page: list in a list": (
        FRAGMENT.format("<ul><li>one<ul><li>inside</li></ul></li><li>two</li></ul>"),
        "- one\n  - inside\n- two",
    ),
    "page: paragraphs in an item": (
        FRAGMENT.format("<ol><li><p>one</p><p>more</p></li></ol>"),
        "1. one\n\n   more",
    ),
    "page: head of a table": (
        FRAGMENT.format("<table><thead><tr><th>a</th><th>b</th></tr></thead>"
                        "<tbody><tr><td>1 | 2</td><td><b>3</b></td></tr></tbody></table>"),
        "| a | b |\n| --- | --- |\n| 1 \\| 2 | **3** |",
    ),
    "page: a box drawn with a table": (
        FRAGMENT.format("<table><tr><td><p>one</p><p>two</p></td></tr></table>"),
        "one\n\ntwo",
    ),
    "page: definitions": (
        FRAGMENT.format("<dl><dt>Ray</dt><dd>A line of light.</dd></dl>"),
        "Ray\n\nA line of light.",
    ),
    "page: a formula with its source": (
        FRAGMENT.format('<p>So <math><semantics><mi>x</mi><annotation encoding="application/x-tex">'
                        "x^2</annotation></semantics></math>.</p>"),
        "So $x^2$.",
    ),
    "page: signs that mean something here": (
        FRAGMENT.format("<p>2 * 3 [a] costs $5 `x` _y_ a_b</p>"),
        "2 \\* 3 \\[a\\] costs \\$5 \\`x\\` \\_y\\_ a_b",
    ),
    "page: a paragraph that begins like a list": (
        FRAGMENT.format("<p>- no list</p><p># no heading</p><p>1. no list</p>"),
        "\\- no list\n\n\\# no heading\n\n1\\. no list",
    ),
    "page: gaps that do not break": (
        FRAGMENT.format("<p>one\u00a0\u00a0two&nbsp;three\n  four</p>"),
        "one two three four",
    ),
    "page: gaps inside bold": (
        FRAGMENT.format("<p>one<b> two </b>three</p>"),
        "one **two** three",
    ),
    "page: bold in bold": (FRAGMENT.format("<p><b>a <strong>b</strong></b></p>"), "**a b**"),
    "page: a heading that is bold": (
        FRAGMENT.format("<h2><strong>Shadows</strong></h2>"),
        "## Shadows",
    ),
    # --- notes, mail, sheets, chat
    "mail: divs for lines": (
        '<div dir="ltr"><div>one</div><div><br></div><div>two</div></div>',
        "one\n\ntwo",
    ),
    "mail: reply quoted": (
        '<div>mine</div><blockquote type="cite"><div>theirs</div></blockquote>',
        "mine\n\n> theirs",
    ),
    "sheet: cells": (
        "<google-sheets-html-origin><table><tbody><tr><td>angle</td><td>speed</td></tr>"
        '<tr><td data-sheets-value="{}">20</td><td>3</td></tr></tbody></table>',
        "| angle | speed |\n| --- | --- |\n| 20 | 3 |",
    ),
    "sheet: rows of unequal length": (
        "<table><tr><td>a</td><td>b</td></tr><tr><td>1</td></tr></table>",
        "| a | b |\n| --- | --- |\n| 1 |  |",
    ),
    "notes: to do": (
        '<ul><li><input type="checkbox" checked> done</li><li><input type="checkbox"> open</li></ul>',
        "- [x] done\n- [ ] open",
    ),
    "notes: right to left": (
        '<p dir="rtl">الضوء <b>أبطأ</b> في الماء</p>',
        "الضوء **أبطأ** في الماء",
    ),
    "slides: a line each": (
        '<div><p style="margin:0"><span style="font-size:24pt">Light</span></p>'
        "<p><span>is fast</span></p></div>",
        "Light\n\nis fast",
    ),
    "nothing but looks": ("<div><span style='color:red'></span><p>&nbsp;</p></div>", ""),
}  # fmt: skip
