import { err, ok, type Result } from "#base/result.ts";
import type { Millis } from "#base/time.ts";
import type { StatusRules } from "#domain/observed/classify.ts";
import type { Observation } from "#domain/observed/observation.ts";
import { whyOddShape } from "#formats/otlp/json-shape.ts";
import { malformedJson, readJsonTraces } from "#formats/otlp/read-json-traces.ts";
import { ProtobufTraceReader } from "#formats/otlp/read-protobuf-traces.ts";
import type { ResourceSpans, TraceFailure, TraceRequest } from "#formats/otlp/trace-request.ts";

import { wantedAttributes } from "./attribute-names.ts";
import { Drops } from "./drops.ts";
import { EdgeWindows } from "./edge-windows.ts";
import { weightOf } from "./sampling-weight.ts";
import { serviceOf, type ServiceRules } from "./service-of.ts";
import type { SpanCounts } from "./span-counts.ts";
import { SpanPairing } from "./span-pairing.ts";
import { unpack } from "./unpack.ts";

export interface IngestOptions extends ServiceRules {
  /** How long a half of a request waits for the other. */
  readonly waitMs: number;
  readonly windowMs: number;
  /** Halves that wait at once. */
  readonly mostWaiting: number;
  /** Bytes of a body, unpacked. */
  readonly maxBody: number;
  readonly statuses: StatusRules;
  /** Name of the attribute that holds the sampling ratio. */
  readonly samplingKey: string;
}

export interface TraceBody {
  readonly format: "protobuf" | "json";
  readonly isGzip: boolean;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** What is answered to a body. Of one that is not taken, nothing is. */
export type TraceAnswer =
  /** `why`: a sentence about those that were rejected. */
  | { readonly kind: "taken"; readonly rejected: number; readonly why: string }
  | { readonly kind: "malformed" | "too-large" | "busy"; readonly why: string };

export interface TraceReport {
  /** Undefined while nothing comes. */
  readonly observation: Observation | undefined;
  readonly counts: SpanCounts;
  readonly sampling: number | undefined;
}

/** No traffic for so long is no traffic; for longer, whoever sends it may be gone, and nothing is said any more. */
const leastLullMs = 30_000;

/** From bodies to edges: unpacks, decodes, pairs and counts. Time comes with each call. */
export class TraceIngest {
  readonly #options: IngestOptions;
  readonly #reader: ProtobufTraceReader;
  readonly #wanted: ReadonlySet<string>;
  readonly #windows: EdgeWindows;
  readonly #pairing: SpanPairing;
  readonly #drops: Drops;
  /** When spans came last. */
  #newestAt: Millis = -Infinity;

  constructor(options: IngestOptions) {
    const { waitMs, windowMs, mostWaiting, statuses, samplingKey } = options;
    this.#options = options;
    this.#wanted = wantedAttributes(samplingKey);
    this.#reader = new ProtobufTraceReader({ wanted: this.#wanted });
    this.#windows = new EdgeWindows(windowMs);
    this.#drops = new Drops(windowMs);
    this.#pairing = new SpanPairing({
      waitMs,
      mostWaiting,
      statuses,
      count: (event, now) => this.#windows.add(event, now),
      dropped: (why, spans, now) => this.#drops.add(why, spans, now),
    });
  }

  take(body: TraceBody, now: Millis): TraceAnswer {
    this.#pairing.expire(now);
    if (this.#pairing.isFull) {
      const most = this.#options.mostWaiting.toLocaleString("en-US");
      return { kind: "busy", why: `${most} spans wait for their other halves already; try again later.` };
    }
    const read = this.#read(body);
    if (!read.ok) return { kind: read.error.kind, why: read.error.message };
    const before = this.#drops.total;
    this.#drops.begin();
    this.#takeInvalid(read.value.invalid, now);
    for (const resource of read.value.resources) this.#takeResource(resource, now);
    if (read.value.resources.length > 0) this.#newestAt = now;
    return { kind: "taken", rejected: this.#drops.total - before, why: this.#drops.sentence() };
  }

  /** What is known at this moment. */
  report(now: Millis): TraceReport {
    this.#pairing.expire(now);
    const { windowMs } = this.#options;
    const sampling = this.#windows.sampling();
    const edges = this.#windows.report(now);
    const problems = this.#drops.problems(now);
    const isSilent = now - this.#newestAt > Math.max(leastLullMs, windowMs);
    return {
      observation: isSilent ? undefined : { at: now, windowMs, edges, notices: [], capacities: [], problems },
      counts: { ...this.#pairing.counts },
      sampling,
    };
  }

  #read({ format, isGzip, bytes }: TraceBody): Result<TraceRequest, TraceFailure> {
    const unpacked = isGzip ? unpack(bytes, this.#options.maxBody) : ok(bytes);
    if (!unpacked.ok) return unpacked;
    if (format === "protobuf") return this.#reader.read(unpacked.value);
    const odd = whyOddShape(unpacked.value);
    if (odd !== undefined) return err(malformedJson(odd));
    const { buffer, byteOffset, byteLength } = unpacked.value;
    const text = Buffer.from(buffer, byteOffset, byteLength).toString("utf8");
    // An empty body is an empty request in protobuf; in JSON that is "{}".
    return readJsonTraces(text === "" ? "{}" : text, { wanted: this.#wanted });
  }

  #takeInvalid(spans: number, now: Millis): void {
    const { counts } = this.#pairing;
    counts.received += spans;
    counts.dropped += spans;
    this.#drops.add("ids", spans, now);
  }

  #takeResource({ attributes, spans, internal }: ResourceSpans, now: Millis): void {
    const { counts } = this.#pairing;
    counts.received += internal;
    counts.internal += internal;
    const service = serviceOf(attributes, this.#options);
    if (service === undefined) {
      counts.received += spans.length;
      counts.dropped += spans.length;
      this.#drops.add("service", spans.length, now);
      return;
    }
    for (const span of spans) {
      const weight = weightOf(span.traceState, span.attributes, attributes, this.#options.samplingKey);
      this.#pairing.take(span, service, weight, now);
    }
  }
}
