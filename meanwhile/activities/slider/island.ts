/* <number-slider data-mark data-unit data-unset>: a handle that moves with the number in the box, and the box with
   it. Only the box is sent and kept; until something stands in it, the handle is hollow. */
import { define } from "../../ui/islands/_send";

class NumberSlider extends HTMLElement {
  private ended = new AbortController();

  connectedCallback(): void {
    this.ended = new AbortController();
    const { signal } = this.ended;
    this.querySelector<HTMLElement>("[data-handy]")!.hidden = false;
    this.range.addEventListener("input", () => this.moved(), { signal });
    this.box.addEventListener("input", () => this.draw(), { signal });
    this.closest("keep-words")?.addEventListener("words-written", () => this.draw(), { signal });
    this.draw();
  }

  disconnectedCallback(): void {
    this.ended.abort();
  }

  private get range(): HTMLInputElement {
    return this.querySelector<HTMLInputElement>("[type=range]")!;
  }

  private get box(): HTMLInputElement {
    return this.querySelector<HTMLInputElement>("[name=number]")!;
  }

  /** The handle was moved: the box says where to, as the reader's language writes it. */
  private moved(): void {
    this.box.value = this.range.value.replace(".", this.dataset.mark ?? ".");
    this.box.dispatchEvent(new Event("change", { bubbles: true }));
    this.name(true);
  }

  private draw(): void {
    const typed = this.box.value.replace(",", ".").replace("−", "-").replace(this.dataset.unit || " ", "").trim();
    const known = typed !== "" && Number.isFinite(Number(typed));
    if (known) this.range.value = typed;
    this.name(known);
  }

  private name(known: boolean): void {
    this.range.toggleAttribute("data-unset", !known);
    const words = known ? `${this.box.value} ${this.dataset.unit ?? ""}`.trim() : (this.dataset.unset ?? "");
    this.range.setAttribute("aria-valuetext", words);
  }
}

define("number-slider", NumberSlider);
