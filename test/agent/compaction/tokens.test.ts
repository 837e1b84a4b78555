import { expect } from 'chai';
import { countText, countValue } from '../../../src/agent/compaction/count-text.ts';
import { createTokenCounter } from '../../../src/agent/compaction/token-counter.ts';
import { gave, says, user } from '../messages.ts';

const json = {
  ...{ id: 'prod_8f3a21', name: 'Blue teapot', price: 24.9, currency: 'CHF', inStock: true },
  ...{ tags: ['tea', 'kitchen', 'ceramic'], dimensions: { width: 18, height: 14, depth: 12 }, rating: null },
};

/** Texts, and how many tokens the encodings o200k_base and that of Llama 3 make of them. */
const TABLE: readonly (readonly [what: string, text: string, o200k: number, llama: number])[] = [
  [
    'prose',
    'The quick brown fox jumps over the lazy dog. It was the best of times, it was the worst of times, it was the age of wisdom, it was the age of foolishness, and nobody could say which of the two it would turn out to be in the end.',
    ...([57, 57] as const),
  ],
  [
    'a request',
    "Hi! Can you please add two of the blue teapots to my cart, and tell me when they'd arrive in Zurich? Thanks a lot :)",
    ...([30, 31] as const),
  ],
  [
    'long words',
    'The asynchronous initialization of the authentication middleware unfortunately invalidates previously serialized configuration objects.',
    ...([15, 15] as const),
  ],
  [
    'Markdown',
    '# Your order\n\n- **Blue teapot**: 2 × $24.90\n- **Green cup**: 1 × $7.50\n\nTotal: `$57.30`. Shall I [check out](https://shop.example/checkout)?\n',
    ...([53, 51] as const),
  ],
  [
    'code',
    'export function total(items: readonly Item[]): number {\n  let sum = 0;\n  for (const { price, quantity } of items) {\n    sum += price * quantity;\n  }\n  return Math.round(sum * 100) / 100;\n}\n',
    ...([53, 53] as const),
  ],
  ['JSON', JSON.stringify(json), 61, 61],
  [
    'numbers',
    '2024-11-28 09:15:00, 1234567890, 3.14159265, +41 44 123 45 67, 98.6%, 1,000,000',
    ...([48, 48] as const),
  ],
  ['ids', '7c9e6679-7425-40de-944b-e07fc1f90ae7 and 550e8400-e29b-41d4-a716-446655440000', 43, 43],
  [
    'HTML',
    '<div class="card"><h2>Blue teapot</h2><p class="price">CHF 24.90</p><button type="button" aria-label="Add to cart">Add</button></div>',
    ...([46, 47] as const),
  ],
  [
    'a table',
    '| Name | Price | Stock |\n| --- | ---: | ---: |\n| Kettle | 49.00 | 12 |\n| Teapot | 24.90 | 3 |\n| Cup | 7.50 | 148 |\n',
    ...([51, 51] as const),
  ],
  [
    'French',
    "Bonjour, je voudrais savoir si vous pouvez me rembourser la théière que j'ai achetée la semaine dernière, car elle est arrivée complètement cassée.",
    ...([33, 38] as const),
  ],
  [
    'Spanish',
    '¿Podría decirme cuándo llegará mi pedido? Compré dos teteras azules hace tres días y todavía no he recibido la confirmación del envío.',
    ...([32, 41] as const),
  ],
  [
    'Turkish',
    'Merhaba, siparişimin ne zaman geleceğini söyleyebilir misiniz? Üç gün önce iki mavi çaydanlık aldım ve hâlâ onay almadım.',
    ...([39, 38] as const),
  ],
  [
    'Russian',
    'Здравствуйте! Подскажите, пожалуйста, когда приедет мой заказ? Три дня назад я купил два синих чайника и до сих пор не получил подтверждения.',
    ...([37, 47] as const),
  ],
  [
    'Greek',
    'Γεια σας, μπορείτε να μου πείτε πότε θα φτάσει η παραγγελία μου; Αγόρασα δύο μπλε τσαγιέρες πριν από τρεις ημέρες.',
    ...([41, 42] as const),
  ],
  [
    'Arabic',
    'مرحبا، هل يمكنكم إخباري متى سيصل طلبي؟ لقد اشتريت إبريقين أزرقين قبل ثلاثة أيام ولم أتلق بعد تأكيد الشحن.',
    ...([38, 46] as const),
  ],
  ['Chinese', '您好，请问我的订单什么时候可以送到？我三天前买了两个蓝色的茶壶，但是还没有收到发货确认。', 31, 33],
  [
    'Japanese',
    'こんにちは。注文した商品はいつ届きますか？三日前に青いティーポットを二つ買いましたが、まだ発送の確認が届いていません。',
    37,
    41,
  ],
  [
    'Korean',
    '안녕하세요. 제 주문은 언제 도착하나요? 사흘 전에 파란색 찻주전자 두 개를 샀는데 아직 발송 확인을 받지 못했습니다.',
    39,
    39,
  ],
  ['emoji', 'Great choice! 🎉🫖 Your tea is on its way 🚚💨 Enjoy 😊👍🏽', 23, 29],
];

