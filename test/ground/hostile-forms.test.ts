/** Forms that hide what they are, by accident or on purpose. */
import { expect } from 'chai';
import { html, render } from 'lit';
import type { TemplateResult } from 'lit';
import { createGround } from '../../src/ground/index.ts';
import type { Ground, PageForm } from '../../src/verticals/index.ts';

let place: HTMLElement;
beforeEach(() => {
  place = document.createElement('div');
  document.body.append(place);
});
afterEach(() => {
  place.remove();
});

let count = 0;
function open(template: TemplateResult): Omit<Ground, 'ask'> {
  render(template, place);
  return createGround(`h${++count}`, 'ground-tests', undefined);
}

function onlyForm({ page }: Omit<Ground, 'ask'>): PageForm {
  const [form] = page.forms();
  if (!form) throw new Error('There is no form.');
  return form;
}

const labels = ({ fields }: PageForm, isSecret = false): readonly string[] =>
  fields.filter(({ kind }) => (kind === 'secret') === isSecret).map(({ label }) => label);

const input = (name: string): HTMLInputElement => {
  const found = place.querySelector<HTMLInputElement>(`[name="${name}"]`);
  if (!found) throw new Error(`There is no field ${name}.`);
  return found;
};

describe('a form whose fields are called like what every form has', () => {
  const NAMES = [
    ...['id', 'children', 'parentElement', 'shadowRoot', 'localName', 'contains', 'matches', 'closest', 'getRootNode'],
    ...['getAttribute', 'querySelector', 'querySelectorAll', 'checkVisibility', 'getBoundingClientRect', 'noValidate'],
    ...['submit', 'requestSubmit', 'checkValidity', 'reportValidity', 'addEventListener', 'removeEventListener'],
    ...['elements', 'title', 'action', 'name', 'instanceof', 'getElementById', 'children.length'],
  ];
  const template = (sent: (event: Event) => void): TemplateResult =>
    html`<form aria-label="Odd" id="odd" @submit=${sent}>
        ${NAMES.map((name) => html`<label>${`Field ${name}`} <input name=${name} /></label>`)}
        <button>Go</button>
      </form>
      <label>Outside <input form="odd" name="outside" /></label>`;

  it('is read and filled in like any other', () => {
    const ground = open(template(() => undefined));
    const form = onlyForm(ground);
    expect([form.title, form.button]).to.deep.equal(['Odd', 'Go']);
    expect(labels(form)).to.deep.equal([...NAMES.map((name) => `Field ${name}`), 'Outside']);
    for (const { key, name } of form.fields) ground.page.fill(key, `value of ${name}`);
    expect([input('children').value, input('outside').value]).to.deep.equal(['value of children', 'value of outside']);
  });

  it('is sent, and not while it is invalid', () => {
    let sent = 0;
    const ground = open(
      template((event) => {
        event.preventDefault();
        sent++;
      }),
    );
    const { key } = onlyForm(ground);
    input('submit').required = true;
    expect([ground.page.submit(key), sent]).to.deep.equal([{ sent: false, taken: false }, 0]);
    input('submit').value = 'x';
    expect([ground.page.submit(key), sent]).to.deep.equal([{ sent: true, taken: true }, 1]);
  });
});

