import type { ClassSeverity } from "../traffic-class.ts";

/**
 * What a response says of itself, as systems write it. Which class that is, is decided here for all sources: HTTP 1xx to 3xx normal, 4xx warning,
 * 5xx danger, 0 (no response) danger; gRPC 0 normal, all others danger unless configured. The defaults are Kiali's and Vizceral's.
 */
export interface Response {
  /** "200", "503", "0"; also a class such as "5xx" or "5". */
  readonly http?: string | undefined;
  /** "0" to "16", or a name such as "OK", "UNAVAILABLE". */
  readonly grpc?: string | undefined;
  /** The source itself calls it a failure; for sources that know no codes. */
  readonly isFailure?: boolean | undefined;
}

/** Statuses that count otherwise. Keys are codes or classes ("404", "4xx"), for gRPC numbers ("5"). */
export interface StatusRules {
  readonly http?: Readonly<Record<string, ClassSeverity>>;
  readonly grpc?: Readonly<Record<string, ClassSeverity>>;
}

/** https://grpc.github.io/grpc/core/md_doc_statuscodes.html */
const grpcNames =
  "OK CANCELLED UNKNOWN INVALID_ARGUMENT DEADLINE_EXCEEDED NOT_FOUND ALREADY_EXISTS PERMISSION_DENIED RESOURCE_EXHAUSTED FAILED_PRECONDITION ABORTED OUT_OF_RANGE UNIMPLEMENTED INTERNAL UNAVAILABLE DATA_LOSS UNAUTHENTICATED".split(
    " ",
  );

/**
 * The class of a response. An HTTP error wins over a gRPC status: a proxy that answers 503 has not asked the service. What says nothing at all
 * (TCP, a code that is no code) is normal.
 */
export function classify(response: Response, rules: StatusRules = {}): ClassSeverity {
  const http = response.http === undefined ? undefined : classifyHttp(response.http.trim(), rules.http);
  if (http !== undefined && http !== "normal") return http;
  const grpc = response.grpc === undefined ? undefined : classifyGrpc(response.grpc.trim(), rules.grpc);
  if (grpc !== undefined) return grpc;
  if (http !== undefined) return http;
  return response.isFailure === true ? "danger" : "normal";
}

function classifyHttp(code: string, rules: StatusRules["http"]): ClassSeverity | undefined {
  const digit = /^([0-9])(?:[0-9]{2}|xx|)$/i.exec(code)?.[1];
  if (digit === undefined) return undefined;
  const asked = own(rules, code) ?? own(rules, `${digit}xx`);
  if (asked !== undefined) return asked;
  if (digit === "0" || digit === "5") return "danger";
  return digit === "4" ? "warning" : "normal";
}

function classifyGrpc(status: string, rules: StatusRules["grpc"]): ClassSeverity | undefined {
  const named = grpcNames.indexOf(status.toUpperCase());
  const number = named === -1 ? Number(status) : named;
  if (status === "" || !Number.isInteger(number) || number < 0 || number >= grpcNames.length)
    return undefined;
  return own(rules, String(number)) ?? (number === 0 ? "normal" : "danger");
}

function own(
  rules: Readonly<Record<string, ClassSeverity>> | undefined,
  key: string,
): ClassSeverity | undefined {
  return rules !== undefined && Object.hasOwn(rules, key) ? rules[key] : undefined;
}
