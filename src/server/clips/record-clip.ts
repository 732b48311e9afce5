import type { Random } from "#base/random.ts";
import type { Clock } from "#base/time.ts";
import type { ClipHeader } from "#protocol/recording/clip-format.ts";
import { writeClip } from "#protocol/recording/clip-writer.ts";
import { framed, type Moment } from "#protocol/recording/framed.ts";
import { Pseudonyms } from "#protocol/recording/pseudonyms.ts";

import { Feed } from "../feed/feed.ts";
import { framesPerGroup } from "../log/feed-log.ts";
import { MemoryLog } from "../log/memory-log.ts";
import type { OpenedSource } from "../sources/open-source.ts";
import { writeFile } from "./write-file.ts";
import { zlibPacking } from "./zlib-packing.ts";

export interface RecordOptions extends OpenedSource {
  readonly clock: Clock;
  readonly random: Random;
  /** As of a server: how long an edge stays that has fallen silent. */
  readonly lingerMs: number;
  readonly hasPseudonyms: boolean;
  readonly path: string;
  readonly isReplacing: boolean;
  /** Ends the recording. */
  readonly signal: AbortSignal;
  readonly onFailure: (message: string) => void;
}

export interface RecordedClip {
  readonly frames: number;
  readonly bytes: number;
}

/** Nobody comes back to this log; it numbers the frames. */
const logBounds = { epoch: "record", greatestFrames: 2 * framesPerGroup, greatestBytes: 2 ** 26 };

/**
 * Records what a server would show of a source into a clip, until the signal or the end of the source. Each group is in the file when the next one begins.
 * @throws an Error with a sentence when the file cannot be written.
 */
export async function recordClip(options: RecordOptions): Promise<RecordedClip> {
  const { feed: id, source, past, clock, random, signal, onFailure } = options;
  const arrived = new Arrivals();
  const feed = new Feed({
    id,
    source,
    log: new MemoryLog(logBounds),
    clock,
    random,
    lingerMs: past === undefined ? options.lingerMs : 0,
    watch: {
      onFrame: () => {},
      onLateFrame: () => {},
      onUnrecorded: () => {},
      onSourceFailure: (error, pauseMs) =>
        onFailure(
          `The source failed; trying again in ${Math.ceil(pauseMs / 1000)} s: ${error instanceof Error ? error.message : String(error)}`,
        ),
    },
  });
  const stopListening = feed.frames.on(({ seq, snapshot }) => arrived.add({ seq, snapshot }));
  const stopSource = new AbortController();
  signal.addEventListener("abort", () => stopSource.abort(), { once: true });
  if (signal.aborted) stopSource.abort();
  const running = feed.run(stopSource.signal).then(() => arrived.end());
  let frames = 0;
  const pseudonyms = options.hasPseudonyms ? new Pseudonyms() : undefined;
  async function* moments(): AsyncGenerator<Moment> {
    for await (const { seq, snapshot } of arrived) {
      frames += 1;
      yield { seq, snapshot: pseudonyms?.snapshot(snapshot) ?? snapshot };
    }
  }
  const header: ClipHeader = {
    feed: id,
    title: source.title.slice(0, 256),
    intervalMs: source.intervalMs,
    from: clock.now(),
    names: "real",
  };
  const pieces = writeClip(
    {
      header: pseudonyms?.header(header) ?? header,
      frames: framed(moments(), framesPerGroup),
      bookmarks: () => [],
    },
    zlibPacking,
  );
  try {
    const { bytes } = await writeFile(options.path, pieces, {
      isKeptUnfinished: true,
      isReplacing: options.isReplacing,
    });
    return { frames, bytes };
  } finally {
    stopSource.abort();
    stopListening();
    await running;
    await feed.log.close();
  }
}

/** What has come and not been taken yet. */
class Arrivals implements AsyncIterable<Moment> {
  #moments: Moment[] = [];
  #isEnded = false;
  #wake: () => void = () => {};

  add(moment: Moment): void {
    this.#moments.push(moment);
    this.#wake();
  }

  end(): void {
    this.#isEnded = true;
    this.#wake();
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Moment> {
    while (true) {
      yield* this.#moments.splice(0);
      if (this.#moments.length > 0) continue;
      if (this.#isEnded) return;
      await new Promise<void>((wake) => {
        this.#wake = wake;
      });
    }
  }
}
