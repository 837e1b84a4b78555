/** Decides about one message, which may hold more than one request: then none of them is done. */
import { jointsOf } from './clauses.ts';
import type { Sides } from './clauses.ts';
import { decideOne } from './decide.ts';
import type { Decision, Setting } from './decide.ts';
import { read } from './extract.ts';
import { commands, isContent, leadOf, wordsOf } from './rank.ts';
import { hear, objection } from './speech.ts';
import type { Utterance } from './speech.ts';
import type { Token } from './tokens.ts';

const isRequest = (decision: Decision): decision is Decision & { readonly kind: 'act' | 'ask' } =>
  decision.kind === 'act' || decision.kind === 'ask';
const firstOf = (said: Utterance): Token | undefined => said.tokens.find(isContent);

/** Whether a message begins with a verb of some tool, or as an example of one does. */
export function beginsAnew(said: Utterance, { profiles }: Setting): boolean {
  const first = firstOf(said);
  const words = wordsOf(said.tokens);
  return profiles.some(
    (profile) =>
      (said.mood === 'command' && first !== undefined && commands(profile, first)) ||
      (leadOf(profile, words)?.length ?? 0) > 1,
  );
}

/**
 * The two requests at a joint, each whole by itself; undefined when there is only one.
 *
 * @param isWhole Whether the message as a whole is a request too, such as one with an `and` in its free text.
 */
async function partsAt(
  { left, right }: Sides,
  isWhole: boolean,
  setting: Setting,
): Promise<readonly [string, string] | undefined> {
  const [before, after] = [hear(left), hear(right)];
  const verb = firstOf(before);
  if (verb === undefined || firstOf(after) === undefined) return undefined;
  const alone = beginsAnew(after, setting) ? await decideOne(after, setting) : undefined;
  if (alone !== undefined && isRequest(alone)) return [left, right];

  const first = await decideOne(before, setting);
  const completed = `${verb.word} ${right}`;
  const isCommand = before.mood === 'command' && beginsAnew(before, setting);
  const second: Decision = isCommand ? await decideOne(hear(completed), setting) : { kind: 'none', refused: false };
  const parts = [left, isRequest(second) ? completed : right] as const;
  // "add bananas and a tent", where there are no bananas
  if (first.kind === 'tell') return isRequest(second) && second.candidate.reading.firm.size > 0 ? parts : undefined;
  if (!isRequest(first)) return undefined;
  if (second.kind === 'tell' && !isWhole) return parts;
  const { profile, reading } = first.candidate;
  // "add milk to the list and beans to the cart": the same verb means another tool.
  if (isRequest(second) && second.candidate.profile !== profile) return parts;
  const filled = new Set([...reading.firm].map((field) => field.name));
  const again = await read(profile, after, setting);
  return [...again.firm].some(({ name }) => filled.has(name)) ? parts : undefined;
}

/** Decides about one message by itself. */
export async function decide(text: string, setting: Setting): Promise<Decision> {
  const said = hear(text);
  const whole = await decideOne(said, setting);
  // What was taken back needs no other question.
  if (objection(said, () => false) === 'negated' && !isRequest(whole)) return whole;
  const joints = jointsOf(said.text, setting.names, setting.now);
  for (const joint of joints) {
    const parts = await partsAt(joint, isRequest(whole), setting);
    if (parts !== undefined) return { kind: 'split', parts };
  }
  const [joint] = joints;
  // A word that nothing explains may be what another part of the sentence was about.
  const isLoose = whole.kind === 'act' && whole.candidate.loose.length > 0;
  if (joint !== undefined && isLoose && whole.candidate.profile.tool.effect !== 'read') {
    return { kind: 'split', parts: [joint.left, joint.right] };
  }
  return whole;
}
