/* Which version of a film is played: as large as somebody chose on this device, the smallest where data
   are dear. Not an island. */
import { remember, remembered } from "./_kept";

interface Line {
  connection?: { saveData?: boolean };
}

/** Whether the browser was told to save data. */
const savesData = (): boolean => Boolean((navigator as Line).connection?.saveData);

export function quality(player: HTMLElement, film: HTMLMediaElement, signal: AbortSignal): void {
  const label = player.querySelector<HTMLElement>("[data-quality]");
  const choice = label?.querySelector("select");
  const low = player.querySelector<HTMLElement>("[data-low]");
  const tick = low?.querySelector("input");
  if (!label || !choice || !low || !tick) return;
  const sizes = [...choice.options].filter((each) => each.value !== "sound");
  const smallest = sizes.at(-1) ?? choice.options[0];
  label.hidden = choice.options.length < 2;
  low.hidden = choice.options.length < 2;
  const play = (option: HTMLOptionElement | undefined): void => {
    if (!option?.dataset.url) return;
    choice.value = option.value;
    change(film, option.dataset.url);
  };
  tick.checked = remembered().low ?? savesData();
  const liked = [...choice.options].find((each) => each.value === remembered().quality);
  play(tick.checked ? smallest : (liked ?? choice.options[0]));
  choice.addEventListener("change", () => {
    play(choice.selectedOptions[0]);
    remember({ quality: choice.value });
  }, { signal });
  tick.addEventListener("change", () => {
    remember({ low: tick.checked });
    play(tick.checked ? smallest : (sizes[0] ?? choice.options[0]));
  }, { signal });
}

/** Another file of the same film, at the same second, as fast, playing or not as before. */
function change(film: HTMLMediaElement, url: string): void {
  if (new URL(url, location.href).href === film.src) return;
  const { currentTime: at, paused } = film;
  film.src = url;
  if (at > 0) film.addEventListener("loadedmetadata", () => (film.currentTime = at), { once: true });
  if (at > 0 && film.preload === "none") film.preload = "metadata";
  if (!paused) void film.play().catch(() => undefined);
}
