import type { Server } from "socket.io";

import { isJsonObject } from "#base/json.ts";

import type { Outlet } from "../feed/outlet.ts";

/** Time for a goodbye to leave. */
const flushMs = 1000;

/** Viewers as socket.io knows them: a group of them is sent one encoded packet, framed once. */
export function socketOutlet(io: Server): Outlet {
  return {
    send: (ids, { event, body }) => {
      io.to([...ids]).emit(event, body);
    },
    bufferedBytes: (id) => {
      const connection = io.sockets.sockets.get(id)?.conn;
      return connection === undefined ? 0 : buffered(connection);
    },
    cut: (id, goodbye) => {
      const socket = io.sockets.sockets.get(id);
      if (socket === undefined) return;
      const { conn } = socket;
      socket.emit("goodbye", goodbye);
      socket.disconnect(true);
      // Closing waits for what is on its way; whoever takes nothing would be waited for until the next ping is missed.
      setTimeout(() => conn.close(true), flushMs).unref();
    },
  };
}

/**
 * What waits in this process for one connection: packets that engine.io holds back, and what the WebSocket or the kernel's socket has not taken. Neither
 * is public, so that both are looked up with care; where they are missing this tells less than there is, and the credit still holds.
 */
function buffered(connection: object): number {
  const transport: unknown = Reflect.get(connection, "transport");
  const webSocket: unknown = isJsonObject(transport) ? transport["socket"] : undefined;
  const inSocket: unknown = isJsonObject(webSocket) ? webSocket["bufferedAmount"] : undefined;
  const held: unknown = Reflect.get(connection, "writeBuffer");
  let bytes = typeof inSocket === "number" ? inSocket : 0;
  for (const packet of Array.isArray(held) ? held : []) {
    const data: unknown = isJsonObject(packet) ? packet["data"] : undefined;
    if (typeof data === "string") bytes += data.length;
  }
  return bytes;
}
