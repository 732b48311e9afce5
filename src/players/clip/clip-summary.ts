import type { Millis } from "#base/time.ts";
import type { TrafficSnapshot } from "#domain/snapshot.ts";
import { nodeVolumes } from "#domain/volume.ts";
import { summarise, summaryRow, type SummaryRow } from "#protocol/recording/frame-summary.ts";
import { marksOf, OverviewSum, rebin, type Mark, type OverviewBin } from "#protocol/recording/overview.ts";

import type { OverviewAsk, RecordingOverview, Stretch } from "../recording/recording-source.ts";

/** More are joined in pairs: a day and more at a frame a second. */
const mostBins = 100_000;
/** Nobody looks at more; the first ones are kept. */
const mostMarks = 10_000;

/** What a timeline draws of a clip, as far as the clip has been read. */
export class ClipSummary {
  readonly #from: Millis;
  #stepMs: number;
  #bins: OverviewBin[] = [];
  readonly #marks: Mark[] = [];
  #open = new OverviewSum();
  #openIndex = 0;
  #last: SummaryRow | undefined;

  /** `stepMs`: as fine as anybody will look. */
  constructor(from: Millis, stepMs: number) {
    this.#from = from;
    this.#stepMs = Math.max(1, stepMs);
  }

  /** The last moment that is in it. */
  get to(): Millis | undefined {
    return this.#last?.[0];
  }

  /** Moments ascend. */
  add(snapshot: TrafficSnapshot): void {
    const row = summaryRow(summarise(snapshot, nodeVolumes(snapshot)));
    if (this.#marks.length < mostMarks) this.#marks.push(...marksOf([row], this.#last));
    this.#last = row;
    const index = Math.floor((row[0] - this.#from) / this.#stepMs);
    if (index !== this.#openIndex) {
      this.#close();
      this.#openIndex = index;
    }
    this.#open.add(row);
    if (this.#bins.length > mostBins) this.#coarsen();
  }

  /** `range`: what there is, read or not. */
  overview({ stretch, bins }: OverviewAsk, range: Stretch): RecordingOverview {
    const { from, to } = stretch ?? range;
    const stepMs = Math.max(this.#stepMs, (to - from) / Math.max(1, bins));
    const isInside = ({ at }: { readonly at: Millis }) => at >= from && at <= to;
    const known = [...this.#bins, ...(this.#open.frames > 0 ? [this.#open.bin(this.#openAt)] : [])];
    return {
      range,
      // What has not been read is not known to be empty.
      stretch: { from, to: Math.max(from, Math.min(to, this.to ?? from)) },
      stepMs,
      bins: rebin(known.filter(isInside), from, stepMs),
      marks: this.#marks.filter(isInside),
    };
  }

  get #openAt(): Millis {
    return this.#from + this.#openIndex * this.#stepMs;
  }

  #close(): void {
    if (this.#open.frames > 0) this.#bins.push(this.#open.bin(this.#openAt));
    this.#open = new OverviewSum();
  }

  #coarsen(): void {
    this.#close();
    this.#stepMs *= 2;
    this.#bins = [...rebin(this.#bins, this.#from, this.#stepMs)];
    // What comes next may fall into the last one: two of the same time are joined when they are asked for.
    this.#openIndex = -1;
  }
}
