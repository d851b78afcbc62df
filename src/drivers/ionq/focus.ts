import {OTHER} from '../../core/record.ts';
import {always, type ChargeFacts, type FocusMapping, subAccount} from '../focus-mapping.ts';
import {organizationOf} from './organization.ts';

const qpuTime = ({quantities}: ChargeFacts): string | null => quantities.qpu_time ?? null;
const unit = (charge: ChargeFacts): string | null => (qpuTime(charge) === null ? null : 'Microseconds');
const isRest = ({labels}: ChargeFacts): boolean => labels.project === OTHER;
const QUANTITY = {from: '`time_us`', varies: 'figures', value: qpuTime} as const;
const UNIT = {from: '"Microseconds"', varies: 'figures', value: unit} as const;

/** QPU usage by project and day. What IonQ does not list of a day is a row without a sub account. */
export const focus: FocusMapping = {
  source: 'usage',
  split: ['project'],
  money: '`amount`, or `amounts[]`, in their unit',
  payer: 'the organization whose usage is asked for',
  billingAccount: organizationOf,
  columns: {
    ChargeDescription: {
      from: '"QPU usage", or "QPU usage, groups beyond the top five"',
      value: charge => (isRest(charge) ? 'QPU usage, groups beyond the top five' : 'QPU usage'),
    },
    ConsumedQuantity: QUANTITY,
    ConsumedUnit: UNIT,
    HostProviderName: always('IonQ'),
    InvoiceIssuerName: always('IonQ'),
    PricingQuantity: QUANTITY,
    PricingUnit: UNIT,
    ServiceCategory: always('Compute'),
    ServiceName: always('IonQ Quantum Cloud'),
    ServiceProviderName: always('IonQ'),
    ServiceSubcategory: always('Quantum Compute'),
    SkuId: always('qpu-time'),
    SkuMeter: always('QPU Time'),
    SkuPriceId: always('qpu-time'),
    ...subAccount('project', 'Project', 'group_id', '`group_name`', 'in rows'),
    x_Remainder: {
      from: '"true" for what IonQ does not list project by project',
      value: charge => (isRest(charge) ? 'true' : null),
    },
    x_JobCount: {
      from: '`job_count`',
      varies: 'figures',
      value: ({quantities}) => quantities.job_count ?? null,
    },
  },
  notes: [
    'IonQ lists the five largest projects of a day; the rest of the day is one row without a sub account.',
    'SkuId is ours, because the API has no id of what it sells; no list price is told, so there is no unit price.',
    'The one amount stands in all four costs.',
  ],
};
