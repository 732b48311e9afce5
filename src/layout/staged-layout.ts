/** A layout that has a first picture at once and gets better in small steps. */
export interface StagedLayout {
  /** Places as they stand, x and y in turn, centred on (0, 0). A new array at each call. */
  picture(): Float32Array;
  /** Whether the picture is only a start that the finished one will not resemble. */
  isRough(): boolean;
  /** A small step, a few milliseconds at most at 1,000 nodes; returns whether there is nothing more to do. */
  tick(): boolean;
}
