import { casual } from 'chrono-node/en';
import { expect } from 'chai';
import fc from 'fast-check';
import { moments } from '../../src/models/planner/dates.ts';
import { local } from './planner-talk.ts';

/** A Tuesday, ten in the morning. */
const TUESDAY = '2026-11-24T10:00';

const said = (text: string, now = TUESDAY): readonly string[] =>
  moments(text, new Date(now).getTime()).map(({ value }) => value);

/** Checks a table of phrases, each with the wall-clock times that it says. A day alone is written without a time. */
function says(table: Readonly<Record<string, string>>, now = TUESDAY): void {
  for (const [text, times] of Object.entries(table)) {
    const expected = times.split(' ').filter((time) => time !== '');
    expect(said(text, now), `“${text}” at ${now}`).to.deep.equal(
      expected.map((time) => local(time.includes('T') ? time : `${time}T09:00`)),
    );
  }
}

const nothing = (...texts: readonly string[]): void => {
  for (const text of texts) expect(said(text), text).to.deep.equal([]);
};

describe('days', () => {
  it('are counted from today', () => {
    says({
      today: '2026-11-24',
      tomorrow: '2026-11-25',
      tmrw: '2026-11-25',
      tommorow: '2026-11-25',
      yesterday: '2026-11-23',
      'the day after tomorrow': '2026-11-26',
      'the day before yesterday': '2026-11-22',
      'in 3 days': '2026-11-27',
      'within 3 days': '2026-11-27',
      'in a fortnight': '2026-12-08',
      'in a couple of days': '2026-11-26',
      "in 2 weeks' time": '2026-12-08',
      '2 days ago': '2026-11-22',
      'three weeks later': '2026-12-15',
      '2 weeks from today': '2026-12-08',
      'the next 3 days': '2026-11-27',
      'past 2 weeks': '2026-11-10',
    });
  });
  it('are weekdays, the next one unless it is said otherwise', () => {
    says({
      friday: '2026-11-27',
      fri: '2026-11-27',
      wensday: '2026-11-25',
      'on tuesday': '2026-12-01',
      'on tuesday at 5': '2026-11-24T17:00',
      'this tuesday': '2026-11-24',
      'this friday': '2026-11-27',
      'next monday': '2026-11-30',
      'next friday': '2026-12-04',
      'last friday': '2026-11-20',
      'friday next week': '2026-12-04',
      'friday after next': '2026-12-11',
      'since friday': '2026-11-20',
      'friday in two weeks': '2026-12-11',
      'a week from friday': '2026-12-04',
      '2 weeks from tomorrow': '2026-12-09',
    });
  });
  it('belong to weeks, months and years', () => {
    says({
      'next week': '2026-12-01',
      'last week': '2026-11-17',
      'the week after next': '2026-12-08',
      'next month': '2026-12-24',
      'next year': '2027-11-24',
      'this weekend': '2026-11-28',
      'next weekend': '2026-12-05',
      'end of the month': '2026-11-30',
      'by the end of next month': '2026-12-31',
      'end of next week': '2026-12-04',
      'end of the year': '2026-12-31',
      'end of march': '2027-03-31',
      'start of next month': '2026-12-01',
    });
  });
  it('are dates in words, in this year or the next', () => {
    says({
      'November 30': '2026-11-30',
      'November 3': '2027-11-03',
      '3 November': '2027-11-03',
      'Nov 3rd 2027': '2027-11-03',
      'november 3, 2028': '2028-11-03',
      'the 3rd of November': '2027-11-03',
      'the third of december': '2026-12-03',
      'december twenty-first': '2026-12-21',
      'may first': '2027-05-01',
      'Dec. 5': '2026-12-05',
      'in march': '2027-03-01',
      'in March 2028': '2028-03-01',
      december: '2026-12-01',
      'Friday, November 27': '2026-11-27',
      'Nov 27 (Friday)': '2026-11-27',
      'on the 15th': '2026-12-15',
      'by the 3rd': '2026-12-03',
      'on the 31st': '2026-12-31',
      'on the 15th to pay': '2026-12-15',
      'the 15th at 5pm': '2026-12-15T17:00',
      'on the 3rd of next month': '2026-12-03',
      christmas: '2026-12-25',
      'by new year’s eve': '2026-12-31',
      '2 days before christmas': '2026-12-23',
    });
  });
  it('are dates in digits, the month first with a slash and second with a point', () => {
    says({
      '2026-11-25': '2026-11-25',
      '11/25/2026': '2026-11-25',
      '25/11/2026': '2026-11-25',
      '3/4/2027': '2027-03-04',
      '3/4/27': '2027-03-04',
      '25.11.2026': '2026-11-25',
      '3.4.2027': '2027-04-03',
      '25-11-2026': '2026-11-25',
      'on 12/25': '2026-12-25',
      '12/25 at 5': '2026-12-25T17:00',
    });
  });
  it('that do not exist are none, whatever stands beside them', () => {
    nothing('February 30', '32 May', '30/2/2026', '45/77/2026', '2026-02-30', 'on February 30 at 5pm');
    nothing('Feb 29 2027', 'Monday, November 27', '2026-11-25T25:00', 'february 30 to march 2');
  });
});

