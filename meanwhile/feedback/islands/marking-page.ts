/* <marking-page>: comments pinned to the words that are chosen, the comment bank, single keys.

   Without it the page is a form: a comment is added by choosing its sentence from a list. The
   comments live in the hidden field `comments` as JSON, which keep-words looks after; their boxes
   are only another view of it. A place in the text is counted in characters (code points), as the
   server counts them, from the `data-start` of the piece it is in. */
import { define } from "../../ui/islands/_send";

interface Comment {
  uid: string;
  words: string;
  start?: number;
  end?: number;
  file?: string;
  x?: number;
  y?: number;
  second?: number;
  line?: string;
}

const ASK_AFTER = 200;
const SHORTEST = 2;
const SETTING = "single-keys-off";

/** Whether the page that stands here came in place of another one. */
let swapped = false;

/** The text as the person sees it, marked without touching its elements. */
const marks = (): Highlight | null => {
  if (!("highlights" in CSS)) return null;
  const found = CSS.highlights.get("chosen-words") ?? new Highlight();
  CSS.highlights.set("chosen-words", found);
  return found;
};

class MarkingPage extends HTMLElement {
  private ended = new AbortController();
  private asking = 0;
  private asked = 0;
  private chosen: { start: number; end: number; range: Range } | null = null;

  connectedCallback(): void {
    this.ended = new AbortController();
    const { signal } = this.ended;
    marks()?.clear();
    for (const hidden of this.querySelectorAll<HTMLElement>("[data-comment], [data-remove], [data-keys], [data-comment-second], [data-comment-file]")) hidden.hidden = false;
    const list = this.querySelector<HTMLDetailsElement>("details[data-list]");
    if (list) list.open = false; // the way without a mouse: C opens it where no words are chosen
    document.addEventListener("selectionchange", this.choose, { signal });
    document.addEventListener("keydown", this.keys, { signal });
    this.addEventListener("click", this.clicked, { signal });
    this.addEventListener("input", this.typed, { signal });
    this.addEventListener("change", this.levelled, { signal });
    this.addEventListener("words-received", this.received, { signal });
    this.addEventListener("words-written", () => this.draw(), { signal, capture: true });
    // told to what is swapped, which is the page around this element
    document.addEventListener("htmx:beforeSwap", this.answered, { signal });
    this.showSetting();
    // who comes next is read out; a turn later, for htmx gives the focus back to a field of the same id
    if (swapped) setTimeout(() => this.querySelector<HTMLElement>("h1")?.focus({ preventScroll: true }));
    swapped = false;
  }

  disconnectedCallback(): void {
    clearTimeout(this.asking);
    this.ended.abort();
  }

  // --- the comments -------------------------------------------------------------------------

  private get field(): HTMLTextAreaElement | null {
    return this.querySelector('textarea[name="comments"]');
  }

  private get comments(): Comment[] {
    const found: Comment[] = [];
    for (const part of (this.field?.value ?? "").split("\n\n")) {
      try {
        found.push(...((JSON.parse(part || "[]") as Comment[] | null) ?? []));
      } catch {
        // the half that cannot be read stays out of the boxes; the server reads it the same way
      }
    }
    return found.filter((each, at) => each.uid && found.findIndex((other) => other.uid === each.uid) === at);
  }

  /** Write the comments down where keep-words finds them. */
  private write(comments: Comment[]): void {
    if (!this.field) return;
    this.field.value = JSON.stringify(comments);
    this.field.dispatchEvent(new Event("input", { bubbles: true }));
  }

  private typed = (event: Event): void => {
    const box = event.target as HTMLTextAreaElement;
    const uid = box.closest<HTMLElement>(".work-note")?.dataset.uid;
    if (!uid || box.tagName !== "TEXTAREA") return;
    this.write(this.comments.map((each) => (each.uid === uid ? { ...each, words: box.value } : each)));
    this.suggest(box);
  };

  /** Show a box for each comment that has none: after a restore, or when one is added. */
  private draw(): void {
    const comments = this.comments;
    for (const note of this.querySelectorAll<HTMLElement>(".work-note")) {
      if (!comments.some((each) => each.uid === note.dataset.uid)) note.remove();
    }
    for (const each of comments) {
      const box = this.box(each.uid) ?? this.add(each);
      if (box && box.value !== each.words) box.value = each.words;
    }
  }

