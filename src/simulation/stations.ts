import { assert } from "#base/assert.ts";

import { returnShares, type Backoff } from "./backoff.ts";

/** How many retries a crowd of clients may add: a token bucket that fresh calls fill and retries empty (Brooker, "Fixing retries", 2022/02/28). */
export interface RetryBudget {
  /** Tokens per fresh call: the share of retries that it allows for long. */
  readonly ratio: number;
  /** Tokens that the bucket holds, and starts with. */
  readonly burst: number;
}

/** How the clients of one station behave, and what the server knows about them. */
export interface StationRules {
  /** Seconds after which a client gives its call up; whole steps, at least one. */
  readonly timeout: number;
  /** Tries after the first. */
  readonly retries: number;
  readonly backoff: Backoff;
  readonly budget?: RetryBudget;
  /** True where a server drops a call as its client gives up; otherwise it works on calls that nobody waits for. */
  readonly cancelsOnTimeout: boolean;
}

/**
 * Many first-come-first-served queues of fluid, stepped in fixed time. What waits is kept by age and attempt. As all clients of a station
 * wait equally long, those who gave up are always at the head of its queue: one number holds them, and the rest fits into a ring as long as the
 * timeout. A station with nothing waiting and enough capacity costs a handful of stores.
 *
 * Every number is a mass of calls, not a rate. For each station, over any time and to rounding:
 * fresh = good + failed + shed + in flight.
 */
export class Stations {
  /** Per station, of the last step: calls answered well within their timeout. */
  readonly good: Float64Array;
  /** Calls that ended without an answer or with an error. */
  readonly failed: Float64Array;
  /** Calls that ended because the queue was full. */
  readonly shed: Float64Array;
  /** Work done, for live and for abandoned calls: what the station's own callees receive. */
  readonly served: Float64Array;
  /** Tries that arrived, fresh and repeated. */
  readonly attempts: Float64Array;
  /** Tries that found the queue full, whether repeated later or not. */
  readonly rejected: Float64Array;
  /** Tries whose client gave up waiting, whether repeated later or not. */
  readonly expired: Float64Array;
  /** Per station: the most that may wait after a step, calls. Infinity unless set. */
  readonly queueLimit: Float64Array;

  readonly #dt: number;
  #now = 0;
  readonly #retries: Int32Array;
  readonly #cancels: Uint8Array;
  readonly #timeoutSteps: Int32Array;
  readonly #longestTimeout: Int32Array;
  readonly #errorDelay: Int32Array;
  readonly #shares: Float64Array[][];
  readonly #budgetRatio: Float64Array;
  readonly #budgetBurst: Float64Array;
  readonly #tokens: Float64Array;

  /** 1 where nothing waits in the queue, neither live nor abandoned. */
  readonly #isEmpty: Uint8Array;
  readonly #dead: Float64Array;
  readonly #live: Float64Array;
  /** The step of the oldest live calls, where the queue is not empty. */
  readonly #oldest: Int32Array;
  /** Live calls by step of arrival (a ring) and attempt. */
  readonly #ring: Float64Array;
  readonly #ringAt: Int32Array;
  /** The rings' lengths are powers of two; this is one less, so that `&` finds the place of a step. */
  readonly #ringMask: Int32Array;
  /** Calls that wait to be tried again, by step of return (a ring) and attempt. */
  readonly #returns: Float64Array;
  readonly #returnsAt: Int32Array;
  readonly #returnMask: Int32Array;
  readonly #waiting: Float64Array;
  /** The last step for which a return is noted. */
  readonly #lastReturn: Int32Array;

