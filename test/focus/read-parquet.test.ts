import {writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {brotliCompressSync, gzipSync} from 'node:zlib';
import {parquetWriteBuffer} from 'hyparquet-writer';
import {describe, expect, it} from 'vitest';
import {temporary} from '../support/context.ts';
import {ask, cells} from './files.ts';

describe('Parquet of other writers', () => {
  it.each([
    ['SNAPPY', undefined],
    ['GZIP', gzipSync],
    ['BROTLI', brotliCompressSync],
  ] as const)('packed with %s is read', async (codec, pack) => {
    const text = (name: string, data: string[]) => ({name, data, type: 'STRING' as const});
    const path = join(await temporary(), 'other.parquet');
    const rows = Array.from({length: 500}, (_, index) => index);
    const columnData = [
      {name: 'BilledCost', data: rows.map(index => index / 4), type: 'DOUBLE' as const},
      text(
        'BillingCurrency',
        rows.map(() => 'USD'),
      ),
      text(
        'ChargePeriodStart',
        rows.map(() => '2026-11-01T00:00:00Z'),
      ),
      text(
        'ChargePeriodEnd',
        rows.map(() => '2026-11-02T00:00:00Z'),
      ),
      text(
        'ServiceName',
        rows.map(index => `service ${index % 2}`),
      ),
    ];
    const compressors = pack && {[codec]: (bytes: Uint8Array) => new Uint8Array(pack(bytes))};
    const packed = parquetWriteBuffer({columnData, codec, ...(compressors && {compressors})});
    await writeFile(path, new Uint8Array(packed));
    const {code, stdout} = await ask('costs --group-by service --period 2026-11', path);
    expect({code, cost: cells({code, stdout, stderr: ''})}).toEqual({
      code: 0,
      cost: ['focus,service 1,15625,USD', 'focus,service 0,15562.5,USD'],
    });
  });
});
