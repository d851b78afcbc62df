/** What `?` shows. */
export const HELP: readonly string[] = [
  'Keys',
  '',
  '  ↑ ↓  k j            move, PgUp PgDn Home End too',
  '  Enter  → l          open: project, then line item or model, then day',
  '  Esc  ← h Backspace  back to where you came from',
  '  g                   group by something else',
  '  p                   another period',
  '  s                   another order',
  '  /                   show only rows with some text',
  '  r                   ask again',
  '  q  Ctrl-C           quit',
  '',
  'Costs are as billed; * marks figures that may still change.',
];
