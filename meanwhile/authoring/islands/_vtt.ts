/* WebVTT as lines to type in, and back. What the lines do not show (notes, styles, the place of a cue)
   stays where it was. Not an island. */

export interface Line {
  /** What stands before it and is not a line: a note, a style; and its own name. */
  above: string;
  name: string;
  start: number;
  end: number;
  /** Behind its times: where it is shown. */
  place: string;
  words: string;
}

export interface Captions {
  head: string;
  lines: Line[];
  below: string;
}

const TIME = String.raw`((?:\d{1,10}:)?[0-5]?\d:[0-5]?\d\.\d{1,3})`;
const TIMING = new RegExp(String.raw`^\s*${TIME}\s+-->\s+${TIME}(\s.*)?$`);
const NOT_A_LINE = /^(?:NOTE|STYLE|REGION)(?:[\s:]|$)/;

/** Null where it is not captions yet. */
export function readCaptions(text: string): Captions | null {
  const blocks = text.replaceAll(/\r\n?/g, "\n").trim().split(/\n{2,}/);
  const head = blocks.shift() ?? "";
  if (!/^WEBVTT(?:[ \t\n]|$)/.test(head)) return null;
  const lines: Line[] = [];
  let above = "";
  for (const block of blocks.filter((each) => each.trim())) {
    if (NOT_A_LINE.test(block)) {
      above += `${block}\n\n`;
      continue;
    }
    const rows = block.split("\n");
    const at = rows.slice(0, 2).findIndex((row) => row.includes("-->"));
    const found = TIMING.exec(rows[at] ?? "");
    const words = rows.slice(at + 1);
    if (!found || words.some((row) => row.includes("-->"))) return null;
    lines.push({ above, name: at ? (rows[0] ?? "") : "", start: seconds(found[1] ?? ""), end: seconds(found[2] ?? ""), place: found[3] ?? "", words: plain(words.join("\n")) });
    above = "";
  }
  return { head, lines, below: above };
}

export function writeCaptions({ head, lines, below }: Captions): string {
  const written = lines.map((line) => `${line.above}${line.name ? `${line.name}\n` : ""}${stamp(line.start)} --> ${stamp(line.end)}${line.place}\n${marked(line.words)}`);
  return `${[head, ...written].join("\n\n")}\n${below ? `\n${below.trimEnd()}\n` : ""}`;
}

const seconds = (words: string): number => words.split(":").reduce((total, part) => total * 60 + Number(part), 0);

function stamp(second: number): string {
  const whole = Math.round(second * 1000);
  const two = (number: number): string => String(number).padStart(2, "0");
  const [hours, minutes, rest] = [Math.floor(whole / 3_600_000), Math.floor(whole / 60_000) % 60, whole % 60_000];
  return `${two(hours)}:${two(minutes)}:${two(Math.floor(rest / 1000))}.${String(rest % 1000).padStart(3, "0")}`;
}

const TAG = /<\/?[a-z0-9.:][^>]*>/gi;

/** Signs as people type them: "&amp;" is "&". Tags (a voice, italics) stay as they are written. */
const plain = (words: string): string => words.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");

function marked(words: string): string {
  const tags = words.match(TAG) ?? [];
  const between = words.split(TAG).map((text) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll("-->", "--&gt;"));
  // no empty line and no arrow inside: either would end the words
  return between.map((text, n) => text + (tags[n] ?? "")).join("").split("\n").map((row) => row.trim()).filter(Boolean).join("\n");
}
