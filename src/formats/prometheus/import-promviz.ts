import { isJsonObject, type Json, type JsonObject } from "#base/json.ts";
import { err, ok, type Result } from "#base/result.ts";

export interface Imported {
  /** A file of settings with one feed, as an object. */
  readonly settings: JsonObject;
  /** What could not be taken over, or has no meaning here: sentences. */
  readonly notes: readonly string[];
}

/**
 * The settings that ask what a configuration of promviz or of its fork vistio asks: of either generation (clusters, or globalLevel and clusterLevel), also out of the
 * values of vistio's Helm chart. The error is a sentence.
 */
export function importPromviz(content: unknown): Result<Imported, string> {
  const root =
    isJsonObject(content) && isJsonObject(content["vistioConfig"]) ? content["vistioConfig"] : content;
  if (!isJsonObject(root)) return err("There are no settings in it.");
  const { globalLevel, clusterLevel, clusters, clusterConnections } = root;
  const isLater = globalLevel !== undefined || clusterLevel !== undefined;
  if (!isLater && clusters === undefined && clusterConnections === undefined) {
    return err(
      "It is no configuration of promviz or vistio: there is neither globalLevel and clusterLevel nor clusters in it.",
    );
  }
  const reading = new PromvizReading();
  const global = isJsonObject(globalLevel) ? globalLevel : {};
  reading.passOver(root, ["graphName", "globalLevel", "clusterLevel", "clusters", "clusterConnections"], "");
  if (isLater) reading.passOver(global, ["clusterConnections"], "globalLevel.");
  const regions = isLater ? global["clusterConnections"] : clusterConnections;
  for (const [index, raw] of listOf(regions).entries())
    reading.connection(raw, `clusterConnections[${index}]`, undefined);
  for (const [index, raw] of listOf(isLater ? clusterLevel : clusters).entries())
    reading.cluster(raw, `${isLater ? "clusterLevel" : "clusters"}[${index}]`, isLater ? "cluster" : "name");
  if (reading.sources.size === 0)
    return err("There is no connection in it that has a query and a prometheusURL.");
  const title = textOf(root["graphName"]) ?? "promviz";
  const sources = [...reading.sources].map(([url, { connections, notices }]): JsonObject => ({
    kind: "prometheus",
    url,
    interval: "10s",
    connections,
    ...(notices.length === 0 ? {} : { notices }),
  }));
  return ok({
    settings: { feeds: [{ name: feedName(title), title, sources }] },
    notes: reading.notes,
  });
}

/** Keys that say how the old picture is drawn. */
const withoutMeaning: Readonly<Record<string, string>> = {
  maxVolume: "the density of dots is the same everywhere, and needs no greatest volume",
  maxVolumeRate: "the density of dots is the same everywhere, and needs no greatest volume",
  classes: "the theme has colours; a node's class stays as its type",
};

interface SourceDraft {
  readonly connections: Json[];
  readonly notices: Json[];
}

class PromvizReading {
  readonly sources = new Map<string, SourceDraft>();
  readonly notes: string[] = [];
  readonly #taken = new Map<string, number>();

  cluster(raw: unknown, place: string, nameKey: string): void {
    const name = isJsonObject(raw) ? textOf(raw[nameKey]) : undefined;
    if (!isJsonObject(raw) || name === undefined) {
      this.notes.push(`${place}: it has no ${nameKey}; left out.`);
      return;
    }
    this.passOver(raw, [nameKey, "serviceConnections", "serviceNotices"], `${place}.`);
    for (const [index, one] of listOf(raw["serviceConnections"]).entries())
      this.connection(one, `${place}.serviceConnections[${index}]`, name);
    for (const [index, one] of listOf(raw["serviceNotices"]).entries())
      this.#nodeNotice(one, `${place}.serviceNotices[${index}]`, name);
  }

