/** The state of the shop: immutable plain data, and the check that stored data really is of this shape. No I/O. */
import { findProduct } from './catalogue.ts';

export const THEMES = ['system', 'light', 'dark'] as const;
export type Theme = (typeof THEMES)[number];

export const UNIT_SYSTEMS = ['metric', 'imperial'] as const;
export type UnitSystem = (typeof UNIT_SYSTEMS)[number];

export interface CartLine {
  /** The id of a product. */
  readonly product: string;
  readonly quantity: number;
}

export interface Order {
  readonly number: number;
  /** When it was placed, in ms since 1970. */
  readonly at: number;
  readonly lines: readonly CartLine[];
  /** In euro cents. */
  readonly total: number;
}

export interface Todo {
  readonly id: string;
  readonly title: string;
  /** Local wall-clock time, `YYYY-MM-DDTHH:mm`. */
  readonly due?: string;
  readonly done: boolean;
}

export interface ShopState {
  readonly cart: readonly CartLine[];
  readonly orders: readonly Order[];
  readonly todos: readonly Todo[];
  /** How many to-dos there have ever been, so that no id comes twice. */
  readonly todoCount: number;
  readonly theme: Theme;
  readonly units: UnitSystem;
}

export const INITIAL_STATE: ShopState = {
  cart: [],
  orders: [],
  todos: [],
  todoCount: 0,
  theme: 'system',
  units: 'metric',
};

/** The state that `text` holds; undefined when it holds anything else. */
export function parseState(text: string): ShopState | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isState(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isState(value: unknown): value is ShopState {
  return (
    isObject(value) &&
    isListOf(value['cart'], isLine) &&
    isListOf(value['orders'], isOrder) &&
    isListOf(value['todos'], isTodo) &&
    isCount(value['todoCount']) &&
    THEMES.some((theme) => theme === value['theme']) &&
    UNIT_SYSTEMS.some((units) => units === value['units'])
  );
}

function isLine(value: unknown): boolean {
  return (
    isObject(value) &&
    typeof value['product'] === 'string' &&
    findProduct(value['product'])?.id === value['product'] &&
    isCount(value['quantity']) &&
    value['quantity'] > 0
  );
}

function isOrder(value: unknown): boolean {
  return (
    isObject(value) &&
    isCount(value['number']) &&
    isCount(value['at']) &&
    isCount(value['total']) &&
    isListOf(value['lines'], isLine)
  );
}

function isTodo(value: unknown): boolean {
  return (
    isObject(value) &&
    typeof value['id'] === 'string' &&
    typeof value['title'] === 'string' &&
    typeof value['done'] === 'boolean' &&
    (value['due'] === undefined || (typeof value['due'] === 'string' && !Number.isNaN(Date.parse(value['due']))))
  );
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

function isListOf(value: unknown, isItem: (item: unknown) => boolean): boolean {
  return Array.isArray(value) && value.every(isItem);
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}
