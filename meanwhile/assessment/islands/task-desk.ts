/* <task-desk uploads files>: the place where a task is written and handed in.

   Words are kept by keep-words inside. This one counts them, tells the form on which version of the
   draft it stands, and takes the files: of each it works out the hash on this device and tells the
   server name, size and hash, which is quick; then the bytes travel, bit by bit, in the background.
   Handing in waits for the first only, so the time counts though a film is still on its way.

   A file that was announced and cut off is in the list; choosing the same file again goes on. */
import { define, operationId, post } from "../../ui/islands/_send";
import { megabytes, Sending } from "../../media/islands/_sending";
import { hashOf } from "./_sha256";

const AT_ONCE = 2;

interface Coming {
  file: File;
  row: HTMLElement;
  uid: string;
  word: string;
  sending: Sending | null;
}

class TaskDesk extends HTMLElement {
  private reading = 0;
  private waiting: Coming[] = [];
  private travelling = new Set<Coming>();
  private held: HTMLElement | null = null;
  private hands = false;
  private ended = new AbortController();

  connectedCallback(): void {
    this.ended = new AbortController();
    const { signal } = this.ended;
    this.form?.addEventListener("submit", this.submitted, { signal, capture: true });
    this.addEventListener("words-received", this.received, { signal });
    this.addEventListener("input", this.count, { signal });
    this.addEventListener("words-written", this.count, { signal, capture: true });
    this.picker?.addEventListener("change", () => this.take(this.picker?.files), { signal });
    const drop = this.querySelector<HTMLElement>("[data-drop]");
    drop?.addEventListener("dragover", this.over, { signal });
    drop?.addEventListener("dragleave", () => drop.classList.remove("drop-over"), { signal });
    drop?.addEventListener("drop", this.dropped, { signal });
    window.addEventListener("online", this.backOnline, { signal });
    this.count();
  }

  disconnectedCallback(): void {
    this.ended.abort();
    for (const each of this.travelling) void each.sending?.pause();
  }

  private get form(): HTMLFormElement | null {
    return this.querySelector("form");
  }

  private get picker(): HTMLInputElement | null {
    return this.querySelector<HTMLInputElement>("input[type=file]");
  }

  // --- words ----------------------------------------------------------------------------------

  /** The draft that is handed in is the one that the server has. */
  private received = (event: Event): void => {
    const base = this.form?.querySelector<HTMLInputElement>("input[name=base_version]");
    if (base) base.value = String((event as CustomEvent<{ version: string }>).detail.version);
  };

  /** The first number of the words below the box. */
  private count = (): void => {
    const place = this.querySelector<HTMLElement>("[data-count]");
    const box = this.querySelector<HTMLTextAreaElement>("textarea[name=text]");
    if (!place || !box) return;
    const words = box.value.split(/\s+/).filter(Boolean).length;
    place.textContent = (place.textContent ?? "").replace(/[\d.,\u00a0\u202f]*\d/, String(words));
  };

  // --- files ----------------------------------------------------------------------------------

  private over = (event: Event): void => {
    event.preventDefault();
    (event.currentTarget as HTMLElement).classList.add("drop-over");
  };

  private dropped = (event: Event): void => {
    event.preventDefault();
    (event.currentTarget as HTMLElement).classList.remove("drop-over");
    this.take((event as DragEvent).dataTransfer?.files);
  };

  private take(files: FileList | null | undefined): void {
    const chosen = [...(files ?? [])];
    if (this.picker) this.picker.value = ""; // they do not travel with the form
    for (const file of chosen) void this.announce(file);
  }

  /** One after the other: the order of the list is the order in which they were chosen. */
  private announcing: Promise<void> = Promise.resolve();

  private announce(file: File): Promise<void> {
    const row = this.draw(file);
    this.reading++;
    this.announcing = this.announcing
      .then(() => this.announceOne(file, row))
      .catch(() => this.show(row, "stopped"))
      .finally(() => {
        this.reading--;
        if (!this.reading && this.hands) this.go();
      });
    return this.announcing;
  }

  private async announceOne(file: File, row: HTMLElement): Promise<void> {
    this.show(row, "reading");
    const sha256 = await hashOf(file);
    const known = [...this.querySelectorAll<HTMLElement>("[data-files] [data-sha256]")].find((each) => each.dataset.sha256 === sha256 && each.dataset.name === file.name);
    if (known && "here" in known.dataset) return row.remove();
    const uid = known?.dataset.uid ?? operationId();
    if (!known) {
      const values = new URLSearchParams({ operation: operationId(), uid, name: file.name, size: String(file.size), sha256 });
      const reply = await post(this.getAttribute("files") ?? "", values);
      if (!reply.ok) return this.refuse(row, await sentenceOf(reply));
    }
    this.waiting.push({ file, row, uid, word: "", sending: null });
    this.next();
  }

