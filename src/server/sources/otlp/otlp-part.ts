import type { Dispose } from "#base/disposer.ts";
import { every } from "#base/time.ts";

import type { PartOptions, Report, SourcePart } from "../parts/source-part.ts";
import type { OtlpConfig } from "./otlp-kind.ts";
import { OtlpReceiver, type ReceiverOptions } from "./otlp-receiver.ts";
import { noSpans, type SpanCounts } from "./span-counts.ts";
import { TraceClient, traceLine, type TraceLine } from "./trace-client.ts";
import type { TraceReport } from "./trace-ingest.ts";

/** It reports at each interval, with a lull of traffic too; three that are missing, or so long, mean that nothing comes any more. */
const leastStaleMs = 5_000;

/** Receives spans and reports the edges of a sliding window at each interval. */
export class OtlpPart implements SourcePart {
  readonly kind = "otlp";
  readonly name: string;
  readonly staleAfterMs: number;
  readonly #config: OtlpConfig;
  readonly #options: PartOptions;
  readonly #openLine: () => TraceLine;
  #spans: SpanCounts = noSpans();
  #sampling: number | undefined;
  #receiver: OtlpReceiver | undefined;
  /** Where it listens, once it does. */
  port: number | undefined;

  constructor(config: OtlpConfig, options: PartOptions, openLine: () => TraceLine = traceLine) {
    this.name = options.name;
    this.staleAfterMs = Math.max(leastStaleMs, 3 * options.intervalMs);
    this.#config = config;
    this.#options = options;
    this.#openLine = openLine;
  }

  async run(report: Report, signal: AbortSignal): Promise<void> {
    const { clock, intervalMs } = this.#options;
    const { host, port, tokens, maxBody } = this.#config;
    const ended = new AbortController();
    const fail = (why: string): void => ended.abort(new Error(why));
    const client = new TraceClient(this.#ingestOptions(), this.#openLine(), fail);
    const take: ReceiverOptions["take"] = (body) => client.take(body, clock.now());
    const receiver = new OtlpReceiver({ host, port, tokens, maxBody, take });
    let isAsking = false;
    const ask = async (): Promise<void> => {
      if (isAsking) return;
      isAsking = true;
      try {
        this.#tell(await client.report(clock.now()), report);
      } catch (error: unknown) {
        fail(error instanceof Error ? error.message : String(error));
      } finally {
        isAsking = false;
      }
    };
    let stopAsking: Dispose | undefined;
    try {
      this.port = await receiver.listen();
      this.#receiver = receiver;
      stopAsking = every(clock, intervalMs, () => void ask());
      await aborted(AbortSignal.any([signal, ended.signal]));
      if (!signal.aborted) ended.signal.throwIfAborted();
    } finally {
      stopAsking?.();
      await receiver.close();
      await client.close();
    }
  }

  counts(): Readonly<Record<string, number>> {
    const { received, paired, virtual, unpaired, late, internal, dropped, waiting } = this.#spans;
    return {
      "spans received": received,
      "spans paired": paired,
      "spans with one end": virtual,
      "spans unpaired": unpaired,
      "spans late": late,
      "spans internal": internal,
      "spans dropped": dropped,
      "spans waiting": waiting,
      "requests refused": this.#receiver?.refused ?? 0,
    };
  }

  sampling(): number | undefined {
    return this.#sampling;
  }

  #tell({ observation, counts, sampling }: TraceReport, report: Report): void {
    this.#spans = counts;
    this.#sampling = sampling;
    if (observation !== undefined) report({ kind: "observation", observation });
  }

  #ingestOptions() {
    const { ttl, window, maxPending, maxBody, namespace, samplingKey } = this.#config;
    const { regions, statuses } = this.#options;
    return {
      waitMs: ttl,
      windowMs: window,
      mostWaiting: maxPending,
      maxBody,
      namespaceFrom: namespace,
      samplingKey,
      regions,
      statuses,
    };
  }
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener("abort", () => resolve(), { once: true });
  });
}