  private box(uid: string): HTMLTextAreaElement | null {
    return this.querySelector(`.work-note[data-uid="${CSS.escape(uid)}"] textarea`);
  }

  private add(comment: Comment): HTMLTextAreaElement | null {
    const template = this.querySelector<HTMLTemplateElement>('template[data-part="comment"]');
    const work = this.querySelector<HTMLElement>("[data-work]");
    const note = template?.content.firstElementChild?.cloneNode(true) as HTMLElement | undefined;
    const box = note?.querySelector("textarea");
    if (!note || !work || !box) return null;
    note.dataset.uid = comment.uid;
    box.id = `c-${comment.uid}`;
    box.name = `comment.${comment.uid}`;
    note.querySelector("label")?.setAttribute("for", box.id);
    const pin = note.querySelector(".pin");
    if (pin) pin.textContent = String(this.querySelectorAll(".work-note").length + 1);
    this.placeOf(comment, work).after(note);
    return box;
  }

  /** The paragraph or file a comment is about, else the end of the work. */
  private placeOf(comment: Comment, work: HTMLElement): Element {
    const parts = [...work.querySelectorAll<HTMLElement>(".work-part")];
    const last = parts.at(-1) ?? work;
    if (comment.file) return parts.find((each) => each.dataset.file === comment.file) ?? last;
    if (comment.end === undefined) return work.lastElementChild ?? last;
    const before = parts.filter((each) => {
      const piece = each.querySelector<HTMLElement>("[data-start]");
      return piece && Number(piece.dataset.start) < (comment.end ?? 0);
    });
    let place: Element = before.at(-1) ?? last;
    while (place.nextElementSibling?.classList.contains("work-note")) place = place.nextElementSibling;
    return place;
  }

  private begin(about: Partial<Comment>): void {
    const uid = `k${Date.now().toString(36)}${Math.floor(Math.random() * 1e6).toString(36)}`;
    const line = this.querySelector<HTMLElement>("fieldset[data-line]:has(:checked):not(:has(~ fieldset :checked))")?.dataset.line;
    const comment: Comment = { uid, words: "", ...about, ...(line ? { line } : {}) };
    const box = this.add(comment);
    // an empty comment is nothing yet: it is written down with its first word
    box?.addEventListener("input", () => this.comments.some((each) => each.uid === uid) || this.write([...this.comments, { ...comment, words: box.value }]), { once: true, capture: true });
    box?.focus();
  }

  private takeOut(note: HTMLElement): void {
    const uid = note.dataset.uid;
    const next = (note.nextElementSibling ?? note.previousElementSibling)?.querySelector<HTMLElement>("textarea");
    note.remove();
    this.write(this.comments.filter((each) => each.uid !== uid));
    this.say(this.querySelector<HTMLElement>("[data-said]")?.dataset.removed ?? "");
    (next ?? this.querySelector<HTMLElement>("[data-comment]"))?.focus();
  }

  // --- choosing words -----------------------------------------------------------------------

  private choose = (): void => {
    const selection = getSelection();
    if (!selection?.rangeCount || selection.isCollapsed) return;
    const range = selection.getRangeAt(0);
    const start = this.offset(range.startContainer, range.startOffset, false);
    const end = this.offset(range.endContainer, range.endOffset, true);
    if (start !== null && end !== null && start < end) this.chosen = { start, end, range: range.cloneRange() };
  };

  /** Characters from the beginning of the work to a place in it; null outside of its words. */
  private offset(node: Node, at: number, isEnd: boolean): number | null {
    const work = this.querySelector("[data-work]");
    if (!work?.contains(node)) return null;
    if (node.nodeType === Node.TEXT_NODE) {
      const piece = node.parentElement?.closest<HTMLElement>("[data-start]");
      if (piece) return Number(piece.dataset.start) + [...(node.textContent ?? "").slice(0, at)].length;
    }
    // between elements: the piece that begins after the place, or that ends before it
    const pieces = [...work.querySelectorAll<HTMLElement>("[data-start]")];
    const edge = document.createRange();
    edge.setStart(node, at);
    const side = (each: Element): number => edge.comparePoint(each, 0);
    const piece = isEnd ? pieces.filter((each) => side(each) < 0).at(-1) : pieces.find((each) => side(each) >= 0);
    if (!piece) return null;
    return Number(piece.dataset.start) + (isEnd ? [...(piece.textContent ?? "")].length : 0);
  }

