/** What is said in German of verticals. */
import type { Strings } from './strings.ts';

export const abilities: Strings['abilities'] = Object.freeze({
  title: 'Fähigkeiten',
  meaning: 'Diese Seite hat dem Assistenten mehr mitgegeben. Sie können es ausschalten.',
  turnOff: 'Ausschalten',
  turnOn: 'Einschalten',
  switching: (name, isOn) => `${name} ${isOn ? 'ausschalten' : 'einschalten'}`,
  may: {
    'page:read': () => 'Liest, was diese Seite zeigt, aber keine Passwörter, Kartennummern und verborgenen Felder.',
    'page:act': () => 'Füllt Felder dieser Seite aus und schickt ein Formular ab, wenn Sie zugestimmt haben.',
    storage: () => 'Bewahrt eigene Notizen in diesem Browser auf.',
    navigate: () => 'Öffnet andere Seiten.',
    worker: () => 'Führt eigenen Code beim Assistenten aus, der die Unterhaltungen lesen könnte.',
    'network:self': () => 'Spricht mit dieser Website.',
    'network:': (place) => `Spricht mit ${place}.`,
  },
});
