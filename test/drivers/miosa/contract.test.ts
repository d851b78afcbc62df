import {miosa} from '../../../src/drivers/miosa/index.ts';
import {usage} from '../../../src/drivers/miosa/usage.ts';
import {loadExchanges} from '../../support/fixtures.ts';
import {driverContract} from '../contract.ts';
import {query} from './query.ts';

const QUANTITIES = ['sandbox_seconds', 'computer_seconds', 'storage_gb_hours'];
const optional = [...QUANTITIES, 'external_user_id', 'external_project_id', 'workspace_id'].flatMap(field => [
  `results.*.${field}`,
  `data.results.*.${field}`,
]);

driverContract('MIOSA by user, month to date, bare body', {
  driver: miosa,
  source: usage,
  query: query('2026-11-01', '2026-11-23', {split: ['user']}),
  exchanges: loadExchanges('miosa', 'by-user'),
  optional,
});

driverContract('MIOSA by project, last month, body in data', {
  driver: miosa,
  source: usage,
  query: query('2026-10-01', '2026-11-01', {split: ['project'], kinds: ['sandboxes']}),
  exchanges: loadExchanges('miosa', 'by-project'),
  settings: {tenant: 'acme'},
  optional,
});

driverContract('MIOSA by workspace, a series of days', {
  driver: miosa,
  source: usage,
  query: query('2026-11-20', '2026-11-23', {split: ['workspace'], granularity: 'day'}),
  exchanges: loadExchanges('miosa', 'by-workspace-daily'),
  optional,
});
