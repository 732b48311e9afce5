import type { ReactNode } from "react";

import { texts } from "#store/texts.ts";

import type { BoundaryFacts } from "../facts/boundary-facts.ts";
import { Fact, FactList } from "../ui/FactList.tsx";
import styles from "./Beyond.module.css";
import { PanelSection } from "./PanelSection.tsx";

/** Which services of the other region take part, on a node that stands for it. */
export function Beyond({ boundary }: { readonly boundary: BoundaryFacts }): ReactNode {
  const { region, called, callers } = boundary;
  if (called.length + callers.length === 0) return undefined;
  return (
    <PanelSection title={texts.boundary.title} aside={region}>
      <FactList>
        {called.length > 0 && <Fact name={texts.boundary.called}>{called.join(", ")}</Fact>}
        {callers.length > 0 && <Fact name={texts.boundary.callers}>{callers.join(", ")}</Fact>}
      </FactList>
    </PanelSection>
  );
}

/** What to do about a region that is none. */
export function UnknownRegion(): ReactNode {
  return (
    <div className={styles["hint"]}>
      <p>{texts.unknownRegion.title}</p>
      <p className={styles["tip"]}>{texts.unknownRegion.tip}</p>
    </div>
  );
}
