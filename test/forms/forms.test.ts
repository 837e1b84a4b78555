import { expect } from 'chai';
import { closeAll, field, openForms, toolNames } from './page.ts';

const BOOKING = `<section><h2>Book a table</h2><form id="booking">
  <label>Your name <input name="name" required autocomplete="name"></label>
  <label>E-mail <input name="email" type="email" required></label>
  <label>Phone <input name="phone" type="tel"></label>
  <label>Guests <input name="guests" type="number" min="1" max="8" required></label>
  <label>Date <input name="date" type="date" required></label>
  <label>Time <input name="time" type="time"></label>
  <label>Seating <select name="seating"><option value="">Choose</option><option value="in">Inside</option><option value="out">Terrace</option></select></label>
  <fieldset><legend>Occasion</legend>
    <label><input type="radio" name="occasion" value="b"> Birthday</label>
    <label><input type="radio" name="occasion" value="n"> No occasion</label></fieldset>
  <fieldset><legend>Diet</legend>
    <label><input type="checkbox" name="diet" value="vg"> Vegan</label>
    <label><input type="checkbox" name="diet" value="gf"> Gluten free</label></fieldset>
  <label><input type="checkbox" name="news"> Newsletter</label>
  <label>Note <textarea name="note"></textarea></label>
  <label>Password <input name="pw" type="password"></label>
  <input type="hidden" name="csrf" value="secret-token">
  <button>Reserve</button></form></section>`;

describe('explore', () => {
  afterEach(closeAll);
  it('planner', async () => {
    const { agent } = await openForms(BOOKING);
    console.log(JSON.stringify(await toolNames(agent)));
    for (const text of [
      'fill in the form',
      'book a table for 4 guests on 5 December',
      'my name is Ada Lovelace',
      'set the e-mail to ada@example.org',
      'my phone is +49 30 1234567',
      'set the time to 7pm',
      'set the time to 19:30',
      'terrace please',
      'set seating to terrace',
      'set the occasion to birthday',
      'book a table for 3 guests tomorrow, vegan',
      'set the note to we bring a dog',
      'fill in the form with your name Grace Hopper, guests 2, e-mail grace@example.org',
      'what does the form still need?',
      'book a table for 2 guests on Friday at 8pm',
      'set the name to Ada Lovelace',
      'name Ada Byron, phone +49 30 1234567',
      'fill in the form: name Ada Byron, phone 030 1234567, 5 guests, on friday at 18:00, outside, note: window seat',
      'set the date to monday',
      'tick newsletter',
      'set newsletter to yes',
      'no newsletter',
      'remove vegan',
      'send the form',
    ]) {
      const {
        text: said,
        toolCalls,
        status,
      } = await agent
        .thread()
        .send(text)
        .catch((e) => ({ text: String(e), toolCalls: [], status: 'err' }));
      console.log(
        `> ${text}\n   ${status} ${JSON.stringify(toolCalls.map(({ tool, input }) => [tool, input]))} ${said}`,
      );
    }
    const { interrupts } = (await agent.thread().state()) ?? {};
    console.log(JSON.stringify(interrupts, null, 1));
    expect(field('csrf').value).to.equal('secret-token');
  });
});
