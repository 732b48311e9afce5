import { err } from "#base/result.ts";
import type { RecordingSource } from "#players/recording/recording-source.ts";

const none = err({ kind: "none", message: "This feed is not recorded." } as const);

/** A source that keeps nothing. */
export const noRecording: RecordingSource = {
  overview: (_feed, _ask, answer) => {
    answer(none);
    return () => undefined;
  },
  groups: (_feed, _stretch, answer) => {
    answer(none);
    return () => undefined;
  },
  groupText: (_feed, _group, answer) => {
    answer(none);
    return () => undefined;
  },
};
