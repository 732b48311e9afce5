import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

export interface BuiltServer {
  readonly url: string;
  readonly process: ChildProcess;
  /** Ends it and waits until it has ended: politely, or as a crash would. */
  stop(signal?: "SIGTERM" | "SIGKILL"): Promise<void>;
}

/** Starts the program as a user does, on a free port; needs `npm run build` before. */
export async function startBuiltServer(
  flags: readonly string[],
  variables: Readonly<Record<string, string>> = {},
): Promise<BuiltServer> {
  const port = flags.includes("--port") ? [] : ["--port", "0"];
  const made = flags.includes("--data") ? undefined : mkdtempSync(join(tmpdir(), "spillway-data-"));
  const data = made === undefined ? [] : ["--data", made];
  const child = spawn(
    process.execPath,
    ["bin/spillway.js", "serve", ...port, ...data, "--log-format", "json", ...flags],
    {
      stdio: ["ignore", "pipe", "inherit"],
      env: { ...process.env, ...variables },
    },
  );
  const url = await new Promise<string>((resolve, reject) => {
    let text = "";
    child.stdout.on("data", (chunk: Buffer) => {
      text += chunk.toString();
      const found = /"url":"([^"]+)"/.exec(text)?.[1];
      if (found !== undefined) resolve(found);
    });
    child.on("exit", (code) => reject(new Error(`The server ended with ${code}: ${text}`)));
  });
  return {
    url,
    process: child,
    stop: async (signal = "SIGTERM") => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const ended = once(child, "exit");
      child.kill(signal);
      await ended;
      if (made !== undefined) rmSync(made, { recursive: true, force: true });
    },
  };
}
