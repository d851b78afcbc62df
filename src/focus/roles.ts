import type {LabelDimension} from '../core/dimension.ts';
import {InputError} from '../core/errors.ts';
import {unreadable} from './table.ts';

/** Which of the standard's costs a report of a file is about. */
export const COSTS = {
  billed: 'BilledCost',
  effective: 'EffectiveCost',
  list: 'ListCost',
  contracted: 'ContractedCost',
} as const;
export type CostKind = keyof typeof COSTS;

/** The columns of a file by what they are for; a name that the file does not have is left out. */
export interface Roles {
  readonly start: string;
  readonly end: string | undefined;
  readonly cost: string;
  readonly currency: string;
  readonly provider: string | undefined;
  readonly quantity: string | undefined;
  readonly unit: string | undefined;
  readonly tags: string | undefined;
  /** Ours: says that a row is what a provider does not list one by one. */
  readonly remainder: string | undefined;
  readonly labels: {readonly [D in LabelDimension]?: LabelColumns};
}

export interface LabelColumns {
  /** The first that is filled counts. */
  readonly ids: readonly string[];
  readonly name: string | undefined;
}

/** Where labels stand, in order of preference. Ours first, so that what we wrote is read back as it was. */
const LABELS: {
  readonly [D in LabelDimension]?: {readonly ids: readonly (readonly string[])[]; readonly name?: string};
} = {
  project: {ids: [['SubAccountId']], name: 'SubAccountName'},
  workspace: {ids: [['SubAccountId']], name: 'SubAccountName'},
  line_item: {ids: [['x_SourceLineItem'], ['ChargeDescription', 'SkuId']]},
  service: {ids: [['ServiceName']]},
  service_category: {ids: [['ServiceCategory']]},
  charge_category: {ids: [['ChargeCategory']]},
  region: {ids: [['RegionId']], name: 'RegionName'},
  resource: {ids: [['ResourceId']], name: 'ResourceName'},
  user: {ids: [['x_PrincipalId']]},
  api_key: {ids: [['x_CredentialId']]},
  model: {ids: [['x_ModelId']]},
};

/** Finds the columns. Throws if one is missing without which there is no figure. `cost`: asked for; else as billed. */
export function rolesOf(columns: readonly string[], cost: CostKind | undefined): Roles {
  const first = (...names: readonly string[]) => names.find(name => columns.includes(name));
  const missing = ['ChargePeriodStart', 'BillingCurrency'].find(name => !columns.includes(name));
  if (missing !== undefined) throw notFocus(columns, missing);
  const wanted = cost ? first(COSTS[cost]) : first(COSTS.billed, COSTS.effective);
  if (wanted === undefined && cost) {
    const there = Object.entries(COSTS).flatMap(([kind, name]) => (columns.includes(name) ? [kind] : []));
    throw new InputError(`the file has no ${COSTS[cost]}`, {
      rule: `--cost ${there.join(', ') || 'is of no use here'}`,
    });
  }
  if (wanted === undefined) throw notFocus(columns, 'BilledCost or EffectiveCost');
  const labels: {[D in LabelDimension]?: LabelColumns} = {};
  for (const [dimension, {ids, name}] of Object.entries(LABELS) as [
    LabelDimension,
    (typeof LABELS)[LabelDimension] & object,
  ][]) {
    const present = ids
      .map(group => group.filter(id => columns.includes(id)))
      .find(group => group.length > 0);
    if (present) labels[dimension] = {ids: present, name: name && first(name)};
  }
  if (!columns.includes('SubAccountType')) delete labels.workspace;
  const tags = first('Tags');
  if (!labels.project && tags) labels.project = {ids: [], name: undefined};
  return {
    start: 'ChargePeriodStart',
    end: first('ChargePeriodEnd'),
    cost: wanted,
    currency: 'BillingCurrency',
    provider: first('x_Provider', 'ServiceProviderName', 'ProviderName', 'InvoiceIssuerName'),
    quantity: first('ConsumedQuantity'),
    unit: first('ConsumedUnit'),
    tags,
    remainder: first('x_Remainder'),
    labels,
  };
}

function notFocus(columns: readonly string[], missing: string) {
  const near = columns.find(name => name.toLowerCase() === missing.toLowerCase());
  const seen = columns.slice(0, 5).join(', ');
  return unreadable(
    near
      ? `its column ${near} is not spelt ${missing}`
      : `it has no column ${missing} (its columns: ${seen} …)`,
    'FOCUS needs ChargePeriodStart, BillingCurrency, and BilledCost or EffectiveCost',
  );
}
