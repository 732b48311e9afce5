import { createServer } from "node:http";

import { Server } from "socket.io";
import { io } from "socket.io-client";

/** What becomes of a delta on its way. `swap`: it arrives after the next one. */
export type Deed = "keep" | "drop" | "double" | "swap";

/** A socket.io server between a viewer and a server of ours, which passes everything on, but does to deltas what a test wants. */
export class MisbehavingRelay {
  readonly #http = createServer();
  readonly #io = new Server(this.#http, { transports: ["websocket"] });
  readonly #deedOf: () => Deed;
  /** How many frames the viewer has answered to. */
  answers = 0;

  private constructor(target: string, deedOf: () => Deed) {
    this.#deedOf = deedOf;
    this.#io.on("connection", (viewer) => {
      const server = io(target, { transports: ["websocket"], reconnection: false, forceNew: true });
      let late: unknown;
      server.onAny((event: string, body: unknown) => {
        const deed = event === "delta" ? this.#deedOf() : "keep";
        if (deed === "swap" && late === undefined) {
          late = body;
          return;
        }
        if (deed !== "drop") viewer.emit(event, body);
        if (deed === "double") viewer.emit(event, body);
        if (late !== undefined && event === "delta") {
          viewer.emit("delta", late);
          late = undefined;
        }
      });
      server.on("disconnect", () => viewer.disconnect(true));
      viewer.onAny((event: string, body: unknown) => {
        server.emit(event, body);
        if (event === "ack") this.answers += 1;
      });
      viewer.on("disconnect", () => server.disconnect());
    });
  }

  static async to(target: string, deedOf: () => Deed): Promise<MisbehavingRelay> {
    const relay = new MisbehavingRelay(target, deedOf);
    await new Promise<void>((resolve) => relay.#http.listen(0, "127.0.0.1", resolve));
    return relay;
  }

  get url(): string {
    const address = this.#http.address();
    return `http://127.0.0.1:${typeof address === "object" ? (address?.port ?? 0) : 0}/`;
  }

  async close(): Promise<void> {
    await this.#io.close();
  }
}
