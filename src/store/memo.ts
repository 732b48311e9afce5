/** Remembers the last call: same arguments (by identity) give the same result without computing it again. */
export function memo<A extends readonly unknown[], R>(compute: (...args: A) => R): (...args: A) => R {
  let last: { readonly args: A; readonly result: R } | undefined;
  return (...args) => {
    if (last === undefined || args.some((arg, i) => !Object.is(arg, last?.args[i]))) {
      last = { args, result: compute(...args) };
    }
    return last.result;
  };
}
