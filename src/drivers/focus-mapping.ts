import type {LabelDimension} from '../core/dimension.ts';
import type {FocusColumn} from '../core/focus-columns.ts';
import type {Currency, Decimal} from '../core/money.ts';
import type {Period} from '../core/period.ts';
import {
  type BilledFor,
  type Label,
  type Labels,
  OTHER,
  type Quantities,
  UNATTRIBUTED,
} from '../core/record.ts';
import type {Session} from './driver.ts';

/** What a driver's table sees of a row: everything that fell on the same labels in the same bucket, added up. */
export interface ChargeFacts {
  readonly period: Period;
  readonly labels: Labels;
  /** By metric name, in the metric's unit. */
  readonly quantities: Quantities;
  /** Money in no national currency, by its unit. */
  readonly credits: ReadonlyMap<Currency, Decimal>;
  readonly billedFor: BilledFor | undefined;
  /** The name of a label: the one it carries, or the one that was looked up; undefined if there is none. */
  nameOf(dimension: LabelDimension, label: Label): string | undefined;
}

/** One cell of the table: where it comes from, in words for the documentation, and how. Null is "not reported". */
export interface Cell {
  /** A field of the API in backquotes, or what it is made of. */
  readonly from: string;
  /**
   * Made of figures, which stand in the first row of a charge alone, or of a name that the API gives row by row. Left
   * out: of ids, unit and payer alone, and so the same day after day.
   */
  readonly varies?: 'figures' | 'name';
  value(charge: ChargeFacts): string | null;
}

/** How one provider's charges become rows of FOCUS. Columns that it leaves out are the exporter's, or null. */
export interface FocusMapping {
  /** The id of the source that bills. */
  readonly source: string;
  /** The finest labels that it bills by; asked by the day. */
  readonly split: readonly LabelDimension[];
  /** Where the money comes from, for the documentation: billed in a national currency, or in one of the provider's own. */
  readonly money: string;
  /** Where the bill's account comes from, for the documentation. */
  readonly payer: string;
  /** The account on whose bill all charges stand, unless a record names it; undefined if the API does not tell. */
  billingAccount?(session: Session): Promise<string | undefined> | string | undefined;
  readonly columns: {readonly [C in FocusColumn]?: Cell};
  /** Prefixes of tags that are the provider's and not the user's. */
  readonly tagPrefixes?: readonly string[];
  /** What a reader of the rows should know: deviations and what is left out. */
  readonly notes: readonly string[];
}

/** The same text in every row. */
export const always = (text: string): Cell => ({from: `"${text}"`, value: () => text});

/** How one part of the columns follows from others: of the label that the provider calls a project or so. */
export function subAccount(
  dimension: LabelDimension,
  type: string,
  id: string,
  name: string,
  names: 'listed' | 'in rows' = 'listed',
): Pick<FocusMapping['columns'], 'SubAccountId' | 'SubAccountName' | 'SubAccountType'> {
  const labelOf = ({labels}: ChargeFacts): Label | undefined => {
    const label = labels[dimension];
    return label === OTHER || label === UNATTRIBUTED ? undefined : label;
  };
  return {
    SubAccountId: {from: `\`${id}\`; null where there is none`, value: charge => labelOf(charge)?.id ?? null},
    SubAccountName: {
      from: `${name}, or the id`,
      ...(names === 'in rows' && {varies: 'name'}),
      value: charge => {
        const label = labelOf(charge);
        return label ? charge.nameOf(dimension, label) || label.id : null;
      },
    },
    SubAccountType: {from: `"${type}" with an id`, value: charge => (labelOf(charge) ? type : null)},
  };
}
