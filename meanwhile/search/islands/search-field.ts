/* <search-field>: the field of a plain GET form, with suggestions while somebody types.

   A combobox after the ARIA Authoring Practices (editable, list autocomplete with manual selection):
   the focus stays in the field, arrows move through the list, Enter takes what is chosen, Escape
   closes. "/" goes to the field from anywhere on the page. Without script it is a form. */
import { define } from "../../ui/islands/_send";

const WAIT = 120;
let made = 0;

class SearchField extends HTMLElement {
  private ended = new AbortController();
  private asking = new AbortController();
  private timer = 0;
  private chosen = -1;
  private typed = "";

  connectedCallback(): void {
    this.ended = new AbortController();
    const { signal } = this.ended;
    const { input } = this;
    const id = `search-list-${++made}`;
    this.list.id = id;
    for (const [name, value] of Object.entries({
      role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": id, "aria-haspopup": "listbox",
    })) input.setAttribute(name, value);
    input.addEventListener("input", () => this.soon(), { signal });
    input.addEventListener("keydown", this.keys, { signal });
    input.addEventListener("blur", () => window.setTimeout(() => this.close(), 150), { signal });
    this.list.addEventListener("pointerdown", (event) => event.preventDefault(), { signal });
    this.list.addEventListener("click", (event) => this.pick((event.target as Element).closest("[role=option]")), { signal });
    this.addEventListener("submit", () => this.wait(true), { signal });
    window.addEventListener("pageshow", () => this.wait(false), { signal }); // back from a result
    document.addEventListener("keydown", this.slash, { signal });
  }

  disconnectedCallback(): void {
    this.ended.abort();
    this.asking.abort();
    clearTimeout(this.timer);
  }

  private get input(): HTMLInputElement {
    return this.querySelector("input")!;
  }

  private get list(): HTMLElement {
    return this.querySelector<HTMLElement>("[data-list]")!;
  }

  private get options(): HTMLElement[] {
    return [...this.list.querySelectorAll<HTMLElement>("[role=option]")];
  }

  // --- what may follow ------------------------------------------------------------------------

  private soon(): void {
    clearTimeout(this.timer);
    this.typed = this.input.value;
    this.timer = window.setTimeout(() => void this.ask(), WAIT);
  }

  private async ask(): Promise<void> {
    this.asking.abort();
    this.asking = new AbortController();
    if (!this.typed.trim()) return this.close();
    try {
      const answer = await fetch(`${this.dataset.url}?q=${encodeURIComponent(this.typed)}`, { signal: this.asking.signal });
      if (!answer.ok || answer.redirected) return this.close();
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      this.show(page.querySelector("[role=listbox]"));
    } catch {
      this.close(); // no connection, or something else was typed since: the form works as before
    }
  }

  private show(found: Element | null): void {
    const words = [...(found?.children ?? [])];
    if (!found || !words.length || document.activeElement !== this.input) return this.close();
    this.chosen = -1;
    this.list.setAttribute("role", "listbox");
    this.list.setAttribute("aria-label", found.getAttribute("aria-label") ?? "");
    this.list.replaceChildren(...words);
    for (const [at, option] of this.options.entries()) option.id = `${this.list.id}-${at}`;
    this.list.hidden = false;
    this.input.setAttribute("aria-expanded", "true");
    this.input.removeAttribute("aria-activedescendant");
    this.say((this.dataset.some ?? "").replace("{n}", String(words.length)));
  }

  private close(): void {
    this.list.hidden = true;
    this.list.replaceChildren();
    this.list.removeAttribute("role");
    this.chosen = -1;
    this.input.setAttribute("aria-expanded", "false");
    this.input.removeAttribute("aria-activedescendant");
    this.say("");
  }

  private wait(busy: boolean): void {
    const button = this.querySelector("button")!;
    button.setAttribute("aria-busy", String(busy));
    this.say(busy ? (this.dataset.wait ?? "") : "");
  }

  private say(words: string): void {
    this.querySelector("[data-said]")!.textContent = words;
  }

  // --- keys -----------------------------------------------------------------------------------

  private keys = (event: KeyboardEvent): void => {
    const open = !this.list.hidden;
    if (event.isComposing) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      if (open) this.move(event.key === "ArrowDown" ? 1 : -1);
      else void this.ask();
      event.preventDefault();
    } else if (event.key === "Enter" && open && this.chosen >= 0) {
      this.pick(this.options[this.chosen]!);
      event.preventDefault();
    } else if (event.key === "Escape" && open) {
      this.input.value = this.typed;
      this.close();
      event.preventDefault();
      event.stopPropagation();
    }
  };

  /** To the next or the one before; past either end stands what was typed. */
  private move(by: number): void {
    const { options } = this;
    const places = options.length + 1;
    this.chosen = ((this.chosen + 1 + by + places) % places) - 1;
    for (const [at, option] of options.entries()) option.setAttribute("aria-selected", String(at === this.chosen));
    const option = options[this.chosen];
    this.input.value = option?.textContent ?? this.typed;
    if (option) {
      this.input.setAttribute("aria-activedescendant", option.id);
      option.scrollIntoView({ block: "nearest" });
    } else this.input.removeAttribute("aria-activedescendant");
  }

  private pick(option: Element | null): void {
    if (!option) return;
    this.input.value = option.textContent ?? "";
    this.close();
    this.querySelector("form")!.requestSubmit();
  }

  /** "/" from anywhere that is not a field. The first field of the page takes it. */
  private slash = (event: KeyboardEvent): void => {
    const at = event.target as HTMLElement;
    const typing = at.isContentEditable || at.matches("input, textarea, select");
    if (event.key !== "/" || typing || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    const inMain = document.querySelector("main search-field");
    if (inMain ? inMain !== this : document.querySelector("search-field") !== this) return;
    event.preventDefault();
    const menu = this.closest<HTMLElement>("[popover]");
    if (menu && !menu.matches(":popover-open")) menu.showPopover();
    this.input.focus();
    this.input.select();
  };
}

define("search-field", SearchField);

/* The menu in the top bar: its field has the focus when it opens. */
document.getElementById("find")?.addEventListener("toggle", (event) => {
  if ((event as ToggleEvent).newState === "open") document.querySelector<HTMLInputElement>("#find input")?.focus();
});
