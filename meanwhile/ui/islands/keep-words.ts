/* <keep-words key url version [named]>: what is typed inside is never lost.

   Within a second it is in IndexedDB; soon after it is posted to `url` as a form with

     operation     the id of this deed: the same words sent twice are received once
     base_version  the version these words were written on
     words         the one field's value; of several fields, or where the place is `named`, a JSON
                   object of name → value(s)

   and the server answers with JSON: 200 {"received_at": ISO time, "version": n}, or
   409 {"theirs": "…", "version": n} where the words were changed elsewhere since base_version.
   Then both are shown and the person chooses; nothing is written over.
   429, 5xx and a missing network are tried again, ever more slowly. A redirect is the way to the
   sign-in: the words wait on the device, a link leads there and back, and the page that opens then
   sends them, for the same account only. Any other answer is a refusal, which the person sees.
   Words leave the device only on a receipt.

   Events (bubbling): words-received {version}, words-refused {status}. */
import { forget, keep, keptFor, type Kept } from "./_device";
import { bothWords, fieldsOf, holdsBoth, readable, readWords, writeWords } from "./_fields";
import { isOpen, page } from "./_page";
import type { SaveState, State } from "./_save-state";
import "./_save-state";
import { define, operationId, post } from "./_send";

const KEEP_AFTER = 300;
const SEND_AFTER = 1200;
const SEND_AT_LAST = 5000;
const FIRST_RETRY = 1000;
const LONGEST_RETRY = 60_000;
const PATIENCE_ON_SUBMIT = 2500;
const KEEPALIVE_LIMIT = 60_000;

interface Receipt {
  received_at?: string;
  version?: number | string;
  theirs?: string;
}

/** The writing places of this page that still look after their record. */
const alive = new Set<string>();
let made = 0;

class KeepWords extends HTMLElement {
  private record!: Kept;
  private keepTimer = 0;
  private sendTimer = 0;
  private sendBy = 0;
  private tries = 0;
  private busy: Promise<void> | null = null;
  private keeping: Promise<void> = Promise.resolve();
  private onDevice = true;
  private letThrough = false;
  private signedOut = false;
  private ended = new AbortController();

  connectedCallback(): void {
    this.record = this.fresh();
    alive.add(this.record.id);
    this.ended = new AbortController();
    const { signal } = this.ended;
    this.addEventListener("input", this.typed, { signal });
    this.addEventListener("change", this.typed, { signal });
    this.addEventListener("click", this.clicked, { signal });
    window.addEventListener("online", this.backOnline, { signal });
    window.addEventListener("offline", () => this.dirty() && this.show(this.unsentState()), { signal });
    window.addEventListener("beforeunload", (event) => this.dirty() && !this.onDevice && event.preventDefault(), { signal });
    window.addEventListener("pagehide", this.leave, { signal });
    document.addEventListener("visibilitychange", () => document.hidden && this.leave(), { signal });
    this.form?.addEventListener("submit", this.submitted, { signal, capture: true });
    void this.restore();
  }

  disconnectedCallback(): void {
    this.leave();
    this.ended.abort();
    clearTimeout(this.sendTimer);
    const { id } = this.record;
    void Promise.allSettled([this.keeping, this.busy]).then(() => this.isConnected || alive.delete(id));
  }

  private get form(): HTMLFormElement | null {
    return this.closest("form") ?? this.querySelector("form");
  }

  private fresh(): Kept {
    const key = this.getAttribute("key") ?? "";
    const words = readWords(this, "served");
    return { id: `${key} ${page} ${++made}`, key, page, words, base: this.getAttribute("version") ?? "", at: 0, sending: null };
  }

  /** Whether something is typed that no receipt covers yet. */
  private dirty(): boolean {
    return this.record.at > 0;
  }

  // --- on this device -----------------------------------------------------------------------

  private typed = (): void => {
    this.keepTimer ||= window.setTimeout(() => void this.keepNow(), KEEP_AFTER);
    if (!this.tries) this.sendSoon();
  };

  /** Puts what stands in the fields on the device, if it is news. One after the other. */
  private keepNow(): Promise<void> {
    clearTimeout(this.keepTimer);
    this.keepTimer = 0;
    const words = readWords(this);
    if (words === this.record.words) return this.keeping;
    this.record = { ...this.record, words, at: Date.now() };
    return this.write().then(() => this.show(this.unsentState()));
  }

  private write(): Promise<void> {
    const record = this.record;
    this.keeping = this.keeping
      .then(() => keep(record))
      .then(() => void (this.onDevice = true))
      .catch(() => void (this.onDevice = false));
    return this.keeping;
  }

