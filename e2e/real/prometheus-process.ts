import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { freePort } from "../free-port.ts";

/** A Prometheus of its own, with its data in a folder that goes with it. */
export class PrometheusProcess {
  readonly url: string;
  readonly #folder: string;
  readonly #port: string;
  readonly #data: string;
  #child: ChildProcess | undefined;

  private constructor(folder: string, port: string, data: string) {
    this.url = `http://127.0.0.1:${port}`;
    this.#folder = folder;
    this.#port = port;
    this.#data = data;
  }

  /** `config`: the content of prometheus.yml, which may be JSON. `data`: a folder with blocks that are there already. */
  static async start(config: object, data?: string): Promise<PrometheusProcess> {
    const folder = mkdtempSync(join(tmpdir(), "spillway-prometheus-"));
    writeFileSync(join(folder, "prometheus.yml"), JSON.stringify(config));
    const made = new PrometheusProcess(folder, await freePort(), data ?? join(folder, "data"));
    await made.start();
    return made;
  }

  /** Starts it, or starts it again on the same data. */
  async start(): Promise<void> {
    this.#child = spawn(
      "prometheus",
      [
        `--config.file=${join(this.#folder, "prometheus.yml")}`,
        `--storage.tsdb.path=${this.#data}`,
        `--web.listen-address=127.0.0.1:${this.#port}`,
        "--storage.tsdb.retention.time=10y",
        "--log.level=error",
      ],
      { stdio: ["ignore", "inherit", "inherit"] },
    );
    for (let tries = 0; tries < 300; tries += 1) {
      const isReady = await fetch(`${this.url}/-/ready`).then(
        (response) => response.ok,
        () => false,
      );
      if (isReady) return;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    throw new Error("Prometheus has not become ready");
  }

  async halt(): Promise<void> {
    const child = this.#child;
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, "exit");
    child.kill("SIGTERM");
    await ended;
  }

  async stop(): Promise<void> {
    await this.halt();
    rmSync(this.#folder, { recursive: true, force: true });
  }
}
