/* <lesson-notes data-offering data-lesson data-key data-notes-url>: one's own notes beside a lesson.

   A pin beside each paragraph opens the panel on it; selected words can be marked or noted; a film
   can be noted at its second. Each note is written in a <keep-words>, which keeps it on the device
   within a second and sends it: the words, the tags and, for a new one, the spot travel together,
   so that a note that never reached the server can be made later from what the device kept.

   Marks are drawn over the text (CSS Custom Highlight API), never into it. Without script the panel
   is a list with links. */
import { keptUnder } from "../../ui/islands/_device";
import { define, operationId, post } from "../../ui/islands/_send";
import { leadOf, lengthOf, partsOf, rangeOf, wordsOf, type Words } from "./_signs";

const PARAGRAPH = /-p\d+$/;
const SETTLED = 250;

interface Spot {
  offering: string;
  lesson: string;
  block: string;
  part?: string;
  quote?: string;
  before?: string;
  after?: string;
  start?: number;
  end?: number;
  second?: number;
}

class LessonNotes extends HTMLElement {
  private ended = new AbortController();
  private bar: HTMLElement | null = null;
  private selected: Words | null = null;
  private settle = 0;
  private opened: HTMLElement | null = null;

  connectedCallback(): void {
    this.ended = new AbortController();
    const { signal } = this.ended;
    this.addEventListener("click", (event) => this.clicked(event), { signal });
    this.addEventListener("keydown", (event) => event.key === "Escape" && this.shut(), { signal });
    this.addEventListener("words-received", (event) => this.received(event.target as Element), { signal });
    document.addEventListener("selectionchange", () => this.selecting(), { signal });
    document.addEventListener("click", (event) => this.pressed(event), { signal });
    document.addEventListener("keydown", (event) => this.moves(event), { signal });
    for (const section of this.sections()) this.pins(section);
    for (const film of document.querySelectorAll("film-player")) this.seconds(film);
    for (const button of this.querySelectorAll<HTMLElement>("[data-play]")) button.hidden = false;
    this.draw();
    void this.leftBehind();
  }

  disconnectedCallback(): void {
    this.ended.abort();
    clearTimeout(this.settle);
    marks()?.delete("note");
  }

  private get beside(): HTMLElement {
    return this.closest<HTMLElement>(".beside") ?? this;
  }

  private sections(): HTMLElement[] {
    return [...document.querySelectorAll<HTMLElement>('section[data-part]:not([data-part="asks"])')];
  }

  private notes(): HTMLElement[] {
    return [...this.querySelectorAll<HTMLElement>("article.note[data-note]")];
  }

  private piece(name: string): HTMLElement {
    const template = this.querySelector<HTMLTemplateElement>(`template[data-part="${name}"]`);
    return (template?.content.cloneNode(true) as DocumentFragment).firstElementChild as HTMLElement;
  }

  private say(name: string, values: Record<string, string>): string {
    const words = this.querySelector<HTMLTemplateElement>(`template[data-words="${name}"]`)?.content.textContent ?? "";
    return Object.entries(values).reduce((said, [key, value]) => said.replace(`{${key}}`, value), words);
  }

  // --- pins and marks -------------------------------------------------------------------------

  /** One pin after each paragraph. Of the pins of a block one is a stop for Tab; arrows go on. */
  private pins(section: HTMLElement): void {
    partsOf(section).filter((part) => PARAGRAPH.test(part.id)).forEach((part, index) => {
      const place = document.createElement("div");
      place.className = "pin-place";
      const pin = this.piece("pin");
      pin.dataset.pin = part.id;
      pin.tabIndex = index ? -1 : 0;
      place.append(pin);
      part.after(place);
    });
  }

  private pinsOfAll(): HTMLElement[] {
    return [...document.querySelectorAll<HTMLElement>("[data-pin]")];
  }

