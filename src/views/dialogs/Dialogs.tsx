import { lazy, Suspense, type ReactNode } from "react";

import { selectDialog } from "#store/selectors.ts";

import { useApp, useAppState } from "../app-context.ts";

const CommandPalette = lazy(async () => ({
  default: (await import("../command-palette/CommandPalette.tsx")).CommandPalette,
}));
const HelpDialog = lazy(async () => ({ default: (await import("./HelpDialog.tsx")).HelpDialog }));
const SettingsDialog = lazy(async () => ({
  default: (await import("../settings/SettingsDialog.tsx")).SettingsDialog,
}));
const ProblemsDialog = lazy(async () => ({ default: (await import("./ProblemsDialog.tsx")).ProblemsDialog }));
const SourcesDialog = lazy(async () => ({
  default: (await import("../sources/SourcesDialog.tsx")).SourcesDialog,
}));
const TokenDialog = lazy(async () => ({ default: (await import("./TokenDialog.tsx")).TokenDialog }));
const BookmarkDialog = lazy(async () => ({
  default: (await import("../bookmarks/BookmarkDialog.tsx")).BookmarkDialog,
}));
const BookmarksDialog = lazy(async () => ({
  default: (await import("../bookmarks/BookmarksDialog.tsx")).BookmarksDialog,
}));

const CutDialog = lazy(async () => ({ default: (await import("../clips/CutDialog.tsx")).CutDialog }));
const RefusedDialog = lazy(async () => ({
  default: (await import("../clips/RefusedDialog.tsx")).RefusedDialog,
}));
const AgainDialog = lazy(async () => ({ default: (await import("../clips/AgainDialog.tsx")).AgainDialog }));

/** The one dialog that is open, if any; each is loaded when it is first asked for. */
export function Dialogs(): ReactNode {
  const { actions } = useApp();
  const dialog = useAppState(selectDialog);
  const close = (): void => actions.openDialog(undefined);
  return (
    <Suspense fallback={undefined}>
      {dialog === "palette" && <CommandPalette onClose={close} />}
      {dialog === "help" && <HelpDialog onClose={close} />}
      {dialog === "settings" && <SettingsDialog onClose={close} />}
      {dialog === "problems" && <ProblemsDialog onClose={close} />}
      {dialog === "sources" && <SourcesDialog onClose={close} />}
      {dialog === "bookmark" && <BookmarkDialog onClose={close} />}
      {dialog === "bookmarks" && <BookmarksDialog onClose={close} />}
      {dialog === "clip-cut" && <CutDialog onClose={close} />}
      {dialog === "clip-refused" && <RefusedDialog onClose={close} />}
      {dialog === "clip-again" && <AgainDialog onClose={close} />}
      {dialog === "token" && <TokenDialog onClose={close} />}
    </Suspense>
  );
}
