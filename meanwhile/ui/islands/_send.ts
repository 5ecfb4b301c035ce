/* What every island that talks to the server needs. Not an island: its name begins with a line. */

/** The token that shows a request comes from our own page. */
export function csrfToken(): string {
  return document.querySelector<HTMLMetaElement>('meta[name="csrf-token"]')?.content ?? "";
}

/** 128 random bits, as the server makes them; also where the page is not a secure context. */
export function operationId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return btoa(String.fromCharCode(...bytes)).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}

/** A POST in the shape of a form. `keepalive` lets it outlive the page (up to 64 kB). */
export function post(url: string, values: URLSearchParams | FormData, keepalive = false, extra: Record<string, string> = {}): Promise<Response> {
  return fetch(url, {
    method: "POST",
    body: values,
    headers: { "X-CSRFToken": csrfToken(), Accept: "application/json", ...extra },
    credentials: "same-origin",
    redirect: "manual",
    keepalive,
  });
}

/** "14:03" in the reader's zone, with the digits and hours the server uses. */
export function clockTime(moment: Date): string {
  const timeZone = document.documentElement.dataset.zone || undefined;
  return new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone }).format(moment);
}

/** A link to the sign-in among these words leads back to this page. The words may still be a
    template's, whose document knows no address: so the attribute, not the parsed link. */
export function leadBack(words: ParentNode): void {
  const door = words.querySelector<HTMLAnchorElement>("a[data-sign-in]");
  const here = location.pathname + location.search + location.hash;
  door?.setAttribute("href", `${door.getAttribute("href")}?next=${encodeURIComponent(here)}`);
}

/** Defines a custom element once, also when its script comes twice. */
export function define(name: string, element: CustomElementConstructor): void {
  if (!customElements.get(name)) customElements.define(name, element);
}
