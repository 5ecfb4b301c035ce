/* <outline-order data-url>: lessons dragged to another place, also into another unit.

   The buttons Move up, Move down and Move there do the same without a pointer and without a
   script. A drop posts the same form. */
import { define, operationId } from "../../ui/islands/_send";

declare const htmx: { ajax(method: string, url: string, context: object): Promise<void> };

class OutlineOrder extends HTMLElement {
  private held: HTMLElement | null = null;
  private from = "";

  connectedCallback(): void {
    for (const handle of this.querySelectorAll<HTMLElement>("[data-drag]")) handle.hidden = false;
    this.addEventListener("pointerdown", this.take);
    this.addEventListener("pointermove", this.drag);
    this.addEventListener("pointerup", this.drop);
    this.addEventListener("pointercancel", this.drop);
    this.addEventListener("keydown", this.escape);
  }

  private take = (event: PointerEvent): void => {
    const item = (event.target as Element).closest("[data-drag]")?.closest<HTMLElement>("[data-lesson]");
    if (!item || event.button) return;
    event.preventDefault();
    this.held = item;
    this.from = this.place(item);
    item.classList.add("plan-held");
    this.setPointerCapture(event.pointerId);
  };

  private drag = (event: PointerEvent): void => {
    const item = this.held;
    if (!item) return;
    for (const list of this.querySelectorAll<HTMLElement>("[data-lessons]")) {
      const { top, bottom } = list.getBoundingClientRect();
      if (event.clientY < top || event.clientY > bottom) continue;
      const behind = [...list.querySelectorAll<HTMLElement>("[data-lesson]")].find((each) => {
        const box = each.getBoundingClientRect();
        return each !== item && event.clientY < box.top + box.height / 2;
      });
      if (behind) behind.before(item);
      else list.append(item);
    }
  };

  private drop = (): void => {
    const item = this.held;
    if (!item) return;
    this.held = null;
    item.classList.remove("plan-held");
    if (this.place(item) === this.from) return;
    const list = item.closest<HTMLElement>("[data-lessons]")!;
    const values = {
      deed: "place lesson",
      uid: item.dataset.lesson,
      unit: list.closest<HTMLElement>("[data-unit]")?.dataset.unit,
      place: String([...list.querySelectorAll("[data-lesson]")].indexOf(item)),
      operation: operationId(),
      csrfmiddlewaretoken: this.querySelector<HTMLInputElement>("[name=csrfmiddlewaretoken]")?.value,
    };
    const { htmx: library } = window as unknown as { htmx: typeof htmx };
    void library.ajax("POST", this.dataset.url ?? "", { target: "#outline", swap: "outerHTML", values });
  };

  private place(item: HTMLElement): string {
    const list = item.closest<HTMLElement>("[data-lessons]");
    return `${list?.closest<HTMLElement>("[data-unit]")?.dataset.unit} ${[...(list?.children ?? [])].indexOf(item)}`;
  }

  /** A menu that is open closes, and the focus goes back to what opened it. */
  private escape = (event: KeyboardEvent): void => {
    const menu = event.key === "Escape" ? (event.target as Element).closest<HTMLDetailsElement>("details.more[open]") : null;
    if (!menu) return;
    menu.open = false;
    menu.querySelector("summary")?.focus();
  };
}

define("outline-order", OutlineOrder);
