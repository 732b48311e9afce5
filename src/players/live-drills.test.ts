import { describe, expect, it } from "vitest";

import { defaultPlan } from "#simulation/plan/default-plan.ts";
import { twoRegions } from "#testing/builders.ts";
import { HandHeldWire, plainCodec } from "#testing/hand-held-wire.ts";
import { ManualClock, testStart } from "#testing/manual-clock.ts";
import { turns } from "#testing/turns.ts";

import { createLivePlayer } from "./live-player.ts";
import type { PlayerState } from "./player.ts";

const plan = defaultPlan("east", 1);
const running = {
  drill: "0f",
  plan: { ...plan, saviours: ["west"] },
  speed: 8,
  by: "operator",
  startedAt: 5,
};

async function goLive() {
  const server = new HandHeldWire([twoRegions(testStart)]);
  const player = createLivePlayer({
    url: "http://host/",
    clock: new ManualClock(),
    random: () => 0.5,
    createWire: server.create,
    codec: plainCodec,
  });
  const states: PlayerState[] = [];
  const news: string[] = [];
  player.start((state) => void states.push(state));
  player.sharedDrills.onNews((text) => news.push(text));
  server.hello({ role: "operator" });
  server.source();
  server.snapshot(1);
  await turns();
  server.take();
  return { server, player, news, source: () => states.at(-1)?.source };
}

it("a feed that plays something recorded says from when to when that is", async () => {
  const { server, source } = await goLive();
  expect(source()?.past).toBeUndefined();
  const feed = { feed: "demo", title: "Demo", intervalMs: 1000, drills: false };
  server.hello({ feeds: [{ ...feed, past: { from: 10, to: 20 } }] });
  expect(source()?.past).toEqual({ from: 10, to: 20 });
});

describe("a drill that all viewers of a live feed see", () => {
  it("is offered where the server says so", async () => {
    const { server, source } = await goLive();
    expect(source()).toMatchObject({ offersDrills: true, role: "operator" });
    server.hello({ feeds: [{ feed: "demo", title: "Demo", intervalMs: 1000, drills: false }] });
    expect(source()).toMatchObject({ offersDrills: false, role: "viewer" });
  });

  it("is asked for, steered and stopped over the wire", async () => {
    const { server, player } = await goLive();
    player.sharedDrills.start(plan, 8);
    player.sharedDrills.setSpeed(60);
    player.sharedDrills.failBack();
    player.sharedDrills.stop();
    expect(server.take().map((line) => JSON.parse(line.replace("drill ", "")) as unknown)).toEqual([
      { feed: "demo", do: "start", plan: JSON.parse(JSON.stringify(plan)) as unknown, speed: 8 },
      { feed: "demo", do: "speed", speed: 60 },
      { feed: "demo", do: "fail-back" },
      { feed: "demo", do: "stop" },
    ]);
  });

  it("is told with its plan as long as it runs, and why it does no more", async () => {
    const { server, source, news } = await goLive();
    server.say("drill", { feed: "demo", running });
    expect(source()?.sharedDrill).toEqual(running);
    server.say("drill", { feed: "other", running: null });
    expect(source()?.sharedDrill).toBeDefined();
    server.say("drill", { feed: "demo", running: null, ended: "The drill was stopped." });
    expect(source()).not.toHaveProperty("sharedDrill");
    expect(news).toEqual(["The drill was stopped."]);
  });

  it("is refused with the server's sentence", async () => {
    const { server, player, news } = await goLive();
    player.sharedDrills.stop();
    server.say("drill-refusal", { feed: "demo", message: "No drill runs here." });
    expect(news).toEqual(["No drill runs here."]);
  });

  it("is not told with a plan that makes no sense", async () => {
    const { server, source } = await goLive();
    server.say("drill", { feed: "demo", running: { ...running, plan: { victim: 7 } } });
    expect(source()).not.toHaveProperty("sharedDrill");
  });
});
