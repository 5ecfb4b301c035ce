/* <lesson-editor>: blocks dragged to another place, and a menu that closes with Escape.

   Everything else on the page is forms and links that work without a script. */
import { define, operationId, post } from "../../ui/islands/_send";

interface Library {
  ajax(method: string, url: string, context: object): Promise<void>;
}

interface Wanted {
  kind: string;
  form: HTMLFormElement;
}

class LessonEditor extends HTMLElement {
  private held: HTMLElement | null = null;

  connectedCallback(): void {
    this.handles();
    this.addEventListener("htmx:afterSettle", () => this.handles());
    this.addEventListener("pointerdown", this.take);
    this.addEventListener("pointermove", this.drag);
    this.addEventListener("pointerup", this.drop);
    this.addEventListener("pointercancel", this.drop);
    this.addEventListener("keydown", this.keys);
    this.addEventListener("words-received", this.received);
    this.addEventListener("htmx:oobBeforeSwap", this.said);
    this.addEventListener("add-block", (event) => void this.add(event as CustomEvent<Wanted>));
  }

  private handles(): void {
    for (const handle of this.querySelectorAll<HTMLElement>("[data-drag]")) handle.hidden = false;
  }

  private get parts(): HTMLElement[] {
    return [...this.querySelectorAll<HTMLElement>("[data-part]:is(section)")];
  }

  private take = (event: PointerEvent): void => {
    const part = (event.target as Element).closest("[data-drag]")?.closest<HTMLElement>("section[data-part]");
    if (!part || event.button) return;
    event.preventDefault();
    this.held = part;
    part.classList.add("plan-held");
    this.setPointerCapture(event.pointerId);
  };

  private drag = (event: PointerEvent): void => {
    if (!this.held) return;
    const over = this.parts.find((each) => {
      const { top, bottom } = each.getBoundingClientRect();
      return each !== this.held && event.clientY > top && event.clientY < bottom;
    });
    if (!over) return;
    const { top, height } = over.getBoundingClientRect();
    if (event.clientY < top + height / 2) over.before(this.held);
    else over.after(this.held);
  };

  private drop = (): void => {
    const part = this.held;
    if (!part) return;
    this.held = null;
    part.classList.remove("plan-held");
    const at = this.parts.indexOf(part);
    const values = { deed: "place", uid: part.dataset.part, after: this.parts[at - 1]?.dataset.part ?? "", operation: operationId() };
    const url = this.querySelector<HTMLElement>("#parts")?.dataset.arrange ?? "";
    const { htmx } = window as unknown as { htmx: Library };
    void htmx.ajax("POST", url, { target: "#parts", swap: "outerHTML", values });
  };

  /** The next write of this box is made on the words that were just received. */
  private received = (event: Event): void => {
    const base = (event.target as Element).closest("form")?.querySelector<HTMLInputElement>("[name=base_version]");
    if (base) base.value = String((event as CustomEvent<{ version: string }>).detail.version);
  };

  /** A remark that stands there already is not said again at every pause in typing. */
  private said = (event: Event): void => {
    const { detail } = event as CustomEvent<{ shouldSwap: boolean; target: HTMLElement; fragment: Node }>;
    if (detail.target.role === "status" && detail.fragment.textContent === detail.target.textContent) detail.shouldSwap = false;
  };

  /** A block behind the one that is open; first its words are handed in. */
  private async add({ detail: { kind, form } }: CustomEvent<Wanted>): Promise<void> {
    const words = new FormData(form);
    words.set("operation", operationId());
    const reply = await post(form.action, words).catch(() => null);
    if (!reply?.ok) return;
    const uid = form.closest<HTMLElement>("section[data-part]")?.dataset.part ?? "";
    const url = this.querySelector<HTMLElement>("#parts")?.dataset.arrange ?? "";
    const { htmx } = window as unknown as { htmx: Library };
    await htmx.ajax("POST", url, { target: "#parts", swap: "outerHTML", values: { deed: "add", kind, uid, operation: operationId() } });
  }

  private keys = (event: KeyboardEvent): void => {
    const target = event.target as HTMLElement;
    const menu = event.key === "Escape" ? target.closest<HTMLDetailsElement>("details.more[open]") : null;
    if (menu) {
      menu.open = false;
      menu.querySelector("summary")?.focus();
    }
    // the box closes as the button Done would close it
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      target.closest<HTMLFormElement>("form")?.requestSubmit();
    }
  };
}

define("lesson-editor", LessonEditor);