  /** One station per entry of `rules`; `dt` is the step in seconds. */
  constructor(rules: readonly StationRules[], dt: number) {
    assert(dt > 0, "a step must take time");
    const n = rules.length;
    const column = (): Float64Array => new Float64Array(n);
    const integers = (of: (rule: StationRules) => number): Int32Array => Int32Array.from(rules, of);
    this.#dt = dt;
    [this.good, this.failed, this.shed, this.served] = [column(), column(), column(), column()];
    [this.attempts, this.rejected, this.expired] = [column(), column(), column()];
    this.queueLimit = column().fill(Infinity);
    this.#retries = integers((rule) => rule.retries);
    this.#cancels = Uint8Array.from(rules, (rule) => (rule.cancelsOnTimeout ? 1 : 0));
    this.#timeoutSteps = integers((rule) => this.#stepsOf(rule.timeout));
    this.#longestTimeout = this.#timeoutSteps.slice();
    this.#errorDelay = new Int32Array(n);
    this.#shares = sharesOf(rules, dt);
    this.#budgetRatio = Float64Array.from(rules, (rule) => rule.budget?.ratio ?? Infinity);
    this.#budgetBurst = Float64Array.from(rules, (rule) => rule.budget?.burst ?? Infinity);
    this.#tokens = this.#budgetBurst.slice();
    this.#isEmpty = new Uint8Array(n).fill(1);
    [this.#dead, this.#live, this.#waiting] = [column(), column(), column()];
    this.#oldest = new Int32Array(n);
    this.#lastReturn = new Int32Array(n).fill(-1);
    this.#ringMask = this.#timeoutSteps.map((steps) => maskFor(steps + 1));
    this.#returnMask = Int32Array.from(rules, (_, i) => {
      const longest = Math.max(0, ...(this.#shares[i] ?? []).map((shares) => shares.length));
      return maskFor(longest + this.#longestTimeout[i]! + 2);
    });
    const ring = offsets(n, (i) => (this.#ringMask[i]! + 1) * (this.#retries[i]! + 1));
    const returns = offsets(n, (i) => (this.#returnMask[i]! + 1) * this.#retries[i]!);
    this.#ringAt = ring.at;
    this.#ring = new Float64Array(ring.length);
    this.#returnsAt = returns.at;
    this.#returns = new Float64Array(returns.length);
  }

  /** Shortens the time that clients wait, because the network or the service itself already takes a part of it; never above the rules' timeout. */
  setTimeout(i: number, seconds: number): void {
    this.#timeoutSteps[i] = Math.min(this.#longestTimeout[i]!, this.#stepsOf(seconds));
  }

  /** Seconds until a client learns of an error: 0 (as at the start) for a refusal, the timeout for an answer that comes too late. */
  setErrorDelay(i: number, seconds: number): void {
    const steps = Math.round(Math.max(0, seconds) / this.#dt);
    this.#errorDelay[i] = Math.min(this.#longestTimeout[i]!, steps);
  }

  /** Calls that the server has still to work on, live and abandoned. */
  backlog(i: number): number {
    return this.#dead[i]! + this.#live[i]!;
  }

  /** Calls whose client waits: in the queue, or for its next try. */
  inFlight(i: number): number {
    return this.#live[i]! + this.#waiting[i]!;
  }

  /** Ends the step of every station; call it once after `step` for each. */
  advance(): void {
    this.#now += 1;
  }

  /**
   * One step of one station.
   *
   * @param fresh first tries of this step, calls
   * @param room calls that it can serve in this step
   * @param errorShare share, 0 to 1, of live calls that are served but answered with an error
   */
  step(i: number, fresh: number, room: number, errorShare = 0): void {
    const tokens = this.#tokens[i]!;
    if (tokens < Infinity) {
      this.#tokens[i] = Math.min(this.#budgetBurst[i]!, tokens + this.#budgetRatio[i]! * fresh);
    }
    this.failed[i] = 0;
    this.shed[i] = 0;
    this.rejected[i] = 0;
    this.expired[i] = 0;
    const isCalm = this.#isEmpty[i] === 1 && this.#lastReturn[i]! < this.#now && fresh <= room;
    if (isCalm && !(errorShare > 0)) {
      this.good[i] = fresh;
      this.served[i] = fresh;
      this.attempts[i] = fresh;
      return;
    }
    this.good[i] = 0;
    if (this.#isEmpty[i] === 1) this.#oldest[i] = this.#now;
    this.#expire(i);
    this.#arrive(i, fresh, room);
    this.#serve(i, room, errorShare);
  }

  #stepsOf(seconds: number): number {
    return Math.max(1, Math.round(seconds / this.#dt));
  }

  #ringRow(i: number, step: number): number {
    return this.#ringAt[i]! + (step & this.#ringMask[i]!) * (this.#retries[i]! + 1);
  }

  /** Clients who have waited too long give up. */
  #expire(i: number): void {
    const oldestAllowed = this.#now - this.#timeoutSteps[i]!;
    const width = this.#retries[i]! + 1;
    let gone = 0;
    let oldest = this.#oldest[i]!;
    for (; oldest <= oldestAllowed; oldest += 1) {
      const row = this.#ringRow(i, oldest);
      for (let attempt = 0; attempt < width; attempt += 1) {
        const mass = this.#ring[row + attempt]!;
        if (mass === 0) continue;
        this.#ring[row + attempt] = 0;
        gone += mass;
        this.failed[i]! += this.#tryAgain(i, attempt, mass, 0);
      }
    }
    this.#oldest[i] = oldest;
    if (gone === 0) return;
    this.expired[i] = gone;
    this.#live[i] = Math.max(0, this.#live[i]! - gone);
    if (this.#cancels[i] === 0) this.#dead[i]! += gone;
  }

  /** Fresh and repeated tries join the queue, as far as it has room. */
  #arrive(i: number, fresh: number, room: number): void {
    const retries = this.#retries[i]!;
    const row = this.#ringRow(i, this.#now);
    this.#ring[row] = fresh;
    let total = fresh;
    if (this.#lastReturn[i]! >= this.#now) {
      const back = this.#returnsAt[i]! + (this.#now & this.#returnMask[i]!) * retries;
      for (let retry = 0; retry < retries; retry += 1) {
        const mass = this.#returns[back + retry]!;
        this.#returns[back + retry] = 0;
        this.#ring[row + 1 + retry] = mass;
        total += mass;
      }
      const left = this.#waiting[i]! - (total - fresh);
      this.#waiting[i] = this.#lastReturn[i] === this.#now ? 0 : Math.max(0, left);
    }
    this.attempts[i] = total;
    const space = Math.max(0, this.queueLimit[i]! - this.backlog(i) + room);
    if (total > space) {
      const refused = (total - space) / total;
      for (let attempt = 0; attempt <= retries; attempt += 1) {
        const mass = this.#ring[row + attempt]! * refused;
        if (mass === 0) continue;
        this.#ring[row + attempt]! -= mass;
        this.shed[i]! += this.#tryAgain(i, attempt, mass, 1);
      }
      this.rejected[i] = total - space;
      total = space;
    }
    this.#live[i]! += total;
  }

  #serve(i: number, room: number, errorShare: number): void {
    const abandoned = Math.min(this.#dead[i]!, room);
    this.#dead[i]! -= abandoned;
    let left = room - abandoned;
    let oldest = this.#oldest[i]!;
    const width = this.#retries[i]! + 1;
    for (; oldest <= this.#now; oldest += 1) {
      const row = this.#ringRow(i, oldest);
      let total = 0;
      for (let attempt = 0; attempt < width; attempt += 1) total += this.#ring[row + attempt]!;
      const share = total <= left ? 1 : left / total;
      for (let attempt = 0; attempt < width; attempt += 1) {
        const mass = this.#ring[row + attempt]! * share;
        this.#ring[row + attempt] = share === 1 ? 0 : this.#ring[row + attempt]! - mass;
        this.#answer(i, attempt, mass, errorShare);
      }
      const taken = total * share;
      left -= taken;
      this.#live[i] = Math.max(0, this.#live[i]! - taken);
      if (share < 1) break;
    }
    this.#oldest[i] = oldest;
    this.served[i] = Math.max(0, room - Math.max(0, left));
    const isDone = oldest > this.#now;
    if (isDone) this.#live[i] = 0;
    this.#isEmpty[i] = isDone && this.#dead[i] === 0 ? 1 : 0;
  }

  #answer(i: number, attempt: number, mass: number, errorShare: number): void {
    if (mass === 0) return;
    const wrong = mass * errorShare;
    this.good[i]! += mass - wrong;
    if (wrong > 0) this.failed[i]! += this.#tryAgain(i, attempt, wrong, 1 + this.#errorDelay[i]!);
  }

  /** Notes the next tries of calls whose try `attempt` ended, from `wait` steps from now; returns what gets no other try. */
  #tryAgain(i: number, attempt: number, mass: number, wait: number): number {
    const retries = this.#retries[i]!;
    if (attempt >= retries) return mass;
    const tokens = this.#tokens[i]!;
    const allowed = Math.min(mass, tokens);
    if (allowed === 0) return mass;
    if (tokens < Infinity) this.#tokens[i] = tokens - allowed;
    const shares = this.#shares[i]![attempt]!;
    const mask = this.#returnMask[i]!;
    const at = this.#returnsAt[i]! + attempt;
    const from = this.#now + wait;
    for (let k = 0; k < shares.length; k += 1) {
      this.#returns[at + ((from + k) & mask) * retries]! += allowed * shares[k]!;
    }
    this.#waiting[i]! += allowed;
    this.#lastReturn[i] = Math.max(this.#lastReturn[i]!, this.#now + wait + shares.length - 1);
    return mass - allowed;
  }
}

/** Stations with the same rules share their tables. */
function sharesOf(rules: readonly StationRules[], dt: number): Float64Array[][] {
  const known = new Map<string, Float64Array[]>();
  return rules.map(({ backoff, retries }) => {
    const key = `${backoff.jitter} ${backoff.base} ${backoff.cap} ${retries}`;
    const shares = known.get(key) ?? returnShares(backoff, retries, dt);
    known.set(key, shares);
    return shares;
  });
}

/** One less than the smallest power of two that is no less than `length`. */
function maskFor(length: number): number {
  let size = 1;
  while (size < length) size *= 2;
  return size - 1;
}

function offsets(n: number, lengthOf: (i: number) => number): { at: Int32Array; length: number } {
  const at = new Int32Array(n);
  let length = 0;
  for (let i = 0; i < n; i += 1) {
    at[i] = length;
    length += lengthOf(i);
  }
  return { at, length };
}
