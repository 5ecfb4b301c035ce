/* <read-aloud data-language>: reads a lesson aloud, sentence by sentence, with the device's own voices.

   Only voices that say they are local are used: a remote one would send the text to a third party.
   The sentence and the word are marked over the text as it goes. A pause ends the sentence and going
   on begins it again, because not every device can pause a voice. Speed and voice are kept on the
   device, where the voices are. */
import { define } from "../../ui/islands/_send";
import { signsOf, stretchOf, type Sign } from "./_signs";

const KEPT = "read-aloud";
const PATIENCE = 2000;
const READABLE = "h1, h2, h3, h4, h5, h6, p, li, dt, dd, figcaption, th, td, pre, .choice, img[alt]";
const NEVER = ".pin-place, .select-bar, save-state, [hidden], [aria-hidden=true], .video, details:not([open]) > :not(summary), .two-versions, .hint, .error";

/** One sentence on the page. A picture has words but no signs. */
interface Sentence {
  element: Element;
  text: string;
  signs: Sign[];
}

class ReadAloud extends HTMLElement {
  private voices: SpeechSynthesisVoice[] = [];
  private sentences: Sentence[] = [];
  private at = -1;
  private speaking: SpeechSynthesisUtterance | null = null;
  private ended = new AbortController();

  connectedCallback(): void {
    this.ended = new AbortController();
    const { signal } = this.ended;
    const { speechSynthesis } = window;
    if (!speechSynthesis) return this.none();
    speechSynthesis.addEventListener("voiceschanged", () => this.known(), { signal });
    window.addEventListener("pagehide", () => this.stop(), { signal });
    this.addEventListener("click", (event) => this.pressed(event.target as Element), { signal });
    this.addEventListener("keydown", (event) => event.key === "Escape" && this.stop(true), { signal });
    this.addEventListener("change", () => this.chosen(), { signal });
    this.known();
    setTimeout(() => this.voices.length || this.none(), PATIENCE);
  }

  disconnectedCallback(): void {
    this.stop();
    this.ended.abort();
  }

  private piece<E extends HTMLElement>(name: string): E {
    return this.querySelector<E>(`[data-${name}]`)!;
  }

  // --- voices ---------------------------------------------------------------------------------

  private get language(): string {
    return (this.dataset.language || document.documentElement.lang).toLowerCase();
  }

  /** The local voices for the language of the lesson. */
  private known(): void {
    const base = this.language.split("-")[0] ?? "";
    this.voices = speechSynthesis.getVoices().filter((voice) => voice.localService && voice.lang.toLowerCase().split(/[-_]/)[0] === base);
    if (!this.voices.length) return;
    const kept = read();
    const options = this.voices.map((voice) => new Option(voice.name, voice.voiceURI, false, voice.voiceURI === kept.voice));
    this.piece<HTMLSelectElement>("voice").replaceChildren(...options);
    if (kept.rate) this.piece<HTMLSelectElement>("rate").value = kept.rate;
    this.piece("start").hidden = !this.piece("bar").hidden;
    this.piece("none").hidden = true;
  }

  private none(): void {
    this.piece("none").hidden = false;
  }

  private chosen(): void {
    const [rate, voice] = [this.piece<HTMLSelectElement>("rate").value, this.piece<HTMLSelectElement>("voice").value];
    write({ rate, voice });
    if (this.speaking) this.say(this.at);
  }

  // --- reading --------------------------------------------------------------------------------

  private pressed(target: Element): void {
    if (target.closest("[data-start]")) return this.start();
    if (target.closest("[data-stop]")) return this.stop(true);
    if (target.closest("[data-play]")) return this.speaking ? this.pause() : this.say(this.at);
    const step = target.closest<HTMLElement>("[data-step]")?.dataset.step;
    if (step) this.say(Math.min(this.sentences.length - 1, Math.max(0, this.at + Number(step))));
  }

  /** From the paragraph whose notes are open, else from the first that is on the screen. */
  private start(): void {
    this.sentences = sentencesOf(document.querySelector("article.prose"), this.language);
    if (!this.sentences.length) return;
    const open = document.querySelector(".pinned");
    const chosen = open ? this.sentences.findIndex(({ element }) => open.contains(element)) : -1;
    const seen = this.sentences.findIndex(({ element }) => element.getBoundingClientRect().bottom > 80);
    this.piece("bar").hidden = false;
    this.piece("start").hidden = true;
    this.say(Math.max(0, chosen < 0 ? seen : chosen));
    this.piece("play").focus({ preventScroll: true });
  }

