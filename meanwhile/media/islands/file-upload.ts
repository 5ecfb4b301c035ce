/* <file-upload url>: a file chosen inside is sent at once, bit by bit, and taken up where it was cut.

   Around <input type="file"> with, beside it, <input type="hidden" name="upload"> for the word the
   server gave it, and [data-parts] that is shown while it travels. Without script the file goes
   with the form, as ever. The form waits for the file.

   A page that is loaded again remembers what was under way: choose the same file and it goes on. */
import { define } from "../../ui/islands/_send";
import { megabytes, Sending } from "./_sending";

class FileUpload extends HTMLElement {
  private sending: Sending | null = null;
  private ended = new AbortController();
  private waits = false;
  private submitter: HTMLElement | null = null;

  connectedCallback(): void {
    const { input, form } = this;
    if (!input || !form) return;
    this.ended = new AbortController();
    const { signal } = this.ended;
    input.addEventListener("change", () => void this.begin(input.files?.[0]), { signal });
    this.addEventListener("click", (event) => this.clicked(event), { signal });
    form.addEventListener("submit", (event) => this.submitted(event), { signal, capture: true });
    window.addEventListener("offline", () => this.dataset.state === "sending" && this.show("waiting"), { signal });
    window.addEventListener("online", this.backOnline, { signal });
  }

  disconnectedCallback(): void {
    this.ended.abort();
    void this.sending?.pause();
  }

  private get input(): HTMLInputElement | null {
    return this.querySelector<HTMLInputElement>("input[type=file]");
  }

  private get form(): HTMLFormElement | null {
    return this.closest("form");
  }

  private get word(): HTMLInputElement | null {
    return this.querySelector<HTMLInputElement>("input[name=upload]");
  }

  private async begin(file: File | undefined): Promise<void> {
    await this.sending?.pause();
    this.sending = null;
    if (this.word) this.word.value = "";
    this.name(file?.name ?? "");
    this.show(file ? "sending" : "");
    if (!file) return;
    this.moved(0, file.size);
    this.sending = new Sending(file, this.getAttribute("url") ?? "", {
      moved: (sent, of) => this.moved(sent, of),
      waiting: () => this.show("waiting"),
      stopped: (sentence) => this.show(sentence ? "refused" : "stopped", sentence),
      here: (word) => this.here(word, file),
    });
    await this.sending.begin();
  }

  private here(word: string, file: File): void {
    if (this.word) this.word.value = word;
    this.moved(file.size, file.size);
    this.show("here");
    if (this.waits) this.form?.requestSubmit(this.submitter?.isConnected ? this.submitter : null);
  }

  /** Not after the next wait: now. */
  private backOnline = (): void => {
    if (!this.sending || !["waiting", "stopped"].includes(this.dataset.state ?? "")) return;
    this.show("sending");
    this.sending.goOn();
  };

  // --- what a person sees and does ------------------------------------------------------------

  private clicked(event: Event): void {
    const deed = (event.target as Element).closest<HTMLElement>("[data-do]")?.dataset.do;
    if (!deed || !this.sending) return;
    if (deed === "pause") void this.sending.pause().then(() => this.show("paused"));
    if (deed === "go-on") {
      this.show("sending");
      this.sending.goOn();
    }
    if (deed === "drop") {
      void this.sending.drop();
      this.sending = null;
      if (this.input) this.input.value = "";
      if (this.word) this.word.value = "";
      this.show("");
      this.input?.focus();
    }
  }

  /** The file travels by itself; the form only carries its word. */
  private submitted(event: SubmitEvent): void {
    if (!this.sending) return;
    if (this.word?.value) {
      if (this.input) this.input.disabled = true; // or it would travel twice
      return;
    }
    event.preventDefault();
    event.stopImmediatePropagation();
    this.waits = true;
    this.submitter = event.submitter;
    this.show(this.dataset.state ?? "");
  }

  private moved(sent: number, of: number): void {
    const bar = this.querySelector("progress");
    if (bar) [bar.max, bar.value] = [of || 1, sent];
    const much = this.querySelector<HTMLElement>("[data-much]");
    if (much) much.textContent = `${megabytes(sent)} / ${megabytes(of)} MB`;
    if (this.dataset.state === "waiting" && navigator.onLine) this.show("sending");
  }

  private name(name: string): void {
    const place = this.querySelector<HTMLElement>("[data-name]");
    if (place) place.textContent = name;
  }

  private show(wanted: string, sentence = ""): void {
    const state = wanted === "sending" && !navigator.onLine ? "waiting" : wanted;
    this.dataset.state = state;
    const parts = this.querySelector<HTMLElement>("[data-parts]");
    if (!parts) return;
    parts.hidden = !state;
    const now = this.waits && state !== "here" ? [state, "after"] : [state];
    for (const each of parts.querySelectorAll<HTMLElement>("[data-when]")) each.hidden = !each.dataset.when?.split(" ").some((when) => now.includes(when));
    const why = parts.querySelector<HTMLElement>("[data-why]");
    if (why) why.textContent = sentence;
  }
}

define("file-upload", FileUpload);
