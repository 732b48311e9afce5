import type { Random } from "#base/random.ts";
import { Disposer, type Dispose } from "#base/disposer.ts";
import { every, type Clock } from "#base/time.ts";
import type { Codec } from "#protocol/codec.ts";
import type { DrillState } from "#protocol/messages.ts";
import type { Seq } from "#protocol/recording/recorded-frame.ts";

import type { SharedDrill } from "../drills/shared-drill.ts";
import type { Feed, FeedHead } from "./feed.ts";
import { FrameMessages } from "./frame-messages.ts";
import type { FeedMessage, Outlet } from "./outlet.ts";
import { missedFrames, replayMessages, whyNotResumed, type ResumePoint } from "./replay.ts";
import { sourceMessage } from "./source-message.ts";
import { ViewerCredit } from "./viewer-credit.ts";

/** A viewer that has not answered for so long is not there any more, or shows nothing. */
const patienceMs = 30_000;
const sweepMs = 5_000;

/** A viewer with more than this on its way out is cut, unless two snapshots of its feed are larger. */
const greatestBufferedBytes = 1024 * 1024;

/** How a subscription that named a frame went on. */
export type ResumeResult = "nothing-missed" | "replayed" | "reset";

export interface AudienceWatch {
  readonly onResume: (result: ResumeResult, viewers: number) => void;
  /** So many viewers got one frame in place of several. */
  readonly onMerged: (viewers: number) => void;
  readonly onCut: (why: "silent" | "buffered") => void;
  /** The log could not be read; the viewers who needed it start anew. */
  readonly onUnreadable: (error: unknown) => void;
}

export interface AudienceOptions {
  readonly feed: Feed;
  /** Present where drills can run that everybody sees. */
  readonly drill: SharedDrill | undefined;
  readonly outlet: Outlet;
  readonly codec: Codec;
  readonly clock: Clock;
  readonly random: Random;
  readonly watch: AudienceWatch;
}

interface Viewer {
  readonly id: string;
  readonly credit: ViewerCredit;
  /** `busy`: something is being made for it and will be sent. */
  wants: "snapshot" | "replay" | "frames" | "busy";
  wantsSource: boolean;
  wantsDrill: boolean;
  /** The last frame that was sent to it; 0 before the first. */
  at: Seq;
}

/**
 * All who watch one feed. Viewers that stand at the same frame and have credit are sent to as one group, from one encoded message. A viewer without
 * credit gets nothing; its next acknowledgement brings it, in one merged frame, to the head.
 */
export class Audience {
  readonly #options: AudienceOptions;
  readonly #viewers = new Map<string, Viewer>();
  readonly #messages: FrameMessages;
  readonly #disposer = new Disposer();
  #isFlushDue = false;

  constructor(options: AudienceOptions) {
    const { feed, drill, codec, clock } = options;
    this.#options = options;
    this.#messages = new FrameMessages(feed, codec);
    // Frames go out at once; what viewers ask for waits for the end of the turn, so that many who ask together are one group.
    this.#disposer.add(feed.frames.on(() => this.#flush()));
    this.#disposer.add(
      feed.problemsChanged.on(() => {
        for (const viewer of this.#viewers.values()) viewer.wantsSource = true;
        this.#flushSoon();
      }),
    );
    // At once: what happened is told before the first frame that shows it.
    if (drill !== undefined) this.#disposer.add(drill.changed.on((state) => this.#tellDrill(state)));
    this.#disposer.add(every(clock, sweepMs, () => this.#cutTheStalled()));
  }

  get size(): number {
    return this.#viewers.size;
  }

