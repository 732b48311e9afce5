/** Loads what is otherwise loaded when it is first asked for, so that it is there when the server is not. */
export async function loadRestOfViews(): Promise<void> {
  await Promise.allSettled([
    import("./command-palette/CommandPalette.tsx"),
    import("./dialogs/HelpDialog.tsx"),
    import("./settings/SettingsDialog.tsx"),
    import("./dialogs/ProblemsDialog.tsx"),
    import("./bookmarks/BookmarksDialog.tsx"),
    import("./clips/CutDialog.tsx"),
    import("./clips/RefusedDialog.tsx"),
    import("./drill/DrillPanel.tsx"),
    import("./drill/LoadChart.tsx"),
    import("./traffic-table/TrafficTable.tsx"),
    import("./simulated/mark-picture.ts"),
  ]);
}