  private unsentState(): State {
    if (!this.onDevice) return "only-here";
    if (this.signedOut) return "signed-out";
    return navigator.onLine ? "device" : "offline";
  }

  private leave = (): void => {
    void this.keepNow();
    if (this.dirty() && !this.busy && navigator.onLine) void this.send(true);
  };

  // --- back after a reload or a crash -------------------------------------------------------

  /** Takes over the words that closed pages left behind for this place. */
  private async restore(): Promise<void> {
    if (this.hasAttribute("no-restore")) return;
    const orphans = await leftBehind(this.record.key);
    const last = orphans.pop();
    await this.keepNow(); // typed in the meantime, or filled in by the browser
    if (this.dirty()) this.sendSoon();
    if (last) await (this.dirty() ? this.putAway(last) : this.adopt(last));
    for (const older of orphans) this.putAway(older);
  }

  private async adopt(last: Kept): Promise<void> {
    const standing = readWords(this);
    if (last.words === standing) return void forget(last.id);
    this.record = { ...last, id: this.record.id, page };
    writeWords(this, last.words);
    await this.write();
    await forget(last.id).catch(() => undefined);
    this.show(this.unsentState());
    this.sendSoon();
  }

  /** Older words of the same place are shown, never thrown away unseen. */
  private putAway(older: Kept): void {
    if (older.words === this.record.words) return void forget(older.id);
    this.offer(older.words, this.record.base, older.id);
  }

  // --- to the server ------------------------------------------------------------------------

  /** After a pause in typing, and after a few seconds without one. */
  private sendSoon = (): void => {
    this.sendBy ||= Date.now() + (Number(this.getAttribute("at-last")) || SEND_AT_LAST);
    this.sendIn(Math.min(SEND_AFTER, Math.max(0, this.sendBy - Date.now())));
  };

  private sendIn(wait: number): void {
    clearTimeout(this.sendTimer);
    this.sendTimer = window.setTimeout(() => void this.send(), wait);
  }

  /** A whole class comes back at once when the network does: not all in the same moment. */
  private backOnline = (): void => {
    this.tries = 0;
    if (this.dirty()) this.sendIn(Math.random() * FIRST_RETRY);
  };

  /** Sends what is kept; never two at once, and never past words that are still on their way. */
  private send(leaving = false): Promise<void> {
    clearTimeout(this.sendTimer);
    this.sendBy = 0;
    if (this.busy) return this.busy;
    this.busy = this.sendOne(leaving).finally(() => (this.busy = null));
    return this.busy;
  }

  private async sendOne(leaving: boolean): Promise<void> {
    await this.keepNow();
    const url = this.getAttribute("url");
    if (!url || !this.dirty() || this.querySelector(".two-versions")) return;
    if (!navigator.onLine) return this.later(null);
    const { words, base } = this.record;
    this.record.sending ??= { operation: operationId(), words, base };
    const { operation, ...sent } = this.record.sending;
    await this.write();
    this.show("sending");
    const values = new URLSearchParams({ operation, base_version: sent.base, words: sent.words });
    const reply = await post(url, values, leaving && sent.words.length < KEEPALIVE_LIMIT).catch(() => null);
    await this.answered(reply);
  }

  private async answered(reply: Response | null): Promise<void> {
    this.signedOut = reply?.type === "opaqueredirect";
    if (this.signedOut) return this.show(this.unsentState());
    if (reply === null || reply.status === 429 || reply.status >= 500) return this.later(reply);
    const receipt = (await reply.json().catch(() => ({}))) as Receipt;
    if (reply.ok && receipt.received_at) return this.received(receipt);
    if (reply.status === 409 && receipt.theirs !== undefined) return this.differ(receipt);
    this.record.sending = null;
    await this.write();
    this.show(this.onDevice ? "refused" : "only-here");
    this.dispatchEvent(new CustomEvent("words-refused", { bubbles: true, detail: { status: reply.status } }));
  }

  /** No receipt: the words stay, and go again after a while that grows and is never the same. */
  private later(reply: Response | null): void {
    const asked = Number(reply?.headers.get("Retry-After")) * 1000 || 0;
    const longest = Math.min(LONGEST_RETRY, FIRST_RETRY * 2 ** this.tries++);
    const wait = Math.max(asked, longest / 2 + (Math.random() * longest) / 2);
    this.sendIn(wait);
    this.show(this.onDevice ? (reply === null ? "offline" : "device") : "only-here");
  }

