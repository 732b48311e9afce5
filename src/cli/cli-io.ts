/** What a command needs of the world around it; `main` hands in the process, tests hand in texts. */
export interface CliIo {
  /** Writes to standard output; `text` ends its own lines. */
  out(text: string): void;
  /** Writes to standard error. */
  err(text: string): void;
  /** The file as UTF-8 text. Rejects when there is none, or it may not be read. */
  readFile(path: string): Promise<string>;
}
