import { expect } from 'chai';
import type { Message } from '../../../src/core/index.ts';
import { answer, local, NOW, say, user } from '../planner-talk.ts';
import type { Answer } from '../planner-talk.ts';
import { harbour } from './harbour.ts';

interface Call {
  readonly tool: string;
  readonly input: object;
}

/** The answer to something that is said after a call. */
function after({ tool, input }: Call, said: string): Promise<Answer> {
  const messages: readonly Message[] = [
    user('u0', 'before'),
    { id: 'a0', at: NOW, role: 'assistant', content: [{ type: 'tool-call', toolCallId: 'c0', toolName: tool, input }] },
    {
      ...{ id: 't0', at: NOW, role: 'tool' },
      content: [{ type: 'tool-result', toolCallId: 'c0', toolName: tool, output: { type: 'json', value: null } }],
    },
    { id: 'a1', at: NOW, role: 'assistant', content: [{ type: 'text', text: 'Done.' }] },
    user('u1', said),
  ];
  return answer(harbour, messages);
}
const goesOn = (before: Call, said: string, name: string, input: object): void => {
  it(`“${said}” after ${before.tool} calls ${name}`, async () => {
    expect((await after(before, said)).calls).to.deep.equal([{ name, input }]);
  });
};
const both = (said: string, ...calls: readonly object[]): void => {
  it(`“${said}” makes ${calls.length} calls`, async () => {
    expect((await say(harbour, said)).calls).to.deep.equal(calls);
  });
};

describe('planner that goes on', () => {
  const booked = { tool: 'book_repair', input: { boat: 'b2', work: 'sails', start: local('2026-11-27T15:00') } };
  const noted = { tool: 'add_provisions', input: { item: 'milk', amount: 2, unit: 'crate' } };
  const asked = { tool: 'tide_table', input: { place: 'mole', figure: 'height' } };

  describe('adds to a list', () => {
    goesOn(noted, 'and bread', 'add_provisions', { item: 'bread' });
    goesOn(noted, 'also 3 kg of flour', 'add_provisions', { item: 'flour', amount: 3, unit: 'kg' });
  });

  describe('asks on about the same thing', () => {
    goesOn(asked, 'and the current?', 'tide_table', { place: 'mole', figure: 'current' });
    goesOn(asked, 'and how much current', 'tide_table', { place: 'mole', figure: 'current' });
    goesOn({ tool: 'tide_table', input: { place: 'lock' } }, 'and what are the hours there', 'lock_hours', {
      house: 'lock',
    });
  });

  describe('corrects by the tool that changes what was made', () => {
    goesOn(booked, 'actually, make it 4', 'postpone_repair', { boat: 'b2', new_start: local('2026-11-27T16:00') });
    goesOn(booked, 'no wait, Saturday', 'postpone_repair', { boat: 'b2', new_start: local('2026-11-28T15:00') });
  });

  describe('knows what “it” is', () => {
    goesOn(booked, 'never mind, cancel it again', 'cancel_repair', { boat: 'b2' });
    goesOn(booked, 'oops, cancel it', 'cancel_repair', { boat: 'b2' });
    both(
      "show last week's log and email it to tom@mole.example",
      { name: 'show_log', input: { week: 'last_week' } },
      { name: 'share_log', input: { email: 'tom@mole.example', week: 'last_week' } },
    );
  });

  goesOn(booked, 'bring the Juniper in for painting at 4 pm that day', 'book_repair', {
    boat: 'b3',
    work: 'painting',
    start: local('2026-11-27T16:00'),
  });

  describe('takes what comes before a request for what it is about', () => {
    both('The Juniper needs new sails, book a repair for Friday at 10', {
      name: 'book_repair',
      input: { boat: 'b3', work: 'sails', start: local('2026-11-27T10:00') },
    });
    both('The Marigold lies low, note down 3 metres', {
      name: 'log_depth',
      input: { boat: 'b1', metres: 3 },
    });
  });
});
