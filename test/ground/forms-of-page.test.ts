/** What a vertical is told of the forms of a page, and what it can never learn. */
import { expect } from 'chai';
import { html, render } from 'lit';
import type { TemplateResult } from 'lit';
import { createGround } from '../../src/ground/index.ts';
import { hasCardNumber } from '../../src/ground/secrets.ts';
import type { Ground, PageField, PageForm } from '../../src/verticals/index.ts';

let place: HTMLElement;
beforeEach(() => {
  place = document.createElement('div');
  document.body.append(place);
});
afterEach(() => {
  place.remove();
});

let count = 0;
function open(template: TemplateResult, within?: string): Omit<Ground, 'ask'> {
  render(template, place);
  return createGround(`v${++count}`, 'ground-tests', within);
}

/** The only form of a template. */
function formOf(template: TemplateResult): PageForm {
  const [form] = open(template).page.forms();
  if (!form) throw new Error('There is no form.');
  return form;
}

const byLabel = ({ fields }: PageForm): Readonly<Record<string, PageField['kind']>> =>
  Object.fromEntries(fields.map(({ label, kind }) => [label, kind]));

describe('what is secret of a form', () => {
  it('has neither kind nor value, whatever its type says', () => {
    const form = formOf(
      html`<form>
        <label>Name <input value="Ada" /></label>
        <label>Password <input type="password" value="hunter2" /></label>
        <label>Repeat the passphrase <input value="hunter2" /></label>
        <label>Number <input autocomplete="cc-number" value="4111111111111111" /></label>
        <label>Card number <input value="4111111111111111" /></label>
        <label>Code <input name="cardCvc" value="123" /></label>
        <label>From your phone <input autocomplete="one-time-code" value="998877" /></label>
        <label>IBAN <input value="DE00" /></label>
        <label>Scan <input type="file" /></label>
      </form>`,
    );
    expect(form.fields.filter(({ kind }) => kind !== 'secret').map(({ label }) => label)).to.deep.equal(['Name']);
    expect(JSON.stringify(form)).not.to.match(/hunter2|4111|123|998877|DE00/);
  });

  it('is not what only sounds like it and says what it is', () => {
    const form = formOf(
      html`<form>
        <label>Pin code <input autocomplete="postal-code" /></label>
        <label>Number of cards <input type="number" /></label>
        <label>Shopping list <input name="shopping" /></label>
      </form>`,
    );
    expect(byLabel(form)).to.deep.equal({ 'Pin code': 'text', 'Number of cards': 'number', 'Shopping list': 'text' });
  });

  it('cannot be filled in', () => {
    const { page } = open(
      html`<form>
        <label>Name <input /></label><label>PIN <input name="pin" /></label>
      </form>`,
    );
    const pin = page.forms()[0]?.fields.find(({ kind }) => kind === 'secret');
    expect(() => page.fill(pin?.key ?? '', '1234')).to.throw('This field is for the person alone.');
    expect(place.querySelector<HTMLInputElement>('[name=pin]')?.value).to.equal('');
  });

  it('are numbers of cards, told by their check digit', () => {
    expect(['4111 1111 1111 1111', 'card 5500-0000-0000-0004!', '378282246310005'].every(hasCardNumber)).to.equal(true);
    expect(
      ['4111 1111 1111 1112', '2031-12-05', '+49 30 1234567', '1234567890123456789012'].some(hasCardNumber),
    ).to.equal(false);
  });
});

describe('what a person cannot see', () => {
  it('is neither told nor filled in', () => {
    const form = formOf(
      html`<form>
        <label>Seen <input /></label>
        <input type="hidden" name="csrf" value="token" />
        <label hidden>Hidden <input /></label>
        <label style="visibility:hidden">Invisible <input /></label>
        <label style="opacity:0">Clear <input /></label>
        <label style="position:absolute;left:-5000px">Far away <input /></label>
        <label aria-hidden="true">For machines <input /></label>
        <div inert>
          <label>Inert <input /></label>
        </div>
        <label
          ><input style="opacity:0;position:absolute" type="radio" name="r" value="a" />
          <span>Drawn by its label</span></label
        >
      </form>`,
    );
    expect(form.fields.map(({ label }) => label)).to.deep.equal(['Seen', 'r']);
    expect(form.hidden).to.equal(1);
    expect(JSON.stringify(form)).not.to.include('token');
  });

  it('makes no form where it is all of it', () => {
    expect(open(html`<form><input type="hidden" /><button>Go</button></form>`).page.forms()).to.deep.equal([]);
    expect(open(html`<form hidden><input /></form>`).page.forms()).to.deep.equal([]);
  });
});

