import { expect } from 'chai';
import { gym } from './planner-gym.ts';
import { local, say } from './planner-talk.ts';

/** A time of day as JSON Schema's `time` wants it, with the offset that it has where the test runs. */
const timeOf = (time: string): string => local(`2026-11-25T${time}`).slice(11);
const calls = (said: string, name: string, input: object): void => {
  it(`“${said}” calls ${name}`, async () => {
    expect((await say(gym, said)).calls).to.deep.equal([{ name, input }]);
  });
};
const asks = (said: string, about: string): void => {
  it(`“${said}” asks`, async () => {
    const { call, text } = await say(gym, said);
    expect(call).to.equal(undefined);
    expect(text).to.equal(about);
  });
};

describe('planner with fields', () => {
  describe('that take lists', () => {
    calls('wake me for training at 6 am and 7 pm on mondays and thursdays', 'set_training_alarm', {
      times: [timeOf('06:00'), timeOf('19:00')],
      days: ['mon', 'thu'],
    });
    calls('wake me for training at 7 every morning', 'set_training_alarm', {
      times: [timeOf('07:00')],
      days: ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'],
    });
    calls('wake me for training at 8 am on weekdays', 'set_training_alarm', {
      times: [timeOf('08:00')],
      days: ['mon', 'tue', 'wed', 'thu', 'fri'],
    });
    calls('reserve the sauna tomorrow at 5 pm for an hour and a half with a towel and slippers', 'reserve_sauna', {
      start: local('2026-11-25T17:00'),
      minutes: 90,
      extras: ['towel', 'slippers'],
    });
  });

  describe('that make a stretch of time', () => {
    calls('rent a squash court tomorrow from 2 pm to 4 pm', 'rent_court', {
      court: 'squash',
      start: local('2026-11-25T14:00'),
      end: local('2026-11-25T16:00'),
    });
    calls('rent a tennis court on friday at 10 am for 2 hours', 'rent_court', {
      court: 'tennis',
      start: local('2026-11-27T10:00'),
      end: local('2026-11-27T12:00'),
    });
    calls('reserve the sauna on friday from 4 pm to 6 pm', 'reserve_sauna', {
      start: local('2026-11-27T16:00'),
      minutes: 120,
    });
    it('take an end without a day on the day of the beginning', async () => {
      expect((await say(gym, 'rent a squash court tomorrow at 9 am', 'until 11 am')).call?.input).to.deep.equal({
        court: 'squash',
        start: local('2026-11-25T09:00'),
        end: local('2026-11-25T11:00'),
      });
    });
  });

  describe('within other fields', () => {
    calls('invite Ada Wong, ada@example.org', 'invite_member', {
      person: { name: 'Ada Wong', email: 'ada@example.org' },
    });
    calls('change my address to 8 Mill Road, 1234 Newtown, Wales', 'update_address', {
      address: { street: '8 Mill Road', postcode: '1234', city: 'Newtown', country: 'Wales' },
    });
    it('are asked for one at a time', async () => {
      expect((await say(gym, 'invite Ada Wong')).text).to.equal('What is the email?');
      expect((await say(gym, 'invite Ada Wong', 'ada@example.org')).call?.input).to.deep.equal({
        person: { name: 'Ada Wong', email: 'ada@example.org' },
      });
    });
  });

  describe('that take months, shares and prices', () => {
    calls('download the statement for march as csv', 'get_statement', { month: '2026-03', type: 'csv' });
    calls('download the statement for last month', 'get_statement', { month: '2026-10' });
    calls('download the statement for december', 'get_statement', { month: '2025-12' });
    calls('set the slope of the treadmill to a quarter', 'set_treadmill', { slope: 25 });
    calls('set the treadmill flat', 'set_treadmill', { slope: 0 });
    calls('find yoga classes for at most 12 euros', 'find_classes', { topic: 'yoga', max_price: 12 });
    asks('download a statement', 'When is it (month)?');
  });

  describe('that take somebody’s words', () => {
    calls('write to the trainer that I am late, reply to me@example.org', 'message_trainer', {
      text: 'I am late',
      reply_to: 'me@example.org',
    });
    asks('write to the trainer: my knee hurts', 'Where to send the answer?');
  });

  describe('that take things', () => {
    calls('join spinning', 'join_class', { class: 'spn' });
    calls('join boxing', 'join_class', { class: 'box' });
    asks('join yoga', 'Which class: Yoga for beginners or Yoga in the dark?');
    it('take a part of the name as the answer', async () => {
      expect((await say(gym, 'join yoga', 'the one for beginners')).call?.input).to.deep.equal({ class: 'yg1' });
    });
  });
});
