import type { IncomingHttpHeaders } from "node:http";

/** From where pages may connect. */
export interface OriginPolicy {
  /** Origins that are allowed whatever the Host header says: --public-url and --allow-origin. */
  readonly allowed: readonly string[];
  /**
   * Only names of this machine are answered to, because nobody has to show a token: another name that leads here would let a strange page read
   * everything (DNS rebinding).
   */
  readonly isLocalOnly: boolean;
}

export interface Caller {
  readonly headers: IncomingHttpHeaders;
  readonly remoteAddress: string | undefined;
}

export function isLoopback(address: string | undefined): boolean {
  return address !== undefined && /^(127\.\d+\.\d+\.\d+|::1|::ffff:127\.\d+\.\d+\.\d+)$/.test(address);
}

/** Whether this server answers to the name that it was called by. */
export function isHostAllowed({ allowed, isLocalOnly }: OriginPolicy, host: string | undefined): boolean {
  if (!isLocalOnly) return true;
  const name = hostName(host);
  if (name === undefined) return false;
  const isLocal = name === "localhost" || name.endsWith(".localhost") || name === "[::1]" || isLoopback(name);
  return isLocal || allowed.some((origin) => new URL(origin).hostname === name);
}

/**
 * Why a page may not connect, as a sentence; undefined when it may. Browsers name the page's origin with every WebSocket and with every request
 * that is not a plain GET; whoever names none is no page (a program with a bearer token, or on this machine), or a page of our own.
 */
export function whyOriginRefused(
  policy: OriginPolicy,
  { headers, remoteAddress }: Caller,
): string | undefined {
  if (!isHostAllowed(policy, headers.host)) {
    return `This server does not answer to the name ${headers.host ?? "that was used"}; start it with --public-url to allow it.`;
  }
  const { origin } = headers;
  if (origin !== undefined) {
    return isOriginAllowed(policy, origin, headers.host)
      ? undefined
      : `Pages of ${origin} may not connect; start the server with --public-url or --allow-origin ${origin} to allow it.`;
  }
  const fetchSite = headers["sec-fetch-site"];
  if (fetchSite !== undefined) {
    const isOwn = fetchSite === "same-origin" || fetchSite === "none";
    return isOwn ? undefined : "Other pages may not connect.";
  }
  const { referer } = headers;
  if (referer !== undefined && URL.canParse(referer)) {
    if (isOriginAllowed(policy, new URL(referer).origin, headers.host)) return undefined;
    return "Other pages may not connect.";
  }
  if (headers.authorization !== undefined || isLoopback(remoteAddress)) return undefined;
  return "Programs need a bearer token in an Authorization header.";
}

function isOriginAllowed({ allowed }: OriginPolicy, origin: string, host: string | undefined): boolean {
  if (allowed.includes(origin)) return true;
  // "null" (a sandboxed page, a file) is nobody's own origin.
  return URL.canParse(origin) && host !== undefined && new URL(origin).host === host.toLowerCase();
}

function hostName(host: string | undefined): string | undefined {
  const url = `http://${host ?? ""}/`;
  return host !== undefined && URL.canParse(url) ? new URL(url).hostname : undefined;
}
