/** Tools such as sites have: what can be done, with what. Each pair of words comes once. */

const VERBS =
  'add remove list find open close send cancel book rate share copy move rename print export import archive restore assign approve reject merge split compare track refund ship order reserve schedule pause resume upload download translate summarise check count sign'.split(
    ' ',
  );

const STEMS =
  'order invoice ticket customer product basket address coupon parcel return review message photo album playlist song movie recipe ingredient meal workout lesson course student grade exam room hotel flight train seat menu table driver vehicle battery sensor device light door window garden plant report chart budget account contract survey badge'.split(
    ' ',
  );

const KINDS = ['', 'draft', 'monthly', 'shared', 'archived'];

export interface Sketch {
  readonly name: string;
  readonly alias: string;
  readonly description: string;
  /** What a person would type to find it. */
  readonly query: string;
}

function sketch(index: number): Sketch {
  const verb = VERBS[index % VERBS.length] ?? '';
  const rest = Math.floor(index / VERBS.length);
  const stem = STEMS[rest % STEMS.length] ?? '';
  const kind = KINDS[Math.floor(rest / STEMS.length)] ?? '';
  const noun = kind === '' ? stem : `${kind} ${stem}`;
  return {
    name: `${verb}_${noun.replace(' ', '_')}`,
    alias: `${verb}-${noun.replace(' ', '-')}-tool`,
    description: `${verb} the ${noun} that the person at the page names, and tell what has changed`,
    query: `please ${verb} my ${noun}`,
  };
}

/** The first `count` tools, in an order that is the same each time and mixes the words. At most 10,000. */
export function sketches(count: number): readonly Sketch[] {
  // A step that has no factor with the number of pairs reaches each once.
  const pairs = VERBS.length * STEMS.length * KINDS.length;
  return Array.from({ length: count }, (_, index) => sketch((index * 3571) % pairs));
}

/** The input of every tool of the benchmarks: three fields, one required. */
export const INPUT = {
  type: 'object',
  required: ['id'],
  additionalProperties: false,
  properties: {
    id: { type: 'string', minLength: 1, description: 'Which one' },
    count: { type: 'integer', minimum: 1, maximum: 99, description: 'How many' },
    note: { type: 'string', description: 'What to say about it' },
  },
};

export const ARGUMENTS = { id: 'a-1', count: 3, note: 'for tomorrow' };
