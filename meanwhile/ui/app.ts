/* On every page: htmx, the form token on its requests, and the islands that are small. */
import htmx from "htmx.org";
import { csrfToken } from "./islands/_send";
import "./islands/reading-settings";
import "./islands/guess-zone";
import "./islands/copy-text";
import "./islands/small-things";

declare global {
  interface Window {
    htmx: typeof htmx;
  }
}
window.htmx = htmx;

document.addEventListener("htmx:configRequest", (event) => {
  (event as CustomEvent<{ headers: Record<string, string> }>).detail.headers["X-CSRFToken"] = csrfToken();
});

/* A refused form comes back as a page part with 422: show it, as the page without script would. */
document.addEventListener("htmx:beforeSwap", (event) => {
  const detail = (event as CustomEvent<{ xhr: XMLHttpRequest; shouldSwap: boolean; isError: boolean }>).detail;
  if (detail.xhr.status === 422) {
    detail.shouldSwap = true;
    detail.isError = false;
  }
});
