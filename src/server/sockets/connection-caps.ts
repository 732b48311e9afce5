import { isLoopback } from "../access/origin.ts";

export interface CapLimits {
  readonly total: number;
  readonly perAddress: number;
}

/** Counts connections, so that nobody can use up all of them. */
export class ConnectionCaps {
  readonly #limits: CapLimits;
  readonly #byAddress = new Map<string, number>();
  #total = 0;

  constructor(limits: CapLimits) {
    this.#limits = limits;
  }

  /** Whether one more from this address fits. This machine's own are only part of the total: behind a proxy all come from there. */
  hasRoom(address: string | undefined): boolean {
    const { total, perAddress } = this.#limits;
    if (this.#total >= total) return false;
    return isLoopback(address) || (this.#byAddress.get(address ?? "") ?? 0) < perAddress;
  }

  add(address: string | undefined): void {
    this.#total += 1;
    this.#byAddress.set(address ?? "", (this.#byAddress.get(address ?? "") ?? 0) + 1);
  }

  remove(address: string | undefined): void {
    this.#total -= 1;
    const left = (this.#byAddress.get(address ?? "") ?? 0) - 1;
    if (left > 0) this.#byAddress.set(address ?? "", left);
    else this.#byAddress.delete(address ?? "");
  }
}
