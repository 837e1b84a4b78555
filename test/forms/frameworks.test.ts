/** Fields that a framework controls: what a person could change, the assistant can, and nothing else. */
import { expect } from 'chai';
import { html } from 'lit';
import { closeAll, field, openForms } from './page.ts';

/**
 * Controls a field as React does: a setter of its own on the element notes what the framework itself has set; an input
 * event with a value that it has noted already is no change; and after each change the field is set to the state.
 */
function control(input: HTMLInputElement, accept: (value: string) => string): { readonly changes: string[] } {
  const native = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value');
  let noted = input.value;
  const changes: string[] = [];
  Object.defineProperty(input, 'value', {
    configurable: true,
    get: () => native?.get?.call(input) as string,
    set(value: string) {
      noted = value;
      native?.set?.call(input, value);
    },
  });
  input.addEventListener('input', () => {
    const now = input.value;
    if (now === noted) return;
    const state = accept(now);
    changes.push(state);
    input.value = state;
  });
  return { changes };
}

describe('a field that a framework controls', () => {
  afterEach(closeAll);

  const FORM = html`<form aria-label="Profile">
    <label>City <input name="city" /></label>
    <label><input name="news" type="checkbox" /> Newsletter</label>
  </form>`;

  it('hears of what is filled in', async () => {
    const { agent } = await openForms(FORM);
    const { changes } = control(field('city'), (value) => value);
    await agent.thread().send('set the city to Paris');
    expect([field('city').value, changes]).to.deep.equal(['Paris', ['Paris']]);
  });

  it('may make something else of it, which is told', async () => {
    const { agent } = await openForms(FORM);
    control(field('city'), (value) => value.toUpperCase());
    const { text } = await agent.thread().send('set the city to Paris');
    expect(field('city').value).to.equal('PARIS');
    expect(text).to.include('City: PARIS');
  });

  it('hears of boxes by a click, and of everything by the events that a person causes', async () => {
    const { agent } = await openForms(FORM);
    const heard: string[] = [];
    for (const type of ['focusin', 'click', 'input', 'change', 'focusout']) {
      document.querySelector('main')?.addEventListener(type, ({ target }) => {
        heard.push(`${(target as HTMLInputElement).name} ${type}`);
      });
    }
    await agent.thread().send('set newsletter to yes');
    await agent.thread().send('set the city to Paris');
    expect(field('news').checked).to.equal(true);
    expect(heard).to.deep.equal([
      ...['focusin', 'click', 'input', 'change', 'focusout'].map((type) => `news ${type}`),
      ...['focusin', 'input', 'change', 'focusout'].map((type) => `city ${type}`),
    ]);
  });

  it('leaves the focus where the person has it', async () => {
    const { agent } = await openForms(html`${FORM}<button id="mine">Mine</button>`);
    document.querySelector<HTMLButtonElement>('#mine')?.focus();
    await agent.thread().send('set the city to Paris');
    expect(document.activeElement?.id).to.equal('mine');
  });
});
