/** Which tools a message may mean: a first look at words alone, then a close one at the best. */
import { assess } from './assess.ts';
import type { Assessment } from './assess.ts';
import type { Setting } from './decision.ts';
import { read } from './extract.ts';
import { nameAt } from './patterns.ts';
import { isContent, isExample, leadOf, rank, wordsOf } from './rank.ts';
import type { Profile } from './rank.ts';
import type { Utterance } from './speech.ts';

/** How many tools are read closely, after a first look at words alone. */
const CLOSE = 8;
/** How much the name of one of its things speaks for reading a tool closely. */
const NAMED = 0.1;

/** The words that look like the number of something, as the pattern of a field tells it. */
function shapedIn({ text, tokens }: Utterance, profiles: readonly Profile[]): ReadonlySet<number> {
  const shapes = profiles.flatMap((profile) => profile.shapes).filter((shape) => !shape.test('a@b.co'));
  const found = [...text.matchAll(/[^\s,;!?]+/g)].filter(({ 0: piece }) => shapes.some((shape) => shape.test(piece)));
  const places = [...tokens.entries()].filter(([, { start }]) =>
    found.some(({ index, 0: piece }) => start >= index && start < index + piece.length),
  );
  return new Set(places.map(([place]) => place));
}

/** The tools that are worth a close look, best first. */
export async function weigh(said: Utterance, setting: Setting): Promise<readonly Assessment[]> {
  const { profiles } = setting;
  const ranking = rank(profiles, said.tokens);
  const words = wordsOf(said.tokens);
  const pieces = said.text.split(/[\s,;!?]+/).flatMap((piece) => [piece, piece.toUpperCase()]);
  const close = profiles
    .map((profile) => {
      const alike = isExample(profile, said) ? words.length : (leadOf(profile, words)?.length ?? 0);
      // What a tool suggests it knows, as much as its own words.
      const isNamed = said.tokens.some((_, at) => nameAt(profile.names, said.tokens, at) > 0);
      const isShaped = profile.shapes.some((shape) => pieces.some((piece) => shape.test(piece)));
      const isPartly = said.tokens.some((token) => isContent(token) && profile.parts.has(token.stem));
      return {
        profile,
        score: ranking.score(profile) + alike + (isNamed || isShaped ? NAMED : isPartly ? NAMED / 2 : 0),
      };
    })
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score)
    .slice(0, CLOSE);
  const shaped = shapedIn(said, profiles);
  const assessed: Assessment[] = [];
  for (const { profile } of close) {
    assessed.push(assess(profile, await read(profile, said, setting), said, { ranking, profiles, shaped }));
  }
  return assessed.sort((a, b) => b.score - a.score);
}
