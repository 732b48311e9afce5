import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

export interface LoadResult {
  readonly frames: number;
  readonly gaps: number;
  readonly p50: number;
  readonly p99: number;
  readonly max: number;
}

/** The load generator: ready when this resolves; `measure` watches for a while and ends it. */
export async function startLoad(
  url: string,
  viewers: number,
): Promise<{ readonly measure: (ms: number) => Promise<LoadResult> }> {
  const program = fileURLToPath(new URL("./viewer-load.ts", import.meta.url));
  const argv = ["--import", "tsx", program, url, String(viewers)];
  const child = spawn(process.execPath, argv, { stdio: ["pipe", "pipe", "inherit"] });
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
  const next = async (): Promise<string> => {
    const line: IteratorResult<string> = await lines.next();
    if (line.done === true) throw new Error("the load generator ended");
    return line.value;
  };
  await next();
  return {
    measure: async (ms) => {
      child.stdin.write("measure\n");
      await new Promise((resolve) => setTimeout(resolve, ms));
      child.stdin.write("end\n");
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the load generator is ours
      return JSON.parse(await next()) as LoadResult;
    },
  };
}
