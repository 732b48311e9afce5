import { Braces, FileJson, FolderOpen, Image, Link, Scissors, Share2 } from "lucide-react";
import type { ReactNode } from "react";

import { texts } from "#store/texts.ts";

import { CommandItem } from "../CommandItem.tsx";
import { Button } from "../ui/Button.tsx";
import { Menu, MenuSeparator } from "../ui/Menu.tsx";

export function ShareMenu(): ReactNode {
  return (
    <Menu trigger={<Button icon={<Share2 />} aria-label={texts.bar.share} title={texts.bar.share} />}>
      <ShareItems />
    </Menu>
  );
}

export function ShareItems(): ReactNode {
  return (
    <>
      <CommandItem id="copy-link" icon={<Link />} />
      <MenuSeparator />
      <CommandItem id="export-picture" icon={<Image />} />
      <CommandItem id="export-vizceral" icon={<FileJson />} />
      <CommandItem id="export-spillway" icon={<Braces />} />
      <MenuSeparator />
      <CommandItem id="cut-clip" icon={<Scissors />} />
      <CommandItem id="open-clip" icon={<FolderOpen />} />
    </>
  );
}
