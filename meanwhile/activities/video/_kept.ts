/* How somebody likes their films on this device: speed, captions, how large a file. Not an island. */
const KEPT = "meanwhile-films";

export interface Likes {
  rate?: string;
  captions?: "on" | "off";
  quality?: string;
  low?: boolean;
}

export function remembered(): Likes {
  try {
    return (JSON.parse(localStorage.getItem(KEPT) ?? "{}") as Likes | null) ?? {};
  } catch {
    return {};
  }
}

export function remember(likes: Likes): void {
  try {
    localStorage.setItem(KEPT, JSON.stringify({ ...remembered(), ...likes }));
  } catch {
    // a device that keeps nothing plays all the same
  }
}
