/**
 * The company of the demo: a streaming service in three regions. Everything here is invented; only the six numbers of the regions are
 * those of a public sample, rounded.
 */
export interface Service {
  readonly name: string;
  readonly type: "users" | "pipe" | "service" | "user" | "storage";
  readonly team: string;
  /** Median answer time as its callers see it, milliseconds. */
  readonly latencyMs: number;
  /** Share of calls that are answered, but not as they should be: fallbacks, partial results. */
  readonly degraded?: number;
  /** Where it runs; everywhere unless said. */
  readonly regions?: readonly RegionName[];
}

export type RegionName = "us-east-1" | "us-west-2" | "eu-west-1";

export interface Region {
  readonly name: RegionName;
  readonly location: string;
  /** Requests per second that the internet sends. */
  readonly inbound: number;
  /** Greatest volume of the last days. */
  readonly maxVolume: number;
  /** Shares of `inbound` that fail, and that are degraded. */
  readonly danger: number;
  readonly warning: number;
  readonly zones: readonly string[];
}

export const regions: readonly Region[] = [
  {
    name: "us-east-1",
    location: "Virginia, USA",
    inbound: 63270.2,
    maxVolume: 96035.5,
    danger: 0.0021,
    warning: 0.0006,
    zones: ["a", "b", "c", "d"],
  },
  {
    name: "us-west-2",
    location: "Oregon, USA",
    inbound: 38794.8,
    maxVolume: 67937,
    danger: 0.0018,
    warning: 0.0009,
    zones: ["a", "b", "c"],
  },
  {
    name: "eu-west-1",
    location: "Dublin, Ireland",
    inbound: 31561.9,
    maxVolume: 73536,
    danger: 0.0031,
    warning: 0.0004,
    zones: ["a", "b", "c"],
  },
];

/** What little is proxied between regions on a quiet evening, requests per second. */
export const betweenRegions: readonly (readonly [RegionName, RegionName, number, number])[] = [
  ["us-east-1", "us-west-2", 0.07, 64],
  ["us-east-1", "eu-west-1", 0.168, 76],
  ["us-west-2", "us-east-1", 0.024, 64],
  ["us-west-2", "eu-west-1", 0.196, 138],
  ["eu-west-1", "us-east-1", 0, 76],
  ["eu-west-1", "us-west-2", 0, 138],
];

