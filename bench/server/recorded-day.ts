import { diffSnapshots } from "#domain/delta.ts";
import { mulberry32 } from "#base/random.ts";
import type { TrafficSnapshot } from "#domain/snapshot.ts";
import { nodeVolumes } from "#domain/volume.ts";
import { frameLine } from "#protocol/recording/frame-line.ts";
import { summarise, summaryRow } from "#protocol/recording/frame-summary.ts";
import { framesPerGroup } from "#server/log/feed-log.ts";
import type { FrameRow } from "#server/log/sqlite/day-file.ts";
import { RecordingStore } from "#server/log/sqlite/recording-store.ts";
import { mockFrame, publicSample, sampleSkipped } from "#testing/public-sample.ts";
import { storeOptions } from "#testing/store-fixture.ts";

import { walked } from "../recording.ts";

/** Seconds. */
export const day = 86_400;

/** What is recorded: the sample where it is at hand, and how rows call it. */
export function sampleAtHand(): { readonly base: TrafficSnapshot; readonly called: string } {
  return sampleSkipped === ""
    ? { base: publicSample(), called: "the sample graph" }
    : { base: mockFrame("topologies/three-regions.json"), called: "the demo's graph" };
}

/** Records a day at 1 Hz in which every number changes every second, a group at a time: nobody measures how long it takes. */
export function recordDay(folder: string, base: TrafficSnapshot, start: number, seconds = day): void {
  const store = new RecordingStore(storeOptions(folder));
  const random = mulberry32(7);
  let before: TrafficSnapshot | undefined;
  let rows: FrameRow[] = [];
  for (let second = 0; second < seconds; second += 1) {
    const snapshot = walked(before ?? base, base, start + second * 1000, random);
    const isKey = before === undefined || second % framesPerGroup === 0;
    if (isKey) {
      store.append(rows);
      rows = [];
    }
    const seq = second + 1;
    const frame =
      before === undefined || isKey
        ? ({ kind: "key", snapshot } as const)
        : ({ kind: "delta", delta: diffSnapshots(before, snapshot) } as const);
    const summary = summaryRow(summarise(snapshot, nodeVolumes(snapshot)));
    rows.push({ seq, at: snapshot.at, isKey, id: String(seq), line: frameLine({ seq, frame }), summary });
    before = snapshot;
  }
  store.append(rows);
  store.close();
}
