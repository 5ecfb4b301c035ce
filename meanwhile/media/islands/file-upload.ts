/* <file-upload url>: a file chosen inside is sent at once, bit by bit, and taken up where it was cut.

   Around <input type="file"> with, beside it, <input type="hidden" name="upload"> for the word the
   server gave it, and [data-parts] that is shown while it travels. Without script the file goes
   with the form, as ever. The form waits for the file.

   A page that is loaded again remembers what was under way: choose the same file and it goes on.
   Protocol: tus 1.0, spoken by tus-js-client. */
import { Upload, type HttpRequest, type PreviousUpload } from "tus-js-client";
import { csrfToken, define } from "../../ui/islands/_send";

const PART = 1 << 20;
const RETRIES = [500, 1000, 2000, 4000, 8000, 16000, 30000, 60000];

class FileUpload extends HTMLElement {
  private upload: Upload | null = null;
  private ended = new AbortController();

  connectedCallback(): void {
    const { input, form } = this;
    if (!input || !form) return;
    this.ended = new AbortController();
    const { signal } = this.ended;
    input.addEventListener("change", () => void this.begin(input.files?.[0] ?? null), { signal });
    this.addEventListener("click", (event) => this.clicked(event), { signal });
    form.addEventListener("submit", (event) => this.submitted(event), { signal, capture: true });
    window.addEventListener("offline", () => this.dataset.state === "sending" && this.show("waiting"), { signal });
    window.addEventListener("online", this.backOnline, { signal });
  }

  disconnectedCallback(): void {
    this.ended.abort();
    void this.upload?.abort();
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

  private async begin(file: File | null): Promise<void> {
    await this.upload?.abort();
    this.upload = null;
    if (this.word) this.word.value = "";
    this.show(file ? "sending" : "", file ?? undefined, 0, file?.size ?? 0);
    if (!file) return;
    const upload = new Upload(file, {
      endpoint: this.getAttribute("url"),
      chunkSize: PART,
      retryDelays: RETRIES,
      removeFingerprintOnSuccess: true,
      fingerprint: (one, options) => mine(one as File, options?.endpoint ?? ""),
      metadata: { filename: file.name },
      onBeforeRequest: (request: HttpRequest) => request.setHeader("X-CSRFToken", csrfToken()),
      onProgress: (sent, of) => this.show("sending", file, sent, of ?? file.size),
      onShouldRetry: (error) => this.again(error, file),
      onError: (error) => this.failed(error, file),
      onSuccess: () => this.done(upload, file),
    });
    this.upload = upload;
    const [before] = newest(await upload.findPreviousUploads());
    if (before) upload.resumeFromPreviousUpload(before);
    upload.start();
  }

  private done(upload: Upload, file: File): void {
    if (this.word) this.word.value = upload.url?.split("/").filter(Boolean).pop() ?? "";
    this.show("here", file, file.size, file.size);
    this.dispatchEvent(new CustomEvent("file-here", { bubbles: true, detail: { word: this.word?.value, name: file.name } }));
    if (this.waiting) this.send();
  }

  /** The server's own sentence is final; a lost connection is not. */
  private again(error: unknown, file: File): boolean {
    const status = statusOf(error);
    if (status >= 400 && status < 500 && ![409, 423, 429].includes(status)) return false;
    this.show("waiting", file);
    return true;
  }

  private failed(error: unknown, file: File): void {
    const status = statusOf(error);
    this.show(status === 422 ? "refused" : "stopped", file, undefined, undefined, status === 422 ? bodyOf(error) : "");
  }

  /** Not after the next wait: now. */
  private backOnline = (): void => {
    const { upload } = this;
    if (!upload || !["waiting", "stopped"].includes(this.dataset.state ?? "")) return;
    this.show("sending");
    void upload.abort().then(() => upload.start());
  };

  // --- what a person sees and does ------------------------------------------------------------

  private clicked(event: Event): void {
    const button = (event.target as Element).closest<HTMLElement>("[data-do]");
    if (!button || !this.upload) return;
    if (button.dataset.do === "pause") void this.upload.abort().then(() => this.show("paused"));
    if (button.dataset.do === "go-on") {
      this.show("sending");
      this.upload.start();
    }
    if (button.dataset.do === "drop") {
      void this.upload.abort(true).catch(() => undefined);
      this.upload = null;
      if (this.input) this.input.value = "";
      if (this.word) this.word.value = "";
      this.show("");
      this.input?.focus();
    }
  }

  private waiting = false;

  /** The file travels by itself; the form only carries its word. */
  private submitted(event: SubmitEvent): void {
    if (!this.upload) return;
    if (this.word?.value) {
      if (this.input) this.input.disabled = true; // or it would travel twice
      return;
    }
    event.preventDefault();
    event.stopImmediatePropagation();
    this.waiting = true;
    this.submitter = event.submitter;
    this.say("after");
  }

  private submitter: HTMLElement | null = null;

  private send(): void {
    this.waiting = false;
    this.form?.requestSubmit(this.submitter?.isConnected ? this.submitter : null);
  }

  private show(wanted: string, file?: File, sent?: number, of?: number, sentence = ""): void {
    const state = wanted === "sending" && !navigator.onLine ? "waiting" : wanted;
    const parts = this.querySelector<HTMLElement>("[data-parts]");
    if (!parts) return;
    parts.hidden = !state;
    this.dataset.state = state;
    const bar = parts.querySelector("progress");
    if (bar && of !== undefined && sent !== undefined) {
      bar.max = of || 1;
      bar.value = sent;
    }
    for (const each of parts.querySelectorAll<HTMLElement>("[data-when]")) each.hidden = !each.dataset.when?.split(" ").includes(state);
    const name = parts.querySelector<HTMLElement>("[data-name]");
    if (name && file) name.textContent = file.name;
    const much = parts.querySelector<HTMLElement>("[data-much]");
    if (much && sent !== undefined && of) much.textContent = `${megabytes(sent)} / ${megabytes(of)} MB`;
    const why = parts.querySelector<HTMLElement>("[data-why]");
    if (why) why.textContent = sentence;
    if (this.waiting && state === "sending") this.say("after");
  }

  private say(what: string): void {
    const line = this.querySelector<HTMLElement>(`[data-when="${what}"]`);
    if (line) line.hidden = false;
  }
}

/** The same file for the same account: another person on this device does not take it up. */
function mine(file: File, endpoint: string): Promise<string> {
  const account = document.documentElement.dataset.account ?? "";
  return Promise.resolve(["upload", account, endpoint, file.name, file.type, file.size, file.lastModified].join("-"));
}

const newest = (found: PreviousUpload[]): PreviousUpload[] => [...found].sort((one, other) => Date.parse(other.creationTime) - Date.parse(one.creationTime));

interface Answered {
  originalResponse?: { getStatus(): number; getBody(): string } | null;
}

const statusOf = (error: unknown): number => (error as Answered).originalResponse?.getStatus() ?? 0;
const bodyOf = (error: unknown): string => (error as Answered).originalResponse?.getBody() ?? "";

const megabytes = (bytes: number): string => (bytes / 1_000_000).toFixed(1);

define("file-upload", FileUpload);
