/** Which values are drafted, and by which kind of draft: records, lists, Maps and Sets. Leaves stay as they are. */
import { isRecord } from '../core/index.ts';
import { AppendLog } from './append-log.ts';
import type { Scope } from './change.ts';
import { draftList } from './draft-list.ts';
import { DraftMap } from './draft-map.ts';
import { draftRecord } from './draft-record.ts';
import { DraftSet } from './draft-set.ts';
import { MapLog } from './map-log.ts';

/** The draft of a raw value; undefined for a leaf. */
export function draftValue(value: unknown, scope: Scope): object | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  if (isRecord(value)) return draftRecord(value, scope);
  if (Array.isArray(value) || value instanceof AppendLog) return draftList(value, scope);
  if (value instanceof Map || value instanceof MapLog) return new DraftMap(value, scope);
  return value instanceof Set ? new DraftSet(value, scope) : undefined;
}
