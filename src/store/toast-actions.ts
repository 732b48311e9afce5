import type { Actions } from "./app.ts";
import type { AppCore } from "./app-core.ts";

/** How long a message stays when nobody closes it. Errors stay until somebody does. */
const toastMs = 7_000;

const mostToasts = 4;

export function toastActions(core: AppCore): Pick<Actions, "toast" | "dismissToast"> {
  let nextId = 1;
  const dismissToast = (id: number): void => {
    const toasts = core.store.getState().toasts.filter((toast) => toast.id !== id);
    core.store.setState({ toasts });
  };
  return {
    toast: (toast) => {
      const id = nextId;
      nextId += 1;
      // The same words twice are one message.
      const others = core.store.getState().toasts.filter(({ text }) => text !== toast.text);
      core.store.setState({ toasts: [...others, { ...toast, id }].slice(-mostToasts) });
      if (toast.kind !== "error") core.clock.after(toastMs, () => dismissToast(id));
    },
    dismissToast,
  };
}
