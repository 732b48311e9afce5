import type { ReactNode } from "react";

import { texts } from "#store/texts.ts";

import type { MetadataEntry } from "../facts/metadata-entries.ts";
import { Fact, FactList } from "../ui/FactList.tsx";
import { PanelSection } from "./PanelSection.tsx";

export interface MetadataProps {
  readonly entries: readonly MetadataEntry[];
  /** The name in the data, where people see another one. */
  readonly name: string | undefined;
}

/** What the source says about it. Addresses become links when they are http or https. */
export function Metadata({ entries, name }: MetadataProps): ReactNode {
  if (entries.length === 0 && name === undefined) return undefined;
  return (
    <PanelSection title={texts.details.metadata}>
      <FactList>
        {name !== undefined && <Fact name={texts.details.name}>{name}</Fact>}
        {entries.map(({ name: key, value, link }) => (
          <Fact key={key} name={key}>
            {link === undefined ? (
              value
            ) : (
              <a href={link} target="_blank" rel="noopener noreferrer">
                {value}
              </a>
            )}
          </Fact>
        ))}
      </FactList>
    </PanelSection>
  );
}
