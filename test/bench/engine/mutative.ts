/** Mutative: draft, patches, next state. */
import { create } from 'mutative';
import { contender } from '../harness/contender.ts';
import { board, draftScenarios } from './draft-cases.ts';
import type { Board } from './draft-cases.ts';

const base = board();

contender(
  draftScenarios<Board>(
    () => base,
    (state, edit) => create(state, edit, { enablePatches: true })[0],
    (state) => state,
  ),
);
