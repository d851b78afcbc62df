/** How the standard types a column. Date and times are written in UTC to the second. */
export type FocusType = 'decimal' | 'text' | 'instant' | 'json';

/** The 65 columns of Cost and Usage in FOCUS 1.4, in the order that a file should have them: by name. */
export const FOCUS_COLUMNS = {
  AllocatedMethodDetails: 'json',
  AllocatedMethodId: 'text',
  AllocatedResourceId: 'text',
  AllocatedResourceName: 'text',
  AllocatedTags: 'json',
  AvailabilityZone: 'text',
  BilledCost: 'decimal',
  BillingAccountId: 'text',
  BillingAccountName: 'text',
  BillingAccountType: 'text',
  BillingCurrency: 'text',
  BillingPeriodEnd: 'instant',
  BillingPeriodStart: 'instant',
  CapacityReservationId: 'text',
  CapacityReservationStatus: 'text',
  ChargeCategory: 'text',
  ChargeClass: 'text',
  ChargeDescription: 'text',
  ChargeFrequency: 'text',
  ChargePeriodEnd: 'instant',
  ChargePeriodStart: 'instant',
  CommitmentDiscountCategory: 'text',
  CommitmentDiscountId: 'text',
  CommitmentDiscountName: 'text',
  CommitmentDiscountQuantity: 'decimal',
  CommitmentDiscountStatus: 'text',
  CommitmentDiscountType: 'text',
  CommitmentDiscountUnit: 'text',
  CommitmentProgramEligibilityDetails: 'json',
  ConsumedQuantity: 'decimal',
  ConsumedUnit: 'text',
  ContractApplied: 'json',
  ContractedCost: 'decimal',
  ContractedUnitPrice: 'decimal',
  EffectiveCost: 'decimal',
  HostProviderName: 'text',
  InvoiceDetailId: 'text',
  InvoiceId: 'text',
  InvoiceIssuerName: 'text',
  ListCost: 'decimal',
  ListUnitPrice: 'decimal',
  PricingCategory: 'text',
  PricingCurrency: 'text',
  PricingCurrencyContractedUnitPrice: 'decimal',
  PricingCurrencyEffectiveCost: 'decimal',
  PricingCurrencyListUnitPrice: 'decimal',
  PricingQuantity: 'decimal',
  PricingUnit: 'text',
  RegionId: 'text',
  RegionName: 'text',
  ResourceId: 'text',
  ResourceName: 'text',
  ResourceType: 'text',
  ServiceCategory: 'text',
  ServiceName: 'text',
  ServiceProviderName: 'text',
  ServiceSubcategory: 'text',
  SkuId: 'text',
  SkuMeter: 'text',
  SkuPriceDetails: 'json',
  SkuPriceId: 'text',
  SubAccountId: 'text',
  SubAccountName: 'text',
  SubAccountType: 'text',
  Tags: 'json',
} as const satisfies {readonly [column: string]: FocusType};

/** Columns of ours, for what the standard has no home for. */
const CUSTOM_COLUMNS = {
  x_Account: 'text',
  x_ComputerSeconds: 'decimal',
  x_CreditAmount: 'decimal',
  x_CreditUnit: 'text',
  x_Estimated: 'text',
  x_JobCount: 'decimal',
  x_Provider: 'text',
  x_Remainder: 'text',
  x_SandboxSeconds: 'decimal',
  x_SourceLineItem: 'text',
  x_StorageGibibyteHours: 'decimal',
} as const satisfies {readonly [column: `x_${string}`]: FocusType};

export type FocusColumn = keyof typeof FOCUS_COLUMNS | keyof typeof CUSTOM_COLUMNS;

const TYPES: {readonly [column: string]: FocusType} = {...FOCUS_COLUMNS, ...CUSTOM_COLUMNS};
/** All that a file of ours can have, in the order of the standard: its own columns by name, then those of ours. */
export const ALL_COLUMNS = Object.keys(TYPES) as FocusColumn[];
/** Columns that a file must have, whoever makes it. */
export const MANDATORY_COLUMNS = [
  'BilledCost',
  'BillingAccountId',
  'BillingAccountName',
  'BillingCurrency',
  'BillingPeriodEnd',
  'BillingPeriodStart',
  'ChargeCategory',
  'ChargeClass',
  'ChargeDescription',
  'ChargePeriodEnd',
  'ChargePeriodStart',
  'ContractedCost',
  'EffectiveCost',
  'HostProviderName',
  'InvoiceIssuerName',
  'ListCost',
  'PricingQuantity',
  'PricingUnit',
  'ServiceCategory',
  'ServiceName',
  'ServiceProviderName',
] as const satisfies readonly FocusColumn[];

/** Of the columns that depend on what a provider supports, those that at least one provider here does. */
const SUPPORTED: readonly FocusColumn[] = [
  'ChargeFrequency',
  'ConsumedQuantity',
  'ConsumedUnit',
  'ServiceSubcategory',
  'SkuId',
  'SkuMeter',
  'SkuPriceDetails',
  'SkuPriceId',
  'SubAccountId',
  'SubAccountName',
  'SubAccountType',
  'Tags',
];

/** What a file of ours has unless `--columns` says otherwise. The same for all providers, so that its schema is one. */
export const DEFAULT_COLUMNS: readonly FocusColumn[] = ALL_COLUMNS.filter(
  column =>
    column in CUSTOM_COLUMNS ||
    SUPPORTED.includes(column) ||
    (MANDATORY_COLUMNS as readonly FocusColumn[]).includes(column),
);

export const typeOf = (column: FocusColumn): FocusType => TYPES[column] ?? 'text';
