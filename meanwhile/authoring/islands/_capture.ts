/* The camera, the screen, the microphone. Not an island. */

export type What = "camera" | "screen" | "both" | "voice";

/** What is filmed, how loud it is now (0 to 1), and how to let go of it. */
export interface Capture {
  stream: MediaStream;
  heard: boolean;
  level(): number;
  end(): void;
}

const PICTURE = { width: { ideal: 1280 }, height: { ideal: 720 }, frameRate: { ideal: 30 } };
const VOICE = { echoCancellation: true, noiseSuppression: true };
const FRAMES = 24; // a second, where two pictures are put together
const CORNER = 0.24; // of the width of the screen: how large somebody is in its corner

export const canRecord = (): boolean => Boolean(navigator.mediaDevices?.getUserMedia) && "MediaRecorder" in window;
export const canShareScreen = (): boolean => canRecord() && "getDisplayMedia" in navigator.mediaDevices;

const TYPES = {
  picture: ["video/webm;codecs=vp8,opus", "video/webm", "video/mp4"],
  voice: ["audio/webm;codecs=opus", "audio/ogg;codecs=opus", "audio/mp4", "audio/webm"],
};

/** What this browser can write. */
export function typeFor(what: What): string {
  const types = what === "voice" ? TYPES.voice : TYPES.picture;
  return types.find((type) => MediaRecorder.isTypeSupported(type)) ?? "";
}

/** How a file of that type is called at its end. */
export function ending(type: string): string {
  if (type.includes("mp4")) return type.startsWith("audio") ? "m4a" : "mp4";
  return type.includes("ogg") ? "ogg" : "webm";
}

/** Asks the browser for what is to be filmed. Rejects with the browser's own error. */
export async function capture(what: What): Promise<Capture> {
  if (what === "voice") return heardIn(await navigator.mediaDevices.getUserMedia({ audio: VOICE }));
  if (what === "camera") return heardIn(await navigator.mediaDevices.getUserMedia({ video: PICTURE, audio: VOICE }));
  const screen = await navigator.mediaDevices.getDisplayMedia({ video: { frameRate: { ideal: FRAMES } }, audio: true });
  try {
    const own = await navigator.mediaDevices.getUserMedia({ audio: VOICE, video: what === "both" ? PICTURE : false });
    return what === "both" ? await together(screen, own) : heardIn(screen, own);
  } catch (error) {
    // a screen without a microphone is still worth filming; without the camera it is not what was asked for
    if (what === "screen" && (error as DOMException).name === "NotFoundError") return heardIn(screen);
    for (const track of screen.getTracks()) track.stop();
    throw error;
  }
}

/** One stream of the picture of the first and the sounds of all, with its loudness. */
function heardIn(first: MediaStream, ...others: MediaStream[]): Capture {
  const streams = [first, ...others];
  const heard = streams.some((each) => each.getAudioTracks().length > 0);
  const context = new AudioContext();
  const analyser = new AnalyserNode(context, { fftSize: 1024 });
  const mixed = context.createMediaStreamDestination();
  for (const each of streams.filter((stream) => stream.getAudioTracks().length)) {
    const source = context.createMediaStreamSource(each);
    source.connect(analyser);
    source.connect(mixed);
  }
  void context.resume();
  const samples = new Float32Array(analyser.fftSize);
  const sounds = streams.length > 1 ? mixed.stream.getAudioTracks() : first.getAudioTracks();
  return {
    stream: new MediaStream([...first.getVideoTracks(), ...(heard ? sounds : [])]),
    heard,
    level() {
      analyser.getFloatTimeDomainData(samples);
      return Math.min(1, samples.reduce((most, each) => Math.max(most, Math.abs(each)), 0));
    },
    end() {
      for (const each of streams) for (const track of each.getTracks()) track.stop();
      void context.close();
    },
  };
}

/** The screen, and somebody small in its corner: drawn together, in the time of a worker, because a
    page that is not in front is not drawn. */
async function together(screen: MediaStream, own: MediaStream): Promise<Capture> {
  const [large, small] = await Promise.all([playing(screen), playing(own)]);
  const canvas = document.createElement("canvas");
  const pen = canvas.getContext("2d");
  const draw = (): void => {
    if (!pen || !large.videoWidth) return;
    if (canvas.width !== large.videoWidth || canvas.height !== large.videoHeight) Object.assign(canvas, { width: large.videoWidth, height: large.videoHeight });
    pen.drawImage(large, 0, 0);
    const width = Math.round(canvas.width * CORNER);
    const height = Math.round((width * (small.videoHeight || 9)) / (small.videoWidth || 16));
    const gap = Math.round(canvas.width / 50);
    pen.drawImage(small, canvas.width - width - gap, canvas.height - height - gap, width, height);
  };
  draw();
  const ticks = new Worker(new URL("ticker.js", import.meta.url));
  ticks.onmessage = draw;
  ticks.postMessage(1000 / FRAMES);
  const drawn = canvas.captureStream(FRAMES);
  const mixed = heardIn(new MediaStream([...drawn.getVideoTracks(), ...screen.getAudioTracks()]), new MediaStream(own.getAudioTracks()));
  // who stops to share the screen, or pulls out the camera, ends the film
  for (const track of [...screen.getVideoTracks(), ...own.getVideoTracks()]) track.addEventListener("ended", () => drawn.getVideoTracks()[0]?.dispatchEvent(new Event("ended")));
  return {
    ...mixed,
    end() {
      ticks.terminate();
      mixed.end();
      for (const each of [screen, own]) for (const track of each.getTracks()) track.stop();
    },
  };
}

async function playing(stream: MediaStream): Promise<HTMLVideoElement> {
  const film = document.createElement("video");
  Object.assign(film, { srcObject: stream, muted: true, playsInline: true });
  await film.play();
  return film;
}

/** Why it cannot be filmed: the name of a sentence of the page. */
export function reason(error: unknown): string {
  const name = (error as DOMException | null)?.name ?? "";
  if (["NotAllowedError", "SecurityError"].includes(name)) return "refused";
  if (["NotFoundError", "OverconstrainedError"].includes(name)) return "nothing";
  if (["NotReadableError", "AbortError"].includes(name)) return "busy";
  return name === "QuotaExceededError" ? "full" : "failed";
}