  /** Between services of a region, or without one between regions. */
  connection(raw: unknown, place: string, region: string | undefined): void {
    const asked = this.#asked(raw, place);
    if (asked === undefined) return;
    const { content, draft, query } = asked;
    const source = this.#end(content["source"], `${place}.source`, region);
    const target = this.#end(content["target"], `${place}.target`, region);
    if (source === undefined || target === undefined) return;
    this.passOver(
      content,
      ["name", "query", "prometheusURL", "source", "target", "status", "notices"],
      `${place}.`,
    );
    const own = textOf(content["name"]);
    const status = this.#status(content["status"], `${place}.status`);
    const notices = listOf(content["notices"]).flatMap((one, index) =>
      this.#connectionNotice(one, `${place}.notices[${index}]`),
    );
    draft.connections.push({
      name: this.#uniqueName(`${own ?? "connection"} of ${region ?? "regions"}`),
      query: escaped(query),
      ...(region === undefined ? {} : { region: escaped(region) }),
      source,
      target,
      ...(status === undefined ? {} : { status }),
      ...(notices.length === 0 ? {} : { notices }),
    });
  }

  /** Tells of keys that are not taken over. */
  passOver(content: Readonly<Record<string, unknown>>, known: readonly string[], place: string): void {
    for (const key of Object.keys(content)) {
      if (known.includes(key)) continue;
      this.notes.push(
        `${place}${key}: ${withoutMeaning[key] ?? "there is no such key in promviz"}; left out.`,
      );
    }
  }

  /** The same name stands in several clusters, or nowhere. */
  #uniqueName(name: string): string {
    const count = (this.#taken.get(name) ?? 0) + 1;
    this.#taken.set(name, count);
    return count === 1 ? name : `${name} ${count}`;
  }

