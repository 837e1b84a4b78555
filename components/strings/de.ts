/** What the elements say in German. */
import { abilities } from './de-abilities.ts';
import { reasons } from './de-reasons.ts';
import { runs } from './de-runs.ts';
import { counted } from './listed.ts';
import type { Strings } from './strings.ts';

const number = (value: number): string => value.toLocaleString('de');
const size = (value: number): string => value.toLocaleString('de', { maximumFractionDigits: 1 });

/** Milliseconds in words, rounded up, as they stand after “in”. */
function duration(wait: number): string {
  const [count, one, many] =
    wait > 90_000 ? [Math.ceil(wait / 60_000), 'Minute', 'Minuten'] : [Math.ceil(wait / 1000), 'Sekunde', 'Sekunden'];
  return `${number(count)} ${count === 1 ? one : many}`;
}

export const de: Strings = Object.freeze({
  locale: 'de',
  dir: 'ltr',

  // ── header ──
  heading: 'Assistent',
  newConversation: 'Neue Unterhaltung',
  ruleBased: 'Regelbasierter Assistent',
  ruleBasedMeaning: 'Folgt Regeln auf diesem Gerät, ohne Sprachmodell. Es liest Englisch und kann Sie missverstehen.',
  browserModel: 'Modell des Browsers',
  browserModelMeaning: 'Das Sprachmodell dieses Browsers antwortet. Was Sie schreiben, bleibt auf diesem Gerät.',
  sentTo: (host) => `geht an ${host}`,
  sentToMeaning: (model, host) =>
    `„${model}“ antwortet. Was Sie schreiben und was der Assistent für Sie liest, wird an ${host} gesendet.`,
  sentElsewhere: (hosts) => `Wenn es nicht antwortet, wird es stattdessen an ${hosts} gesendet.`,
  sentUnknown:
    'Es antwortet ein Sprachmodell, das diese Website gewählt hat. Was Sie schreiben, kann dieses Gerät verlassen.',

  // ── notices ──
  dismiss: 'Diesen Hinweis ausblenden',
  ownKey:
    'Ihr Schlüssel bleibt nur im Speicher, bis Sie diese Seite verlassen. Jedes Skript dieser Seite kann ihn lesen.',
  standIn: (model, host) => `„${model}“ bei ${host} antwortet an Stelle des Sprachmodells, das nicht geantwortet hat.`,
  modelGone: 'Das Sprachmodell konnte nicht verwendet werden, deshalb antwortet ein regelbasierter Assistent.',
  downloadable:
    'Dieser Browser hat ein eigenes Sprachmodell, das heruntergeladen werden kann. Bis dahin antworten Regeln.',
  downloading: 'Dieser Browser lädt sein Sprachmodell herunter. Bis es da ist, antworten Regeln.',
  download: 'Herunterladen',
  downloadUnderWay: 'Das Sprachmodell wird heruntergeladen',
  cancelDownload: 'Abbrechen',
  downloadFailed: 'Das Sprachmodell konnte nicht heruntergeladen werden.',
  downloaded: 'Das Sprachmodell ist da. Es antwortet, sobald diese Seite neu geladen wurde.',
  hasDownloaded: 'Heruntergeladen.',
  reload: 'Neu laden',
  inPage: 'Der Assistent läuft in der Seite selbst, weil diese Website keinen Worker zulässt.',
  full: 'Dieses Gerät hat keinen Platz mehr. Die Unterhaltung geht weiter, aber was jetzt kommt, bleibt nur, bis Sie die Seite schließen. Geben Sie Speicher frei, oder löschen Sie Unterhaltungen, die Sie nicht brauchen.',
  offline: (host: string) => `Sie sind offline. ${host} antwortet erst, wenn Sie wieder online sind.`,
  online: 'Sie sind wieder online.',
  memoryOnly: 'Dieser Browser bewahrt nichts auf: Die Unterhaltung ist weg, wenn Sie die Seite schließen.',

  // ── conversation ──
  conversation: 'Unterhaltung',
  welcome: 'Wie kann ich helfen?',
  you: 'Sie',
  assistant: 'Assistent',
  tool: (name) => `Werkzeug: ${name}`,
  showAll: (characters) => `Alle ${number(characters)} Zeichen anzeigen`,
  earlier: 'Frühere Nachrichten anzeigen',
  newest: 'Zur neuesten Nachricht',

  unfinished: 'Dies wurde unterbrochen, bevor es fertig war.',
  resume: 'Weitermachen',
  again: 'Noch einmal antworten',
  suggestions: 'Vorschläge',
  reword: 'Diese Nachricht ändern',
  rewording: 'Ihre Nachricht in anderen Worten',
  rewordingMeaning: 'Die Unterhaltung geht von hier als Kopie weiter. Diese bleibt erhalten.',
  reworded: 'In einer Kopie der Unterhaltung gesendet.',
  keepWords: 'Abbrechen',

  // ── markdown ──
  copyCode: 'Code kopieren',
  table: 'Tabelle',
  toDo: 'Aufgabe',
  showPicture: (alt, host) => `Bild${alt === '' ? '' : ` „${alt}“`} von ${host} anzeigen`,

  // ── tool calls ──
  input: 'Eingabe',
  output: 'Ergebnis',
  error: 'Fehler',
  reason: 'Grund',
  toolDone: 'Erledigt',
  toolFailed: 'Fehlgeschlagen',
  toolDenied: 'Nicht getan: Sie haben abgelehnt',
  toolUndone: 'Rückgängig gemacht',
  undo: 'Rückgängig',
  undoTool: (name) => `Rückgängig: ${name}`,
  undone: 'Rückgängig gemacht.',
  outside: 'von außen',
  outsideMeaning: 'Dieser Text kann von anderen stammen. Er gilt nicht als Ihr Wunsch.',
  toolRunning: (name) => `${name} läuft`,
  why: 'Warum?',
  whyAsked: 'Ihre Nachricht wird noch einmal gelesen …',

  // ── questions ──
  approvalTitle: 'Bittet um Ihre Zustimmung',
  questionTitle: 'Bittet um eine Antwort',
  approve: 'Zustimmen',
  reject: 'Ablehnen',
  answer: 'Antworten',
  yourAnswer: 'Ihre Antwort',
  editArguments: 'Ändern',
  keepArguments: 'Nicht ändern',
  optional: '(freiwillig)',
  eachLine: 'Je Zeile ein Eintrag.',
  yes: 'Ja',
  no: 'Nein',
  unreadable: Object.freeze({ number: 'Das ist keine Zahl.', json: 'Das ist kein gültiges JSON.' }),
  allow: 'Erlauben',
  scope: Object.freeze({
    once: 'Nur dieses Mal',
    run: 'Bis diese Nachricht beantwortet ist',
    thread: 'In dieser Unterhaltung',
    always: 'Immer auf dieser Website',
  }),
  touches: (what) => `ändert ${what}`,
  tainted: (tool) =>
    `„${tool}“ hat Text gebracht, den andere geschrieben haben können. Prüfen Sie, ob Sie das wollen: Es wird jedes Mal gefragt.`,
  expires: (time) => `Keine Antwort bis ${time} gilt als Nein.`,
  expired: 'Die Zeit für eine Antwort ist abgelaufen.',
  outcomeTitle: 'Ist das geschehen?',
  outcomeMeaning: (tool) => `„${tool}“ wurde unterbrochen. Es kann gewirkt haben oder nicht.`,
  outcome: Object.freeze({ done: 'Es ist geschehen', retry: 'Noch einmal tun', cancel: 'So lassen' }),
  asksOutcome: (tool) => `Fragt, ob das geschehen ist: ${tool}.`,

  // ── permissions ──
  permissions: 'Erlaubnisse',
  permissionsMeaning: 'Das tut der Assistent, ohne zu fragen. Sie können es jederzeit zurücknehmen.',
  noPermissions:
    'Der Assistent fragt vor allem, was schaden könnte. Was Sie für länger erlauben, wird hier aufgeführt.',
  held: Object.freeze({
    run: 'Für diese Nachricht',
    thread: 'In dieser Unterhaltung',
    always: 'Immer auf dieser Website',
  }),
  since: (date) => `seit ${date}`,
  revoke: 'Zurücknehmen',
  revokeTool: (tool) => `Zurücknehmen: ${tool}`,
  close: 'Schließen',
  danger: Object.freeze({ low: 'Geringes Risiko', medium: 'Mittleres Risiko', high: 'Hohes Risiko' }),

  // ── composer ──
  message: 'Nachricht',
  placeholder: 'Nachricht schreiben',
  send: 'Senden',
  stop: 'Anhalten',
  keys: 'Enter sendet, Umschalt+Enter beginnt eine neue Zeile',

  // ── status ──
  sent: 'Gesendet.',
  working: 'Arbeitet …',
  approved: 'Zugestimmt.',
  rejected: 'Abgelehnt.',
  answered: 'Beantwortet.',
  asksApproval: (tool) => `Bittet um Ihre Zustimmung: ${tool}.`,
  asksAnswer: 'Bittet um eine Antwort.',
  ended: Object.freeze({
    completed: 'Fertig.',
    interrupted: 'Wartet auf Sie.',
    failed: 'Fehlgeschlagen.',
    cancelled: 'Angehalten.',
    limit: 'An der Grenze der Schritte angehalten. Mit einer Nachricht geht es weiter.',
    paused: 'Pausiert.',
  }),

  // ── errors ──
  failedFix: 'Versuchen Sie es noch einmal.',
  retry: 'Noch einmal versuchen',
  forTheSite: 'Für die Betreiber dieser Website',
  failures: Object.freeze({
    unreachable: { message: 'Das Sprachmodell ist nicht erreichbar.', fix: 'Versuchen Sie es gleich noch einmal.' },
    offline: { message: 'Dieses Gerät ist offline.', fix: 'Versuchen Sie es, wenn es wieder online ist.' },
    unauthorized: {
      message: 'Das Sprachmodell hat diese Website nicht zugelassen.',
      fix: 'Ihr Schlüssel oder Token kann falsch oder abgelaufen sein.',
    },
    rateLimited: {
      message: 'Das Sprachmodell nimmt zurzeit keine Anfragen mehr an.',
      fix: 'Versuchen Sie es etwas später noch einmal.',
      later: (wait: number) => `Versuchen Sie es in ${duration(wait)} noch einmal.`,
      spent: 'Die Website muss sich darum kümmern.',
    },
    timeout: { message: 'Das Sprachmodell hat nicht rechtzeitig geantwortet.', fix: '' },
    failed: { message: 'Der Assistent konnte nicht antworten.', fix: '' },
    output: { message: 'Die Antwort hatte nicht die verlangte Form.', fix: '' },
    overflow: {
      message: 'Diese Unterhaltung ist zu lang für das Sprachmodell.',
      fix: 'Beginnen Sie eine neue; diese bleibt erhalten.',
    },
    runSpent: {
      message: 'Diese Antwort hat so viel verbraucht, wie eine Antwort darf.',
      fix: 'Sie können sie weitermachen lassen.',
    },
    daySpent: {
      message: 'Der Assistent hat verbraucht, was er an einem Tag verbrauchen darf.',
      fix: 'Morgen kann er weitermachen.',
    },
  }),
  mendFields: 'So kann das nicht getan werden. Was nicht stimmt, steht oben an den Feldern.',
  answerFirst: 'Bitte beantworten Sie zuerst, was oben gefragt wird.',
  answeredBefore: 'Das ist schon beantwortet, in einem anderen Tab oder von jemand anderem.',
  startFix: 'Laden Sie die Seite neu. Hilft das nicht, muss die Website der Sache nachgehen.',

  // ── conversations ──
  conversations: 'Unterhaltungen',
  untitled: 'Ohne Titel',
  noConversations: 'Was Sie schreiben, wird hier aufbewahrt.',
  findConversation: 'Unterhaltung suchen',
  noneFound: 'Keine Unterhaltung heißt so.',
  moreConversations: 'Ältere Unterhaltungen anzeigen',
  spans: Object.freeze({ today: 'Heute', yesterday: 'Gestern', week: 'Die letzten sieben Tage', earlier: 'Früher' }),
  threadStatus: Object.freeze({ unfinished: 'wurde unterbrochen', interrupted: 'wartet auf Sie' }),
  actions: (name) => `Was mit „${name}“ geschehen soll`,
  rename: 'Umbenennen',
  renameThread: (name) => `„${name}“ umbenennen`,
  title: 'Titel',
  save: 'Speichern',
  cancel: 'Abbrechen',
  saveFile: 'Als Datei speichern',
  saveThread: (name) => `„${name}“ als Datei speichern`,
  delete: 'Löschen',
  deleteThread: (name) => `„${name}“ löschen`,
  reallyDelete: (name) => `„${name}“ endgültig löschen?`,
  bringIn: 'Aus einer Datei holen …',

  // ── launcher ──
  openAgent: 'Den Assistenten fragen',
  closeAgent: 'Assistenten schließen',

  // ── progress ──
  progress: 'Fortschritt',
  taskStatus: Object.freeze({
    running: 'läuft',
    ok: 'erledigt',
    failed: 'fehlgeschlagen',
    interrupted: 'wartet auf Sie',
    cancelled: 'angehalten',
    cached: 'erledigt, aus dem Zwischenspeicher',
  }),
  callStatus: Object.freeze({
    called: 'aufgerufen',
    running: 'läuft',
    ok: 'erledigt',
    failed: 'fehlgeschlagen',
    denied: 'nicht getan: Sie haben abgelehnt',
    cached: 'erledigt, aus dem Zwischenspeicher',
    unknown: 'Ausgang unbekannt',
  }),
  waiting: 'Wartet auf Sie',

  // ── workflows ──
  notBegun: 'nicht begonnen',
  leftOut: 'nicht nötig',
  attempt: (count) => `${number(count)}. Versuch`,
  start: 'Starten',
  startAgain: 'Noch einmal starten',
  started: 'Gestartet.',
  waitsUntil: (time) => `Dies wartet bis ${time} auf eine Antwort.`,
  noWorkflow: 'Hier ist kein Ablauf.',
  noWorkflowFix:
    'Nennen Sie seine Datei mit src, oder setzen Sie seinen Text in ein Skript vom Typ application/yaml im Element.',
  hitl: Object.freeze({
    approval: { title: 'Bittet um Ihre Zustimmung', yes: 'Zustimmen', no: 'Ablehnen' },
    confirmation: { title: 'Bittet Sie um Bestätigung', yes: 'Bestätigen', no: 'Nein' },
    review: { title: 'Bittet Sie, dies durchzusehen', yes: 'Zustimmen', no: 'Ablehnen' },
    choice: { title: 'Bittet Sie zu wählen' },
    input: { title: 'Bittet um eine Antwort' },
  }),

  abilities,
  reasons,
  runs,

  taken: (read, written) =>
    `Bisher hat es ${number(read)} Token dieser Unterhaltung gelesen und ${number(written)} geschrieben.`,

  // ── files ──
  files: {
    add: 'Dateien hinzufügen',
    chosen: 'Dateien Ihrer Nachricht',
    added: (names) => `Hinzugefügt: ${names.join(', ')}.`,
    remove: (name) => `Entfernen: ${name}`,
    removed: (name) => `Entfernt: ${name}.`,
    kilobytes: (count) => `${number(count)} kB`,
    megabytes: (count) => `${size(count)} MB`,
    tooLarge: (name) => `„${name}“ ist zu groß.`,
    largest: (limit) => `Eine Datei darf bis zu ${limit} haben.`,
    notTaken: (name) => `Dateien wie „${name}“ können hier nicht gesendet werden.`,
    tooMany: 'Das sind zu viele Dateien.',
    most: (count) => `Eine Nachricht darf bis zu ${number(count)} haben.`,
    unnamed: 'Datei',
  },

  // ── undo toast ──
  toast: {
    undoAll: 'Alles rückgängig machen',
    justDone: 'Gerade getan',
    hasDone: (names) =>
      names.length === 1
        ? `Erledigt: ${names.join('')}.`
        : `${number(names.length)} Dinge wurden getan: ${counted(names, (count) => `${number(count)}-mal`).join(', ')}.`,
    canUndo: (done) => `${done} Sie können das rückgängig machen.`,
  },
});