  private comment(): void {
    if (!this.chosen) {
      const list = this.querySelector<HTMLDetailsElement>("details[data-list]");
      if (list) list.open = true;
      return list?.querySelector<HTMLElement>("select")?.focus();
    }
    const { start, end, range } = this.chosen;
    this.chosen = null;
    marks()?.add(range);
    getSelection()?.removeAllRanges();
    this.begin({ start, end });
  }

  // --- the bank -----------------------------------------------------------------------------

  private suggest(box: HTMLTextAreaElement): void {
    clearTimeout(this.asking);
    const menu = box.parentElement?.querySelector<HTMLElement>(".bank");
    if (!menu) return;
    menu.hidden = true;
    if (box.value.trim().length < SHORTEST) return;
    this.asking = window.setTimeout(() => void this.ask(box, menu), ASK_AFTER);
  }

  private async ask(box: HTMLTextAreaElement, menu: HTMLElement): Promise<void> {
    const turn = ++this.asked;
    const uid = box.closest<HTMLElement>(".work-note")?.dataset.uid;
    const line = this.comments.find((each) => each.uid === uid)?.line ?? "";
    const address = `${this.dataset.bank}?${new URLSearchParams({ q: box.value.trim(), line })}`;
    const reply = await fetch(address, { credentials: "same-origin", redirect: "manual" }).catch(() => null);
    if (!reply?.ok || turn !== this.asked) return;
    menu.innerHTML = await reply.text(); // our own page, escaped by the server
    for (const each of menu.querySelectorAll("button")) if (each.textContent === box.value.trim()) each.remove();
    menu.hidden = !menu.querySelector("button");
    if (!menu.hidden) this.say(this.querySelector<HTMLElement>("[data-said]")?.dataset.many ?? "");
  }

  private take(button: HTMLElement): void {
    const box = button.closest(".work-note")?.querySelector("textarea");
    if (!box) return;
    box.value = button.textContent ?? "";
    box.dispatchEvent(new Event("input", { bubbles: true }));
    clearTimeout(this.asking);
    button.parentElement!.hidden = true;
    box.focus();
  }

  private say(words: string): void {
    const place = this.querySelector("[data-said]");
    if (place) place.textContent = words;
  }

  // --- pressing -----------------------------------------------------------------------------

  private clicked = (event: MouseEvent): void => {
    const target = event.target as HTMLElement;
    const note = target.closest<HTMLElement>(".work-note");
    const second = target.closest<HTMLElement>("[data-comment-second]")?.dataset.commentSecond;
    const file = target.closest<HTMLElement>("[data-comment-file]")?.dataset.commentFile;
    const picture = target.closest<HTMLImageElement>("img[data-spot]");
    if (target.closest("[data-comment]")) this.comment();
    else if (target.closest("[data-remove]") && note) this.takeOut(note);
    else if (target.closest("[data-take]")) this.take(target.closest<HTMLElement>("[data-take]")!);
    else if (target.closest("[data-single-keys]")) this.turn();
    else if (file) this.begin({ file });
    else if (second) this.begin({ file: second, second: Math.floor(this.player(second)?.currentTime ?? 0) });
    else if (picture && this.querySelector("[data-comment]")) {
      const box = picture.getBoundingClientRect();
      const part = (at: number, from: number, size: number): number => Math.min(1000, Math.max(0, Math.round((1000 * (at - from)) / size)));
      this.begin({ file: picture.dataset.spot, x: part(event.clientX, box.left, box.width), y: part(event.clientY, box.top, box.height) });
    }
  };

  private player(uid: string): HTMLMediaElement | null {
    return this.querySelector(`[data-second="${CSS.escape(uid)}"]`);
  }

  private levelled = (event: Event): void => {
    const radio = event.target as HTMLInputElement;
    const line = radio.closest("fieldset[data-line]");
    if (radio.type !== "radio" || !line) return;
    for (const hint of line.querySelectorAll<HTMLElement>("[data-level]")) hint.hidden = hint.dataset.level !== radio.value;
  };

