/* What was read, on its way to the server: kept on the device first, sent in batches, and sent
   again word for word until there is a receipt, also by the next page that is opened. */
import { forget, keep, keptFor, type Kept } from "../../ui/islands/_device";
import { isOpen, page } from "../../ui/islands/_page";
import { operationId, post } from "../../ui/islands/_send";

/** One batch: blocks whose end was seen, and the place in the lesson. */
export interface Reading {
  done: string[];
  block: string;
  spot: string;
  finish?: boolean;
}

/** What the page shows of the lesson now, as the server says it. */
export interface Moved {
  left: string;
  value: number;
  max: number;
  done: string[];
  says: string;
}

const KEY = "reading";
const FIRST_RETRY = 2000;
const LONGEST_RETRY = 60_000;

interface Waiting {
  url: string;
  body: string;
}

let count = 0;

/** Puts a batch on the device; the record is what `send` takes. */
export async function store(url: string, reading: Reading): Promise<Kept> {
  const operation = operationId();
  const values = new URLSearchParams({ operation, done: reading.done.join(" "), block: reading.block, spot: reading.spot });
  if (reading.finish) values.set("finish", "1");
  const words = JSON.stringify({ url, body: values.toString() } satisfies Waiting);
  const record: Kept = { id: `${KEY} ${page} ${++count}`, key: KEY, page, words, base: "", at: Date.now(), sending: null };
  await keep(record).catch(() => undefined);
  return record;
}

/** Sends one batch. What the page shows now; null where the answer says nothing of that; "later"
    where nothing arrived and the batch stays. */
export async function send(record: Kept, leaving = false): Promise<Moved | null | "later"> {
  const { url, body } = JSON.parse(record.words) as Waiting;
  const age = String(Math.max(0, (Date.now() - record.at) / 1000));
  const reply = await post(url, new URLSearchParams(body), leaving, { "X-Age": age }).catch(() => null);
  if (reply === null || notNow(reply)) return "later";
  // a receipt, or a refusal that would be the same next time: a lesson that is gone, a closed course
  await forget(record.id).catch(() => undefined);
  return reply.ok ? ((await reply.json().catch(() => null)) as Moved | null) : null;
}

/** Signed out (sent to the sign-in), a token gone stale, too many, a server in trouble: later. */
const notNow = (reply: Response): boolean =>
  reply.type === "opaqueredirect" || reply.status === 403 || reply.status === 429 || reply.status >= 500;

/** Batches that pages closed since have left behind. */
export async function leftBehind(): Promise<Kept[]> {
  const found: Kept[] = [];
  for (const record of await keptFor(KEY).catch(() => [])) if (!(await isOpen(record.page))) found.push(record);
  return found;
}

/** How long to wait before try number `tries` (from 0): longer each time, never the same. */
export const pause = (tries: number): number => {
  const longest = Math.min(LONGEST_RETRY, FIRST_RETRY * 2 ** tries);
  return longest / 2 + (Math.random() * longest) / 2;
};
