/* <film-recorder data-place data-kind data-for>: films the camera, the screen or both, or records a
   voice; lets it be looked at, cut at both ends and made again; then hands it to <file-fields> around
   it, which sends it bit by bit. Every second of it is kept on the device until the server has it.

   States: idle, found (one is left from before), ready (it sees and hears), recording, paused, look,
   keeping. Its sentences stand in the page. */
import { waves } from "../../activities/video/_waves";
import { define } from "../../ui/islands/_send";
import { isOpen, page } from "../../ui/islands/_page";
import { canRecord, canShareScreen, capture, ending, reason, typeFor, type Capture, type What } from "./_capture";
import type { FileFields } from "./file-fields";
import { bytesOf, forgetRecording, keepPart, recordingsFor, type Recording } from "./_recordings";
import { clock, secondsOf } from "./_trim";

const PART = 1000; // ms: at most so much is lost when the device dies
const LOOK = 100; // ms between two looks at the clock and the level
const QUIET = 0.01;
const SHORTEST = 0.5; // seconds

class FilmRecorder extends HTMLElement {
  private ended = new AbortController();
  private what: What = "camera";
  private source: Capture | null = null;
  private recorder: MediaRecorder | null = null;
  private recording: Recording | null = null;
  private earlier: Recording | null = null;
  private parts: Blob[] = [];
  private kept: Promise<unknown> = Promise.resolve();
  private timer = 0;
  private since = 0;
  private quietFor = 0;
  private address = "";

  connectedCallback(): void {
    this.ended = new AbortController();
    const { signal } = this.ended;
    this.hidden = false;
    if (!canRecord()) return this.state("cannot");
    for (const button of this.querySelectorAll<HTMLElement>("[data-record=screen], [data-record=both]")) button.hidden = !canShareScreen();
    this.addEventListener("click", (event) => void this.clicked(event), { signal });
    this.addEventListener("input", (event) => this.cut(event.target as HTMLInputElement), { signal });
    this.addEventListener("change", (event) => this.cut(event.target as HTMLInputElement), { signal });
    this.addEventListener("keydown", (event) => event.key === "Enter" && event.target instanceof HTMLInputElement && event.preventDefault(), { signal });
    window.addEventListener("beforeunload", (event) => this.unsafe && event.preventDefault(), { signal });
    this.state("idle");
    void this.leftFromBefore();
  }

  /** Taken out of the page in the middle: what there is stays on the device. */
  disconnectedCallback(): void {
    this.ended.abort();
    if (this.recorder && this.recorder.state !== "inactive") this.recorder.stop();
    this.letGo();
    if (this.address) URL.revokeObjectURL(this.address);
  }

  private get unsafe(): boolean {
    return ["recording", "paused", "keeping"].includes(this.dataset.state ?? "");
  }

  private one<T extends HTMLElement>(which: string): T | null {
    return this.querySelector<T>(which);
  }

  private async leftFromBefore(): Promise<void> {
    const found = await recordingsFor(this.dataset.place ?? "").catch(() => []);
    for (const each of found.filter(({ place }) => place === this.dataset.place)) {
      if (this.dataset.state !== "idle" || (await isOpen(each.page))) continue;
      this.recording = each;
      const said = this.one("[data-found]");
      if (said) said.textContent = (said.dataset.found ?? "").replace("{time}", clock(each.seconds));
      return this.state("found");
    }
  }

  // --- what a person does ---------------------------------------------------------------------

  private async clicked(event: Event): Promise<void> {
    const button = (event.target as Element).closest<HTMLElement>("[data-record], [data-do]");
    if (!button) return;
    const { record, do: deed } = button.dataset;
    if (record) await this.ready(record as What);
    else if (deed === "begin") this.begin();
    else if (deed === "pause") this.pause();
    else if (deed === "go-on") this.goOn();
    else if (deed === "stop") this.recorder?.stop();
    else if (deed === "leave") await this.leave();
    else if (deed === "look") await this.look();
    else if (deed === "again") this.again();
    else if (deed === "keep") await this.keep();
    else if (deed === "throw") await this.throwAway();
    else if (deed === "play") this.playCut();
  }

