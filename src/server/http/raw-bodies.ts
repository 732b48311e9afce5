import { promisify } from "node:util";
import { gunzip } from "node:zlib";

import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from "fastify";

import { err, ok, type Result } from "#base/result.ts";

import { apiError } from "./api-guard.ts";

export interface BodyFault {
  readonly status: 400 | 413 | 415 | 503;
  readonly message: string;
}

const unpack = promisify(gunzip);

/** More at once would take the memory and the threads that others need. */
const greatestUnpackings = 4;

let unpackings = 0;

/** Bodies of these types come as bytes, and no others come in at all; for routes that say by themselves what is wrong with a body. */
export function takeRawBodies(scope: FastifyInstance, types: readonly string[], greatestBytes: number): void {
  scope.removeAllContentTypeParsers();
  scope.addContentTypeParser(
    [...types],
    { parseAs: "buffer", bodyLimit: greatestBytes },
    (_request, body, done) => done(null, body),
  );
  scope.setErrorHandler(async (error: FastifyError, request: FastifyRequest, reply: FastifyReply) => {
    const { statusCode = 500 } = error;
    if (statusCode === 413) return reply.code(413).send(apiError(tooLarge(greatestBytes)));
    if (statusCode === 415) {
      return reply.code(415).send(apiError(`Send one of these content types: ${types.join(", ")}.`));
    }
    if (statusCode < 500)
      return reply.code(statusCode).send(apiError(`${error.message.replace(/\.$/, "")}.`));
    request.log.error({ err: error }, "A request failed");
    return reply.code(500).send(apiError("The server has a bug here; its log says more."));
  });
}

/** The bytes of a body, unpacked. */
export async function bodyBytes(
  { body, headers }: FastifyRequest,
  greatestBytes: number,
): Promise<Result<Buffer, BodyFault>> {
  const bytes = Buffer.isBuffer(body) ? body : Buffer.alloc(0);
  const encoding = headers["content-encoding"]?.trim().toLowerCase() ?? "identity";
  if (encoding === "identity" || encoding === "") return ok(bytes);
  if (encoding !== "gzip") {
    return err({
      status: 415,
      message: `The body is packed as ${encoding}. Send it plain, or packed with gzip.`,
    });
  }
  if (unpackings >= greatestUnpackings) {
    return err({
      status: 503,
      message: "Too much is being unpacked at the moment. Send it again in a second.",
    });
  }
  unpackings += 1;
  try {
    return ok(await unpack(bytes, { maxOutputLength: greatestBytes }));
  } catch (error: unknown) {
    const isTooLarge = error instanceof Error && "code" in error && error.code === "ERR_BUFFER_TOO_LARGE";
    return isTooLarge
      ? err({ status: 413, message: tooLarge(greatestBytes) })
      : err({ status: 400, message: "The body says that it is packed with gzip, and cannot be unpacked." });
  } finally {
    unpackings -= 1;
  }
}

function tooLarge(greatestBytes: number): string {
  return `The body is larger than ${greatestBytes / 2 ** 20} MiB. Send less at once.`;
}
