/** Bounds on what is read from outside. What exceeds them is refused with a sentence that names the bound and the place. */
export const limits = {
  nodes: 20_000,
  edges: 100_000,
  /** Levels of nodes below one another. */
  depth: 32,
  /** UTF-16 units of a name; other texts may be four times as long. */
  nameLength: 256,
  classes: 16,
  notices: 2_000,
} as const;
