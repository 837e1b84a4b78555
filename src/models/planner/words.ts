/** Word lists of plain English that the planner reads every request with. Nothing here belongs to a site. */
import { stem } from './tokens.ts';

const list = (words: string): ReadonlySet<string> => new Set(words.split(/\s+/));

/** Words that carry no subject: they neither speak for a tool nor against it. */
export const STOP = list(`a an the this that these those some any all my your our his her its their me you him us them
  i we he she they it is are was were be been am do does did has have had will would can could shall should may might
  must of in on at to for from by with about as into onto and or but so if then than too also just very really please
  kindly now what which who whom whose when where why how there here not no yes ok okay hey hi hello thanks thank well
  oh much many more recently lately currently again still maybe perhaps left`);

/** Words that say little by themselves: `show me`, `give me`, `I want some`. */
export const WEAK = list(`show tell give get make let want need go see take have say know something anything thing stuff
  one good like`);

export const QUESTION = list(`what which who whom whose when where why how is are am was were do does did has have had
  should shall might may could can would will isn't aren't doesn't didn't`);
export const SUBJECT = list(`i we he she they it you there someone somebody everyone i'm i've i'd i'll we're we've it's
  he's she's they're they've you're`);
export const COPULA = list(`is are was were am been isn't aren't wasn't weren't already had`);
export const NEGATION = list(`not never neither nor dont doesnt didnt cannot cant wont`);
export const CONDITION = list(`if unless whenever when`);

export const ARTICLE = list(`a an the my your our some this another new`);
export const PREPOSITION = list(`to on in into onto from of for at as by with near until before due`);
export const CONNECTOR = list(`me us to that about of for called named titled saying`);

/** Verbs that leave it to their object what is to be done: `make an appointment`. */
export const LIGHT = list('make do get have take give');

/** Command verbs that people use for one another. A word that stands in no line stands for itself. */
const ALIKE = [
  'add put insert include append place create new compose',
  'remove delete drop clear erase discard cancel',
  'show list display view see',
  'find search look lookup locate seek',
  'go open navigate visit',
  'buy order purchase get',
  'change update edit modify set adjust alter turn switch flip',
  'start begin launch run play',
  'stop end halt pause quit',
  'book reserve schedule arrange',
  'calculate compute evaluate solve',
  'send submit post',
  'remind remember',
  'renew extend prolong',
  'borrow lend loan',
  'complete finish tick mark',
  'define explain',
];
const CLASS = new Map<string, number>();
for (const [index, line] of ALIKE.entries()) for (const word of line.split(' ')) CLASS.set(stem(word), index);

/** The group of command verbs that a stem belongs to, if any. */
export const verbClass = (stemmed: string): number | undefined => CLASS.get(stemmed);
