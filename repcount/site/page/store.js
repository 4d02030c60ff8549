// The history in this browser: sessions as JSON, by their ID. A session is written anew each time it grows.
const NAME = "repcount", STORE = "sessions";

function opened() {
  return new Promise((resolve, reject) => {
    const asked = indexedDB.open(NAME, 1);
    asked.onupgradeneeded = () => asked.result.createObjectStore(STORE, { keyPath: "id" }).createIndex("at", "at");
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = () => reject(asked.error);
  });
}

// Do something with the store; done once it is on the disk.
async function within(mode, work) {
  const database = await opened();
  try {
    return await new Promise((resolve, reject) => {
      const all = database.transaction(STORE, mode, { durability: "strict" }), asked = work(all.objectStore(STORE));
      all.oncomplete = () => resolve(asked.result);
      all.onerror = all.onabort = () => reject(all.error);
    });
  } finally {
    database.close();
  }
}

export function put(text) {
  const { id, started_at } = JSON.parse(text);
  return within("readwrite", (store) => store.put({ id, at: started_at, text }));
}

// The texts of all sessions, oldest first.
export async function ofAll() {
  return (await within("readonly", (store) => store.index("at").getAll())).map((one) => one.text);
}

export async function newest(number) {
  return (await ofAll()).slice(-number);
}

export function deleteAll() {
  return within("readwrite", (store) => store.clear());
}