describe('times', () => {
  it('are read as they are typed', () => {
    says({
      '5pm': '2026-11-24T17:00',
      '5 p.m.': '2026-11-24T17:00',
      '11 AM': '2026-11-24T11:00',
      '12am': '2026-11-25T00:00',
      '12pm': '2026-11-24T12:00',
      '5:30': '2026-11-24T17:30',
      '5.30pm': '2026-11-24T17:30',
      'at 5.30': '2026-11-24T17:30',
      '05:00': '2026-11-25T05:00',
      '17:00': '2026-11-24T17:00',
      '17h': '2026-11-24T17:00',
      'at 17h30': '2026-11-24T17:30',
      'at 5': '2026-11-24T17:00',
      'at 8': '2026-11-25T08:00',
      'at ten': '2026-11-24T10:00',
      'at seven thirty': '2026-11-24T19:30',
      'half past five': '2026-11-24T17:30',
      'quarter to 6': '2026-11-24T17:45',
      'a quarter past 11': '2026-11-24T11:15',
      'ten past 3': '2026-11-24T15:10',
      'at 10 to 6': '2026-11-24T17:50',
      '5 minutes to 6': '2026-11-24T17:55',
      "5 o'clock": '2026-11-24T17:00',
      noon: '2026-11-24T12:00',
      midday: '2026-11-24T12:00',
      midnight: '2026-11-25T00:00',
      'by end of day': '2026-11-24T17:00',
    });
  });
  it('are told by the part of the day', () => {
    says({
      tonight: '2026-11-24T22:00',
      'tonight at 8': '2026-11-24T20:00',
      'tonight at 1': '2026-11-25T01:00',
      'tonight at midnight': '2026-11-25T00:00',
      'this morning': '2026-11-24T09:00',
      'in the morning': '2026-11-25T09:00',
      'this afternoon': '2026-11-24T15:00',
      'in the evening': '2026-11-24T20:00',
      'last night': '2026-11-23T20:00',
      '8 at night': '2026-11-24T20:00',
      '5 in the morning': '2026-11-25T05:00',
      'tomorrow morning': '2026-11-25T09:00',
      'friday evening': '2026-11-27T20:00',
      'monday in the afternoon': '2026-11-30T15:00',
      'at 5 tomorrow morning': '2026-11-25T05:00',
    });
  });
  it('belong to the day beside them, in any order', () => {
    says({
      'tomorrow at 5': '2026-11-25T17:00',
      'at 5 tomorrow': '2026-11-25T17:00',
      '  TOMORROW,   at  5 PM ': '2026-11-25T17:00',
      'by 5 on friday': '2026-11-27T17:00',
      'on friday by noon': '2026-11-27T12:00',
      'Fri, 27 Nov, 5pm': '2026-11-27T17:00',
      '3 Nov at 5pm': '2027-11-03T17:00',
      'quarter past 8 tomorrow morning': '2026-11-25T08:15',
      'tomorrow at midnight': '2026-11-25T00:00',
      'in 3 days at 5pm': '2026-11-27T17:00',
      '2026-11-25 17:00': '2026-11-25T17:00',
    });
  });
  it('are counted from now', () => {
    says({
      now: '2026-11-24T10:00',
      'in 20 minutes': '2026-11-24T10:20',
      'in an hour': '2026-11-24T11:00',
      'in an hour and a half': '2026-11-24T11:30',
      'in two and a half hours': '2026-11-24T12:30',
      'in 1 hour and 30 minutes': '2026-11-24T11:30',
      'in 1h 30m': '2026-11-24T11:30',
      'half an hour from now': '2026-11-24T10:30',
      'a minute ago': '2026-11-24T09:59',
      'in a day and a half': '2026-11-25T22:00',
      'an hour before noon': '2026-11-24T11:00',
      '30 minutes before 5pm tomorrow': '2026-11-25T16:30',
    });
    expect(said('in 30 seconds')).to.deep.equal([local('2026-11-24T10:00').replace(':00:00', ':00:30')]);
  });
  it('of other zones are told in local time', () => {
    const at = (text: string): number => Date.parse(said(text)[0] ?? '');
    expect(at('2026-11-25T10:00Z')).to.equal(Date.UTC(2026, 10, 25, 10));
    expect(at('2026-11-25T10:00:30+05:30')).to.equal(Date.UTC(2026, 10, 25, 4, 30, 30));
    expect(at('2026-11-25 5pm EST')).to.equal(Date.UTC(2026, 10, 25, 22));
    says({ '2026-11-25T05:00': '2026-11-25T05:00' });
  });
  it('that do not exist are none, and take their day with them', () => {
    nothing('25:00', '10:75', '13pm', 'tomorrow at 25:00', '0am');
  });
});

