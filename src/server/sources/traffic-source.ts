import type { Millis } from "#base/time.ts";
import type { Diagnostic } from "#domain/diagnostic.ts";
import type { TrafficSnapshot } from "#domain/snapshot.ts";

/**
 * Gives a newer state of the traffic, and everything that is odd in it now (the whole list, every time). Moments must ascend; what is not newer
 * than the last is left out.
 */
export type Emit = (snapshot: TrafficSnapshot, problems: readonly Diagnostic[]) => void;

/** The systems that a source is put together from, and of how many of them nothing new comes. */
export interface SourcesHealth {
  readonly count: number;
  readonly silent: number;
}

/** Where traffic comes from. */
export interface TrafficSource {
  /** For people: "Demo", or the name of a file. */
  readonly title: string;
  /** How often it emits; a viewer that hears nothing for three intervals calls the feed stale. */
  readonly intervalMs: number;
  /** It plays something recorded, from there to there: nothing that it shows is live. */
  readonly past?: { readonly from: Millis; readonly to: Millis };
  /** Its traffic never was. Only there may simulated frames stand in the record: nobody can take them for something that happened. */
  readonly isMadeUp: boolean;
  /** Of a source that is put together from several systems: how they are now. */
  health?(): SourcesHealth;
  /**
   * Emits until the signal aborts, then resolves soon. Resolving earlier means that nothing more will come.
   * @throws when it cannot go on; it is run again after a while, and people are told.
   */
  run(emit: Emit, signal: AbortSignal): Promise<void>;
}
