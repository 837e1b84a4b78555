/** What the assistant may do without asking, and the way to take it back. */
import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { Grant, VerticalEntry } from '../src/core/index.ts';
import { icons } from './icons.ts';
import { strings } from './strings.ts';
import { inWords } from './words.ts';

function grantView(grant: Grant, revoke: (grant: Grant) => void): TemplateResult {
  const { tool, scope, at } = grant;
  const since = new Date(at).toLocaleDateString([], { dateStyle: 'medium' });
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

function verticalView(entry: VerticalEntry): TemplateResult {
  const { name, may, isOn } = entry;
  return html`<li>
    <div>
      <p class="name" dir="auto">${name}</p>
      <p class="quiet" dir="auto">${may.join(' ')}</p>
    </div>
    <button
      type="button"
      aria-label=${strings.switchVertical(name, isOn)}
      @click=${() => {
        entry.toggle();
      }}
    >
      ${isOn ? strings.turnOff : strings.turnOn}
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
): TemplateResult {
  const key = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape') return;
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
                ${grants.map((grant) => grantView(grant, revoke))}
              </ul>`
    }
    ${
      verticals.length === 0
        ? nothing
        : html`<h3>${strings.verticals}</h3>
            <p class="quiet">${strings.verticalsMeaning}</p>
            <ul role="list">
              ${verticals.map(verticalView)}
            </ul>`
    }
  </section>`;
}
