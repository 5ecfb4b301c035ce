/* <copy-text data-copied="Copied">: a hidden button that copies the [data-text] beside it. */
import { define } from "./_send";

class CopyText extends HTMLElement {
  connectedCallback(): void {
    const button = this.querySelector("button");
    if (!button) return;
    button.hidden = false;
    button.addEventListener("click", () => void this.copy());
  }

  private async copy(): Promise<void> {
    const source = this.querySelector<HTMLElement>("[data-text]");
    if (!source) return;
    const text = source.dataset.text || source.textContent || "";
    if (!(await written(text))) return this.mark(source);
    const said = this.querySelector<HTMLElement>("[role=status]");
    if (said) said.textContent = this.dataset.copied ?? "";
  }

  /** Where the browser forbids copying, the text is marked, so that one key press copies it. */
  private mark(source: HTMLElement): void {
    getSelection()?.selectAllChildren(source);
  }
}

async function written(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}

define("copy-text", CopyText);