describe('what fields and forms are called', () => {
  it('comes from labels, aria, titles, placeholders and names, in that order', () => {
    const form = formOf(
      html`<form>
        <span id="l1">By</span><span id="l2">reference</span>
        <input aria-labelledby="l1 l2" />
        <input aria-label="By aria" />
        <label for="by-for">By for:</label><input id="by-for" />
        <label>By nesting * <input /></label>
        <input title="By title" />
        <input placeholder="By placeholder" />
        <input name="byName" />
      </form>`,
    );
    expect(form.fields.map(({ label }) => label)).to.deep.equal([
      ...['By reference', 'By aria', 'By for', 'By nesting', 'By title', 'By placeholder', 'by Name'],
    ]);
  });

  it('has help, groups, limits and problems beside it', () => {
    const form = formOf(
      html`<form>
        <fieldset>
          <legend>Stay</legend>
          <label
            >Nights <input type="number" min="1" max="14" step="1" required value="20" aria-describedby="help"
          /></label>
          <p id="help">Two weeks at most.</p>
          <label>Zip <input pattern="[0-9]{5}" maxlength="5" /></label>
        </fieldset>
      </form>`,
    );
    const [nights, zip] = form.fields;
    expect(nights).to.include({
      help: 'Two weeks at most.',
      group: 'Stay',
      min: '1',
      max: '14',
      step: '1',
      required: true,
    });
    expect(nights?.problem).to.match(/14/);
    expect(zip).to.include({ pattern: '[0-9]{5}', maxLength: 5, problem: '' });
  });

  it('is for a form its own name, its heading, that of its part of the page, or its button', () => {
    const titles = (template: TemplateResult): readonly string[] =>
      open(template)
        .page.forms()
        .map(({ title }) => title);
    expect(titles(html`<form aria-label="Search"><input /></form>`)).to.deep.equal(['Search']);
    expect(
      titles(
        html`<form>
          <h3>Sign up</h3>
          <input />
        </form>`,
      ),
    ).to.deep.equal(['Sign up']);
    expect(
      titles(
        html`<section>
          <h2>Contact</h2>
          <form><input /></form>
        </section>`,
      ),
    ).to.deep.equal(['Contact']);
    expect(titles(html`<form><input /><button>Subscribe</button></form>`)).to.deep.equal(['Subscribe']);
    expect(titles(html`<form name="quickOrder"><input /></form>`)).to.deep.equal(['quick Order']);
  });

  it('tells where a form is sent, and by which button', () => {
    const form = formOf(
      html`<form action="https://forms.example/in">
        <input />
        <button type="button">Help</button>
        <button>Send</button>
      </form>`,
    );
    expect([form.sentTo, form.button]).to.deep.equal(['forms.example', 'Send']);
    expect(formOf(html`<form action="/in"><input /></form>`)).to.not.have.property('button');
  });
});

describe('the parts of the page that a vertical may see', () => {
  it('are all that it can read and act on', () => {
    const template = html`<div id="in">
        <form>
          <label>Inside <input /></label>
        </form>
        Words
      </div>
      <form>
        <label>Outside <input name="outside" /></label>
      </form>`;
    const whole = open(template);
    const part = open(template, '#in');
    expect(part.page.forms().flatMap(({ fields }) => fields.map(({ label }) => label))).to.deep.equal(['Inside']);
    expect(part.page.text()).to.include('Words');
    const outside = whole.page
      .forms()
      .flatMap(({ fields }) => fields)
      .find(({ name }) => name === 'outside');
    expect(() => part.page.fill(outside?.key ?? '', 'x')).to.throw('no such field');
    expect(() => open(template, '#')).to.throw('is no selector');
  });
});

describe('the storage of a vertical', () => {
  it('keeps plain data apart from that of others', () => {
    const one = createGround('one', 'ground-tests', undefined).storage;
    const other = createGround('other', 'ground-tests', undefined).storage;
    one.set('a', { b: 1 });
    expect([one.get('a'), other.get('a'), one.keys(), other.keys()]).to.deep.equal([{ b: 1 }, undefined, ['a'], []]);
    one.delete('a');
    expect(one.keys()).to.deep.equal([]);
    expect(() => {
      one.set('a', 'x'.repeat(70_000));
    }).to.throw('is no plain data of up to 64 kB');
  });
});

describe('navigation', () => {
  it('leads to pages alone', () => {
    const ground = createGround('nav', 'ground-tests', undefined);
    expect(() => {
      ground.navigate('javascript:alert(1)');
    }).to.throw('leads to no page');
  });
});
