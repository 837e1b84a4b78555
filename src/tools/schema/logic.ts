/** The keywords that put schemas together. */
import { every } from './check.ts';
import type { Check, Fault, Maker, Makers, Run, Seen } from './check.ts';

/** Tells what is wrong with the branch of a union that gets furthest, which is the one that was meant. */
function tell(run: Run, checks: readonly Check[], value: unknown, faults: Fault[], seen?: Seen): void {
  const inner: Fault[] = (run.faults = []);
  // What any of them would have seen is no fault as well.
  for (const check of checks) check(value, run, seen);
  run.faults = faults;
  const depth = Math.max(...inner.map(({ keys }) => keys.length));
  faults.push(...inner.filter(({ keys }) => keys.length === depth));
}

const union =
  (most: number): Maker<readonly unknown[]> =>
  (given, _part, { compile }) => {
    const checks = given.map(compile);
    return (value, run, seen) => {
      let fitting = 0;
      for (const check of checks) {
        if (run.tries(check, value, seen)) fitting++;
        // What each of them has seen counts, also where one would do.
        if (fitting > most || (fitting > 0 && most > 1 && !seen)) break;
      }
      if (fitting > 0 && fitting <= most) return true;
      if (fitting > 0) return run.fail('It fits more than one of what it may be.');
      if (run.faults && checks.length > 0 && run.unions-- > 0) tell(run, checks, value, run.faults, seen);
      else run.fail('It fits nothing of what it may be.');
      return false;
    };
  };

const reference: Maker<string> = (given, part, { compile, resolve }) => {
  const check = compile(resolve(part, given));
  return (value, run, seen) => run.once(check, value, seen);
};

export const LOGIC: Makers = {
  $ref: reference,
  // Without dynamic scopes: what is named is looked for in this document.
  $dynamicRef: reference,
  allOf: (given: readonly unknown[], _part, { compile }) => every(given.map(compile)),
  anyOf: union(Infinity),
  oneOf: union(1),
  not: (given: unknown, _part, { compile }) => {
    const check = compile(given);
    return (value, run) => !run.tries(check, value) || run.fail('It is what it must not be.');
  },
  if: (given: unknown, { then = true, else: otherwise = true }, { compile }) => {
    const condition = compile(given);
    const checks = [compile(then), compile(otherwise)] as const;
    return (value, run, seen) => checks[run.tries(condition, value, seen) ? 0 : 1](value, run, seen);
  },
};
