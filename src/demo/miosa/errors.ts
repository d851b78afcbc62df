import {Refused} from '../provider.ts';
import {hex} from '../random.ts';

/** The documented envelope. */
export const refuse = (status: number, code: string, message: string): Refused =>
  new Refused(status, {error: {code, message, request_id: `req_${hex(code, 20)}`}});

/** A 404, as for an id that nobody has. */
export const notFound = (what: string): Refused => refuse(404, 'NOT_FOUND', `${what} not found`);
