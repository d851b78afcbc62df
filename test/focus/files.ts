import {writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {type Trial, temporary, usage} from '../support/context.ts';

/** Files as they really are: feeds that keep the standard in part only. */

export const AWS = `BilledCost,BillingAccountId,BillingCurrency,ChargeCategory,ChargeDescription,ChargePeriodEnd,ChargePeriodStart,EffectiveCost,InvoiceId,ProviderName,PublisherName,RegionId,RegionName,ServiceCategory,ServiceName,SkuId,SubAccountId,SubAccountName,x_UsageType
1.50,1234,USD,Usage,"$0.10 per GB, month",2026-11-02T00:00:00Z,2026-11-01T00:00:00Z,1.25,INV,AWS,AWS,us-east-1,US East,Storage,Amazon S3,SKU1,555,Prod,gb
2.25,1234,USD,Usage,Compute hours,2026-11-03T00:00:00Z,2026-11-02T00:00:00Z,2.00,INV,AWS,Other Inc,eu-west-1,Ireland,Compute,Amazon EC2,SKU2,555,Prod,h
100,1234,USD,Purchase,Savings plan,2026-12-01T00:00:00Z,2026-11-01T00:00:00Z,0,INV,AWS,AWS,,,Compute,Amazon EC2,SKU3,,,
-0.75,1234,USD,Credit,Promo,2026-11-02T00:00:00Z,2026-11-01T00:00:00Z,-0.75,INV,AWS,AWS,,,Other,Credits,,555,Prod,
`;

/** JSON Lines without accounts, billing periods or descriptions; days of Los Angeles; tags as an object. */
export const VERCEL = [
  {
    BilledCost: 0.1,
    BillingCurrency: 'USD',
    ChargeCategory: 'Usage',
    ChargePeriodStart: '2026-11-01T08:00:00.000Z',
    ChargePeriodEnd: '2026-11-02T08:00:00.000Z',
    ConsumedQuantity: 5,
    ConsumedUnit: 'GB',
    EffectiveCost: 0.1,
    PricingUnit: 'MIUs',
    ServiceName: 'Edge',
    ServiceProviderName: 'Vercel',
    Tags: {ProjectId: 'prj_1', ProjectName: 'shop'},
  },
  {
    BilledCost: 0.2,
    BillingCurrency: 'USD',
    ChargeCategory: 'Usage',
    ChargePeriodStart: '2026-11-02T08:00:00.000Z',
    ChargePeriodEnd: '2026-11-03T08:00:00.000Z',
    ConsumedQuantity: 7,
    ConsumedUnit: 'GB',
    EffectiveCost: 0.2,
    PricingUnit: 'MIUs',
    ServiceName: 'Edge',
    ServiceProviderName: 'Vercel',
    Tags: {ProjectId: 'prj_2'},
  },
  {
    BilledCost: 0.4,
    BillingCurrency: 'USD',
    ChargeCategory: 'Tax',
    ChargePeriodStart: '2026-11-02T08:00:00.000Z',
    ChargePeriodEnd: '2026-11-03T08:00:00.000Z',
    EffectiveCost: 0.4,
    ServiceName: 'Tax',
    ServiceProviderName: 'Vercel',
  },
]
  .map(row => `${JSON.stringify(row)}\n`)
  .join('');

/** Semicolons, CRLF, a byte order mark, dates without time or zone, lower-case currency, words for nothing, a plus sign. */
export const LOOSE =
  '\ufeffBilledCost;BillingCurrency;ChargePeriodStart;ChargePeriodEnd;ServiceName;RegionId\r\n' +
  '+1.5;usd;2026-11-01;2026-11-02;"Two\r\nlines";N/A\r\n' +
  '\r\n' +
  '.25;USD;2026-11-02 00:00:00 UTC;2026-11-03 00:00:00;Disk;eu\r\n';

export async function fileOf(name: string, content: string | Uint8Array): Promise<string> {
  const path = join(await temporary(), name);
  await writeFile(path, content);
  return path;
}

/** A report of a file as CSV. */
export const ask = (line: string, file: string): Promise<Trial> =>
  usage([...line.split(' '), '--source', file, '--csv']);

/** The rows of a report without the account, whose name is the file's. */
export const cells = ({stdout}: Trial): string[] =>
  stdout
    .trimEnd()
    .split('\n')
    .slice(1)
    .map(row =>
      row
        .split(',')
        .filter((_, index) => index !== 1)
        .join(','),
    );
