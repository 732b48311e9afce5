import { readFileSync } from "node:fs";

import type { Locator, Page } from "@playwright/test";

import { expect, test } from "./fixtures.ts";
import type { SpillwayPage } from "./pages/spillway-page.ts";

/** Five frames a second: a past comes soon. */
const fast = ["--seed", "7", "--interval", "200ms"] as const;

const golden = "mock-data/recordings/incident-v1.spillway.ndjson.gz";
const goldenName = "incident-v1.spillway.ndjson.gz";

/** From now on the browser's dialog is answered by the test; asked for at the moment of a click, that may come too late. */
async function answerChoosers(page: Page): Promise<void> {
  page.on("filechooser", () => undefined);
  await page.evaluate(() => undefined);
}

/** What the page loads in reserve has come: from now on it can do without the server. */
async function whenAllIsLoaded(page: Page): Promise<void> {
  await expect
    .poll(() =>
      page.evaluate(() =>
        performance.getEntriesByType("resource").some(({ name }) => /TrafficTable-[^/]*\.js$/.test(name)),
      ),
    )
    .toBe(true);
  await page.waitForLoadState("networkidle");
}

/** Drops a file on the page, as a person who lets go of it there. */
async function drop(page: Page, name: string, bytes: Buffer): Promise<void> {
  const dropped = await page.evaluateHandle(
    ([fileName, text]) => {
      const transfer = new DataTransfer();
      const content = Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
      transfer.items.add(new File([content], fileName));
      return transfer;
    },
    [name, bytes.toString("base64")] as const,
  );
  await page.dispatchEvent("body", "dragenter", { dataTransfer: dropped });
  await expect(page.getByText("Drop the recording to play it")).toBeVisible();
  await page.dispatchEvent("body", "drop", { dataTransfer: dropped });
  await expect(page.getByText("Drop the recording to play it")).toBeHidden();
}

const slider = (page: Page): Locator => page.getByRole("slider", { name: "Moment" });

const number = async (page: Page, name: string): Promise<number> =>
  Number(await slider(page).getAttribute(name));

async function whenRecorded(page: Page, ms: number): Promise<void> {
  await expect
    .poll(async () => (await number(page, "aria-valuemax")) - (await number(page, "aria-valuemin")))
    .toBeGreaterThan(ms);
}

/** Saves what the dialog proposes, and gives the file. */
async function saved(page: Page): Promise<{ readonly name: string; readonly bytes: Buffer }> {
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: "Save the clip" }).click(),
  ]);
  return { name: download.suggestedFilename(), bytes: readFileSync(await download.path()) };
}

async function expectShown(spillway: SpillwayPage, name: string | RegExp): Promise<void> {
  await expect(spillway.state).toHaveText(name);
}

test("a clip is cut out of a live feed, dropped again, and plays on after the server is gone", async ({
  spillway,
  page,
  serve,
}) => {
  const server = await serve(fast);
  await spillway.open(server.url);
  await whenRecorded(page, 6_000);
  await page.keyboard.press("e");
  const dialog = page.getByRole("dialog", { name: "Cut a clip" });
  await expect(dialog.getByText(/^About \d+ frames/)).toBeVisible();
  await dialog.getByRole("textbox", { name: "Note" }).fill("what I saw");
  const { name, bytes } = await saved(page);
  expect(name).toMatch(/^demo-.*-to-.*\.spillway\.ndjson\.gz$/);
  await expect(dialog).toBeHidden();

  await whenAllIsLoaded(page);
  await server.stop("SIGKILL");
  await expect(spillway.state).toHaveText(/Reconnecting/);
  await drop(page, name, bytes);
  await expectShown(spillway, /Replay.*demo-/);
  await expect(spillway.node("us-east-1")).toBeAttached();
  const first = await number(page, "aria-valuenow");
  await expect.poll(() => number(page, "aria-valuenow")).toBeGreaterThan(first + 1_000);
  // Any other moment of it, too.
  await page.keyboard.press(" ");
  await slider(page).focus();
  await page.keyboard.press("Home");
  const start = await number(page, "aria-valuemin");
  await expect.poll(() => number(page, "aria-valuenow")).toBeLessThan(start + 300);

  // While the rest of it is being read, a card beside the picture has such a button too.
  const timeline = page.getByRole("region", { name: "Timeline" });
  await timeline.getByRole("button", { name: "Close the file" }).click();
  await expect(spillway.state).toHaveText(/Reconnecting/);
});

