import type { IncomingMessage, Server as HttpServer } from "node:http";

import type { Logger } from "pino";
import { Server, type Socket } from "socket.io";

import { must } from "#base/assert.ts";
import { Disposer } from "#base/disposer.ts";
import type { Random } from "#base/random.ts";
import { every, type Clock } from "#base/time.ts";
import {
  decodeAck,
  decodeDrillMessage,
  decodeSubscribe,
  type Hello,
  type Refusal,
  type Role,
} from "#protocol/messages.ts";
import { protocolVersion } from "#protocol/version.ts";

import { whyOriginRefused, type OriginPolicy } from "../access/origin.ts";
import { TokenBucket } from "../access/token-bucket.ts";
import { mayDo } from "../access/tokens.ts";
import { whoIs } from "../access/who-is.ts";
import type { TokenEntry } from "../config/token-setting.ts";
import type { SharedDrill } from "../drills/shared-drill.ts";
import type { Audience } from "../feed/audience.ts";
import type { Feed } from "../feed/feed.ts";
import type { Outlet } from "../feed/outlet.ts";
import type { Metrics } from "../metrics.ts";
import { ConnectionCaps, type CapLimits } from "./connection-caps.ts";
import { commandDrill } from "./drill-commands.ts";
import { onEvent } from "./guarded.ts";
import { socketOutlet } from "./socket-outlet.ts";

/** Messages that a viewer may send in a second, acknowledgements of its frames not counted; so many more at once. */
const messagesPerSecond = 20;
const messageBurst = 40;

/** Viewers say little: a larger message is no viewer's. */
const greatestMessageBytes = 64 * 1024;

const heartbeatMs = 10_000;

/** Viewers that are sent away together come back one after the other within this time. */
const returnSpreadMs = 3_000;

export interface GatewayOptions {
  readonly feeds: readonly Feed[];
  /** By feed; only of those that show drills to everybody. */
  readonly drills: ReadonlyMap<string, SharedDrill>;
  /** Makes the audience of each feed, once there is a way to send. */
  readonly gather: (feed: Feed, outlet: Outlet) => Audience;
  readonly tokens: readonly TokenEntry[];
  readonly origins: OriginPolicy;
  readonly caps: CapLimits;
  readonly clock: Clock;
  readonly random: Random;
  readonly metrics: Metrics;
  readonly logger: Logger;
  /** Version of the program, for people. */
  readonly version: string;
}

/** The sockets: lets viewers in or refuses them, and passes what they say to the audience of the feed that they watch. */
export class Gateway {
  readonly audiences: ReadonlyMap<string, Audience>;
  readonly #options: GatewayOptions;
  readonly #io: Server;
  readonly #caps: ConnectionCaps;
  readonly #roles = new WeakMap<Socket, Role>();
  readonly #disposer = new Disposer();

