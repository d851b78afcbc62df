// A FOCUS file of a million rows, as a cloud writes them: 34 columns, quoted descriptions, JSON tags.
import {once} from 'node:events';
import {createWriteStream} from 'node:fs';

export const ROWS = 1_000_000;
const SERVICES = 40;
const COLUMNS =
  'BilledCost,BillingAccountId,BillingAccountName,BillingCurrency,BillingPeriodEnd,BillingPeriodStart,ChargeCategory,ChargeClass,' +
  'ChargeDescription,ChargeFrequency,ChargePeriodEnd,ChargePeriodStart,ConsumedQuantity,ConsumedUnit,ContractedCost,EffectiveCost,' +
  'HostProviderName,InvoiceIssuerName,ListCost,PricingQuantity,PricingUnit,RegionId,RegionName,ServiceCategory,ServiceName,' +
  'ServiceProviderName,ServiceSubcategory,SkuId,SkuMeter,SkuPriceDetails,SkuPriceId,SubAccountId,SubAccountName,Tags';

const two = number => String(number).padStart(2, '0');
/** Nine decimals: whole numbers of a billionth. */
const units = index => BigInt(index % 9_973) * 1_000_000_000n + BigInt((index * 7_919) % 1_000_000_000);
const text = value => `${value / 1_000_000_000n}.${String(value % 1_000_000_000n).padStart(9, '0')}`;

function row(index) {
  const [first, next] = [1 + (index % 28), 2 + (index % 28)];
  const cost = text(units(index));
  return (
    `${cost},123456789012,,USD,2026-11-01T00:00:00Z,2026-10-01T00:00:00Z,Usage,,"$0.10 per GB, month of ""SSD"" ${index % 500}",` +
    `Usage-Based,2026-10-${two(next)}T00:00:00Z,2026-10-${two(first)}T00:00:00Z,${index % 1_000}.5,Hours,${cost},${cost},Cloud,Cloud,${cost},` +
    `${index % 1_000}.5,Hours,us-east-1,US East,Compute,Service ${index % SERVICES},Cloud,Virtual Machines,SKU${index % 3_000},` +
    `Meter ${index % 50},,SKU${index % 3_000}.P,acct-${index % 200},Account ${index % 200},"{""team"":""t${index % 30}"",""env"":""prod""}"\n`
  );
}

/** Writes the file, some 400 MB. */
export async function writeFocusFile(path) {
  const out = createWriteStream(path);
  let batch = `${COLUMNS}\n`;
  for (let index = 0; index < ROWS; index++) {
    batch += row(index);
    if (batch.length < 1 << 20) continue;
    if (!out.write(batch)) await once(out, 'drain');
    batch = '';
  }
  out.end(batch);
  await once(out, 'close');
}

/** What a service comes to. */
export function serviceTotal(service) {
  let total = 0n;
  for (let index = service; index < ROWS; index += SERVICES) total += units(index);
  return text(total).replace(/\.?0+$/, '');
}