const error = (estimate: number, count: number): number => Math.abs(estimate / count - 1);

describe('the count of tokens', () => {
  for (const [what, text, o200k, llama] of TABLE) {
    it(`is within a quarter of the real one of ${what}`, () => {
      expect(error(countText(text), o200k)).to.be.below(0.25);
      expect(error(countText(text), llama)).to.be.below(0.25);
    });
  }

  it('of a value is about that of its JSON', () => {
    for (const value of [json, [json, json], 'a text', 12345.5, true, null, [], {}, { a: { b: [1, 'x', false] } }]) {
      const text = countText(JSON.stringify(value));
      expect(Math.abs(countValue(value) - text)).to.be.below(1.5 + text / 10);
    }
  });

  it('is made of what has no JSON too', () => {
    expect(countValue({ a: new Map([['k', 'v']]), b: new Set([1]), c: new Uint8Array(100), d: undefined, e: 5n }))
      .to.be.above(50)
      .and.below(100);
  });
});

describe('createTokenCounter', () => {
  const call = says('Let me look.', ['look', { id: 5 }]);
  const messages = [user('Where is my order?'), call, ...gave(call, { status: 'sent' }), says('It is on its way.')];

  it('counts each message, with what comes with it', () => {
    const counter = createTokenCounter();
    const counts = messages.map((message) => counter.count(message));
    expect(counts.every((count) => count > 5 && count < 40)).to.be.true;
    expect(counter.total(messages)).to.be.closeTo(
      counts.reduce((a, b) => a + b, 0),
      messages.length,
    );
  });

  it('gives the same for a list however it has come about', () => {
    const counter = createTokenCounter();
    const grown = messages.map((_, index) => counter.total(messages.slice(0, index + 1)));
    expect(grown).to.deep.equal(messages.map((_, index) => createTokenCounter().total(messages.slice(0, index + 1))));
    const other = [
      messages[0],
      says('Something else that is longer than that.'),
      ...messages.slice(2),
    ] as typeof messages;
    expect(counter.total(other)).to.equal(createTokenCounter().total(other));
    expect(counter.total([])).to.equal(0);
  });

  it('counts pictures and thoughts', () => {
    const counter = createTokenCounter();
    const file = { type: 'file', mediaType: 'image/png', data: new Blob(['x']) } as const;
    expect(counter.count({ ...user(), content: [file] })).to.be.above(500);
    const thought = { ...says('Yes.'), content: [{ type: 'reasoning', text: 'one two three four five six' }] as const };
    expect(counter.count(thought)).to.be.above(counter.count(says('')) + 4);
  });

  it('learns from what the provider says', () => {
    const counter = createTokenCounter();
    const before = counter.total(messages);
    for (let times = 0; times < 30; times++) counter.observe(counter.total(messages), before * 1.5);
    expect(counter.factor).to.be.closeTo(1.5, 0.05);
    expect(counter.total(messages)).to.be.closeTo(before * 1.5, 3);
    expect(counter.measure('one two three')).to.equal(5);
  });

  it('takes on no more than can be', () => {
    const counter = createTokenCounter();
    for (const reported of [0, -1, NaN]) counter.observe(100, reported);
    counter.observe(0, 100);
    expect(counter.factor).to.equal(1);
    for (let times = 0; times < 30; times++) counter.observe(1, 1e9);
    expect(counter.factor).to.equal(3);
  });
});
