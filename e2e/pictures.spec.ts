import { expect, test } from "./fixtures.ts";
import type { SpillwayPage } from "./pages/spillway-page.ts";

/*
 * Pictures at one moment of data time: the demo sends one frame, the dots run on for one interval, and then all stands still; pausing takes the banner away that tells
 * of a silent server. They are compared with those in __screenshots__, which `npm run e2e -- --update-snapshots` makes anew.
 */

/** A fixed pace: nothing is given up for speed, so that a busy machine draws the same. */
const pace = "fps=10";

const places = [
  { name: "global", query: "" },
  { name: "region", query: "&in=us-east-1" },
  { name: "service", query: "&in=us-east-1&in=playback-api" },
] as const;

async function standStill(spillway: SpillwayPage): Promise<void> {
  // Silent for three intervals: what moves has come to its end long before.
  await expect(spillway.state).toHaveText(/^Stale/);
  await spillway.page.keyboard.press(" ");
  await expect(spillway.state).toHaveText(/^Paused/);
}

async function compare(spillway: SpillwayPage, name: string): Promise<void> {
  await standStill(spillway);
  await expect(spillway.page).toHaveScreenshot(`${name}.png`, {
    // How old the data are is another number each time.
    mask: [spillway.state],
    maskColor: "#808080",
    maxDiffPixelRatio: 0.001,
  });
}

for (const theme of ["dark", "light"] as const) {
  for (const { name, query } of places) {
    test(`shows the same picture at the same moment: ${name}, ${theme}`, async ({ spillway, still }) => {
      await spillway.open(`${still.url}?${pace}&theme=${theme}${query}`);
      await compare(spillway, `${name}-${theme}`);
    });
  }
}

test("shows the same picture with the details open", async ({ spillway, still }) => {
  await spillway.open(`${still.url}?${pace}&in=us-east-1&node=playback-api`);
  await expect(spillway.details.getByRole("heading", { name: "playback-api" })).toBeVisible();
  await compare(spillway, "details-dark");
});

test("shows the same picture in high contrast", async ({ spillway, still }) => {
  await spillway.open(`${still.url}?${pace}&contrast=high`);
  await compare(spillway, "global-high-contrast");
});

test.describe("on a phone", () => {
  test.use({ hasTouch: true, isMobile: true, viewport: { width: 390, height: 844 } });

  for (const [name, query] of [
    ["global-phone-light", "&theme=light"],
    ["region-phone-dark", "&in=us-east-1"],
    ["details-phone-dark", "&in=us-east-1&node=playback-api"],
  ] as const) {
    test(`shows the same picture at the same moment: ${name}`, async ({ spillway, still }) => {
      await spillway.open(`${still.url}?${pace}${query}`);
      await compare(spillway, name);
    });
  }
});
