/** What is said in Arabic of verticals. */
import type { Strings } from './strings.ts';

export const abilities: Strings['abilities'] = Object.freeze({
  title: 'القدرات',
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
});
