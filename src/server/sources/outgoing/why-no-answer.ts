/** What to do about the usual failures, by their codes in Node. */
const sentences: Readonly<Record<string, string>> = {
  ECONNREFUSED: "nothing listens there",
  ENOTFOUND: "there is no machine of that name",
  EAI_AGAIN: "the name cannot be looked up at the moment",
  ECONNRESET: "the connection was cut",
  EPIPE: "the connection was cut",
  ETIMEDOUT: "the machine does not answer",
  EHOSTUNREACH: "the machine cannot be reached from here",
  ENETUNREACH: "the network cannot be reached from here",
  EPROTO: "it does not speak TLS there; perhaps the address begins with http://",
  ERR_SSL_WRONG_VERSION_NUMBER: "it does not speak TLS there; perhaps the address begins with http://",
  HPE_INVALID_CONSTANT: "what answers there does not speak HTTP",
  HPE_HEADER_OVERFLOW: "the headers of the answer are too large",
  DEPTH_ZERO_SELF_SIGNED_CERT: "its certificate is signed by itself; name its file with caFile",
  SELF_SIGNED_CERT_IN_CHAIN:
    "its certificate is signed by an authority that is not known here; name its file with caFile",
  UNABLE_TO_VERIFY_LEAF_SIGNATURE:
    "its certificate is signed by an authority that is not known here; name its file with caFile",
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY:
    "its certificate is signed by an authority that is not known here; name its file with caFile",
  CERT_HAS_EXPIRED: "its certificate has expired",
  ERR_TLS_CERT_ALTNAME_INVALID: "its certificate is for another name",
};

/** Why an address did not answer, as a sentence. */
export function whyNoAnswer(error: unknown, address: string): string {
  const code = codeOf(error);
  const known = code === undefined ? undefined : sentences[code];
  const message = error instanceof Error && error.message !== "" ? error.message : (code ?? String(error));
  return `${address} does not answer: ${known ?? message}.`;
}

/** Of several addresses that were tried the first tells enough. */
function codeOf(error: unknown): string | undefined {
  const first: unknown = error instanceof AggregateError ? error.errors[0] : error;
  const code = typeof first === "object" && first !== null && "code" in first ? first.code : undefined;
  return typeof code === "string" ? code : undefined;
}
