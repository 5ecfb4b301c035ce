/* <question-card>: says so when a press did not arrive, in the words that the page carries once for
   all its cards. What was typed is kept by keep-words. */
import { define, leadBack } from "../../ui/islands/_send";

interface Answered {
  xhr: XMLHttpRequest;
  pathInfo: { requestPath: string };
}

class QuestionCard extends HTMLElement {
  connectedCallback(): void {
    this.addEventListener("htmx:sendError", this.missed);
    this.addEventListener("htmx:responseError", this.missed);
    this.addEventListener("htmx:timeout", this.missed);
    this.addEventListener("htmx:beforeRequest", this.clear);
    this.addEventListener("htmx:beforeSwap", this.signedOut);
    this.addEventListener("htmx:configRequest", this.tellBase);
  }

  disconnectedCallback(): void {
    this.removeEventListener("htmx:sendError", this.missed);
    this.removeEventListener("htmx:responseError", this.missed);
    this.removeEventListener("htmx:timeout", this.missed);
    this.removeEventListener("htmx:beforeRequest", this.clear);
    this.removeEventListener("htmx:beforeSwap", this.signedOut);
    this.removeEventListener("htmx:configRequest", this.tellBase);
  }

  /** The page to sign in came instead of a card: it does not belong here. */
  private signedOut = (event: Event): void => {
    const { xhr, pathInfo } = (event as CustomEvent<Answered>).detail;
    if (new URL(xhr.responseURL, location.href).pathname === new URL(pathInfo.requestPath, location.href).pathname) return;
    event.preventDefault();
    this.say("signed-out");
  };

  /** The draft the answer is made from, as keep-words last had it received. In a header, because the
      same press sent again is the same deed, whatever was received in between. */
  private tellBase = (event: Event): void => {
    const { headers } = (event as CustomEvent<{ headers: Record<string, string> }>).detail;
    const version = this.querySelector("keep-words")?.getAttribute("version");
    if (version) headers["X-Base-Version"] = version;
  };

  private missed = (): void => this.say("no-network");

  private say(part: string): void {
    const words = document.querySelector<HTMLTemplateElement>(`template[data-part="${part}"]`);
    this.clear();
    if (!words) return;
    const said = document.createElement("div");
    said.role = "alert";
    said.dataset.missed = "";
    said.append(words.content.cloneNode(true));
    leadBack(said);
    this.append(said);
  }

  private clear = (): void => this.querySelector("[data-missed]")?.remove();
}

define("question-card", QuestionCard);
