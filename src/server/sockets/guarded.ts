import type { Socket } from "socket.io";

/** What goes wrong with one viewer must not reach the others: socket.io lets an exception in a handler end the process. */
export interface HandlerFaults {
  readonly onThrow: (error: unknown) => void;
}

/** Answers to an event of the viewer with a handler that may throw: then that viewer's connection is closed, and nothing else happens. */
export function onEvent(
  socket: Pick<Socket, "on" | "disconnect">,
  event: string,
  faults: HandlerFaults,
  handler: (raw: unknown) => void,
): void {
  socket.on(event, (raw: unknown) => {
    try {
      handler(raw);
    } catch (error: unknown) {
      faults.onThrow(error);
      socket.disconnect(true);
    }
  });
}
