import { FileUp } from "lucide-react";
import { useEffect, useState, type ReactNode } from "react";

import { texts } from "#store/texts.ts";

import { useApp } from "../app-context.ts";
import styles from "./DropTarget.module.css";

/** The whole page takes files that are dropped on it, and says so while somebody drags one over it. */
export function DropTarget(): ReactNode {
  const { actions } = useApp();
  const [isOver, setIsOver] = useState(false);

  useEffect(() => {
    // Every element that the pointer comes to or leaves tells it: only the difference says whether it is over the page.
    let depth = 0;
    const listener = (react: (event: DragEvent) => void) => (event: DragEvent) => {
      if (event.dataTransfer?.types.includes("Files") === true) react(event);
    };
    const enter = listener((event) => {
      event.preventDefault();
      depth += 1;
      setIsOver(true);
    });
    const over = listener((event) => event.preventDefault());
    const leave = listener(() => {
      depth = Math.max(0, depth - 1);
      if (depth === 0) setIsOver(false);
    });
    const drop = listener((event) => {
      event.preventDefault();
      depth = 0;
      setIsOver(false);
      void filesIn(event.dataTransfer).then(actions.openClip);
    });
    window.addEventListener("dragenter", enter);
    window.addEventListener("dragover", over);
    window.addEventListener("dragleave", leave);
    window.addEventListener("drop", drop);
    return () => {
      window.removeEventListener("dragenter", enter);
      window.removeEventListener("dragover", over);
      window.removeEventListener("dragleave", leave);
      window.removeEventListener("drop", drop);
    };
  }, [actions]);

  if (!isOver) return undefined;
  return (
    <div className={styles["target"]}>
      <div className={styles["frame"]}>
        <FileUp aria-hidden />
        <p className={styles["title"]}>{texts.clips.drop}</p>
        <p className={styles["tip"]}>{texts.clips.dropTip}</p>
      </div>
    </div>
  );
}

/** The files, and those that lie directly in a folder. */
async function filesIn(dropped: DataTransfer | null): Promise<readonly File[]> {
  // At once: after the event there is nothing in it any more.
  const files = [...(dropped?.files ?? [])];
  const entries = [...(dropped?.items ?? [])].map((item) => item.webkitGetAsEntry());
  const folders = entries.filter((entry) => isFolder(entry));
  if (folders.length === 0) return files;
  const inside = await Promise.all(folders.map(filesOf));
  return inside.flat();
}

/* Browsers call the classes of these by different names. */

function isFolder(entry: FileSystemEntry | null): entry is FileSystemDirectoryEntry {
  return entry?.isDirectory === true;
}

function isFile(entry: FileSystemEntry): entry is FileSystemFileEntry {
  return entry.isFile;
}

async function filesOf(folder: FileSystemDirectoryEntry): Promise<readonly File[]> {
  const reader = folder.createReader();
  const files: File[] = [];
  // A reader gives a part at a time, and nothing when there is no more.
  while (true) {
    const entries = await new Promise<readonly FileSystemEntry[]>((settle) =>
      reader.readEntries(settle, () => settle([])),
    );
    if (entries.length === 0) return files;
    for (const entry of entries) {
      if (!isFile(entry)) continue;
      const file = await new Promise<File | undefined>((settle) =>
        entry.file(settle, () => settle(undefined)),
      );
      if (file !== undefined) files.push(file);
    }
  }
}
