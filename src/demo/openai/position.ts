import type {Charge} from './charge.ts';

/** What costs can be grouped by, in any combination. */
export const COST_GROUPS = ['project_id', 'line_item', 'api_key_id'] as const;
/** One of them. */
export type CostGroup = (typeof COST_GROUPS)[number];

/** Labels of a cost row; those that it was not split by are null. */
export interface CostLabels {
  readonly project: string | null;
  readonly key: string | null;
  readonly lineItem: string | null;
}

/** Where cost of one charge is booked. One object serves all days. */
export class Position implements CostLabels {
  readonly project: string | null;
  readonly key: string | null;
  readonly charge: Charge;
  /** Names of the groups that it falls into, by what is grouped by: made once, since years are added up by them. */
  readonly #names = new Map<number, string>();

  constructor(project: string | null, key: string | null, charge: Charge) {
    this.project = project;
    this.key = key;
    this.charge = charge;
  }

  get lineItem(): string {
    return this.charge.lineItem;
  }

  /** The same text for all positions whose rows are one when split so. */
  groupName(split: CostSplit): string {
    let name = this.#names.get(split.code);
    if (name === undefined) {
      const {project, key, lineItem} = this.labels(split);
      name = JSON.stringify([project, key, lineItem]);
      this.#names.set(split.code, name);
    }
    return name;
  }

  labels(split: CostSplit): CostLabels {
    return {
      project: split.byProject ? this.project : null,
      key: split.byKey ? this.key : null,
      lineItem: split.byLineItem ? this.lineItem : null,
    };
  }
}

/** What rows are split by. */
export interface CostSplit {
  readonly byProject: boolean;
  readonly byKey: boolean;
  readonly byLineItem: boolean;
  /** A number that tells splits apart. */
  readonly code: number;
}

/** Reads what was asked for as what the rows are really split by. */
export function splitBy(groups: readonly CostGroup[]): CostSplit {
  const byLineItem = groups.includes('line_item');
  // The real API splits by project too when it is asked for line items alone.
  const byProject = byLineItem || groups.includes('project_id');
  const byKey = groups.includes('api_key_id');
  return {byProject, byKey, byLineItem, code: Number(byProject) + 2 * Number(byKey) + 4 * Number(byLineItem)};
}
