/** The graph: what was not taken is dashed, so that colour alone tells nothing. */
import { css } from 'lit';

export const graphStyles = css`
  [part='graph'] {
    margin-block-start: calc(2 * var(--_space));
    max-block-size: 60dvh;
    border: 1px solid var(--_line);
    border-radius: calc(0.72 * var(--_radius));
    background: var(--_surface);
    overflow: auto;
  }

  .graph {
    display: block;
    margin-inline: auto;
    direction: ltr;
  }

  .graph text {
    fill: var(--_text);
    font-size: 13px;
    text-anchor: middle;
    dominant-baseline: central;
  }

  .node > rect {
    fill: var(--_surface);
    stroke: var(--_edge);
    stroke-width: 1.25;
  }

  /* A drawing within a drawing knows no logical sizes. */
  .node .icon {
    width: 100%;
    height: 100%;
    margin: 0;
    color: var(--_muted);
  }

  .node[data-status='pending'] > rect {
    stroke: var(--_line);
  }

  .node[data-status='pending'] > text {
    fill: var(--_muted);
  }

  .node[data-status='ok'] .icon,
  .node[data-status='cached'] .icon {
    color: var(--_good);
  }

  .node[data-status='running'] > rect {
    stroke: var(--_accent);
    stroke-width: 2;
  }

  .node[data-status='running'] .icon {
    color: var(--_accent);
  }

  .node[data-status='interrupted'] > rect {
    stroke: var(--_warning);
    stroke-width: 2;
  }

  .node[data-status='interrupted'] .icon {
    color: var(--_warning);
  }

  .node[data-status='failed'] > rect {
    stroke: var(--_danger);
    stroke-width: 2;
  }

  .node[data-status='failed'] .icon {
    color: var(--_danger);
  }

  .way > path {
    fill: none;
    stroke: var(--_line);
    stroke-width: 1.5;
  }

  .way > .head {
    fill: var(--_line);
    stroke: none;
  }

  .way[data-way='taken'] > path {
    stroke: var(--_text);
  }

  .way[data-way='taken'] > .head {
    fill: var(--_text);
    stroke: none;
  }

  .way[data-way='passed'] > path:not(.head) {
    stroke-dasharray: 4 4;
  }

  .way > text {
    paint-order: stroke;
    stroke: var(--_surface);
    stroke-width: 5;
  }

  .way[data-way='passed'] > text {
    fill: var(--_muted);
  }

  @media (forced-colors: active) {
    .graph text,
    .node[data-status] > text {
      fill: CanvasText;
    }

    .node[data-status] > rect {
      fill: Canvas;
      stroke: CanvasText;
    }

    .way > path {
      stroke: GrayText;
    }

    .way > .head {
      fill: GrayText;
    }

    .way[data-way='taken'] > path {
      stroke: CanvasText;
    }

    .way[data-way='taken'] > .head {
      fill: CanvasText;
    }

    .way > text {
      stroke: Canvas;
    }
  }
`;
