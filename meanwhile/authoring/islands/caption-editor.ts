/* <caption-editor>: captions as lines beside their film, each with its beginning and its end.

   The words travel and are kept as one text, WebVTT, in the box of the form (keep-words); this only
   shows it as lines and writes back what is typed there. Without a script the box itself is typed in. */
import { define } from "../../ui/islands/_send";
import { clock, secondsOf } from "./_trim";
import { readCaptions, writeCaptions, type Captions, type Line } from "./_vtt";

const BACK = 2; // seconds
const NEW = 3; // seconds: how long a new line is shown
const SHORTEST = 0.1;

class CaptionEditor extends HTMLElement {
  private ended = new AbortController();
  private captions: Captions = { head: "WEBVTT", lines: [], below: "" };
  private at = 0;
  private until = 0;

  connectedCallback(): void {
    this.ended = new AbortController();
    const { signal } = this.ended;
    const { box, film } = this;
    if (!box) return;
    this.read();
    box.addEventListener("input", (event) => event.isTrusted && this.read(), { signal });
    this.querySelector("keep-words")?.addEventListener("words-written", () => this.read(), { signal });
    this.addEventListener("words-received", this.received as EventListener, { signal });
    this.addEventListener("click", (event) => this.clicked(event), { signal });
    this.addEventListener("focusin", (event) => this.entered(event.target as Element), { signal });
    this.list?.addEventListener("input", (event) => this.typed(event.target as HTMLInputElement), { signal });
    this.list?.addEventListener("change", (event) => this.left(event.target as HTMLInputElement), { signal });
    this.addEventListener("keydown", (event) => this.keys(event), { signal });
    film?.addEventListener("timeupdate", () => this.follow(film), { signal });
  }

  disconnectedCallback(): void {
    this.ended.abort();
  }

  private get box(): HTMLTextAreaElement | null {
    return this.querySelector<HTMLTextAreaElement>("textarea[name=words]");
  }

  private get film(): HTMLMediaElement | null {
    return this.querySelector<HTMLMediaElement>("video, audio");
  }

  private get list(): HTMLOListElement | null {
    return this.querySelector<HTMLOListElement>("[data-lines]");
  }

  private get rows(): HTMLElement[] {
    return [...(this.list?.children ?? [])] as HTMLElement[];
  }

  // --- the text and its lines -----------------------------------------------------------------

  /** From the box to the lines; a text that is no captions yet stays in the box. */
  private read(): void {
    const found = readCaptions(this.box?.value ?? "");
    for (const each of this.querySelectorAll<HTMLElement>("[data-lines], [data-tools], [data-keys]")) each.hidden = !found;
    const broken = this.querySelector<HTMLElement>("[data-broken]");
    if (broken) broken.hidden = Boolean(found);
    const file = this.querySelector<HTMLDetailsElement>("[data-file]");
    if (file && !file.contains(document.activeElement)) file.open = !found;
    if (!found) return;
    this.captions = found;
    this.draw();
  }

  private draw(): void {
    const template = this.querySelector<HTMLTemplateElement>("template[data-line]");
    if (!template) return;
    this.list?.replaceChildren(
      ...this.captions.lines.map((line) => {
        const row = (template.content.cloneNode(true) as DocumentFragment).firstElementChild as HTMLElement;
        this.fill(row, line);
        return row;
      }),
    );
    this.at = Math.min(this.at, Math.max(0, this.captions.lines.length - 1));
    this.mark();
  }

  private fill(row: HTMLElement, line: Line): void {
    for (const [which, value] of [["from", clock(line.start, 1)], ["to", clock(line.end, 1)], ["words", line.words]] as const) {
      const field = row.querySelector<HTMLInputElement>(`[data-${which}]`);
      if (field) field.value = value;
    }
    this.judge(row, line);
  }

  /** From the lines to the box; keep-words hears it as if it had been typed there. */
  private write(): void {
    const { box } = this;
    if (!box) return;
    box.value = writeCaptions(this.captions);
    box.dispatchEvent(new Event("input", { bubbles: true }));
  }

  private received = ({ detail }: CustomEvent<{ version: string }>): void => {
    for (const base of document.querySelectorAll<HTMLInputElement>("[name=base_version]")) base.value = String(detail.version);
  };

  private typed(field: HTMLInputElement): void {
    const row = field.closest("li");
    const line = row && this.captions.lines[this.rows.indexOf(row)];
    if (!row || !line) return;
    if ("words" in field.dataset) line.words = field.value;
    else {
      const value = secondsOf(field.value);
      field.setAttribute("aria-invalid", String(!Number.isFinite(value)));
      if (Number.isFinite(value)) line["from" in field.dataset ? "start" : "end"] = value;
    }
    this.judge(row, line);
    this.write();
  }

  /** A time is written one way once somebody has gone on. */
  private left(field: HTMLInputElement): void {
    const row = field.closest("li");
    const line = row && this.captions.lines[this.rows.indexOf(row)];
    if (row && line && !("words" in field.dataset) && field.getAttribute("aria-invalid") !== "true") this.fill(row, line);
  }

  private judge(row: HTMLElement, line: Line): void {
    const unclear = Boolean(row.querySelector("[aria-invalid=true]"));
    const wrong = row.querySelector<HTMLElement>("[data-wrong]");
    if (!wrong) return;
    wrong.hidden = !unclear && line.end > line.start;
    for (const each of wrong.querySelectorAll<HTMLElement>("[data-why]")) each.hidden = (each.dataset.why === "time") !== unclear;
  }