  /** The camera and the microphone are on, and nothing is recorded yet. */
  private async ready(what: What): Promise<void> {
    this.say("");
    this.what = what;
    try {
      this.source = await capture(what);
    } catch (error) {
      return this.say(reason(error));
    }
    if (!this.isConnected) return this.letGo();
    const live = this.one<HTMLVideoElement>("[data-live]");
    if (live) {
      live.hidden = what === "voice";
      live.srcObject = what === "voice" ? null : this.source.stream;
      void live.play().catch(() => undefined);
    }
    for (const track of this.source.stream.getTracks()) track.addEventListener("ended", () => this.gone());
    this.quietFor = 0;
    this.timer = window.setInterval(() => this.tick(), LOOK);
    this.time(0);
    this.state("ready");
    this.one("[data-do=begin]")?.focus();
  }

  private begin(): void {
    if (!this.source) return;
    const type = typeFor(this.what);
    try {
      this.recorder = new MediaRecorder(this.source.stream, type ? { mimeType: type } : {});
    } catch {
      return this.say("failed");
    }
    this.earlier = this.recording; // an earlier take: it goes when this one is there
    this.parts = [];
    const id = `${page}-${Date.now()}`;
    this.recording = { id, place: this.dataset.place ?? "", page, type: this.recorder.mimeType || type, begun: Date.now(), seconds: 0, levels: [] };
    this.since = performance.now();
    this.recorder.addEventListener("dataavailable", ({ data }) => this.took(data));
    this.recorder.addEventListener("stop", () => void this.stopped());
    this.recorder.addEventListener("error", () => this.say("failed"));
    this.recorder.start(PART);
    this.state("recording");
    this.one("[data-do=stop]")?.focus();
  }

  private took(bytes: Blob): void {
    const { recording } = this;
    if (!recording || !bytes.size) return;
    this.parts.push(bytes);
    const number = this.parts.length - 1;
    const now = { ...recording, levels: [...recording.levels] };
    this.kept = this.kept
      .then(() => keepPart(now, number, bytes))
      .catch(() => {
        // no room: what is there can be looked at and kept as long as the page is open
        this.say("full");
        if (this.recorder && this.recorder.state !== "inactive") this.recorder.stop();
      });
  }

  private pause(): void {
    this.count();
    this.recorder?.pause();
    this.state("paused");
    this.one("[data-do=go-on]")?.focus();
  }

  private goOn(): void {
    this.since = performance.now();
    this.recorder?.resume();
    this.state("recording");
    this.one("[data-do=pause]")?.focus();
  }

  /** The camera was pulled out, or the screen is not shared any more. */
  private gone(): void {
    if (this.recorder && this.recorder.state !== "inactive") {
      this.say("gone");
      this.recorder.stop();
    } else if (this.dataset.state === "ready") {
      void this.leave();
      this.say("gone");
    }
  }

  private async stopped(): Promise<void> {
    if (this.dataset.state === "recording") this.count();
    const { recording } = this;
    this.letGo();
    await this.kept;
    this.recorder = null;
    if (recording) {
      const last = this.parts.at(-1);
      if (last) await keepPart(recording, this.parts.length - 1, last).catch(() => undefined);
    }
    if (this.earlier) await forgetRecording(this.earlier.id).catch(() => undefined);
    this.earlier = null;
    if (!this.isConnected) return;
    if (!this.parts.length) {
      this.recording = null;
      this.say("failed");
      return this.state("idle");
    }
    await this.look();
  }

  private async leave(): Promise<void> {
    this.letGo();
    if (this.recording) await this.look();
    else this.state("idle");
  }

  /** Another take: this one stays until the next is there. */
  private again(): void {
    this.film?.pause();
    this.say("");
    this.state("choose");
    this.one("[data-record]:not([hidden])")?.focus();
  }

  private async throwAway(): Promise<void> {
    if (this.recording) await forgetRecording(this.recording.id).catch(() => undefined);
    this.recording = null;
    this.parts = [];
    this.say("");
    this.state("idle");
    this.one("[data-record]")?.focus();
  }