  /** Two at once: many photos do not wait for one film, and nobody's line is filled by twenty. */
  private next(): void {
    while (this.travelling.size < AT_ONCE) {
      const coming = this.waiting.shift();
      if (!coming) return;
      this.travelling.add(coming);
      this.send(coming);
    }
  }

  private send(coming: Coming): void {
    const { file, row } = coming;
    this.show(row, navigator.onLine ? "sending" : "waiting");
    coming.sending = new Sending(file, this.getAttribute("uploads") ?? "", {
      moved: (sent, of) => {
        this.moved(row, sent, of);
        if (row.dataset.state === "waiting" && navigator.onLine) this.show(row, "sending");
      },
      waiting: () => this.show(row, "waiting"),
      stopped: (sentence) => {
        if (sentence) this.refuse(row, sentence);
        else this.show(row, "stopped");
        if (sentence) this.done(coming);
      },
      here: (word) => void this.here(coming, word),
    });
    void coming.sending.begin();
  }

  private async here(coming: Coming, word: string): Promise<void> {
    coming.word = word;
    const url = `${this.getAttribute("files")}${coming.uid}/arrival/`;
    const reply = await post(url, new URLSearchParams({ upload: word })).catch(() => null);
    if (reply === null || reply.status >= 500) return void setTimeout(() => void this.here(coming, word), 2000 + Math.random() * 3000);
    if (reply.ok) coming.row.remove();
    else this.refuse(coming.row, await sentenceOf(reply));
    this.done(coming);
    await this.redraw();
  }

  private done(coming: Coming): void {
    this.travelling.delete(coming);
    this.next();
  }

  private backOnline = (): void => {
    for (const each of this.travelling) {
      if (!["waiting", "stopped"].includes(each.row.dataset.state ?? "")) continue;
      this.show(each.row, "sending");
      each.sending?.goOn();
    }
  };

  /** The list as the server has it now; the words in the box are not touched. */
  private async redraw(): Promise<void> {
    const reply = await fetch(location.pathname, { credentials: "same-origin", redirect: "manual" }).catch(() => null);
    if (!reply?.ok) return;
    const page = new DOMParser().parseFromString(await reply.text(), "text/html");
    const list = page.querySelector("task-desk [data-files]");
    if (list) this.querySelector("[data-files]")?.replaceChildren(...list.childNodes);
  }

  private draw(file: File): HTMLElement {
    const part = this.querySelector<HTMLTemplateElement>('template[data-part="file"]');
    const list = this.querySelector<HTMLElement>("[data-coming]");
    const row = (part?.content.firstElementChild?.cloneNode(true) ?? document.createElement("li")) as HTMLElement;
    const name = row.querySelector("[data-name]");
    if (name) name.textContent = file.name;
    this.moved(row, 0, file.size);
    list?.append(row);
    if (list) list.hidden = false;
    return row;
  }

  private moved(row: HTMLElement, sent: number, of: number): void {
    const bar = row.querySelector("progress");
    if (bar) [bar.max, bar.value] = [of || 1, sent];
    const much = row.querySelector("[data-much]");
    if (much) much.textContent = `${megabytes(sent)} / ${megabytes(of)} MB`;
  }

  private refuse(row: HTMLElement, sentence: string): void {
    const why = row.querySelector("[data-why]");
    if (why) why.textContent = sentence;
    this.show(row, sentence ? "refused" : "stopped");
  }

  private show(row: HTMLElement, state: string): void {
    row.dataset.state = state;
    for (const each of row.querySelectorAll<HTMLElement>("[data-when]")) each.hidden = each.dataset.when !== state;
  }

  // --- handing in -----------------------------------------------------------------------------

  /** Not before every file that was chosen is known to the server by its hash. */
  private submitted = (event: SubmitEvent): void => {
    if (!this.reading) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    this.hands = true;
    this.held = event.submitter;
    this.say(true);
  };

  private go(): void {
    this.hands = false;
    this.say(false);
    this.form?.requestSubmit(this.held?.isConnected ? this.held : null);
  }

  private say(waits: boolean): void {
    const place = this.querySelector<HTMLElement>("[data-waiting]");
    if (place) place.hidden = !waits;
  }
}

async function sentenceOf(reply: Response): Promise<string> {
  const says = (await reply.json().catch(() => ({}))) as { says?: string };
  return says.says ?? "";
}

define("task-desk", TaskDesk);