/** Left to right as traffic goes: gateways, APIs, services, models and queues, stores. */
export const services: readonly Service[] = [
  { name: "INTERNET", type: "users", team: "everybody", latencyMs: 0 },
  { name: "edge-gateway", type: "pipe", team: "edge", latencyMs: 128 },
  { name: "device-gateway", type: "pipe", team: "edge", latencyMs: 96 },
  { name: "log-intake", type: "pipe", team: "data-platform", latencyMs: 38 },
  { name: "playback-api", type: "service", team: "playback", latencyMs: 74, degraded: 0.0008 },
  { name: "discovery-api", type: "service", team: "discovery", latencyMs: 112, degraded: 0.002 },
  { name: "account-api", type: "service", team: "membership", latencyMs: 86 },
  { name: "search-api", type: "service", team: "search", latencyMs: 94, degraded: 0.001 },
  { name: "signup-web", type: "service", team: "growth", latencyMs: 165, regions: ["us-east-1"] },
  {
    name: "live-events",
    type: "service",
    team: "live",
    latencyMs: 58,
    degraded: 0.004,
    regions: ["us-west-2"],
  },
  { name: "consent", type: "service", team: "privacy", latencyMs: 22, regions: ["eu-west-1"] },
  { name: "identity", type: "user", team: "identity", latencyMs: 16 },
  { name: "session", type: "service", team: "playback", latencyMs: 12 },
  { name: "license", type: "service", team: "content-protection", latencyMs: 34 },
  { name: "manifest", type: "service", team: "playback", latencyMs: 41, degraded: 0.0005 },
  { name: "entitlements", type: "service", team: "membership", latencyMs: 14 },
  { name: "geo-gate", type: "service", team: "content-licensing", latencyMs: 9, regions: ["eu-west-1"] },
  { name: "home-feed", type: "service", team: "discovery", latencyMs: 88, degraded: 0.004 },
  { name: "watch-history", type: "service", team: "personalization", latencyMs: 19 },
  { name: "profiles", type: "user", team: "membership", latencyMs: 11 },
  { name: "catalog", type: "service", team: "catalog", latencyMs: 17 },
  { name: "artwork", type: "service", team: "creative", latencyMs: 24, degraded: 0.0012 },
  { name: "search", type: "service", team: "search", latencyMs: 46, degraded: 0.003 },
  {
    name: "ab-test",
    type: "service",
    team: "experimentation",
    latencyMs: 6,
    regions: ["us-east-1", "us-west-2"],
  },
  { name: "billing", type: "service", team: "payments", latencyMs: 62 },
  {
    name: "payments",
    type: "service",
    team: "payments",
    latencyMs: 240,
    degraded: 0.006,
    regions: ["us-east-1", "eu-west-1"],
  },
  { name: "fraud-check", type: "service", team: "payments", latencyMs: 71, regions: ["us-east-1"] },
  {
    name: "notifications",
    type: "service",
    team: "messaging",
    latencyMs: 28,
    degraded: 0.008,
    regions: ["us-east-1", "eu-west-1"],
  },
  { name: "recommendations", type: "service", team: "algorithms", latencyMs: 67, degraded: 0.006 },
  { name: "personalization", type: "service", team: "personalization", latencyMs: 31, degraded: 0.002 },
  {
    name: "ranking-model",
    type: "service",
    team: "algorithms",
    latencyMs: 44,
    regions: ["us-east-1", "us-west-2"],
  },
  { name: "subtitles", type: "service", team: "playback", latencyMs: 13, regions: ["eu-west-1"] },
  { name: "live-encoder", type: "pipe", team: "live", latencyMs: 30, regions: ["us-west-2"] },
  { name: "events-queue", type: "pipe", team: "data-platform", latencyMs: 5 },
  { name: "stream-processor", type: "service", team: "data-platform", latencyMs: 150 },
  { name: "feature-store", type: "storage", team: "ml-platform", latencyMs: 7 },
  { name: "token-cache", type: "storage", team: "identity", latencyMs: 1.1 },
  { name: "session-cache", type: "storage", team: "playback", latencyMs: 0.9 },
  { name: "catalog-cache", type: "storage", team: "catalog", latencyMs: 1.2 },
  { name: "profile-db", type: "storage", team: "membership", latencyMs: 4.2 },
  { name: "history-db", type: "storage", team: "personalization", latencyMs: 6.5 },
  { name: "billing-db", type: "storage", team: "payments", latencyMs: 5.8 },
  { name: "search-index", type: "storage", team: "search", latencyMs: 9.4 },
  { name: "media-store", type: "storage", team: "media", latencyMs: 18 },
  { name: "data-lake", type: "storage", team: "data-platform", latencyMs: 90, regions: ["us-east-1"] },
];

/**
 * How often a service calls another for each request it gets: its gain. The internet's are shares of what enters. A call to a service
 * that a region lacks is not made there.
 */
