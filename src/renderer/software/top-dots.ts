/** Dots that lie above the rest, kept until all others are drawn. Grows, never shrinks, allocates nothing once it is large enough. */
export class TopDots {
  x = new Float64Array(4096);
  y = new Float64Array(4096);
  kind = new Uint8Array(4096);
  color = new Int32Array(4096);
  count = 0;

  push(x: number, y: number, kind: number, color: number): void {
    if (this.count === this.x.length) this.#grow();
    this.x[this.count] = x;
    this.y[this.count] = y;
    this.kind[this.count] = kind;
    this.color[this.count] = color;
    this.count += 1;
  }

  #grow(): void {
    const size = this.x.length * 2;
    this.x = withRoom(new Float64Array(size), this.x);
    this.y = withRoom(new Float64Array(size), this.y);
    this.kind = withRoom(new Uint8Array(size), this.kind);
    this.color = withRoom(new Int32Array(size), this.color);
  }
}

function withRoom<T extends Float64Array | Uint8Array | Int32Array>(larger: T, column: T): T {
  larger.set(column);
  return larger;
}
