import type { Browser } from "@playwright/test";

import { expect, test } from "./drill-fixtures.ts";
import { demoFlags } from "./fixtures.ts";
import { DrillPage } from "./pages/drill-page.ts";

const tokens = { viewer: "let-me-see-the-traffic", operator: "let-me-run-the-drills-here" } as const;

/** Somebody else's browser, let in with a token. */
async function enter(browser: Browser, url: string, role: keyof typeof tokens): Promise<DrillPage> {
  const context = await browser.newContext();
  const drill = new DrillPage(await context.newPage());
  await drill.page.goto(url);
  const dialog = drill.page.getByRole("dialog", { name: "A token is needed" });
  await dialog.getByLabel("Token").fill(tokens[role]);
  await dialog.getByLabel("Token").press("Enter");
  await expect(dialog).toHaveCount(0);
  await drill.whenDrawn();
  return drill;
}

test("an operator's drill is seen by everybody, as simulated, until it is stopped; a viewer cannot start one", async ({
  browser,
  serve,
}) => {
  const server = await serve(demoFlags, {
    SPILLWAY_TOKENS: `viewer:${tokens.viewer},operator:${tokens.operator}`,
  });
  const operator = await enter(browser, server.url, "operator");
  const viewer = await enter(browser, server.url, "viewer");
  const both = [operator, viewer];
  const share = "Run for everybody";

  await viewer.page.keyboard.press("d");
  await expect(viewer.runButton).toBeEnabled();
  await expect(viewer.panel.getByRole("button", { name: share })).toHaveCount(0);
  await viewer.page.keyboard.press("Escape");

  const before = await viewer.rateOf("us-east-1");
  await operator.page.keyboard.press("d");
  await operator.panel.getByRole("button", { name: share }).click();
  for (const drill of both) {
    await expect(drill.banner).toContainText("Simulated");
    await expect(drill.banner).toContainText("A drill that everybody sees: us-east-1 is failed over");
    await expect(drill.state).toHaveText(/^Simulated/);
  }
  await operator.speed.selectOption("60×");
  for (const drill of both) {
    await expect(drill.banner).toContainText("Evacuated", { timeout: 30_000 });
    await expect.poll(() => drill.rateOf("us-east-1")).toBeLessThan(before / 5);
    await drill.expectNoNonsense();
  }

  await expect(viewer.stopButton).toHaveCount(0);
  await operator.stopButton.click();
  for (const drill of both) {
    await expect(drill.banner).toHaveCount(0);
    await expect(drill.state).toHaveText(/^Live/);
    await expect
      .poll(async () => Math.abs((await drill.rateOf("us-east-1")) / before - 1))
      .toBeLessThan(0.15);
  }
  await viewer.page.context().close();
  await operator.page.context().close();
});
