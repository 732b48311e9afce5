import * as fc from "fast-check";

/**
 * Laws are tried with other cases in every run, but not where a run decides over somebody else's work: there the cases are the same each time, so that a failure is
 * the change's, and can be repeated with CI=true.
 */
if (process.env["CI"] !== undefined) fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: 20_260_106 });
