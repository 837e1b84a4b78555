import { expect } from 'chai';
import { lateProblem } from '../../components/late-problem.ts';
import { loadQuestions } from '../../components/late-questions.ts';
import { stringsOf } from '../../components/strings/packs.ts';
import { AgentError } from '../../src/core/index.ts';

describe('a failure', () => {
  it('is told as the site would be, until the words for a person are there', async () => {
    const error = new AgentError('model-unreachable', '"m" at api.example failed.', { fix: 'Mend it.' });
    expect(lateProblem(error, stringsOf(''))).to.deep.equal({ message: '"m" at api.example failed.', fix: 'Mend it.' });
    expect(lateProblem('Failed.', stringsOf(''))).to.deep.equal({ message: 'Failed.', fix: 'Try again.' });
    await loadQuestions();
    const { message, details, way } = lateProblem(error, stringsOf(''));
    expect(message).to.equal('The language model cannot be reached.');
    expect(details).to.deep.equal({ message: '"m" at api.example failed.', fix: 'Mend it.' });
    expect(way).to.equal('retry');
  });

  it('that is in words already stays as it is', async () => {
    await loadQuestions();
    const said = { message: 'This is too much.', fix: 'Take less.' };
    expect(lateProblem(said, stringsOf(''))).to.equal(said);
  });
});
