/** The frame of the chat: its head, and the scrolling body. */
import { css } from 'lit';

export const chatStyles = css`
  :host {
    display: flex;
    flex-direction: column;
    /* All of a container that has a height; else as high as the conversation, within reason. */
    block-size: 100%;
    min-block-size: 18rem;
    max-block-size: 100dvb;
    min-inline-size: 16rem;
    overflow: hidden;
    background: var(--_surface);
    container: inpage-chat inpage-cards / inline-size;
  }

  [part='base'] {
    --_inset: calc(4 * var(--_space));
    display: flex;
    flex: 1;
    flex-direction: column;
    min-block-size: 0;
    /* Where there is hardly any height, as zoomed to 400 %, it all scrolls. */
    overflow-y: auto;
  }

  [part='base'] > :not(.frame) {
    flex: none;
  }

  [part='header'] {
    display: flex;
    gap: calc(2.5 * var(--_space));
    align-items: center;
    min-block-size: 60px;
    padding-inline: var(--_inset) calc(2 * var(--_space));
    border-block-end: 1px solid var(--_line);
  }

  /* A button has room around its icon already. */
  [part='header']:has(> button:first-child) {
    gap: calc(1.5 * var(--_space));
    padding-inline-start: calc(2 * var(--_space));
  }

  .title {
    flex: 1;
    min-inline-size: 0;
    /* Whether or not it is known yet what answers. */
    min-block-size: 60px;
    padding-block: calc(2.25 * var(--_space)) 0;
    container: inpage-title / inline-size;
  }

  h2 {
    overflow: hidden;
    font-size: 1rem;
    font-weight: 650;
    line-height: 1.3;
    text-overflow: ellipsis;
    white-space: nowrap;
  }

  .badge {
    gap: calc(1.25 * var(--_space));
    justify-content: start;
    max-inline-size: 100%;
    min-block-size: 32px;
    margin-block-start: -2px;
    /* It begins where the heading does. */
    margin-inline-start: calc(-1.5 * var(--_space));
    padding: 0 calc(1.5 * var(--_space));
    border-color: transparent;
    color: var(--_muted);
    font-size: 0.75rem;
    font-weight: 400;
    white-space: nowrap;
  }

  .model,
  .where {
    flex: 0 1 auto;
    overflow: hidden;
    min-inline-size: 0;
    text-overflow: ellipsis;
  }

  /* Of the two, where something is sent is not what is cut off. */
  .model {
    flex-shrink: 1000;
    min-inline-size: 3em;
  }

  .model + .where::before {
    content: '·';
    margin-inline-end: calc(1.25 * var(--_space));
  }

  /* Who answers is a press away; where it goes has to be seen. */
  @container inpage-title (inline-size < 15.5rem) {
    .model:has(+ .where) {
      display: none;
    }

    .model + .where::before {
      content: none;
    }
  }

  [part='model-meaning'] {
    padding: calc(2 * var(--_space)) var(--_inset);
    border-block-end: 1px solid var(--_line);
    background: var(--_softer);
    font-size: var(--_small);
    line-height: 1.45;
    overflow-wrap: anywhere;
  }

  [part='header'] button + button {
    margin-inline-start: calc(-2 * var(--_space));
  }

  [part='header'] .plain .icon {
    inline-size: 22px;
    block-size: 22px;
  }

  .frame {
    position: relative;
    display: flex;
    flex: 1;
    flex-direction: column;
    min-block-size: 6rem;
  }

  [part='body'] {
    flex: 1;
    min-block-size: 0;
    overflow-y: auto;
    overscroll-behavior: contain;
    scrollbar-width: thin;
    scrollbar-color: color-mix(in oklab, var(--_text) 28%, var(--_surface)) transparent;
  }

  [part='body']:focus-visible {
    outline-offset: -2px;
  }

  .flow,
  footer > * {
    max-inline-size: 46rem;
    margin-inline: auto;
  }

  .flow,
  .messages {
    display: flex;
    flex-direction: column;
    gap: calc(4 * var(--_space));
  }

  .flow {
    min-block-size: 100%;
    padding: calc(5 * var(--_space)) var(--_inset);
  }

  .jump {
    position: absolute;
    inset-block-end: calc(2 * var(--_space));
    inset-inline: 0;
    inline-size: 40px;
    margin-inline: auto;
    padding: 0;
    border-color: var(--_line);
    border-radius: 50%;
    background: var(--_surface);
    box-shadow: 0 2px 10px rgb(0 0 0 / 16%);
  }

  footer {
    padding: 0 calc(3 * var(--_space)) calc(2 * var(--_space));
    padding-block-end: max(calc(2 * var(--_space)), env(safe-area-inset-bottom));
  }

  @container inpage-chat (inline-size >= 44rem) {
    [part='base'] {
      --_inset: calc(6 * var(--_space));
    }

    .flow {
      padding-block: calc(8 * var(--_space));
    }
  }
`;
