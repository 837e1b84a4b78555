import { expect } from 'chai';
import type { ModelTool } from '../../src/core/index.ts';
import { market } from './planner-market.ts';
import { say } from './planner-talk.ts';
import { tasks, theatre } from './planner-theatre.ts';
import { shop } from './planner-tools.ts';

type Made = readonly [name: string, input: object];

const calls = (tools: readonly ModelTool[], said: string, ...wanted: readonly Made[]): void => {
  it(`“${said}” calls ${wanted.map(([name]) => name).join(' and ')}`, async () => {
    expect((await say(tools, said)).calls.map(({ name, input }) => [name, input])).to.deep.equal(wanted);
  });
};
const asks = (tools: readonly ModelTool[], said: string, text: string): void => {
  it(`“${said}” is asked about`, async () => {
    const answer = await say(tools, said);
    expect([answer.calls, answer.text]).to.deep.equal([[], text]);
  });
};
const nothing = (tools: readonly ModelTool[], said: string): void => {
  it(`“${said}” calls nothing`, async () => {
    expect((await say(tools, said)).calls).to.deep.equal([]);
  });
};

describe('planner', () => {
  describe('with tools that are like one another', () => {
    calls(theatre, 'put Hamlet on my wishlist', ['add_to_wishlist', { play: 'p1' }]);
    calls(theatre, 'take Hamlet off my wishlist', ['remove_from_wishlist', { play: 'p1' }]);
    calls(theatre, 'give Hamlet 4 stars', ['rate_play', { play: 'p1', stars: 4 }]);
    calls(theatre, 'two tickets for Hamlet please', ['buy_tickets', { play: 'p1', quantity: 2 }]);
    calls(theatre, 'find comedy in Manchester', ['find_plays', { kind: 'comedy', city: 'Manchester' }]);
    asks(theatre, 'buy tickets', 'Which play: Hamlet or Jazz Night?');
    nothing(theatre, 'hamlet');
    nothing(theatre, 'why is Hamlet sold out');
    nothing(theatre, 'stop adding Hamlet to my wishlist');
  });

  describe('with a place that one tool knows', () => {
    calls(shop, 'add milk to my list', ['todo.add', { title: 'milk' }]);
    calls(market('Milk jug', 'Tent'), 'add milk to my notes', ['note_add', { title: 'milk' }]);
  });

  describe('with the numbers of things', () => {
    calls(tasks, 'move T-3 to review', ['set_status', { task: 'T-3', status: 'review' }]);
    calls(tasks, 'note 30 minutes on T-2', ['log_time', { task: 'T-2', minutes: 30 }]);
    calls(tasks, 'new task: renew the certificate', ['create_task', { title: 'renew the certificate' }]);
    nothing(tasks, 'make T-4 high priority');
    nothing(tasks, 'remind me to delete T-4');
    nothing(tasks, 'Bob finished T-4 yesterday');
    nothing(tasks, 'if T-4 is done move it to review');
  });

  describe('that looks something up', () => {
    const october = { from: '2026-10-01', to: '2026-10-31' };
    calls(tasks, 'export the report for october as csv', ['export_report', { ...october, format: 'csv' }]);
    calls(tasks, 'export last month to pdf', ['export_report', { ...october, format: 'pdf' }]);
    calls(tasks, 'export the hours from 1 to 15 october', ['export_report', { from: '2026-10-01', to: '2026-10-15' }]);
  });

  describe('with what is said once of several things', () => {
    const done = { status: 'done' };
    calls(
      tasks,
      'mark T-3 and T-5 as done',
      ['set_status', { task: 'T-3', ...done }],
      ['set_status', { task: 'T-5', ...done }],
    );
    calls(
      theatre,
      'buy two tickets for Hamlet and show me the seats',
      ['buy_tickets', { play: 'p1', quantity: 2 }],
      ['seat_map', { play: 'p1' }],
    );
    calls(theatre, 'Hamlet, rate it 4', ['rate_play', { play: 'p1', stars: 4 }]);
  });
});