  private async received(receipt: Receipt): Promise<void> {
    const sent = this.record.sending;
    const base = String(receipt.version ?? this.record.base);
    this.setAttribute("version", base);
    this.tries = 0;
    this.record = { ...this.record, base, sending: null };
    if ((sent?.words ?? this.record.words) !== readWords(this)) {
      await this.write();
      this.sendSoon();
    } else {
      await this.purge();
      this.show("received", receipt.received_at);
    }
    this.dispatchEvent(new CustomEvent("words-received", { bubbles: true, detail: { version: base } }));
  }

  private async purge(): Promise<void> {
    this.record.at = 0;
    await this.keeping;
    await forget(this.record.id).catch(() => undefined);
  }

  // --- two versions -------------------------------------------------------------------------

  private async differ(receipt: Receipt): Promise<void> {
    this.record.sending = null;
    this.tries = 0;
    await this.write();
    const theirs = receipt.theirs ?? "";
    if (theirs === this.record.words) return this.received({ ...receipt, received_at: new Date().toISOString() });
    this.offer(theirs, String(receipt.version ?? this.record.base));
    this.show(this.unsentState());
  }

  /** Shows the other words under the box. The person chooses; until then nothing is sent. */
  private offer(theirs: string, version: string, orphan = ""): void {
    const which = 'template[data-part="two"]';
    // a page with many places may carry it once
    const template = this.querySelector<HTMLTemplateElement>(which) ?? document.querySelector<HTMLTemplateElement>(which);
    if (!template || this.querySelector(".two-versions")) return;
    const panel = (template.content.cloneNode(true) as DocumentFragment).firstElementChild as HTMLElement;
    const place = panel.querySelector<HTMLElement>("[data-theirs]");
    if (place) place.textContent = readable(this, theirs);
    if (!holdsBoth(this)) panel.querySelector('[data-choose="both"]')?.remove();
    panel.dataset.words = theirs;
    panel.dataset.version = version;
    panel.dataset.orphan = orphan;
    this.append(panel);
  }

  private clicked = (event: Event): void => {
    const target = event.target as Element;
    if (target.closest("[data-again]")) return void this.send();
    const choice = target.closest<HTMLElement>("[data-choose]")?.dataset.choose;
    const panel = this.querySelector<HTMLElement>(".two-versions");
    if (choice && panel) this.choose(choice, panel);
  };

  private choose(choice: string, panel: HTMLElement): void {
    const theirs = panel.dataset.words ?? "";
    this.record.base = panel.dataset.version ?? this.record.base;
    if (panel.dataset.orphan) void forget(panel.dataset.orphan);
    panel.remove();
    if (choice === "theirs") writeWords(this, theirs);
    if (choice === "both") writeWords(this, bothWords(this, theirs));
    this.record = { ...this.record, words: readWords(this), at: Date.now() };
    fieldsOf(this)[0]?.focus();
    void this.write().then(() => this.send());
  }

  // --- handing in ---------------------------------------------------------------------------

  /** The form waits a moment for the receipt of what was typed, then goes its way. */
  private submitted = (event: SubmitEvent): void => {
    if (this.letThrough || !this.getAttribute("url")) return;
    void this.keepNow();
    if (!this.dirty() || this.querySelector(".two-versions")) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const form = event.target as HTMLFormElement;
    const patience = new Promise<void>((resolve) => setTimeout(resolve, PATIENCE_ON_SUBMIT));
    // a task later at the earliest: a form does not submit again while it is still submitting
    const later = new Promise<void>((resolve) => setTimeout(resolve));
    void Promise.race([Promise.all([this.settle(), later]), patience]).then(() => {
      if (this.signedOut) return; // what is handed in would be lost on the way to the sign-in
      this.letThrough = true;
      form.requestSubmit(event.submitter);
      this.letThrough = false;
    });
  };

  /** Until everything typed is received, or the server cannot be reached. */
  private async settle(): Promise<void> {
    for (let turn = 0; turn < 3 && this.dirty() && !this.tries && !this.signedOut; turn++) await this.send();
  }

  private show(state: State, receivedAt?: string): void {
    const place = this.querySelector<SaveState>("save-state") ?? this.form?.querySelector<SaveState>("save-state");
    place?.show?.(state, receivedAt);
  }
}

/** Records of a place whose page or element is gone, oldest first. */
async function leftBehind(key: string): Promise<Kept[]> {
  const found: Kept[] = [];
  for (const record of await keptFor(key).catch(() => [])) {
    const open = record.page === page ? alive.has(record.id) : await isOpen(record.page);
    if (!open) found.push(record);
  }
  return found;
}

define("keep-words", KeepWords);
