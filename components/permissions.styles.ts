/** The list of what may be done without asking. It lies over the conversation. */
import { css } from 'lit';

export const permissionsStyles = css`
  [part='permissions'] {
    position: absolute;
    inset: 0;
    padding: calc(4 * var(--_space)) max(var(--_inset), 50% - 23rem);
    overflow-y: auto;
    background: var(--_surface);
  }

  /* It takes the focus only so that what is in it comes next. */
  [part='permissions']:focus-visible {
    outline: 0;
  }

  [part='permissions'] header {
    display: flex;
    align-items: center;
    justify-content: space-between;
    gap: calc(2 * var(--_space));
  }

  [part='permissions'] h3 {
    font-size: 1.0625rem;
    font-weight: 600;
  }

  [part='permissions'] > h3 {
    margin-block-start: calc(6 * var(--_space));
  }

  [part='permissions'] > .quiet {
    margin-block-start: calc(2 * var(--_space));
  }

  [part='permissions'] ul {
    margin-block-start: calc(3 * var(--_space));
    padding: 0;
    border-block-start: 1px solid var(--_line);
    list-style: none;
  }

  [part='permissions'] li {
    display: flex;
    align-items: center;
    justify-content: space-between;
    gap: calc(3 * var(--_space));
    padding-block: calc(2.5 * var(--_space));
    border-block-end: 1px solid var(--_line);
  }

  [part='permissions'] li button {
    flex: none;
  }

  [part='permissions'] .name {
    font-weight: 600;
    overflow-wrap: anywhere;
  }
`;
