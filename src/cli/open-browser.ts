import { spawn } from "node:child_process";

const openers: Readonly<Partial<Record<NodeJS.Platform, readonly [string, ...string[]]>>> = {
  darwin: ["open"],
  win32: ["cmd", "/c", "start", ""],
};

/** Opens an address in the browser, as far as this machine has one; `onFailure` hears of it when not. */
export function openBrowser(url: string, onFailure: () => void): void {
  const [command, ...leading] = openers[process.platform] ?? ["xdg-open"];
  const child = spawn(command, [...leading, url], { stdio: "ignore", detached: true });
  child.on("error", onFailure);
  child.unref();
}
