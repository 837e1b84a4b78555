/** What is said of runs, in German. */
import type { RunStrings } from './strings.ts';

const number = (value: number): string => value.toLocaleString('de');
const counted = (count: number, one: string, more: string): string => `${number(count)} ${count === 1 ? one : more}`;

export const de: RunStrings = Object.freeze({
  // ── timeline ──
  listed: (names) => names.join(', '),
  trace: 'Was der Lauf getan hat',
  timeline: 'Zeitachse',
  noRun: 'Hier wurde noch nichts ausgeführt.',
  versions: (count) => counted(count, 'Fassung', 'Fassungen'),
  tokens: (input, output) => `${number(input)} Tokens gelesen, ${number(output)} geschrieben`,
  run: (count) => `Lauf ${number(count)}`,
  between: 'Zwischen den Läufen',
  underWay: 'läuft',
  version: (version) => `Fassung ${number(version)}`,
  step: (step) => `Schritt ${number(step)}`,
  within: (where) => `in ${where}`,
  notStored: 'nicht gespeichert',
  kinds: Object.freeze({
    input: 'Nachricht',
    step: 'Schritt',
    begin: 'Beginnt',
    kept: 'Teil eines Schritts',
    question: 'Fragt',
    answer: 'Beantwortet',
    note: 'Vermerk',
    update: 'Von außen geändert',
    undo: 'Zurückgenommen',
    migration: 'Von einer anderen Fassung des Graphen übernommen',
  }),
  about: (what) => `etwa ${what}`,
  firstText: (time) => `erste Worte nach ${time}`,
  andMore: (count) => `${number(count)} weitere`,

  // ── one of them ──
  choose: 'Wählen Sie einen Eintrag der Zeitachse, um zu sehen, was er getan hat.',
  tasks: 'Aufgaben',
  calls: 'Aufrufe',
  writes: 'Geschrieben',
  writtenBy: (who) => `von ${who}`,
  ops: Object.freeze({
    set: 'gesetzt',
    append: 'ergänzt',
    put: 'Einträge gesetzt',
    text: 'Text angefügt',
    copy: 'von einem anderen übernommen',
    patch: 'teilweise geändert',
    delete: 'teilweise gelöscht',
    reduce: 'am Ende des Schritts verrechnet',
  }),
  given: 'Gegeben',
  result: 'Ergebnis',
  profile: 'Wo die Zeit geblieben ist',
  phases: Object.freeze({
    limits: 'Grenzen',
    interrupts: 'Fragen',
    node: 'Knoten',
    reduce: 'Verrechnen',
    route: 'Wege',
    events: 'Ereignisse',
    checkpoint: 'Speichern',
  }),
  restored: (version) => `Wie es in Fassung ${number(version)} war.`,

  // ── state and changes ──
  changes: 'Was sich geändert hat',
  since: 'Seit Fassung',
  same: 'Nichts hat sich geändert.',
  changeKinds: Object.freeze({ added: 'neu', removed: 'entfernt', changed: 'geändert' }),
  before: 'vorher',
  after: 'nachher',
  moreChanges: 'Es gibt mehr Änderungen, als hier gezeigt werden.',
  state: 'Zustand',
  emptyState: 'Es steht nichts darin.',
  due: (nodes) => `Als Nächstes fällig: ${nodes}`,
  items: (count) => counted(count, 'Element', 'Elemente'),
  entries: (count) => counted(count, 'Eintrag', 'Einträge'),
  showMore: (count) => `${number(count)} weitere zeigen`,
  loading: 'Wird gelesen …',
  goneState: 'Diese Fassung lässt sich nicht mehr lesen.',

  // ── what can be done ──
  fork: 'Von hier aus in einer Kopie weiter',
  forked: 'Kopiert. Was dort geschieht, lässt dies hier, wie es ist.',
  export: 'Als JSON sichern',
});
