import type { Millis } from "#base/time.ts";
import type { SourceReport } from "#domain/observed/merge-reports.ts";
import { createSnapshot } from "#domain/snapshot.ts";
import { parseTraffic } from "#formats/observed/parse-traffic.ts";

import { pause } from "../../feed/run-source.ts";
import { httpClient, shown, type HttpAnswer } from "../outgoing/http-client.ts";
import { NoAnswer } from "../outgoing/no-answer.ts";
import type { PartKind, PartOptions, Report, SourcePart } from "../parts/source-part.ts";
import { pollSchema, type PollConfig } from "./poll-config.ts";

/** A JSON document that is asked for again and again. */
export const pollKind: PartKind<PollConfig> = { schema: pollSchema, open: pollPart };

/** What the address said last. */
interface Said {
  readonly report: SourceReport;
  readonly etag: string | undefined;
  /** The document names no moment of its own: it is about the moment at which it was read. */
  readonly isTimeless: boolean;
}

/** Of what an address says beside a status that is none of success. */
const shownLength = 160;

function pollPart(config: PollConfig, options: PartOptions): SourcePart {
  const { clock } = options;
  const counts = { answers: 0, "not modified": 0, bytes: 0 };

  return {
    name: options.name,
    kind: "poll",
    staleAfterMs: 3 * config.everyMs + config.http.timeoutMs,
    counts: () => counts,
    async run(report: Report, signal: AbortSignal): Promise<void> {
      const client = httpClient(config.http, clock);
      let said: Said | undefined;
      try {
        while (!signal.aborted) {
          const startedAt = clock.now();
          const headers = said?.etag === undefined ? {} : { "if-none-match": said.etag };
          const answer = await client.ask(addressOf(config, startedAt), { headers, signal });
          counts.answers += 1;
          counts.bytes += answer.text.length;
          if (answer.status === 304 && said !== undefined) {
            counts["not modified"] += 1;
            said = said.isTimeless ? { ...said, report: asOf(said.report, startedAt) } : said;
          } else said = read(answer, config, options, startedAt);
          report(said.report);
          await pause(clock, config.everyMs - (clock.now() - startedAt), signal);
        }
      } catch (error: unknown) {
        if (!signal.aborted) throw error;
      } finally {
        client.close();
      }
    },
  };
}

/** The address with what Zipkin and Jaeger have to be told: until when, and how far back. What somebody wrote into it stays. */
function addressOf({ url, format, lookbackMs }: PollConfig, now: Millis): URL {
  if (format !== "zipkin" && format !== "jaeger") return url;
  const full = new URL(url.href);
  const { searchParams } = full;
  if (!searchParams.has("endTs")) searchParams.set("endTs", String(Math.floor(now)));
  if (!searchParams.has("lookback")) searchParams.set("lookback", String(lookbackMs));
  return full;
}

function lookbackOf({ url, lookbackMs }: PollConfig): number {
  const written = Number(url.searchParams.get("lookback") ?? NaN);
  return written > 0 ? written : lookbackMs;
}

function read(
  { status, headers, text }: HttpAnswer,
  config: PollConfig,
  { regions, statuses }: PartOptions,
  now: Millis,
): Said {
  const address = shown(config.url);
  if (status < 200 || status > 299) throw new NoAnswer(`${address} answers ${status}${whyOf(status, text)}`);
  const looksBack = config.format === "zipkin" || config.format === "jaeger";
  const parsed = parseTraffic(text, {
    format: config.format,
    vizceral: { now, windowMs: config.everyMs },
    observation: { now, windowMs: looksBack ? lookbackOf(config) : undefined, regions, statuses },
  });
  if (!parsed.ok) throw new NoAnswer(`What ${address} answers cannot be read. ${parsed.error.message}`);
  const { report } = parsed.value;
  const { etag } = headers;
  return {
    report,
    etag: typeof etag === "string" && etag.length <= 1024 ? etag : undefined,
    isTimeless: momentOf(report) === now,
  };
}

function whyOf(status: number, text: string): string {
  if (status === 401 || status === 403) {
    return ": it wants other credentials. Write them under basic: or bearer:.";
  }
  const said = text.replaceAll(/\s+/g, " ").trim();
  if (said === "" || said.startsWith("<")) return ".";
  return `: ${said.length > shownLength ? `${said.slice(0, shownLength)}…` : said}`;
}

function momentOf(report: SourceReport): Millis {
  return report.kind === "snapshot" ? report.snapshot.at : report.observation.at;
}

function asOf(report: SourceReport, at: Millis): SourceReport {
  return report.kind === "snapshot"
    ? { ...report, snapshot: createSnapshot({ ...report.snapshot, at }) }
    : { ...report, observation: { ...report.observation, at } };
}
