/** Converts lengths, weights, volumes and temperatures. Volumes that differ by country are the US ones. Pure. */

interface Unit {
  readonly name: string;
  readonly symbol: string;
  readonly measures: 'length' | 'weight' | 'volume' | 'temperature';
  /** One of it in the base unit: metre, gram, millilitre, kelvin. */
  readonly factor: number;
  /** What is added, in the base unit, after the factor. */
  readonly offset?: number;
  /** Other names. */
  readonly also?: readonly string[];
}

/** Factors are exact by definition (NIST SP 811, appendix B), US volumes from the gallon of 231 cubic inches. */
const UNITS: readonly Unit[] = [
  { name: 'millimetres', symbol: 'mm', measures: 'length', factor: 0.001, also: ['millimeters'] },
  { name: 'centimetres', symbol: 'cm', measures: 'length', factor: 0.01, also: ['centimeters'] },
  { name: 'metres', symbol: 'm', measures: 'length', factor: 1, also: ['meters'] },
  { name: 'kilometres', symbol: 'km', measures: 'length', factor: 1000, also: ['kilometers'] },
  { name: 'inches', symbol: 'in', measures: 'length', factor: 0.0254 },
  { name: 'feet', symbol: 'ft', measures: 'length', factor: 0.3048, also: ['foot'] },
  { name: 'yards', symbol: 'yd', measures: 'length', factor: 0.9144 },
  { name: 'miles', symbol: 'mi', measures: 'length', factor: 1609.344 },
  { name: 'milligrams', symbol: 'mg', measures: 'weight', factor: 0.001 },
  { name: 'grams', symbol: 'g', measures: 'weight', factor: 1 },
  { name: 'kilograms', symbol: 'kg', measures: 'weight', factor: 1000, also: ['kilos'] },
  { name: 'ounces', symbol: 'oz', measures: 'weight', factor: 28.349523125 },
  { name: 'pounds', symbol: 'lb', measures: 'weight', factor: 453.59237 },
  { name: 'millilitres', symbol: 'ml', measures: 'volume', factor: 1, also: ['milliliters'] },
  { name: 'litres', symbol: 'l', measures: 'volume', factor: 1000, also: ['liters'] },
  { name: 'teaspoons', symbol: 'tsp', measures: 'volume', factor: 4.92892159375 },
  { name: 'tablespoons', symbol: 'tbsp', measures: 'volume', factor: 14.78676478125 },
  { name: 'fluid ounces', symbol: 'fl oz', measures: 'volume', factor: 29.5735295625 },
  { name: 'cups', symbol: 'cup', measures: 'volume', factor: 236.5882365 },
  { name: 'pints', symbol: 'pt', measures: 'volume', factor: 473.176473 },
  { name: 'gallons', symbol: 'gal', measures: 'volume', factor: 3785.411784 },
  { name: 'celsius', symbol: '°C', measures: 'temperature', factor: 1, offset: 273.15, also: ['centigrade'] },
  { name: 'fahrenheit', symbol: '°F', measures: 'temperature', factor: 5 / 9, offset: (459.67 * 5) / 9 },
  { name: 'kelvin', symbol: 'K', measures: 'temperature', factor: 1 },
];

/** The name of every unit that {@link convert} knows. */
export const UNIT_NAMES: readonly string[] = UNITS.map(({ name }) => name);

/** Every unit with its other names, for a description: `feet (ft, foot), …`. The word "in" would mean too much. */
export const UNIT_WORDS: string = UNITS.map(({ name, symbol, also = [] }) => {
  const others = [symbol, ...also].filter((word) => word !== 'in');
  return others.length === 0 ? name : `${name} (${others.join(', ')})`;
}).join(', ');

/**
 * Converts `value` between two units. Throws a sentence for people when a unit is unknown or the two do not measure
 * the same.
 *
 * @example
 * convert(10, 'km', 'miles'); // 6.2137…
 */
export function convert(value: number, from: string, to: string): number {
  const [source, target] = [getUnit(from), getUnit(to)];
  if (source.measures !== target.measures) {
    throw new Error(
      `${from} measure ${source.measures} and ${to} measure ${target.measures}, so one cannot become the other.`,
    );
  }
  const result = (value * source.factor + (source.offset ?? 0) - (target.offset ?? 0)) / target.factor;
  // Twelve digits: what floating point adds beyond them is noise.
  return Number(result.toPrecision(12));
}

/** The symbol of a unit, such as `km` for `kilometres`. Throws when it is unknown. */
export function unitSymbol(name: string): string {
  return getUnit(name).symbol;
}

function getUnit(name: string): Unit {
  const wanted = name.trim().toLowerCase();
  const unit = UNITS.find((each) => [each.name, each.symbol.toLowerCase(), ...(each.also ?? [])].includes(wanted));
  if (unit === undefined) throw new Error(`“${name}” is not a unit that this shop knows.`);
  return unit;
}