  /** Pins say how many notes stand at their paragraph; marked words are marked. */
  private draw(): void {
    const found = this.notes();
    const ranges: Range[] = [];
    const counts = new Map<string, number>();
    for (const note of found) {
      const part = document.getElementById(note.dataset.at ?? "");
      if (!part) continue;
      if (note.dataset.second === undefined) counts.set(part.id, (counts.get(part.id) ?? 0) + 1);
      if ((note.dataset.whole !== undefined && !isHighlight(note)) || note.dataset.second !== undefined) continue;
      const range = rangeOf(part, Number(note.dataset.start), Number(note.dataset.end));
      if (range) ranges.push(range);
    }
    for (const pin of this.pinsOfAll()) this.number(pin, counts.get(pin.dataset.pin ?? "") ?? 0);
    if (marks()) marks()?.set("note", new Highlight(...ranges));
    this.filter();
  }

  private number(pin: HTMLElement, n: number): void {
    const part = document.getElementById(pin.dataset.pin ?? "");
    const words = `“${(part && leadOf(part)) || this.say("picture", {})}”`;
    pin.classList.toggle("pin-some", n > 0);
    const mark = pin.firstElementChild as HTMLElement;
    if (n) mark.textContent = String(n);
    else mark.replaceChildren(...this.piece("pin").firstElementChild!.cloneNode(true).childNodes);
    pin.setAttribute("aria-label", this.say(n ? "pinned" : "pin", { words, n: String(n) }));
  }

  /** Arrow keys go from pin to pin through the lesson. */
  private moves(event: KeyboardEvent): void {
    const here = (event.target as Element | null)?.closest?.<HTMLElement>("[data-pin]");
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (!here || !step) return;
    const all = this.pinsOfAll();
    const next = all[all.indexOf(here) + step];
    if (!next) return;
    event.preventDefault();
    const mates = (pin: HTMLElement): HTMLElement[] => all.filter((each) => each.closest("section") === pin.closest("section"));
    for (const mate of mates(next)) mate.tabIndex = mate === next ? 0 : -1;
    next.focus();
  }

  // --- the panel ------------------------------------------------------------------------------

  /** Shows the notes of one paragraph, or of the whole lesson. */
  private filter(): void {
    const about = this.querySelector<HTMLElement>("[data-about]");
    const all = this.querySelector<HTMLElement>("[data-all]");
    let shown = 0;
    for (const note of this.notes()) {
      note.hidden = this.opened !== null && note.dataset.at !== this.opened.id;
      shown += Number(!note.hidden);
    }
    if (about) {
      about.hidden = this.opened === null;
      about.textContent = this.opened ? this.say("about", { words: `“${leadOf(this.opened) || this.say("picture", {})}”` }) : "";
    }
    if (all) all.hidden = this.opened === null || this.notes().length === shown;
    const none = this.querySelector<HTMLElement>("[data-none]");
    if (none) none.hidden = shown > 0;
    const how = this.querySelector<HTMLElement>("[data-how]");
    if (how) how.hidden = this.opened !== null;
  }

  private open(part: HTMLElement | null): void {
    this.opened?.classList.remove("pinned");
    this.opened = part;
    part?.classList.add("pinned");
    this.sheet();
    const shut = this.querySelector<HTMLElement>("[data-shut]");
    if (shut) shut.hidden = false;
    this.drop();
    this.filter();
    if (part && this.narrow()) part.scrollIntoView({ block: "start" });
  }

  /** Whether the page has one column, by width or by the size of its letters. */
  private narrow(): boolean {
    const split = this.closest(".split");
    return split !== null && getComputedStyle(split).gridTemplateColumns.split(" ").length === 1;
  }

  /** In one column the panel is a sheet from below, in the top layer; the paragraph stays in view. */
  private sheet(): void {
    const { beside } = this;
    if (!this.narrow() || beside.popover) return;
    beside.popover = "manual";
    beside.showPopover();
  }

