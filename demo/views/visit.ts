/** The form that books a tasting. It knows nothing of the assistant: the vertical of forms finds it by itself. */
import { html, render } from 'lit';

const FLIGHTS = { espresso: 'Espresso', filter: 'Filter', mixed: 'A bit of both' } as const;
const MILKS = { none: 'Black', dairy: 'Dairy milk', oat: 'Oat milk' } as const;

/** The day after today, as a date field has it. */
function tomorrow(): string {
  const date = new Date();
  date.setDate(date.getDate() + 1);
  return date.toLocaleDateString('sv');
}

/** What has been booked, in a sentence. */
function confirmation(form: HTMLFormElement): string {
  const { name, guests, date, time } = Object.fromEntries(new FormData(form)) as Readonly<Record<string, string>>;
  const when = new Date(`${date ?? ''}T${time ?? ''}`);
  const said = when.toLocaleString('en', {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    hour: 'numeric',
    minute: '2-digit',
  });
  return `See you on ${said}, ${name ?? ''}. ${guests === '1' ? 'A seat is' : `${guests ?? ''} seats are`} yours.`;
}

/** Draws the form into `root`. */
export function createVisitView(root: HTMLElement): void {
  let booked = '';
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    if (!(event.target instanceof HTMLFormElement)) return;
    booked = confirmation(event.target);
    event.target.reset();
    draw();
  };
  const draw = (): void => {
    render(
      html`<form class="visit-form" aria-label="Book a tasting" @submit=${submit}>
          <label class="field"><span>Your name</span><input name="name" required autocomplete="name" /></label>
          <label class="field"
            ><span>E-mail</span><input name="email" type="email" required autocomplete="email"
          /></label>
          <label class="field"><span>Date</span><input name="date" type="date" required min=${tomorrow()} /></label>
          <label class="field"
            ><span>Time</span><input name="time" type="time" required min="10:00" max="17:00" step="900"
          /></label>
          <label class="field"
            ><span>Guests</span><input name="guests" type="number" required min="1" max="8" inputmode="numeric"
          /></label>
          <label class="field"
            ><span>Flight</span>
            <select name="flight" required>
              <option value="">Please choose</option>
              ${Object.entries(FLIGHTS).map(([value, label]) => html`<option value=${value}>${label}</option>`)}
            </select></label
          >
          <fieldset class="choice wide">
            <legend>Milk</legend>
            ${Object.entries(MILKS).map(
              ([value, label]) =>
                html`<label class="option"
                  ><input type="radio" name="milk" .value=${value} /><span>${label}</span></label
                >`,
            )}
          </fieldset>
          <label class="field wide"
            ><span>Note <small>(optional)</small></span
            ><textarea name="note" rows="3" maxlength="500"></textarea>
          </label>
          <label class="tick wide"
            ><input type="checkbox" name="reminder" /><span>Send me a reminder the day before</span></label
          >
          <button class="button primary">Book</button>
        </form>
        <p class="booked" role="status">${booked}</p>`,
      root,
    );
  };
  draw();
}