  /** How many have not got the newest frame yet, because they have not answered to earlier ones. */
  get behind(): number {
    const head = this.#options.feed.head?.seq ?? 0;
    let count = 0;
    for (const { at, credit } of this.#viewers.values()) if (at < head && !credit.hasCredit) count += 1;
    return count;
  }

  /** Begins anew for a viewer that is already there. */
  subscribe(id: string, point: ResumePoint | undefined): void {
    const { feed, drill, outlet, watch } = this.#options;
    const viewer: Viewer = {
      id,
      credit: new ViewerCredit(),
      wants: "snapshot",
      wantsSource: true,
      wantsDrill: drill !== undefined,
      at: 0,
    };
    this.#viewers.set(id, viewer);
    if (point !== undefined) {
      const { epoch, newest } = feed.log.head();
      const why = whyNotResumed(feed.log, feed.head?.seq ?? newest, point);
      if (why !== undefined) {
        watch.onResume("reset", 1);
        outlet.send([id], { event: "reset", body: { epoch, why } });
      } else {
        viewer.at = point.seq;
        viewer.wants = point.seq < newest ? "replay" : "frames";
        if (viewer.wants === "frames") watch.onResume("nothing-missed", 1);
      }
    }
    this.#flushSoon();
  }

  /** False when the viewer was sent no such frame, or has already answered to it. */
  acknowledge(id: string, seq: Seq): boolean {
    const viewer = this.#viewers.get(id);
    if (viewer?.credit.acknowledged(seq) !== true) return false;
    if (viewer.at < (this.#options.feed.head?.seq ?? 0)) this.#flushSoon();
    else if (viewer.credit.isIdle) viewer.credit.keptUp();
    return true;
  }

  leave(id: string): void {
    this.#viewers.delete(id);
  }

  readonly dispose: Dispose = this.#disposer.dispose;

  #flushSoon(): void {
    if (this.#isFlushDue) return;
    this.#isFlushDue = true;
    setImmediate(() => {
      this.#isFlushDue = false;
      if (!this.#disposer.isDisposed) this.#flush();
    });
  }

  #flush(): void {
    this.#sendSources();
    this.#sendDrills();
    const { head } = this.#options.feed;
    if (head === undefined) return;
    for (const [from, viewers] of this.#groups("frames", head)) this.#sendFrame(from, viewers, head);
    for (const [from, viewers] of this.#groups("snapshot", head)) {
      void this.#sendSnapshot(from, viewers, head);
    }
    for (const [from, viewers] of this.#groups("replay", head)) void this.#replay(from, viewers);
  }

  /** Those who want it and may be sent something, by the frame that they hold. */
  #groups(wanted: Viewer["wants"], head: FeedHead): Map<Seq, Viewer[]> {
    const groups = new Map<Seq, Viewer[]>();
    for (const viewer of this.#viewers.values()) {
      if (viewer.wants !== wanted || viewer.at >= head.seq) continue;
      if (!viewer.credit.hasCredit) {
        viewer.credit.ranOut();
        continue;
      }
      const group = groups.get(viewer.at);
      if (group === undefined) groups.set(viewer.at, [viewer]);
      else group.push(viewer);
    }
    return groups;
  }

  #sendSources(): void {
    const due = [...this.#viewers.values()].filter((viewer) => viewer.wantsSource);
    if (due.length === 0) return;
    for (const viewer of due) viewer.wantsSource = false;
    this.#send(due, { event: "source", body: sourceMessage(this.#options.feed) });
  }

  #sendDrills(): void {
    const { drill } = this.#options;
    const due = [...this.#viewers.values()].filter((viewer) => viewer.wantsDrill);
    if (drill === undefined || due.length === 0) return;
    for (const viewer of due) viewer.wantsDrill = false;
    this.#send(due, { event: "drill", body: drill.state });
  }

  #tellDrill(state: DrillState): void {
    const viewers = [...this.#viewers.values()];
    for (const viewer of viewers) viewer.wantsDrill = false;
    this.#send(viewers, { event: "drill", body: state });
  }

  #sendFrame(from: Seq, viewers: readonly Viewer[], head: FeedHead): void {
    const body = this.#messages.delta(from, head);
    if (body === undefined) {
      for (const viewer of viewers) viewer.wants = "snapshot";
      return;
    }
    this.#tellMerged(from, head.seq, viewers);
    this.#sendFrameMessage(viewers, { event: "delta", body }, head.seq);
  }

  async #sendSnapshot(from: Seq, viewers: readonly Viewer[], head: FeedHead): Promise<void> {
    for (const viewer of viewers) viewer.wants = "busy";
    const body = await this.#messages.snapshot(head);
    this.#tellMerged(from, head.seq, viewers);
    this.#sendFrameMessage(viewers, { event: "snapshot", body }, head.seq);
    // On a slow line nothing else should wait behind it.
    for (const { credit } of viewers) credit.ranOut();
    this.#follow(viewers);
  }

  async #replay(from: Seq, viewers: readonly Viewer[]): Promise<void> {
    for (const viewer of viewers) viewer.wants = "busy";
    const { feed, watch, codec } = this.#options;
    const missed = await missedFrames(feed.log, from).catch((error: unknown) => {
      watch.onUnreadable(error);
      return undefined;
    });
    watch.onResume(missed === undefined ? "reset" : "replayed", viewers.length);
    if (missed === undefined) {
      const why = "This page missed more than it is worth to send again.";
      this.#send(viewers, { event: "reset", body: { epoch: feed.log.head().epoch, why } });
      for (const viewer of viewers) {
        viewer.wants = "snapshot";
        viewer.at = 0;
      }
      this.#flushSoon();
      return;
    }
    let at = from;
    for (const stored of missed) {
      for (const message of await replayMessages(feed.log, at, stored, codec)) {
        if (message.event === "gap") this.#send(viewers, message);
        else this.#sendFrameMessage(viewers, message, stored.seq);
      }
      at = stored.seq;
    }
    this.#follow(viewers);
  }

  #follow(viewers: readonly Viewer[]): void {
    for (const viewer of viewers) viewer.wants = "frames";
    this.#flushSoon();
  }

  #tellMerged(from: Seq, to: Seq, viewers: readonly Viewer[]): void {
    if (from === 0 || to - from < 2) return;
    this.#options.watch.onMerged(viewers.length);
    const why = "This page could not keep up; these frames came as one.";
    this.#send(viewers, { event: "gap", body: { from: from + 1, to: to - 1, why } });
  }

  #sendFrameMessage(viewers: readonly Viewer[], message: FeedMessage, seq: Seq): void {
    const now = this.#options.clock.now();
    this.#send(viewers, message);
    for (const viewer of viewers) {
      viewer.at = seq;
      viewer.credit.sent(seq, now);
    }
  }

  /** Sends to those of the group who are still there and have not begun anew meanwhile. */
  #send(viewers: readonly Viewer[], message: FeedMessage): void {
    const ids = viewers.filter((viewer) => this.#viewers.get(viewer.id) === viewer).map(({ id }) => id);
    if (ids.length > 0) this.#options.outlet.send(ids, message);
  }

  #cutTheStalled(): void {
    const { clock, outlet, random, watch } = this.#options;
    const now = clock.now();
    const greatestBytes = Math.max(greatestBufferedBytes, 2 * this.#messages.snapshotBytes);
    for (const { id, credit } of this.#viewers.values()) {
      const isSilent = now - (credit.waitingSince ?? now) > patienceMs;
      if (!isSilent && outlet.bufferedBytes(id) <= greatestBytes) continue;
      watch.onCut(isSilent ? "silent" : "buffered");
      const why = isSilent
        ? "This page stopped answering."
        : "This page takes too little of what it is sent.";
      outlet.cut(id, { why, reconnectInMs: 1000 + 4000 * random() });
    }
  }
}
