/** Characters that turn the direction of what follows, and so could have one value look like another. Pure. */

/** Those of marks alone are left out: they turn nothing but what is next to them, and texts in Arabic need them. */
const TURNING = /[\u202a-\u202e\u2066-\u2069]/g;

/** A text with their names in their places, where what it says is about to be agreed to. */
export const withoutTurns = (text: string): string =>
  text.replace(TURNING, (turn) => `‹U+${turn.charCodeAt(0).toString(16).toUpperCase()}›`);
