/** What is said in German of why something was done. */
import { listed } from './listed.ts';
import type { Strings } from './strings.ts';

const fit = (score: number): string => score.toLocaleString('de', { maximumFractionDigits: 2 });
const german = (texts: readonly string[]): string => listed('de', texts);
const quoted = (words: readonly string[]): string => german(words.map((one) => `„${one}“`));

export const reasons: Strings['reasons'] = Object.freeze({
  means: (words, tool) => `${quoted(words)} ${words.length > 1 ? 'bedeuten' : 'bedeutet'} „${tool}“.`,
  goesOn: (tool) => `Dies setzt den Aufruf davor fort, „${tool}“.`,
  fits: (tool) => `Was gesagt wurde, passt zu „${tool}“.`,

  rules: {
    choice: 'eine der Möglichkeiten',
    number: 'eine Zahl',
    boolean: 'ja oder nein',
    moment: 'ein Datum oder eine Uhrzeit',
    expression: 'etwas zum Ausrechnen',
    pattern: 'von der Form, die verlangt ist',
    thing: 'ein Name, den diese Website kennt',
    text: 'als Text weitergegeben',
    other: 'ein Wert',
  },
  readAs: (words, rule) => `„${words}“: ${rule}`,
  taken: (value) => `, verstanden als ${value}`,
  yes: 'ja',
  no: 'nein',
  earlier: ', aus dem, was Sie vorher gesagt haben',
  kept: (value) => `${value}, wie im Aufruf davor`,
  whole: (value) => `${value}, aus Ihrer ganzen Nachricht`,

  asks: (missing) => `Es wird gefragt, weil noch fehlt: ${german(missing)}.`,
  unsure: 'Kein Werkzeug war klar genug, um weiterzumachen. Diese kamen am nächsten:',
  split: 'Ihre Nachricht verlangt mehr als eines, und nicht alles war klar. Deshalb wurde nichts begonnen.',
  tell: 'Etwas war im Weg, deshalb wurde kein Werkzeug aufgerufen.',
  refuse: 'Ihre Worte wurden so gelesen, dass nichts getan werden soll.',
  none: 'Kein Werkzeug erklärt genug von Ihrer Nachricht.',
  talk: 'Es wurde kein Werkzeug gesucht: Dies brauchte keines.',

  mended: (typed, taken) => `„${typed}“ wurde als „${taken}“ gelesen.`,
  loose: (words) => `Mit ${quoted(words)} wurde nichts angefangen.`,
  alone: 'Kein anderes Werkzeug hat ein Wort mit Ihrer Nachricht gemeinsam.',
  next: (tool, score, best) =>
    `Danach kam „${tool}“${best === undefined ? '' : `, das weniger gut passt (${fit(score)} von 1, gegen ${fit(best)})`}`,
  closest: (tool) => `Am nächsten kam „${tool}“`,
  hasNoUse: (words) => `es kann mit ${quoted(words)} nichts anfangen`,
  lacks: (missing) => `ihm würde noch fehlen: ${german(missing)}`,

  changed: 'Seitdem hat sich etwas geändert, etwa was diese Website anbietet. So würde Ihre Nachricht jetzt gelesen.',
  gone: 'Das lässt sich nicht mehr sagen: Was diese Website anbietet, hat sich geändert, oder etwas anderes hat geantwortet.',
});
