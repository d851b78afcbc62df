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

  const day = (
    data: readonly unknown[],
    more: readonly {name: string; data: unknown[]; type?: 'FLOAT'}[],
  ) => [
    ...more,
    {name: 'BillingCurrency', data: data.map(() => 'USD')},
    {name: 'ChargePeriodStart', data: data.map(() => '2026-11-01T00:00:00Z')},
  ];
  const written = async (columnData: Parameters<typeof parquetWriteBuffer>[0]['columnData']) => {
    const path = join(await temporary(), 'other.parquet');
    await writeFile(path, new Uint8Array(parquetWriteBuffer({columnData})));
    return path;
  };

  it('costs of single precision are the decimals that they stand for', async () => {
    const data = [0.1, 1234.5, -3e-7, 16_777_216];
    const path = await written(day(data, [{name: 'BilledCost', data, type: 'FLOAT'}]));
    expect(cells(await ask('costs --period 2026-11', path))).toEqual(['focus,16778450.5999997,USD']);
  });

  it('a column that is there twice is refused: which of them is meant is not guessed', async () => {
    const path = await written(
      day(
        [1],
        [1, 11].map(cost => ({name: 'BilledCost', data: [cost]})),
      ),
    );
    const {code, stderr} = await ask('costs --period 2026-11', path);
    expect([code, stderr]).toEqual([5, expect.stringContaining('its column BilledCost is there twice')]);
  });
});
