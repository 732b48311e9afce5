import type { Command } from "#store/command.ts";

/** What a key press says, as a KeyboardEvent does. */
export interface KeyPress {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly shiftKey: boolean;
  readonly repeat: boolean;
}

/** Where the keyboard is: decides which keys are commands and which belong to the control that has the focus. */
export type KeyPlace =
  /** Nowhere in particular, or on the picture: every key is a command. */
  | "picture"
  /** On a button, a table, a list: arrows, Enter and Space are its own. */
  | "control"
  /** In a text field, a menu or a dialog: only commands with a modifier act. */
  | "input";

const ownedByControls = new Set(["Enter", " ", "Home", "ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown"]);

export interface KeyRules {
  readonly place: KeyPlace;
  /** A person may switch off commands on single characters: speech input types those. */
  readonly singleKeys: boolean;
  readonly isMac: boolean;
}

/** The command that a key press stands for; undefined when it stands for none here. */
export function commandForKey(
  commands: readonly Command[],
  press: KeyPress,
  rules: KeyRules,
): Command | undefined {
  const isModified = rules.isMac ? press.metaKey : press.ctrlKey;
  const isForeign = press.altKey || (rules.isMac ? press.ctrlKey : press.metaKey);
  if (isForeign) return undefined;
  const isCharacter = press.key.length === 1;
  if (!isModified) {
    if (rules.place === "input") return undefined;
    if (rules.place === "control" && ownedByControls.has(press.key)) return undefined;
    if (isCharacter && !rules.singleKeys) return undefined;
  }
  const names = keyNames(press, isModified, isCharacter);
  const command = commands.find(({ keys }) => keys.some((key) => names.includes(key)));
  // A key that is held down moves and zooms on, but does not switch things to and fro.
  return press.repeat && command?.group !== "move" ? undefined : command;
}

/** How the command table may call the key. Shift belongs to a character ("?"), and is named for other keys. */
function keyNames(press: KeyPress, isModified: boolean, isCharacter: boolean): readonly string[] {
  const key = isCharacter ? press.key.toLowerCase() : press.key;
  if (isModified) return [`mod+${key}`];
  // Caps lock must not silence the letters.
  if (isCharacter) return [press.shiftKey ? press.key : key];
  return press.shiftKey ? [`shift+${key}`] : [key];
}