describe('ranges', () => {
  it('of days give two moments', () => {
    says({
      'from monday to wednesday': '2026-11-30 2026-12-02',
      'monday to monday': '2026-11-30 2026-12-07',
      'mon - fri': '2026-11-30 2026-12-04',
      'between monday and friday': '2026-11-30 2026-12-04',
      'nov 3 – nov 5': '2027-11-03 2027-11-05',
      'nov 3-5': '2027-11-03 2027-11-05',
      '25-27 november': '2026-11-25 2026-11-27',
      'dec 30 to jan 2': '2026-12-30 2027-01-02',
      'from the 3rd to the 5th of november': '2027-11-03 2027-11-05',
      'from now until friday': '2026-11-24T10:00 2026-11-27',
      'from tomorrow to next friday': '2026-11-25 2026-12-04',
    });
  });
  it('of times share their day, and morning or afternoon', () => {
    says({
      '3 to 5 pm': '2026-11-24T15:00 2026-11-24T17:00',
      '11 to 1 pm': '2026-11-24T11:00 2026-11-24T13:00',
      'between 2 and 4 tomorrow': '2026-11-25T14:00 2026-11-25T16:00',
      'tomorrow 5-6pm': '2026-11-25T17:00 2026-11-25T18:00',
      '2-3pm on monday': '2026-11-30T14:00 2026-11-30T15:00',
      'wednesday from 2 to 3': '2026-11-25T14:00 2026-11-25T15:00',
      '9 to 5 tomorrow': '2026-11-25T09:00 2026-11-25T17:00',
      '7 to 9 tomorrow': '2026-11-25T19:00 2026-11-25T21:00',
      'tomorrow morning from 6 to 8': '2026-11-25T06:00 2026-11-25T08:00',
      '6 to 8 tomorrow evening': '2026-11-25T18:00 2026-11-25T20:00',
      'from 9:00 until 17:30': '2026-11-25T09:00 2026-11-25T17:30',
      'from 2 to 4': '2026-11-24T14:00 2026-11-24T16:00',
      'at 9-11': '2026-11-25T09:00 2026-11-25T11:00',
      '11:30pm to 1am': '2026-11-24T23:30 2026-11-25T01:00',
      '5 pm to 8 am tomorrow': '2026-11-24T17:00 2026-11-25T08:00',
      'friday until 5': '2026-11-27 2026-11-27T17:00',
      'monday 9am to wednesday 3pm': '2026-11-30T09:00 2026-12-02T15:00',
    });
  });
});

