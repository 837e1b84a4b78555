/** What stands within a block: words, emphasis, code, links, pictures. HTML is shown as it was written. */
import { html, nothing } from 'lit';
import type { MarkedToken, Token, Tokens } from 'marked';
import { addressOf, hostIn, isInline } from './address.ts';
import { decoded } from './entities.ts';
import type { Shown } from './shown.ts';

function linkView({ href, text, tokens }: Tokens.Link, shown: Shown): unknown {
  const content = inlineView(tokens, shown);
  const address = addressOf(href);
  if (!address) return content;
  const { href: to, host } = address;
  // Whoever reads it sees where it leads, whatever it says of itself.
  const isTold = host === '' || hostIn(decoded(text)) === host;
  return html`<a href=${to} target="_blank" rel="noopener noreferrer nofollow" referrerpolicy="no-referrer"
      >${content}</a
    >${isTold ? nothing : html` <small class="host">(${host})</small>`}`;
}

/** A picture is fetched when the reader asks for it: by fetching it, whoever wrote its address would learn something. */
function imageView({ href, text }: Tokens.Image, shown: Shown): unknown {
  const alt = decoded(text);
  if (isInline(href)) return html`<img src=${href} alt=${alt} />`;
  const address = addressOf(href);
  if (!address || !/^https?:/.test(address.href)) return alt;
  const { href: from, host } = address;
  if (shown.has(from)) return html`<img src=${from} alt=${alt} referrerpolicy="no-referrer" />`;
  return html`<button
    class="picture"
    type="button"
    @click=${() => {
      shown.add(from);
    }}
  >
    ${shown.strings.showPicture(alt, host === '' ? location.host : host)}
  </button>`;
}

function view(token: MarkedToken, shown: Shown): unknown {
  switch (token.type) {
    case 'text':
      return token.tokens ? inlineView(token.tokens, shown) : decoded(token.text);
    case 'escape':
      return token.text;
    case 'strong':
      return html`<strong>${inlineView(token.tokens, shown)}</strong>`;
    case 'em':
      return html`<em>${inlineView(token.tokens, shown)}</em>`;
    case 'del':
      return html`<del>${inlineView(token.tokens, shown)}</del>`;
    case 'codespan':
      return html`<code>${token.text}</code>`;
    case 'br':
      return html`<br />`;
    case 'checkbox':
      return html`<input type="checkbox" disabled aria-label=${shown.strings.toDo} ?checked=${token.checked} />`;
    case 'link':
      return linkView(token, shown);
    case 'image':
      return imageView(token, shown);
    default:
      return token.raw;
  }
}

/** The content of a block. */
export function inlineView(tokens: readonly Token[], shown: Shown): unknown {
  const views: unknown[] = [];
  for (const token of tokens) {
    // There are no extensions that could bring tokens of their own.
    const next = view(token as MarkedToken, shown);
    const last = views.at(-1);
    // Thousands of words by themselves would take the browser seconds to lay out.
    if (typeof next === 'string' && typeof last === 'string') views[views.length - 1] = last + next;
    else views.push(next);
  }
  return views;
}
