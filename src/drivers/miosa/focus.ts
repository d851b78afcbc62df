import {always, type ChargeFacts, type FocusMapping, subAccount} from '../focus-mapping.ts';
import {CURRENCY} from './metrics.ts';

const credits = ({credits: all}: ChargeFacts): string | null => all.get(CURRENCY) ?? null;
const QUANTITY = {from: '`credit_cents`', varies: 'figures', value: credits} as const;
const UNIT = {from: '"Credit-Cents"', value: () => 'Credit-Cents'};

/** The rollup by workspace and day. Credits are paid for in advance: nothing is billed, and their worth is the user's rate. */
export const focus: FocusMapping = {
  source: 'usage',
  split: ['workspace'],
  money: '`credit_cents`, which are no national currency',
  payer: '`MIOSA_TENANT`',
  billingAccount: ({settings}) => settings.tenant,
  columns: {
    ChargeDescription: always('Platform credits'),
    ConsumedQuantity: QUANTITY,
    ConsumedUnit: UNIT,
    HostProviderName: always('MIOSA'),
    InvoiceIssuerName: always('MIOSA'),
    PricingQuantity: QUANTITY,
    PricingUnit: UNIT,
    ServiceCategory: always('Compute'),
    ServiceName: always('MIOSA Compute'),
    ServiceProviderName: always('MIOSA'),
    ServiceSubcategory: always('Virtual Machines'),
    SkuId: always('platform-credits'),
    SkuMeter: always('Credits'),
    SkuPriceId: always('platform-credits'),
    ...subAccount('workspace', 'Workspace', 'workspace_id', 'its name in `/workspaces`'),
    x_ComputerSeconds: {
      from: '`computer_seconds`',
      varies: 'figures',
      value: ({quantities}) => quantities.computer_seconds ?? null,
    },
    x_SandboxSeconds: {
      from: '`sandbox_seconds`',
      varies: 'figures',
      value: ({quantities}) => quantities.sandbox_seconds ?? null,
    },
    x_StorageGibibyteHours: {
      from: '`storage_gb_hours`',
      varies: 'figures',
      value: ({quantities}) => quantities.storage_gb_hours ?? null,
    },
  },
  notes: [
    'Credit cents are exported only with a rate of yours, because MIOSA publishes no price of them.',
    'Prepaid credits cover the charges: BilledCost is 0, and the other costs are the credits at your rate.',
    'One amount covers sandboxes, computers and storage: there is one row a workspace, and it is not divided.',
    'The rollup is asked by workspace, which every resource has; your own user and project ids are not in it then.',
  ],
};
