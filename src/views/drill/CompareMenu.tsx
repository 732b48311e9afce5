import { drillWords } from "#store/drill-words.ts";
import type { ReactNode } from "react";

import { policyIds, type PolicyId } from "#simulation/plan/evacuation-policy.ts";

import { useApp } from "../app-context.ts";
import { Select } from "../ui/Select.tsx";
import styles from "./ComparisonView.module.css";

/** Chooses a policy to put beside the one that is planned or runs. */
export function CompareMenu({ policy }: { readonly policy: PolicyId | "custom" }): ReactNode {
  const { actions } = useApp();
  const others = policyIds.filter((id) => id !== policy);
  const options: readonly { value: PolicyId | ""; text: string }[] = [
    { value: "", text: drillWords.result.compareShort },
    ...others.map((value) => ({ value, text: drillWords.policies[value].name })),
  ];
  return (
    <span className={styles["menu"]}>
      <Select
        label={drillWords.result.compare}
        isLabelHidden
        options={options}
        value=""
        onChange={(id) => {
          if (id !== "") actions.compareWith(id);
        }}
      />
    </span>
  );
}
