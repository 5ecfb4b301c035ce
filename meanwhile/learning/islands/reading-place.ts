/* <reading-place url data-resume>: opens a lesson where it was left, notices what is read, and
   keeps the Next bar and the outline true.

   A part counts as read when its end has stood on the screen for a second; the place is the
   paragraph in the upper part of the screen. Both go to `url` in batches (_notes.ts). Questions
   are done by answering: their cards say `lesson-moved` with the same facts. */
import { define } from "../../ui/islands/_send";
import { leftBehind, pause, send, store, type Moved, type Reading } from "./_notes";
import type { Kept } from "../../ui/islands/_device";

const LOOK = 1000;
const BATCH_AFTER = 2500;
const PARAGRAPH = /-(p\d+)$/;

/** What the outline calls a part: the same in whichever way it is met. */
function placeOf(part: Element): string {
  return (part as HTMLElement).dataset.place ?? part.id;
}

class ReadingPlace extends HTMLElement {
  private watch = new IntersectionObserver((seen) => this.ends(seen));
  private band = new IntersectionObserver((seen) => this.places(seen), { rootMargin: "-15% 0px -65% 0px" });
  private looking = new Map<Element, number>();
  private inBand = new Set<Element>();
  private read = new Set<string>();
  private fresh: Reading = { done: [], block: "", spot: "" };
  private timer = 0;
  private retry = 0;
  private tries = 0;
  private waiting: Kept[] = [];
  private busy = false;
  private goOn = false;
  private ended = new AbortController();

  connectedCallback(): void {
    this.resume();
    this.ended = new AbortController();
    const { signal } = this.ended;
    document.body.addEventListener("lesson-moved", (event) => this.show((event as CustomEvent<Moved>).detail), { signal });
    if (this.hasAttribute("data-closed")) return;
    for (const part of this.parts()) this.observe(part);
    window.addEventListener("online", () => void this.flush(), { signal });
    window.addEventListener("pagehide", this.leave, { signal });
    document.addEventListener("visibilitychange", () => document.hidden && this.leave(), { signal });
    this.querySelector("form[data-next]")?.addEventListener("submit", this.next, { signal });
    void leftBehind().then((left) => {
      this.waiting.unshift(...left);
      return this.flush();
    });
  }

  disconnectedCallback(): void {
    this.watch.disconnect();
    this.band.disconnect();
    this.ended.abort();
    clearTimeout(this.timer);
    clearTimeout(this.retry);
  }

  private parts(): HTMLElement[] {
    return [...this.querySelectorAll<HTMLElement>("section[data-part]")];
  }

  // --- where it was left ----------------------------------------------------------------------

  /** Goes to the place, unless the address names one or the browser is going back to its own. */
  private resume(): void {
    const anchor = this.dataset.resume;
    const [visit] = performance.getEntriesByType("navigation") as PerformanceNavigationTiming[];
    if (!anchor || location.hash || visit?.type === "back_forward" || visit?.type === "reload") return;
    const go = (): void => document.getElementById(anchor)?.scrollIntoView({ block: "start", behavior: "instant" });
    go();
    // pictures above may still change the height: once more when they are there, if nobody moved
    const at = window.scrollY;
    window.addEventListener("load", () => window.scrollY === at && go(), { once: true });
  }

  // --- what is read ---------------------------------------------------------------------------

  private observe(part: HTMLElement): void {
    const end = part.querySelector("[data-end]");
    if (end && !part.hasAttribute("data-done")) this.watch.observe(end);
    const paragraphs = [...part.querySelectorAll("[id]")].filter((each) => PARAGRAPH.test(each.id));
    for (const each of paragraphs.length ? paragraphs : [part]) this.band.observe(each);
  }

  /** The end of a part has come into view, or gone: it counts after a second of looking. */
  private ends(seen: IntersectionObserverEntry[]): void {
    for (const { target, isIntersecting } of seen) {
      clearTimeout(this.looking.get(target));
      if (isIntersecting) this.looking.set(target, window.setTimeout(() => this.seen(target), LOOK));
    }
  }

  private seen(end: Element): void {
    if (document.hidden) return void this.looking.set(end, window.setTimeout(() => this.seen(end), LOOK));
    const uid = end.closest("section[data-part]")?.id;
    this.watch.unobserve(end);
    if (!uid || this.read.has(uid)) return;
    this.read.add(uid);
    this.fresh.done.push(uid);
    this.soon();
  }

