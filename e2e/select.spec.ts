import type { SpillwayPage } from "./pages/spillway-page.ts";
import { expect, test } from "./fixtures.ts";

test("selects a node and tells everything about it", async ({ spillway, page, still }) => {
  await spillway.open(`${still.url}?in=us-east-1`);
  await spillway.click("playback-api");
  const { details } = spillway;
  await expect(details.getByRole("heading", { name: "playback-api" })).toBeVisible();
  for (const text of ["requests/s", "Errors", "Warnings", "The last minutes", "Incoming", "Outgoing"])
    await expect(details.getByText(text, { exact: true }).first()).toBeVisible();
  const incoming = details.getByRole("grid", { name: /^Incoming/ });
  await incoming.getByRole("row", { name: /edge-gateway/ }).click();
  await expect(details.getByRole("heading", { name: "edge-gateway" })).toBeVisible();
  expect(spillway.query("node")).toEqual(["edge-gateway"]);
  await page.keyboard.press("Escape");
  await expect(details).toHaveCount(0);
});

test("selects an edge and tells everything about it", async ({ spillway, still }) => {
  await spillway.open(still.url);
  await spillway.click("INTERNET → eu-west-1");
  const { details } = spillway;
  await expect(details.getByRole("heading", { name: "INTERNET to eu-west-1" })).toBeVisible();
  await expect(details.getByText("Rates are averaged over")).toBeVisible();
  expect([...spillway.query("from"), ...spillway.query("to")]).toEqual(["INTERNET", "eu-west-1"]);
  await details.getByRole("button", { name: "eu-west-1" }).click();
  await expect(details.getByRole("heading", { name: "eu-west-1", exact: true })).toBeVisible();
});

async function camera(spillway: SpillwayPage): Promise<readonly number[]> {
  await expect.poll(() => spillway.query("at").length).toBe(1);
  return (spillway.query("at")[0] ?? "").split(",").map(Number);
}

test("pans by dragging the ground, zooms by wheel, fits by f", async ({ spillway, page, still }) => {
  await spillway.open(still.url);
  await page.mouse.move(200, 600);
  await page.mouse.down();
  await page.mouse.move(260, 560, { steps: 4 });
  await page.mouse.up();
  const [x = 0, , zoom = 0] = await camera(spillway);
  await page.mouse.wheel(0, -300);
  await expect.poll(async () => (await camera(spillway))[2]).toBeGreaterThan(zoom * 1.3);
  expect((await camera(spillway))[0]).not.toBe(x);
  await page.keyboard.press("f");
  await expect.poll(() => spillway.query("at")).toEqual([]);
});

test("keeps a node where it was dragged to, over a reload, until it is unpinned", async ({
  spillway,
  page,
  still,
}) => {
  await spillway.open(still.url);
  const before = await spillway.whereIs("eu-west-1");
  await page.mouse.move(before.x, before.y);
  await page.mouse.down();
  await page.mouse.move(before.x - 150, before.y - 40, { steps: 5 });
  await page.mouse.move(before.x - 300, before.y - 60, { steps: 5 });
  await page.mouse.up();
  await camera(spillway);
  await page.reload();
  await spillway.whenDrawn();
  const after = await spillway.whereIs("eu-west-1");
  expect(after.x).toBeLessThan(before.x - 150);
  await page.mouse.click(after.x, after.y);
  await spillway.details.getByRole("button", { name: "Unpin" }).click();
  await expect(spillway.details.getByRole("button", { name: "Unpin" })).toHaveCount(0);
});

test("pauses in sight, and goes back to live", async ({ spillway, page, demo }) => {
  await spillway.open(`${demo.url}?in=us-east-1&node=profiles`);
  await page.keyboard.press(" ");
  await expect(spillway.state).toHaveText(/^Pausedas of \d+ s ago$/);
  await expect(page.getByRole("button", { name: "Go on" })).toBeVisible();
  const numbers = await spillway.details.innerText();
  await expect(spillway.state).toHaveText(/as of [4-9] s ago/);
  expect(await spillway.details.innerText()).toBe(numbers);
  await page.keyboard.press("l");
  await expect(spillway.state).toHaveText(/^Live/);
  await expect.poll(() => spillway.details.innerText()).not.toBe(numbers);
});
