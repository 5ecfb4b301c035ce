/* Words kept on this device: one IndexedDB database per account, one store, durable writes.

   A record belongs to one writing place (`key`) in one open page (`page`), so that two tabs with
   the same place never write over each other. */

/** What has been handed to the server and not answered yet: sent again word for word. */
export interface Sending {
  operation: string;
  words: string;
  base: string;
}

export interface Kept {
  id: string;
  key: string;
  page: string;
  words: string;
  base: string;
  at: number;
  sending: Sending | null;
}

const STORE = "words";

/** Only ever the database of the account the page was made for. */
function open(): Promise<IDBDatabase> {
  const account = document.documentElement.dataset.account || "guest";
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(`meanwhile-${account}`, 1);
    request.onupgradeneeded = () => request.result.createObjectStore(STORE, { keyPath: "id" }).createIndex("key", "key");
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

let database: Promise<IDBDatabase> | undefined;

/** Runs one request in a transaction of its own and waits until it is on the disk. */
async function within<T>(mode: IDBTransactionMode, act: (store: IDBObjectStore) => IDBRequest<T>): Promise<T> {
  database ??= open();
  const db = await database.catch((error: unknown) => {
    database = undefined;
    throw error;
  });
  return new Promise<T>((resolve, reject) => {
    const transaction = db.transaction(STORE, mode, { durability: "strict" });
    const request = act(transaction.objectStore(STORE));
    transaction.oncomplete = () => resolve(request.result);
    transaction.onabort = transaction.onerror = () => reject(transaction.error);
  });
}

export const keep = (record: Kept): Promise<unknown> => within("readwrite", (store) => store.put(record));

export const forget = (id: string): Promise<unknown> => within("readwrite", (store) => store.delete(id));

/** All that is kept for a place, oldest first. */
export async function keptFor(key: string): Promise<Kept[]> {
  const found = await within<Kept[]>("readonly", (store) => store.index("key").getAll(key) as IDBRequest<Kept[]>);
  return found.sort((one, other) => one.at - other.at);
}

/** All that is kept for places whose names begin so, oldest first. */
export async function keptUnder(prefix: string): Promise<Kept[]> {
  const names = IDBKeyRange.bound(prefix, `${prefix}\uffff`);
  const found = await within<Kept[]>("readonly", (store) => store.index("key").getAll(names) as IDBRequest<Kept[]>);
  return found.sort((one, other) => one.at - other.at);
}
