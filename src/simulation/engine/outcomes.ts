/** Seconds that error shares are taken over (reference model, 8.3): old calls that give up together would put single steps above 1. */
export const windowS = 10;

/** What became of calls at every station, second by second, for the last ten seconds. Masses of calls. */
export class Outcomes {
  readonly #stations: number;
  readonly #ended: Float64Array;
  readonly #failed: Float64Array;
  readonly #shed: Float64Array;
  #row = 0;

  constructor(stations: number) {
    this.#stations = stations;
    this.#ended = new Float64Array(stations * windowS);
    this.#failed = new Float64Array(stations * windowS);
    this.#shed = new Float64Array(stations * windowS);
  }

  /** Adds what one step of a station has brought. */
  add(station: number, good: number, failed: number, shed: number): void {
    const at = this.#row * this.#stations + station;
    this.#ended[at]! += good + failed + shed;
    if (failed > 0) this.#failed[at]! += failed;
    if (shed > 0) this.#shed[at]! += shed;
  }

  /** Begins a new second and forgets the oldest. */
  turn(): void {
    this.#row = (this.#row + 1) % windowS;
    const from = this.#row * this.#stations;
    for (const column of [this.#ended, this.#failed, this.#shed]) column.fill(0, from, from + this.#stations);
  }

  /** Share of the calls that ended which failed, 0 to 1. */
  failedShare(station: number): number {
    return this.#share(this.#failed, station);
  }

  /** Share of the calls that ended which were shed, 0 to 1. */
  shedShare(station: number): number {
    return this.#share(this.#shed, station);
  }

  #share(column: Float64Array, station: number): number {
    let part = 0;
    let all = 0;
    for (let at = station; at < column.length; at += this.#stations) {
      part += column[at]!;
      all += this.#ended[at]!;
    }
    return all > 0 ? Math.min(1, part / all) : 0;
  }
}
