/* What was copied from a word processor or a page, as Markdown: its words, headings, lists, tables,
   links and emphasis; none of its looks.

   The HTML is parsed into a document of its own, where no script runs and nothing is fetched. */

const SKIP = new Set(["SCRIPT", "STYLE", "HEAD", "META", "LINK", "TITLE", "NOSCRIPT", "TEMPLATE", "IFRAME", "OBJECT", "SVG", "BUTTON", "INPUT", "SELECT", "TEXTAREA"]);
const BLOCKS = new Set(["P", "DIV", "SECTION", "ARTICLE", "MAIN", "HEADER", "FOOTER", "ASIDE", "NAV", "FIGURE", "FIGCAPTION", "ADDRESS", "DL", "DT", "DD", "CENTER", "FORM", "FIELDSET", "DETAILS", "SUMMARY", "BODY"]);
const HEADING = /^H([1-6])$/;
const SAFE = /^(https?:|mailto:|tel:)/i;

/** Markdown from HTML. */
export function asMarkdown(html: string): string {
  const body = new DOMParser().parseFromString(html, "text/html").body;
  tidyWord(body);
  return blocks(body)
    .join("\n\n")
    .replaceAll(/[ \t]+$/gm, "")
    .replaceAll(/\n{3,}/g, "\n\n")
    .trim();
}

/** Word writes a list as paragraphs with a mark of their own; the marks become list items. */
function tidyWord(body: HTMLElement): void {
  for (const item of [...body.querySelectorAll<HTMLElement>("p[style*='mso-list'], p[class*='MsoList']")]) {
    const level = Number(/level(\d)/.exec(item.getAttribute("style") ?? "")?.[1] ?? 1);
    const mark = item.querySelector<HTMLElement>("[style*='mso-list:Ignore'], [style*='mso-list: Ignore']");
    const numbered = /^\s*[\dA-Za-z]+[.)]/.test(mark?.textContent ?? item.textContent ?? "");
    mark?.remove();
    item.dataset.item = `${"  ".repeat((level - 1) * (numbered ? 1 : 1))}${numbered ? "1." : "-"} `;
  }
}

/** The blocks inside a node, each as Markdown; words that stand loose become paragraphs. */
function blocks(node: Node): string[] {
  const found: string[] = [];
  let loose = "";
  const settle = (): void => {
    const words = squeezed(loose);
    if (words) found.push(words);
    loose = "";
  };
  for (const child of node.childNodes) {
    if (child instanceof Element && isBlock(child)) {
      settle();
      const made = block(child);
      const last = found.at(-1) ?? "";
      if (child instanceof HTMLElement && child.dataset.item && /(^|\n) *(-|1\.) [^\n]*$/.test(last) && found.length) found[found.length - 1] = `${last}\n${made.join("\n")}`;
      else found.push(...made);
    } else loose += inline(child);
  }
  settle();
  return found;
}

/** In capitals, also where it comes from another namespace. */
const nameOf = (element: Element): string => element.tagName.toUpperCase();

function isBlock(element: Element): boolean {
  const name = nameOf(element);
  if (SKIP.has(name)) return false;
  if (BLOCKS.has(name) || HEADING.test(name) || ["UL", "OL", "TABLE", "BLOCKQUOTE", "PRE", "HR"].includes(name)) return true;
  // an inline element around blocks: what some programs wrap everything in
  return [...element.children].some(isBlock);
}

function block(element: Element): string[] {
  const name = element.tagName;
  const level = Number(HEADING.exec(name)?.[1] ?? 0);
  if (level) return heading(level, squeezed(inlines(element)));
  if (element instanceof HTMLElement && element.dataset.item) return [`${element.dataset.item}${squeezed(inlines(element))}`];
  if (name === "UL" || name === "OL") return [list(element, 0)].filter(Boolean);
  if (name === "TABLE") return table(element);
  if (name === "HR") return ["***"];
  if (name === "PRE") return code(element);
  if (name === "BLOCKQUOTE") {
    const words = blocks(element).join("\n\n");
    return words ? [words.replaceAll(/^/gm, "> ")] : [];
  }
  const styled = wordHeading(element);
  if (styled) return heading(styled, squeezed(inlines(element)));
  return blocks(element);
}

