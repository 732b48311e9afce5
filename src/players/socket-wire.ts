import { io } from "socket.io-client";

import { isJsonObject } from "#base/json.ts";
import { decodeRefusal, type Refusal } from "#protocol/messages.ts";

import type { CreateWire } from "./live-wire.ts";

/** The wire over socket.io. `url` is the page's base address: the socket lives beside the page, whatever the path. */
export function socketWire(url: string): CreateWire {
  return ({ message, closed, refused }) => {
    let token: string | undefined;
    const { origin, pathname } = new URL("socket.io", url);
    const socket = io(origin, {
      path: pathname,
      // WebSocket first: polling is for networks that do not let it through.
      transports: ["websocket", "polling"],
      tryAllTransports: true,
      autoConnect: false,
      // The player decides when to come back: it knows what the server said when it said goodbye.
      reconnection: false,
      forceNew: true,
      auth: (answer) => answer(token === undefined ? {} : { token }),
    });
    socket.onAny((event: string, body: unknown) => message(event, body));
    socket.on("connect_error", (error) => {
      const refusal = refusalOf(error);
      if (refusal === undefined) closed("The server cannot be reached.");
      else if (refusal.cause === "full") closed(refusal.message);
      else refused(refusal);
    });
    socket.on("disconnect", (reason) => {
      if (reason === "io client disconnect") return;
      closed(
        reason === "io server disconnect"
          ? "The server closed the connection."
          : "The connection to the server was lost.",
      );
    });
    return {
      open: (newToken) => {
        token = newToken;
        socket.connect();
      },
      send: (event, body) => void (socket.connected && socket.emit(event, body)),
      close: () => void socket.disconnect(),
    };
  };
}

/** The server's own words, from where socket.io puts them: with the error for a refused token, in the HTTP answer for a refused origin. */
function refusalOf(error: Error): Refusal | undefined {
  const fromServer = decodeRefusal(Reflect.get(error, "data"));
  if (fromServer.ok) return fromServer.value;
  const context: unknown = Reflect.get(error, "context");
  const answer: unknown =
    typeof context === "object" && context !== null ? Reflect.get(context, "responseText") : undefined;
  const body = typeof answer === "string" ? parsed(answer) : undefined;
  const inner =
    isJsonObject(body) && typeof body["message"] === "string" ? parsed(body["message"]) : undefined;
  const refusal = decodeRefusal(inner);
  return refusal.ok ? refusal.value : undefined;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
