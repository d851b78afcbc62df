import type {LabelDimension} from './dimension.ts';
import type {Decimal, Money} from './money.ts';
import type {Period} from './period.ts';

/** A value of a dimension. `id` is what the provider calls it, `name` what people call it, if the provider says so. */
export interface Label {
  readonly id: string;
  readonly name?: string;
}

/** The label of what a provider or `--top` cut off: its own row, never lost. Compared by identity. */
export const OTHER: Label = Object.freeze({id: '(other)'});
/** The label of what carries no label. Drivers do not set it: they leave the label out. Compared by identity. */
export const UNATTRIBUTED: Label = Object.freeze({id: '(unattributed)'});

export type Labels = {readonly [D in LabelDimension]?: Label};

/** Amounts by metric name, each in the unit that the source's metric list gives. */
export type Quantities = {readonly [metric: string]: Decimal};

export interface BilledFor {
  readonly quantity: Decimal;
  /** In the provider's own words, such as `1000_tokens`; left out where it names none. */
  readonly unit?: string;
}

/**
 * One line that a provider reported. A label that is missing means "the provider does not say", never "";
 * so does a missing cost or quantity, which is not 0.
 */
export interface Record {
  readonly period: Period;
  readonly labels: Labels;
  /** As billed. */
  readonly cost?: Money;
  readonly quantities?: Quantities;
  /** Which of the source's kinds the quantities belong to. */
  readonly kind?: string;
  /** How much the cost was billed for, where the provider says so beside it. Reports leave it; FOCUS exports it. */
  readonly billedFor?: BilledFor;
  /** Whose bill it stands on, by the provider's id, where the line says so. */
  readonly payer?: string;
  /** Who charged it, where one source tells of several (a FOCUS file); left out: the source's own provider. */
  readonly provider?: string;
}
