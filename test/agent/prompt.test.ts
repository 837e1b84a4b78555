import { expect } from 'chai';
import { applyView, WHOLE } from '../../src/agent/compaction/view.ts';
import { promptOf } from '../../src/agent/prompt.ts';
import { round, says, user } from './messages.ts';

describe('what a model gets of a conversation', () => {
  it('is without the results that were left out since it was asked last', () => {
    const long = 'x'.repeat(9000);
    const before = [user('first'), ...round('look', {}, long), says('Found.'), user('second'), says('Yes.')];
    expect(JSON.stringify(promptOf(applyView(before, WHOLE)))).to.include(long);
    const view = { ...WHOLE, pruned: { [`${before[1]?.id}:0`]: 0 } };
    const seen = promptOf(applyView([...before, user('third')], view));
    expect(seen).to.have.length(before.length + 1);
    expect(JSON.stringify(seen)).to.not.include(long);
  });
});