  // --- keys ---------------------------------------------------------------------------------

  private get single(): boolean {
    return localStorage.getItem(SETTING) === null;
  }

  private turn(): void {
    if (this.single) localStorage.setItem(SETTING, "1");
    else localStorage.removeItem(SETTING);
    this.showSetting();
  }

  private showSetting(): void {
    const button = this.querySelector<HTMLElement>("[data-single-keys]");
    if (button) button.textContent = (this.single ? button.dataset.on : button.dataset.off) ?? "";
  }

  private keys = (event: KeyboardEvent): void => {
    const target = event.target as HTMLElement;
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && this.contains(target)) {
      event.preventDefault();
      return this.press("r");
    }
    const menu = target.parentElement?.querySelector<HTMLElement>(".bank");
    if (event.key === "ArrowDown" && target.tagName === "TEXTAREA" && menu && !menu.hidden) {
      event.preventDefault();
      return menu.querySelector<HTMLElement>("button")?.focus();
    }
    if (target.matches("[data-take]")) return this.inBank(event, target);
    if (event.key === "Escape" && target.matches("textarea, input, select") && this.contains(target)) return target.blur();
    if (!this.single || event.ctrlKey || event.metaKey || event.altKey || target.matches("textarea, select, input:not([type=radio]), [contenteditable]") || document.querySelector(":popover-open, dialog[open]")) return;
    this.one(event);
  };

  private inBank(event: KeyboardEvent, button: HTMLElement): void {
    const step = { ArrowDown: "nextElementSibling", ArrowUp: "previousElementSibling" }[event.key] as "nextElementSibling" | undefined;
    if (event.key === "Escape") return void ((button.parentElement!.hidden = true), button.closest(".work-note")?.querySelector("textarea")?.focus());
    if (!step) return;
    event.preventDefault();
    ((button[step] as HTMLElement | null) ?? button.closest(".work-note")?.querySelector("textarea"))?.focus();
  }

  private one(event: KeyboardEvent): void {
    const key = event.key.toLowerCase();
    const level = Number(key);
    if (level >= 1) this.level(level);
    else if (key === "n") this.querySelector<HTMLElement>("#note")?.focus();
    else if (key === "c") this.comment();
    else if ("jkhr".includes(key) && key.length === 1) this.press(key);
    else return;
    event.preventDefault();
  }

  private press(key: string): void {
    this.querySelector<HTMLElement>(`[data-key="${key}"]`)?.click();
  }

  /** Choose a level on the line that has the focus, else on the first that is open. After the last
      line the note comes. */
  private level(number: number): void {
    const lines = [...this.querySelectorAll<HTMLFieldSetElement>("fieldset[data-line]:not(:disabled)")];
    const focused = document.activeElement?.closest<HTMLFieldSetElement>("fieldset[data-line]");
    const line = focused ?? lines.find((each) => !each.querySelector(":checked"));
    const radio = line?.querySelectorAll<HTMLInputElement>("input[type=radio]")[number - 1];
    if (!line || !radio) return;
    radio.click();
    const open = lines.find((each) => !each.querySelector(":checked"));
    if (open) open.querySelector<HTMLInputElement>("input[type=radio]")?.focus();
    else this.querySelector<HTMLElement>("#note")?.focus();
  }

  // --- sending ------------------------------------------------------------------------------

  private received = (event: Event): void => {
    const version = (event as CustomEvent<{ version: string }>).detail.version;
    const base = this.querySelector<HTMLInputElement>('input[name="base_version"]');
    if (base) base.value = version;
  };

  /** A page that refuses is shown as well; the page to sign in is gone to whole. */
  private answered = (event: Event): void => {
    const { xhr } = (event as CustomEvent<{ xhr: XMLHttpRequest; shouldSwap: boolean }>).detail;
    swapped = true;
    if (xhr.responseURL.includes("/account/login/")) {
      event.preventDefault();
      location.assign(xhr.responseURL);
      return;
    }
    if (xhr.status === 422 || xhr.status === 409) (event as CustomEvent<{ shouldSwap: boolean }>).detail.shouldSwap = true;
  };
}

define("marking-page", MarkingPage);
