/* <film-player data-place-url data-from>: goes on where it was left, keeps the place to the second,
   its words and chapters follow, its words can be searched, and it stops where a question is asked.
   Without script it is a film with controls, its chapters and its words. */
import { define, operationId, post } from "../../ui/islands/_send";
import { remember, remembered } from "./_kept";
import { quality } from "./_quality";
import { FilmStops } from "./_stops";
import { drawWaves } from "./_waves";

const SEND_EVERY = 15;

class FilmPlayer extends HTMLElement {
  private ended = new AbortController();
  private sent = 0;
  private lines: HTMLElement[] = [];
  private chapters: HTMLElement[] = [];
  private current = new Map<HTMLElement[], HTMLElement | null>();

  connectedCallback(): void {
    const film = this.film;
    if (!film) return;
    this.ended = new AbortController();
    const { signal } = this.ended;
    this.sent = Number(this.dataset.from ?? 0);
    quality(this, film, signal);
    drawWaves(this);
    this.place(film, signal);
    this.asked(film);
    this.speed(film, signal);
    this.words(film, signal);
    this.captions(film, signal);
    this.marks(film, signal);
    new FilmStops(this, film, signal);
    film.addEventListener("timeupdate", () => this.moved(film), { signal });
    film.addEventListener("pause", () => this.keep(film), { signal });
    film.addEventListener("ended", () => this.keep(film, true), { signal });
    document.addEventListener("visibilitychange", () => document.hidden && this.keep(film), { signal });
    window.addEventListener("pagehide", () => this.keep(film), { signal });
  }

  disconnectedCallback(): void {
    this.ended.abort();
  }

  private get film(): HTMLMediaElement | null {
    return this.querySelector<HTMLMediaElement>("video, audio");
  }

  // --- the place ------------------------------------------------------------------------------

  private place(film: HTMLMediaElement, signal: AbortSignal): void {
    const from = Number(this.dataset.from ?? 0);
    const button = this.querySelector<HTMLButtonElement>("[data-go-on]");
    if (!button || from < 1) return;
    button.hidden = false;
    button.addEventListener("click", () => this.playFrom(film, from), { signal });
    film.addEventListener("play", () => (button.hidden = true), { signal });
  }

  /** From a search: ?second=12.5 in an address that ends at this part. It is not played unasked. */
  private asked(film: HTMLMediaElement): void {
    const second = Number(new URLSearchParams(location.search).get("second"));
    if (!(second > 0) || this.closest("section")?.id !== decodeURIComponent(location.hash.slice(1))) return;
    this.goTo(film, second);
    requestAnimationFrame(() => this.follow(second)); // once the lines are there
  }

  private goTo(film: HTMLMediaElement, seconds: number): void {
    const go = (): void => {
      film.currentTime = seconds;
    };
    if (film.readyState > 0) go();
    else film.addEventListener("loadedmetadata", go, { once: true });
    if (film.preload === "none") film.preload = "metadata";
  }

  private playFrom(film: HTMLMediaElement, seconds: number): void {
    this.goTo(film, seconds);
    void film.play().catch(() => undefined);
  }

  private moved(film: HTMLMediaElement): void {
    this.follow(film.currentTime);
    const length = Number.isFinite(film.duration) ? film.duration : 0;
    if (length) this.querySelector("[data-played]")?.setAttribute("width", `${((100 * film.currentTime) / length).toFixed(2)}%`);
    if (Math.abs(film.currentTime - this.sent) >= SEND_EVERY) this.keep(film);
  }

  /** Where somebody is, posted at a pause, now and then, and when the page goes away. A place that
      is lost is only a place: it is not tried again. */
  private keep(film: HTMLMediaElement, ended = false): void {
    const url = this.dataset.placeUrl;
    const seconds = ended ? 0 : Math.round(film.currentTime * 10) / 10;
    if (!url || (!ended && (seconds === this.sent || film.played.length === 0))) return;
    this.sent = seconds;
    const values = new URLSearchParams({ operation: operationId(), seconds: String(seconds) });
    if (ended) values.set("ended", "on");
    void post(url, values, true).then(
      (answer) => answer.ok && this.dispatchEvent(new CustomEvent("place-kept", { bubbles: true, detail: { seconds, ended } })),
      () => (this.sent = -1),
    );
  }

  // --- speed ----------------------------------------------------------------------------------

