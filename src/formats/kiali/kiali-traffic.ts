import { isJsonObject, type JsonObject } from "#base/json.ts";
import { classify, type StatusRules } from "#domain/observed/classify.ts";
import type { ObservedRates } from "#domain/observed/observation.ts";

import type { ObservationReading } from "../observed/observation-reading.ts";
import { at, type Place } from "../vizceral/place.ts";
import { readNumber } from "../vizceral/read-scalar.ts";

export interface KialiTraffic {
  readonly rates: ObservedRates;
  readonly protocol: string | undefined;
  readonly metadata: JsonObject | undefined;
}

const nothing: ObservedRates = { normal: 0, warning: 0, danger: 0 };

/** `{protocol, rates: {http, http4xx, http5xx, ...}, responses: {code: {flags: {flag: percent}}}}`; the figures are texts. */
export function readKialiTraffic(reading: ObservationReading, raw: unknown, place: Place): KialiTraffic {
  const rates = isJsonObject(raw) ? raw["rates"] : undefined;
  if (!isJsonObject(raw) || !isJsonObject(rates)) {
    return { rates: nothing, protocol: undefined, metadata: undefined };
  }
  const protocol = typeof raw["protocol"] === "string" ? raw["protocol"] : undefined;
  const rate = (key: string) => reading.amount(rates[key], at(at(place, "rates"), key));
  if (protocol === "tcp") {
    const bytes = rate("tcp");
    const found = "TCP is counted in bytes, not in requests";
    reading.reportOnce(
      "note",
      place,
      found,
      "drew the edge without requests; its bytes stand in its details",
    );
    return { rates: nothing, protocol, metadata: { bytesPerSecond: bytes } };
  }
  const { statuses } = reading.options;
  const total = protocol === "grpc" ? rate("grpc") : rate("http");
  const told = hasRules(statuses) ? byCodes(raw["responses"], protocol, total, statuses) : undefined;
  if (told !== undefined) return { rates: told, protocol, metadata: undefined };
  const apart =
    protocol === "grpc"
      ? [
          { rate: rate("grpcErr"), severity: classify({ grpc: "2" }, statuses) },
          { rate: rate("grpcNoResponse"), severity: classify({ http: "0" }, statuses) },
        ]
      : [
          { rate: rate("http4xx"), severity: classify({ http: "4xx" }, statuses) },
          { rate: rate("http5xx"), severity: classify({ http: "5xx" }, statuses) },
          { rate: rate("httpNoResponse"), severity: classify({ http: "0" }, statuses) },
        ];
  const sums = { normal: 0, warning: 0, danger: 0 };
  for (const { rate: part, severity } of apart) sums[severity] += part;
  // Rounded by themselves, the parts may exceed the whole by a little.
  sums.normal += Math.max(0, total - apart.reduce((sum, { rate: part }) => sum + part, 0));
  return { rates: sums, protocol, metadata: undefined };
}

function hasRules({ http = {}, grpc = {} }: StatusRules): boolean {
  return Object.keys(http).length + Object.keys(grpc).length > 0;
}

/** By single codes, whose percentages are exact to a tenth; for feeds in which some codes count otherwise. */
function byCodes(
  responses: unknown,
  protocol: string | undefined,
  total: number,
  statuses: StatusRules,
): ObservedRates | undefined {
  if (!isJsonObject(responses)) return undefined;
  const percents = { normal: 0, warning: 0, danger: 0 };
  let sum = 0;
  for (const [code, response] of Object.entries(responses)) {
    const flags = isJsonObject(response) && isJsonObject(response["flags"]) ? response["flags"] : {};
    // A proxy answers a gRPC call with an HTTP status where it could not ask the service.
    const isGrpc = protocol === "grpc" && Number(code) < 100;
    const severity = classify(isGrpc ? { grpc: code } : { http: code }, statuses);
    for (const percent of Object.values(flags)) {
      const share = Math.max(0, readNumber(percent)?.value ?? 0);
      percents[severity] += share;
      sum += share;
    }
  }
  if (sum === 0) return undefined;
  return {
    normal: (percents.normal / sum) * total,
    warning: (percents.warning / sum) * total,
    danger: (percents.danger / sum) * total,
  };
}
