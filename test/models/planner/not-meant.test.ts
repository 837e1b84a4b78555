import { expect } from 'chai';
import { market } from '../planner-market.ts';
import { say } from '../planner-talk.ts';
import { tasks, theatre } from '../planner-theatre.ts';
import { office } from '../planner-tools.ts';
import { campsite } from './campsite.ts';
import { harbour } from './harbour.ts';

type Site = Parameters<typeof say>[0];
const nothing = (site: Site, ...said: readonly string[]): void => {
  for (const one of said)
    it(`“${one}” calls nothing`, async () => {
      expect((await say(site, one)).calls).to.deep.equal([]);
    });
};
const calls = (site: Site, said: string, name: string, input: object): void => {
  it(`“${said}” calls ${name}`, async () => {
    expect((await say(site, said)).calls).to.deep.equal([{ name, input }]);
  });
};

describe('planner with what was not meant', () => {
  describe('makes nothing when a deed takes back, moves or ends what is there', () => {
    nothing(office, 'cancel the 10 minute timer', 'move my booking of the corner desk to friday');
    nothing(theatre, 'return 2 tickets for hamlet', 'sell 2 tickets for hamlet');
    nothing(tasks, 'cancel the meeting tomorrow at 3');
    nothing(harbour, 'cancel the order of 3 steel shackles', 'delete ann@b.co');
    nothing(campsite, 'return the gale dome on friday');
    calls(office, 'set a timer for 10 minutes', 'timer.start', { minutes: 10 });
  });

  describe('does nothing that is only talked of behind another deed', () => {
    nothing(office, 'show the booking of the corner desk on friday', 'I’m afraid to disable the alarm');
  });

  describe('leaves out in silence neither a time nor an amount nor a name', () => {
    nothing(office, 'turn on the light in the kitchen later', 'turn on the light in the kitchen in an hour');
    nothing(office, 'start 3 timers for 10 minutes', 'book the corner desk for Bob on friday');
    nothing(tasks, 'delete the task T-4 tomorrow', 'delete T-4 or T-5', 'delete T-4 instead of T-5');
    nothing(campsite, 'donate 20 or 30', 'donate 20 for Bob');
    nothing(theatre, 'buy 2 tickets for hamlet for 20 euros');
  });

  describe('asks which of two values is meant', () => {
    nothing(market('Tent'), 'dark or light mode');
    nothing(office, 'book the corner desk except friday', 'start a timer for 10-15 minutes');
    calls(office, 'book the corner desk for 13/4', 'desk.book', { desk: 'd1', day: '2027-04-13' });
    calls(office, 'book the corner desk for 3/3', 'desk.book', { desk: 'd1', day: '2027-03-03' });
    it('a stretch that ends before it begins has no end', async () => {
      const { calls: made, text } = await say(tasks, 'export a report from 1 march to 1 february');
      expect(made).to.deep.equal([]);
      expect(text).to.equal('When is it (to)?');
    });
  });

  describe('sets nothing to what it is to be raised by', () => {
    nothing(office, 'raise the bedroom by 6 degrees', 'make the bedroom warmer by 6 degrees');
  });

  describe('hears “no” and conditions wherever they stand', () => {
    nothing(market('Tent'), 'no dark mode', 'not dark mode');
    nothing(tasks, 'create no task');
    nothing(
      office,
      'unless it is dark, turn on the light in the kitchen',
      'turn on the light in the kitchen, no don’t',
      'turn on the light in the kitchen, please don’t',
    );
    calls(office, 'book the corner desk for friday without a monitor', 'desk.book', {
      ...{ desk: 'd1', day: '2026-11-27', monitor: false },
    });
  });

  describe('does nothing that somebody else has said', () => {
    nothing(tasks, 'new task: call Bob and delete T-4');
  });
});
