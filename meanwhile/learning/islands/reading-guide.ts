/* <reading-guide>: the ruler follows the pointer, and the paragraph at the reading line is the one in
   focus. Both only where the reading settings ask for it; the ruler stands still without script. */
import { define } from "../../ui/islands/_send";

const LINE = 0.38;

class ReadingGuide extends HTMLElement {
  private ended = new AbortController();
  private frame = 0;

  connectedCallback(): void {
    this.ended = new AbortController();
    const { signal } = this.ended;
    window.addEventListener("pointermove", (event) => event.pointerType === "mouse" && this.move(event.clientY), { signal, passive: true });
    for (const what of ["scroll", "resize"]) window.addEventListener(what, () => this.soon(), { signal, passive: true });
    document.addEventListener("change", () => this.soon(), { signal });
    // who goes through the text with the keyboard takes the focus along
    document.addEventListener("focusin", (event) => this.soon((event.target as Element).closest(".pin-place")?.previousElementSibling ?? null), { signal });
    this.soon();
  }

  disconnectedCallback(): void {
    this.ended.abort();
    cancelAnimationFrame(this.frame);
  }

  private move(y: number): void {
    if (document.documentElement.dataset.ruler) this.style.insetBlockStart = `${y}px`;
  }

  private soon(wanted: Element | null = null): void {
    if (!document.documentElement.dataset.focus) return;
    cancelAnimationFrame(this.frame);
    this.frame = requestAnimationFrame(() => this.here(wanted));
  }

  /** The part of the text that stands at the reading line, else the nearest to it. */
  private here(wanted: Element | null): void {
    const parts = [...document.querySelectorAll("article.prose > [data-part] > :not(.pin-place, [data-end])")];
    const line = innerHeight * LINE;
    const away = (part: Element): number => {
      const { top, bottom } = part.getBoundingClientRect();
      return top > line ? top - line : bottom < line ? line - bottom : 0;
    };
    const nearest = parts.reduce<Element | undefined>((best, part) => (best && away(best) <= away(part) ? best : part), undefined);
    const now = wanted && parts.includes(wanted) ? wanted : nearest;
    for (const part of parts) part.toggleAttribute("data-current", part === now);
  }
}

define("reading-guide", ReadingGuide);
