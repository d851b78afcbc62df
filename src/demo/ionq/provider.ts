import type {Instant} from '../../core/instant.ts';
import type {JsonObject} from '../json.ts';
import {type Asked, type DemoProvider, segments} from '../provider.ts';
import {ORGANIZATION, projects, report, sessions, whoami} from './account.ts';
import {notFound, unauthorized} from './errors.ts';
import {JobList} from './job-list.ts';
import {usage} from './usage.ts';

const SECRET = 'demo-ionq-key';

/** The IonQ API: v0.4, and the one page of v0.3 that has no successor. */
export function demoIonq(now: Instant): DemoProvider {
  const jobs = new JobList(now);
  return {
    provider: 'ionq',
    mount: 'ionq',
    base: '/v0.4',
    secret: SECRET,
    settings: {organization: ORGANIZATION},
    answer(asked) {
      if (asked.authorization !== `apiKey ${SECRET}`) throw unauthorized();
      const body = asked.method === 'GET' ? route(asked, now, jobs) : undefined;
      if (!body) throw notFound();
      return {status: 200, body};
    },
  };
}

function route({path, query}: Asked, now: Instant, jobs: JobList): JsonObject | undefined {
  const [version, ...rest] = segments(path) ?? [];
  const [first, job, what, ...more] = rest;
  if (version === 'v0.4' && first === 'jobs' && job && what === 'cost' && more.length === 0)
    return jobs.cost(job);
  switch (`${version}/${rest.map(segment => (segment === ORGANIZATION ? '{id}' : segment)).join('/')}`) {
    case 'v0.4/organizations/{id}/usage':
      return usage(ORGANIZATION, query, now);
    case 'v0.4/sessions':
      return sessions(query, now);
    case 'v0.4/jobs':
      return jobs.page(query);
    case 'v0.4/whoami':
      return whoami();
    case 'v0.4/projects':
    case 'v0.3/projects':
      return projects(now, version === 'v0.3');
    case 'v0.3/report/organizations/{id}':
      return report(query, now);
    default:
      return undefined;
  }
}
