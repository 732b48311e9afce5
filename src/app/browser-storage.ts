import type { KeyValueStorage } from "#store/settings.ts";

/** The browser's storage, or one that forgets where the browser forbids it: reading `localStorage` alone throws there. */
export function browserStorage(): KeyValueStorage {
  try {
    return window.localStorage;
  } catch {
    const kept = new Map<string, string>();
    return {
      getItem: (key) => kept.get(key) ?? null,
      setItem: (key, value) => {
        kept.set(key, value);
      },
    };
  }
}
