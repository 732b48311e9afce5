/**
 * What became of the spans: all but `received` and `waiting` add up to `received` once nothing waits any more. Each is counted once.
 */
export interface SpanCounts {
  received: number;
  /** Both ends of the request were seen. */
  paired: number;
  /** The other end is known from attributes only (a database, a queue, another system), or is outside. */
  virtual: number;
  /** The other half did not come in time, and nothing tells who it was. */
  unpaired: number;
  /** Came when its other half was settled already, or long after it ended. */
  late: number;
  /** Work inside a service. */
  internal: number;
  /** Not counted at all: without ids or service, there twice, or more than can be kept. */
  dropped: number;
  /** Wait for their other half now. */
  waiting: number;
}

export function noSpans(): SpanCounts {
  return { received: 0, paired: 0, virtual: 0, unpaired: 0, late: 0, internal: 0, dropped: 0, waiting: 0 };
}
