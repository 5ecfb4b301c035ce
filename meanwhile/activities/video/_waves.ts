/* How loud a film or a sound is, as a picture. Not an island. */
import { remembered } from "./_kept";

const WIDE = 200;
const MIDDLE = 20;

/** A path in a picture of 200 by 40: so loud, at each of at most 200 places. */
export function waves(levels: number[]): string {
  const count = Math.min(WIDE, levels.length);
  if (!count) return "";
  const step = levels.length / count;
  return Array.from({ length: count }, (_, n) => {
    const some = levels.slice(Math.floor(n * step), Math.max(Math.floor(n * step) + 1, Math.floor((n + 1) * step)));
    const high = Math.max(0.02, ...some) * (MIDDLE - 1);
    const x = ((n + 0.5) * WIDE) / count;
    return `M${x.toFixed(1)} ${(MIDDLE - high).toFixed(1)}V${(MIDDLE + high).toFixed(1)}`;
  }).join("");
}

/** Beside a sound, once it comes near the screen; not where data are dear. */
export function drawWaves(player: HTMLElement): void {
  const picture = player.querySelector<SVGElement>("[data-waves]");
  const url = picture?.dataset.waves;
  if (!picture || !url || remembered().low) return;
  const near = new IntersectionObserver((seen) => {
    if (!seen.some((each) => each.isIntersecting)) return;
    near.disconnect();
    void fetch(url, { credentials: "same-origin" })
      .then((reply) => reply.json() as Promise<{ peaks: number[] }>)
      .then(({ peaks }) => {
        picture.querySelector("path")?.setAttribute("d", waves(peaks.map((each) => each / 100)));
        picture.removeAttribute("hidden");
      })
      .catch(() => undefined); // a sound without its picture is still a sound
  }, { rootMargin: "200px" });
  near.observe(player);
}
