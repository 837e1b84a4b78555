import { expect } from 'chai';
import { ar } from '../../../components/strings/ar.ts';
import { de } from '../../../components/strings/de.ts';
import { files } from '../../../components/strings/en-files.ts';
import { markdown } from '../../../components/strings/en-markdown.ts';
import { notices } from '../../../components/strings/en-notices.ts';
import { others } from '../../../components/strings/en-others.ts';
import { permissions } from '../../../components/strings/en-permissions.ts';
import { problems } from '../../../components/strings/en-problems.ts';
import { questions } from '../../../components/strings/en-questions.ts';
import { reasons } from '../../../components/strings/en-reasons.ts';
import { rewording } from '../../../components/strings/en-rewording.ts';
import { runs } from '../../../components/strings/en-runs.ts';
import { toast } from '../../../components/strings/en-toast.ts';
import { en } from '../../../components/strings/en.ts';

type Text = string | ((...given: unknown[]) => string);

/** All texts of a table by their paths. */
function textsOf(table: object, path = ''): [string, Text][] {
  return Object.entries(table).flatMap(([name, value]: [string, unknown]): [string, Text][] => {
    const at = path === '' ? name : `${path}.${name}`;
    if (typeof value === 'string' || typeof value === 'function') return [[at, value as Text]];
    return textsOf(value as object, at);
  });
}

/** With what is loaded later. */
const ENGLISH = {
  ...en,
  ...files,
  ...markdown,
  ...notices,
  ...rewording,
  ...others,
  ...permissions,
  ...questions,
  ...reasons,
  ...runs,
  ...toast,
};

/** What takes a list of names. */
const LISTS = /(means|loose|hasNoUse|lacks|asks|hasDone|files\.added)$/;

/** Texts that may be the same in two languages, or empty. */
const SAME = /^(locale|dir|failures\.\w+\.fix)$/;

/** What is said in English by others than the elements. */
const ELSEWHERE = /^abilities\.may\./;

const PACKS = Object.entries({ de, ar });

describe('a pack of texts', () => {
  for (const [name, pack] of PACKS) {
    it(`in ${name} has every text that the English one has, and none of them in English`, () => {
      const english = new Map(textsOf(ENGLISH));
      const texts = textsOf(pack).filter(([path]) => !ELSEWHERE.test(path));
      expect(texts.map(([path]) => path)).to.have.members([...english.keys()]);
      const same = texts.filter(([path, text]) => !SAME.test(path) && (text === english.get(path) || text === ''));
      expect(same).to.deep.equal([]);
    });

    it(`in ${name} says what it is given`, () => {
      for (const [path, text] of textsOf(pack)) {
        if (typeof text === 'string') continue;
        const given = path.endsWith('later')
          ? []
          : ['«a»', '«b»'].slice(0, /(next|switching)$/.test(path) ? 1 : text.length);
        if (path === 'showAll') continue;
        if (path === 'runs.listed') {
          expect(text(['«a»', '«b»'])).to.match(/«a».+«b»/);
          continue;
        }
        const isList = LISTS.test(path);
        const [first, ...others] = given;
        const said = isList ? text([first], ...others) : text(...given);
        for (const value of given) expect(said, path).to.contain(value);
      }
    });
  }

  it('counts as its language does', () => {
    const waits = [1_000, 2_000, 5_000, 42_000, 120_000];
    expect(waits.map((wait) => de.failures.rateLimited.later(wait))).to.deep.equal(
      ['1 Sekunde', '2 Sekunden', '5 Sekunden', '42 Sekunden', '2 Minuten'].map(
        (words) => `Versuchen Sie es in ${words} noch einmal.`,
      ),
    );
    expect(waits.map((wait) => problems.failures.rateLimited.later(wait))).to.deep.equal(
      ['1 second', '2 seconds', '5 seconds', '42 seconds', '2 minutes'].map((words) => `Try again in ${words}.`),
    );
    const arabic = waits.map((wait) => ar.failures.rateLimited.later(wait).replace(/[٠-٩\d]+/, '#'));
    expect(arabic).to.deep.equal(
      ['ثانية واحدة', 'ثانيتين', '# ثوانٍ', '# ثانية', 'دقيقتين'].map((words) => `حاول مرة أخرى بعد ${words}.`),
    );
  });
});
