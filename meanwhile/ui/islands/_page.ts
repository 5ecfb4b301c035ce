/* Which open page is which, so that words of a closed one can be taken over by the next. */

/** The name of this page while it is open. */
export const page = Array.from(crypto.getRandomValues(new Uint8Array(8)), (byte) => byte.toString(16).padStart(2, "0")).join("");

const CHANNEL = "meanwhile-pages";
const PATIENCE = 250;

/* A page answers for itself, and only while it is alive: a crashed one is silent. */
const channel = new BroadcastChannel(CHANNEL);
channel.addEventListener("message", ({ data }: MessageEvent<{ ask?: string }>) => {
  if (data.ask === page) channel.postMessage({ here: page });
});

/** Whether another open page of this browser carries that name. */
export function isOpen(name: string): Promise<boolean> {
  if (name === page) return Promise.resolve(true);
  return new Promise((resolve) => {
    const ears = new BroadcastChannel(CHANNEL);
    const done = (answer: boolean): void => {
      ears.close();
      clearTimeout(timer);
      resolve(answer);
    };
    const timer = setTimeout(() => done(false), PATIENCE);
    ears.addEventListener("message", ({ data }: MessageEvent<{ here?: string }>) => {
      if (data.here === name) done(true);
    });
    ears.postMessage({ ask: name });
  });
}
