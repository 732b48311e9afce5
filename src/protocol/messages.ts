import * as z from "zod/mini";

import { ok, type Result } from "#base/result.ts";
import { limits } from "#domain/limits.ts";

import { malformed, type Malformed } from "./malformed.ts";

// Without this zod tries whether it may compile code, which the page's content security policy reports as an attack.
z.config({ jitless: true });

const label = z.string().check(z.maxLength(limits.nameLength));
const sentence = z.string().check(z.maxLength(limits.nameLength * 4));
const seq = z.number().check(z.int(), z.nonnegative());
const count = z.number().check(z.int(), z.nonnegative());
const millis = z.number();
const path = z.array(label).check(z.maxLength(limits.depth));

const roles = z.enum(["viewer", "pusher", "operator", "admin"]);

/** Server to viewer, once per connection, first of all. A page of another protocol version reads only `protocol`. */
const hello = z.object({
  protocol: z.number(),
  /** Version of the program, for people. */
  server: label,
  serverTime: millis,
  role: roles,
  /**
   * At least one; the first is the one to show to somebody who asked for none. `drills`: whoever may operate may run a drill there that every viewer
   * sees. `past`: the feed plays something recorded, from there to there; nothing that it shows is live.
   */
  feeds: z
    .array(
      z.object({
        feed: label,
        title: sentence,
        intervalMs: z.number(),
        drills: z.boolean(),
        past: z.exactOptional(z.object({ from: millis, to: millis })),
      }),
    )
    .check(z.minLength(1), z.maxLength(64)),
});

/** Viewer to server: send me this feed. `epoch` and `seq` name the last frame it holds, so that it gets only what it missed. */
const subscribe = z.object({ feed: label, epoch: z.exactOptional(label), seq: z.exactOptional(seq) });

/** Viewer to server: everything up to this frame is on my screen. */
const ack = z.object({ seq });

/** Server to viewer, every 10 s: its clock, so that ages are told by one clock. */
const heartbeat = z.object({ serverTime: millis });

/** Server to viewer: what you hold is of no use (any more); a snapshot follows. */
const reset = z.object({ epoch: label, why: sentence });

/** Server to viewer: the frames from `from` to `to` do not come to you one by one; what they changed is in the next message. */
const gap = z.object({ from: seq, to: seq, why: sentence });

const item = z.union([
  z.object({ kind: z.literal("node"), path }),
  z.object({ kind: z.literal("edge"), parent: path, source: label, target: label }),
]);

const diagnostic = z.object({
  kind: z.enum(["note", "mended", "dropped"]),
  place: sentence,
  found: sentence,
  done: sentence,
  about: z.exactOptional(item),
});

/** Server to viewer, on subscription and on change: what is odd in the data, and what was done about it. */
const source = z.object({
  feed: label,
  problems: z.array(diagnostic).check(z.maxLength(200)),
  /** Of a feed that is put together from several systems: how many there are, and of how many nothing new comes. */
  sources: z.exactOptional(z.object({ count, silent: count })),
});

/** Server to viewer, before it closes the connection on purpose. */
const goodbye = z.object({
  why: sentence,
  /** When to come back; each viewer gets another time, so that they do not all come at once. */
  reconnectInMs: z.number().check(z.nonnegative(), z.maximum(60_000)),
});

/** What comes with a refused connection or subscription, machine-readable. */
const refusal = z.object({ cause: z.enum(["token", "origin", "feed", "full"]), message: sentence });

/** How many simulated seconds pass in one. */
const speed = z.number().check(z.minimum(1), z.maximum(60));

/** Viewer to server: run a drill that all viewers of the feed see, or do something with the one that runs. What a plan is, its reader knows. */
const drillCommand = z.union([
  z.object({ feed: label, do: z.literal("start"), plan: z.record(z.string(), z.unknown()), speed }),
  z.object({ feed: label, do: z.literal("speed"), speed }),
  z.object({ feed: label, do: z.enum(["fail-back", "stop"]) }),
]);

/** Server to viewer, on subscription to a feed with drills and on change: which drill runs there for all viewers. */
const drillState = z.object({
  feed: label,
  running: z.nullable(
    z.object({
      /** As in the mark of its frames. */
      drill: label,
      /** As it is run, saviours and shares filled in. */
      plan: z.record(z.string(), z.unknown()),
      speed,
      /** Role of whoever started it. */
      by: roles,
      startedAt: millis,
    }),
  ),
  /** Why none runs any more. */
  ended: z.exactOptional(sentence),
});

/** Server to viewer: why what it asked for does not happen. */
const drillRefusal = z.object({ feed: label, message: sentence });

export type Hello = z.infer<typeof hello>;
export type Role = Hello["role"];
export type Reset = z.infer<typeof reset>;
export type Gap = z.infer<typeof gap>;
export type SourceMessage = z.infer<typeof source>;
export type Goodbye = z.infer<typeof goodbye>;
export type Refusal = z.infer<typeof refusal>;
export type DrillMessage = z.infer<typeof drillCommand>;
export type DrillState = z.infer<typeof drillState>;
export type DrillRefusal = z.infer<typeof drillRefusal>;

/** These read a message from the wire: unknown fields are left out, anything else that is odd is an error. */
export const decodeHello = decoder("hello", hello);
export const decodeSubscribe = decoder("subscribe", subscribe);
export const decodeAck = decoder("ack", ack);
export const decodeHeartbeat = decoder("heartbeat", heartbeat);
export const decodeReset = decoder("reset", reset);
export const decodeGap = decoder("gap", gap);
export const decodeSource = decoder("source", source);
export const decodeGoodbye = decoder("goodbye", goodbye);
export const decodeRefusal = decoder("refusal", refusal);
export const decodeDrillMessage = decoder("drill", drillCommand);
export const decodeDrillState = decoder("drill", drillState);
export const decodeDrillRefusal = decoder("drill-refusal", drillRefusal);

/** The version that the other side speaks, or undefined when it does not say. Readable in every version of `hello`. */
export function protocolOf(raw: unknown): number | undefined {
  const read = z.object({ protocol: z.number() }).safeParse(raw);
  return read.success ? read.data.protocol : undefined;
}

function decoder<S extends z.ZodMiniType>(
  kind: string,
  schema: S,
): (raw: unknown) => Result<z.infer<S>, Malformed> {
  return (raw) => {
    const read = schema.safeParse(raw);
    if (read.success) return ok(read.data);
    const where = read.error.issues[0]?.path.join(".") ?? "";
    return malformed(kind, `${where === "" ? "the message" : where} is not as it should be`);
  };
}