  private places(seen: IntersectionObserverEntry[]): void {
    for (const { target, isIntersecting } of seen) this.inBand[isIntersecting ? "add" : "delete"](target);
    const [first] = [...this.inBand].sort((one, other) => one.getBoundingClientRect().top - other.getBoundingClientRect().top);
    const part = first?.closest("section[data-part]");
    if (!first || !part) return;
    const spot = PARAGRAPH.exec(first.id)?.[1] ?? "";
    if (part.id === this.fresh.block && spot === this.fresh.spot) return;
    const known = !this.fresh.block && [first.id, part.id].includes(this.dataset.resume ?? "");
    Object.assign(this.fresh, { block: part.id, spot });
    this.here(placeOf(part));
    if (!known) this.soon();
  }

  // --- to the server --------------------------------------------------------------------------

  private soon(): void {
    this.timer ||= window.setTimeout(() => void this.batch(), BATCH_AFTER);
  }

  /** What is new becomes a batch: on the device first, then on its way. */
  private async batch(leaving = false): Promise<void> {
    clearTimeout(this.timer);
    this.timer = 0;
    const reading = this.fresh;
    this.fresh = { ...reading, done: [] };
    const stored = store(this.getAttribute("url") ?? "", reading);
    // a page that closes does not wait for the disk
    if (leaving) return void stored.then((record) => send(record, true));
    this.waiting.push(await stored);
    await this.flush();
  }

  private async flush(): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    clearTimeout(this.retry);
    while (this.waiting.length) {
      const [record] = this.waiting;
      const moved = record && navigator.onLine ? await send(record) : "later";
      if (moved === "later") break;
      this.tries = 0;
      this.waiting.shift();
      if (moved && record?.words.includes(`"${this.getAttribute("url") ?? ""}"`)) this.show(moved);
    }
    this.busy = false;
    if (!this.waiting.length && this.goOn) return this.querySelector<HTMLFormElement>("form[data-next]")?.requestSubmit();
    this.say(this.goOn ? "next-offline" : this.waiting.length ? "device" : "kept");
    if (this.waiting.length) this.retry = window.setTimeout(() => void this.flush(), pause(this.tries++));
  }

  private leave = (): void => {
    if (this.timer) void this.batch(true);
  };

  /** 'Done, next' says all a batch could say. Without a network it is kept and sent later. */
  private next = (event: Event): void => {
    clearTimeout(this.timer);
    this.timer = 0;
    if (navigator.onLine) return void (this.goOn = false);
    event.preventDefault();
    void store(this.getAttribute("url") ?? "", { done: [...this.fresh.done], block: "", spot: "", finish: true }).then((record) => {
      this.waiting.push(record);
      this.fresh.done = [];
      this.goOn = true;
      this.say("next-offline");
    });
  };

  // --- on the page ----------------------------------------------------------------------------

  private say(state: string): void {
    const words = this.querySelector<HTMLTemplateElement>(`template[data-said="${state}"]`);
    const place = this.querySelector<HTMLElement>('[data-words="kept"]');
    if (!words || !place || place.dataset.state === state) return;
    place.dataset.state = state;
    place.classList.toggle("wide", state === "kept");
    place.role = "status";
    place.textContent = words.content.textContent;
  }

  private show(moved: Moved): void {
    const left = this.querySelector('[data-words="left"]');
    const says = this.querySelector('[data-words="says"]');
    const bar = this.querySelector<HTMLProgressElement>(".next-bar progress");
    if (left) left.textContent = moved.left;
    if (says) says.textContent = moved.says;
    if (bar) Object.assign(bar, { max: Math.max(1, moved.max), value: moved.value });
    const done = new Set(moved.done);
    for (const part of this.parts()) part.toggleAttribute("data-done", done.has(placeOf(part)));
    this.marks();
  }

  /** The section of the outline one is in. */
  private here(uid: string): void {
    const lines = [...this.querySelectorAll<HTMLElement>(".outline [data-parts]")];
    const now = lines.find((line) => (line.dataset.parts ?? "").split(" ").includes(uid));
    if (!now) return;
    for (const line of lines) {
      const link = line.querySelector("a");
      if (line === now) link?.setAttribute("aria-current", "step");
      else link?.removeAttribute("aria-current");
    }
    this.marks();
  }

  private marks(): void {
    const read = new Set(this.parts().filter((part) => part.hasAttribute("data-done")).map(placeOf));
    for (const line of this.querySelectorAll<HTMLElement>(".outline [data-parts]")) {
      const parts = (line.dataset.parts ?? "").split(" ");
      const done = parts.every((uid) => read.has(uid));
      const mark = line.querySelector<HTMLElement>("span[data-mark]");
      if (mark) this.mark(mark, line.querySelector("[aria-current]") ? "here" : done ? "done" : "minutes");
    }
  }

  private mark(place: HTMLElement, state: string): void {
    const words = this.querySelector<HTMLTemplateElement>(`template[data-mark="${state}"]`);
    if (words) place.replaceChildren(words.content.cloneNode(true));
    else place.textContent = place.dataset.minutes ?? "";
  }
}

define("reading-place", ReadingPlace);
