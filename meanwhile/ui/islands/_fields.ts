/* The words in a place: read from its fields, written back to them. */

type Field = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

const NEVER = new Set(["hidden", "password", "file", "submit", "button", "reset", "image"]);

export function fieldsOf(place: HTMLElement): Field[] {
  const all = place.querySelectorAll<Field>("textarea, select, input");
  return [...all].filter((field) => !NEVER.has(field.type) && !field.disabled && !field.hasAttribute("data-not-kept"));
}

const ticks = (field: Field): field is HTMLInputElement => field.type === "radio" || field.type === "checkbox";

const nameOf = (field: Field): string => field.name || field.id || "words";

/** What a field holds now, and what the server wrote into it: a browser may fill in old words. */
const now = { value: (field: Field) => field.value, ticked: (field: HTMLInputElement) => field.checked };
const asServed = {
  value: (field: Field) =>
    field instanceof HTMLSelectElement
      ? ([...field.options].find((option) => option.defaultSelected) ?? field.options[0])?.value ?? ""
      : field.defaultValue,
  ticked: (field: HTMLInputElement) => field.defaultChecked,
};

/** A place whose words are one text: the box of a writer. One that is `named` always says which field. */
const single = (place: HTMLElement, fields: Field[]): Field | null => {
  const [only] = fields;
  return only && fields.length === 1 && !ticks(only) && !place.hasAttribute("named") ? only : null;
};

/** One field that is written in: its value. Several, or a place that is `named`: JSON, name → value, or
    the list of ticked values. */
export function readWords(place: HTMLElement, from: "now" | "served" = "now"): string {
  const { value, ticked } = from === "now" ? now : asServed;
  const fields = fieldsOf(place);
  const only = single(place, fields);
  if (only) return value(only);
  const values: Record<string, string | string[]> = {};
  for (const field of fields) {
    if (!ticks(field)) values[nameOf(field)] = value(field);
    else if (ticked(field)) values[nameOf(field)] = [...(values[nameOf(field)] ?? []), field.value];
  }
  return JSON.stringify(values);
}

/** The reverse. Unknown names are left out; a field without a word is emptied. */
export function writeWords(place: HTMLElement, words: string): void {
  const fields = fieldsOf(place);
  const only = single(place, fields);
  if (only) only.value = words;
  else writeAll(fields, parsed(words));
  // for what draws its fields in a way of its own, such as a list that is dragged
  place.dispatchEvent(new CustomEvent("words-written"));
}

/** Kept words as people read them: not braces, and of a choice what stands beside it. */
export function readable(place: HTMLElement, words: string): string {
  const fields = fieldsOf(place);
  if (single(place, fields)) return words;
  const values = parsed(words);
  const lines = fields.map((field) => (ticks(field) ? ticked(field, values) : typed(field, values)));
  return lines.filter(Boolean).join("\n");
}

const ticked = (field: HTMLInputElement, values: Record<string, unknown>): string =>
  [values[nameOf(field)]].flat().includes(field.value) ? (field.closest("label")?.textContent?.trim() ?? field.value) : "";

function typed(field: Field, values: Record<string, unknown>): string {
  const value = values[nameOf(field)];
  if (typeof value !== "string") return "";
  if (!(field instanceof HTMLSelectElement)) return value;
  return value && ([...field.options].find((option) => option.value === value)?.text ?? "");
}

/** Whether two versions fit in at once: one below the other in a box for writing, not in a choice. */
export const holdsBoth = (place: HTMLElement): boolean =>
  fieldsOf(place).some((field) => field instanceof HTMLTextAreaElement);

/** The other words above those that stand here; what cannot hold both stays as it is here. */
export function bothWords(place: HTMLElement, theirs: string): string {
  const fields = fieldsOf(place);
  const join = (other: unknown, mine: string): string => [other, mine].filter((each) => typeof each === "string" && each).join("\n\n");
  const only = single(place, fields);
  if (only) return join(theirs, only.value);
  const values = parsed(readWords(place));
  const others = parsed(theirs);
  for (const field of fields)
    if (field instanceof HTMLTextAreaElement && others[nameOf(field)] !== field.value) values[nameOf(field)] = join(others[nameOf(field)], field.value);
  return JSON.stringify(values);
}

function writeAll(fields: Field[], values: Record<string, unknown>): void {
  for (const field of fields) {
    const value = values[nameOf(field)];
    if (ticks(field)) field.checked = [value].flat().includes(field.value);
    else field.value = typeof value === "string" ? value : "";
  }
}

function parsed(words: string): Record<string, unknown> {
  try {
    return (JSON.parse(words) as Record<string, unknown> | null) ?? {};
  } catch {
    return {};
  }
}
