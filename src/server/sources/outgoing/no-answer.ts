/** A request that had no answer, or none that may be read; the message is a sentence for whoever runs the server. It never holds credentials. */
export class NoAnswer extends Error {
  override readonly name = "NoAnswer";
  /** There is an answer, but it is larger than allowed. */
  readonly isTooLarge: boolean;

  constructor(message: string, isTooLarge = false) {
    super(message);
    this.isTooLarge = isTooLarge;
  }
}
