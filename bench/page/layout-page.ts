import { createLayoutClient } from "#store/layout-client.ts";
import { rankedGraph } from "#testing/layout-inputs.ts";

const clock = { now: () => performance.now(), after: () => () => undefined };

const client = createLayoutClient(
  () => new Worker(new URL("../../src/store/layout.worker.ts", import.meta.url), { type: "module" }),
  clock,
);

/** Lays out 1,000 nodes and 2,000 edges in the worker; returns how long it took until the final places were here, ms. */
export function timeLayout(): Promise<number> {
  const input = rankedGraph(1_000);
  const began = performance.now();
  return new Promise((resolve) => {
    client.request(input, (_, isFinal) => {
      if (isFinal) resolve(performance.now() - began);
    });
  });
}
