/* A worker that says "now" so many milliseconds apart, also while its page is not in front. */
export {};

onmessage = ({ data }: MessageEvent<number>): void => {
  setInterval(() => postMessage(null), data);
};
