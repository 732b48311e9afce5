import { readFile } from "node:fs/promises";

import { NoAnswer } from "./no-answer.ts";

export interface BasicCredentials {
  readonly user: string;
  readonly password?: string | undefined;
  /** A file that holds it, in place of the password itself. */
  readonly passwordFile?: string | undefined;
}

export interface Credentials {
  readonly basic?: BasicCredentials | undefined;
  readonly bearer?: string | undefined;
  readonly bearerFile?: string | undefined;
}

/**
 * The header that says who asks; undefined where nothing is said. Files are read each time: what is in them is exchanged while the server runs.
 * @throws NoAnswer when a file cannot be read.
 */
export async function authorizationOf(credentials: Credentials): Promise<string | undefined> {
  const { basic, bearer, bearerFile } = credentials;
  if (basic !== undefined) {
    const { user, password = "", passwordFile } = basic;
    const secret = passwordFile === undefined ? password : await secretIn(passwordFile);
    return `Basic ${Buffer.from(`${user}:${secret}`, "utf8").toString("base64")}`;
  }
  const token = bearerFile === undefined ? bearer : await secretIn(bearerFile);
  return token === undefined ? undefined : `Bearer ${token}`;
}

async function secretIn(path: string): Promise<string> {
  let text: string;
  try {
    text = await readFile(path, "utf8");
  } catch (error: unknown) {
    const why = error instanceof Error ? error.message : String(error);
    throw new NoAnswer(`The file of credentials cannot be read: ${why}`);
  }
  // What ends up in a header is one line; the rest of the file is no secret's business.
  return text.trim().split(/[\r\n]/)[0] ?? "";
}
