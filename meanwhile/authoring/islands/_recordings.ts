/* Recordings that are kept on this device, part by part while they are made: a page that is loaded
   again, or a browser that dies, loses at most the last second. One database per account; a recording
   goes as soon as the server has it, and after 30 days in any case. Not an island. */

export interface Recording {
  id: string;
  /** Which block of which lesson it is for. */
  place: string;
  /** The page it was made in: while that is open, nobody else takes it up. */
  page: string;
  type: string;
  begun: number;
  seconds: number;
  /** How loud it was, from 0 to 1, ten times a second. */
  levels: number[];
}

interface Part {
  recording: string;
  number: number;
  bytes: Blob;
}

const KEPT = 30 * 24 * 3600 * 1000;

function open(): Promise<IDBDatabase> {
  const account = document.documentElement.dataset.account || "guest";
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(`meanwhile-recordings-${account}`, 1);
    request.onupgradeneeded = () => {
      request.result.createObjectStore("recordings", { keyPath: "id" });
      request.result.createObjectStore("parts", { keyPath: ["recording", "number"] });
    };
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error("no database"));
  });
}

let database: Promise<IDBDatabase> | undefined;

async function within<T>(mode: IDBTransactionMode, act: (recordings: IDBObjectStore, parts: IDBObjectStore) => IDBRequest<T>): Promise<T> {
  database ??= open();
  const db = await database.catch((error: unknown) => {
    database = undefined;
    throw error;
  });
  return new Promise<T>((resolve, reject) => {
    const transaction = db.transaction(["recordings", "parts"], mode, { durability: "strict" });
    const request = act(transaction.objectStore("recordings"), transaction.objectStore("parts"));
    transaction.oncomplete = () => resolve(request.result);
    transaction.onabort = transaction.onerror = () => reject(transaction.error ?? new Error("not kept"));
  });
}

const all = (id: string): IDBKeyRange => IDBKeyRange.bound([id, 0], [id, Infinity]);

/** The next part, and how long and loud it is until now; both or neither. */
export function keepPart(recording: Recording, number: number, bytes: Blob): Promise<unknown> {
  return within("readwrite", (recordings, parts) => {
    parts.put({ recording: recording.id, number, bytes } satisfies Part);
    return recordings.put(recording);
  });
}

export function forgetRecording(id: string): Promise<unknown> {
  return within("readwrite", (recordings, parts) => {
    parts.delete(all(id));
    return recordings.delete(id);
  });
}

export async function bytesOf(recording: Recording): Promise<Blob> {
  const parts = await within<Part[]>("readonly", (_, store) => store.getAll(all(recording.id)) as IDBRequest<Part[]>);
  return new Blob(parts.map((part) => part.bytes), { type: recording.type });
}

/** What is kept for places that begin so, the newest first; what is too old goes. */
export async function recordingsFor(place: string): Promise<Recording[]> {
  const found = await within<Recording[]>("readonly", (recordings) => recordings.getAll() as IDBRequest<Recording[]>);
  const old = found.filter((each) => Date.now() - each.begun > KEPT);
  for (const each of old) await forgetRecording(each.id);
  const rest = found.filter((each) => !old.includes(each) && each.place.startsWith(place));
  return rest.sort((one, other) => other.begun - one.begun);
}