  // --- the film -------------------------------------------------------------------------------

  private follow(film: HTMLMediaElement): void {
    const now = film.currentTime;
    if (this.until && now >= this.until) {
      this.until = 0;
      film.pause();
    }
    const said = this.captions.lines.findIndex((line) => line.start <= now && now < line.end);
    for (const [n, row] of this.rows.entries()) row.toggleAttribute("data-said", n === said);
    const place = this.querySelector<HTMLElement>("[data-now]");
    if (place) {
      place.hidden = false;
      place.textContent = this.captions.lines[said]?.words ?? this.dataset.nothing ?? "";
    }
    const { list } = this;
    const row = this.rows[said];
    if (row && list && !list.contains(document.activeElement)) list.scrollTop = row.offsetTop - list.offsetTop - list.clientHeight / 3;
  }

  private entered(element: Element): void {
    const row = element.closest("li");
    const at = row ? this.rows.indexOf(row) : -1;
    if (at < 0) return;
    this.at = at;
    this.mark();
  }

  private mark(): void {
    for (const [n, row] of this.rows.entries()) {
      if (n === this.at) row.setAttribute("aria-current", "true");
      else row.removeAttribute("aria-current");
    }
  }

  // --- what a person does ---------------------------------------------------------------------

  private clicked(event: Event): void {
    const act = (event.target as Element).closest<HTMLElement>("[data-act]")?.dataset.act;
    if (act) this.act(act);
  }

  private keys(event: KeyboardEvent): void {
    const acts: Record<string, string> = { F2: "back", F4: "play", F8: "start", F9: "end" };
    const act = event.key === "Enter" && (event.ctrlKey || event.metaKey) ? "add" : acts[event.key];
    const times = event.target instanceof HTMLInputElement && event.target.closest("[data-lines]");
    if (act && (event.target as Element).closest("[data-lines], .captions-film")) this.act(act);
    else if (!(times && event.key === "Enter")) return; // Enter in a time is no wish to hand it in
    event.preventDefault();
  }

  private act(act: string): void {
    const { film } = this;
    const line = this.captions.lines[this.at];
    const now = Math.round((film?.currentTime ?? 0) * 10) / 10;
    if (act === "play" && film) void (film.paused ? film.play().catch(() => undefined) : film.pause());
    if (act === "back" && film) film.currentTime = Math.max(0, film.currentTime - BACK);
    if (act === "add") this.add(now);
    if (!line) return;
    if (act === "line" && film) {
      film.currentTime = line.start;
      this.until = line.end;
      void film.play().catch(() => undefined);
    }
    if (act === "start") this.time(line, now, Math.max(line.end, now + SHORTEST));
    if (act === "end" && now > line.start) this.time(line, line.start, now);
    if (act === "split") this.split(line);
    if (act === "join") this.join(line);
    if (act === "remove") this.changed(this.captions.lines.filter((each) => each !== line), this.at);
  }

  private time(line: Line, start: number, end: number): void {
    Object.assign(line, { start, end });
    const row = this.rows[this.at];
    if (row) this.fill(row, line);
    this.write();
  }

  private add(now: number): void {
    const lines = [...this.captions.lines];
    const found = lines.findIndex((line) => line.start > now);
    const at = found < 0 ? lines.length : found;
    const next = lines[at];
    const end = Math.max(now + SHORTEST, Math.min(now + NEW, next?.start ?? Infinity));
    lines.splice(at, 0, { above: "", name: "", start: now, end, place: "", words: "" });
    this.changed(lines, at);
  }

  /** In two, where the cursor stands in its words; the time is shared as the letters are. */
  private split(line: Line): void {
    const words = this.rows[this.at]?.querySelector<HTMLTextAreaElement>("[data-words]");
    const cursor = words?.selectionStart ?? 0;
    const middle = cursor > 0 && cursor < line.words.length ? cursor : Math.max(line.words.lastIndexOf(" ", line.words.length / 2), 0);
    const share = line.words.length ? middle / line.words.length : 0.5;
    const cut = Math.round((line.start + (line.end - line.start) * (share || 0.5)) * 10) / 10;
    const rest = { ...line, above: "", name: "", start: cut, words: line.words.slice(middle).trim() };
    const first = { ...line, end: cut, words: line.words.slice(0, middle).trim() };
    this.changed(this.captions.lines.flatMap((each) => (each === line ? [first, rest] : [each])), this.at + 1);
  }

  private join(line: Line): void {
    const next = this.captions.lines[this.at + 1];
    if (!next) return;
    const both = { ...line, end: Math.max(line.end, next.end), words: [line.words, next.words].filter(Boolean).join(" ") };
    const lines = this.captions.lines.filter((each) => each !== next).map((each) => (each === line ? both : each));
    this.changed(lines, this.at);
  }

  private changed(lines: Line[], at: number): void {
    this.captions.lines = lines;
    this.at = Math.max(0, Math.min(at, lines.length - 1));
    this.draw();
    this.write();
    this.rows[this.at]?.querySelector<HTMLElement>("[data-words]")?.focus();
  }
}

define("caption-editor", CaptionEditor);
