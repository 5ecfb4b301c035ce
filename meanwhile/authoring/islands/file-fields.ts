/* <file-fields data-files data-uploads>: a new file for a film, a sound or a file to keep. It travels
   bit by bit and goes on where a bad line cut it; then it stands in the list and is chosen. */
import { megabytes, Sending } from "../../media/islands/_sending";
import { define, post } from "../../ui/islands/_send";

const CAPTIONS = /\.(vtt|srt)$/i;

interface Taken {
  path?: string;
  says?: string;
}

export class FileFields extends HTMLElement {
  private under: Sending | null = null;
  private given: (path: string) => void = () => undefined;
  private ended = new AbortController();

  connectedCallback(): void {
    this.ended = new AbortController();
    const { signal } = this.ended;
    for (const label of this.querySelectorAll<HTMLElement>("[data-new]")) label.hidden = false;
    this.addEventListener("change", (event) => this.changed(event), { signal });
    this.addEventListener("click", (event) => this.clicked(event), { signal });
    window.addEventListener("online", () => this.under?.goOn(), { signal });
    window.addEventListener("beforeunload", (event) => this.under && event.preventDefault(), { signal });
  }

  disconnectedCallback(): void {
    this.ended.abort();
    void this.under?.pause();
  }

  private changed(event: Event): void {
    const input = event.target as HTMLInputElement;
    const file = input.type === "file" ? input.files?.[0] : undefined;
    const select = document.getElementById(input.dataset.for ?? "") as HTMLSelectElement | null;
    if (!file || !select) return;
    event.stopPropagation();
    input.value = "";
    void this.take(file, select);
  }

  /** Sends a file and chooses it: where it is now, or "" where it did not come to that. `more` goes
      with its name. */
  async take(file: File, select: HTMLSelectElement, more: Record<string, string> = {}): Promise<string> {
    await this.under?.drop();
    if (CAPTIONS.test(file.name)) return this.whole(file, select);
    this.given("");
    const taken = new Promise<string>((resolve) => (this.given = resolve));
    this.say("");
    this.moved(file.name, 0, file.size);
    this.under = new Sending(file, this.dataset.uploads ?? "", {
      moved: (sent, of) => this.moved(file.name, sent, of),
      waiting: () => this.state("waiting"),
      stopped: (sentence) => this.stopped(sentence),
      here: (word) => void this.here(word, select, more),
    });
    await this.under.begin();
    return taken;
  }

  /** Captions are small, and the server looks into them: they go at once. */
  private async whole(file: File, select: HTMLSelectElement): Promise<string> {
    this.say("");
    const values = new FormData();
    values.set("file", file);
    const reply = await post(this.dataset.files ?? "", values).catch(() => null);
    return this.chosen((await reply?.json().catch(() => null)) as Taken | null, select);
  }

  private async here(word: string, select: HTMLSelectElement, more: Record<string, string>): Promise<void> {
    const reply = await post(this.dataset.files ?? "", new URLSearchParams({ upload: word, ...more })).catch(() => null);
    const answer = (await reply?.json().catch(() => null)) as Taken | null;
    this.under = null;
    this.state("");
    this.given(this.chosen(answer, select));
  }

  /** The file stands in the list and is chosen; or the page says why not. */
  private chosen(answer: Taken | null, select: HTMLSelectElement): string {
    const path = answer?.path ?? "";
    this.say(path ? "" : (answer?.says ?? this.dataset.lost ?? ""));
    if (!path) return "";
    if (![...select.options].some((option) => option.value === path)) select.add(new Option(path, path));
    select.value = path;
    select.dispatchEvent(new Event("change", { bubbles: true }));
    select.focus();
    return path;
  }

  private stopped(sentence: string): void {
    this.under = null;
    this.state("");
    this.say(sentence || (this.dataset.lost ?? ""));
    this.given("");
  }

  private clicked(event: Event): void {
    if (!(event.target as Element).closest("[data-drop]")) return;
    void this.under?.drop();
    this.under = null;
    this.state("");
    this.given("");
  }

  private moved(name: string, sent: number, of: number): void {
    this.state(navigator.onLine ? "sending" : "waiting");
    const bar = this.querySelector("progress");
    if (bar) [bar.max, bar.value] = [of || 1, sent];
    const much = this.querySelector<HTMLElement>("[data-much]");
    if (much) much.textContent = `${name}: ${megabytes(sent)} / ${megabytes(of)} MB`;
  }

  private state(state: string): void {
    const parts = this.querySelector<HTMLElement>("[data-parts]");
    if (parts) parts.hidden = !state;
    for (const each of parts?.querySelectorAll<HTMLElement>("[data-when]") ?? []) each.hidden = each.dataset.when !== state;
  }

  private say(sentence: string): void {
    const place = this.querySelector<HTMLElement>("[data-refused]");
    if (!place) return;
    place.textContent = sentence;
    place.hidden = !sentence;
  }
}

define("file-fields", FileFields);
