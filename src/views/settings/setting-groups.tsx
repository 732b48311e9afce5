import { Minus, Plus } from "lucide-react";
import type { ReactNode } from "react";

import { selectIsTableOpen, selectSettings } from "#store/selectors.ts";
import { settingChoices } from "#store/settings.ts";
import { fill, texts } from "#store/texts.ts";

import { useApp, useAppState } from "../app-context.ts";
import { CommandButton } from "../CommandButton.tsx";
import { Segmented } from "../ui/Segmented.tsx";
import { Switch } from "../ui/Switch.tsx";
import styles from "./setting-groups.module.css";

function optionsOf<T extends string>(values: readonly T[], names: Readonly<Record<T, string>>) {
  return values.map((value) => ({ value, text: names[value] }));
}

const options = {
  theme: optionsOf(settingChoices.theme, texts.settings.themes),
  contrast: optionsOf(settingChoices.contrast, texts.settings.contrasts),
  motion: optionsOf(settingChoices.motion, texts.settings.motions),
  flowMode: optionsOf(settingChoices.flowMode, texts.settings.flowModes),
  engine: optionsOf(settingChoices.engine, texts.settings.engines),
};

/** Theme, contrast, motion. */
export function LookSettings(): ReactNode {
  const { actions } = useApp();
  const { theme, contrast, motion } = useAppState(selectSettings);
  return (
    <>
      <Segmented
        label={texts.settings.theme}
        options={options.theme}
        value={theme}
        onChange={(value) => actions.changeSettings({ theme: value })}
      />
      <Segmented
        label={texts.settings.contrast}
        options={options.contrast}
        value={contrast}
        onChange={(value) => actions.changeSettings({ contrast: value })}
      />
      <Segmented
        label={texts.settings.motion}
        options={options.motion}
        value={motion}
        onChange={(value) => actions.changeSettings({ motion: value })}
      />
    </>
  );
}

/** Labels, legend, table; how many dots, on which scale; who draws. */
export function PictureSettings(): ReactNode {
  const { actions } = useApp();
  const { labels, legend, timeline, utc, flowMode, density, engine } = useAppState(selectSettings);
  const isTableOpen = useAppState(selectIsTableOpen);
  return (
    <>
      <Switch
        label={texts.settings.labels}
        isOn={labels}
        onChange={(value) => actions.changeSettings({ labels: value })}
      />
      <Switch
        label={texts.settings.legend}
        isOn={legend}
        onChange={(value) => actions.changeSettings({ legend: value })}
      />
      <Switch
        label={texts.commands.timeline}
        isOn={timeline}
        onChange={(value) => actions.changeSettings({ timeline: value })}
      />
      <Switch
        label={texts.commands.utc}
        isOn={utc}
        onChange={(value) => actions.changeSettings({ utc: value })}
      />
      <Switch label={texts.commands.table} isOn={isTableOpen} onChange={actions.toggleTable} />
      <Segmented
        label={texts.settings.flowMode}
        options={options.flowMode}
        value={flowMode}
        onChange={(value) => actions.changeSettings({ flowMode: value })}
      />
      <div className={styles["row"]}>
        <span>{texts.settings.density}</span>
        <span className={styles["stepper"]}>
          <CommandButton id="sparser" size="small" icon={<Minus />} />
          <output className={styles["density"]}>{fill(texts.view.densityValue, { value: density })}</output>
          <CommandButton id="denser" size="small" icon={<Plus />} />
        </span>
      </div>
      <Segmented
        label={texts.settings.engine}
        options={options.engine}
        value={engine}
        onChange={(value) => actions.changeSettings({ engine: value })}
      />
    </>
  );
}

/** Shortcuts on single keys. */
export function KeyboardSettings(): ReactNode {
  const { actions } = useApp();
  const { singleKeys } = useAppState(selectSettings);
  return (
    <Switch
      label={texts.settings.singleKeys}
      hint={texts.settings.singleKeysHint}
      isOn={singleKeys}
      onChange={(value) => actions.changeSettings({ singleKeys: value })}
    />
  );
}
