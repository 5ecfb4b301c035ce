/* Times of a film as people write them. Not an island. */

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
