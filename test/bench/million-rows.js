// What the million rows say, and what they come to: server and check work from the same rule, added up exactly.

export const DAYS = 1_000;
/** 2024-01-01, in seconds. */
export const FIRST_DAY = Date.UTC(2024, 0, 1) / 1_000;
export const PROJECTS = Array.from({length: 40}, (_, index) => ({
  id: `proj_${String(index).padStart(24, '0')}`,
  name: `Project ${index}`,
}));
export const LINE_ITEMS = Array.from({length: 25}, (_, index) => `gpt-${index}, input`);

/** Digits behind the point: more than a double holds beside the digits before it. */
const SCALE = 18;

const units = (day, project, item) => BigInt(day * 1_000 + project * 25 + item + 1) * 1_234_567_890_123n;

const text = value => {
  const digits = String(value).padStart(SCALE + 1, '0');
  return `${digits.slice(0, -SCALE)}.${digits.slice(-SCALE)}`.replace(/\.?0+$/, '');
};

/** The cost of a row, as plain decimal text. */
export const costText = (day, project, item) => text(units(day, project, item));

/** The tokens that it was billed for. */
export const quantityText = (day, project, item) => String(units(day, project, item) / 1_234_567_890n);

/** The cost of a group over the first so many days. */
export function totalText(project, item, days = DAYS) {
  let total = 0n;
  for (let day = 0; day < days; day++) total += units(day, project, item);
  return text(total);
}