/** A lesson's own title is its first heading: what is pasted begins on the second level. */
function heading(level: number, words: string): string[] {
  const plain = words.replaceAll(/\*\*/g, "");
  return plain ? [`${"#".repeat(Math.min(6, Math.max(2, level)))} ${plain}`] : [];
}

const wordHeading = (element: Element): number => {
  const named = /^(?:MsoTitle|Title|Heading(\d)|MsoHeading(\d))$/.exec(element.className);
  return named ? Number(named[1] ?? named[2] ?? 2) : 0;
};

function list(element: Element, depth: number): string {
  const ordered = element.tagName === "OL";
  let number = Number(element.getAttribute("start") ?? 1) || 1;
  const lines: string[] = [];
  for (const item of element.children) {
    if (item.tagName === "UL" || item.tagName === "OL") {
      lines.push(list(item, depth + 1)); // as Google Docs and old Word nest them
      continue;
    }
    if (item.tagName !== "LI") continue;
    const mark = ordered ? `${number++}. ` : "- ";
    const indent = " ".repeat(mark.length);
    const parts = blocks(item).map((each) => each.trim());
    const box = item.querySelector<HTMLInputElement>(":scope > input[type=checkbox], :scope > p > input[type=checkbox], :scope > label > input[type=checkbox]");
    const ticked = box ? (box.hasAttribute("checked") ? "[x] " : "[ ] ") : "";
    const nested = (each: string): boolean => /^(-|\d+\.) /.test(each);
    const words = parts.map((each, at) => (at === 0 ? each : `${nested(each) ? "" : "\n"}${each}`)).join("\n");
    lines.push(`${mark}${ticked}${words.replaceAll("\n", `\n${indent}`)}`);
  }
  const text = lines.join("\n");
  return depth ? text.replaceAll(/^/gm, "  ") : text;
}

function table(element: Element): string[] {
  const rows = [...element.querySelectorAll("tr")].filter((row) => row.closest("table") === element);
  const cells = rows.map((row) => [...row.children].filter((cell) => /^T[DH]$/.test(cell.tagName)).map(cell));
  const filled = cells.filter((row) => row.some(Boolean));
  const width = Math.max(0, ...filled.map((row) => row.length));
  // one cell is a box that somebody drew around words
  if (width <= 1) return rows.flatMap((row) => [...row.children].flatMap(blocks));
  const line = (row: string[]): string => `| ${[...row, ...Array<string>(width - row.length).fill("")].join(" | ")} |`;
  const [head = [], ...rest] = filled;
  return [[line(head), line(Array<string>(width).fill("---")), ...rest.map(line)].join("\n")];
}

const cell = (element: Element): string => squeezed(blocks(element).join(" ")).replaceAll("\n", " ").replaceAll("|", "\\|");

