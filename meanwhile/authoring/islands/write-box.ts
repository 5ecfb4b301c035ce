/* <write-box>: a textarea for Markdown with a bar of tools, keys, a menu on "/", and pictures by
   choosing, dropping or pasting. Without a script it is the textarea alone. */
import { asMarkdown } from "./_paste";
import { define, post } from "../../ui/islands/_send";

const SNIPPET = /(^|\n)\/([\p{L}\d ]*)$/u;

class WriteBox extends HTMLElement {
  private ended = new AbortController();
  private menu: HTMLElement | null = null;
  private picture = "";

  connectedCallback(): void {
    this.ended = new AbortController();
    const { signal } = this.ended;
    const bar = this.querySelector<HTMLElement>("[data-bar]");
    if (bar?.children.length) bar.hidden = false;
    const box = this.box;
    box.addEventListener("keydown", this.keys, { signal });
    box.addEventListener("input", this.looking, { signal });
    box.addEventListener("blur", () => setTimeout(() => this.contains(document.activeElement) || this.shut(), 150), { signal });
    box.addEventListener("paste", this.pasted, { signal });
    box.addEventListener("dragover", (event) => event.dataTransfer?.types.includes("Files") && event.preventDefault(), { signal });
    box.addEventListener("drop", this.dropped, { signal });
    this.addEventListener("click", this.clicked, { signal });
    this.chooser?.addEventListener("change", () => void this.take(this.chooser?.files?.[0]), { signal });
    // the buttons of the legend stand below the box
    this.parentElement?.addEventListener("click", (event) => {
      const types = (event.target as Element).closest<HTMLElement>(".legend [data-types]")?.dataset.types;
      if (types) this.line(types);
    }, { signal });
    const end = box.value.length;
    if (document.activeElement === box) box.setSelectionRange(end, end);
  }

  disconnectedCallback(): void {
    this.ended.abort();
  }

  private get box(): HTMLTextAreaElement {
    return this.querySelector("textarea")!;
  }

  private get chooser(): HTMLInputElement | null {
    return this.querySelector("input[type=file]");
  }

  // --- typing -------------------------------------------------------------------------------

  /** Puts text in as if it had been typed, so that the browser's own undo takes it back. */
  private type(text: string): void {
    const box = this.box;
    box.focus();
    // deprecated, and still the one way that keeps the undo of the browser
    if (!document.execCommand("insertText", false, text)) {
      box.setRangeText(text, box.selectionStart, box.selectionEnd, "end");
      box.dispatchEvent(new Event("input", { bubbles: true }));
    }
  }

  private wrap(mark: string): void {
    const box = this.box;
    const chosen = box.value.slice(box.selectionStart, box.selectionEnd);
    const at = box.selectionStart + mark.length;
    this.type(`${mark}${chosen}${mark}`);
    box.setSelectionRange(at, at + chosen.length);
  }

  /** On a line of its own, whatever stands before the cursor. */
  private line(text: string): void {
    const box = this.box;
    const before = box.value.slice(0, box.selectionStart);
    const inLine = text.startsWith(" ") || before === "" || before.endsWith("\n");
    this.type(`${inLine ? "" : "\n"}${text}`);
  }

  private link(): void {
    const box = this.box;
    const chosen = box.value.slice(box.selectionStart, box.selectionEnd);
    const from = box.selectionStart;
    this.type(`[${chosen}](https://)`);
    const at = from + chosen.length + 3;
    if (chosen) box.setSelectionRange(at, at + 8);
    else box.setSelectionRange(from + 1, from + 1);
  }

  private keys = (event: KeyboardEvent): void => {
    if (this.menu && this.menuKey(event)) return;
    if (!(event.ctrlKey || event.metaKey) || event.altKey) return;
    const acts: Record<string, () => void> = { b: () => this.wrap("**"), i: () => this.wrap("*"), k: () => this.link() };
    const act = this.dataset.form === "source" ? undefined : acts[event.key.toLowerCase()];
    if (!act) return;
    event.preventDefault();
    act();
  };

  private clicked = (event: Event): void => {
    const target = event.target as Element;
    const button = target.closest<HTMLElement>("button");
    if (!button) return;
    const { wrap, line, types, kind, act } = button.dataset;
    if (wrap) this.wrap(wrap);
    else if (line) this.line(line);
    else if ("link" in button.dataset) this.link();
    else if ("picture" in button.dataset) this.chooser?.click();
    else if ("slash" in button.dataset) this.open("");
    else if (button.closest(".slash")) this.choose(types, kind, act);
    else this.answered(button);
  };

  // --- the menu -----------------------------------------------------------------------------

  private looking = (): void => {
    const found = SNIPPET.exec(this.box.value.slice(0, this.box.selectionStart));
    if (found) this.open(found[2] ?? "");
    else this.shut();
  };

  private open(word: string): void {
    const template = this.querySelector<HTMLTemplateElement>('template[data-part="slash"]');
    if (!template) return;
    this.menu?.remove();
    const menu = (template.content.cloneNode(true) as DocumentFragment).firstElementChild as HTMLElement;
    const asked = word.trim().toLowerCase();
    for (const option of [...menu.querySelectorAll<HTMLElement>("[role=option]")]) {
      if (!option.textContent?.toLowerCase().includes(asked)) option.remove();
    }
    if (!menu.querySelector("[role=option]")) return this.shut();
    menu.id = `${this.box.id}-menu`;
    this.menu = menu;
    template.before(menu);
    this.mark(0);
    this.box.setAttribute("aria-controls", menu.id);
    this.box.setAttribute("aria-autocomplete", "list");
  }

