/** How a source's labels lead to a region, in this order; the first that says something wins. */
export interface RegionRule {
  /** Region of a cluster: { "prod-use1": "us-east-1" }. */
  readonly clusters: ReadonlyMap<string, string>;
  /** Region where nothing else says one: what a source that sees a single region is set to. */
  readonly fallback: string | undefined;
}

export const noRegionRule: RegionRule = { clusters: new Map(), fallback: undefined };

/** What a source knows of where a service runs. Empty texts and "unknown" count as not known, as meshes write it. */
export interface RegionLabels {
  /** A label that names the region itself. */
  readonly region?: string | undefined;
  readonly cluster?: string | undefined;
  /** An external label of the whole source (a Prometheus per region). */
  readonly external?: string | undefined;
}

/**
 * The region: the explicit label, else what the cluster leads to, else the source's external label, else the fallback; undefined when nobody says.
 */
export function regionOf(labels: RegionLabels, rule: RegionRule): string | undefined {
  const cluster = known(labels.cluster);
  return (
    known(labels.region) ??
    (cluster === undefined ? undefined : rule.clusters.get(cluster)) ??
    known(labels.external) ??
    rule.fallback
  );
}

function known(label: string | undefined): string | undefined {
  const text = label?.trim() ?? "";
  return text === "" || text === "unknown" ? undefined : text;
}
