import { expect, test } from "./fixtures.ts";
import { configFile } from "./real/config-file.ts";

const config = () =>
  configFile({
    feeds: [
      {
        name: "shop",
        title: "Shop",
        sources: [{ kind: "push" }, { kind: "alertmanager" }],
        capacity: [{ region: "us-east-1", service: "cart", rps: 200 }],
      },
    ],
  });

const graph = {
  name: "shop",
  nodes: ["us-east-1", "eu-west-1"].map((name) => ({
    name,
    nodes: [{ name: "INTERNET" }, { name: "web" }, { name: "cart" }],
    connections: [
      { source: "INTERNET", target: "web", metrics: { normal: 300 } },
      { source: "web", target: "cart", metrics: { normal: 120 } },
    ],
  })),
};

/** In the shape that Alertmanager documents. */
const alert = (status: "firing" | "resolved") => ({
  version: "4",
  status,
  receiver: "spillway",
  alerts: [
    {
      status,
      labels: { alertname: "CartSlow", severity: "critical", region: "us-east-1", service: "cart" },
      annotations: { summary: "The cart is slow" },
      startsAt: "2026-11-28T07:00:00Z",
      endsAt: status === "firing" ? "0001-01-01T00:00:00Z" : "2026-11-28T07:05:00Z",
      generatorURL: "https://prometheus.example/graph",
      fingerprint: "29b1d1c7a1c9a4b2",
    },
  ],
});

test("traffic is pushed and patched, and an alert appears on it and clears", async ({
  spillway,
  serve,
  request,
}) => {
  const { url } = await serve(["--config", config()]);
  const post = async (path: string, data: object, type = "application/json") => {
    const answer = await request.post(`${url}api/feeds/shop/${path}`, {
      data: JSON.stringify(data),
      headers: { "content-type": type },
    });
    return answer.status();
  };
  expect(await post("frames", graph)).toBe(202);
  await spillway.open(`${url}?in=us-east-1`);
  await expect(spillway.node("cart")).toContainText("120 requests per second");

  expect(await post("alerts", alert("firing"))).toBe(200);
  await expect(spillway.node("cart")).toContainText("1 notice: The cart is slow");
  await spillway.click("cart");
  await expect(spillway.details.getByText("The cart is slow")).toBeVisible();
  await expect(spillway.details.getByText("Capacity from: config")).toBeVisible();

  const patch = { nodes: { "us-east-1": { connections: { web: { cart: { metrics: { normal: 90 } } } } } } };
  expect(await post("frames", patch, "application/merge-patch+json")).toBe(202);
  await expect(spillway.node("cart")).toContainText("90 requests per second");

  expect(await post("alerts", alert("resolved"))).toBe(200);
  await expect(spillway.node("cart")).not.toContainText("notice");
});
