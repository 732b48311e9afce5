import { describe, expect, it } from "vitest";

import type { Result } from "#base/result.ts";
import type { TrafficSnapshot } from "#domain/snapshot.ts";
import { twoRegions } from "#testing/builders.ts";
import { testHeader } from "#testing/clips.ts";
import { directSimulation } from "#testing/direct-simulation.ts";
import { FakePlayer } from "#testing/fake-player.ts";
import { ManualClock } from "#testing/manual-clock.ts";
import { MemoryRecording } from "#testing/memory-recording.ts";
import { noCutter } from "#testing/no-clips.ts";
import { defaultPlan } from "#simulation/plan/default-plan.ts";

import type { ShownFile } from "./clip/clip-service.ts";
import { createDrillPlayer } from "./drill-player.ts";
import { createFilePlayer } from "./file-player.ts";
import type { PlayerState } from "./player.ts";
import { createReplayPlayer } from "./replay-player.ts";

const start = 1_000_000;
const now = 9_000_000;
const frameAt = (i: number) => twoRegions(start + i * 1000);

const file: ShownFile = {
  name: "incident.spillway.ndjson.gz",
  header: testHeader,
  range: { from: start, to: start + 59_000 },
  source: new MemoryRecording(
    Array.from({ length: 60 }, (_, i) => frameAt(i)),
    10,
  ),
  cutter: noCutter,
  oddities: ["It breaks off."],
};

/** A live feed, and the players that the page puts around it. */
function watching() {
  const clock = new ManualClock(now);
  const live = new FakePlayer();
  const recording = new MemoryRecording([twoRegions(now)]);
  const files = createFilePlayer(createReplayPlayer(live, { source: recording, clock }), {
    recording,
    clock,
  });
  const player = createDrillPlayer(files, { simulation: directSimulation().service, clock });
  const states: PlayerState[] = [];
  player.start((state) => void states.push(state));
  live.show(twoRegions(now));
  return { clock, live, files, player, states, last: () => states.at(-1)! };
}

describe("a player that shows a file", () => {
  it("shows it from its beginning, as a replay of that file, and what its past is", () => {
    const { player, files, last } = watching();
    player.files?.show(file);
    expect(last()).toMatchObject({
      phase: { kind: "replay", replay: { isPaused: false, end: start + 59_000 } },
      source: { title: "Demo", file: { name: file.name }, problems: [{ found: "It breaks off." }] },
    });
    expect(last().current?.at).toBe(start);
    files.recording.overview("demo", { bins: 5 }, (answer) => {
      expect(answer.ok && answer.value.range).toEqual(file.range);
    });
  });

  it("begins at another moment, paused, where that is asked for", () => {
    const { player, last } = watching();
    player.files?.show(file, { at: start + 30_000, isPaused: true });
    expect(last().current?.at).toBe(start + 30_000);
    expect(player.playback?.isPaused).toBe(true);
  });

  it("has the frames before the moment at hand that came along with it, and none twice", () => {
    const { player } = watching();
    player.files?.show(file, { at: start + 30_000, isPaused: true });
    const before = player.replay?.framesBefore?.(start + 30_000, start).map(({ at }) => at) ?? [];
    expect(before.at(-1)).toBe(start + 29_000);
    expect(before.length).toBeGreaterThanOrEqual(10);
    expect(before.every((at, i) => i === 0 || at === 1000 + before[i - 1]!)).toBe(true);
  });

  it("fetches a moment of the file, to compare with; what is shown stays", async () => {
    const { player, last } = watching();
    player.files?.show(file, { at: start + 30_000, isPaused: true });
    const moment = (at: number) =>
      new Promise<Result<TrafficSnapshot, string>>((settle) => player.replay?.frameAt(at, settle));
    expect(await moment(start + 12_400)).toMatchObject({ ok: true, value: { at: start + 12_000 } });
    expect(await moment(start - 1)).toEqual({
      ok: false,
      error: "Nothing was recorded at this moment, nor before it.",
    });
    expect(last().current?.at).toBe(start + 30_000);
  });

  it("goes on whatever becomes of the line, and leads back to what is live, each as another generation", () => {
    const { live, player, states, last } = watching();
    player.files?.show(file, { isPaused: true });
    live.tell({ phase: { kind: "refused", cause: "token", message: "no" } });
    expect(last().phase.kind).toBe("replay");
    live.show(twoRegions(now + 1000));
    player.replay?.goLive();
    expect(last().current?.at).toBe(now + 1000);
    expect(last().source?.file).toBeUndefined();
    const generations = states.map(({ generation }) => generation);
    expect(generations).toEqual(generations.toSorted((a, b) => a - b));
    const shown = new Map(states.map(({ generation, source }) => [generation, source?.file?.id]));
    for (const { generation, source } of states) expect(shown.get(generation)).toBe(source?.file?.id);
  });

  it("stands at the end, and begins again when somebody presses play", () => {
    const { clock, player, last } = watching();
    player.files?.show(file, { at: start + 55_000 });
    clock.advance(10_000);
    expect(last()).toMatchObject({ phase: { kind: "replay", replay: { isPaused: true, isLoading: false } } });
    expect(last().current?.at).toBe(start + 59_000);
    player.playback?.resume();
    expect(last().current?.at).toBe(start);
    clock.advance(3_000);
    expect(last().current?.at).toBe(start + 3_000);
  });

  it("shows another one in its place", () => {
    const { player, last } = watching();
    player.files?.show(file);
    const id = last().source?.file?.id;
    player.files?.show({ ...file, name: "other" });
    expect(last().source?.file?.name).toBe("other");
    expect(last().source?.file?.id).not.toBe(id);
  });

  it("fails over a region in the middle of it, and goes on with the file afterwards", async () => {
    const { player, last } = watching();
    player.files?.show(file, { at: start + 30_000, isPaused: true });
    const { basis } = player.drills;
    expect(basis?.frame.at).toBe(start + 30_000);
    const started = await player.drills.start({
      basis: basis!,
      plan: defaultPlan("east", 1),
      commands: [],
      speed: 60,
    });
    expect(started.ok).toBe(true);
    expect(last()).toMatchObject({ phase: { kind: "simulated" }, source: { file: { name: file.name } } });
    expect(last().current?.simulated?.victim).toBe("east");
    player.drills.stop();
    expect(last().phase.kind).toBe("replay");
    expect(last().current?.at).toBe(start + 30_000);
    expect(last().current?.simulated).toBeUndefined();
  });
});