  #nodeNotice(raw: unknown, place: string, region: string): void {
    const asked = this.#asked(raw, place);
    if (asked === undefined) return;
    const { content, draft, query } = asked;
    const mapping = content["node"] ?? content["service"];
    const node = this.#end(
      mapping,
      `${place}.${content["node"] === undefined ? "service" : "node"}`,
      undefined,
      true,
    );
    const title = textOf(content["title"]) ?? textOf(content["name"]);
    if (node === undefined || title === undefined) {
      if (title === undefined) this.notes.push(`${place}: it has no title; left out.`);
      return;
    }
    this.passOver(
      content,
      [
        "name",
        "title",
        "subtitle",
        "link",
        "severity",
        "severityThreshold",
        "query",
        "prometheusURL",
        "node",
        "service",
      ],
      `${place}.`,
    );
    const thresholds = thresholdsOf(content["severityThreshold"]);
    draft.notices.push({
      title: escaped(title),
      ...this.#noticeTexts(content, place),
      query: escaped(query),
      node: { ...node, region: escaped(region) },
      ...(Object.keys(thresholds).length === 0
        ? { severity: severityNames[numberOf(content["severity"]) ?? 0] ?? "info" }
        : { severityThreshold: thresholds }),
    });
  }

  #connectionNotice(raw: unknown, place: string): readonly JsonObject[] {
    const title = isJsonObject(raw) ? (textOf(raw["title"]) ?? textOf(raw["name"])) : undefined;
    if (!isJsonObject(raw) || title === undefined) {
      this.notes.push(`${place}: it has no title; left out.`);
      return [];
    }
    const statusType = textOf(raw["statusType"]);
    const level = severityNames[numberOf(raw["severity"]) ?? 0] ?? "info";
    const threshold = numberOf(raw["threshold"]);
    const severityThreshold = {
      ...(threshold === undefined ? {} : { [level]: threshold }),
      ...thresholdsOf(raw["severityThreshold"]),
    };
    if (statusType !== "warning" && statusType !== "danger") {
      this.notes.push(`${place}: its statusType is neither warning nor danger, so it never shows; left out.`);
      return [];
    }
    if (Object.keys(severityThreshold).length === 0) {
      this.notes.push(`${place}: it has no threshold, so it never shows; left out.`);
      return [];
    }
    return [{ title: escaped(title), ...this.#noticeTexts(raw, place), statusType, severityThreshold }];
  }

  #noticeTexts(raw: Readonly<Record<string, unknown>>, place: string): JsonObject {
    const subtitle = textOf(raw["subtitle"]);
    const link = textOf(raw["link"]);
    const isLink = link === undefined || /^https?:\/\//.test(link);
    if (!isLink) this.notes.push(`${place}.link: it is no http or https address; left out.`);
    return {
      ...(subtitle === undefined ? {} : { subtitle: escaped(subtitle) }),
      ...(link === undefined || !isLink ? {} : { link: escaped(link) }),
    };
  }

  #asked(raw: unknown, place: string) {
    if (!isJsonObject(raw)) {
      this.notes.push(`${place}: it says nothing; left out.`);
      return undefined;
    }
    const query = textOf(raw["query"]);
    const url = textOf(raw["prometheusURL"]);
    if (query === undefined || url === undefined) {
      this.notes.push(`${place}: it has no ${query === undefined ? "query" : "prometheusURL"}; left out.`);
      return undefined;
    }
    const draft = this.sources.get(url) ?? { connections: [], notices: [] };
    this.sources.set(url, draft);
    return { content: raw, draft, query };
  }

  #end(
    raw: unknown,
    place: string,
    region: string | undefined,
    isService = region !== undefined,
  ): JsonObject | undefined {
    const label = isJsonObject(raw) ? textOf(raw["label"]) : undefined;
    const replacement = isJsonObject(raw) ? textOf(raw["replacement"]) : undefined;
    if (!isJsonObject(raw) || (label === undefined && replacement === undefined)) {
      this.notes.push(
        `${place}: it has neither a label nor a replacement; left out with what it belongs to.`,
      );
      return undefined;
    }
    this.passOver(raw, ["label", "regex", "replacement", "class"], `${place}.`);
    const regex = textOf(raw["regex"]);
    const type = textOf(raw["class"]);
    return {
      ...(label === undefined ? {} : { label }),
      ...(regex === undefined ? {} : { regex: escaped(regex) }),
      ...(replacement === undefined ? {} : { replacement: escaped(replacement) }),
      ...(type === undefined || type === "normal" || type === "default" ? {} : { class: type }),
      ...(isService ? {} : { level: "region" }),
    };
  }

  #status(raw: unknown, place: string): JsonObject | undefined {
    if (!isJsonObject(raw)) return undefined;
    const label = textOf(raw["label"]);
    if (label === undefined) {
      this.notes.push(`${place}: it has no label; all requests count as normal.`);
      return undefined;
    }
    const expressions = ["warningRegex", "dangerRegex"].flatMap((key): [string, Json][] => {
      const text = textOf(raw[key]);
      return text === undefined ? [] : [[key, escaped(text)]];
    });
    return { label, ...Object.fromEntries(expressions) };
  }
}

const severityNames = ["info", "warning", "error"];

function thresholdsOf(raw: unknown): Record<string, number> {
  if (!isJsonObject(raw)) return {};
  return Object.fromEntries(
    severityNames.flatMap((name) => {
      const value = numberOf(raw[name]);
      return value === undefined ? [] : [[name, value]];
    }),
  );
}

/** Settings put the values of variables in for ${NAME}; an expression or a query that has it means the text. */
function escaped(text: string): string {
  return text.replaceAll(/\$\{(?=[A-Za-z_])/g, "$$$${");
}

function listOf(raw: unknown): readonly unknown[] {
  return Array.isArray(raw) ? raw : [];
}

function textOf(raw: unknown): string | undefined {
  return typeof raw === "string" && raw !== "" ? raw : typeof raw === "number" ? String(raw) : undefined;
}

function numberOf(raw: unknown): number | undefined {
  const value = typeof raw === "string" && raw !== "" ? Number(raw) : raw;
  return typeof value === "number" && Number.isFinite(value) ? value : undefined;
}

/** As feeds are called in addresses. */
function feedName(title: string): string {
  const name = title
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "-")
    .replaceAll(/^-+|-+$/g, "")
    .slice(0, 64);
  return name === "" ? "promviz" : name;
}
