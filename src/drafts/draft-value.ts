/** Which values are drafted, and by which kind of draft: records, lists, Maps and Sets. Leaves stay as they are. */
import { isRecord } from '../core/index.ts';
import { AppendLog, MapLog } from '../state/index.ts';
import type { Change, Scope } from './change.ts';
import { ListInside } from './draft-list.ts';
import { MapInside } from './draft-map.ts';
import { RecordInside } from './draft-record.ts';
import { SetInside } from './draft-set.ts';

/** The inside of a draft of a raw value; undefined for a leaf. */
export function draftValue(value: unknown, scope: Scope): Change | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  if (isRecord(value)) return new RecordInside(value, scope);
  if (Array.isArray(value) || value instanceof AppendLog) return new ListInside(value, scope);
  if (value instanceof Map || value instanceof MapLog) return new MapInside(value, scope);
  return value instanceof Set ? new SetInside(value, scope) : undefined;
}
