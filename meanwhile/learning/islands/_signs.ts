/* The text of a lesson's parts as the server counts it (learning/spots.py): signs are code points,
   a run of white space is one space, parts stand between single spaces. From offsets in it to a
   range of the page, and back. */

/** A sign and where it stands. */
export interface Sign {
  sign: string;
  node: Text;
  offset: number;
}

const WHITE = /\s/u;
const AROUND = 40;

/** What was marked, as the server asks for it. */
export interface Words {
  part: Element;
  quote: string;
  before: string;
  after: string;
  /** from where to where in the text that begins with `part` */
  start: number;
  end: number;
}

/** The parts of a block that carry ids: its paragraphs, figures, headings, in order. */
export function partsOf(section: Element): HTMLElement[] {
  const found = [...section.querySelectorAll<HTMLElement>(`[id^="${CSS.escape(section.id)}-"]`)];
  const named = found.filter((each) => /^(p\d+$|-)/.test(each.id.slice(section.id.length + 1)));
  return named.filter((each) => !named.some((other) => other !== each && other.contains(each)));
}

/** All signs from the first of these parts to the end of the last. */
export function signsOf(parts: readonly Element[]): Sign[] {
  const found: Sign[] = [];
  let last: Pick<Sign, "node" | "offset"> | null = null;
  parts.forEach((part, index) => {
    // a space between two parts stands at the end of the first
    if (index && last) found.push({ sign: " ", ...last });
    let gap: Sign | null = null;
    let begun = false;
    const walker = document.createTreeWalker(part, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode() as Text | null; node; node = walker.nextNode() as Text | null) {
      let offset = 0;
      for (const sign of node.data) {
        if (WHITE.test(sign)) gap ??= { sign: " ", node, offset };
        else {
          if (gap && begun) found.push(gap);
          gap = null;
          begun = true;
          found.push({ sign, node, offset });
        }
        offset += sign.length;
        last = { node, offset };
      }
    }
  });
  return found;
}

/** The stretch from `start` to `end` in the text that begins with `part`; null where it is not. */
export function rangeOf(part: Element, start: number, end: number): Range | null {
  const section = part.closest("section[data-part]");
  if (!section || end <= start) return null;
  const parts = partsOf(section);
  const signs = signsOf(parts.slice(parts.findIndex((each) => each === part)));
  return stretchOf(signs, start, end);
}

/** The stretch of the page from one sign up to another. */
export function stretchOf(signs: readonly Sign[], start: number, end: number): Range | null {
  const [first, last] = [signs[start], signs[end - 1]];
  if (!first || !last) return null;
  const range = document.createRange();
  range.setStart(first.node, first.offset);
  range.setEnd(last.node, Math.min(last.node.length, last.offset + last.sign.length));
  return range;
}

/** What a selection marks: up to the end of the block it begins in. Null outside of a part. */
export function wordsOf(range: Range): Words | null {
  const begin = range.startContainer instanceof Element ? range.startContainer : range.startContainer.parentElement;
  const section = begin?.closest("section[data-part]");
  if (!section) return null;
  const parts = partsOf(section);
  const signs = signsOf(parts);
  const inside = signs.map(({ node, offset }) => range.comparePoint(node, offset) === 0 && !(node === range.endContainer && offset >= range.endOffset));
  let [from, to] = [inside.indexOf(true), inside.lastIndexOf(true) + 1];
  while (from < to && signs[from]?.sign === " ") from++;
  while (to > from && signs[to - 1]?.sign === " ") to--;
  const first = signs[from];
  const part = parts.find((each) => first && each.contains(first.node));
  if (from < 0 || from === to || !part) return null;
  const said = (a: number, b: number): string => signs.slice(Math.max(0, a), b).map(({ sign }) => sign).join("");
  const at = from - signs.findIndex(({ node }) => part.contains(node));
  return { part, quote: said(from, to), before: said(from - AROUND, from), after: said(to, to + AROUND), start: at, end: at + to - from };
}

/** How many signs a part has. */
export const lengthOf = (part: Element): number => signsOf([part]).length;

/** The words of a part, cut where they are many. */
export function leadOf(part: Element, most = 60): string {
  const words = (part.textContent ?? "").replace(/\s+/g, " ").trim();
  return words.length <= most ? words : `${words.slice(0, most).replace(/ \S*$/, "")}…`;
}