  private shut(): void {
    const pin = this.opened && this.pinsOfAll().find((each) => each.dataset.pin === this.opened?.id);
    this.opened?.classList.remove("pinned");
    this.opened = null;
    if (this.beside.popover) this.beside.hidePopover();
    this.beside.popover = null;
    const shut = this.querySelector<HTMLElement>("[data-shut]");
    if (shut) shut.hidden = true;
    this.drop();
    this.filter();
    pin?.focus({ preventScroll: true });
  }

  /** An empty form that was never written in goes away by itself. */
  private drop(): void {
    for (const note of this.querySelectorAll<HTMLElement>("article.note[data-empty]")) note.remove();
  }

  private pressed(event: Event): void {
    const target = event.target as Element;
    const pin = target.closest<HTMLElement>("[data-pin]");
    if (pin) return this.atPin(pin);
    const second = target.closest<HTMLElement>("[data-note-second]");
    if (second) return this.atSecond(second);
    if (target.closest('a[href="#beside"]') && this.narrow()) {
      event.preventDefault();
      this.open(null);
    }
  }

  private atPin(pin: HTMLElement): void {
    const part = document.getElementById(pin.dataset.pin ?? "");
    if (!part) return;
    this.open(part);
    this.write(this.spotOf(part), part.id).querySelector("textarea")?.focus({ preventScroll: true });
  }

  private spotOf(part: Element, words?: Words): Spot {
    const block = part.closest("section[data-part]")?.id ?? "";
    const { offering = "", lesson = "" } = this.dataset;
    const spot = { offering, lesson, block, part: part.id.slice(block.length + 1) };
    if (!words) return spot;
    const { part: _, ...said } = words;
    return { ...spot, ...said };
  }

  private clicked(event: Event): void {
    const target = event.target as HTMLElement;
    const note = target.closest<HTMLElement>("article.note");
    if (target.closest("[data-shut]")) return this.shut();
    if (target.closest("[data-all] button")) return this.open(null);
    if (!note) return;
    if (target.closest("[data-change]")) {
      event.preventDefault();
      return void this.change(note).querySelector("textarea")?.focus();
    }
    if (target.closest("[data-mark]")) return this.keepNow(note);
    if (target.closest("[data-remove]")) return void this.remove_(note);
    if (target.closest("[data-back]")) return void this.putBack(note);
    if (target.closest("[data-play]")) this.play(note);
  }

  // --- writing --------------------------------------------------------------------------------

  /** A form for a new note at a spot. It is sent when something is typed, or by `keepNow`. */
  private write(spot: Spot, at: string, uid = operationId()): HTMLElement {
    const note = this.form(uid, "", "", "0");
    note.dataset.empty = "";
    note.dataset.at = at;
    note.dataset.spot = JSON.stringify(spot);
    if (spot.second !== undefined) note.dataset.second = String(spot.second);
    const part = document.getElementById(at);
    const [start, end] = spot.quote ? [spot.start, spot.end] : [0, part ? lengthOf(part) : 0];
    Object.assign(note.dataset, { start: String(start), end: String(end) });
    if (!spot.quote) note.dataset.whole = "";
    const about = note.querySelector<HTMLElement>("[data-about-note]");
    if (about) about.textContent = spot.second === undefined ? (spot.quote ? `“${spot.quote}”` : "") : this.say("second", { time: clock(spot.second) });
    if (about && !about.textContent) about.hidden = true;
    this.querySelector(":scope > template")?.before(note);
    note.addEventListener("input", () => this.take(note), { once: true, capture: true });
    this.filter();
    return note;
  }

  /** The spot goes along from the first word on. */
  private take(note: HTMLElement): void {
    if (note.dataset.empty === undefined) return;
    delete note.dataset.empty;
    const spot = note.querySelector<HTMLInputElement>("[name=spot]");
    if (spot) spot.value = note.dataset.spot ?? "";
    note.querySelector<HTMLElement>("[data-mark]")?.remove();
    this.draw();
  }