  // --- while it runs --------------------------------------------------------------------------

  private tick(): void {
    const loud = this.source?.level() ?? 0;
    const meter = this.one<HTMLMeterElement>("[data-level]");
    if (meter) meter.value = Math.sqrt(loud);
    this.quietFor = loud > QUIET ? 0 : this.quietFor + LOOK;
    const quiet = this.one("[data-quiet]");
    if (quiet) quiet.hidden = this.quietFor < 4000;
    if (this.dataset.state !== "recording" || !this.recording) return;
    this.count();
    this.recording.levels.push(Math.round(loud * 100) / 100);
    this.time(this.recording.seconds);
  }

  private count(): void {
    const now = performance.now();
    if (this.recording) this.recording.seconds += (now - this.since) / 1000;
    this.since = now;
  }

  private time(seconds: number): void {
    const place = this.one("[data-time]");
    if (place) place.textContent = clock(seconds);
  }

  private letGo(): void {
    clearInterval(this.timer);
    this.source?.end();
    this.source = null;
    const live = this.one<HTMLVideoElement>("[data-live]");
    if (live) live.srcObject = null;
  }

  // --- looked at, and cut ---------------------------------------------------------------------

  private get film(): HTMLMediaElement | null {
    const picture = this.recording?.type.startsWith("video");
    return this.one<HTMLMediaElement>(picture ? "video[data-look]" : "audio[data-look]");
  }

  private async bytes(): Promise<Blob> {
    const { recording } = this;
    if (!recording) return new Blob();
    return this.parts.length ? new Blob(this.parts, { type: recording.type }) : bytesOf(recording);
  }

  private async look(): Promise<void> {
    const { recording } = this;
    const bytes = await this.bytes().catch(() => new Blob());
    if (!recording || !bytes.size) {
      this.say("failed");
      return this.state("idle");
    }
    if (this.address) URL.revokeObjectURL(this.address);
    this.address = URL.createObjectURL(bytes);
    for (const each of this.querySelectorAll<HTMLMediaElement>("[data-look]")) {
      each.hidden = each !== this.film;
      each.removeAttribute("src");
    }
    const { film } = this;
    if (film) film.src = this.address;
    const length = Math.max(SHORTEST, Math.round(recording.seconds * 10) / 10);
    for (const [name, value] of [["start", 0], ["end", length]] as const) {
      const handle = this.handle(name);
      if (handle) [handle.max, handle.value] = [String(length), String(value)];
    }
    const line = this.querySelector("[data-waves]");
    line?.setAttribute("d", waves(recording.levels));
    this.shown();
    this.state("look");
    this.one("[data-do=play]")?.focus();
  }

  private handle(name: "start" | "end"): HTMLInputElement | null {
    return this.one<HTMLInputElement>(`input[data-handle=${name}]`);
  }

  private get ends(): { start: number; end: number; length: number } {
    const end = this.handle("end");
    const length = Number(end?.max ?? this.recording?.seconds ?? 0); // without handles, where nothing can be cut
    return { start: Number(this.handle("start")?.value ?? 0), end: Number(end?.value ?? length), length };
  }

  /** A handle was moved, or a time typed: the other end stays where it is. */
  private cut(field: HTMLInputElement): void {
    const { typed, handle } = field.dataset;
    const name = (typed ?? handle) as "start" | "end" | undefined;
    if (!name) return;
    const { start, end, length } = this.ends;
    const wanted = typed ? secondsOf(field.value) : Number(field.value);
    const clear = Number.isFinite(wanted);
    field.setAttribute("aria-invalid", String(!clear));
    const wrong = this.one("[data-wrong-time]");
    if (wrong) wrong.hidden = clear;
    if (!clear) return;
    const value = name === "start" ? Math.min(Math.max(0, wanted), end - SHORTEST) : Math.max(Math.min(length, wanted), start + SHORTEST);
    const range = this.handle(name);
    if (range) range.value = String(Math.round(value * 10) / 10);
    this.shown(typed ? field : undefined);
    if (this.film && handle) this.film.currentTime = value;
  }

