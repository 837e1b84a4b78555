/** What the assistant may do without asking, and the way to take it back. */
import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { Grant, VerticalEntry } from '../src/core/index.ts';
import { icons } from './icons.ts';
import type { Strings } from './strings/index.ts';
import { inWords } from './words.ts';

function grantView(grant: Grant, revoke: (grant: Grant) => void, strings: Strings): TemplateResult {
  const { tool, scope, at } = grant;
  const since = new Date(at).toLocaleDateString(strings.locale || [], { dateStyle: 'medium' });
  return html`<li>
    <div>
      <p class="name">${inWords(tool)}</p>
      <p class="quiet">${strings.held[scope]} · ${strings.since(since)}</p>
    </div>
    <button
      type="button"
      aria-label=${strings.revokeTool(inWords(tool))}
      @click=${() => {
        revoke(grant);
      }}
    >
      ${strings.revoke}
    </button>
  </li>`;
}

/** What a capability means to a person. @param otherwise in English */
function mayWords({ may }: Strings['abilities'], capability: string, otherwise: string): string {
  const [kind, ...place] = capability.split('://');
  const say = may[capability] ?? (place.length > 0 && kind?.startsWith('network:') ? may['network:'] : undefined);
  return say?.(place.join('')) ?? otherwise;
}

function verticalView(entry: VerticalEntry, strings: Strings): TemplateResult {
  const { name, may, granted, isOn } = entry;
  const words = strings.abilities;
  const said = may.map((sentence, at) => mayWords(words, granted[at] ?? '', sentence));
  return html`<li>
    <div>
      <p class="name" dir="auto">${name}</p>
      <p class="quiet" dir="auto">${said.join(' ')}</p>
    </div>
    <button
      type="button"
      aria-label=${words.switching(name, isOn)}
      @click=${() => {
        entry.toggle();
      }}
    >
      ${isOn ? words.turnOff : words.turnOn}
    </button>
  </li>`;
}

/**
 * The panel.
 *
 * @param grants undefined while they are being read
 */
export function permissionsView(
  grants: readonly Grant[] | undefined,
  verticals: readonly VerticalEntry[],
  revoke: (grant: Grant) => void,
  close: () => void,
  strings: Strings,
): TemplateResult {
  const key = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape') return;
    event.preventDefault();
    event.stopPropagation();
    close();
  };
  return html`<section part="permissions" aria-label=${strings.permissions} tabindex="-1" @keydown=${key}>
    <header>
      <h3>${strings.permissions}</h3>
      <button class="plain" type="button" aria-label=${strings.close} title=${strings.close} @click=${close}>
        ${icons.failed}
      </button>
    </header>
    ${
      grants === undefined
        ? nothing
        : grants.length === 0
          ? html`<p class="quiet">${strings.noPermissions}</p>`
          : html`<p class="quiet">${strings.permissionsMeaning}</p>
              <ul role="list">
                ${grants.map((grant) => grantView(grant, revoke, strings))}
              </ul>`
    }
    ${
      verticals.length === 0
        ? nothing
        : html`<h3>${strings.abilities.title}</h3>
            <p class="quiet">${strings.abilities.meaning}</p>
            <ul role="list">
              ${verticals.map((entry) => verticalView(entry, strings))}
            </ul>`
    }
  </section>`;
}
