/** The form for other words. */
import { css } from 'lit';

export const rewordingStyles = css`
  [part='rewording'] {
    align-self: end;
    inline-size: min(100%, 36rem);
    padding: calc(2.5 * var(--_space));
    border: 1px solid var(--_accent);
    border-radius: var(--_radius);
    background: var(--_surface);
  }

  [part='rewording'] textarea {
    field-sizing: content;
    display: block;
    inline-size: 100%;
    min-block-size: 3lh;
    max-block-size: 12lh;
    padding: var(--_space) calc(1.5 * var(--_space));
    border: 0;
    background: transparent;
    resize: none;
  }

  [part='rewording']:focus-within {
    outline: 1px solid var(--_accent);
  }

  [part='rewording'] textarea:focus-visible {
    /* The ring is around the whole form. */
    outline: 0;
  }

  [part='rewording'] .quiet {
    margin-block: calc(2 * var(--_space));
    padding-inline: calc(1.5 * var(--_space));
  }

  [part='rewording'] .actions {
    display: flex;
    gap: calc(2 * var(--_space));
    justify-content: end;
    margin: 0;
  }
`;