function code(element: Element): string[] {
  const words = (element.textContent ?? "").replace(/\n$/, "");
  const language = /language-([\w+-]+)/.exec(`${element.className} ${element.firstElementChild?.className ?? ""}`)?.[1] ?? "";
  const fence = "`".repeat(Math.max(3, ...[...words.matchAll(/`+/g)].map(([run]) => run.length + 1)));
  return words.trim() ? [`${fence}${language}\n${words}\n${fence}`] : [];
}

// --- words ----------------------------------------------------------------------------------

function inlines(element: Element): string {
  return [...element.childNodes].map(inline).join("");
}

function inline(node: Node): string {
  if (node.nodeType === Node.TEXT_NODE) return escaped((node.textContent ?? "").replaceAll(/[\s\u00a0]+/g, " "));
  if (!(node instanceof Element) || SKIP.has(nameOf(node)) || hidden(node)) return "";
  const name = nameOf(node);
  if (name === "BR") return "\\\n";
  if (name === "IMG") return "";
  if (name === "CODE" || name === "TT" || name === "KBD" || name === "SAMP") return ticked(node.textContent ?? "");
  if (name === "MATH") return formula(node);
  const words = inlines(node);
  if (name === "A") return link(node, words);
  if (name === "SUP" || name === "SUB") return words;
  if (struck(node)) return around(words, "~~");
  return emphasised(node, words);
}

const hidden = (element: Element): boolean => /display:\s*none|mso-hide:\s*all/i.test(element.getAttribute("style") ?? "") || element.hasAttribute("hidden");

const struck = (element: Element): boolean => ["S", "DEL", "STRIKE"].includes(element.tagName) || /line-through/.test(element.getAttribute("style") ?? "");

/** By tag, or by style as Google Docs and word processors do; a bold that says "normal" is none. */
function emphasised(element: Element, words: string): string {
  const style = element.getAttribute("style") ?? "";
  const weight = /font-weight:\s*(\w+)/.exec(style)?.[1] ?? "";
  const bold = weight ? weight === "bold" || Number(weight) >= 600 : ["B", "STRONG"].includes(element.tagName);
  const slant = /font-style:\s*(\w+)/.exec(style)?.[1] ?? "";
  const italic = slant ? slant === "italic" : ["I", "EM", "CITE", "DFN"].includes(element.tagName);
  const once = bold ? around(words.replaceAll("**", ""), "**") : words;
  return italic && !/(^|[^*])\*([^*]|$)/.test(once) ? around(once, "*") : once;
}

/** Marks stand at the words, not at the gaps beside them. */
function around(words: string, mark: string): string {
  const [, before = "", inner = "", after = ""] = /^(\s*)([\s\S]*?)(\s*)$/.exec(words) ?? [];
  return inner && inner !== "\\" ? `${before}${mark}${inner}${mark}${after}` : words;
}

function link(element: Element, words: string): string {
  const href = (element.getAttribute("href") ?? "").trim();
  const text = words.trim();
  if (!text || !SAFE.test(href)) return words;
  const target = /[\s()<>]/.test(href) ? `<${href.replaceAll(/[<>\s]/g, encodeURIComponent)}>` : href;
  const gap = /\s$/.test(words) ? " " : "";
  return element.textContent?.trim() === href ? `<${href.replaceAll(/[<>\s]/g, encodeURIComponent)}>${gap}` : `[${text}](${target})${gap}`;
}

function ticked(words: string): string {
  const inner = words.replaceAll(/\s+/g, " ").trim();
  const mark = "`".repeat(Math.max(1, ...[...inner.matchAll(/`+/g)].map(([run]) => run.length + 1)));
  const gap = inner.startsWith("`") || inner.endsWith("`") ? " " : "";
  return inner ? `${mark}${gap}${inner}${gap}${mark}` : "";
}

/** A formula carries its source where a program was kind enough to add it. */
function formula(element: Element): string {
  const source = element.querySelector("annotation[encoding='application/x-tex']")?.textContent?.trim();
  return source ? `$${source}$` : (element.textContent ?? "");
}

/** Signs that Markdown would take for marks are words here. */
const escaped = (words: string): string => words.replaceAll(/([\\`*[\]$<])/g, "\\$1").replaceAll(/(^|\s)_|_(?=\s|$)/g, (found) => found.replace("_", "\\_"));

function squeezed(words: string): string {
  const text = words
    .replaceAll(/[ \t]+/g, " ")
    .replaceAll(/ *\\\n */g, "\\\n")
    .replaceAll(/^(?:\\\n|\s)+|(?:\\\n|\s)+$/g, "");
  // a paragraph may begin with what would be a heading, a list or a quotation
  return text.replace(/^(#{1,6}|[-+>]|\d+[.)]|:{3,})(?=\s|$)/, (mark) => (/\d/.test(mark) ? mark.replace(/([.)])$/, "\\$1") : `\\${mark}`));
}
