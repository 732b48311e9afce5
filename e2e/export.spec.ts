import { readFile } from "node:fs/promises";

import type { Download, Page } from "@playwright/test";

import { expect, test } from "./fixtures.ts";

async function save(page: Page, item: string): Promise<Download> {
  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: "Share and save" }).click();
  await page.getByRole("menuitem", { name: item }).click();
  return download;
}

test("saves the picture and the snapshot, in files that say where and when", async ({
  spillway,
  page,
  still,
}) => {
  await spillway.open(`${still.url}?in=us-east-1`);
  const picture = await save(page, "Save the picture (PNG)");
  expect(picture.suggestedFilename()).toMatch(/^spillway-us-east-1-20260106T12\d{4}Z\.png$/);
  const png = await readFile(await picture.path());
  expect(png.subarray(1, 4).toString()).toBe("PNG");
  expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([1280, 800]);
  expect(png.length).toBeGreaterThan(50_000);
  await expect(spillway.toast(`Saved ${picture.suggestedFilename()}`)).toBeVisible();

  const vizceral = await save(page, "Save the snapshot (Vizceral JSON)");
  expect(JSON.parse(await readFile(await vizceral.path(), "utf8"))).toMatchObject({
    renderer: "global",
    nodes: expect.arrayContaining([expect.objectContaining({ name: "us-east-1" })]),
  });

  const own = await save(page, "Save the snapshot (Spillway JSON)");
  expect(own.suggestedFilename()).toMatch(/^spillway-us-east-1-\w+\.json$/);
  expect(JSON.parse(await readFile(await own.path(), "utf8"))).toMatchObject({
    t: Date.parse("2026-01-06T12:00:00Z"),
  });
});