  private get options(): HTMLElement[] {
    return [...(this.menu?.querySelectorAll<HTMLElement>("[role=option]") ?? [])];
  }

  private get marked(): number {
    return this.options.findIndex((option) => option.classList.contains("on"));
  }

  private mark(at: number): void {
    const options = this.options;
    const to = (at + options.length) % options.length;
    for (const [index, option] of options.entries()) {
      option.id ||= `${this.box.id}-option-${index}`;
      option.tabIndex = -1;
      option.classList.toggle("on", index === to);
      option.setAttribute("aria-selected", String(index === to));
    }
    options[to]?.scrollIntoView({ block: "nearest" });
    this.box.setAttribute("aria-activedescendant", options[to]?.id ?? "");
  }

  private menuKey(event: KeyboardEvent): boolean {
    if (event.key === "Escape") this.shut();
    else if (event.key === "ArrowDown") this.mark(this.marked + 1);
    else if (event.key === "ArrowUp") this.mark(this.marked - 1);
    else if (event.key === "Enter" && !event.ctrlKey && !event.metaKey) this.options[this.marked]?.click();
    else return false;
    event.preventDefault();
    event.stopPropagation();
    return true;
  }

  private shut(): void {
    this.menu?.remove();
    this.menu = null;
    for (const name of ["aria-controls", "aria-activedescendant", "aria-autocomplete"]) this.box.removeAttribute(name);
  }

  private choose(types?: string, kind?: string, act?: string): void {
    const box = this.box;
    const found = SNIPPET.exec(box.value.slice(0, box.selectionStart));
    if (found) box.setSelectionRange(box.selectionStart - (found[2]?.length ?? 0) - 1, box.selectionStart);
    this.shut();
    if (found) this.type("");
    if (types) this.line(types);
    else if (act === "picture") this.chooser?.click();
    else if (kind) this.add(kind);
  }

  /** A block of another kind behind this one; the words of this one are saved first. */
  private add(kind: string): void {
    const form = this.closest("form");
    if (!form) return;
    this.dispatchEvent(new CustomEvent("add-block", { bubbles: true, detail: { kind, form } }));
  }

  // --- pasting and pictures -----------------------------------------------------------------

  private pasted = (event: ClipboardEvent): void => {
    const data = event.clipboardData;
    const file = [...(data?.files ?? [])].find((each) => each.type.startsWith("image/"));
    const html = data?.getData("text/html") ?? "";
    if (file && !html.includes("<p")) {
      event.preventDefault();
      return void this.take(file);
    }
    if (!html || this.dataset.form === "source") return;
    event.preventDefault();
    this.type(asMarkdown(html) || data?.getData("text/plain") || "");
  };

  private dropped = (event: DragEvent): void => {
    const file = event.dataTransfer?.files[0];
    if (!file) return;
    event.preventDefault();
    void this.take(file);
  };

  /** Hands the file in, then asks what it shows. */
  private async take(file: File | undefined): Promise<void> {
    if (!file) return;
    const answer = await upload(this.dataset.files ?? "", file);
    this.refuse(answer.path ? "" : (answer.says ?? ""));
    if (this.chooser) this.chooser.value = "";
    if (!answer.path) return;
    if (!file.type.startsWith("image/")) return this.type(`[${file.name}](${linked(answer.path)})`);
    this.picture = answer.path;
    const ask = this.querySelector<HTMLDialogElement>("dialog[data-ask]");
    const words = this.querySelector<HTMLTextAreaElement>("[data-alt]");
    if (!ask || !words) return;
    words.value = "";
    ask.showModal();
    words.focus();
  }

  private answered(button: HTMLElement): void {
    const ask = button.closest<HTMLDialogElement>("dialog[data-ask]");
    const alt = this.querySelector<HTMLTextAreaElement>("[data-alt]");
    if (!ask || !alt) return;
    const words = alt.value.trim().replaceAll(/\s+/g, " ").replaceAll(/([[\]])/g, "\\$1");
    if ("show" in button.dataset && !words) return alt.focus();
    ask.close();
    if ("show" in button.dataset) this.paragraph(`![${words}](${linked(this.picture)})`);
    if ("decorates" in button.dataset) this.paragraph(`![](${linked(this.picture)} "decorative")`);
    this.box.focus();
  }

  private paragraph(text: string): void {
    const before = this.box.value.slice(0, this.box.selectionStart);
    const gap = before === "" || before.endsWith("\n\n") ? "" : before.endsWith("\n") ? "\n" : "\n\n";
    this.type(`${gap}${text}\n`);
  }

  private refuse(says: string): void {
    const place = this.querySelector<HTMLElement>("[data-refused]");
    if (!place) return;
    place.textContent = says;
    place.hidden = !says;
  }
}

interface Taken {
  path?: string;
  says?: string;
}

async function upload(url: string, file: File): Promise<Taken> {
  const values = new FormData();
  values.set("file", file);
  const reply = await post(url, values).catch(() => null);
  if (!reply) return {};
  return (await reply.json().catch(() => ({}))) as Taken;
}

const linked = (path: string): string => (path.includes(" ") ? `<${path}>` : path);

define("write-box", WriteBox);
