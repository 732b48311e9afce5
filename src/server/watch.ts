import type { Logger } from "pino";

import type { Clock } from "#base/time.ts";

import type { DrillWatch } from "./drills/shared-drill.ts";
import type { AudienceWatch } from "./feed/audience.ts";
import type { Feed, FeedWatch } from "./feed/feed.ts";
import type { LogWatch } from "./log/open-log.ts";
import type { Metrics } from "./metrics.ts";
import type { MergedSource } from "./sources/merged/merged-source.ts";
import type { PeakWatch } from "./sources/merged/peak-book.ts";

/** Counts and logs what happens to a feed. */
export function watchFeed(feed: string, metrics: Metrics, logger: Logger): FeedWatch {
  let isRecording = true;
  return {
    onFrame: ({ isRecorded }, appendMs) => {
      metrics.frames.inc({ feed, recorded: isRecorded ? "yes" : "no" });
      metrics.appendSeconds.observe({ feed }, appendMs / 1000);
      if (isRecorded && !isRecording) logger.info({ feed }, `Recording ${feed} again`);
      isRecording = isRecorded;
    },
    onLateFrame: () => metrics.lateFrames.inc({ feed }),
    onSourceFailure: (error, pauseMs) => {
      metrics.sourceErrors.inc({ feed });
      logger.warn(
        { feed, err: error },
        `The source of ${feed} failed; trying again in ${Math.ceil(pauseMs / 1000)} s`,
      );
    },
    onUnrecorded: (error) => {
      // Once, not with every frame until somebody makes room on the disk.
      if (isRecording)
        logger.error({ feed, err: error }, `${feed} is not recorded any more; it goes on live`);
    },
  };
}

/** Counts and logs what happens to a feed's history. */
export function watchLog(feed: string, metrics: Metrics, logger: Logger): LogWatch {
  return {
    onNotRecorded: (why) => logger.warn({ feed }, `${feed} is not recorded. ${why}`),
    onSetAside: ({ file, as, why }) => {
      metrics.damagedGroups.inc({ feed });
      logger.error({ feed, file, as }, `A recording of ${feed} is damaged and was renamed to ${as}: ${why}`);
    },
    onDamage: (first, last, why) => {
      metrics.damagedGroups.inc({ feed });
      logger.error({ feed, first, last }, `Frames ${first} to ${last} of ${feed} cannot be read: ${why}`);
    },
    onRemoved: (first, last) =>
      logger.warn(
        { feed, first, last },
        `Frames ${first} to ${last} of ${feed} were removed while somebody read the recording; a clip that was being cut lacks them. Keep more with keep and keepBytes.`,
      ),
  };
}

/** Counts and logs what happens to the viewers of a feed. */
export function watchAudience(feed: string, metrics: Metrics, logger: Logger): AudienceWatch {
  return {
    onResume: (result, viewers) => metrics.resumes.inc({ feed, result }, viewers),
    onMerged: (viewers) => metrics.mergedFrames.inc({ feed }, viewers),
    onCut: (why) => {
      metrics.cuts.inc({ feed, why });
      logger.info({ feed, why }, `Cut a viewer of ${feed}`);
    },
    onUnreadable: (error) => logger.error({ feed, err: error }, `The log of ${feed} cannot be read`),
  };
}

/** Counts drills that everybody sees, and writes down who did what: the audit's lines have `audit: true`. */
export function watchDrills(feed: string, metrics: Metrics, logger: Logger): DrillWatch {
  const audit = logger.child({ audit: true, feed });
  return {
    onStarted: (started) => {
      metrics.sharedDrills.inc({ feed });
      const { victim, policy, by } = started;
      audit.info(started, `Drill on ${feed}: the role ${by} fails over ${victim} (${policy})`);
    },
    onChanged: (what, by) => audit.info({ what, by }, `Drill on ${feed}: ${what}, by the role ${by}`),
    onEnded: (why) => audit.info({ why }, `Drill on ${feed}: ${why}`),
    onFailed: (error) => logger.error({ feed, err: error }, `The simulation of a drill on ${feed} failed`),
  };
}

/** Tells how the sources of a feed are whenever the metrics are read. */
export function watchSources(feed: string, merged: MergedSource, metrics: Metrics, clock: Clock): void {
  metrics.collect(() => {
    for (const { name: source, state, at, edges, counts } of merged.status()) {
      metrics.sourceUp.set({ feed, source }, state === "ok" ? 1 : 0);
      metrics.sourceEdges.set({ feed, source }, edges);
      if (at !== undefined) metrics.sourceAge.set({ feed, source }, (clock.now() - at) / 1000);
      for (const [what, count] of Object.entries(counts))
        metrics.sourceCounts.set({ feed, source, what }, count);
    }
  });
}

const severityNames = ["info", "warning", "error"] as const;

/** Counts the notices of a feed's newest frame (alerts, thresholds, what sources say) whenever the metrics are read. */
export function watchNotices(feed: Feed, metrics: Metrics): void {
  metrics.collect(() => {
    const counts = [0, 0, 0];
    for (const { severity } of feed.head?.snapshot.notices ?? [])
      counts[severity] = (counts[severity] ?? 0) + 1;
    severityNames.forEach((severity, index) =>
      metrics.notices.set({ feed: feed.id, severity }, counts[index] ?? 0),
    );
  });
}

/** Logs what is wrong with the file of a feed's peaks. */
export function watchPeaks(feed: string, logger: Logger): PeakWatch {
  return {
    onSetAside: (file, as) =>
      logger.error({ feed, file, as }, `The peaks of ${feed} are damaged and were renamed to ${as}`),
    onUnwritten: (error) => logger.warn({ feed, err: error }, `The peaks of ${feed} cannot be written`),
  };
}