describe('what is no moment', () => {
  it('is a length of time, a number, a range of numbers', () => {
    nothing('for 2 hours', 'a minute', '2 hours', 'for 20h', '2 to 4', '5-7', 'from 2 to 4 people', 'between 2 and 4');
    nothing('room 5', '5.30', '24/7', '2/3 cup', '1/2 to 3/4', 'at 5%', 'at 20 degrees', '$5', 'divide 10 by 5');
    nothing('buy 2', 'v5:30', '1234567', '192.168.1.10', '12345-11-25', 'this week');
  });
  it('is a word that more often means something else', () => {
    nothing('sun cream', 'sat', 'mar', 'may', 'a night train', 'march', 'we march on', 'second', 'a second', 'morning');
    nothing('the 3rd', '3rd', 'the 15th item', 'on the 3rd floor', 'the second', 'a christmas tree', 'may 5 people');
    nothing('for christmas lights', 'good morning', 'june', 'april');
  });
});

describe('moments', () => {
  it('lie ahead at the end of a month, on a leap day, in the evening and on the last day of a year', () => {
    says(
      {
        'next month': '2027-02-28',
        'on the 30th': '2027-03-30',
        'end of the month': '2027-01-31',
        tomorrow: '2027-02-01',
      },
      '2027-01-31T10:00',
    );
    says(
      { 'next year': '2029-02-28', 'february 29': '2028-02-29', 'feb 28': '2029-02-28', 'in a month': '2028-03-29' },
      '2028-02-29T10:00',
    );
    says({ 'february 29': '2032-02-29', 'at 5': '2028-03-01T17:00', friday: '2028-03-03' }, '2028-03-01T08:00');
    says({ '8pm': '2026-11-25T20:00', 'at 5': '2026-11-25T17:00', 'at 11pm': '2026-11-24T23:00' }, '2026-11-24T21:30');
    says(
      { tomorrow: '2027-01-01', 'january 1': '2027-01-01', 'new year’s eve': '2026-12-31', 'next week': '2027-01-07' },
      '2026-12-31T23:00',
    );
    says({ friday: '2026-11-27', sunday: '2026-11-29', 'next monday': '2026-11-30' }, '2026-11-26T10:00');
  });

  it('follow summer time: an hour that is skipped is the one after it, of a doubled one the first is meant', () => {
    for (let day = 1; day <= 365; day++) {
      const [before, after] = [new Date(2026, 0, day), new Date(2026, 0, day + 1)];
      const shift = after.getTimezoneOffset() - before.getTimezoneOffset();
      if (shift === 0) continue;
      const now = new Date(2026, 0, day - 1, 12).getTime();
      for (let hour = 0; hour < 4; hour++) {
        const [moment] = moments(`tomorrow at 0${hour}:30`, now);
        const at = new Date(moment?.value ?? '');
        const twice = new Date(at.getTime() - 3_600_000);
        expect(at.getDate()).to.equal(before.getDate());
        expect(at.getMinutes()).to.equal(30);
        expect([hour, hour + 1], `shift ${shift}`).to.include(at.getHours());
        if (shift < 0) continue;
        expect(at.getHours()).to.equal(hour);
        expect(twice.getHours()).to.not.equal(hour);
      }
    }
  });

  it('tell where they were said, with their preposition', () => {
    const spans = (text: string): readonly string[] =>
      moments(text, new Date(TUESDAY).getTime()).map(({ start, end }) => text.slice(start, end));
    expect(spans('call mum on friday at 5, please')).to.deep.equal(['on friday at 5']);
    expect(spans('İ am free tomorrow.')).to.deep.equal(['tomorrow']);
    expect(spans('book it for friday from 2 to 3 pm')).to.deep.equal([
      'friday from 2 to 3 pm',
      'friday from 2 to 3 pm',
    ]);
    expect(spans('on friday and on sunday')).to.deep.equal(['on friday', 'on sunday']);
    expect(spans('_____ tomorrow at __ 5')).to.deep.equal(['tomorrow']);
  });

  it('parse, lie within the text, and come in order, whatever was typed', () => {
    const word = fc.constantFrom(
      ...`at on in from to until between and the a next last this 5 12 30 31 5:30 17:00 5pm am pm 3rd 2026 2026-11-25
      25/11/2026 half quarter past hour hours days week month friday sat november march today tomorrow tonight noon
      midnight morning evening ago later before after end of christmas - , . _ call two first`.split(/\s+/),
    );
    const time = fc.date({ min: new Date(2000, 0, 1), max: new Date(2090, 0, 1), noInvalidDate: true });
    fc.assert(
      fc.property(fc.array(word, { maxLength: 12 }), time, (words, now) => {
        const text = words.join(' ');
        let [last, lastStart] = [0, 0];
        for (const { value, start, end } of moments(text, now.getTime())) {
          expect(value).to.match(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d$/);
          expect(Date.parse(value)).to.not.be.NaN;
          expect(start === lastStart || start >= last).to.equal(true);
          expect(end > start && end <= text.length).to.equal(true);
          [last, lastStart] = [end, start];
        }
      }),
      { numRuns: 500, interruptAfterTimeLimit: 5000 },
    );
  });

  it('are found in linear time in hostile text', () => {
    const texts = [
      '1:00 ',
      'monday ',
      '1',
      '1 ',
      '1-',
      '1,',
      '3 to ',
      'an hour before ',
      'a week from ',
      'in 2 hours and ',
    ];
    said('tomorrow at 5');
    for (const text of [
      ...texts,
      'the 3rd of ',
      'between 2 and ',
      '. ',
      'sun ',
      '25:00 ',
      'twenty-',
      ' ',
      '2026-11-',
    ]) {
      const long = text.repeat(100_000 / text.length);
      const times = [1, 2, 3].map(() => {
        const begin = performance.now();
        said(long);
        return performance.now() - begin;
      });
      expect(Math.min(...times), text).to.be.below(50);
    }
  });
});

