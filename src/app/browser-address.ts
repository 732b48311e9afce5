import type { AddressBar } from "#store/app-core.ts";

/** The address bar of the window. */
export const browserAddress: AddressBar = {
  read: () => window.location.search,
  write: (search, push) => {
    const address = `${window.location.pathname}${search}${window.location.hash}`;
    if (push) window.history.pushState(null, "", address);
    else window.history.replaceState(null, "", address);
  },
  onTravel: (listener) => {
    window.addEventListener("popstate", listener);
    return () => window.removeEventListener("popstate", listener);
  },
};
