import {driverContract} from '../contract.ts';
import {query, subject} from './subject.ts';

const LABELS = ['usage_data.*.group_usages.*.group_id', 'usage_data.*.group_usages.*.group_name'];

driverContract('ionq by project, version 1', {
  ...subject(query('2026-11-01', '2026-11-05', {split: 'project'}), 'by-project-v1'),
  optional: LABELS,
});

driverContract('ionq by user, version 2, organization from the sessions', {
  ...subject(query('2026-11-01', '2026-11-03', {split: 'user'}), 'sessions', 'by-user-v2'),
  settings: {},
  optional: LABELS,
});

driverContract(
  'ionq by the month',
  subject(query('2026-09-01', '2026-11-01', {granularity: 'month'}), 'monthly-v1'),
);

driverContract(
  'ionq by the week, which begins on Sunday there',
  subject(query('2026-11-02', '2026-11-16', {granularity: 'week'}), 'weekly-sunday'),
);
