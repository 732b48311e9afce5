/** A part of a ranked picture, before it has its place: columns count from 0, heights are world units around 0. */
export interface Block {
  /** Nodes of the whole graph. */
  readonly nodes: readonly number[];
  /** Edges among them, as positions in `nodes`. */
  readonly from: Uint32Array;
  readonly to: Uint32Array;
  readonly column: Int32Array;
  readonly y: Float64Array;
  /** Height of one row, about. */
  readonly row: number;
}

/** A block that gets better in small steps. */
export interface BlockDrawing {
  /** The block as it stands; valid until the next tick. No two of its discs or labels touch. */
  block(): Block;
  /** Whether what is to come will not resemble what there is. */
  isRough(): boolean;
  /** One tick; returns whether there is nothing more to do. */
  tick(): boolean;
}

/** Ticks after which every drawing is done. */
export const ticksPerDrawing = 60;

export function columnsOf(block: Pick<Block, "column">): number {
  return block.column.reduce((most, column) => Math.max(most, column + 1), 0);
}

/** A drawing that stays as it is. */
export function noTicks(drawing: BlockDrawing): BlockDrawing {
  return { block: () => drawing.block(), isRough: () => false, tick: () => true };
}
