import { expect, test } from "./drill-fixtures.ts";

test("a link to a region that there is not says so, and which there are", async ({ drill, page, demo }) => {
  await drill.open(`${demo.url}?drill=mars-north-1`);
  await expect(drill.panel.getByRole("alert")).toContainText(
    'There is no region "mars-north-1". Choose among us-east-1, us-west-2 and eu-west-1.',
  );
  await page.keyboard.press("Control+Enter");
  await expect(drill.banner).toHaveCount(0);
  await drill.expectNoNonsense();
  // What it says helps.
  await drill.panel.getByRole("combobox", { name: "Region that goes" }).selectOption("us-west-2");
  await expect(drill.panel.getByRole("alert")).toHaveCount(0);
  await expect(drill.prediction).toContainText(/survive it/);
});

for (const [what, query] of [
  ["a number that is none", "drill=us-east-1&ttl=soon"],
  ["a policy that there is not", "drill=us-east-1&policy=hope"],
  ["shares of nothing", "drill=us-east-1&split=manual&share=0:us-west-2&share=0:eu-west-1"],
  ["a saviour that is the region that goes", "drill=us-east-1&saviour=us-east-1"],
  ["a capacity of nothing", "drill=us-east-1&factor=0"],
] as const) {
  test(`a link with ${what} says what is wrong with it`, async ({ drill, page, demo }) => {
    await drill.open(`${demo.url}?${query}`);
    const said = page.getByRole("alert").or(drill.message("The link's plan cannot be read"));
    await expect(said.first()).toContainText(/[a-z]{3,}.*\./);
    await expect(drill.banner).toHaveCount(0);
    await drill.expectNoNonsense();
  });
}

test("the only region there is cannot be failed over, and the page says why", async ({
  drill,
  page,
  serve,
}) => {
  const server = await serve(["--source", "file:mock-data/topologies/one-region.json"]);
  await drill.open(server.url);
  await page.keyboard.press("d");
  await expect(drill.panel.getByRole("alert")).toContainText(
    "no other that could take its traffic. Open a graph of several regions.",
  );
  await expect(drill.runButton).toBeDisabled();
  await drill.expectNoNonsense();
});

test("a graph without traffic gets a sentence, not a number", async ({ drill, page, serve }) => {
  const server = await serve(["--source", "file:mock-data/vizceral/zero-volume.json"]);
  await drill.open(server.url);
  await page.keyboard.press("d");
  await expect(drill.panel.getByRole("alert")).toContainText(/[a-z]{3,}.*\./);
  await drill.expectNoNonsense();
});