  constructor(http: HttpServer, options: GatewayOptions) {
    this.#options = options;
    this.#caps = new ConnectionCaps(options.caps);
    this.#io = new Server(http, {
      serveClient: false,
      transports: ["websocket", "polling"],
      // Frames are packed where that pays; deflating per connection costs 25 times the CPU and ten times the memory.
      perMessageDeflate: false,
      httpCompression: false,
      maxHttpBufferSize: greatestMessageBytes,
      allowRequest: (request, answer) => this.#admit(request, answer),
    });
    const outlet = socketOutlet(this.#io);
    this.audiences = new Map(options.feeds.map((feed) => [feed.id, options.gather(feed, outlet)]));
    for (const audience of this.audiences.values()) this.#disposer.add(audience.dispose);
    this.#io.engine.on("connection", (connection: { remoteAddress: string } & NodeJS.EventEmitter) => {
      const { remoteAddress } = connection;
      this.#caps.add(remoteAddress);
      connection.once("close", () => this.#caps.remove(remoteAddress));
    });
    this.#io.use((socket, next) => this.#identify(socket, next));
    this.#io.on("connection", (socket) => this.#welcome(socket));
    this.#disposer.add(
      every(options.clock, heartbeatMs, () => {
        this.#io.emit("heartbeat", { serverTime: options.clock.now() });
      }),
    );
  }

  /** Sends everybody away, each to come back at another time, and stops listening. */
  async close(why: string): Promise<void> {
    this.#disposer.dispose();
    for (const socket of this.#io.sockets.sockets.values()) {
      socket.emit("goodbye", { why, reconnectInMs: 500 + returnSpreadMs * this.#options.random() });
    }
    this.#io.disconnectSockets(true);
    await this.#io.close();
  }

  #admit(request: IncomingMessage, answer: (message: string | null, isAdmitted: boolean) => void): void {
    const { headers, socket } = request;
    const { remoteAddress } = socket;
    const refuse = (refusal: Refusal) => {
      this.#countRefusal(refusal);
      answer(JSON.stringify(refusal), false);
    };
    const why = whyOriginRefused(this.#options.origins, { headers, remoteAddress });
    if (why !== undefined) refuse({ cause: "origin", message: why });
    else if (!this.#caps.hasRoom(remoteAddress)) {
      refuse({ cause: "full", message: "The server has as many connections as it may have." });
    } else answer(null, true);
  }

  #identify(socket: Socket, next: (error?: Error) => void): void {
    const { headers } = socket.handshake;
    const auth: Record<string, unknown> = socket.handshake.auth;
    const role = whoIs(this.#options.tokens, {
      authorization: headers.authorization,
      socketToken: auth["token"],
    });
    if (!role.ok) next(this.#refused(role.error));
    else if (!mayDo(role.value, "watch")) {
      next(this.#refused({ cause: "token", message: "This token may send traffic in, but not watch it." }));
    } else {
      this.#roles.set(socket, role.value);
      next();
    }
  }

  #refused(refusal: Refusal): Error {
    this.#countRefusal(refusal);
    return Object.assign(new Error(refusal.message), { data: refusal });
  }

  #countRefusal({ cause, message }: Refusal): void {
    this.#options.metrics.refusals.inc({ cause });
    this.#options.logger.info({ cause }, `Refused a connection. ${message}`);
  }

  #welcome(socket: Socket): void {
    const { clock, metrics, logger } = this.#options;
    // What came with the first request is not needed any more, and large.
    Reflect.set(socket.conn, "request", undefined);
    Reflect.set(socket.client, "request", undefined);
    const bucket = new TokenBucket(clock, messagesPerSecond, messageBurst);
    const faults = {
      onThrow: (error: unknown) => {
        metrics.handlerErrors.inc();
        logger.error({ err: error }, "A handler of a viewer's message failed; the viewer was disconnected");
      },
    };
    let audience: Audience | undefined;
    const countBad = () => {
      metrics.badMessages.inc();
      if (!bucket.take()) socket.disconnect(true);
    };
    socket.onAny((event) => {
      if (event !== "subscribe" && event !== "ack" && event !== "drill") countBad();
    });
    onEvent(socket, "subscribe", faults, (raw) => {
      const wanted = decodeSubscribe(raw);
      if (!wanted.ok || !bucket.take()) return countBad();
      const { feed, epoch, seq } = wanted.value;
      const found = this.audiences.get(feed);
      if (found === undefined) {
        const refusal: Refusal = { cause: "feed", message: `The server has no feed "${feed}".` };
        return void socket.emit("refusal", refusal);
      }
      if (found !== audience) audience?.leave(socket.id);
      audience = found;
      audience.subscribe(socket.id, epoch === undefined || seq === undefined ? undefined : { epoch, seq });
    });
    onEvent(socket, "ack", faults, (raw) => {
      const ack = decodeAck(raw);
      if (!ack.ok || audience?.acknowledge(socket.id, ack.value.seq) !== true) countBad();
    });
    onEvent(socket, "drill", faults, (raw) => {
      const asked = decodeDrillMessage(raw);
      if (!asked.ok || !bucket.take()) return countBad();
      const refusal = commandDrill(this.#options.drills, asked.value, this.#roleOf(socket));
      if (refusal !== undefined) socket.emit("drill-refusal", refusal);
    });
    socket.on("disconnect", () => {
      audience?.leave(socket.id);
      // Whoever leaves without closing the connection would hold it open for nothing.
      socket.conn.close();
    });
    socket.emit("hello", this.#hello(socket));
  }

  #hello(socket: Socket): Hello {
    const { clock, feeds, drills, version } = this.#options;
    return {
      protocol: protocolVersion,
      server: version,
      serverTime: clock.now(),
      role: this.#roleOf(socket),
      feeds: feeds.map(({ id, title, intervalMs, past }) => ({
        feed: id,
        title,
        intervalMs,
        drills: drills.has(id),
        ...(past === undefined ? {} : { past }),
      })),
    };
  }

  #roleOf(socket: Socket): Role {
    return must(this.#roles.get(socket), "a socket is identified before it is welcomed");
  }
}
