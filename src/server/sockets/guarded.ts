/** What goes wrong with one viewer must not reach the others: socket.io lets an exception in a handler end the process. */
export interface HandlerFaults {
  readonly onThrow: (error: unknown) => void;
}

/** As much of a socket as this needs. */
export interface GuardedSocket {
  on(event: string, handler: (raw: unknown) => void): void;
  disconnect(isClosing: boolean): void;
}

/** Answers to an event of the viewer with a handler that may throw: then that viewer's connection is closed, and nothing else happens. */
export function onEvent(
  socket: GuardedSocket,
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
