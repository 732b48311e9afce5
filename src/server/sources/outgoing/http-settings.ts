import * as z from "zod";

import { flag, size, time } from "../../config/values.ts";
import type { HttpSettings } from "./http-client.ts";

/** Enough for a graph of the greatest size, and not for what would fill the memory. */
const usualBytes = 32 * 2 ** 20;

/** An http or https address; a user and a password in it would be shown to everybody. */
export const httpUrl = z
  .string("write the address of the system that is asked")
  .transform((raw, context): URL => {
    const url = URL.canParse(raw) ? new URL(raw) : undefined;
    if (url === undefined || !/^https?:$/.test(url.protocol)) {
      context.addIssue("write an address such as http://127.0.0.1:9090/ or https://host.example/path");
      return z.NEVER;
    }
    if (url.username === "" && url.password === "") return url;
    context.addIssue("leave user and password out of the address; write them under basic:");
    return z.NEVER;
  });

/** The keys by which a config file says how a system is reached; to be spread into the strict object of a kind of source. */
export const httpKeys = {
  headers: z
    .record(z.string().regex(/^[A-Za-z0-9!#$%&'*+.^_`|~-]+$/, "a header's name has no spaces"), headerValue())
    .default({}),
  basic: z
    .strictObject({ user: z.string(), password: z.string().optional(), passwordFile: filePath().optional() })
    .refine(
      ({ password, passwordFile }) => (password === undefined) !== (passwordFile === undefined),
      "write either password or passwordFile",
    )
    .optional(),
  bearer: headerValue().optional(),
  bearerFile: filePath().optional(),
  caFile: z.string().min(1, "write the path of a file of certificates").optional(),
  insecureSkipVerify: flag.default(false),
  timeout: time(100, 600_000).default(10_000),
  maxBytes: size.default(usualBytes),
};

function headerValue() {
  return z.string().regex(/^[\t\x20-\x7e\x80-\xff]*$/, "a header holds no line breaks or control characters");
}

function filePath() {
  return z.string().min(1, "write the path of a file");
}

type HttpKeys = z.infer<z.ZodObject<typeof httpKeys>>;

export function httpSettings(written: HttpKeys): HttpSettings {
  const { headers, basic, bearer, bearerFile, caFile, insecureSkipVerify, timeout, maxBytes } = written;
  return {
    headers,
    basic,
    bearer,
    bearerFile,
    caFile,
    isUnverified: insecureSkipVerify,
    timeoutMs: timeout,
    greatestBytes: maxBytes,
  };
}
