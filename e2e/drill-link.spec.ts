import { expect, test } from "./drill-fixtures.ts";
import { DrillPage, evacuationLink } from "./pages/drill-page.ts";

test("a copied link shows another browser the same run at the same simulated moment, to the pixel", async ({
  drill,
  page,
  demo,
  browser,
}) => {
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await drill.open(demo.url);
  await page.keyboard.press("d");
  await expect(drill.prediction).toContainText(/survive it/);
  await page.keyboard.press("Control+Enter");
  await drill.speed.selectOption("60×");
  await drill.expectLogged(/DNS points to/);
  await drill.banner.getByRole("button", { name: "Pause the drill" }).click();
  await drill.panel.getByRole("button", { name: "Copy link" }).click();
  await expect(drill.message("Link copied: it shows this run, frame for frame.")).toBeVisible();
  const link = `${await page.evaluate(() => navigator.clipboard.readText())}&theme=dark`;

  const context = await browser.newContext({ viewport: page.viewportSize() });
  const other = new DrillPage(await context.newPage());
  const clock = (await drill.clock.textContent()) ?? "";
  await other.openRun(link, clock);
  // Both opened by the link: what was selected or moved in the first browser is not in it.
  await drill.openRun(link, clock);
  for (const part of ["log", "twin"] as const) {
    await expect(other[part]).toHaveText((await drill[part].textContent()) ?? "");
  }
  expect(await other.panel.getByRole("table").textContent()).toBe(
    await drill.panel.getByRole("table").textContent(),
  );
  const [here, there] = [await stillPicture(drill), await stillPicture(other)];
  expect(here.equals(there)).toBe(true);
  await context.close();
});

/** The picture once nothing in it moves: two looks, one after the other, see the same. */
async function stillPicture(drill: DrillPage): Promise<Buffer> {
  let last = await drill.picture.screenshot();
  await expect
    .poll(
      async () => {
        const before = last;
        last = await drill.picture.screenshot();
        return last.equals(before);
      },
      { timeout: 30_000 },
    )
    .toBe(true);
  return last;
}

test("a link whose frame is not kept any more says so, and offers the traffic of now", async ({
  drill,
  page,
  demo,
}) => {
  const link = new URL(await evacuationLink(page, demo.url, 240));
  link.searchParams.set("frame", "0".repeat(32));
  await drill.open(link.href);
  await expect(drill.panel.getByRole("alert")).toContainText("The server does not have this frame.");
  await expect(drill.panel.getByRole("alert")).toContainText("The plan starts from the traffic of now.");
  await expect(drill.banner).toHaveCount(0);
  await drill.runButton.click();
  await expect(drill.banner).toContainText("Simulated");
  await drill.expectNoNonsense();
});
