/** Stand-ins for the values that MessagePack would change: -0, and integers of any size. */

/** A bigint as decimal text. */
export class BigIntTag {
  readonly digits: string;

  constructor(digits: string) {
    this.digits = digits;
  }
}

/** The class behind {@link NEGATIVE_ZERO}; the codec recognises extensions by class. */
export class NegativeZeroTag {
  readonly value = -0;
}

export const NEGATIVE_ZERO = new NegativeZeroTag();
