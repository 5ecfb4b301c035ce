/* Times of a film as people write them, and how loud it is as a line. Not an island. */

/** "1:23", with so many digits after the point: "1:23.4". */
export function clock(seconds: number, digits = 0): string {
  const rounded = Number(Math.max(0, seconds).toFixed(digits));
  const minutes = Math.floor(rounded / 60);
  return `${minutes}:${(rounded % 60).toFixed(digits).padStart(digits ? digits + 3 : 2, "0")}`;
}

/** Seconds of "1:23.4", "83.4", "1:02:03" or "83,4"; NaN of anything else. */
export function secondsOf(words: string): number {
  const found = /^(?:(?:(\d{1,3}):)?(\d{1,3}):)?(\d{1,6}(?:[.,]\d{1,3})?)$/.exec(words.trim());
  if (!found) return NaN;
  const [, hours = "0", minutes = "0", seconds = "0"] = found;
  return Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds.replace(",", "."));
}

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
