/* Elements of a few lines each: the clock, the toast, the error list, the way back, dialogs. */
import { clockTime, define } from "./_send";

/** <time-now>: keeps the clock in the top bar right. */
class TimeNow extends HTMLElement {
  private timer = 0;

  connectedCallback(): void {
    this.timer = window.setInterval(() => this.show(), 15_000);
    this.show();
  }

  disconnectedCallback(): void {
    clearInterval(this.timer);
  }

  private show(): void {
    const time = this.querySelector("time");
    if (!time) return;
    const now = new Date();
    const words = clockTime(now);
    if (time.textContent !== words) time.textContent = words;
    time.dateTime = now.toISOString();
  }
}

/** <toast-note>: a button to close it. It never goes by itself. */
class ToastNote extends HTMLElement {
  connectedCallback(): void {
    if (this.querySelector("[data-close-it]")) return;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button";
    button.dataset.closeIt = "";
    button.textContent = this.dataset.close ?? "";
    button.addEventListener("click", () => this.remove());
    this.append(button);
  }
}

/** <error-summary>: takes the focus when the page opens, so that it is read first. */
class ErrorSummary extends HTMLElement {
  connectedCallback(): void {
    requestAnimationFrame(() => this.focus());
  }
}

/** <go-back hidden>: shown where there is a page to go back to. */
class GoBack extends HTMLElement {
  connectedCallback(): void {
    this.hidden = history.length < 2;
    this.querySelector("button")?.addEventListener("click", () => history.back());
  }
}

/** <print-page hidden>: shown where the browser can print. */
class PrintPage extends HTMLElement {
  connectedCallback(): void {
    this.hidden = typeof window.print !== "function";
    this.querySelector("button")?.addEventListener("click", () => window.print());
  }
}

define("time-now", TimeNow);
define("toast-note", ToastNote);
define("error-summary", ErrorSummary);
define("go-back", GoBack);
define("print-page", PrintPage);

/* A button with data-opens="id" opens the dialog of that id; one with data-closes closes its own. */
document.addEventListener("click", (event) => {
  const button = (event.target as Element).closest<HTMLElement>("[data-opens], [data-closes]");
  if (!button) return;
  if (button.dataset.opens === undefined) return button.closest("dialog")?.close();
  const dialog = document.getElementById(button.dataset.opens);
  if (dialog instanceof HTMLDialogElement) {
    event.preventDefault();
    dialog.showModal();
  }
});