  /** A highlight: kept and sent without a word. */
  private keepNow(note: HTMLElement): void {
    this.take(note);
    note.querySelector("[name=spot]")?.dispatchEvent(new Event("input", { bubbles: true }));
  }

  /** The form of a note, ready to be put on the page: its fields hold what the server has. */
  private form(uid: string, words: string, tags: string, version: string): HTMLElement {
    const note = this.piece("form");
    note.dataset.note = uid;
    note.id = `note-${uid}`;
    const keeper = note.querySelector("keep-words");
    keeper?.setAttribute("key", `${this.dataset.key ?? ""}${uid}`);
    keeper?.setAttribute("url", `${this.dataset.notesUrl ?? ""}${uid}/`);
    keeper?.setAttribute("version", version);
    for (const field of note.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>("textarea, [name=tags]")) {
      field.defaultValue = field.name === "tags" ? tags : words;
      field.id = `${field.name}-${uid}`;
      field.closest(".field")?.querySelector("label")?.setAttribute("for", field.id);
    }
    return note;
  }

  /** An existing note becomes its form. */
  private change(note: HTMLElement): HTMLElement {
    const words = note.querySelector("[data-note-words]")?.textContent ?? "";
    const tags = note.querySelector<HTMLElement>("[data-tags]")?.dataset.tags ?? "";
    const form = this.form(note.dataset.note ?? "", words, tags, note.dataset.version ?? "0");
    for (const name of ["at", "start", "end", "whole", "second", "block"]) if (name in note.dataset) form.dataset[name] = note.dataset[name];
    form.querySelector("[data-about-note]")?.replaceWith(...note.querySelectorAll("[data-about-note], .note-says"));
    form.querySelector("[data-mark]")?.remove();
    note.replaceWith(form);
    return form;
  }

  private received(place: Element): void {
    const note = place.closest<HTMLElement>("article.note");
    if (note) delete note.dataset.empty;
  }

  /** Words that closed pages left behind: their notes stand open again, and are sent. */
  private async leftBehind(): Promise<void> {
    const kept = await keptUnder(this.dataset.key ?? "").catch(() => []);
    for (const uid of new Set(kept.map(({ key }) => key.slice((this.dataset.key ?? "").length)))) {
      const known = this.notes().find((note) => note.dataset.note === uid);
      if (known?.querySelector("keep-words")) continue;
      if (known) this.change(known);
      else this.remade(uid, kept.findLast(({ key }) => key.endsWith(uid))?.words ?? "");
    }
  }

  private remade(uid: string, words: string): void {
    try {
      const { spot } = JSON.parse(words) as { spot?: string };
      if (!spot) return;
      const said = JSON.parse(spot) as Spot;
      const note = this.write(said, said.part ? `${said.block}-${said.part}` : said.block, uid);
      delete note.dataset.empty;
      note.querySelector("[data-mark]")?.remove();
      this.draw();
    } catch {
      // nothing that a note could be made from
    }
  }

  // --- removing -------------------------------------------------------------------------------

  private async remove_(note: HTMLElement): Promise<void> {
    if (note.dataset.empty !== undefined) return this.shut();
    if (!(await this.tell(note, "removal"))) return;
    const gone = this.piece("removed");
    gone.dataset.removed = note.dataset.note ?? "";
    gone.append(Object.assign(document.createElement("template"), { className: "was" }));
    gone.querySelector<HTMLTemplateElement>("template.was")?.content.append(note.cloneNode(true));
    note.replaceWith(gone);
    gone.querySelector<HTMLElement>("[data-back]")?.focus();
    this.draw();
  }

  private async putBack(gone: HTMLElement): Promise<void> {
    gone.dataset.note = gone.dataset.removed;
    if (await this.tell(gone, "return")) location.reload();
  }

