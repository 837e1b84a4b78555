/** What is said of verticals, in the languages that come with the elements. It is loaded with the panel that lists them. */
import type { Strings } from './strings/index.ts';

interface AbilityStrings {
  readonly abilities: string;
  readonly meaning: string;
  readonly turnOff: string;
  readonly turnOn: string;
  readonly switching: (name: string, isOn: boolean) => string;
  /** By capability; `network:` stands for all that name another place. */
  readonly may: Readonly<Record<string, (place: string) => string>>;
}

const en: AbilityStrings = {
  abilities: 'Abilities',
  meaning: 'This site has given the assistant more to work with. You can turn it off.',
  turnOff: 'Turn off',
  turnOn: 'Turn on',
  switching: (name, isOn) => `${isOn ? 'Turn off' : 'Turn on'}: ${name}`,
  may: {},
};

const de: AbilityStrings = {
  abilities: 'Fähigkeiten',
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
};

const ar: AbilityStrings = {
  abilities: 'القدرات',
  meaning: 'زوّد هذا الموقع المساعد بالمزيد. يمكنك إيقافه.',
  turnOff: 'إيقاف',
  turnOn: 'تشغيل',
  switching: (name, isOn) => `${isOn ? 'إيقاف' : 'تشغيل'}: ${name}`,
  may: {
    'page:read': () => 'يقرأ ما تعرضه هذه الصفحة، لا كلمات المرور ولا أرقام البطاقات ولا الحقول المخفية.',
    'page:act': () => 'يملأ حقول هذه الصفحة، ويرسل النموذج بعد موافقتك.',
    storage: () => 'يحفظ ملاحظاته في هذا المتصفح.',
    navigate: () => 'يفتح صفحات أخرى.',
    worker: () => 'يشغّل برنامجًا خاصًّا به مع المساعد قد يقرأ المحادثات.',
    'network:self': () => 'يتصل بهذا الموقع.',
    'network:': (place) => `يتصل بـ ${place}.`,
  },
};

/** The texts in the language of some others. */
export const abilityStrings = ({ locale }: Strings): AbilityStrings =>
  locale.startsWith('de') ? de : locale.startsWith('ar') ? ar : en;

/** What a capability means to a person. @param otherwise in English */
export function mayStrings({ may }: AbilityStrings, capability: string, otherwise: string): string {
  const [kind, ...place] = capability.split('://');
  const say = may[capability] ?? (place.length > 0 && kind?.startsWith('network:') ? may['network:'] : undefined);
  return say?.(place.join('')) ?? otherwise;
}
