import { test as base, expect } from "@playwright/test";

import { startBuiltServer, type BuiltServer } from "../scripts/built-server.ts";
import { SpillwayPage } from "./pages/spillway-page.ts";

interface Fixtures {
  /** The page, not opened yet. Ends with a look at what the browser complained about: nothing may have violated the CSP or thrown. */
  readonly spillway: SpillwayPage;
  /** Starts a server of one's own; it is stopped after the test. */
  readonly serve: (
    flags?: readonly string[],
    variables?: Readonly<Record<string, string>>,
  ) => Promise<BuiltServer>;
}

interface WorkerFixtures {
  /** The demo, the same in every run, shared by the tests that change nothing. */
  readonly demo: BuiltServer;
  /** The demo as it is three minutes after its start: one frame, and then nothing. Its pictures are the same every time. */
  readonly still: BuiltServer;
}

/** A Tuesday at noon: the demo's frames and every text with a time are the same in every run. */
export const demoFlags = ["--seed", "7", "--clock-start", "2026-01-06T12:00:00Z"] as const;

export const test = base.extend<Fixtures, WorkerFixtures>({
  demo: [
    // oxlint-disable-next-line eslint/no-empty-pattern -- Playwright reads the fixtures that are used from the braces
    async ({}, use) => {
      const server = await startBuiltServer(demoFlags);
      await use(server);
      await server.stop();
    },
    { scope: "worker" },
  ],
  still: [
    // oxlint-disable-next-line eslint/no-empty-pattern -- Playwright reads the fixtures that are used from the braces
    async ({}, use) => {
      const server = await startBuiltServer([...demoFlags, "--demo-frozen-at", "3m"]);
      await use(server);
      await server.stop();
    },
    { scope: "worker" },
  ],
  // oxlint-disable-next-line eslint/no-empty-pattern -- Playwright reads the fixtures that are used from the braces
  serve: async ({}, use) => {
    const started: BuiltServer[] = [];
    await use(async (flags = demoFlags, variables = {}) => {
      const server = await startBuiltServer(flags, variables);
      started.push(server);
      return server;
    });
    for (const server of started) await server.stop();
  },
  spillway: async ({ page }, use) => {
    const spillway = new SpillwayPage(page);
    await use(spillway);
    expect(spillway.complaints).toEqual([]);
  },
});

export { expect };
