import { expect } from 'chai';
import type { Message } from '../../src/core/index.ts';
import { asksForGist, summaryOf } from '../../src/models/planner/summary.ts';
import { answer, NOW, user } from './planner-talk.ts';
import { shop } from './planner-tools.ts';

const PAGE = [
  'Welcome!',
  'Our coffee beans are roasted every morning in small batches.',
  'The shop opens at nine.',
  'We send coffee beans on the day they are roasted, so that the coffee stays fresh.',
  'There is a bus stop nearby.',
  'Roasted coffee beans keep for six weeks in a closed bag.',
].join(' ');
const GIST =
  'Our coffee beans are roasted every morning in small batches. We send coffee beans on the day they are roasted, so that the coffee stays fresh. Roasted coffee beans keep for six weeks in a closed bag.';

/** What is said of a page that a tool has read, after a request. */
async function told(request: string): Promise<string> {
  const messages: readonly Message[] = [
    user('u0', request),
    {
      id: 'a0',
      at: NOW,
      role: 'assistant',
      content: [{ type: 'tool-call', toolCallId: 'c', toolName: 'read', input: {} }],
    },
    {
      ...{ id: 't0', at: NOW, role: 'tool' },
      content: [{ type: 'tool-result', toolCallId: 'c', toolName: 'read', output: { type: 'json', value: PAGE } }],
    },
  ];
  return (await answer(shop, messages)).text;
}

describe('a summary', () => {
  it('is the sentences with the words that come most often, in their order', () => {
    expect(summaryOf(PAGE)).to.equal(GIST);
  });
  it('leaves a short text as it is', () => {
    expect(summaryOf('One thing.\nAnother one.')).to.equal('One thing.\nAnother one.');
  });
  it('is told only when it is asked for', async () => {
    expect(await told('summarise this page')).to.equal(GIST);
    expect(await told('read this page')).to.equal(PAGE);
  });
  it('is asked for in many ways', () => {
    for (const said of ['sum up the page', 'give me the gist', 'TL;DR', 'a summary please']) {
      expect(asksForGist(said), said).to.equal(true);
    }
    expect(asksForGist('search for summer coats')).to.equal(false);
  });
});
