import {
  ArrowRightLeft,
  Bookmark,
  BookmarkPlus,
  CircleHelp,
  Command,
  FileWarning,
  Filter,
  List,
  Maximize,
  Presentation,
  Settings,
  Table2,
  Tag,
  TriangleAlert,
} from "lucide-react";
import type { ReactElement, ReactNode } from "react";

import { CommandItem } from "../CommandItem.tsx";
import { Menu, MenuSeparator } from "../ui/Menu.tsx";
import { ShareItems } from "./ShareMenu.tsx";

/** Everything of the bar, where the screen is narrow. */
export function MainMenu({ trigger }: { readonly trigger: ReactElement }): ReactNode {
  return (
    <Menu trigger={trigger}>
      <CommandItem id="filter" icon={<Filter />} />
      <CommandItem id="only-problems" icon={<TriangleAlert />} />
      <CommandItem id="drill" icon={<ArrowRightLeft />} />
      <MenuSeparator />
      <CommandItem id="table" icon={<Table2 />} />
      <CommandItem id="legend" icon={<List />} />
      <CommandItem id="labels" icon={<Tag />} />
      <CommandItem id="bookmark" icon={<BookmarkPlus />} />
      <CommandItem id="bookmarks" icon={<Bookmark />} />
      <CommandItem id="fullscreen" icon={<Maximize />} />
      <CommandItem id="kiosk" icon={<Presentation />} />
      <MenuSeparator />
      <ShareItems />
      <MenuSeparator />
      <CommandItem id="problems" icon={<FileWarning />} />
      <CommandItem id="palette" icon={<Command />} />
      <CommandItem id="settings" icon={<Settings />} />
      <CommandItem id="help" icon={<CircleHelp />} />
    </Menu>
  );
}
