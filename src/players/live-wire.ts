import type { Refusal } from "#protocol/messages.ts";

/** What a connection tells. After `closed` or `refused` nothing comes until it is opened again. */
export interface WireEvents {
  /** A message of the server, not yet looked at. */
  readonly message: (event: string, body: unknown) => void;
  /** The connection was lost, or could not be made; `why` is a sentence. */
  readonly closed: (why: string) => void;
  /** The server does not let this page in. */
  readonly refused: (refusal: Refusal) => void;
}

/** A connection to the server that can be made again and again. */
export interface LiveWire {
  /** Connects, with a token when there is one. */
  open(token: string | undefined): void;
  /** Sends, as far as there is a connection. */
  send(event: "subscribe" | "ack" | "drill", body: object): void;
  /** Ends the connection; nothing is told of it. */
  close(): void;
}

export type CreateWire = (events: WireEvents) => LiveWire;
