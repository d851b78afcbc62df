import {type Decimal, shrink} from '../../core/money.ts';
import {always, type ChargeFacts, type FocusMapping, subAccount} from '../focus-mapping.ts';

/** How the standard spells the units of this API. Others become capitalized words. */
const UNITS: {readonly [unit: string]: string} = {
  '1000_tokens': '1000 Tokens',
  duration_seconds: 'Seconds',
  duration_minutes: 'Minutes',
  duration_hours: 'Hours',
  gibibyte_hours: 'GiB-Hours',
};
const TOKENS = 'tokens';
/** Tokens are priced by the million: 10 to this. */
const MILLION = 6;
const METERS: {readonly [suffix: string]: string} = {
  input: 'Input Tokens',
  'cached input': 'Cached Input Tokens',
  output: 'Output Tokens',
};

const lineItem = ({labels}: ChargeFacts): string | undefined => labels.line_item?.id;
const sku = (charge: ChargeFacts): string => lineItem(charge) ?? 'unlabeled';

function unitOf({billedFor}: ChargeFacts): string | null {
  if (!billedFor) return null;
  const {unit = ''} = billedFor;
  const words = unit.split(/[^A-Za-z0-9]+/).filter(word => /^[A-Za-z]/.test(word));
  const named = words.map(word => word.replace(/^./, first => first.toUpperCase())).join(' ');
  return UNITS[unit] ?? (named || 'Units');
}

const isTokens = ({billedFor}: ChargeFacts): boolean => billedFor?.unit === TOKENS;
const quantity = ({billedFor}: ChargeFacts): Decimal | null => billedFor?.quantity ?? null;

function meterOf(charge: ChargeFacts): string {
  const item = sku(charge);
  const suffix = item.slice(item.lastIndexOf(', ') + 2);
  return (item.includes(', ') && isTokens(charge) ? METERS[suffix] : undefined) ?? item;
}

/** Costs by project, line item and day: OpenAI's invoice in its finest parts. */
export const focus: FocusMapping = {
  source: 'costs',
  split: ['project', 'line_item'],
  money: '`amount.value` in `amount.currency`',
  payer: '`organization_id`, or `OPENAI_ORG_ID`',
  billingAccount: ({settings}) => settings.organization,
  columns: {
    ChargeDescription: {
      from: '`line_item`; "Costs without a line item" if null',
      value: charge => lineItem(charge) ?? 'Costs without a line item',
    },
    ConsumedQuantity: {from: '`quantity`', varies: 'figures', value: quantity},
    ConsumedUnit: {from: '`quantity_unit`, as the standard spells it; `Units` if null', value: unitOf},
    HostProviderName: always('OpenAI'),
    InvoiceIssuerName: always('OpenAI'),
    PricingQuantity: {
      from: '`quantity`; tokens in millions',
      varies: 'figures',
      value: charge =>
        charge.billedFor && isTokens(charge) ? shrink(charge.billedFor.quantity, MILLION) : quantity(charge),
    },
    PricingUnit: {
      from: '`quantity_unit`; `1000000 Tokens` for tokens',
      value: charge => (isTokens(charge) ? '1000000 Tokens' : unitOf(charge)),
    },
    ServiceCategory: always('AI and Machine Learning'),
    ServiceName: always('OpenAI API'),
    ServiceProviderName: always('OpenAI'),
    ServiceSubcategory: always('Generative AI'),
    SkuId: {from: '`line_item`; "unlabeled" if null', value: sku},
    SkuMeter: {from: 'the end of `line_item`: Input Tokens …; else all of it', value: meterOf},
    SkuPriceDetails: {
      from: '`quantity_unit` verbatim, as `x_QuantityUnit`',
      value: ({billedFor}) => (billedFor?.unit ? JSON.stringify({x_QuantityUnit: billedFor.unit}) : null),
    },
    SkuPriceId: {from: 'as SkuId', value: sku},
    ...subAccount('project', 'Project', 'project_id', 'its name in `/organization/projects`'),
    x_SourceLineItem: {from: '`line_item`', value: charge => lineItem(charge) ?? null},
  },
  notes: [
    'The API gives one amount, which stands in all four costs; no list price is told, so there is no unit price.',
    'A charge without `quantity` is an Adjustment: the standard wants a quantity of every Usage, and none is made up.',
    'SkuId is the line item, because the API has no id of what it sells.',
    'Tokens of the usage endpoints carry no money and are no rows.',
  ],
};
