/** How a setting is written on the command line and in the environment. */
export type SettingKind = "text" | "list" | "switch" | "tree";

export interface Setting {
  readonly kind: SettingKind;
  /** What follows the flag in the help: "PORT". */
  readonly value?: string;
  readonly help: string;
  /** Only in the file and the environment: what stands on a command line can be read by every user of the machine. */
  readonly isSecret?: true;
  /** Only in the file: it is a tree. */
  readonly isFileOnly?: true;
}

/** Every setting by its name in the file. The flag is the name with dashes, the variable SPILLWAY_ and the name in capitals. */
export const settings = {
  source: {
    kind: "list",
    value: "SOURCE",
    help: 'What to show: "demo" (the default), "file:PATH.json", a file in Vizceral\'s format, or "clip:PATH", something recorded. Repeat it for several.',
  },
  feeds: {
    kind: "tree",
    help: "Feeds out of Prometheus, OpenTelemetry and others: docs/sources.md. In the file only.",
    isFileOnly: true,
  },
  interval: { kind: "text", value: "TIME", help: "How often sources emit: 1s (the default), 500ms ..." },
  jitter: {
    kind: "text",
    value: "SHARE",
    help: "Lets the numbers of files wander by this share: 0.1 is 10 %. Default 0.",
  },
  seed: { kind: "text", value: "NUMBER", help: "Seed of the demo and of the jitter. Default 1." },
  linger: { kind: "text", value: "TIME", help: "How long an edge stays that has fallen silent. Default 5m." },
  loop: { kind: "switch", help: "Begin again with a clip when it has ended." },
  data: {
    kind: "text",
    value: "FOLDER",
    help: "Where recordings, and frames that links point to, are kept. Default: the user's folder for such data (~/.local/state/spillway on Linux).",
  },
  record: {
    kind: "text",
    value: "ON|OFF",
    help: "Whether every frame that is shown is kept in the data folder, to be looked at again. Default on.",
  },
  keep: { kind: "text", value: "TIME", help: "How long recorded days are kept. Default 7d." },
  keepBytes: {
    kind: "text",
    value: "SIZE",
    help: "How large a feed's recording may become; the oldest days go first. Default 10GiB.",
  },
  sharedDrills: {
    kind: "text",
    value: "WHERE",
    help: "Where operators may run drills that everybody sees: demo (the default) or nowhere. Never on real traffic.",
  },
  host: {
    kind: "text",
    value: "ADDRESS",
    help: "Address to listen on. Default 127.0.0.1, this machine only.",
  },
  port: { kind: "text", value: "PORT", help: "Port to listen on; 0 takes a free one. Default 4870." },
  open: { kind: "switch", help: "Open the page in the browser." },
  publicUrl: {
    kind: "text",
    value: "URL",
    help: "Where people reach the page, when that is behind a proxy: https://host/base/.",
  },
  allowOrigin: {
    kind: "list",
    value: "ORIGIN",
    help: "Another page that may connect: https://other.example.",
  },
  insecureNoAuth: { kind: "switch", help: "Let everybody in who can reach the address, without a token." },
  tokens: {
    kind: "list",
    value: "ROLE:TOKEN",
    help: "Who may connect. In the file and in SPILLWAY_TOKENS only.",
    isSecret: true,
  },
  maxViewers: { kind: "text", value: "NUMBER", help: "Connections at most. Default 5000." },
  maxViewersPerAddress: {
    kind: "text",
    value: "NUMBER",
    help: "Connections from one address at most; this machine and proxies are not counted. Default 100.",
  },
  drain: {
    kind: "text",
    value: "TIME",
    help: "How long /readyz says no before connections are closed on SIGTERM. Default 0s, 5s at most.",
  },
  logLevel: { kind: "text", value: "LEVEL", help: "debug, info (the default), warn or error." },
  logFormat: {
    kind: "text",
    value: "FORMAT",
    help: "text or json. Default: text in a terminal, json elsewhere.",
  },
  clockStart: {
    kind: "text",
    value: "MOMENT",
    help: "For tests: the server's clock starts at this moment (2026-01-06T12:00:00Z).",
  },
  demoFrozenAt: {
    kind: "text",
    value: "TIME",
    help: "For tests: show the demo as it is so long after its start, and stand still.",
  },
} as const satisfies Record<string, Setting>;

export type SettingName = keyof typeof settings;

export const settingNames = Object.keys(settings).filter((name): name is SettingName => name in settings);

export function flagOf(name: string): string {
  return `--${name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}

export function variableOf(name: string): string {
  return `SPILLWAY_${name.replaceAll(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase()}`;
}
