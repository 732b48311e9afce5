import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from "prom-client";

/** What the server counts. Names end in their unit; a label has few values, and none that comes from outside. */
export function createMetrics() {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const counter = (name: string, help: string, labelNames: string[] = []) =>
    new Counter({ name: `spillway_${name}`, help, labelNames, registers });
  const gauge = (name: string, help: string, labelNames: string[] = []) =>
    new Gauge({ name: `spillway_${name}`, help, labelNames, registers });
  const collectors: (() => void | Promise<void>)[] = [];
  return {
    registry,
    /** Is called before the metrics are read, to set gauges. */
    collect: (collector: () => void | Promise<void>) => void collectors.push(collector),
    read: async () => {
      for (const collector of collectors) await collector();
      return registry.metrics();
    },
    viewers: gauge("viewers", "Viewers that are subscribed to a feed", ["feed"]),
    viewersBehind: gauge(
      "viewers_behind",
      "Viewers that have not answered to earlier frames and wait for the newest",
      ["feed"],
    ),
    frameAge: gauge("frame_age_seconds", "Age of a feed's newest frame", ["feed"]),
    frames: counter("frames_total", "Frames of a feed; recorded: no, when the log could not take it", [
      "feed",
      "recorded",
    ]),
    lateFrames: counter(
      "late_frames_total",
      "States left out because they were not newer than the one before",
      ["feed"],
    ),
    mergedFrames: counter(
      "merged_frames_total",
      "Messages to a viewer that held several frames, because it had not kept up",
      ["feed"],
    ),
    resumes: counter("resumes_total", "Viewers that came back, by how they went on", ["feed", "result"]),
    cuts: counter(
      "viewer_cuts_total",
      "Viewers cut because they did not answer or take what they were sent",
      ["feed", "why"],
    ),
    sourceErrors: counter("source_errors_total", "Failures of a feed's source", ["feed"]),
    sourceAge: gauge("source_age_seconds", "Age of what a source of a feed said last", ["feed", "source"]),
    sourceUp: gauge(
      "source_up",
      "1 while a source of a feed is well, 0 while it failed, is stale or has said nothing yet",
      ["feed", "source"],
    ),
    sourceEdges: gauge("source_edges", "Edges that a source of a feed named last", ["feed", "source"]),
    notices: gauge("notices", "Notices on a feed's newest frame, by how bad they are", ["feed", "severity"]),
    sourceCounts: gauge("source_counts", "What a source of a feed counts", ["feed", "source", "what"]),
    refusals: counter("refused_connections_total", "Connections refused, by cause", ["cause"]),
    badMessages: counter("bad_messages_total", "Messages from viewers that were malformed or too many"),
    handlerErrors: counter("handler_errors_total", "Handlers of viewers' messages that threw: each is a bug"),
    cspReports: counter("csp_reports_total", "Violations of the content security policy that pages reported"),
    sharedDrills: counter("shared_drills_total", "Drills that were run for all viewers of a feed", ["feed"]),
    damagedGroups: counter("damaged_groups_total", "Groups of recorded frames that could not be read", [
      "feed",
    ]),
    recordingBytes: gauge("recording_bytes", "Size of a feed's recording on the disk", ["feed"]),
    frozenFrames: gauge("frozen_frames", "Frames that are kept because links point to them"),
    appendSeconds: new Histogram({
      name: "spillway_log_append_seconds",
      help: "Time until the log had taken a frame",
      labelNames: ["feed"],
      buckets: [0.0005, 0.001, 0.002, 0.005, 0.01, 0.05, 0.1, 0.5, 1],
      registers,
    }),
  };
}

export type Metrics = ReturnType<typeof createMetrics>;
