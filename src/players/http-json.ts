import { isJsonObject } from "#base/json.ts";
import { err, ok, type Result } from "#base/result.ts";

/** As much of the browser's fetch as is used here. */
export type Fetch = (url: URL, init: RequestInit) => Promise<Response>;

export interface HttpOptions {
  /** The page's base address: document.baseURI. Everything lives beside the page. */
  readonly base: string;
  readonly fetch: Fetch;
}

/** Asks the server of the page in JSON. Errors are sentences for people: the server's own where it says one. */
export class HttpJson {
  readonly #options: HttpOptions;
  #token: string | undefined;

  constructor(options: HttpOptions) {
    this.#options = options;
  }

  /** From now on this token goes with every request. */
  authorize(token: string): void {
    this.#token = token;
  }

  /** The answer's body; undefined where it has none that is JSON. */
  async ask(path: string, init: RequestInit = {}): Promise<Result<unknown, string>> {
    const { base, fetch } = this.#options;
    const authorization: HeadersInit =
      this.#token === undefined ? {} : { authorization: `Bearer ${this.#token}` };
    let response: Response;
    let body: unknown;
    try {
      response = await fetch(new URL(path, base), {
        ...init,
        headers: {
          ...(init.body === undefined ? {} : { "content-type": "application/json" }),
          ...authorization,
        },
      });
    } catch {
      return err(unreachable);
    }
    try {
      body = await response.json();
    } catch {
      body = undefined;
    }
    if (response.ok) return ok(body);
    return err(saidIn(body) ?? `The server answered ${response.status}.`);
  }
}

const unreachable = "The server cannot be reached.";

export const unreadable =
  "The server's answer cannot be read; it may be of another version than this page. Reload it.";

/** What the server says when it says no: {"error": {"message": "..."}}. */
export function saidIn(body: unknown): string | undefined {
  const error = isJsonObject(body) ? body["error"] : undefined;
  const message = isJsonObject(error) ? error["message"] : undefined;
  return typeof message === "string" ? message : undefined;
}
