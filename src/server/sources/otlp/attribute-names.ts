import type { Attributes } from "#formats/otlp/trace-request.ts";

/**
 * What OpenTelemetry calls the things that edges are made of, the new name before the old ones: semantic conventions 1.44, and what they have renamed since 1.20
 * (https://opentelemetry.io/docs/specs/semconv/).
 */
export const attributeNames = {
  service: ["service.name"],
  serviceNamespace: ["service.namespace"],
  k8sNamespace: ["k8s.namespace.name"],
  region: ["cloud.region"],
  zone: ["cloud.availability_zone"],
  cluster: ["k8s.cluster.name"],
  peerService: ["service.peer.name", "peer.service"],
  peerHost: ["server.address", "net.peer.name"],
  peerAddress: ["network.peer.address", "net.sock.peer.addr"],
  peerPort: ["network.peer.port", "net.sock.peer.port"],
  dbName: ["db.namespace", "db.name"],
  dbSystem: ["db.system.name", "db.system"],
  messagingSystem: ["messaging.system"],
  messagingDestination: ["messaging.destination.name", "messaging.destination", "messaging.source.name"],
  messagingOperation: ["messaging.operation.type", "messaging.operation"],
  httpStatus: ["http.response.status_code", "http.status_code"],
  httpMethod: ["http.request.method", "http.method"],
  rpcStatus: ["rpc.response.status_code", "rpc.grpc.status_code"],
  rpcSystem: ["rpc.system.name", "rpc.system"],
} as const;

type AttributeName = keyof typeof attributeNames;

/** Every name that is looked at, and the one that holds the sampling ratio. */
export function wantedAttributes(samplingKey: string): ReadonlySet<string> {
  return new Set([...Object.values(attributeNames).flat(), samplingKey]);
}

/** The value under the newest name that is there; empty texts say nothing. */
export function valueOf(attributes: Attributes, name: AttributeName): string | undefined {
  for (const key of attributeNames[name]) {
    const value = attributes.get(key);
    if (value !== undefined && value !== "") return value;
  }
  return undefined;
}
