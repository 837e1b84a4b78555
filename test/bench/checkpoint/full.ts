/** The usual way: the whole state stored after every step, and waited for. */
import { Encoder } from '../../../src/checkpoint/encode.ts';
import { contender, verify } from '../harness/contender.ts';
import type { Scenario } from '../harness/contender.ts';
import { BEGIN, change, filling, NAMES, sizeOf } from './data.ts';
import type { Full, Size } from './data.ts';
import { clear, openRaw, put } from './database.ts';

const encoder = new Encoder();

const FORMS: Readonly<Record<string, (state: Full) => unknown>> = {
  object: (state) => state,
  packed(state) {
    encoder.value(state);
    encoder.keep();
    return encoder.take();
  },
  JSON: (state) => JSON.stringify(state),
};

const run =
  (size: Size, form: (state: Full) => unknown): Scenario =>
  async (steps) => {
    const db = await openRaw('bench-full');
    let state: Full = { ...filling(size), ...BEGIN };
    const start = performance.now();
    while (state.n < steps) {
      state = { ...state, ...(await Promise.resolve(change(state))) };
      await put(db, state.n, form(state));
    }
    const ms = performance.now() - start;
    verify(state.n, steps, 'n');
    const bytes = steps * sizeOf(form(state));
    await clear(db);
    db.close();
    return { ms, bytes };
  };

contender(
  Object.fromEntries(
    NAMES.flatMap((size) => Object.entries(FORMS).map(([name, form]) => [`${name} ${size}`, run(size, form)] as const)),
  ),
);
