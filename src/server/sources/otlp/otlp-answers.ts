/** How a body is written, and its answer with it. */
export type OtlpFormat = "protobuf" | "json";

export const contentTypes: Readonly<Record<OtlpFormat, string>> = {
  protobuf: "application/x-protobuf",
  json: "application/json",
};

/** The format that a Content-Type names, whatever its parameters; undefined for others. */
export function formatOf(contentType: string | undefined): OtlpFormat | undefined {
  const [type = ""] = (contentType ?? "").split(";");
  const name = type.trim().toLowerCase();
  if (name === "application/x-protobuf" || name === "application/protobuf") return "protobuf";
  return name === "application/json" ? "json" : undefined;
}

/** An ExportTraceServiceResponse. With nothing rejected it says nothing, as the specification demands. */
export function successBody(format: OtlpFormat, rejected: number, why: string): Buffer {
  if (format === "json") {
    const partial = { partialSuccess: { rejectedSpans: String(rejected), errorMessage: why } };
    return Buffer.from(JSON.stringify(rejected === 0 ? {} : partial));
  }
  if (rejected === 0) return Buffer.alloc(0);
  return field(1, Buffer.concat([number(1, rejected), field(2, Buffer.from(why))]));
}

/** A google.rpc.Status; its code is one of gRPC's. */
export function failureBody(format: OtlpFormat, code: number, message: string): Buffer {
  if (format === "json") return Buffer.from(JSON.stringify({ code, message }));
  return Buffer.concat([number(1, code), field(2, Buffer.from(message))]);
}

function field(id: number, bytes: Buffer): Buffer {
  return Buffer.concat([varint(id * 8 + 2), varint(bytes.length), bytes]);
}

function number(id: number, value: number): Buffer {
  return Buffer.concat([varint(id * 8), varint(value)]);
}

function varint(value: number): Buffer {
  const bytes: number[] = [];
  let rest = value;
  for (; rest >= 128; rest = Math.floor(rest / 128)) bytes.push((rest % 128) | 128);
  return Buffer.from([...bytes, rest]);
}
