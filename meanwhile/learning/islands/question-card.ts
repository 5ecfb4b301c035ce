/* <question-card>: says so when a press did not arrive. The words are kept by keep-words. */
import { define } from "../../ui/islands/_send";

class QuestionCard extends HTMLElement {
  connectedCallback(): void {
    this.addEventListener("htmx:sendError", this.missed);
    this.addEventListener("htmx:responseError", this.missed);
    this.addEventListener("htmx:timeout", this.missed);
    this.addEventListener("htmx:beforeRequest", this.clear);
  }

  disconnectedCallback(): void {
    this.removeEventListener("htmx:sendError", this.missed);
    this.removeEventListener("htmx:responseError", this.missed);
    this.removeEventListener("htmx:timeout", this.missed);
    this.removeEventListener("htmx:beforeRequest", this.clear);
  }

  private missed = (): void => {
    const words = this.querySelector<HTMLTemplateElement>('template[data-part="no-network"]');
    this.clear();
    if (!words) return;
    const said = document.createElement("div");
    said.role = "alert";
    said.dataset.missed = "";
    said.append(words.content.cloneNode(true));
    words.before(said);
  };

  private clear = (): void => this.querySelector("[data-missed]")?.remove();
}

define("question-card", QuestionCard);
