import {Refused} from '../provider.ts';

interface Detail {
  readonly type?: string;
  readonly param?: string | null;
  readonly code?: string | null;
}

/** An error as the API words it; all four members are always there. */
export const refuse = (status: number, message: string, detail: Detail = {}): Refused =>
  new Refused(status, {
    error: {
      message,
      type: detail.type ?? 'invalid_request_error',
      param: detail.param ?? null,
      code: detail.code ?? null,
    },
  });

/** A parameter that is there, but not as it should be. */
export const badParameter = (name: string, message: string): Refused =>
  refuse(400, message, {param: name, code: 'invalid_value'});

/** An id that nothing has, or a limit that nobody set. */
export const notFound = (what: string): Refused => refuse(404, `${what} not found.`, {code: 'not_found'});
