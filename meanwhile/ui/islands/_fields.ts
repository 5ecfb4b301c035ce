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

/** One field that is written in: its value. Several: JSON, name → value, or the list of ticked values. */
export function readWords(place: HTMLElement, from: "now" | "served" = "now"): string {
  const { value, ticked } = from === "now" ? now : asServed;
  const fields = fieldsOf(place);
  const [only] = fields;
  if (only && fields.length === 1 && !ticks(only)) return value(only);
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
  const [only] = fields;
  if (only && fields.length === 1 && !ticks(only)) only.value = words;
  else writeAll(fields, parsed(words));
  // for what draws its fields in a way of its own, such as a list that is dragged
  place.dispatchEvent(new CustomEvent("words-written"));
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