export const calls: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  INTERNET: { "edge-gateway": 0.57, "device-gateway": 0.27, "log-intake": 0.16 },
  "edge-gateway": {
    "discovery-api": 0.44,
    "playback-api": 0.26,
    "account-api": 0.13,
    "search-api": 0.11,
    "live-events": 0.09,
    "signup-web": 0.015,
    consent: 0.12,
    identity: 0.31,
  },
  "device-gateway": {
    "playback-api": 0.34,
    "live-events": 0.14,
    session: 0.52,
    identity: 0.09,
    notifications: 0.06,
  },
  "log-intake": { "events-queue": 0.93 },
  "playback-api": {
    manifest: 0.86,
    license: 0.58,
    session: 0.74,
    entitlements: 0.66,
    "geo-gate": 0.6,
    "watch-history": 0.33,
    "ab-test": 0.12,
  },
  "discovery-api": { "home-feed": 0.83, catalog: 0.9, artwork: 1.25, profiles: 0.38, "ab-test": 0.35 },
  "account-api": { profiles: 0.8, identity: 0.42, entitlements: 0.22, billing: 0.16 },
  "search-api": { search: 0.97, artwork: 0.7, profiles: 0.12 },
  "signup-web": { identity: 0.6, billing: 0.34, "fraud-check": 0.3, notifications: 0.2 },
  "live-events": { "live-encoder": 0.35, session: 0.3, entitlements: 0.4, "catalog-cache": 0.5 },
  consent: { "profile-db": 0.5 },
  identity: { "token-cache": 1.35, "profile-db": 0.06 },
  session: { "session-cache": 1.9, "events-queue": 0.22 },
  license: { "token-cache": 0.8, entitlements: 0.31 },
  manifest: { "catalog-cache": 0.85, "media-store": 0.3, subtitles: 0.55 },
  entitlements: { "catalog-cache": 0.35, "profile-db": 0.28 },
  "geo-gate": { "catalog-cache": 0.4 },
  "home-feed": { recommendations: 0.78, personalization: 0.55, catalog: 0.4, "watch-history": 0.12 },
  "watch-history": { "history-db": 0.62, "events-queue": 0.45 },
  profiles: { "profile-db": 0.74 },
  catalog: { "catalog-cache": 1.6, "media-store": 0.06 },
  artwork: { "media-store": 0.45, personalization: 0.14 },
  search: { "search-index": 1.45, "ranking-model": 0.24, "catalog-cache": 0.3 },
  "ab-test": { "feature-store": 0.1 },
  billing: { "billing-db": 0.7, payments: 0.3, "events-queue": 0.3, notifications: 0.06 },
  // Card networks call back: a cycle.
  payments: { "billing-db": 0.4, "fraud-check": 0.5, billing: 0.05 },
  "fraud-check": { "feature-store": 0.4, "profile-db": 0.2 },
  notifications: { profiles: 0.25, "events-queue": 0.5 },
  recommendations: { "ranking-model": 0.64, "feature-store": 0.82, "catalog-cache": 0.5 },
  personalization: { "feature-store": 0.6, profiles: 0.2, "ranking-model": 0.1 },
  "ranking-model": { "feature-store": 0.55 },
  subtitles: { "media-store": 0.8 },
  "live-encoder": { "media-store": 0.5 },
  "events-queue": { "stream-processor": 0.96 },
  // Marks titles as watched: the longer cycle.
  "stream-processor": { "data-lake": 0.6, "history-db": 0.08, "feature-store": 0.06, "watch-history": 0.015 },
};

/** What people should know, none of it alarming. */
export const remarks: readonly {
  readonly region: RegionName;
  readonly service: string;
  /** The remark concerns the calls to this service. */
  readonly to?: string;
  readonly notice: { readonly title: string; readonly subtitle?: string; readonly link?: string };
}[] = [
  {
    region: "us-east-1",
    service: "playback-api",
    notice: {
      title: "Canary 2.184.0 takes 5 % of the traffic",
      subtitle: "Started 19:40 UTC by the playback team",
      link: "https://example.com/deploys/playback-api/2.184.0",
    },
  },
  {
    region: "us-west-2",
    service: "search",
    to: "search-index",
    notice: { title: "The index is being rebuilt; the old copy answers until 21:30 UTC" },
  },
  {
    region: "eu-west-1",
    service: "billing",
    notice: {
      title: "Card network maintenance tonight, 22:00 to 23:00 UTC",
      subtitle: "Renewals are queued meanwhile",
    },
  },
];
