/* <reading-settings>: a choice is seen at once and then kept, without a reload. */
import { define, operationId, post } from "./_send";

class ReadingSettings extends HTMLElement {
  connectedCallback(): void {
    this.addEventListener("change", this.apply);
  }

  private apply = (event: Event): void => {
    const choice = event.target as HTMLInputElement;
    const { dataset } = document.documentElement;
    if (choice.value) dataset[choice.name] = choice.value;
    else delete dataset[choice.name];
    void this.keep();
  };

  private async keep(): Promise<void> {
    const form = this.closest("form");
    if (!form || !form.getAttribute("action")) return;
    const values = new FormData(form);
    values.set("operation", operationId());
    // The server answers a form with a redirect, which fetch does not follow here: that is a yes.
    const reply = await post(form.action, values).catch(() => null);
    const kept = reply !== null && (reply.ok || reply.type === "opaqueredirect");
    this.say(kept ? (document.documentElement.dataset.account ? "kept" : "keptHere") : "notKept");
  }

  private say(what: "kept" | "keptHere" | "notKept"): void {
    const line = this.querySelector<HTMLElement>("[role=status]");
    if (line) line.textContent = line.dataset[what] ?? "";
  }
}

define("reading-settings", ReadingSettings);
