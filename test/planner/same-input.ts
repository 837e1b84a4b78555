/** Whether an input is the one that a set wants, by the rules of the sets' READMEs. */
import { isRecord } from '../../src/core/index.ts';
import type { Input, SetName, SetTool, WantedCall } from './sets.ts';

/** Lists of texts are sets, save these, whose order was said. */
const ORDERED = new Set(['checklist']);
const MOMENT = /^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:\d\d)?$/i;
const TIME = /^(\d\d:\d\d)(?::(\d\d))?(?:\.0+)?(?:Z|[+-]\d\d:\d\d)?$/i;

interface Place {
  readonly name: string;
  readonly schema: Readonly<Record<string, unknown>>;
  readonly isOffered: boolean;
}

const isText = ({ schema: { enum: values, format, pattern, type }, isOffered }: Place): boolean =>
  type === 'string' && values === undefined && format === undefined && pattern === undefined && !isOffered;

/** A free text without what does not matter in it. */
function bare(text: string, set: SetName): string {
  const plain = text
    .trim()
    .replace(/^["'“‘]+|["'”’]+$/g, '')
    .replace(/[.,;:!?…\s]+$/, '')
    .replace(/^["'“‘]+|["'”’]+$/g, '')
    .trim()
    .toLowerCase();
  // The rules of the frozen set do not let a word in front go.
  return set !== 'frozen' ? plain.replace(/^(?:an?|the|my|some)\s+/, '') : plain;
}

/** A moment with an offset is compared as the moment that it is, so that the time zone of the machine does not matter. */
const momentOf = (text: string): number => (MOMENT.test(text) ? new Date(text).getTime() : Number.NaN);

function timeOf(text: string): string | undefined {
  const [, minutes, seconds = '00'] = TIME.exec(text) ?? [];
  return minutes === undefined ? undefined : `${minutes}:${seconds}`;
}

function sameText(place: Place, wanted: string, got: string, set: SetName): boolean {
  if (wanted === got) return true;
  const { format } = place.schema;
  if (format === 'date-time') return momentOf(wanted) === momentOf(got);
  if (format === 'time') return timeOf(wanted) !== undefined && timeOf(wanted) === timeOf(got);
  return isText(place) && bare(wanted, set) === bare(got, set);
}

function sameList(place: Place, wanted: readonly unknown[], got: readonly unknown[], set: SetName): boolean {
  if (wanted.length !== got.length) return false;
  const items = isRecord(place.schema['items']) ? place.schema['items'] : {};
  const item = { ...place, schema: items };
  if (ORDERED.has(place.name) || items['type'] !== 'string') {
    return wanted.every((one, at) => same(item, one, got[at], set));
  }
  const left = [...got];
  return wanted.every((one) => {
    const at = left.findIndex((other) => same(item, one, other, set));
    if (at >= 0) left.splice(at, 1);
    return at >= 0;
  });
}

function sameRecord(place: Place, wanted: Input, got: Input, set: SetName): boolean {
  const properties = isRecord(place.schema['properties']) ? place.schema['properties'] : {};
  const keys = Object.keys(wanted);
  if (keys.length !== Object.keys(got).length) return false;
  return keys.every((name) => {
    const schema = isRecord(properties[name]) ? properties[name] : {};
    return name in got && same({ name, schema, isOffered: false }, wanted[name], got[name], set);
  });
}

function same(place: Place, wanted: unknown, got: unknown, set: SetName): boolean {
  if (typeof wanted === 'string' && typeof got === 'string') return sameText(place, wanted, got, set);
  if (Array.isArray(wanted) && Array.isArray(got)) return sameList(place, wanted, got, set);
  if (isRecord(wanted) && isRecord(got)) return sameRecord(place, wanted, got, set);
  return wanted === got;
}

/**
 * Whether an input is a wanted one: the same fields, each with the same value.
 *
 * @param wild Whether `*` stands for any text, as it does in alternatives.
 */
function sameInput(tool: SetTool, wanted: Input, got: Input, set: SetName, wild: boolean): boolean {
  const properties = isRecord(tool.input['properties']) ? tool.input['properties'] : {};
  const names = Object.keys(wanted);
  if (names.length !== Object.keys(got).length) return false;
  return names.every((name) => {
    const value = got[name];
    if (wild && wanted[name] === '*') return typeof value === 'string' && value.trim() !== '';
    const schema = isRecord(properties[name]) ? properties[name] : {};
    const isOffered = tool.suggest !== undefined && name in tool.suggest;
    return name in got && same({ name, schema, isOffered }, wanted[name], value, set);
  });
}

/** Whether an input is the wanted one of a call, or one of the others that are as right. */
export function fitsCall(tool: SetTool, { input, also = [] }: WantedCall, got: Input, set: SetName): boolean {
  return sameInput(tool, input, got, set, false) || also.some((other) => sameInput(tool, other, got, set, true));
}