describe('moments beside chrono', () => {
  const now = new Date(TUESDAY);
  const DAYS = `tomorrow|yesterday|monday|tuesday at noon|wednesday|thursday|friday|saturday|sunday|on monday|fri|on sat|this friday
    |next monday|next wednesday|next friday|next sunday|in 3 days|in two weeks|2 days ago|three weeks later|november 30
    |30 november|nov 30th|3 november|nov 3|nov 30, 2027|5 december 2028|the 5th of december|december 5th|the first of may
    |may first|2026-12-01|12/25/2026|25/12/2026|3/4/2027|next week|next month|next year|last week|this weekend|next weekend
    |the day after tomorrow|the day before yesterday|friday, november 27|in a couple of days|in a few days|end of the month`;
  const TIMES = ['', 'at 9:30', 'at 5pm', 'at 17:00', '8 pm', 'at 11:15 am', 'at noon'];

  it('agree on days and times that are plainly said', () => {
    let count = 0;
    for (const day of DAYS.split(/\s*\|/)) {
      for (const time of TIMES.slice(day.includes(' at ') ? 6 : 0)) {
        const text = day.includes(' at ') ? day : `${day} ${time}`.trim();
        const theirs = casual.parse(text, now, { forwardDate: true })[0]?.start;
        const expected = theirs?.date() ?? new Date(NaN);
        // A day without a time is another time for chrono: noon, or the time of now.
        if (time === '' && !text.includes(' at ')) expected.setHours(9, 0, 0, 0);
        const [ours = ''] = said(text);
        expect(new Date(ours).toString(), text).to.equal(expected.toString());
        count++;
      }
    }
    expect(count).to.be.above(300);
  });

  it('differ where chrono reads less than was said, or something else', () => {
    const different: Readonly<Record<string, string>> = {
      'a week from friday': 'one day, not a week from now and then Friday',
      '2 weeks from tomorrow': 'one day, not two',
      'friday in two weeks': 'one day, not two',
      'in two and a half hours': 'two of the hours are lost',
      'in a fortnight': 'not known',
      'half past five': 'not known',
      'quarter to 6': 'not known',
      'at 17h30': 'not known',
      'on the 15th': 'not known',
      christmas: 'not known',
      'between 2 and 4 tomorrow': 'the times are lost',
      'monday in the morning': 'one moment, not two',
      'on friday by noon': 'one moment, not two',
      'december the 5th': 'the date is lost',
      '17h': 'a time of day, not seventeen hours from now',
      'last friday': 'it lies in the past',
      'this morning': 'it belongs to today',
      'end of next week': 'the week that people work in ends on Friday',
      'Friday, November 26': 'that is a Thursday',
      '2/3 cup': 'a fraction',
    };
    for (const [text, reason] of Object.entries(different)) {
      const theirs = casual
        .parse(text, now, { forwardDate: true })
        .flatMap(({ start, end }) => [start, ...(end ? [end] : [])].map((part) => part.date().toString()));
      const ours = said(text).map((value) => new Date(value).toString());
      expect(ours, `${text}: ${reason}`).to.not.deep.equal(theirs);
    }
  });
});