test("by keyboard alone: a file is opened, a drill runs on it, and one is back with what is live", async ({
  spillway,
  page,
  demo,
}) => {
  await spillway.open(demo.url);
  await answerChoosers(page);
  const [chooser] = await Promise.all([page.waitForEvent("filechooser"), page.keyboard.press("o")]);
  await chooser.setFiles(golden);
  await expectShown(spillway, /Replay.*incident-v1/);
  await expect
    .poll(() => number(page, "aria-valuenow"))
    .toBeGreaterThan(Date.parse("2026-11-02T20:15:00Z") + 300);
  await page.keyboard.press(" ");
  await page.keyboard.press("d");
  const run = page.getByRole("button", { name: "Run the drill", exact: true });
  await run.focus();
  await page.keyboard.press("Enter");
  await expect(spillway.state).toHaveText(/Simulated/);
  await page.keyboard.press("l");
  await expect(spillway.state).toHaveText(/Live/);
});

test("a clip is cut out of an open file without a server, with other names", async ({
  spillway,
  page,
  serve,
}) => {
  const server = await serve();
  await spillway.open(server.url);
  await drop(page, goldenName, readFileSync(golden));
  await expectShown(spillway, /Replay.*incident-v1/);
  await whenAllIsLoaded(page);
  await server.stop("SIGKILL");
  await page.keyboard.press("e");
  await page.getByRole("switch", { name: /Replace names/ }).click();
  const { name, bytes } = await saved(page);
  expect(name).toMatch(/^feed-/);
  await drop(page, "again.spillway.ndjson.gz", bytes);
  await expectShown(spillway, /Replay.*again/);
  await expect(spillway.node("region-1")).toBeAttached();
});

test("a file that is none says where it is wrong, and what is shown stays", async ({
  spillway,
  page,
  demo,
}) => {
  await spillway.open(demo.url);
  await drop(page, goldenName, readFileSync(golden));
  await expectShown(spillway, /Replay.*incident-v1/);
  const damaged = Buffer.from(readFileSync(golden));
  const middle = damaged.length >> 1;
  damaged.fill(0, middle, middle + 64);
  for (const [content, said] of [
    [Buffer.from("hello\nthere"), /This is not JSON: line 1/],
    [Buffer.from('{"spillway":"recording","version":2}\n'), /written by a newer Spillway/],
    [damaged, /damaged after line \d+|Line \d+:|checksum/],
  ] as const) {
    await drop(page, "wrong.spillway.ndjson.gz", content);
    const dialog = page.getByRole("dialog", { name: /wrong\.spillway/ });
    await expect(dialog.getByRole("alert")).toHaveText(said);
    await page.keyboard.press("Escape");
    await expect(dialog).toBeHidden();
  }
});

test("an address with a file says after a reload that the file must be opened again", async ({
  spillway,
  page,
  demo,
}) => {
  await spillway.open(demo.url);
  await drop(page, goldenName, readFileSync(golden));
  await expectShown(spillway, /Replay.*incident-v1/);
  await page.keyboard.press(" ");
  await slider(page).focus();
  await page.keyboard.press("PageUp");
  await expect.poll(() => new URL(page.url()).searchParams.get("paused")).toBe("1");
  await expect.poll(() => new URL(page.url()).searchParams.get("clip")).toBe(goldenName);
  await page.waitForFunction(() => {
    const time = new URL(location.href).searchParams.get("time") ?? "";
    const at = document.querySelector("[role=slider]")?.getAttribute("aria-valuenow");
    return Math.abs(Date.parse(time) - Number(at)) < 1500;
  });
  const at = await number(page, "aria-valuenow");
  await answerChoosers(page);
  await page.reload();
  const dialog = page.getByRole("dialog", { name: `Open ${goldenName} again` });
  await expect(dialog).toBeVisible();
  await expect(spillway.state).toHaveText(/Live/);
  const [chooser] = await Promise.all([
    page.waitForEvent("filechooser"),
    dialog.getByRole("button", { name: "Choose the file …" }).click(),
  ]);
  await chooser.setFiles(golden);
  await expectShown(spillway, /Replay.*incident-v1/);
  await expect.poll(async () => Math.abs((await number(page, "aria-valuenow")) - at)).toBeLessThan(1500);
});