  private async tell(note: HTMLElement, what: string): Promise<boolean> {
    const url = `${this.dataset.notesUrl ?? ""}${note.dataset.note ?? ""}/${what}/`;
    const reply = await post(url, new URLSearchParams({ operation: operationId() })).catch(() => null);
    if (reply?.ok) return true;
    const said = Object.assign(document.createElement("p"), { className: "error small", role: "alert" });
    said.textContent = this.say("offline", {});
    note.append(said);
    return false;
  }

  // --- selected words -------------------------------------------------------------------------

  private selecting(): void {
    clearTimeout(this.settle);
    this.settle = window.setTimeout(() => this.offer(), SETTLED);
  }

  /** A small bar with what can be done with the selected words, right after their paragraph. */
  private offer(): void {
    const selection = getSelection();
    const range = selection && selection.rangeCount && !selection.isCollapsed ? selection.getRangeAt(0) : null;
    const words = range && !this.contains(range.startContainer) ? wordsOf(range) : null;
    if (!words || words.part.closest('[data-part="asks"]')) {
      if (!this.bar?.contains(document.activeElement)) this.away();
      return;
    }
    this.selected = words;
    if (this.bar) return;
    this.bar = this.piece("bar");
    // a press must not take the selection away before it is used
    this.bar.addEventListener("pointerdown", (event) => event.preventDefault());
    this.bar.addEventListener("click", (event) => this.chosen(event));
    this.bar.addEventListener("keydown", (event) => event.key === "Escape" && this.away());
    (words.part.nextElementSibling?.classList.contains("pin-place") ? words.part.nextElementSibling : words.part.parentElement)?.append(this.bar);
    // a finger selects near the system's own menu: the bar stays out of its way
    if (!matchMedia("(pointer: coarse)").matches) return;
    this.bar.popover = "manual";
    this.bar.showPopover();
  }

  private away(): void {
    this.bar?.remove();
    this.bar = null;
    this.selected = null;
  }

  private chosen(event: Event): void {
    const what = (event.target as Element).closest<HTMLElement>("[data-do]")?.dataset.do;
    const words = this.selected;
    if (!what || !words) return;
    const part = words.part as HTMLElement;
    this.away();
    getSelection()?.removeAllRanges();
    if (what === "note" || !this.narrow()) this.open(part);
    const note = this.write(this.spotOf(part, words), part.id);
    this.keepNow(note);
    if (what === "note") note.querySelector("textarea")?.focus({ preventScroll: true });
  }

  // --- films ----------------------------------------------------------------------------------

  private seconds(film: Element): void {
    if (film.closest('[data-part="asks"]')) return;
    film.querySelector(".video-bar")?.append(this.piece("second"));
  }

  private atSecond(button: HTMLElement): void {
    const section = button.closest<HTMLElement>("section[data-part]");
    const media = button.closest("film-player")?.querySelector<HTMLMediaElement>("video, audio");
    if (!section || !media) return;
    media.pause();
    const { offering = "", lesson = "" } = this.dataset;
    this.open(null);
    const note = this.write({ offering, lesson, block: section.id, second: Math.round(media.currentTime * 10) / 10 }, section.id);
    note.querySelector("textarea")?.focus({ preventScroll: true });
  }

  private play(note: HTMLElement): void {
    const media = document.getElementById(note.dataset.block ?? "")?.querySelector<HTMLMediaElement>("video, audio");
    if (!media) return;
    const go = (): void => void (media.currentTime = Number(note.dataset.second));
    if (media.readyState > 0) go();
    else media.addEventListener("loadedmetadata", go, { once: true });
    void media.play().catch(() => undefined);
    media.scrollIntoView({ block: "center" });
  }
}

const marks = (): HighlightRegistry | undefined => (CSS as { highlights?: HighlightRegistry }).highlights;

/** Whether nothing is written in it, or was. */
const isHighlight = (note: HTMLElement): boolean =>
  !(note.querySelector("textarea")?.value ?? note.querySelector("[data-note-words]")?.textContent ?? "").trim();

const clock = (seconds: number): string => `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, "0")}`;

define("lesson-notes", LessonNotes);
