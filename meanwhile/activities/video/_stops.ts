/* A film that stops where a question is asked. Not an island.

   The question stays where it is in the page; it is only shown above it (a popover), so that what was
   typed in it, its card and its receipts are the same. Nobody is locked in: Escape or "Go on" plays on,
   skipping over it is free, and a question that was answered right, or asked once on this page, is not
   asked again. */

const STEP = 2; // seconds: a larger step of the clock is a skip, not playing

interface Stop {
  at: number;
  section: HTMLElement;
}

export class FilmStops {
  private readonly stops: Stop[];
  private readonly asked = new Set<HTMLElement>();
  private before = 0;
  private open: Stop | null = null;

  constructor(
    private readonly player: HTMLElement,
    private readonly film: HTMLMediaElement,
    private readonly signal: AbortSignal,
  ) {
    this.stops = [...player.querySelectorAll<HTMLAnchorElement>("a[data-stops-at]")].flatMap((link) => {
      const section = document.getElementById(decodeURIComponent(link.hash.slice(1)));
      return section ? [{ at: Number(link.dataset.stopsAt), section }] : [];
    });
    if (!this.stops.length || !HTMLElement.prototype.showPopover) return;
    film.addEventListener("timeupdate", () => this.moved(), { signal });
    film.addEventListener("seeking", () => (this.before = film.currentTime), { signal });
    signal.addEventListener("abort", () => this.open && this.close(false));
  }

  private moved(): void {
    const { film, before } = this;
    const now = film.currentTime;
    this.before = now;
    if (this.open || film.seeking || film.paused || now - before > STEP * Math.max(1, film.playbackRate)) return;
    const stop = this.stops.find((each) => before <= each.at && each.at < now && this.wanted(each));
    if (stop) this.ask(stop);
  }

  private wanted({ section }: Stop): boolean {
    return section.isConnected && !this.asked.has(section) && !section.querySelector("question-card.know");
  }

  private ask(stop: Stop): void {
    const words = this.player.querySelector<HTMLTemplateElement>('template[data-part="stop"]');
    const bar = words?.content.cloneNode(true) as DocumentFragment | undefined;
    const line = bar?.querySelector("p");
    if (!bar || !line) return;
    this.film.pause();
    this.film.currentTime = this.before = stop.at;
    this.open = stop;
    this.asked.add(stop.section);
    const { section } = stop;
    const time = `${Math.floor(stop.at / 60)}:${String(Math.floor(stop.at % 60)).padStart(2, "0")}`;
    const last = line.lastChild;
    if (last) last.textContent = (last.textContent ?? "").replace("{time}", time);
    line.id = `${section.id}-stopped`;
    section.prepend(bar);
    section.popover = "manual";
    section.tabIndex = -1;
    section.setAttribute("role", "dialog");
    section.setAttribute("aria-modal", "true");
    section.setAttribute("aria-labelledby", line.id);
    section.addEventListener("click", this.clicked);
    section.addEventListener("keydown", this.keys);
    section.showPopover();
    section.focus();
  }

  private clicked = (event: Event): void => {
    if ((event.target as Element).closest("[data-go-on-with]")) this.close(true);
  };

  private keys = (event: KeyboardEvent): void => {
    if (event.key === "Escape") {
      event.preventDefault();
      event.stopPropagation();
      this.close(true);
    }
    if (event.key === "Tab") this.stay(event);
  };

  /** Tab goes round in the question while it stands above the page. */
  private stay(event: KeyboardEvent): void {
    const section = this.open?.section;
    const all = [...(section?.querySelectorAll<HTMLElement>("a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex='0']") ?? [])];
    const reached = all.filter((each) => !each.matches(":disabled") && each.getClientRects().length > 0);
    const [first, last] = [reached[0], reached.at(-1)];
    const on = document.activeElement;
    if (event.shiftKey && (on === first || on === section)) last?.focus();
    else if (!event.shiftKey && on === last) first?.focus();
    else return;
    event.preventDefault();
  }

  /** The question is back in its place, and the film goes on. */
  private close(play: boolean): void {
    const stop = this.open;
    if (!stop) return;
    this.open = null;
    const { section } = stop;
    section.removeEventListener("click", this.clicked);
    section.removeEventListener("keydown", this.keys);
    section.querySelector(":scope > .film-stop")?.remove();
    if (section.popover) section.hidePopover();
    for (const name of ["popover", "role", "aria-modal", "aria-labelledby", "tabindex"]) section.removeAttribute(name);
    if (!play || this.signal.aborted) return;
    this.film.focus();
    void this.film.play().catch(() => undefined);
  }
}
