import { limits } from "#domain/limits.ts";
import { classify, type StatusRules } from "#domain/observed/classify.ts";
import type { ObservedService } from "#domain/observed/observation.ts";
import type { ClassSeverity } from "#domain/traffic-class.ts";
import type { Attributes, OtlpSpan } from "#formats/otlp/trace-request.ts";

import { valueOf } from "./attribute-names.ts";

/** Whom a client names as the other end. */
export interface Peer {
  readonly name: string;
  /** "storage": a database. "service": named as one. "external": only its address is known. */
  readonly type: "storage" | "service" | "external";
}

/** What became of a span's request: the HTTP or gRPC status, else the span's own. */
export function classOf({ attributes, isFailure }: OtlpSpan, statuses: StatusRules): ClassSeverity {
  const http = valueOf(attributes, "httpStatus");
  const grpc = valueOf(attributes, "rpcStatus");
  return classify({ http, grpc, isFailure }, statuses);
}

/** The other end as a client span names it; undefined where it names none. */
export function peerOf(attributes: Attributes): Peer | undefined {
  const service = valueOf(attributes, "peerService");
  const database = valueOf(attributes, "dbName") ?? valueOf(attributes, "dbSystem");
  const name = service ?? valueOf(attributes, "peerHost") ?? addressOf(attributes) ?? database;
  if (name === undefined) return undefined;
  const type = database === undefined ? (service === undefined ? "external" : "service") : "storage";
  return { name: name.slice(0, limits.nameLength), type };
}

/** The queue or topic: system and destination. */
export function queueOf(attributes: Attributes): string | undefined {
  const system = valueOf(attributes, "messagingSystem");
  const destination = valueOf(attributes, "messagingDestination");
  if (system === undefined) return destination?.slice(0, limits.nameLength);
  return (destination === undefined ? system : `${system} ${destination}`).slice(0, limits.nameLength);
}

export function protocolOf(attributes: Attributes): string | undefined {
  const rpc = valueOf(attributes, "rpcSystem");
  if (rpc !== undefined) return rpc;
  if (valueOf(attributes, "dbSystem") !== undefined) return valueOf(attributes, "dbSystem");
  const isHttp =
    valueOf(attributes, "httpMethod") !== undefined || valueOf(attributes, "httpStatus") !== undefined;
  return isHttp ? "http" : undefined;
}

/** Which role a span plays, whatever its kind says: clients of queues send or poll. */
export function roleOf({ kind, attributes }: OtlpSpan): OtlpSpan["kind"] {
  if (kind !== "client" || valueOf(attributes, "messagingSystem") === undefined) return kind;
  const operation = valueOf(attributes, "messagingOperation");
  // Polling and settling are how a queue works; what was received is told by consumer spans.
  const isSent =
    operation === undefined || operation === "send" || operation === "publish" || operation === "create";
  return isSent ? "producer" : "internal";
}

/** A node that no spans come from stands where its caller is: nothing says otherwise. */
export function beside(service: ObservedService, name: string, type: string): ObservedService {
  return { kind: "service", region: service.region, name, type };
}

function addressOf(attributes: Attributes): string | undefined {
  const address = valueOf(attributes, "peerAddress");
  const port = valueOf(attributes, "peerPort");
  return address === undefined || port === undefined ? address : `${address}:${port}`;
}
