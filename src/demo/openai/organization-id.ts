import {opaque} from '../random.ts';

/** Undocumented, but on every row of costs. */
export const ORGANIZATION_ID = `org-${opaque('organization', 24)}`;
