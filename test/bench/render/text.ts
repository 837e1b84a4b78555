/** What is said: messages of a thread, and one long reply of markdown as tokens. The same for everybody, and the same each time. */

/** Tokens in a second. */
export const RATE = 1000;

export interface Said {
  readonly role: 'user' | 'assistant';
  readonly text: string;
}

const WORDS =
  'the kettle is ceramic and blue so a warehouse that ships tomorrow can deliver it with the teapot of your order at no cost'.split(
    ' ',
  );

const word = (index: number): string => WORDS[(index * 7 + (index >> 3) * 3) % WORDS.length] ?? '';

const words = (count: number, from: number): string =>
  Array.from({ length: count }, (_, index) => word(from + index)).join(' ');

/** One section of a reply, with every kind of block. */
function section(index: number): string {
  const from = index * 13;
  return [
    `## ${words(4, from)} ${index}`,
    `${words(30, from)} **${words(3, from + 1)}** ${words(12, from + 2)} \`${word(from)}_${index}\` ${words(20, from + 5)}.`,
    `- ${words(9, from)}\n- ${words(7, from + 3)} *${words(2, from)}*\n- [${words(3, from)}](https://example.com/${index})`,
    `\`\`\`ts\nexport function ${word(from)}${index}(count: number): string {\n  const total = count * ${index};\n  return \`\${total} ${words(3, from)}\`;\n}\n\`\`\``,
    `| ${words(1, from)} | price | ${words(2, from + 1)} |\n|---|--:|---|\n${Array.from({ length: 5 }, (_, row) => `| ${words(2, from + row)} | ${row * 3 + index} | ${words(4, from + row)} |`).join('\n')}`,
    `> ${words(18, from + 4)}`,
    `1. ${words(8, from)}\n2. ${words(11, from + 6)}\n   - ${words(5, from)}`,
    `${words(60, from + 9)}.`,
  ].join('\n\n');
}

/** Messages of a conversation: a short question, and an answer of some blocks. */
export function conversation(count: number): readonly Said[] {
  return Array.from({ length: count }, (_, index): Said => {
    if (index % 2 === 0) return { role: 'user', text: `${words(8, index)}?` };
    return {
      role: 'assistant',
      text: `${words(25, index)} **${words(2, index)}**.\n\n- ${words(6, index)}\n- ${words(5, index + 2)}\n\n\`${word(index)}\` ${words(20, index + 1)}.`,
    };
  });
}

/** So many tokens of one reply: words and marks, with the blanks before them. */
function tokens(count: number): readonly string[] {
  const found: string[] = [];
  for (let index = 0; found.length < count; index++) {
    found.push(...(`${section(index)}\n\n`.match(/\s*(?:\w{1,6}|[^\w\s]{1,3})|\s+$/g) ?? []));
  }
  return found.slice(0, count);
}

/**
 * The tokens as they come, {@link RATE} a second.
 *
 * @param pause resolves after a moment; rejects to end it.
 */
export async function* paced(seconds: number, pause: () => Promise<void>): AsyncGenerator<string> {
  const all = tokens(seconds * RATE);
  const begun = performance.now();
  for (let next = 0; next < all.length;) {
    const due = Math.min(all.length, Math.ceil(((performance.now() - begun) / 1000) * RATE));
    while (next < due) yield all[next++] ?? '';
    await pause();
  }
}

/** How the last of them ends, by which the end of a reply is known. */
export const END = 'That is all.';
