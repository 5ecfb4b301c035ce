/* <save-state>: says exactly where the words are. The sentences are the server's, in <template>s. */
import { clockTime, define, leadBack } from "./_send";

export type State = "device" | "sending" | "received" | "offline" | "signed-out" | "refused" | "only-here";

/** Time between two spoken changes, so that nobody is talked over while typing. */
const PAUSE = 1000;

export class SaveState extends HTMLElement {
  state: State | "" = "";
  private shown = "";
  private timer = 0;
  private last = 0;

  /** Shows a state; a quick run of changes shows only the last one. */
  show(state: State, receivedAt?: string): void {
    this.state = state;
    const wish = `${state} ${receivedAt ?? ""}`;
    if (wish === this.shown) return clearTimeout(this.timer);
    clearTimeout(this.timer);
    const wait = Math.max(0, this.last + PAUSE - Date.now());
    if (this.shown && state === "sending") this.timer = window.setTimeout(() => this.draw(state, wish, receivedAt), wait);
    else this.draw(state, wish, receivedAt);
  }

  private draw(state: State, wish: string, receivedAt?: string): void {
    const which = `template[data-state="${state}"]`;
    // a page with many places may carry the sentences once, in any of them
    const template = this.querySelector<HTMLTemplateElement>(which) ?? document.querySelector<HTMLTemplateElement>(which);
    if (!template) return;
    const words = template.content.cloneNode(true) as DocumentFragment;
    const time = words.querySelector("time");
    if (time && receivedAt) {
      time.dateTime = receivedAt;
      time.textContent = clockTime(new Date(receivedAt));
    }
    leadBack(words);
    for (const child of [...this.childNodes]) if (!(child instanceof HTMLTemplateElement)) child.remove();
    this.prepend(words);
    this.className = `save-state ${template.dataset.tone ?? ""}`.trim();
    this.dataset.state = state;
    this.shown = wish;
    this.last = Date.now();
  }
}

define("save-state", SaveState);