  private speed(film: HTMLMediaElement, signal: AbortSignal): void {
    const label = this.querySelector<HTMLElement>("[data-speed]");
    const choice = label?.querySelector("select");
    if (!label || !choice) return;
    label.hidden = false;
    const set = (rate: number): void => {
      film.defaultPlaybackRate = film.playbackRate = rate; // the default stays when the file changes
    };
    choice.addEventListener("change", () => set(Number(choice.value)), { signal });
    film.addEventListener("ratechange", () => {
      choice.value = String(film.playbackRate);
      if (choice.value) remember({ rate: choice.value });
    }, { signal });
    const before = remembered().rate ?? "";
    if (before !== "1" && [...choice.options].some(({ value }) => value === before)) set(Number(before));
  }

  /** On or off as they were left on this device. */
  private captions(film: HTMLMediaElement, signal: AbortSignal): void {
    const track = film.textTracks[0];
    if (!track) return;
    if (remembered().captions === "off") track.mode = "hidden";
    // the browser says so a moment later, also of what was just set: only a change is somebody's wish
    film.textTracks.addEventListener("change", () => remember({ captions: track.mode === "showing" ? "on" : "off" }), { signal });
  }

  /** A press on the strip of marks goes there; by keyboard the film's own bar and the lists do. */
  private marks(film: HTMLMediaElement, signal: AbortSignal): void {
    const strip = this.querySelector<SVGElement>("[data-marks]");
    strip?.addEventListener("click", (event) => {
      const { left, width } = strip.getBoundingClientRect();
      if (Number.isFinite(film.duration)) this.goTo(film, (film.duration * (event.clientX - left)) / width);
    }, { signal });
  }

  // --- what is said ---------------------------------------------------------------------------

  private words(film: HTMLMediaElement, signal: AbortSignal): void {
    this.chapters = this.list("[data-chapters]", film, signal);
    this.lines = this.list("[data-said]", film, signal);
    const find = this.querySelector<HTMLElement>("[data-find]");
    const input = find?.querySelector("input");
    if (!find || !input) return;
    find.hidden = false;
    input.addEventListener("input", () => this.find(input.value), { signal });
    input.addEventListener("keydown", (event) => event.key === "Enter" && event.preventDefault(), { signal });
  }

  /** The lines of a list with seconds; each plays from there. */
  private list(which: string, film: HTMLMediaElement, signal: AbortSignal): HTMLElement[] {
    const list = this.querySelector<HTMLElement>(which);
    if (!list) return [];
    const lines = [...list.querySelectorAll<HTMLElement>("li")];
    for (const line of lines) this.button(line, list.dataset.fromHere ?? "");
    list.addEventListener("click", (event) => {
      const line = (event.target as Element).closest("button") && (event.target as Element).closest<HTMLElement>("li");
      if (line) this.playFrom(film, Number(line.dataset.at));
    }, { signal });
    return lines;
  }

  /** The time of a line becomes a button that plays from there. */
  private button(line: HTMLElement, words: string): void {
    const stamp = line.firstElementChild;
    if (!stamp || stamp.querySelector("button")) return;
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = stamp.textContent;
    button.setAttribute("aria-label", words.replace("{time}", stamp.textContent ?? ""));
    stamp.replaceChildren(button);
  }

  private follow(seconds: number): void {
    for (const lines of [this.chapters, this.lines]) this.mark(lines, seconds);
  }

  private mark(lines: HTMLElement[], seconds: number): void {
    const line = lines.findLast((each) => Number(each.dataset.at) <= seconds) ?? null;
    const before = this.current.get(lines);
    if (line === (before ?? null)) return;
    before?.removeAttribute("aria-current");
    this.current.set(lines, line);
    line?.setAttribute("aria-current", "true");
    const list = line?.parentElement;
    if (!line || !list || list.contains(document.activeElement) || list.matches(":hover")) return;
    list.scrollTop = line.offsetTop - list.offsetTop - list.clientHeight / 3; // only the list, never the page
  }

  private find(typed: string): void {
    const plain = (text: string): string => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
    const wanted = plain(typed.trim());
    let found = 0;
    for (const line of this.lines) {
      const fits = !wanted || plain(line.textContent ?? "").includes(wanted);
      line.hidden = !fits;
      found += Number(fits);
    }
    const said = this.querySelector<HTMLElement>("[data-found]");
    if (!said) return;
    const some = (said.dataset.some ?? "").replace("{n}", String(found)).replace("{of}", String(this.lines.length));
    said.textContent = !wanted ? "" : found ? some : (said.dataset.none ?? "");
  }
}

define("film-player", FilmPlayer);
