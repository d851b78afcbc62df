import {opaque} from '../random.ts';

export const ORGANIZATION_ID = `org-${opaque('organization', 24)}`;