  /** The handles' places in words and in the picture; what somebody types in stays as it is typed. */
  private shown(typing?: HTMLInputElement): void {
    const { start, end, length } = this.ends;
    for (const [name, value] of [["start", start], ["end", end]] as const) {
      this.handle(name)?.setAttribute("aria-valuetext", clock(value, 1));
      const field = this.one<HTMLInputElement>(`input[data-typed=${name}]`);
      if (field && field !== typing) field.value = clock(value, 1);
    }
    const percent = (seconds: number): string => `${((100 * seconds) / (length || 1)).toFixed(2)}%`;
    this.querySelector("[data-off=start]")?.setAttribute("width", percent(start));
    const after = this.querySelector("[data-off=end]");
    after?.setAttribute("x", percent(end));
    after?.setAttribute("width", percent(length - end));
    const stays = this.one("[data-stays]");
    if (stays) stays.textContent = (stays.dataset.stays ?? "").replace("{time}", clock(end - start));
  }

  /** What stays, from its beginning to its end. */
  private playCut(): void {
    const { film } = this;
    if (!film) return;
    const { start, end } = this.ends;
    film.currentTime = start;
    const until = new AbortController();
    film.addEventListener("timeupdate", () => {
      if (film.currentTime < end) return;
      film.pause();
      until.abort();
    }, { signal: until.signal });
    film.addEventListener("pause", () => until.abort(), { signal: until.signal });
    void film.play().catch(() => undefined);
  }

  // --- kept -----------------------------------------------------------------------------------

  /** Sends it, then fills the fields of the block. Sent again after a reload, it goes on where it was. */
  private async keep(): Promise<void> {
    const { recording } = this;
    const fields = this.closest<FileFields>("file-fields");
    const select = document.getElementById(this.dataset.for ?? "") as HTMLSelectElement | null;
    if (!recording || !fields || !select) return;
    this.say("");
    const { start, end, length } = this.ends;
    const whole = start <= 0 && end >= length;
    const name = `${this.dataset.name ?? "film"}-${new Date(recording.begun).toISOString().slice(0, 10)}.${ending(recording.type)}`;
    const file = new File([await this.bytes()], name, { type: recording.type, lastModified: recording.begun });
    this.film?.pause();
    this.state("keeping");
    const path = await fields.take(file, select, whole ? {} : { start: String(start), end: String(end) });
    if (!path) return this.state("look"); // <file-fields> has said why
    this.fill("seconds", String(Math.max(1, Math.round(end - start))), true);
    this.fill("title", this.dataset.title ?? "", false);
    await forgetRecording(recording.id).catch(() => undefined);
    this.recording = null;
    this.parts = [];
    this.state("kept");
    this.one("[data-when~=kept]")?.focus();
  }

  private fill(name: string, value: string, over: boolean): void {
    const field = this.closest("form")?.querySelector<HTMLInputElement>(`[name=${name}]`);
    if (!field || !value || (field.value && !over)) return;
    field.value = value;
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }

  // --- what is seen ---------------------------------------------------------------------------

  private state(state: string): void {
    this.dataset.state = state;
    for (const each of this.querySelectorAll<HTMLElement>("[data-when]")) each.hidden = !each.dataset.when?.split(" ").includes(state);
  }

  private say(which: string): void {
    for (const each of this.querySelectorAll<HTMLElement>("[data-says]")) each.hidden = each.dataset.says !== which;
  }
}

/** On the page of a lesson: says in which block a recording is waiting. */
class RecordingsLeft extends HTMLElement {
  connectedCallback(): void {
    void this.find();
  }

  private async find(): Promise<void> {
    const place = this.dataset.place ?? "";
    const found = await recordingsFor(place).catch(() => []);
    for (const each of found) {
      const uid = each.place.slice(place.length);
      const link = document.getElementById(`write-${uid}`) as HTMLAnchorElement | null;
      const here = this.querySelector<HTMLAnchorElement>("a");
      if (!link || !here || (await isOpen(each.page))) continue;
      here.href = link.href;
      this.hidden = false;
      return;
    }
  }
}

define("film-recorder", FilmRecorder);
define("recordings-left", RecordingsLeft);
