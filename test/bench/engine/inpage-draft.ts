/** The drafts of this package: draft, writes, next values. */
import { createDraft } from '../../../src/drafts/index.ts';
import { append, apply, last, lower, NO_VALUES } from '../../../src/state/index.ts';
import type { Values } from '../../../src/state/index.ts';
import { contender } from '../harness/contender.ts';
import type { Entry, Message } from './data.ts';
import { board, draftScenarios } from './draft-cases.ts';
import type { Board } from './draft-cases.ts';

const channels = {
  n: last(() => 0),
  messages: append<Message>(),
  record: last<Record<string, Entry>>(() => ({})),
  tree: last<Board['tree'] | null>(() => null),
};
const input = board();

contender(
  draftScenarios<Values>(
    () => apply(NO_VALUES, lower(channels, NO_VALUES, input, 'input').writes),
    (values, edit) => {
      const writing = createDraft(channels, values);
      // A draft is a record by the names of the channels, and these channels hold a board.
      edit(writing.draft as unknown as Board);
      return apply(values, writing.finish().writes);
    },
    ({ n }) => ({ n: Number(n) }),
  ),
);
