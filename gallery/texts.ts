/** What is said in the gallery. */

export const KITCHEN_SINK = `## Two teas for the evening

Both are **without caffeine**, and *both* are in stock. The second one is ~~12.50~~ **9.90 €**.

1. **Rooibos Vanilla**: mild, sweet; 100 g for 7.20 €
   - goes with milk
   - brew for \`8 min\`
2. **Lemon verbena**: fresh, light
   - [x] organic
   - [ ] in the large bag

> Keep it dry and dark, then it lasts for two years.

| Tea | Water | Time | Price |
|---|---:|:---:|---:|
| Rooibos Vanilla | 100 °C | 8 min | 7.20 € |
| Lemon verbena | 95 °C | 6 min | 9.90 € |

\`\`\`ts
const minutes = tea === 'rooibos' ? 8 : 6;
await kettle.boil({ until: 100 });
\`\`\`

More of it [in the shop](/shop/tea) or [at the grower's](https://grower.example/verbena?ref=shop).

![A cup of rooibos](https://grower.example/cup.jpg)

---

Shall I put one into your cart?`;

export const ARABIC = `مرحبًا! لدينا نوعان من الشاي **بدون كافيين**:

1. رويبوس بالفانيليا بسعر 7.20 €
2. لويزة (Lemon verbena) بسعر 9.90 €

\`\`\`ts
const minutes = 8;
\`\`\`

هل أضيف واحدًا إلى سلتك؟`;

export const STREAMED = `Here is what I found so far:

- **Rooibos Vanilla** is in st`;
