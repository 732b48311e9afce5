import { createHash } from "node:crypto";

/** What was answered, in full. */
export interface Answer {
  readonly status: number;
  /** JSON. */
  readonly body: string;
  readonly headers?: Readonly<Record<string, string>>;
}

interface Kept {
  readonly hash: string;
  readonly answer: Promise<Answer>;
  bytes: number;
}

export interface AnswerLimits {
  readonly greatestKeys: number;
  readonly greatestBytes: number;
}

/** Answers by idempotency key: the same key again, with the same body, gets the same answer and does nothing. Within bounds; the oldest are forgotten. */
export class IdempotentAnswers {
  readonly #limits: AnswerLimits;
  readonly #kept = new Map<string, Kept>();
  #bytes = 0;

  constructor(limits: AnswerLimits) {
    this.#limits = limits;
  }

  /** Undefined: the key came before with another body. Only what is final is kept: whoever was told to come back is not answered from here. */
  async answer(key: string, body: Buffer, work: () => Promise<Answer>): Promise<Answer | undefined> {
    const hash = createHash("sha256").update(body).digest("base64");
    const known = this.#kept.get(key);
    if (known !== undefined) return known.hash === hash ? await known.answer : undefined;
    const kept: Kept = { hash, answer: work(), bytes: key.length + hash.length };
    this.#kept.set(key, kept);
    this.#bytes += kept.bytes;
    try {
      const answer = await kept.answer;
      if (answer.status === 429 || answer.status >= 500) this.#forget(key, kept);
      else this.#grow(key, kept, answer.body.length);
      return answer;
    } catch (error: unknown) {
      this.#forget(key, kept);
      throw error;
    } finally {
      this.#shrink();
    }
  }

  #grow(key: string, kept: Kept, bytes: number): void {
    if (this.#kept.get(key) !== kept) return;
    kept.bytes += bytes;
    this.#bytes += bytes;
  }

  #forget(key: string, kept: Kept): void {
    if (this.#kept.get(key) !== kept) return;
    this.#bytes -= kept.bytes;
    this.#kept.delete(key);
  }

  #shrink(): void {
    const { greatestKeys, greatestBytes } = this.#limits;
    for (const [key, kept] of this.#kept) {
      if (this.#kept.size <= greatestKeys && this.#bytes <= greatestBytes) return;
      this.#forget(key, kept);
    }
  }
}
