import { spawn } from "node:child_process";

/** A Spillway server as a process of its own, and what it says of itself. */
export interface ServerProcess {
  readonly url: string;
  readonly port: number;
  /** Processor time so far, seconds; resident memory, bytes. */
  usage(): Promise<{ readonly cpuSeconds: number; readonly residentBytes: number }>;
  stop(): Promise<void>;
}

export async function startServerProcess(flags: readonly string[]): Promise<ServerProcess> {
  const argv = ["--expose-gc", "--import", "tsx", "src/cli/main.ts", "serve", "--port=0", ...flags];
  const child = spawn(process.execPath, argv, { stdio: ["ignore", "pipe", "inherit"] });
  const exited = new Promise<void>((resolve) => void child.once("exit", () => resolve()));
  const url = await new Promise<string>((resolve, reject) => {
    child.stdout.on("data", (chunk: Buffer) => {
      const found = /"url":"([^"]+)"/.exec(chunk.toString("utf8"))?.[1];
      if (found !== undefined) resolve(found);
    });
    void exited.then(() => reject(new Error("the server ended before it listened")));
  });
  return {
    url,
    port: Number(new URL(url).port),
    usage: async () => {
      const text = await (await fetch(`${url}metrics`)).text();
      const value = (name: string) => Number(new RegExp(`^${name} (\\S+)$`, "m").exec(text)?.[1]);
      return {
        cpuSeconds: value("process_cpu_seconds_total"),
        residentBytes: value("process_resident_memory_bytes"),
      };
    },
    stop: async () => {
      child.kill("SIGTERM");
      await exited;
    },
  };
}