describe('what only a person may know', () => {
  it('stays secret when a page shows what was typed into a field for a password', () => {
    const ground = open(
      html`<form>
        <label>Name <input name="n" /></label><label>Key <input name="k" type="password" value="hunter2" /></label>
      </form>`,
    );
    expect(labels(onlyForm(ground), true)).to.deep.equal(['Key']);
    input('k').type = 'text';
    expect(labels(onlyForm(ground), true)).to.deep.equal(['Key']);
    expect(JSON.stringify(onlyForm(ground))).not.to.include('hunter2');
  });

  it('is a field that draws dots in the place of letters', () => {
    const form = onlyForm(
      open(
        html`<form>
          <label>Name <input /></label>
          <label>Key <input style="-webkit-text-security: disc" value="hunter2" /></label>
        </form>`,
      ),
    );
    expect(labels(form, true)).to.deep.equal(['Key']);
  });

  it('is a card number wherever somebody has put it', () => {
    const ground = open(
      html`<form>
        <label>Name <input value="Ada" /></label>
        <label>Note <textarea>Please take 4111 1111 1111 1111, thank you.</textarea></label>
        <label>Phone <input type="tel" value="4111111111111111" /></label>
        <label>Mobile <input type="tel" value="+49 30 901820" /></label>
      </form>`,
    );
    const form = onlyForm(ground);
    expect(labels(form)).to.deep.equal(['Name', 'Mobile']);
    expect(JSON.stringify(form)).not.to.include('4111');
  });

  it('is not in the text of the page either', () => {
    const ground = open(html`<p>You pay with 4111 1111 1111 1111.</p>`);
    expect(ground.page.text()).to.include('You pay with ').and.not.to.include('4111 1111');
  });

  it('is known by its words in many languages, by its group, its hint, and whatever switches the filling in off', () => {
    const form = onlyForm(
      open(
        html`<form>
          <label>Name <input /></label>
          <label>Senha <input value="s" /></label>
          <label>Wachtwoord <input value="s" /></label>
          <label>Пароль <input value="s" /></label>
          <label>密码 <input value="s" /></label>
          <label>パスワード <input value="s" /></label>
          <label>كلمة المرور <input value="s" /></label>
          <fieldset>
            <legend>Credit card</legend>
            <label>Number <input value="s" /></label>
          </fieldset>
          <label>Digits <input placeholder="Card number" value="s" /></label>
          <label>Plastic <input name="card_number" autocomplete="nope" value="s" /></label>
        </form>`,
      ),
    );
    expect(labels(form)).to.deep.equal(['Name']);
  });
});

describe('what nobody can see and is sent all the same', () => {
  it('is counted', () => {
    const form = onlyForm(
      open(
        html`<form>
          <label>Name <input name="name" /></label>
          <input type="hidden" name="csrf" value="t" />
          <input name="shadow" style="display:none" value="1234" />
          <input name="far" style="position:absolute;left:-5000px" value="1234" />
          <input name="empty" style="display:none" />
          <input name="off" style="display:none" value="1" disabled />
          <input style="display:none" value="without a name" />
          <input type="checkbox" name="news" style="display:none" checked />
          <input type="checkbox" name="more" style="display:none" />
        </form>`,
      ),
    );
    expect([labels(form), form.hidden]).to.deep.equal([['Name'], 4]);
    expect(JSON.stringify(form)).not.to.include('1234');
  });
});

describe('a form of unusual fields', () => {
  it('has a list of two hundred, what is switched off, and what a script finds wrong', () => {
    const ground = open(
      html`<form>
        <label
          >City
          <select name="city">
            ${Array.from({ length: 200 }, (_, at) => html`<option value=${`c${at}`}>City ${at}</option>`)}
          </select></label
        >
        <fieldset disabled>
          <label>Off <input name="off" /></label>
        </fieldset>
        <label>Fixed <input name="fixed" readonly value="7" /></label>
        <label>Even <input name="even" /></label>
        <div contenteditable="true" role="textbox" aria-label="Rich">Rich text</div>
      </form>`,
    );
    input('even').addEventListener('input', () => {
      const isEven = Number(input('even').value) % 2 === 0;
      input('even').setCustomValidity(isEven ? '' : 'Must be even.');
    });
    const form = onlyForm(ground);
    const by = (name: string): PageForm['fields'][number] | undefined => form.fields.find((one) => one.name === name);
    expect(labels(form)).to.deep.equal(['City', 'Off', 'Fixed', 'Even']);
    expect([by('city')?.options.length, by('off')?.fixed, by('fixed')?.fixed]).to.deep.equal([200, true, true]);
    ground.page.fill(by('city')?.key ?? '', 'c180');
    expect(place.querySelector('select')?.value).to.equal('c180');
    expect(ground.page.fill(by('even')?.key ?? '', '3')).to.equal('Must be even.');
    expect(ground.page.fill(by('even')?.key ?? '', '4')).to.equal('');
    expect(() => ground.page.fill(by('off')?.key ?? '', 'x')).to.throw('cannot be changed');
  });
});
