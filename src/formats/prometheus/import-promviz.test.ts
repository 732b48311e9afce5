import { describe, expect, it } from "vitest";

import { must } from "#base/assert.ts";
import { isJsonObject } from "#base/json.ts";

import { importPromviz } from "./import-promviz.ts";

const http = {
  name: "http",
  query: "status:http_requests_total:rate2m",
  prometheusURL: "http://prometheus:9090",
  source: { replacement: "INTERNET" },
  target: { label: "service", regex: "^demo-(?P<name>.+)$", replacement: "${name}", class: "http-server" },
  status: { label: "status", warningRegex: "^4..$", dangerRegex: "^5..$" },
};

/** The first generation: clusters with names, notices with one threshold. */
const earlier = {
  graphName: "Demo Shop",
  maxVolumeRate: 15,
  clusters: [
    {
      name: "cluster-1",
      serviceConnections: [
        {
          ...http,
          notices: [{ name: "high", title: "High", statusType: "danger", threshold: 0.01, severity: 1 }],
        },
      ],
      serviceNotices: [
        {
          name: "redis",
          title: "High error rate",
          severity: 2,
          link: "http://wiki/redis",
          query: "errors > 0",
          prometheusURL: "http://prometheus:9090",
          node: { label: "dbname" },
        },
      ],
    },
  ],
  clusterConnections: [{ ...http, name: "in", target: { replacement: "cluster-1" } }],
  classes: [{ name: "http-server", color: "rgb(1, 2, 3)" }],
};

function sources(content: unknown) {
  const read = importPromviz(content);
  if (!read.ok) throw new Error(read.error);
  const { settings, notes } = read.value;
  const feeds: readonly unknown[] = Array.isArray(settings["feeds"]) ? settings["feeds"] : [];
  const [feed] = feeds;
  return { feed: must(isJsonObject(feed) ? feed : undefined), notes };
}

describe("a configuration of promviz or vistio", () => {
  it("is taken over: connections by cluster and between clusters, notices, classes", () => {
    const { feed, notes } = sources(earlier);
    expect(feed).toEqual({
      name: "demo-shop",
      title: "Demo Shop",
      sources: [
        {
          kind: "prometheus",
          url: "http://prometheus:9090",
          interval: "10s",
          connections: [
            {
              name: "in of regions",
              query: "status:http_requests_total:rate2m",
              source: { replacement: "INTERNET", level: "region" },
              target: { replacement: "cluster-1", level: "region" },
              status: http.status,
            },
            {
              name: "http of cluster-1",
              query: "status:http_requests_total:rate2m",
              region: "cluster-1",
              source: { replacement: "INTERNET" },
              target: {
                label: "service",
                regex: "^demo-(?P<name>.+)$",
                // Settings have ${NAME} for variables.
                replacement: "$${name}",
                class: "http-server",
              },
              status: http.status,
              notices: [{ title: "High", statusType: "danger", severityThreshold: { warning: 0.01 } }],
            },
          ],
          notices: [
            {
              title: "High error rate",
              link: "http://wiki/redis",
              query: "errors > 0",
              node: { label: "dbname", region: "cluster-1" },
              severity: "error",
            },
          ],
        },
      ],
    });
    expect(notes).toEqual([
      "maxVolumeRate: the density of dots is the same everywhere, and needs no greatest volume; left out.",
      "classes: the theme has colours; a node's class stays as its type; left out.",
    ]);
  });

  it("is read in the form of vistio too, with thresholds by severity, also out of the values of its Helm chart", () => {
    const later = {
      globalLevel: { maxVolume: 2e6, clusterConnections: earlier.clusterConnections },
      clusterLevel: [
        {
          cluster: "mesh",
          maxVolume: 3000,
          serviceConnections: [
            {
              ...http,
              prometheusURL: "http://other:9090",
              notices: [
                {
                  title: "[{{ .value }}] High",
                  statusType: "danger",
                  severityThreshold: { warning: 0.01, error: 0.05 },
                },
              ],
            },
          ],
          serviceNotices: [
            {
              title: "Down",
              severityThreshold: { error: 1 },
              query: "down",
              prometheusURL: "http://other:9090",
              service: { label: "app" },
            },
          ],
        },
      ],
    };
    const { feed, notes } = sources({ vistioConfig: later, storage: { size: "10Gi" } });
    expect(feed["name"]).toBe("promviz");
    expect(feed["sources"]).toMatchObject([
      { url: "http://prometheus:9090", connections: [{ name: "in of regions" }] },
      {
        url: "http://other:9090",
        connections: [
          {
            name: "http of mesh",
            notices: [{ title: "[{{ .value }}] High", severityThreshold: { warning: 0.01, error: 0.05 } }],
          },
        ],
        notices: [{ title: "Down", severityThreshold: { error: 1 }, node: { label: "app", region: "mesh" } }],
      },
    ]);
    expect(notes.map((note) => note.split(":")[0])).toEqual([
      "globalLevel.maxVolume",
      "clusterLevel[0].maxVolume",
    ]);
  });

  it("gives connections of one name different ones", () => {
    const { name: _, ...nameless } = http;
    const { feed } = sources({ clusters: [{ name: "a", serviceConnections: [nameless, nameless] }] });
    expect(feed["sources"]).toMatchObject([
      { connections: [{ name: "connection of a" }, { name: "connection of a 2" }] },
    ]);
  });

  it("has everything told that cannot be taken over", () => {
    const { notes } = sources({
      clusters: [
        {
          name: "a",
          serviceConnections: [http, { ...http, query: "" }, { ...http, source: {} }, 7],
          extra: 1,
        },
        { serviceConnections: [http] },
        {
          name: "b",
          serviceNotices: [
            { title: "No query", prometheusURL: "http://p" },
            { query: "q", prometheusURL: "http://p", node: { label: "a" } },
            { title: "T", query: "q", prometheusURL: "http://p", node: { label: "a" }, link: "javascript:1" },
          ],
          serviceConnections: [
            { ...http, status: {}, notices: [{ title: "never", statusType: "danger" }, { title: "odd" }, 1] },
          ],
        },
      ],
    });
    expect(notes).toEqual([
      "clusters[0].extra: there is no such key in promviz; left out.",
      "clusters[0].serviceConnections[1]: it has no query; left out.",
      "clusters[0].serviceConnections[2].source: it has neither a label nor a replacement; left out with what it belongs to.",
      "clusters[0].serviceConnections[3]: it says nothing; left out.",
      "clusters[1]: it has no name; left out.",
      "clusters[2].serviceConnections[0].status: it has no label; all requests count as normal.",
      "clusters[2].serviceConnections[0].notices[0]: it has no threshold, so it never shows; left out.",
      "clusters[2].serviceConnections[0].notices[1]: its statusType is neither warning nor danger, so it never shows; left out.",
      "clusters[2].serviceConnections[0].notices[2]: it has no title; left out.",
      "clusters[2].serviceNotices[0]: it has no query; left out.",
      "clusters[2].serviceNotices[1]: it has no title; left out.",
      "clusters[2].serviceNotices[2].link: it is no http or https address; left out.",
    ]);
  });

  it.each([
    [undefined, "There are no settings in it."],
    [{ scrape_configs: [] }, "It is no configuration of promviz"],
    [{ clusters: [{ name: "a", serviceConnections: [] }] }, "There is no connection in it"],
  ])("refuses what is none: %j", (content, why) => {
    const read = importPromviz(content);
    expect(read.ok ? "" : read.error).toContain(why);
  });
});
