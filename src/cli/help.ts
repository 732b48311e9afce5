import { flagOf, settingNames, settings, variableOf } from "#server/config/settings.ts";

export const helpText = `Spillway shows live service traffic as moving particles between regions and services.

  spillway serve [flags]      Serve a feed and the page that shows it
  spillway replay PATH        Serve something recorded, without any source
  spillway record [flags]     Record traffic into a file, without a page
  spillway convert IN OUT     Turn recorded traffic into another form
  spillway check FILE.json    Say what is odd in a file; ends with 1 when nothing can be drawn
  spillway check-config FILE  Say what is wrong with a file of settings, with line and remedy
  spillway drill --all FILE   Say whether the others survive when a region goes
  spillway token [ROLE]       Make a token and the setting that lets it in
  spillway help               This text; spillway serve --help lists the flags
  spillway version            The version

To begin: spillway serve --open
`;

export function serveHelpText(): string {
  const lines = settingNames.map((name) => {
    const setting = settings[name];
    const isSecret = "isSecret" in setting;
    if ("isFileOnly" in setting) return `  ${name}\n      ${setting.help}`;
    const value = "value" in setting ? ` ${setting.value}` : "";
    return `  ${isSecret ? variableOf(name) : `${flagOf(name)}${value}`}\n      ${setting.help}`;
  });
  return `spillway serve [flags]

Every flag is also a setting of the file that --config names (publicUrl: ...) and a variable
(SPILLWAY_PUBLIC_URL=...; with _FILE at its end, the name of a file that holds the value).
The file gives way to variables, and these to flags.

${lines.join("\n")}
  --config PATH
      A file of settings, YAML or JSON.
  --from MOMENT, --to MOMENT, --step TIME, --feed NAME
      Serve what the sources of a feed know of the past, from a moment (2026-01-06T12:00:00Z, now-2h) to another
      (now), in frames so far apart (10s). Nothing need have run then.
  --dry-run
      Print the first graph of every feed, and how its sources are, and stop. Nothing is recorded or served.
  --print-config
      Print the settings as they are understood, secrets masked, and stop.
  --help
      This text.
`;
}
