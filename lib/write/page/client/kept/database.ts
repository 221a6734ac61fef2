/** IndexedDB: what the phone keeps. Posts, the files that go with them, and a few things by name. */

const STORES = ["posts", "files", "things"] as const;

export type Shelf = (typeof STORES)[number];

let opened: Promise<IDBDatabase> | undefined;

const forget = (): void => {
  opened = undefined;
};

function open(): Promise<IDBDatabase> {
  opened ??= new Promise((resolve, reject) => {
    const request = indexedDB.open("dripfeed", 1);
    request.onupgradeneeded = () => {
      for (const name of STORES) request.result.createObjectStore(name, { keyPath: "id" });
    };
    request.onsuccess = () => {
      // iOS takes the connection from pages that it put to sleep, and a newer version of this page, in another tab, asks for it.
      request.result.onclose = forget;
      request.result.onversionchange = () => {
        request.result.close();
        forget();
      };
      resolve(request.result);
    };
    request.onerror = () => reject(request.error);
  });
  opened.catch(forget);
  return opened;
}

/** One transaction: what `work` asks for last is the result. */
async function transact<Value>(
  shelf: Shelf,
  mode: IDBTransactionMode,
  work: (store: IDBObjectStore, give: (value: Value) => void) => void,
): Promise<Value | undefined> {
  const database = await open();
  return new Promise((resolve, reject) => {
    let given: Value | undefined;
    const transaction = database.transaction(shelf, mode);
    transaction.oncomplete = () => resolve(given);
    transaction.onabort = () => reject(transaction.error);
    work(transaction.objectStore(shelf), (value) => {
      given = value;
    });
  });
}

interface Kept {
  readonly id: string;
}

export const put = (shelf: Shelf, value: Kept): Promise<void> =>
  transact<void>(shelf, "readwrite", (store) => store.put(value));

export const remove = (shelf: Shelf, id: string): Promise<void> =>
  transact<void>(shelf, "readwrite", (store) => store.delete(id));

export const get = <Value extends Kept>(shelf: Shelf, id: string): Promise<Value | undefined> =>
  transact<Value>(shelf, "readonly", (store, give) => {
    const request = store.get(id);
    request.onsuccess = () => give(request.result);
  });

export async function all<Value extends Kept>(shelf: Shelf): Promise<readonly Value[]> {
  const values = await transact<readonly Value[]>(shelf, "readonly", (store, give) => {
    const request = store.getAll();
    request.onsuccess = () => give(request.result);
  });
  return values ?? [];
}

/** Read and written in one transaction, so that two tabs cannot undo each other. `undefined` from `edit` leaves it. */
export const change = <Value extends Kept>(
  shelf: Shelf,
  id: string,
  edit: (value: Value) => Value | undefined,
): Promise<Value | undefined> =>
  transact<Value>(shelf, "readwrite", (store, give) => {
    const request = store.get(id);
    request.onsuccess = () => {
      const edited = request.result === undefined ? undefined : edit(request.result);
      if (edited === undefined) return;
      store.put(edited);
      give(edited);
    };
  });