  private say(at: number): void {
    const sentence = this.sentences[at];
    if (!sentence) return this.stop(true);
    this.quiet();
    this.at = at;
    const words = new SpeechSynthesisUtterance(sentence.text);
    words.voice = this.voices.find((voice) => voice.voiceURI === this.piece<HTMLSelectElement>("voice").value) ?? this.voices[0] ?? null;
    words.lang = words.voice?.lang ?? this.language;
    words.rate = Number(this.piece<HTMLSelectElement>("rate").value);
    words.onboundary = (event) => event.name === "word" && words === this.speaking && this.word(sentence, event.charIndex);
    words.onend = () => words === this.speaking && this.say(at + 1);
    words.onerror = () => words === this.speaking && this.pause();
    this.speaking = words;
    this.show(sentence);
    this.state();
    speechSynthesis.speak(words);
  }

  /** Ends what is being said without going on to the next. */
  private quiet(): void {
    this.speaking = null;
    speechSynthesis.cancel();
  }

  private pause(): void {
    this.quiet();
    this.state();
  }

  private stop(focus = false): void {
    if (!window.speechSynthesis) return;
    this.quiet();
    this.at = -1;
    mark("spoken", null);
    mark("spoken-word", null);
    document.querySelector(".being-read")?.classList.remove("being-read");
    this.piece("bar").hidden = true;
    this.piece("start").hidden = !this.voices.length;
    if (focus) this.piece("start").focus({ preventScroll: true });
  }

  private state(): void {
    for (const part of this.querySelectorAll<HTMLElement>("[data-when]")) part.hidden = (part.dataset.when === "reading") !== (this.speaking !== null);
  }

  // --- what is marked -------------------------------------------------------------------------

  private show({ element, signs }: Sentence): void {
    document.querySelector(".being-read")?.classList.remove("being-read");
    const range = stretchOf(signs, 0, signs.length);
    if (!mark("spoken", range) || !range) element.classList.add("being-read");
    mark("spoken-word", null);
    element.scrollIntoView({ block: "nearest" });
  }

  private word({ text, signs }: Sentence, index: number): void {
    const start = [...text.slice(0, index)].length;
    const length = [...(/^[\p{L}\p{N}\p{M}'’-]+/u.exec(text.slice(index))?.[0] ?? "")].length;
    mark("spoken-word", length ? stretchOf(signs, start, start + length) : null);
  }
}

/** Every sentence in reading order; each thing that is read stands by itself. */
function sentencesOf(article: Element | null, language: string): Sentence[] {
  if (!article) return [];
  const all = [...article.querySelectorAll(READABLE)].filter((each) => !each.closest(NEVER) && shown(each));
  const leaves = all.filter((each) => each.matches("img") || !all.some((other) => other !== each && !other.matches("img") && each.contains(other)));
  return leaves.flatMap((element) => (element instanceof HTMLImageElement ? picture(element) : inSentences(element, language)));
}

const shown = (element: Element): boolean => element.getClientRects().length > 0;

const picture = (element: HTMLImageElement): Sentence[] => (element.alt.trim() ? [{ element, text: element.alt, signs: [] }] : []);

function inSentences(element: Element, language: string): Sentence[] {
  const signs = signsOf([element]);
  const text = signs.map(({ sign }) => sign).join("");
  if (!text) return [];
  const cut = "Segmenter" in Intl ? [...new Intl.Segmenter(language || "en", { granularity: "sentence" }).segment(text)].map(({ segment }) => segment) : [text];
  let from = 0;
  return cut.flatMap((segment) => {
    const start = from;
    from += [...segment].length;
    const said = segment.trimEnd();
    return said ? [{ element, text: said, signs: signs.slice(start, start + [...said].length) }] : [];
  });
}

/** Marks a stretch under a name, or nothing. Whether this browser can. */
function mark(name: string, range: Range | null): boolean {
  const marks = (CSS as { highlights?: HighlightRegistry }).highlights;
  if (!marks) return false;
  if (range) marks.set(name, new Highlight(range));
  else marks.delete(name);
  return true;
}

function read(): { rate?: string; voice?: string } {
  try {
    return JSON.parse(localStorage.getItem(KEPT) ?? "{}") as { rate?: string; voice?: string };
  } catch {
    return {};
  }
}

function write(choice: { rate: string; voice: string }): void {
  try {
    localStorage.setItem(KEPT, JSON.stringify(choice));
  } catch {
    // a device that keeps nothing reads all the same
  }
}

define("read-aloud", ReadAloud);
