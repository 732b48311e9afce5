import type { App } from "./app.ts";
import type { AppState } from "./app-state.ts";

export type CommandGroup = "move" | "look" | "find" | "time" | "drill" | "share" | "help";

/**
 * Something a person can do. Buttons, keys, the palette and the help sheet all come from these, so that nothing can be done in one way only.
 */
export interface Command {
  readonly id: CommandId;
  readonly title: string;
  readonly group: CommandGroup;
  /**
   * As the DOM calls them: "f", "/", "?", "Escape", "ArrowLeft", " ", "mod+k" (⌘ on a Mac, Ctrl elsewhere), "shift+Enter". Without "mod" a key acts only
   * outside of inputs.
   */
  readonly keys: readonly string[];
  /** Left out of the palette: it makes no sense there. */
  readonly isHidden?: boolean;
  readonly isAvailable?: (state: AppState) => boolean;
  /** For switches: whether it is on. */
  readonly isOn?: (state: AppState) => boolean;
  readonly run: (app: App) => void | Promise<void>;
}

export type CommandId =
  | "up"
  | "open"
  | "details"
  | "go-region"
  | "cursor-left"
  | "cursor-right"
  | "cursor-up"
  | "cursor-down"
  | "go-top"
  | "fit"
  | "zoom-in"
  | "zoom-out"
  | "reset-places"
  | "unpin"
  | "find"
  | "filter"
  | "next-match"
  | "previous-match"
  | "only-problems"
  | "pause"
  | "live"
  | "replay-step"
  | "replay-step-back"
  | "replay-faster"
  | "replay-slower"
  | "previous-mark"
  | "next-mark"
  | "loop"
  | "loop-start"
  | "loop-end"
  | "bookmark"
  | "bookmarks"
  | "compare-mark"
  | "compare"
  | "compare-hour"
  | "compare-day"
  | "timeline"
  | "utc"
  | "drill"
  | "drill-run"
  | "drill-step"
  | "drill-step-back"
  | "drill-faster"
  | "drill-slower"
  | "drill-fail-back"
  | "drill-restart"
  | "drill-stop"
  | "drill-link"
  | "drill-share"
  | "drill-share-stop"
  | "table"
  | "legend"
  | "labels"
  | "theme"
  | "contrast"
  | "motion"
  | "flow-scale"
  | "denser"
  | "sparser"
  | "kiosk"
  | "fullscreen"
  | "open-clip"
  | "cut-clip"
  | "copy-link"
  | "export-picture"
  | "export-vizceral"
  | "export-spillway"
  | "problems"
  | "sources"
  | "settings"
  | "palette"
  | "help";
