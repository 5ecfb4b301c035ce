/* <guess-zone>: where this device says it is.
   Inside a form it picks the zone (and language) in fields named "zone" and "language" that nobody
   has chosen yet. Outside one, for guests, it keeps the guess in the cookie "zone" and shows the
   city and the clock of it. */
import { clockTime, define } from "./_send";

const zone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone || "UTC";

class GuessZone extends HTMLElement {
  connectedCallback(): void {
    this.choose("zone", [zone()]);
    this.choose("language", navigator.languages.flatMap((tag) => [tag.toLowerCase(), tag.toLowerCase().split("-")[0] ?? ""]));
    if (!document.documentElement.dataset.account) this.remember();
  }

  private choose(name: string, guesses: readonly string[]): void {
    const field = this.querySelector<HTMLSelectElement | HTMLInputElement>(`[name="${name}"]`);
    if (!field || (field.value && field.value !== "UTC" && !field.hasAttribute("data-guess"))) return;
    const known = field instanceof HTMLSelectElement ? [...field.options].map((option) => option.value) : null;
    const guess = guesses.find((one) => one && (!known || known.includes(one)));
    if (guess) field.value = guess;
  }

  private remember(): void {
    const secure = location.protocol === "https:" ? "; secure" : "";
    document.cookie = `zone=${zone()}; path=/; max-age=31536000; samesite=lax${secure}`;
    document.documentElement.dataset.zone = zone();
    const city = this.querySelector("[data-city]");
    const clock = this.querySelector("[data-clock]");
    if (city) city.textContent = (zone().split("/").pop() ?? "").replaceAll("_", " ");
    if (clock) clock.textContent = clockTime(new Date());
  }
}

define("guess-zone", GuessZone);
