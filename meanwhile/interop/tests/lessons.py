"""Two small lesson repositories in our own words, one in each layout."""

from functools import partial
from io import BytesIO

from meanwhile.courses.files.listing import Listing
from meanwhile.courses.source import FileSource

SVG = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 4"><path d="M0 0h4v4z"/></svg>'
RUNS = SVG.replace(b"<path", b"<script>1</script><path")

WORKBENCH: dict[str, str | bytes] = {
    "config.yaml": """\
title: 'Bread: a start'
license: 'CC-BY 4.0'
source: 'https://example.org/bread'
lang: en
episodes:
- 01-flour.md
- 02-water.Rmd
""",
    "index.md": "---\nsite: sandpaper::sandpaper_site\n---\n\nHow bread is made.\n\n"
    "::: prereq\n\n## Before\n\nDo the [setup](learners/setup.md).\n\n:::\n",
    "AUTHORS": "Authors\n=======\n\n- Mina Lund\n- Omar N. Reyes <o@example.org>\n",
    "links.md": "[grain]: https://example.org/grain\n",
    "episodes/fig/mill.svg": SVG,
    "episodes/fig/oven.svg": RUNS,
    "episodes/data/loaves.csv": b"day,loaves\nMon,4\n",
    "learners/setup.md": "---\ntitle: Setup\n---\n\nFind a bowl.\n\n::: spoiler\n\n### No bowl?\n\nA pan.\n\n:::\n",
    "learners/reference.md": "## Words\n\n[crumb]{#crumb}\n:   The soft part,\n    inside. See [crust](#crust).\n\n"
    "[crust]{#crust}\n:   The hard part.\n",
    "instructors/instructor-notes.md": "Bring salt.\n",
    "profiles/learner-profiles.md": "",
    "episodes/01-flour.md": """\
---
title: "Flour"
teaching: 10
exercises: 5
---

:::::: questions

- What is flour?

::::::

::: objectives

- Explain what flour is.
- Name two `grains`.

:::

Flour is ground [grain]. See the [glossary](../learners/reference.md#crumb)
and [water](02-water.Rmd#the-right-amount), [this](#what-a-mill-does) and
[nothing](nowhere.md).

## What a mill does {#mill .wide}

![A mill](fig/mill.svg){alt='Two stones, one on the other [turning]' width="50%"}
Data: [loaves](data/loaves.csv). <kbd>Enter</kbd> H<sub>2</sub>O

```{.python .numberLines}
print("# not a heading")
```

```output
::: not a fence
```

| a | b |
|---|---|
| 1 | 2 |

:::::::::: callout

## Stones

They are heavy.

::::::::::

::::::::::::::::: challenge

## Which is finest?

Which of the following flours is the finest?

1. Whole
2. White
3. Rye

::::: solution

## Solution

Option 2 is the correct answer. It is sieved.

:::::

:::::::::::::::::

::: challenge

## Grind

Grind some grain. What do you get?

:::: hint

Use two stones.

::::

:::: solution

Flour.

::::

:::: solution

### With a machine

Finer flour, ![](fig/oven.svg){alt="An oven"}.

::::

:::

::: challenge

## No answer here

Think of a grain.

:::

::: challenge

## Yes or no

Which of these are grains?

1. Oats
2. Stones

::: solution

1. Yes, they are.
2. No, they are not.

:::

:::

::: instructor

Wait a little.

:::

:::::: keypoints

- Flour is ground grain.

::::::
""",
    "episodes/02-water.Rmd": """\
---
title: Water
teaching: 5
exercises: 0
---

```{r, include=FALSE}
secret <- 1
```

## The right amount

```{r}
flour * 0.6
```

There are `r n` cups.

::: group-tab

### Cold

Slow.

### Warm

Fast.

:::

::: challenge

Why warm?

:::

::: solution

It is faster.

:::
""",
}

JEKYLL: dict[str, str | bytes] = {
    "_config.yml": "title: Knots\nlicense: CC-BY 4.0\nrepository: someone/knots\n"
    "help_site: https://example.org/help\n",
    "_includes/links.md": "[rope]: https://example.org/rope\n[help]: {{ site.help_site }}\n",
    "index.md": "---\nlayout: lesson\n---\nTying things.\n\n> ## Needed\n> Rope.\n{: .prereq}\n",
    "setup.md": "---\ntitle: Setup\n---\nFind [rope].\n",
    "reference.md": "---\nlayout: reference\n---\n## Glossary\n",
    "_extras/guide.md": "For teachers.\n",
    "fig/bowline.svg": SVG,
    "_episodes/01-loop.md": """\
---
title: "Loops"
teaching: 3
exercises: 2
questions:
- "What is a loop?"
objectives:
- "Tie a loop."
keypoints:
- "A loop is a knot."
---
Take a [rope] or ask for [help]. {% comment %} not this {% endcomment %}
Go on with [bends]({{ page.root }}{% link _episodes/02-bend.md %}#joining).

![A bowline]({{ page.root }}/fig/bowline.svg){: width="40%"}

~~~
tie(rope)
~~~
{: .language-python}

~~~
knot
~~~
{: .output}

> ## Tie it
> Tie a loop.
>
> > ## Solution
> > ~~~
> > tie(loop)
> > ~~~
> > {: .language-python}
> {: .solution}
{: .challenge}

> ## Take care
> Not round a neck.
{: .caution}

> Only a quote.

{% include links.md %}
""",
    "_episodes/02-bend.md": "---\ntitle: Bends\n---\n# Joining\n\nTwo ropes.\n\n# Untying\n\n"
    "Use `{% raw %}{{ x }}{% endraw %}`. [Back](../01-loop/index.html)\n",
}


def listing(files: dict[str, str | bytes]) -> Listing:
    made = {path: data.encode() if isinstance(data, str) else data for path, data in files.items()}
    return Listing({p: FileSource(p, len(d), partial(BytesIO, d)) for p, d in made.items()})
