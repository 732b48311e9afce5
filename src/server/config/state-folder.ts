import { join } from "node:path";

/** What of the machine decides where programs keep their data. */
export interface Machine {
  readonly platform: NodeJS.Platform;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** The user's own folder. */
  readonly home: string;
}

/**
 * Where a user's programs keep what they want to find again, by the custom of the system: the XDG Base Directory Specification on Linux and the like,
 * Application Support on macOS, the local application data on Windows.
 */
export function stateFolder({ platform, environment, home }: Machine): string {
  if (platform === "darwin") return join(home, "Library", "Application Support", "Spillway");
  if (platform === "win32")
    return join(environment["LOCALAPPDATA"] ?? join(home, "AppData", "Local"), "Spillway");
  const state = environment["XDG_STATE_HOME"];
  // The specification: a path that is not absolute is to be passed over.
  return join(state?.startsWith("/") === true ? state : join(home, ".local", "state"), "spillway");
}
