import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { promisify } from "node:util";

const folder = "e2e/otel";

/** Why the real exporters cannot be tried here; empty where they can. Where CI runs, they have to be there. */
export const otelSkipped =
  existsSync(`${folder}/node_modules`) || process.env["TEST_REAL"] === "required"
    ? ""
    : `the exporters of OpenTelemetry are not installed: npm ci --prefix ${folder}`;

export interface MeshAsk {
  readonly url: string;
  readonly format: "proto" | "json";
  readonly compression?: "gzip";
  readonly traces: number;
  /** Number of the first trace; those of one program follow those of another. */
  readonly begin?: number;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface MeshSent {
  /** Requests by edge, "region/service -> region/service": normal, warning, danger. */
  readonly edges: Readonly<Record<string, readonly number[]>>;
  readonly spans: Readonly<Record<"received" | "paired" | "virtual" | "internal", number>>;
}

/** Sends an invented mesh with the SDK of OpenTelemetry, in a process of its own; resolves to what it should be counted as. */
export async function sendMesh(ask: MeshAsk): Promise<MeshSent> {
  const { stdout } = await promisify(execFile)(process.execPath, [
    `${folder}/send-mesh.mjs`,
    JSON.stringify(ask),
  ]);
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the program prints this
  return JSON.parse(stdout) as MeshSent;
}
