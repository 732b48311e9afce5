import { expect, test } from "./fixtures.ts";

test("the page says at once that the server cannot record, and stops saying so when it can again", async ({
  spillway,
  page,
  serve,
}) => {
  const { url } = await serve(["--seed", "7", "--interval", "200ms"]);
  // A disk that is full is hard to come by: the server's frames are marked on their way as it marks them then.
  let isFull = false;
  await page.routeWebSocket(/socket\.io/, (socket) => {
    const server = socket.connectToServer();
    server.onMessage((message) => {
      const isDelta = isFull && typeof message === "string" && message.startsWith('42["delta",{');
      socket.send(isDelta ? message.replace("{", '{"unrecorded":true,') : message);
    });
  });
  await spillway.open(url);
  await expect(spillway.state).toHaveText(/^Live\s*as of/);
  isFull = true;
  await expect(spillway.state).toHaveText(/^Live\s*not recorded/);
  await expect(page.getByText(/^Not recorded since .*: the server cannot write/)).toBeVisible();
  isFull = false;
  await expect(spillway.state).toHaveText(/^Live\s*as of/);
  await expect(page.getByText(/^Not recorded since/)).toHaveCount(0);
});
