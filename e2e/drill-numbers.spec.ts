import { expect, test } from "./drill-fixtures.ts";
import { evacuationLink } from "./pages/drill-page.ts";

/*
 * The scenario evacuate-us-east-1: constant demand, no noise. The volumes are those of the model worked out by hand: 63,270 requests/s of the victim, of which .4098 go
 * to us-west-2 and .5902 to eu-west-1; passing them on grows in a straight line from 180 s to 300 s; then DNS points away from ever more resolvers, each of which
 * follows within a minute.
 */

interface Moment {
  readonly seconds: number;
  readonly clock: string;
  /** Requests per second that an edge of the whole carries: from, to, how many. */
  readonly edges: readonly (readonly [string, string, number])[];
}

const [victim, west, europe] = ["us-east-1", "us-west-2", "eu-west-1"];

const moments: readonly Moment[] = [
  {
    seconds: -10,
    clock: "−0:10",
    edges: [
      ["INTERNET", victim, 63_270],
      ["INTERNET", west, 38_795],
      ["INTERNET", europe, 31_562],
    ],
  },
  {
    seconds: 170,
    clock: "+2:50",
    edges: [
      ["INTERNET", victim, 63_270],
      ["INTERNET", west, 38_795],
      ["INTERNET", europe, 31_562],
    ],
  },
  {
    seconds: 240,
    clock: "+4:00",
    edges: [
      ["INTERNET", victim, 63_270],
      [victim, west, 12_964],
      [victim, europe, 18_672],
    ],
  },
  {
    seconds: 300,
    clock: "+5:00",
    edges: [
      ["INTERNET", victim, 63_270],
      [victim, west, 25_927],
      [victim, europe, 37_343],
    ],
  },
  { seconds: 330, clock: "+5:30", edges: [["INTERNET", victim, 34_464]] },
  {
    seconds: 360,
    clock: "+6:00",
    edges: [
      ["INTERNET", victim, 6_328],
      ["INTERNET", west, 62_129],
      ["INTERNET", europe, 65_170],
    ],
  },
  {
    seconds: 480,
    clock: "+8:00",
    edges: [
      ["INTERNET", victim, 3_885],
      [victim, west, 1_592],
      [victim, europe, 2_293],
    ],
  },
  { seconds: 900, clock: "+15:00", edges: [["INTERNET", victim, 1_735]] },
];

test("shows the numbers that the model has at fixed moments of the evacuation, within 0.5 %", async ({
  drill,
  page,
  demo,
}) => {
  for (const { seconds, clock, edges } of moments) {
    await test.step(clock, async () => {
      await drill.openRun(`${await evacuationLink(page, demo.url, seconds)}&table=1`, clock);
      for (const [from, to, rate] of edges) {
        const shown = await drill.rateOfEdge(from, to);
        expect
          .soft(Math.abs(shown / rate - 1), `${from} to ${to}: ${shown}, not ${rate}`)
          .toBeLessThan(0.005);
      }
      await drill.expectNoNonsense();
    });
  }
});

test("predicts how full the others will be, and says where they are, in the panel", async ({
  drill,
  page,
  demo,
}) => {
  await drill.open(`${demo.url}?scenario=evacuate-us-east-1`);
  await expect(drill.prediction).toContainText("63.3k requests/s have to move");
  await expect(drill.prediction.getByRole("listitem").filter({ hasText: "us-west-2" }).first()).toContainText(
    "95 % used",
  );
  await expect(drill.prediction.getByRole("listitem").filter({ hasText: "eu-west-1" }).first()).toContainText(
    "94 % used",
  );
  await drill.openRun(await evacuationLink(page, demo.url, 480), "+8:00");
  await expect(drill.banner).toContainText("Evacuated");
  await expect(drill.result).toContainText("8 min");
  await drill.expectLogged(/us-east-1 is evacuated\. 6 % of the users' resolvers still point to it/);
});
