import {FOCUS_COLUMNS, typeOf} from '../core/focus-columns.ts';
import type {Complaints} from './complaints.ts';
import type {Batch, Table} from './table.ts';
import {Values} from './values.ts';

/** What a column may say, where the standard lists it. */
const ALLOWED: {readonly [column: string]: ReadonlySet<string>} = {
  CapacityReservationStatus: new Set(['Unused', 'Used']),
  ChargeCategory: new Set(['Adjustment', 'Credit', 'Purchase', 'Tax', 'Usage']),
  ChargeClass: new Set(['Correction']),
  ChargeFrequency: new Set(['One-Time', 'Recurring', 'Usage-Based']),
  CommitmentDiscountCategory: new Set(['Spend', 'Usage']),
  CommitmentDiscountStatus: new Set(['Unused', 'Used']),
  PricingCategory: new Set(['Committed', 'Dynamic', 'Other', 'Standard']),
  ServiceCategory: new Set([
    'AI and Machine Learning',
    'Analytics',
    'Business Applications',
    'Compute',
    'Databases',
    'Developer Tools',
    'Identity',
    'Integration',
    'Internet of Things',
    'Management and Governance',
    'Media',
    'Migration',
    'Mobile',
    'Multicloud',
    'Networking',
    'Other',
    'Security',
    'Storage',
    'Web',
  ]),
};

const isStandard = (column: string): column is keyof typeof FOCUS_COLUMNS =>
  Object.hasOwn(FOCUS_COLUMNS, column);

type Look = (value: string, where: () => string) => void;

/**
 * Looks at the columns that no figure is made of, and complains of what the standard forbids. `known` are those that
 * whoever makes the figures looks at.
 */
export async function examine(table: Table, known: readonly string[], complaints: Complaints): Promise<void> {
  const columns = table.columns.filter(isStandard).filter(column => !known.includes(column));
  if (columns.length === 0) return;
  const values = new Values(complaints);
  const looks = columns.map(column => lookAt(column, values, complaints));
  for await (const batch of table.read(columns))
    for (const [index, look] of looks.entries()) each(batch, index, look);
}

/** Most values of a column come again in the next row, and need no second look. */
function each({rows, places, where}: Batch, column: number, look: Look): void {
  const place = places[column] ?? -1;
  let last = '';
  for (let index = 0; index < rows.length; index++) {
    const value = rows[index]?.[place] ?? '';
    if (value === '' || value === last) continue;
    last = value;
    look(value, () => where(index));
  }
}

function lookAt(column: keyof typeof FOCUS_COLUMNS, values: Values, complaints: Complaints): Look {
  const allowed = ALLOWED[column];
  switch (typeOf(column)) {
    case 'decimal':
      return (value, where) => values.look(value, column, where);
    case 'instant':
      return (value, where) => values.lookAtTime(value, column, where);
    case 'json':
      return (value, where) => {
        if (values.text(value, column, where) === '' || isJsonObject(value)) return;
        complaints.add('JsonObjectFormat', column, `${column} is no JSON object`, where);
      };
    default:
      return (value, where) => {
        if (values.text(value, column, where) === '' || !allowed || allowed.has(value)) return;
        const found = value.length > 40 ? `${value.slice(0, 39)}…` : value;
        complaints.add('CheckValue', column, `${column} "${found}" is none that the standard knows`, where);
      };
  }
}

function isJsonObject(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}
