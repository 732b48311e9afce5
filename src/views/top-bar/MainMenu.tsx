import { CircleHelp, Command, Filter, Maximize, Presentation, Settings, Table2 } from "lucide-react";
import type { ReactElement, ReactNode } from "react";

import { CommandItem } from "../CommandItem.tsx";
import { Menu, MenuSeparator } from "../ui/Menu.tsx";
import { ShareItems } from "./ShareMenu.tsx";

/** Everything of the bar, where the screen is narrow. */
export function MainMenu({ trigger }: { readonly trigger: ReactElement }): ReactNode {
  return (
    <Menu trigger={trigger}>
      <CommandItem id="filter" icon={<Filter />} />
      <CommandItem id="only-problems" />
      <MenuSeparator />
      <CommandItem id="table" icon={<Table2 />} />
      <CommandItem id="legend" />
      <CommandItem id="labels" />
      <CommandItem id="fullscreen" icon={<Maximize />} />
      <CommandItem id="kiosk" icon={<Presentation />} />
      <MenuSeparator />
      <ShareItems />
      <MenuSeparator />
      <CommandItem id="problems" />
      <CommandItem id="palette" icon={<Command />} />
      <CommandItem id="settings" icon={<Settings />} />
      <CommandItem id="help" icon={<CircleHelp />} />
    </Menu>
  );
}
