import { existsSync } from "node:fs";

import { expect, test } from "./drill-fixtures.ts";
import type { DrillPage } from "./pages/drill-page.ts";

/** Of a feed that wanders: what comes back after a drill is near what was there before. */
async function expectNear(drill: DrillPage, name: string, before: number): Promise<void> {
  await expect.poll(async () => Math.abs((await drill.rateOf(name)) / before - 1)).toBeLessThan(0.15);
}

test("the whole of it by mouse: plan, run, compare, fail back, stop", async ({ drill, page, demo }) => {
  await drill.open(demo.url);
  await expect(drill.state).toHaveText(/^Live/);
  await expect(drill.banner).toHaveCount(0);
  const before = await drill.rateOf("us-east-1");

  await test.step("plan", async () => {
    await drill.openButton.click();
    await drill.panel.getByRole("combobox", { name: "Region that goes" }).selectOption("us-east-1");
    await expect(drill.panel.getByRole("heading", { name: "Fail over us-east-1" })).toBeVisible();
    await expect(drill.prediction).toContainText(/requests\/s have to move/);
    await expect(drill.prediction).toContainText(/The others would (just )?survive it/);
    await drill.expectNoNonsense();
  });

  await test.step("run", async () => {
    await drill.runButton.click();
    await expect(drill.banner).toContainText("Simulated");
    await expect(drill.state).toHaveText(/^Simulated/);
    await drill.speed.selectOption("60×");
    await expect(drill.phases.filter({ hasText: "Pass traffic on" })).toHaveAttribute(
      "aria-current",
      "step",
      {
        timeout: 30_000,
      },
    );
    await expect(drill.banner).toContainText("Traffic is passed on");
    await expect(drill.banner).toContainText("Evacuated", { timeout: 30_000 });
    await drill.banner.getByRole("button", { name: "Pause the drill" }).click();
    await drill.expectLogged(
      /us-east-1 fails: 25 % of its requests end in errors/,
      /us-east-1 is failed over/,
      /DNS points to us-west-2 and eu-west-1/,
      /us-east-1 is evacuated/,
    );
    await expect(drill.phases).toHaveText([/done/, /done/, /done/, /done/]);
    const chart = drill.panel.getByRole("figure", { name: "Load by region" });
    await expect(chart.locator("canvas")).toBeAttached();
    await expect(chart).toContainText(/Now: us-east-1 .*, us-west-2 .*, eu-west-1 /);
    await expect(drill.result).toContainText("8 min");
    expect(await drill.rateOf("us-east-1")).toBeLessThan(before / 10);
    await drill.expectNoNonsense();
  });

  await test.step("compare", async () => {
    await drill.panel.getByRole("combobox", { name: "Compare with" }).selectOption("DNS only");
    await expect(drill.comparison.getByRole("columnheader")).toHaveText([/./, /^Nimble/, /^DNS only/]);
    await expect(drill.comparison.getByRole("figure")).toHaveCount(2, { timeout: 30_000 });
    await expect(drill.comparison.getByText("better").first()).toBeVisible();
    await drill.expectNoNonsense();
    await drill.comparison.getByRole("button", { name: "Close the comparison" }).click();
    await expect(drill.comparison).toHaveCount(0);
  });

  await test.step("fail back", async () => {
    await drill.banner.getByRole("button", { name: "Fail back" }).click();
    await drill.banner.getByRole("button", { name: "Go on with the drill" }).click();
    await drill.expectLogged(/us-east-1 is well again/, /Step 1 of the way back/);
    await expect(drill.banner).toContainText("Traffic comes back");
  });

  await test.step("stop", async () => {
    await drill.stopButton.click();
    await expect(drill.banner).toHaveCount(0);
    await expect(drill.state).toHaveText(/^Live/);
    await expect(page.getByText("Simulated", { exact: true })).toHaveCount(0);
    await expectNear(drill, "us-east-1", before);
  });
});

test("the whole of it by keyboard alone", async ({ drill, page, demo }) => {
  await drill.open(demo.url);
  const before = await drill.rateOf("us-east-1");
  await page.keyboard.press("d");
  await expect(drill.panel.getByRole("heading", { name: "Fail over us-east-1" })).toBeFocused();
  await expect(drill.prediction).toContainText(/survive it/);
  await page.keyboard.press("Control+Enter");
  await expect(drill.banner).toContainText("Simulated");
  await expect(drill.speed).toHaveValue("8");
  for (const faster of ["15", "30", "60"]) {
    await page.keyboard.press(">");
    await expect(drill.speed).toHaveValue(faster);
  }
  await page.keyboard.press("<");
  await expect(drill.speed).toHaveValue("30");
  await page.keyboard.press(">");
  await drill.expectLogged(/us-east-1 is evacuated/);

  // Space stops the simulated time, brackets go by seconds.
  await page.keyboard.press(" ");
  await expect(drill.banner.getByRole("button", { name: "Go on with the drill" })).toBeVisible();
  const clock = await drill.clock.textContent();
  await page.keyboard.press("]");
  await expect(drill.clock).not.toHaveText(clock ?? "");
  await page.keyboard.press("[");
  await expect(drill.clock).toHaveText(clock ?? "");

  await page.keyboard.press("b");
  await page.keyboard.press(" ");
  await drill.expectLogged(/us-east-1 is well again/);

  // The drill runs on without its panel; the same key brings it back.
  await page.keyboard.press("Escape");
  await expect(drill.panel).toHaveCount(0);
  await expect(drill.banner).toBeVisible();
  await page.keyboard.press("d");
  await expect(drill.panel).toBeVisible();
  await page.keyboard.press("x");
  await expect(drill.banner).toHaveCount(0);
  await expect(drill.state).toHaveText(/^Live/);
  await expectNear(drill, "us-east-1", before);
});

const original = "../shared/fixtures/vizceral/sample_data.json";

const samples = [
  { title: "the sample of the original", file: original, shown: "US-EAST-1" },
  { title: "a sample of our own", file: "mock-data/topologies/three-regions.json", shown: "eu-west-1" },
] as const;

for (const { title, file, shown } of samples) {
  test(`fails over a region of a file: ${title}`, async ({ drill, serve }) => {
    test.skip(!existsSync(file), `${file} is not on this machine`);
    const server = await serve(["--source", `file:${file}`, "--seed", "7"]);
    await drill.open(server.url);
    await expect(drill.state).toHaveText(/^Live/);
    const before = await drill.rateOf(shown);
    await drill.choose(shown);
    await drill.details.getByRole("button", { name: "Fail over", exact: true }).click();
    await expect(drill.panel.getByRole("heading", { name: `Fail over ${shown}` })).toBeVisible();
    await expect(drill.prediction).toContainText(/requests\/s have to move/);
    // The file of somebody else: what it does not say, is said to be unknown.
    await expect(drill.prediction).toContainText("What makes it less sure");
    await drill.expectNoNonsense();
    await drill.runButton.click();
    await drill.speed.selectOption("60×");
    await drill.expectLogged(new RegExp(`${shown} is evacuated`));
    await drill.banner.getByRole("button", { name: "Pause the drill" }).click();
    expect(await drill.rateOf(shown)).toBeLessThan(before / 5);
    await drill.expectNoNonsense();
    await drill.stopButton.click();
    await expect(drill.banner).toHaveCount(0);
    await expect.poll(() => drill.rateOf(shown)).toBe(before);
  });
}
