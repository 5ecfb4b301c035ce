/* <order-list>: the list is in the order that is meant. Arrows for the keyboard, a handle to drag.

   The places stay in the selects, which are only put out of sight: the form, the draft and the
   page without script know nothing else. */
import { define } from "../../ui/islands/_send";

class OrderList extends HTMLElement {
  private ended = new AbortController();
  private held: HTMLElement | null = null;

  connectedCallback(): void {
    this.ended = new AbortController();
    const { signal } = this.ended;
    for (const part of this.querySelectorAll<HTMLElement>("[data-drag], [data-moves], [data-handy]")) part.hidden = false;
    for (const part of this.querySelectorAll<HTMLElement>("[data-plain], select")) part.hidden = true;
    this.sort();
    this.number(false);
    this.addEventListener("click", this.clicked, { signal });
    this.closest("keep-words")?.addEventListener("words-written", () => this.again(), { signal });
    this.addEventListener("pointerdown", this.take, { signal });
    this.addEventListener("pointermove", this.drag, { signal });
    this.addEventListener("pointerup", this.drop, { signal });
    this.addEventListener("pointercancel", this.drop, { signal });
  }

  disconnectedCallback(): void {
    this.ended.abort();
  }

  private get list(): HTMLElement {
    return this.querySelector("ol")!;
  }

  private get items(): HTMLElement[] {
    return [...this.list.children] as HTMLElement[];
  }

  private place(item: HTMLElement): HTMLSelectElement {
    return item.querySelector("select")!;
  }

  /** As the selects say; those without a place stay behind the others. */
  private sort(): void {
    const placed = this.items.map((item, at) => ({ item, at: Number(this.place(item).value) || 100 + at }));
    this.list.append(...placed.sort((one, other) => one.at - other.at).map(({ item }) => item));
  }

  /** The selects as the list stands. `tell`: somebody moved something. */
  private number(tell: boolean): void {
    for (const [at, item] of this.items.entries()) {
      const place = this.place(item);
      place.value = String(at + 1);
      // as it first stands nothing has been typed yet: there is nothing to keep
      if (!tell) for (const option of place.options) option.defaultSelected = option.selected;
      this.arrow(item, -1).disabled = at === 0;
      this.arrow(item, 1).disabled = at === this.items.length - 1;
    }
    if (tell) this.place(this.items[0]!).dispatchEvent(new Event("change", { bubbles: true }));
  }

  private arrow(item: HTMLElement, by: number): HTMLButtonElement {
    return item.querySelector(`[data-move="${by}"]`)!;
  }

  private clicked = (event: MouseEvent): void => {
    const arrow = (event.target as Element).closest<HTMLButtonElement>("[data-move]");
    const item = arrow?.closest("li");
    if (!arrow || !item) return;
    const by = Number(arrow.dataset.move);
    const beside = by < 0 ? item.previousElementSibling : item.nextElementSibling;
    if (!beside) return;
    if (by < 0) beside.before(item);
    else beside.after(item);
    this.number(true);
    (arrow.disabled ? this.arrow(item, -by) : arrow).focus();
    this.say(item);
  };

  /** A draft was put back into the selects. */
  private again(): void {
    this.sort();
    this.number(false);
  }

  private say(item: HTMLElement): void {
    const said = this.querySelector<HTMLElement>("[data-said]")!;
    const words = item.querySelector("[data-words]")?.textContent?.trim() ?? "";
    const at = this.items.indexOf(item) + 1;
    said.textContent = (said.dataset.words ?? "").replace("{n}", String(at)).replace("{of}", String(this.items.length)).replace("{words}", words);
  }

  private take = (event: PointerEvent): void => {
    const item = (event.target as Element).closest("[data-drag]")?.closest("li");
    if (!item || event.button) return;
    event.preventDefault();
    this.held = item;
    item.classList.add("ordering-held");
    this.setPointerCapture(event.pointerId);
  };

  private drag = (event: PointerEvent): void => {
    const item = this.held;
    if (!item) return;
    const over = this.items.find((each) => {
      const { top, bottom } = each.getBoundingClientRect();
      return each !== item && event.clientY > top && event.clientY < bottom;
    });
    if (!over) return;
    const { top, height } = over.getBoundingClientRect();
    const below = this.items.indexOf(over) > this.items.indexOf(item);
    if (below && event.clientY > top + height / 2) over.after(item);
    if (!below && event.clientY < top + height / 2) over.before(item);
  };

  private drop = (): void => {
    const item = this.held;
    if (!item) return;
    this.held = null;
    item.classList.remove("ordering-held");
    this.number(true);
    this.say(item);
  };
}

define("order-list", OrderList);
