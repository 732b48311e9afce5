import * as z from "zod";

import type { ObservedCapacity } from "#domain/observed/observation.ts";

import { number, time } from "./values.ts";

const dayMs = 86_400_000;

const capacity = z
  .strictObject({
    region: z.string().min(1).optional(),
    namespace: z.string().min(1).optional(),
    service: z.string().min(1).optional(),
    rps: number(0.001, 1e12, false),
    instances: number(1, 1e6, true).optional(),
  })
  .transform(({ region, namespace, service, rps, instances }, context): ObservedCapacity => {
    if (region === undefined && service === undefined) {
      context.addIssue({ code: "custom", message: "name a service, a region or both" });
      return z.NEVER;
    }
    return {
      about: {
        ...(region === undefined ? {} : { region }),
        ...(namespace === undefined ? {} : { namespace }),
        ...(service === undefined ? {} : { service }),
      },
      rps,
      from: "config",
      ...(instances === undefined ? {} : { instances }),
    };
  });

/** What services and regions are known to bear. */
export const capacitySchema = z
  .array(capacity, 'write a list: "- service: checkout"')
  .max(10_000)
  .default([]);

/** How far back recorded peaks count: whole days, as they are kept by the day. 0: off. */
export const peaksSchema = z
  .union([z.literal("off").transform(() => 0), z.literal(false).transform(() => 0), time(dayMs, 90 * dayMs)])
  .default(7 * dayMs);
